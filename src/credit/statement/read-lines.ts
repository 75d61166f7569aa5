import type { Tx } from '../../db/index.ts';
import { assert } from '../../shared/assert.ts';
import { isUsableText } from '../inputs.ts';
import { refused } from '../refused.ts';
import type { StatementFrame, StatementKind, StatementLine, StatementQuery, StatementRefused } from './types.ts';
import { statementWords } from './words.ts';

// A period is a stretch of the account's ledger. It ends with the last entry that was written before midnight of the
// wholesaler's calendar, so each entry is in exactly one of two periods that join, also where a clock was set back, and
// the balance after each line is the one that the ledger itself shows.

/** Account, period and the figures at both ends, or why there can be no statement. Throws when the database breaks. */
export async function readFrame(tx: Tx, query: StatementQuery): Promise<StatementFrame | StatementRefused> {
  const trouble = periodTrouble(query);
  if (trouble !== null) return { kind: 'refused', code: 'INVALID_PERIOD', message: trouble };
  const { wholesalerId, retailerId, from, to } = query;
  const [frame] =
    isUsableText(wholesalerId) && isUsableText(retailerId)
      ? await tx.$queryRaw<StatementFrame[]>`
          select a.wholesaler_id as "wholesalerId", a.retailer_id as "retailerId", w.name as "wholesalerName",
                 s.name as "retailerName", a.currency, w.time_zone as "timeZone",
                 to_char(${from}::date, 'YYYY-MM-DD') as "from", to_char(${to}::date, 'YYYY-MM-DD') as "to",
                 coalesce(opening.seq, 0) as "openingSeq", coalesce(closing.seq, 0) as "closingSeq",
                 coalesce(opening.balance, 0) as "openingBalanceMinor",
                 coalesce(closing.balance, 0) as "closingBalanceMinor",
                 to_char(least(${to}::date - 1, (app_clock() at time zone w.time_zone)::date), 'YYYY-MM-DD') as day
          from credit_account a
          join wholesaler w on w.id = a.wholesaler_id
          join retailer s on s.wholesaler_id = a.wholesaler_id and s.id = a.retailer_id
          -- By the day that each entry's own time falls on, not by the instant of midnight: where a clock goes back over
          -- midnight, as in Havana, that instant exists twice.
          left join lateral (
            select l.seq, l.owed_after - l.unapplied_after as balance from ledger_entry l
            where l.wholesaler_id = a.wholesaler_id and l.retailer_id = a.retailer_id
              and (l.at at time zone w.time_zone)::date < ${from}::date
            order by l.seq desc limit 1) as opening on true
          left join lateral (
            select l.seq, l.owed_after - l.unapplied_after as balance from ledger_entry l
            where l.wholesaler_id = a.wholesaler_id and l.retailer_id = a.retailer_id
              and (l.at at time zone w.time_zone)::date < ${to}::date
              and (${query.untilSeq ?? null}::bigint is null or l.seq <= ${query.untilSeq ?? null}::bigint)
            order by l.seq desc limit 1) as closing on true
          where a.wholesaler_id = ${wholesalerId} and a.retailer_id = ${retailerId}`
      : [];
  if (frame === undefined) {
    const code = 'CREDIT_ACCOUNT_NOT_FOUND';
    return { kind: 'refused', code, message: refused(code).message };
  }
  return frame;
}

function periodTrouble({ from, to }: { from: string; to: string }): string | null {
  if (!isDay(from))
    return `The first day must be written as YYYY-MM-DD, such as 2026-11-01, and exist; ${shown(from)} is none.`;
  if (!isDay(to)) return `The end must be written as YYYY-MM-DD, such as 2026-12-01, and exist; ${shown(to)} is none.`;
  if (from >= to) {
    return `The end is the day after the last one, so it must come after ${from}. For ${from} alone, give ${dayAfter(from)}.`;
  }
  return null;
}

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

const shown = (value: unknown): string => JSON.stringify(String(value).slice(0, 40));

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/**
 * Reads up to `limit` lines after the one numbered `after`, and proves each balance: the one before it, plus charge, less
 * payment, is what the ledger shows. `before` is the balance after the line numbered `after`.
 */
export async function readLines(
  tx: Tx,
  frame: StatementFrame,
  { after, before, limit }: { after: bigint; before: bigint; limit: number },
): Promise<StatementLine[]> {
  // An application of money that was kept moves owed and unapplied alike: no line. The look-ups are per line, so that
  // no plan reads all orders of a wholesaler.
  const rows = await tx.$queryRaw<LineRow[]>`
    select l.seq, l.id as "entryId", l.at, to_char((l.at at time zone ${frame.timeZone})::date, 'YYYY-MM-DD') as day,
           l.kind, l.order_id as "orderId", o.number as "orderNumber", r.reference as "invoiceReference",
           case when l.kind in ('PAYMENT', 'PAYMENT_REVERSAL') then p.method end as method,
           p.reference as "paymentReference", why.reason, l.owed_delta - l.unapplied_delta as "movedMinor",
           l.owed_after - l.unapplied_after as "balanceMinor"
    from (select * from ledger_entry
          where wholesaler_id = ${frame.wholesalerId} and retailer_id = ${frame.retailerId}
            and seq > ${after} and seq <= ${frame.closingSeq} and owed_delta <> unapplied_delta
          order by seq limit ${limit}) as l
    left join lateral (select number from orders
                       where wholesaler_id = l.wholesaler_id and id = l.order_id limit 1) as o on true
    left join lateral (select reference from receivable
                       where wholesaler_id = l.wholesaler_id and id = l.receivable_id limit 1) as r on true
    left join lateral (select method, reference from payment
                       where wholesaler_id = l.wholesaler_id and id = l.payment_id limit 1) as p on true
    left join lateral (select reason from ledger_reason
                       where wholesaler_id = l.wholesaler_id and entry_id = l.id limit 1) as why on true
    order by l.seq`;
  const { kinds } = statementWords('en');
  let balance = before;
  return rows.map(({ movedMinor, ...row }) => {
    balance += movedMinor;
    assert(
      balance === row.balanceMinor,
      `entry ${row.seq} of ${frame.wholesalerId}/${frame.retailerId} shows ${row.balanceMinor}, its statement ${balance}`,
    );
    return {
      ...row,
      what: kinds[row.kind],
      chargeMinor: movedMinor > 0n ? movedMinor : 0n,
      paymentMinor: movedMinor < 0n ? -movedMinor : 0n,
    };
  });
}

type LineRow = Omit<StatementLine, 'kind' | 'what' | 'chargeMinor' | 'paymentMinor'> & {
  kind: StatementKind;
  movedMinor: bigint;
};
