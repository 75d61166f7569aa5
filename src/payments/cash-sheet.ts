import type { Tx } from '../db/index.ts';

// A cashier's day: what they booked, and what of it was taken back. A day is one of the wholesaler's calendar, by the moment
// of booking: what is in the drawer tonight was booked today, whatever day the money is said to have come on. What is taken
// back is taken out of the drawer of whoever booked it, on the day when it is taken back, whoever does it.

export type SheetOf = {
  wholesalerId: string;
  /** YYYY-MM-DD. */
  day: string;
  /** As the ledger names who books: `staff:<id>`, `api:<key>`; everybody when left out. */
  cashier?: string | undefined;
};

/** What one cashier took in one way; amounts in minor units. */
export type SheetTotal = {
  cashier: string;
  method: string;
  payments: number;
  paidMinor: bigint;
  reversals: number;
  reversedMinor: bigint;
};

export type SheetEntry = {
  entryId: string;
  at: Date;
  kind: 'PAYMENT' | 'PAYMENT_REVERSAL';
  cashier: string;
  /** Who booked this entry: of what was taken back often somebody else. */
  actor: string;
  paymentId: string;
  retailerId: string;
  retailerName: string;
  method: string;
  reference: string | null;
  amountMinor: bigint;
};

/** The totals of a day by cashier and method: as many rows as there are of both. */
export function sheetTotals(tx: Tx, { wholesalerId, day, cashier }: SheetOf): Promise<SheetTotal[]> {
  return tx.$queryRawUnsafe<SheetTotal[]>(totalsSql, wholesalerId, day, cashier ?? null);
}

/** What a drawer should hold: cash booked less cash taken back. */
export const expectedCash = (totals: readonly SheetTotal[]): bigint =>
  totals.reduce(
    (sum, { method, paidMinor, reversedMinor }) => (method === 'cash' ? sum + paidMinor - reversedMinor : sum),
    0n,
  );

/** The entries of a day, at most `limit` after the one given; ids are made in the order of time. */
export function sheetEntries(
  tx: Tx,
  { wholesalerId, day, cashier, afterId, limit }: SheetOf & { afterId?: string | undefined; limit: number },
): Promise<SheetEntry[]> {
  return tx.$queryRawUnsafe<SheetEntry[]>(entriesSql, wholesalerId, day, cashier ?? null, afterId ?? null, limit);
}

// $1 wholesaler, $2 day, $3 cashier or null. Along the index ledger_entry_news. The entry that a reversal takes back is
// looked for from there backwards in its account: what is taken back is seldom old.
const bookedSql = `
  select e.id, e.at, e.kind, e.retailer_id, e.actor, coalesce(first.actor, e.actor) as cashier,
         p.id as payment_id, p.method, p.reference, p.amount_minor
    from wholesaler w
    join ledger_entry e on e.wholesaler_id = w.id and e.kind in ('PAYMENT', 'PAYMENT_REVERSAL')
     and e.at >= $2::date::timestamp at time zone w.time_zone
     and e.at < ($2::date + 1)::timestamp at time zone w.time_zone
    join payment p on p.wholesaler_id = e.wholesaler_id and p.id = coalesce(e.reverses, e.id)
    left join lateral (
      select o.actor from ledger_entry o
       where e.reverses is not null and o.wholesaler_id = e.wholesaler_id and o.retailer_id = e.retailer_id
         and o.seq < e.seq and o.id = e.reverses
       order by o.seq desc limit 1) as first on true
   where w.id = $1::text and ($3::text is null or coalesce(first.actor, e.actor) = $3::text)`;

const totalsSql = `
  select cashier, method,
         count(*) filter (where kind = 'PAYMENT')::int as payments,
         coalesce(sum(amount_minor) filter (where kind = 'PAYMENT'), 0)::bigint as "paidMinor",
         count(*) filter (where kind = 'PAYMENT_REVERSAL')::int as reversals,
         coalesce(sum(amount_minor) filter (where kind = 'PAYMENT_REVERSAL'), 0)::bigint as "reversedMinor"
    from (${bookedSql}) as booked
   group by cashier, method
   order by cashier, method limit 1000`;

const entriesSql = `
  select b.id as "entryId", b.at, b.kind, b.cashier, b.actor, b.payment_id as "paymentId", b.retailer_id as "retailerId",
         r.name as "retailerName", b.method, b.reference, b.amount_minor as "amountMinor"
    from (${bookedSql}) as b
    join retailer r on r.wholesaler_id = $1::text and r.id = b.retailer_id
   where $4::uuid is null or b.id > $4::uuid
   order by b.id limit $5::integer`;
