import type { z } from 'zod';
import type { LineFault, PricedLine } from '../catalogue/index.ts';
import { type Refused, refused, untilKnown } from '../credit/index.ts';
import { inTransaction } from '../db/index.ts';
import type { Problem } from '../http/problem.ts';
import {
  cutDown,
  type OrderAsked,
  type OrderToPlace,
  type PlaceAnswer,
  type Prepared,
  placeBatch,
  placeFitting,
  prepareOrders,
  readOrder,
  takeOrderNumbers,
} from '../orders/index.ts';
import { mustExist } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';
import { idFromKey } from './kept-answers.ts';
import { inputProblem, refusalProblem } from './refusals.ts';
import type { Ask } from './route.ts';
import type { orderAsked, orderPlaced } from './schemas/orders.ts';

type Asked = z.output<typeof orderAsked>;
type Placed = z.output<typeof orderPlaced>;
type Context = Pick<Ask<undefined, undefined, undefined>, 'caller' | 'deps' | 'tx' | 'key' | 'isKeyed'>;

/** What became of one order. */
export type OrderVerdict = { orderId: string; outcome: { kind: 'placed'; order: Placed } | Turned };
type Turned = { kind: 'refused'; problem: Problem };

type Candidate = OrderAsked & { isDryRun: boolean };
type Judged =
  | { asked: Candidate; order: OrderToPlace; trimmable: readonly PricedLine[] | null }
  | { asked: Candidate; refusal: Turned };

/** Places each order by itself, at the desk, where those that arrive together leave together. */
export async function placeEach(context: Context, orders: readonly Asked[]): Promise<OrderVerdict[]> {
  const judged = await judge(context, orders);
  return Promise.all(
    judged.map(async (one) => {
      const { orderId } = one.asked;
      if ('refusal' in one) return { orderId, outcome: one.refusal };
      const outcome = one.asked.isDryRun ? await tryOut(context, one) : await placeOne(context, one);
      return { orderId, outcome: withMissing(one.asked, outcome) };
    }),
  );
}

type Ready = Extract<Judged, { order: unknown }>;

async function placeOne(context: Context, { order, trimmable }: Ready): Promise<OrderVerdict['outcome']> {
  const { desk } = context.deps;
  if (trimmable === null) return outcomeOf(context, order, await desk.place(order));
  const fitted = await placeFitting(desk, order, trimmable);
  return outcomeOf(context, fitted.order, fitted.answer);
}

/** Says what was left out of an order that may be placed in part, by comparing what was asked for with what it got. */
function withMissing(asked: Candidate, outcome: OrderVerdict['outcome']): OrderVerdict['outcome'] {
  if (outcome.kind !== 'placed' || !('lines' in asked) || asked.partialFit !== true) return outcome;
  const left = (outcome.order.lines ?? []).map((line) => ({ ...line }));
  const missing = asked.lines.flatMap(({ sku, unit, quantity }) => {
    const got = left.find(
      (line) => line.sku === sku && (unit === undefined || line.unit === unit) && line.quantity > 0,
    );
    const found = Math.min(got?.quantity ?? 0, quantity);
    if (got !== undefined) got.quantity -= found;
    const lacks = Math.round((quantity - found) * 1000) / 1000;
    return lacks > 0 ? [{ sku, unit: unit ?? got?.unit, quantity: lacks }] : [];
  });
  return { kind: 'placed', order: { ...outcome.order, missing } };
}

/** Places all orders or none, in one transaction. */
export async function placeTogether(context: Context, orders: readonly Asked[]): Promise<OrderVerdict[]> {
  const { db } = context.deps;
  const judged = await judge(context, orders);
  const ready = judged.flatMap((one) => ('order' in one ? [one.order] : []));
  if (ready.length < judged.length) return judged.map((one) => withheld(one));
  const first = await takeOrderNumbers(db, context.caller.wholesalerId, ready.length);
  const items = ready.map((order, nth) => ({ ...order, number: first + nth }));
  const answers = await untilKnown(() =>
    inTransaction(db, async (tx) => {
      const placed = await placeBatch(tx, items, { wait: 'promised' });
      if (placed.some(({ kind }) => kind !== 'placed')) throw new NotAllPlaced(placed);
      return placed;
    }).catch((error: unknown) => {
      if (error instanceof NotAllPlaced) return error.answers;
      throw error;
    }),
  );
  const isAll = answers.every(({ kind }) => kind === 'placed');
  return Promise.all(
    ready.map(async (order, index) => {
      const answer = mustExist(answers[index], 'an answer');
      const { orderId } = order;
      if (!isAll && answer.kind === 'placed') return { orderId, outcome: BATCH_REFUSED };
      return { orderId, outcome: await outcomeOf(context, order, answer) };
    }),
  );
}

