import { describe, expect, it } from 'vitest';
import { createGate, type Gate } from '../../src/credit/gate.ts';
import type { Wait } from '../../src/credit/types.ts';

type Item = { account: string; n: number };
type Call = { items: Item[]; wait: Wait; finish(answers?: string[]): void; fail(): void };

const item = (account: string, n: number): Item => ({ account, n });

/** A gate whose calls wait until the test answers them. */
function scripted(options: { deadlineMs?: number; batchMax?: number; queueMax?: number } = {}) {
  const calls: Call[] = [];
  const alone: Item[] = [];
  const gate: Gate<Item, string> = createGate<Item, string>({
    accountOf: ({ account }) => account,
    call: (items, wait) =>
      new Promise((resolve, reject) => {
        calls.push({
          items,
          wait,
          finish: (answers = items.map(({ account, n }) => `${account}${n}`)) => resolve(answers),
          fail: () => reject(new Error('connection lost')),
        });
      }),
    isBusy: (answer) => answer === 'busy',
    alone: async (one) => {
      alone.push(one);
      return `alone ${one.account}${one.n}`;
    },
    late: ({ account, n }) => `late ${account}${n}`,
    ...options,
  });
  const call = (at: number): Call => {
    const found = calls[at];
    if (found === undefined) throw new Error(`there is no call ${at}`);
    return found;
  };
  return { gate, calls, call, alone };
}

/** Lets everything run that is not waiting for a call: also what waits for the end of this turn of the event loop. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('the gate in front of single credit calls', () => {
  it('lets a lone caller go at once', () => {
    const { gate, calls } = scripted();
    void gate.enter(item('a', 1));
    expect(calls.map(({ items, wait }) => ({ items, wait }))).toEqual([{ items: [item('a', 1)], wait: 'none' }]);
  });

  it('has an account in one call at a time, and lets those who arrive meanwhile leave together in order', async () => {
    const { gate, calls, call } = scripted();
    const answers = [1, 2, 3, 4].map((n) => gate.enter(item('a', n)));
    expect(calls).toHaveLength(1);
    call(0).finish();
    await settle();
    expect(calls).toHaveLength(2);
    expect(call(1).items.map(({ n }) => n)).toEqual([2, 3, 4]);
    call(1).finish();
    expect(await Promise.all(answers)).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('lets callers who were answered together, and ask again, leave together with those who waited', async () => {
    const { gate, calls, call } = scripted();
    const ask = (n: number): Promise<void> => gate.enter(item('a', n)).then(() => void gate.enter(item('a', n + 10)));
    const asked = [ask(1), ask(2), ask(3)];
    call(0).finish();
    await settle();
    call(1).finish();
    await Promise.all(asked);
    await settle();
    // Not the one who waited first, and then the two.
    expect(calls.map(({ items }) => items.map(({ n }) => n))).toEqual([[1], [2, 3, 11], [12, 13]]);
    void gate.enter(item('a', 20));
    call(2).finish();
    await settle();
    expect(call(3).items.map(({ n }) => n)).toEqual([20]);
  });

  it('takes callers of several accounts into one call, but none of an account that is under way', async () => {
    const { gate, calls, call } = scripted();
    for (const account of ['a', 'b', 'c', 'a', 'd']) void gate.enter(item(account, 1));
    // Two calls go at once; the others gather.
    expect(calls.map(({ items }) => items.map(({ account }) => account))).toEqual([['a'], ['b']]);
    call(1).finish();
    await settle();
    expect(call(2).items.map(({ account }) => account)).toEqual(['c', 'd']);
    call(0).finish();
    await settle();
    expect(call(3).items.map(({ account }) => account)).toEqual(['a']);
  });

  it('never takes more than its bound into one call', async () => {
    const { gate, call } = scripted({ batchMax: 3 });
    for (let n = 1; n <= 6; n += 1) void gate.enter(item('a', n));
    call(0).finish();
    await settle();
    expect(call(1).items.map(({ n }) => n)).toEqual([2, 3, 4]);
  });

  it('queues for a held account in a call of its own, while other accounts go on', async () => {
    const { gate, calls, call } = scripted();
    const first = gate.enter(item('x', 0));
    const second = gate.enter(item('y', 0));
    const [held, free] = [gate.enter(item('a', 1)), gate.enter(item('b', 1))];
    call(0).finish();
    await settle();
    call(2).finish(['busy', 'b1']);
    await settle();
    expect(await free).toBe('b1');
    expect(calls.map(({ wait }) => wait)).toEqual(['none', 'none', 'none', 'promised']);
    // Another caller of the held account does not overtake; one of a free account does not wait.
    void gate.enter(item('a', 2));
    void gate.enter(item('b', 2));
    expect(calls).toHaveLength(5);
    expect(call(4).items).toEqual([item('b', 2)]);
    call(3).finish();
    expect(await held).toBe('a1');
    await settle();
    call(1).finish();
    expect(await Promise.all([first, second])).toEqual(['x0', 'y0']);
    await settle();
    expect(calls.at(-1)?.items).toEqual([item('a', 2)]);
  });

  it('asks for each caller of a broken call by itself', async () => {
    const { gate, call, alone } = scripted();
    const first = gate.enter(item('a', 1));
    const others = [gate.enter(item('a', 2)), gate.enter(item('a', 3))];
    call(0).finish();
    await settle();
    call(1).fail();
    expect(await Promise.all([first, ...others])).toEqual(['a1', 'alone a2', 'alone a3']);
    expect(alone.map(({ n }) => n)).toEqual([2, 3]);
  });

  it('turns away who has stood there too long, and who finds it full', async () => {
    const { gate, call } = scripted({ deadlineMs: 5, queueMax: 2 });
    const first = gate.enter(item('a', 1));
    const waiting = [gate.enter(item('a', 2)), gate.enter(item('a', 3))];
    expect(await gate.enter(item('a', 4))).toBe('late a4');
    expect(await Promise.all(waiting)).toEqual(['late a2', 'late a3']);
    call(0).finish();
    expect(await first).toBe('a1');
  });
});
