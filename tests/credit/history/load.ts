/** Mixed work on a few accounts, by many callers at once: what is asked, by whom, and what was answered. */
import type { Request } from '../model/requests.ts';
import { type Call, type Caller, isUnknown } from './callers.ts';

export type LoadOptions = {
  random: () => number;
  wholesalerId: string;
  shops: string[];
  /** Set before every key, so that two loads on the same accounts never share one. */
  prefix?: string;
  /** Also calls without a key, which cannot be told apart when their answer is lost. */
  withStatus?: boolean;
};

export type Load = {
  next(): Request;
  /** What an answer told, for requests that build on it. */
  learn(call: Call): void;
};

/** How often each is asked for; a quarter of all calls repeats one that is under way or has just been answered. */
const WEIGHTS = {
  ...{ hold: 40, capture: 16, release: 8, releasePart: 4, adjust: 7, extend: 2, pay: 14, allocate: 2, reverse: 3 },
  ...{ creditNote: 2, writeOff: 1, adjustBalance: 2, limit: 3, override: 3, block: 1, unblock: 4, again: 30 },
};
type Weighted = keyof typeof WEIGHTS;

const LATEST_MAX = 24;

export function createLoad(options: LoadOptions): Load {
  const { random, wholesalerId, shops, prefix = 'k', withStatus = false } = options;
  const upTo = (max: number): number => Math.floor(random() * max);
  const pick = <T>(list: readonly T[]): T | undefined => list[upTo(list.length)];
  const amount = (min: number, max: number): bigint => BigInt(min + upTo(max - min));
  const names = (Object.keys(WEIGHTS) as Weighted[]).filter((name) => withStatus || !name.includes('block'));
  const sum = names.reduce((total, name) => total + WEIGHTS[name], 0);
  const latest: Request[] = [];
  const shopOfHold = new Map<string, string>();
  const holds: { id: string; amount: bigint }[] = [];
  const payments: string[] = [];
  const debts: { id: string; shop: string }[] = [];
  let keys = 0;

  function kind(): Weighted {
    let at = random() * sum;
    for (const name of names) {
      at -= WEIGHTS[name];
      if (at < 0) return name;
    }
    return 'hold';
  }

  function fresh(): Request {
    const wanted = kind();
    keys += 1;
    const key = `${prefix}${keys}`;
    const retailerId = pick(shops) ?? '';
    const hold = pick(holds);
    const paymentId = pick(payments);
    const on = { wholesalerId, retailerId, key };
    switch (wanted) {
      case 'again': {
        const earlier = pick(latest);
        if (earlier === undefined) break;
        const isOther = random() < 0.15 && 'amountMinor' in earlier;
        return isOther ? { ...earlier, amountMinor: earlier.amountMinor + 1n } : earlier;
      }
      case 'adjust':
        if (hold === undefined) break;
        return { do: wanted, wholesalerId, holdId: hold.id, key, amountMinor: amount(20, 300) };
      case 'capture': {
        if (hold === undefined) break;
        const part = random() < 0.5 ? hold.amount : amount(1, 120);
        return { do: wanted, wholesalerId, holdId: hold.id, key, amountMinor: part, releaseRest: random() < 0.4 };
      }
      case 'release':
        if (hold === undefined) break;
        return { do: wanted, wholesalerId, holdId: hold.id };
      case 'releasePart':
        if (hold === undefined) break;
        return { do: wanted, wholesalerId, holdId: hold.id, key, amountMinor: amount(1, 60) };
      case 'extend':
        if (hold === undefined) break;
        return {
          do: wanted,
          wholesalerId,
          holdId: hold.id,
          key,
          expiresAt: new Date(Date.UTC(2033, 0, 1 + upTo(300))),
        };
      case 'pay':
      case 'creditNote':
      case 'writeOff': {
        const debt = random() < 0.3 ? debts.findLast(({ shop }) => shop === retailerId) : undefined;
        const paid = amount(20, wanted === 'pay' ? 400 : 80);
        const chosen = debt === undefined ? {} : { allocations: [{ receivableId: debt.id, amountMinor: paid / 2n }] };
        return { do: wanted, ...on, amountMinor: paid, ...chosen };
      }
      case 'allocate':
        if (paymentId === undefined) break;
        return { do: wanted, wholesalerId, paymentId, key };
      case 'reverse':
        if (paymentId === undefined) break;
        return { do: wanted, wholesalerId, paymentId };
      case 'adjustBalance':
        return { do: wanted, ...on, amountMinor: amount(-60, 60) || 1n };
      case 'limit':
        return { do: wanted, ...on, limitMinor: amount(600, 1_400) };
      case 'override': {
        const expiresAt = new Date(Date.now() + 86_400_000);
        return { do: wanted, ...on, orderId: `o${upTo(6)}`, amountMinor: amount(50, 400), expiresAt };
      }
      case 'block':
      case 'unblock':
        return { do: wanted, wholesalerId, retailerId };
    }
    return { do: 'hold', ...on, orderId: `o${upTo(40)}`, amountMinor: amount(20, 250) };
  }

  return {
    next() {
      const request = fresh();
      latest.push(request);
      if (latest.length > LATEST_MAX) latest.shift();
      return request;
    },
    learn({ request, answer }) {
      if (answer?.success !== true || answer.replayed || answer.ledgerEntryId === null) return;
      const id = answer.ledgerEntryId;
      if (request.do === 'hold') {
        shopOfHold.set(id, request.retailerId);
        remember(holds, { id, amount: request.amountMinor });
      }
      if (request.do === 'capture') remember(debts, { id, shop: shopOfHold.get(request.holdId) ?? '' });
      if (typeof answer.paymentId === 'string') remember(payments, answer.paymentId);
    },
  };
}

