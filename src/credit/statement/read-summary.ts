import type { Tx } from '../../db/index.ts';
import { readFrame } from './read-lines.ts';
import type { StatementFrame, StatementKind, StatementQuery, StatementRefused } from './types.ts';

/** One of the last movements of a period: above zero a charge, below it a payment. */
export type Movement = {
  day: string;
  kind: StatementKind;
  orderNumber: number | null;
  reference: string | null;
  movedMinor: bigint;
};

export type StatementSummary = Pick<
  StatementFrame,
  'from' | 'to' | 'currency' | 'closingSeq' | 'closingBalanceMinor'
> & {
  kind: 'summary';
  /** Movements in the period, counted no further than asked. */
  count: number;
  /** The newest, oldest of them first. */
  last: Movement[];
};

/** A statement in a few lines, for a message: what it comes to, and the last movements. Two statements, both short. */
export async function readSummary(
  tx: Tx,
  query: StatementQuery,
  { movements, countedMax }: { movements: number; countedMax: number },
): Promise<StatementSummary | StatementRefused> {
  const frame = await readFrame(tx, query);
  if ('kind' in frame) return frame;
  const { wholesalerId, retailerId, openingSeq, closingSeq } = frame;
  const rows = await tx.$queryRaw<(Movement & { count: number })[]>`
    select to_char((l.at at time zone ${frame.timeZone})::date, 'YYYY-MM-DD') as day, l.kind, l.count,
           l.owed_delta - l.unapplied_delta as "movedMinor",
           (select number from orders where wholesaler_id = l.wholesaler_id and id = l.order_id) as "orderNumber",
           coalesce((select reference from payment where wholesaler_id = l.wholesaler_id and id = l.payment_id),
                    (select reference from receivable where wholesaler_id = l.wholesaler_id and id = l.receivable_id))
             as reference
      from (select *, count(*) over ()::int as count
              from (select * from ledger_entry
                     where wholesaler_id = ${wholesalerId} and retailer_id = ${retailerId} and seq > ${openingSeq}
                       and seq <= ${closingSeq} and owed_delta <> unapplied_delta
                     order by seq desc limit ${countedMax}) as counted
             order by seq desc limit ${movements}) as l
     order by l.seq`;
  const { from, to, currency, closingBalanceMinor } = frame;
  const last = rows.map(({ count: _count, ...movement }) => movement);
  return { kind: 'summary', from, to, currency, closingSeq, closingBalanceMinor, count: rows[0]?.count ?? 0, last };
}
