/** What may happen next, as small numbers that fast-check can shrink; what they mean depends on what happened before. */
import fc from '../../support/properties.ts';
import { type Book, type Hold, leftOf, restOf } from './book.ts';
import { dayOf, isoDay } from './calendar.ts';
import type { Chosen, Request } from './requests.ts';

/** A run of the model: two shops of one wholesaler, so that a key can meet the other one. */
export type Game = {
  wholesalerId: string;
  shops: string[];
  book: Book;
  now: number;
  /** Every request, for sending it again. */
  sent: Request[];
  /** The codes and keys of the refusals that have to be on record. */
  recorded: string[];
};

type Pick = { nth: number; any: boolean };

export type Move =
  | { move: 'hold'; shop: number; order: number; amount: number; minutes: number | null }
  | { move: 'adjust' | 'releasePart'; hold: Pick; by: number }
  | { move: 'capture'; hold: Pick; by: number; all: boolean; rest: boolean }
  | { move: 'release'; hold: Pick }
  | { move: 'extend'; hold: Pick; minutes: number }
  | {
      move: 'pay' | 'creditNote' | 'writeOff';
      shop: number;
      amount: number;
      chosen: number | null;
      daysAgo: number | null;
    }
  | { move: 'allocate'; payment: number; chosen: number | null }
  | { move: 'reverse'; payment: number; isPayment: boolean }
  | { move: 'adjustBalance'; shop: number; amount: number; inDays: number | null }
  | { move: 'limit'; shop: number; limit: number | null; minutes: number | null | 'endless' }
  | { move: 'terms'; shop: number; termsDays: number; graceDays: number; tolerance: number; basisPoints: number }
  | { move: 'block' | 'unblock' | 'close'; shop: number }
  /** For the order of a hold, or for one that may come. */
  | { move: 'override'; ofHold: Pick | null; shop: number; order: number; amount: number; minutes: number }
  | { move: 'again'; back: number; change: 'none' | 'amount' | 'shop' | 'kind' }
  | { move: 'wait'; minutes: number }
  /** To the moment when the next hold is due, or a millisecond before or after it. */
  | { move: 'wait for expiry'; ms: number }
  | { move: 'sweep' };

const shop = fc.nat({ max: 1 });
const order = fc.nat({ max: 2 });
const amount = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: 1, max: 600 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -5) },
);
const payment = fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 1, max: 120 }) }, { weight: 1, arbitrary: amount });
/** Mostly one that is open. */
const hold = fc.record({ nth: fc.nat({ max: 5 }), any: fc.nat({ max: 5 }).map((n) => n === 5) });
const chosen = fc.option(fc.nat({ max: 400 }), { freq: 2 });
const minutes = fc.constantFrom(1, 60, 600, 1_440, 4_320, 20_160);
const isRare = fc.nat({ max: 9 }).map((n) => n === 9);

type Weighted = { weight: number; kinds: Move['move'][]; arbitrary: fc.Arbitrary<Move> };
/** The member of the union that a kind belongs to. */
type Of<Kind, One = Move> = One extends { move: infer Kinds } ? (Kind extends Kinds ? One : never) : never;

/** A move that comes so often, of one kind or of several that look alike. */
function often<Kind extends Move['move']>(
  weight: number,
  kinds: Kind[],
  shape: { [Name in keyof Omit<Of<Kind>, 'move'>]: fc.Arbitrary<Omit<Of<Kind>, 'move'>[Name]> },
): Weighted {
  const arbitrary = fc.record({ move: fc.constantFrom(...kinds), ...shape });
  return { weight, kinds, arbitrary: arbitrary as fc.Arbitrary<unknown> as fc.Arbitrary<Move> };
}

