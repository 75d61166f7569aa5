/**
 * Stage zero: a pasted spreadsheet as the lines that its rows mean. Its columns say what is what (a price is no
 * quantity, a heading no product), which is lost once the cells are read as running text. Everything that is no row
 * of a table stays as it was written.
 */
import { type Column, headedColumns, isTotal, judgedColumns } from './columns.ts';
import type { ParseResult, Span } from './types.ts';

/** The text to read instead, and for each of its lines where that line stands in the text as it was received. */
export type Sheet = { text: string; lines: Array<{ from: number; to: number; raw: Span; moved: boolean }> };

type Row = { text: string; start: number };

// As programs write them, the surest first; a comma and a space also stand inside cells.
const DELIMITERS = [/\t/, /\|/, /;/, / {2,}/, /,/] as const;
const COLUMNS_MAX = 30;
const HEADLESS_COLUMNS_MIN = 3;
const DIGIT = /\p{Nd}/u;
const RULE = /^[\s|+:=-]+$/;

/** Finds a table in the text, or null. */
export function readSheet(raw: string): Sheet | null {
  if (!/[\t|;,\n]/.test(raw)) return null;
  const rows = rowsOf(raw);
  for (const [at, row] of rows.entries()) {
    if (at >= HEADING_ROWS_MAX) break;
    if (DIGIT.test(row.text)) continue;
    const sheet = headed(rows, at, row);
    if (sheet) return sheet;
  }
  return headless(rows);
}

/** Lets the spans of a reading point into the text as it was received. */
export function asReceived(result: ParseResult, sheet: Sheet, raw: string): ParseResult {
  const place = ({ start, end }: Span): Span => {
    const first = sheet.lines.find((line) => start < line.to) ?? sheet.lines.at(-1);
    const last = sheet.lines.find((line) => end <= line.to) ?? sheet.lines.at(-1);
    if (!first || !last) return { start: 0, end: 0 };
    return {
      start: first.moved ? first.raw.start : first.raw.start + start - first.from,
      end: last.moved ? last.raw.end : last.raw.start + end - last.from,
    };
  };
  return {
    ...result,
    lines: result.lines.map((line) => ({ ...line, span: place(line.span) })),
    clarify: result.clarify.map((question) => {
      const span = place(question.span);
      return { ...question, span, text: raw.slice(span.start, span.end) };
    }),
  };
}

/** Greetings and addresses may stand above the headings, but no more than this. */
const HEADING_ROWS_MAX = 12;

function rowsOf(raw: string): Row[] {
  const rows: Row[] = [];
  let start = 0;
  for (const line of raw.split('\n')) {
    rows.push({ text: line.endsWith('\r') ? line.slice(0, -1) : line, start });
    start += line.length + 1;
  }
  return rows;
}

function headed(rows: readonly Row[], at: number, { text }: Row): Sheet | null {
  for (const delimiter of DELIMITERS) {
    if (!delimiter.test(text)) continue;
    const columns = headedColumns(cellsOf(text, delimiter));
    if (columns) return written(rows, at, columns, (row) => fittingCells(cellsOf(row, delimiter), columns));
  }
  const words = text.trim().split(/\s+/);
  const columns = words.length > 1 && words.length <= COLUMNS_MAX ? headedColumns(words) : null;
  // "Item Qty Price": the name is what stands before as many cells as there are columns behind it.
  if (columns?.[0]?.kind !== 'item' || columns.filter(({ kind }) => kind === 'item').length > 1) return null;
  return written(rows, at, columns, (row) => spacedCells(row, columns.length));
}

/** Rows of one width in which no cell spans columns; a row without any of the delimiters is no row of the table. */
function fittingCells(cells: string[], columns: readonly Column[]): string[] | null {
  if (cells.length < 2) return null;
  // Spreadsheets drop empty cells at the end, and write one where the last bar closes the row.
  const extra = cells.slice(columns.length);
  return extra.every((cell) => cell === '') ? cells : null;
}

function spacedCells(row: string, width: number): string[] | null {
  const words = row.trim().split(/\s+/);
  if (words.length < width) return null;
  const cells = words.slice(words.length - width + 1);
  return cells.every((cell) => /\d/.test(cell)) ? [words.slice(0, words.length - width + 1).join(' '), ...cells] : null;
}