/** The newest few: old ones are mostly closed. */
function remember<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > 12) list.shift();
}

export type RunOptions = {
  load: Load;
  /** Asked for each call, so that callers may be replaced while the load runs. */
  caller: () => Caller;
  calls: number;
  /** How many calls are under way at once. */
  lanes: number;
  /** Told after each answer. */
  onAnswer?: (answered: number) => void;
  /** Waited for after an unknown outcome, before the next call of its lane. */
  whenUnknown?: () => Promise<unknown>;
};

/** Makes so many calls and returns them all. */
export async function runLoad({ load, caller, calls, lanes, onAnswer, whenUnknown }: RunOptions): Promise<Call[]> {
  const made: Call[] = [];
  let sent = 0;
  async function lane(): Promise<void> {
    while (sent < calls) {
      sent += 1;
      const call = await caller().call(load.next());
      made.push(call);
      load.learn(call);
      onAnswer?.(made.length);
      if (isUnknown(call)) await whenUnknown?.();
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return made;
}

export type TwinOptions = {
  wholesalerId: string;
  retailerId: string;
  rounds: number;
  /** Has the calls of a round meet at the account's lock. */
  gather<T>(start: () => Promise<T>): Promise<T>;
};

/** The same order, extension, delivery and payment from all callers at once, on an account with room for one of them. */
export async function raceTwins(callers: readonly Caller[], options: TwinOptions): Promise<Call[]> {
  const { wholesalerId, retailerId, rounds, gather } = options;
  const made: Call[] = [];
  const all = async (request: Request): Promise<Call[]> => {
    const calls = await gather(() => Promise.all(callers.map((caller) => caller.call(request))));
    made.push(...calls);
    return calls;
  };
  for (let round = 0; round < rounds; round += 1) {
    const key = `twin${round}`;
    const held = await all({ do: 'hold', wholesalerId, retailerId, key, orderId: key, amountMinor: 900n });
    const [holdId] = held.flatMap(({ answer }) => (answer?.success === true ? [answer.ledgerEntryId ?? ''] : []));
    // All came too late for their turn.
    if (holdId === undefined) continue;
    await all({ do: 'extend', wholesalerId, holdId, key: `${key}e`, expiresAt: new Date(Date.UTC(2033, 0, 1)) });
    await all({ do: 'capture', wholesalerId, holdId, key: `${key}c`, amountMinor: 450n, releaseRest: true });
    await all({ do: 'pay', wholesalerId, retailerId, key: `${key}p`, amountMinor: 450n });
  }
  return made;
}
