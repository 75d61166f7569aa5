import { stringify } from 'csv-stringify/sync';
import type { Tx } from '../../db/index.ts';
import { assert } from '../../shared/assert.ts';
import { minorToDecimal } from '../../shared/money.ts';
import { toCell } from '../../shared/spreadsheet-text.ts';
import { readFrame, readLines } from './read-lines.ts';
import type { StatementFrame, StatementLine, StatementQuery, StatementRefused } from './types.ts';

// For spreadsheets and programs: RFC 4180 (commas, CRLF, quotes doubled), UTF-8 with a byte order mark, without which Excel
// takes it for the local code page. Figures are plain, in major units with exactly the decimals of the currency; the first
// row is the opening balance, the last one the closing balance.
//
// csv-stringify does the quoting. Its own escape of formulas was not taken: it would put its mark before negative amounts
// too, and so make words of figures.

/** The text of the file in pieces. Memory does not grow with the period. */
export type StatementCsv = { kind: 'csv'; chunks: AsyncIterable<string> };

const LINES_PER_CHUNK = 1_000;

const COLUMNS = [
  'date',
  'time_utc',
  'entry',
  'kind',
  'description',
  'order_number',
  'order_id',
  'invoice_reference',
  'payment_method',
  'payment_reference',
  'reason',
  'currency',
  'charge',
  'payment',
  'balance',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/**
 * The same statement as `readStatement` of any length, read and written piece by piece. Reading may go on for as long as
 * the receiver takes, so give it a client rather than a transaction. The pieces end with an error when the books do not
 * agree with themselves, so that no file with a wrong figure ever ends well.
 */
export async function statementCsv(tx: Tx, query: StatementQuery): Promise<StatementCsv | StatementRefused> {
  const frame = await readFrame(tx, query);
  return 'kind' in frame ? frame : { kind: 'csv', chunks: writeChunks(tx, frame) };
}

async function* writeChunks(tx: Tx, frame: StatementFrame): AsyncGenerator<string> {
  const { currency } = frame;
  const decimal = (amount: bigint): string => minorToDecimal(amount, currency);
  yield stringify([COLUMNS.map(String)], { bom: true, record_delimiter: 'windows' });
  const opening = { kind: 'OPENING', description: 'Opening balance', balance: decimal(frame.openingBalanceMinor) };
  yield toText([{ date: frame.from, currency, ...opening }]);
  let after = frame.openingSeq;
  let before = frame.openingBalanceMinor;
  for (;;) {
    const lines = await readLines(tx, frame, { after, before, limit: LINES_PER_CHUNK });
    if (lines.length > 0) yield toText(lines.map((line) => toRow(line, currency, decimal)));
    const last = lines.at(-1);
    before = last?.balanceMinor ?? before;
    if (last === undefined || lines.length < LINES_PER_CHUNK) break;
    after = last.seq;
  }
  assert(before === frame.closingBalanceMinor, `the CSV of ${frame.wholesalerId}/${frame.retailerId} does not add up`);
  const closing = { kind: 'CLOSING', description: 'Closing balance', balance: decimal(frame.closingBalanceMinor) };
  yield toText([{ date: frame.day, currency, ...closing }]);
}

function toRow(line: StatementLine, currency: string, decimal: (amount: bigint) => string): Row {
  return {
    date: line.day,
    time_utc: line.at.toISOString(),
    entry: line.seq.toString(),
    kind: line.kind,
    description: line.what,
    order_number: line.orderNumber?.toString() ?? '',
    order_id: toCell(line.orderId),
    invoice_reference: toCell(line.invoiceReference),
    payment_method: toCell(line.method),
    payment_reference: toCell(line.paymentReference),
    reason: toCell(line.reason),
    currency,
    charge: line.chargeMinor > 0n ? decimal(line.chargeMinor) : '',
    payment: line.paymentMinor > 0n ? decimal(line.paymentMinor) : '',
    balance: decimal(line.balanceMinor),
  };
}

const toText = (rows: Row[]): string =>
  stringify(
    rows.map((row) => COLUMNS.map((column) => row[column] ?? '')),
    // Quoted of itself is only what holds a whole CRLF; readers end a record at either half.
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
