import type { Tx } from '../db/index.ts';
import { expectedCash, type SheetOf, sheetTotals } from './cash-sheet.ts';

/** What was counted in a drawer, and what should have been in it then. */
export type CashCount = {
  cashier: string;
  /** 1 for the first count of the day. */
  nth: number;
  expectedMinor: bigint;
  countedMinor: bigint;
  note: string | null;
  countedBy: string;
  countedAt: Date;
};

export type CountAnswer =
  | { kind: 'counted'; nth: number }
  /** Somebody counted this drawer since whoever counts now looked. */
  | { kind: 'changed' };

/** The newest count of each drawer on a day. */
export function newestCounts(tx: Tx, { wholesalerId, day, cashier }: SheetOf): Promise<CashCount[]> {
  return tx.$queryRaw<CashCount[]>`
    select distinct on (cashier) cashier, nth, expected_minor as "expectedMinor", counted_minor as "countedMinor", note,
           counted_by as "countedBy", counted_at as "countedAt"
      from cash_count
     where wholesaler_id = ${wholesalerId} and day = ${day}::date
       and (${cashier ?? null}::text is null or cashier = ${cashier ?? null}::text)
     order by cashier, nth desc limit 500`;
}

/**
 * Keeps what was counted in a drawer, beside what the books expect in it at this moment. `seenNth` is the newest count that
 * whoever counts knows of, 0 for none: of two who count at once the second is told. The same key again counts once.
 */
export async function countCash(
  tx: Tx,
  count: Required<SheetOf> & {
    cashier: string;
    countedMinor: bigint;
    currency: string;
    note: string | null;
    seenNth: number;
    actor: string;
    key: string;
  },
): Promise<CountAnswer> {
  const { wholesalerId, day, cashier, countedMinor, currency, note, seenNth, actor, key } = count;
  const expectedMinor = expectedCash(await sheetTotals(tx, { wholesalerId, day, cashier }));
  const nth = seenNth + 1;
  const added = await tx.$executeRaw`
    insert into cash_count (wholesaler_id, day, cashier, nth, expected_minor, counted_minor, currency, note, counted_by, key)
    values (${wholesalerId}, ${day}::date, ${cashier}, ${nth}::int, ${expectedMinor}, ${countedMinor}, ${currency},
            ${note}, ${actor}, ${key})
    on conflict do nothing`;
  if (added > 0) return { kind: 'counted', nth };
  const [own] = await tx.$queryRaw<{ nth: number }[]>`
    select nth from cash_count where wholesaler_id = ${wholesalerId} and key = ${key}`;
  return own === undefined ? { kind: 'changed' } : { kind: 'counted', nth: own.nth };
}
