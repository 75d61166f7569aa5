import { plainArray, type Statement, type Statements, type Tx } from '../db/index.ts';
import { assert, mustExist } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';
import { type FiguresRow, figuresOf } from './figures.ts';
import { refused } from './refused.ts';
import type { AcquireCode, AcquireRequest, Because, LapsedHold, Verdict, Wait } from './types.ts';

/** As many requests as one call of the function takes. */
export const ACQUIRE_BATCH_MAX = 512;

export type Acquired = {
  /** One per request, in their order. */
  verdicts: Verdict[];
  /** Holds that lapsed to make room; their orders are the caller's to move to expired. */
  lapsed: LapsedHold[];
};

/**
 * Asks for credit, in one round trip: one or more requests over one or more accounts, those on one account answered in
 * the order given. Refusals are recorded when the transaction commits. Throws only when the database breaks.
 */
export async function acquireBatch(
  tx: Tx,
  requests: readonly AcquireRequest[],
  options: { wait: Wait },
): Promise<Acquired> {
  if (requests.length === 0) return { verdicts: [], lapsed: [] };
  return toAcquired(requests, await tx.$queryRawUnsafe<AnswerRow[]>(acquire.text, ...valuesOf(requests, options.wait)));
}

/**
 * The same in a transaction of its own, as a prepared statement past Prisma, whose work for one call is more than that of
 * the server: 20 us of CPU instead of 170.
 */
export async function acquireBatchAlone(
  statements: Statements,
  requests: readonly AcquireRequest[],
  options: { wait: Wait },
): Promise<Verdict[]> {
  return toAcquired(requests, await statements.rows<AnswerRow>(acquire, valuesOf(requests, options.wait))).verdicts;
}

// Locks the account rows in key order (FOR NO KEY UPDATE) and keeps them to the end of the transaction.
const acquire: Statement = {
  name: 'credit_acquire_batch',
  text: `select * from credit_acquire_batch($1, $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::bigint[],
    $8::text[], $9::integer[], $10::text[], $11::text[], $12::text[])`,
};

function valuesOf(requests: readonly AcquireRequest[], wait: Wait): unknown[] {
  assert(requests.length <= ACQUIRE_BATCH_MAX, `a batch of ${requests.length} requests is too large`);
  return [
    wait,
    requests.map((request) => request.wholesalerId),
    requests.map((request) => request.retailerId),
    requests.map((request) => request.key),
    requests.map((request) => request.orderId),
    plainArray(requests.map(() => newId())),
    plainArray(requests.map((request) => request.amountMinor)),
    requests.map((request) => request.currency ?? null),
    plainArray(requests.map((request) => request.holdLifetimeMinutes ?? null)),
    requests.map((request) => request.actor ?? 'system'),
    requests.map((request) => request.source ?? 'api'),
    requests.map((request) => request.cause ?? null),
  ];
}

function toAcquired(requests: readonly AcquireRequest[], rows: AnswerRow[]): Acquired {
  assert(rows.length === requests.length, 'a request for credit got no answer');
  rows.sort((a, b) => a.ordinal - b.ordinal);
  return { verdicts: rows.map(toVerdict), lapsed: rows.flatMap(lapsedOf) };
}

/** Asks for one, as its own batch; queues for the account as promised. */
export async function acquireOne(tx: Tx, request: AcquireRequest): Promise<Verdict> {
  const { verdicts } = await acquireBatch(tx, [request], { wait: 'promised' });
  return mustExist(verdicts[0], 'a verdict');
}

type AnswerRow = FiguresRow & {
  ordinal: number;
  wholesaler_id: string;
  retailer_id: string;
  code: Exclude<AcquireCode, 'DATABASE_ERROR'> | 'BUSY' | null;
  because: Because | null;
  entry_id: string | null;
  replayed: boolean;
  available_after_minor: bigint | null;
  short_by_minor: bigint | null;
  overdue_minor: bigint | null;
  lapsed: { holdId: string; orderId: string; entryId: string; amountMinor: string }[] | null;
};

function toVerdict(row: AnswerRow): Verdict {
  if (row.code === 'BUSY') return { kind: 'busy' };
  const figures = figuresOf(row);
  if (row.code !== null) {
    return refused(row.code, {
      because: row.because,
      figures,
      shortByMinor: row.short_by_minor,
      overdueMinor: row.overdue_minor,
    });
  }
  assert(
    row.entry_id !== null && row.available_after_minor !== null && figures !== null,
    'an approval without its figures',
  );
  return {
    kind: 'approved',
    ledgerEntryId: row.entry_id,
    replayed: row.replayed,
    availableMinor: row.available_after_minor,
    figures,
  };
}

function lapsedOf(row: AnswerRow): LapsedHold[] {
  return (row.lapsed ?? []).map((hold) => ({
    wholesalerId: row.wholesaler_id,
    retailerId: row.retailer_id,
    holdId: hold.holdId,
    orderId: hold.orderId,
    ledgerEntryId: hold.entryId,
    amountMinor: BigInt(hold.amountMinor),
  }));
}