const all = [
  often(14, ['hold'], { shop, order, amount, minutes: fc.option(minutes, { freq: 3 }) }),
  often(5, ['adjust'], { hold, by: fc.integer({ min: -200, max: 800 }) }),
  often(8, ['capture'], {
    hold,
    by: fc.integer({ min: -60, max: 60 }),
    all: fc.boolean(),
    rest: fc.boolean(),
  }),
  often(3, ['release'], { hold }),
  often(3, ['releasePart'], { hold, by: fc.integer({ min: -100, max: 20 }) }),
  often(2, ['extend'], {
    hold,
    minutes: fc.constantFrom(-1, 0, 1, 1_440, 20_160, 5_300_000),
  }),
  often(7, ['pay'], {
    shop,
    amount: payment,
    chosen,
    daysAgo: fc.option(fc.integer({ min: -2, max: 9 }), { freq: 3 }),
  }),
  often(2, ['creditNote', 'writeOff'], {
    shop,
    amount,
    chosen,
    daysAgo: fc.constant(null),
  }),
  often(3, ['allocate'], { payment: fc.nat({ max: 5 }), chosen }),
  often(3, ['reverse'], {
    payment: fc.nat({ max: 5 }),
    isPayment: isRare.map((rare) => !rare),
  }),
  often(5, ['adjustBalance'], {
    shop,
    amount: fc.integer({ min: -100, max: 300 }),
    inDays: fc.option(fc.constantFrom(-4, -2, -1, 0, 1, 7, 30)),
  }),
  often(3, ['limit'], {
    shop,
    limit: fc.option(fc.integer({ min: 0, max: 1_500 }), { freq: 4 }),
    minutes: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constant('endless' as const) },
      { weight: 2, arbitrary: fc.constantFrom(-1, 60, 1_440) },
    ),
  }),
  often(2, ['terms'], {
    shop,
    termsDays: fc.constantFrom(0, 7, 30),
    graceDays: fc.constantFrom(0, 3),
    tolerance: fc.constantFrom(0, 50, 10_000),
    basisPoints: fc.constantFrom(0, 500, 2_000, 10_000),
  }),
  often(1, ['block', 'close'], { shop }),
  often(3, ['unblock'], { shop }),
  often(5, ['override'], {
    ofHold: fc.option(hold, { freq: 1 }),
    shop,
    order,
    amount,
    minutes: fc.constantFrom(-1, 60, 1_440, 4_320, 20_160, 600_000),
  }),
  often(5, ['wait'], { minutes }),
  often(4, ['wait for expiry'], { ms: fc.constantFrom(-1, 0, 0, 1) }),
  often(2, ['sweep'], {}),
  // Three of ten calls are sent again, a third of them with another body.
  often(30, ['again'], {
    back: fc.nat({ max: 9 }),
    change: fc.constantFrom('none', 'none', 'none', 'none', 'none', 'none', 'amount', 'shop', 'kind'),
  }),
];

/** Any move, or any of these kinds, where a game is to be about them. */
export const anyMove = (only?: readonly Move['move'][]): fc.Arbitrary<Move> =>
  fc.oneof(...all.filter(({ kinds }) => only === undefined || kinds.some((kind) => only.includes(kind))));

/** The request that a move stands for now; null where it makes none, because there is nothing to make it of. */
export function requestOf(game: Game, move: Move): Request | null {
  const { wholesalerId, book, now } = game;
  const key = `k${game.sent.length}`;
  const retailerId = 'shop' in move ? (game.shops[move.shop] ?? '') : '';
  const inMinutes = (count: number): Date => new Date(now + count * 60_000);
  const held = 'hold' in move ? holdOf(book, move.hold) : undefined;
  if ('hold' in move && held === undefined) return null;
  const holdId = held?.id ?? '';
  const left = held === undefined ? 0n : leftOf(held);
  switch (move.move) {
    case 'hold': {
      const life = move.minutes === null ? {} : { holdLifetimeMinutes: move.minutes };
      return {
        do: 'hold',
        wholesalerId,
        retailerId,
        orderId: `o${move.order}`,
        amountMinor: BigInt(move.amount),
        key,
        ...life,
      };
    }
    case 'adjust':
      return { do: 'adjust', wholesalerId, holdId, amountMinor: (held?.amount ?? 0n) + BigInt(move.by), key };
    case 'capture': {
      const amountMinor = move.all ? left + BigInt(Math.max(move.by, 0)) : left / 2n + BigInt(move.by);
      return { do: 'capture', wholesalerId, holdId, amountMinor, key, releaseRest: move.rest };
    }
    case 'release':
      return { do: 'release', wholesalerId, holdId };
    case 'releasePart':
      return { do: 'releasePart', wholesalerId, holdId, amountMinor: left + BigInt(move.by), key };
    case 'extend':
      return { do: 'extend', wholesalerId, holdId, expiresAt: inMinutes(move.minutes), key };
    case 'pay':
    case 'creditNote':
    case 'writeOff': {
      const { chosen, daysAgo } = move;
      const chosenDebts = chosen === null ? {} : { allocations: choose(game, retailerId, chosen) };
      const received = daysAgo === null || move.move !== 'pay' ? {} : { receivedAt: inMinutes(-daysAgo * 1_440) };
      return {
        do: move.move,
        wholesalerId,
        retailerId,
        amountMinor: move.move === 'writeOff' ? nearOwed(game, retailerId, move.amount) : BigInt(move.amount),
        key,
        ...chosenDebts,
        ...received,
      };
    }
    case 'allocate': {
      const kept = [...book.accounts.values()].flatMap(({ owed, keptPayments }) =>
        owed > 0n ? [...keptPayments] : [],
      );
      const payment = newest(kept.length > 0 ? kept : [...book.payments.values()], move.payment);
      if (payment === undefined) return null;
      const chosen = move.chosen === null ? {} : { allocations: choose(game, payment.retailerId, move.chosen) };
      return { do: 'allocate', wholesalerId, paymentId: payment.id, key, ...chosen };
    }
    case 'reverse': {
      const ids = move.isPayment
        ? [...book.payments.keys()]
        : [...book.keys.values()].flatMap(({ entryId }) => entryId ?? []);
      const paymentId = newest(ids, move.payment);
      return paymentId === undefined ? null : { do: 'reverse', wholesalerId, paymentId };
    }
    case 'adjustBalance': {
      const due = move.inDays === null || move.amount < 0 ? {} : { dueOn: isoDay(dayOf(now) + move.inDays) };
      const amountMinor = move.amount < 0 ? -nearOwed(game, retailerId, -move.amount) : BigInt(move.amount);
      return { do: 'adjustBalance', wholesalerId, retailerId, amountMinor, key, ...due };
    }
    case 'limit': {
      const until =
        move.minutes === null ? {} : { validUntil: move.minutes === 'endless' ? null : inMinutes(move.minutes) };
      const limit = move.limit === null ? {} : { limitMinor: BigInt(move.limit) };
      return { do: 'limit', wholesalerId, retailerId, key, ...limit, ...until };
    }
    case 'terms': {
      const { termsDays, graceDays, tolerance, basisPoints } = move;
      const terms = {
        termsDays,
        graceDays,
        overdueToleranceMinor: BigInt(tolerance),
        overCaptureBasisPoints: basisPoints,
      };
      return { do: 'terms', wholesalerId, retailerId, ...terms };
    }
    case 'block':
    case 'unblock':
    case 'close':
      return { do: move.move, wholesalerId, retailerId };
    case 'override': {
      const of = move.ofHold === null ? undefined : holdOf(book, move.ofHold);
      const whose = of === undefined ? { retailerId, orderId: `o${move.order}` } : ownerOf(of);
      const amountMinor = BigInt(move.amount);
      return { do: 'override', wholesalerId, ...whose, amountMinor, expiresAt: inMinutes(move.minutes), key };
    }
    case 'again': {
      const earlier = newest(game.sent, move.back);
      return earlier === undefined ? null : changed(game, earlier, move.change);
    }
    default:
      return null;
  }
}

