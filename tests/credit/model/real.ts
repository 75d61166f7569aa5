/** How the real accounts look, in the words of the model, so that the two can be compared field by field. */
import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../../../src/db/index.ts';
import { type Account, type Book, type Entry, type EntryKind, leftOf, restOf, type Shown } from './book.ts';
import { isoDay } from './calendar.ts';

type Db = Pick<Database, 'prisma'>;

/** An entry of the real ledger, with where it stands and who asked for it. */
export type RealEntry = Shown & { id: string; retailerId: string; seq: number; at: number; isAnswering: boolean };

type EntryRow = {
  [name in 'id' | 'retailer_id' | 'kind']: string;
} & { [name in 'key' | 'order_id' | 'hold_id' | 'receivable_id' | 'payment_id' | 'reverses']: string | null } & {
  [name in 'seq' | 'limit_delta' | 'held_delta' | 'owed_delta' | 'unapplied_delta' | 'override_minor']: bigint;
} & { at_ms: number; expires_ms: number | null; answering: boolean };

/** The entries of each account after its number in `after`, in their order. */
export async function readEntries(
  db: Db,
  wholesalerId: string,
  retailerIds: string[],
  after: number[],
): Promise<RealEntry[]> {
  const rows = await db.prisma.$queryRaw<EntryRow[]>`
    select seq, id, retailer_id, kind, key, request_hash is not null as answering,
           (extract(epoch from at) * 1000)::float8 as at_ms, (extract(epoch from expires_at) * 1000)::float8 as expires_ms, limit_delta, held_delta, owed_delta,
           unapplied_delta, override_minor, order_id, hold_id, receivable_id, payment_id, reverses
    from unnest(${retailerIds}::text[], ${after}::integer[]) as wanted (retailer_id, after)
    join ledger_entry using (retailer_id)
    where wholesaler_id = ${wholesalerId} and seq > after
    order by retailer_id, seq`;
  return rows.map((row) => ({
    ...{
      id: row.id,
      retailerId: row.retailer_id,
      seq: Number(row.seq),
      at: row.at_ms,
      isAnswering: row.answering,
    },
    ...{ kind: row.kind as EntryKind, key: row.key, orderId: row.order_id, holdId: row.hold_id },
    ...{ limit: row.limit_delta, held: row.held_delta, owed: row.owed_delta, unapplied: row.unapplied_delta },
    ...{ override: row.override_minor, receivableId: row.receivable_id, paymentId: row.payment_id },
    ...{ reverses: row.reverses, expiresAt: row.expires_ms },
  }));
}

/** What differs between an entry of the ledger and the one that the model wrote; empty if nothing. */
export function differences(real: RealEntry, model: Entry): string[] {
  const fields: (keyof Shown)[] = [
    ...([
      'kind',
      'key',
      'limit',
      'held',
      'owed',
      'unapplied',
      'override',
      'orderId',
      'holdId',
      'receivableId',
    ] as const),
    ...(['paymentId', 'reverses', 'expiresAt'] as const),
    ...(model.id === null ? [] : (['id'] as const)),
  ];
  return fields
    .filter((field) => comparable(real[field]) !== comparable(model[field]))
    .map((field) => `${field} is ${real[field]}, not ${model[field]}`);
}

/** Times are told in milliseconds, and kept in microseconds. */
const comparable = (value: Shown[keyof Shown]) => (typeof value === 'number' ? Math.floor(value) : value);

type Table = Record<string, unknown>;

/** The rows of the wholesaler's accounts, by shop. */
export async function readAccounts(db: Db, wholesalerId: string): Promise<Map<string, Table>> {
  const rows = await db.prisma.$queryRaw<({ retailer_id: string } & Table)[]>`
    select retailer_id, limit_minor, held_minor, owed_minor, unapplied_minor, status, seq, terms_days, grace_days,
           overdue_tolerance_minor, over_capture_bp, limit_valid_until, oldest_due_on::text
    from credit_account where wholesaler_id = ${wholesalerId}`;
  return new Map(rows.map(({ retailer_id, ...row }) => [retailer_id, row]));
}

export const accountRow = (account: Account): Table => ({
  ...{ limit_minor: account.limit, held_minor: account.held, owed_minor: account.owed },
  ...{ unapplied_minor: account.unapplied, status: account.status, seq: BigInt(account.seq) },
  ...{ terms_days: account.termsDays, grace_days: account.graceDays, overdue_tolerance_minor: account.tolerance },
  over_capture_bp: account.overCaptureBp,
  limit_valid_until: account.validUntil === null ? null : new Date(account.validUntil),
  oldest_due_on:
    account.openDebts.size === 0 ? null : isoDay(Math.min(...[...account.openDebts].map(({ dueDay }) => dueDay))),
});

/** Holds, debts, payments with what they settled, and grants: one line each, sorted. */
export async function readLines(db: Db, wholesalerId: string): Promise<string[]> {
  const rows = await db.prisma.$queryRaw<{ line: string }[]>`
    select concat_ws(' ', 'hold', id, state, amount_minor, amount_minor - captured_minor - released_minor,
                     floor(extract(epoch from expires_at) * 1000)) as line
      from credit_hold where wholesaler_id = ${wholesalerId}
    union all select concat_ws(' ', 'debt', id, amount_minor, amount_minor - paid_minor, due_on)
      from receivable where wholesaler_id = ${wholesalerId}
    union all select concat_ws(' ', 'payment', id, unapplied_minor, floor(extract(epoch from received_at) * 1000))
      from payment where wholesaler_id = ${wholesalerId}
    union all select concat_ws(' ', 'settled', payment_id, receivable_id, sum(amount_minor))
      from payment_allocation where wholesaler_id = ${wholesalerId}
      group by payment_id, receivable_id having sum(amount_minor) <> 0
    union all select concat_ws(' ', 'grant', id, amount_minor, coalesce(used_by::text, 'unused'),
                               case when ended_at is null then 'open' else 'ended' end)
      from credit_override where wholesaler_id = ${wholesalerId}`;
  // Numbers of PostgreSQL may come with zeros behind the point.
  return rows.map(({ line }) => line.replaceAll(/\.0+\b/g, '')).sort();
}

export function linesOf(book: Book): string[] {
  const grants = [...book.grants.values()].flat();
  return [
    ...[...book.holds.values()].map(
      (hold) => `hold ${hold.id} ${hold.state} ${hold.amount} ${leftOf(hold)} ${Math.floor(hold.expiresAt)}`,
    ),
    ...[...book.debts.values()].map((debt) => `debt ${debt.id} ${debt.amount} ${restOf(debt)} ${isoDay(debt.dueDay)}`),
    ...[...book.payments.values()].map(({ id, kept, receivedAt }) => `payment ${id} ${kept} ${Math.floor(receivedAt)}`),
    ...[...book.payments.values()].flatMap(({ id, settled }) =>
      [...settled].filter(([, amount]) => amount !== 0n).map(([debt, amount]) => `settled ${id} ${debt} ${amount}`),
    ),
    ...grants.map(
      ({ id, amount, usedBy, ended }) => `grant ${id} ${amount} ${usedBy ?? 'unused'} ${ended ? 'ended' : 'open'}`,
    ),
  ].sort();
}

/** Throws with both sides where they differ. */
export function mustEqual(what: string, real: unknown, model: unknown): void {
  if (isDeepStrictEqual(real, model)) return;
  throw new Error(`${what}:\n  the database says ${shown(real)}\n  the model says    ${shown(model)}`);
}

export const shown = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) => (typeof part === 'bigint' ? Number(part) : part));
