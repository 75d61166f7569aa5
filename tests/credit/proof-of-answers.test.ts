import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HeardAnswer, proveAnswers } from '../../src/credit/index.ts';
import { type CreditBench, createCreditBench, newOrderId, W } from './shop.ts';

let bench: CreditBench;
let shop: string;
let told: HeardAnswer[];
beforeAll(async () => {
  bench = await createCreditBench();
  shop = await bench.shop();
  told = [];
  for (let n = 0; n < 5; n += 1) told.push(await ask(30_000n));
});
afterAll(() => bench.drop());

/** Asks for credit and notes what was said, as a caller would. */
async function ask(amountMinor: bigint, retailerId = shop): Promise<HeardAnswer> {
  const key = newOrderId();
  const sentAtMs = performance.now();
  const answer = await bench.order(retailerId, amountMinor, { orderId: key });
  const heard = { wholesalerId: W, retailerId, key, sentAtMs, answeredAtMs: performance.now() };
  return answer.success
    ? { ...heard, outcome: 'acknowledged', ledgerEntryId: answer.ledgerEntryId, amountMinor }
    : { ...heard, outcome: 'refused' };
}

/** What was told, with one answer said differently. */
const butFor = (index: number, change: Partial<HeardAnswer>): HeardAnswer[] =>
  told.map((answer, at) => (at === index ? { ...answer, ...change } : answer));

test('what callers were told is what the ledger has', async () => {
  expect(await proveAnswers(bench.db, told)).toEqual({ ok: true, acknowledged: 3, refused: 2, firstBad: null });
});

test('answers may come from a stream, of any length', async () => {
  async function* stream(): AsyncGenerator<HeardAnswer> {
    for (let n = 0; n < 2_500; n += 1) {
      const { sentAtMs, answeredAtMs, ...answer } = told[4] as HeardAnswer;
      yield { ...answer, key: `never ${n}`, sentAtMs: sentAtMs + n, answeredAtMs: answeredAtMs + n };
    }
  }
  expect(await proveAnswers(bench.db, stream())).toMatchObject({ ok: true, refused: 2_500 });
});

describe('is found', () => {
  test.each<[string, number, Partial<HeardAnswer>, string]>([
    ['an acknowledged key that is missing', 1, { key: 'lost' }, 'every acknowledged key exists exactly once'],
    ['a key that was refused and exists', 1, { outcome: 'refused' }, 'a refused key does not exist'],
    [
      'another entry',
      1,
      { ledgerEntryId: '0190b6a0-0000-7000-8000-000000000000' },
      'the entry is the one that was answered',
    ],
    ['another amount', 1, { amountMinor: 30_001n }, 'the entry is the one that was answered'],
    ['another account', 1, { retailerId: 'elsewhere' }, 'the entry is the one that was answered'],
  ])('%s', async (_what, index, change, check) => {
    const proof = await proveAnswers(bench.db, butFor(index, change));
    expect(proof).toMatchObject({ ok: false, firstBad: { key: change.key ?? told[index]?.key, check } });
  });

  test('an order that overtook one that was acknowledged before it was sent', async () => {
    const [first, second] = told as [HeardAnswer, HeardAnswer];
    const swapped = [
      { ...second, sentAtMs: 0, answeredAtMs: 1 },
      { ...first, sentAtMs: 2, answeredAtMs: 3 },
    ];
    expect((await proveAnswers(bench.db, swapped)).firstBad).toMatchObject({
      key: first.key,
      check: 'what was acknowledged before another was sent comes before it',
    });
    // Two that were under way together may come in any order, and a repeated answer is as old as the first one.
    const together = [swapped[0], { ...first, sentAtMs: 0, answeredAtMs: 3 }] as HeardAnswer[];
    expect((await proveAnswers(bench.db, together)).ok).toBe(true);
    const repeated = [swapped[0], { ...swapped[1], replayed: true }] as HeardAnswer[];
    expect((await proveAnswers(bench.db, repeated)).ok).toBe(true);
  });
});

test('answers whose place cannot be judged are refused', async () => {
  const [first, second] = told as [HeardAnswer, HeardAnswer];
  await expect(proveAnswers(bench.db, [second, first])).rejects.toThrow('before the one ahead of it');
  await expect(proveAnswers(bench.db, [{ ...first, sentAtMs: first.answeredAtMs - 61_000 }])).rejects.toThrow(
    'a minute',
  );
});
