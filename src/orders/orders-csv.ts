import type { Tx } from '../db/index.ts';
import { csvFile, inPages } from '../shared/csv-file.ts';
import { minorToDecimal } from '../shared/money.ts';
import { toCell } from '../shared/spreadsheet-text.ts';
import { type BoardOrder, orderBoard } from './order-board.ts';

const COLUMNS = [
  'number',
  'order_id',
  'placed_at_utc',
  'shop_id',
  'shop',
  'state',
  'currency',
  'amount',
  'lines',
  'source',
] as const;

/** Orders of the board as a file, the newest first. Each page is as of its own moment, so give it a client. */
export function writeOrders(
  db: Tx,
  filter: Omit<Parameters<typeof orderBoard>[1], 'before' | 'limit'>,
): AsyncGenerator<string> {
  const pages = inPages<BoardOrder, { placedAt: string; id: string }>(
    (before, limit) => orderBoard(db, { ...filter, before, limit }),
    ({ placedAtExact, id }) => ({ placedAt: placedAtExact, id }),
  );
  return csvFile(COLUMNS, pages, (order) => ({
    number: String(order.number),
    order_id: toCell(order.id),
    placed_at_utc: order.placedAt.toISOString(),
    shop_id: toCell(order.retailerId),
    shop: toCell(order.retailerName),
    state: order.status,
    currency: order.currency,
    amount: minorToDecimal(order.amountMinor, order.currency),
    lines: String(order.lineCount),
    source: order.source,
  }));
}