/** Leaves the transaction of a batch that must not count: throwing is the only way to roll one back. */
class NotAllPlaced extends Error {
  readonly answers: PlaceAnswer[];

  constructor(answers: PlaceAnswer[]) {
    super('not all orders of a batch could be placed');
    this.answers = answers;
  }
}

const BATCH_REFUSED: Turned = {
  kind: 'refused',
  problem: {
    status: 409,
    code: 'BATCH_REFUSED',
    detail: 'Not placed, because another order of this batch was refused.',
    members: { retryable: false },
  },
};

const withheld = (one: Judged): OrderVerdict => ({
  orderId: one.asked.orderId,
  outcome: 'refusal' in one ? one.refusal : BATCH_REFUSED,
});

/** Gives every order an id and, where it has lines, prices. */
async function judge({ caller, tx, key, isKeyed }: Context, orders: readonly Asked[]): Promise<Judged[]> {
  const { wholesalerId, currency, actor } = caller;
  const candidates = orders.map((order, index): Candidate => {
    // The same key names the same order again, without any memory of ours.
    const own = isKeyed ? idFromKey(wholesalerId, `${key}/${index}`) : newId();
    const { orderId = own, ...rest } = order;
    if (!('lines' in rest)) return { ...rest, orderId, isDryRun: false };
    const { dryRun = false, ...withLines } = rest;
    return { ...withLines, orderId, isDryRun: dryRun };
  });
  const prepared = await prepareOrders(tx, { wholesalerId, currency, actor }, candidates);
  return candidates.map((asked, index) => judgedOf(asked, mustExist(prepared[index], 'a prepared order')));
}

function judgedOf(asked: Candidate, prepared: Prepared): Judged {
  switch (prepared.kind) {
    case 'ready':
      return { asked, order: prepared.order, trimmable: prepared.trimmable };
    case 'faulty_lines':
      return { asked, refusal: { kind: 'refused', problem: linesProblem(prepared.faults) } };
    case 'other_order':
      return { asked, refusal: told(refused('DUPLICATE_ORDER', { because: 'other_request' })) };
  }
}

const linesProblem = (faults: readonly LineFault[]): Problem =>
  inputProblem(
    faults.map(({ index, field, code, message }) => ({ path: `lines[${index}].${field}`, message, code })),
    'INVALID_LINES',
  );

/** What placing it would be answered now; nothing is held. */
async function tryOut(context: Context, ready: Ready): Promise<OrderVerdict['outcome']> {
  const { deps, tx } = context;
  const { order, trimmable } = ready;
  const { wholesalerId, retailerId, orderId, amountMinor } = order;
  const check = await deps.credit.checkCredit({ wholesalerId, retailerId, orderId, amountMinor }, { tx });
  const available = check.figures?.availableMinor;
  if (!check.fits || available === undefined) {
    const cut =
      trimmable !== null && check.code === 'INSUFFICIENT_CREDIT' && cutDown(order, trimmable, available ?? 0n);
    if (cut) return tryOut(context, { ...ready, order: cut, trimmable: null });
    const { code, message, figures, shortByMinor = null } = check;
    const why = { code: code ?? 'CREDIT_ACCOUNT_NOT_FOUND', message: message ?? '' };
    return told({ ...why, figures, shortByMinor, retryable: false });
  }
  const nothingYet = { number: null, status: 'dry_run' as const, creditLedgerEntryId: null, replayed: false };
  const lines = linesOf(order);
  return {
    kind: 'placed',
    order: { orderId, amountMinor, availableMinor: available - amountMinor, ...nothingYet, lines },
  };
}

async function outcomeOf({ tx }: Context, order: OrderToPlace, answer: PlaceAnswer): Promise<OrderVerdict['outcome']> {
  if (answer.kind === 'busy') return told(refused('MAX_RETRIES_EXCEEDED'));
  if (answer.kind === 'refused') return told(answer);
  const { orderId, number, amountMinor, ledgerEntryId, availableMinor, replayed } = answer;
  // An order that was placed before may have gone on since, and has the lines that it got then.
  const stored = replayed ? await readOrder(tx, order) : null;
  return {
    kind: 'placed',
    order: {
      ...{ orderId, number, amountMinor, availableMinor, replayed },
      status: stored?.status ?? 'approved',
      creditLedgerEntryId: ledgerEntryId,
      lines: linesOf(stored ?? order),
    },
  };
}

function linesOf({ lines }: Pick<OrderToPlace, 'lines'>): Placed['lines'] {
  if (lines.length === 0) return undefined;
  return lines.map(({ quantityMilli, ...line }) => ({ ...line, quantity: quantityMilli / 1000 }));
}

type Refusal = Pick<Refused, 'message' | 'figures' | 'shortByMinor' | 'retryable'> & { code: string };

const told = (refusal: Refusal): Turned => ({ kind: 'refused', problem: refusalProblem(refusal) });