/** How far a move lets the clock run, in ms. */
export function waitOf({ book, now }: Game, move: Move): number {
  if (move.move === 'wait') return move.minutes * 60_000;
  if (move.move !== 'wait for expiry') return 0;
  const open = [...book.holds.values()].filter(({ state, expiresAt }) => state === 'open' && expiresAt > now + 1);
  return open.length === 0 ? 0 : Math.min(...open.map(({ expiresAt }) => expiresAt)) + move.ms - now;
}

/** Mostly no more than is owed. */
function nearOwed({ book }: Game, retailerId: string, amount: number): bigint {
  const owed = book.accounts.get(retailerId)?.owed ?? 0n;
  return amount <= 0 ? BigInt(amount) : (BigInt(amount) % (owed + 10n)) + 1n;
}

const newest = <T>(list: readonly T[], nth: number): T | undefined => list[list.length - 1 - (nth % list.length)];

function holdOf(book: Book, { nth, any }: Pick) {
  const all = [...book.holds.values()];
  const open = all.filter(({ state }) => state === 'open');
  return newest(any || open.length === 0 ? all : open, nth);
}

const ownerOf = ({ retailerId, orderId }: Hold) => ({ retailerId, orderId });

/** Two debts chosen by hand: so much of the newest, all of the one before it. Sometimes more than is open, or twice one. */
function choose({ book }: Game, retailerId: string, amount: number): Chosen {
  const debts = [...book.debts.values()].filter((debt) => debt.retailerId === retailerId || amount % 20 === 0);
  const [first, second] = [newest(debts, 0), newest(debts, 1 + (amount % 3))];
  if (first === undefined || second === undefined || amount === 0) return [];
  const share = { receivableId: first.id, amountMinor: BigInt(amount) };
  if (amount % 2 === 0 || restOf(second) === 0n) return [share];
  return [{ receivableId: second.id, amountMinor: restOf(second) }, share];
}

/** The same key, another request. */
function changed(game: Game, request: Request, change: Extract<Move, { move: 'again' }>['change']): Request {
  if (change === 'amount' && 'amountMinor' in request) return { ...request, amountMinor: request.amountMinor + 1n };
  if (change === 'shop' && 'retailerId' in request) {
    return { ...request, retailerId: game.shops.find((other) => other !== request.retailerId) ?? '' };
  }
  if (change === 'kind' && 'key' in request) {
    const { wholesalerId, key } = request;
    return { do: 'pay', wholesalerId, retailerId: game.shops[0] ?? '', amountMinor: 7n, key };
  }
  return request;
}
