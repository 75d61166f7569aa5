import type { Tx } from '../../db/index.ts';
import { assert, mustExist } from '../../shared/assert.ts';
import { debtsAtCut, readAgeingAt } from '../ageing.ts';
import { readFrame, readLines } from './read-lines.ts';
import type { OpenDebt, Statement, StatementFrame, StatementQuery, StatementRefused } from './types.ts';

/** Lines of one statement as data at most; a CSV has no such bound. */
const LINES_MAX = 5_000;
const OPEN_DEBTS_MAX = 1_000;

/**
 * The statement of an account for the days from `from` up to, not including, `to` on the wholesaler's calendar. Every
 * figure is compared with the ledger before it is given. Refused for a period that is none, an unknown account, and more
 * than 5,000 lines. Throws when the database breaks, or when the books do not agree with themselves.
 */
export async function readStatement(tx: Tx, query: StatementQuery): Promise<Statement | StatementRefused> {
  const frame = await readFrame(tx, query);
  if ('kind' in frame) return frame;
  const lines = await readLines(tx, frame, {
    after: frame.openingSeq,
    before: frame.openingBalanceMinor,
    limit: LINES_MAX + 1,
  });
  if (lines.length > LINES_MAX) {
    const message = `This period has more than ${LINES_MAX} movements. Choose a shorter one, or take the CSV, which has no bound.`;
    return { kind: 'refused', code: 'STATEMENT_TOO_LONG', message };
  }
  const chargesMinor = lines.reduce((sum, line) => sum + line.chargeMinor, 0n);
  const paymentsMinor = lines.reduce((sum, line) => sum + line.paymentMinor, 0n);
  const at = { seq: frame.closingSeq, day: frame.day };
  const ageing = mustExist(await readAgeingAt(tx, frame, at), 'the account of a statement');
  const { debts, count } = await readOpenDebts(tx, frame);
  assert(
    frame.openingBalanceMinor + chargesMinor - paymentsMinor === frame.closingBalanceMinor &&
      frame.closingBalanceMinor === ageing.balanceMinor,
    `the statement of ${frame.wholesalerId}/${frame.retailerId} from ${frame.from} to ${frame.to} does not add up`,
  );
  return {
    kind: 'statement',
    ...frame,
    lines,
    totals: { chargesMinor, paymentsMinor },
    openDebts: debts,
    openDebtsLeftOut: count - debts.length,
    ageing,
  };
}

async function readOpenDebts(tx: Tx, frame: StatementFrame): Promise<{ debts: OpenDebt[]; count: number }> {
  const rows = await tx.$queryRawUnsafe<(OpenDebt & { count: number })[]>(
    `select d.id as "receivableId", to_char((d.opened_at at time zone $4)::date, 'YYYY-MM-DD') as "openedOn",
            to_char(d.due_on, 'YYYY-MM-DD') as "dueOn", d.order_id as "orderId",
            (select o.number from orders o where o.wholesaler_id = d.wholesaler_id and o.id = d.order_id) as "orderNumber",
            d.reference as "invoiceReference", d.amount_minor as "amountMinor", d.rest_minor as "restMinor",
            greatest($5::date - d.due_on, 0) as "daysOverdue", d.count
     from (select *, count(*) over ()::integer as count
           from (${debtsAtCut({ wholesalerId: '$1', retailerId: '$2', cut: '$3' })}) as debt
           order by due_on, id limit $6) as d
     order by d.due_on, d.id`,
    frame.wholesalerId,
    frame.retailerId,
    frame.closingSeq,
    frame.timeZone,
    frame.day,
    OPEN_DEBTS_MAX,
  );
  return { debts: rows.map(({ count: _, ...debt }) => debt), count: rows[0]?.count ?? 0 };
}