function headless(rows: readonly Row[]): Sheet | null {
  for (const delimiter of DELIMITERS) {
    const tables = rows.map(({ text }) => (delimiter.test(text) && !RULE.test(text) ? cellsOf(text, delimiter) : []));
    const full = tables.filter((cells) => cells.length >= HEADLESS_COLUMNS_MIN && cells.length <= COLUMNS_MAX);
    const width = full[0]?.length;
    // A single row of commas is a sentence as often as a table.
    if (width === undefined || full.some((cells) => cells.length !== width)) continue;
    if (full.length < 2 && delimiter.source !== '\\t') continue;
    const columns = judgedColumns(full);
    if (!columns) continue;
    return written(rows, -1, columns, (row) => {
      const cells = delimiter.test(row) && !RULE.test(row) ? cellsOf(row, delimiter) : [];
      return cells.length === width ? cells : null;
    });
  }
  return null;
}

/** Writes the rows behind the headings as lines "name size = quantity unit". */
function written(
  rows: readonly Row[],
  headingAt: number,
  columns: readonly Column[],
  cellsIn: (row: string) => string[] | null,
): Sheet | null {
  const sheet: Sheet = { text: '', lines: [] };
  let found = 0;
  rows.forEach(({ text, start }, at) => {
    const cells = at > headingAt && text.trim() !== '' && !RULE.test(text) ? cellsIn(text) : null;
    if (at === headingAt || (at > headingAt && RULE.test(text))) return;
    const raw = { start, end: start + text.length };
    const put = (line: string, moved: boolean): void => {
      const from = sheet.text.length;
      sheet.text += `${line}\n`;
      sheet.lines.push({ from, to: sheet.text.length, raw, moved });
    };
    if (!cells) put(text, false);
    else {
      const lines = linesOf(cells, columns);
      if (lines.length > 0) found++;
      for (const line of lines) put(line, true);
    }
  });
  return found > 0 ? sheet : null;
}

/** A digit above zero in any script, or a number in words. */
const FILLED = /(?!0|\u0660|\u06f0|\u0966|\u09e6)\p{Nd}|\p{L}|\p{No}/u;

/** One line per quantity of a row: none where the cell is left empty, as in a price list that is filled in. */
function linesOf(cells: readonly string[], columns: readonly Column[]): string[] {
  const inColumns = (kind: Column['kind']): string =>
    cells
      .filter((cell, at) => columns[at]?.kind === kind && cell !== '')
      .join(' ')
      .trim();
  const item = inColumns('item');
  if (item === '' || isTotal(item)) return [];
  // What would cut a line in two stands inside the cell of a name: "Kola, 500 ml".
  const name = `${item} ${inColumns('size')}`.replace(/[,;|]/g, ' ').trim();
  const undecided = columns.some(({ kind }) => kind === 'undecided');
  if (undecided) return [`${name} ${inColumns('undecided')} ${inColumns('unit')}`.trim()];
  return columns.flatMap(({ kind, unit }, at) => {
    const quantity = cells[at] ?? '';
    if (kind !== 'quantity' || !FILLED.test(quantity)) return [];
    return [`${name} = ${quantity} ${unit ?? inColumns('unit')}`.trim()];
  });
}

/** The cells of a row, without the bars around it and without the quotes that programs put around a cell. */
function cellsOf(row: string, delimiter: RegExp): string[] {
  const bare = delimiter.source === '\\|' ? row.trim().replace(/^\||\|$/g, '') : row;
  const cells: string[] = [];
  let open: string[] | null = null;
  const mark = delimiter.source === '\\t' ? '\t' : delimiter.source === '\\|' ? '|' : delimiter.source;
  for (const part of bare.split(delimiter)) {
    if (open) open.push(part);
    else if (/^\s*"/.test(part) && !/"\s*$/.test(part.trim().slice(1))) open = [part];
    else cells.push(unquoted(part));
    if (open && open.length > 1 && /"\s*$/.test(part)) {
      cells.push(unquoted(open.join(mark)));
      open = null;
    }
  }
  if (open) cells.push(...open.map(unquoted));
  return cells;
}

function unquoted(cell: string): string {
  const trimmed = cell.trim();
  return /^".*"$/s.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"').trim() : trimmed;
}
