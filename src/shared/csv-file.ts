import { stringify } from 'csv-stringify/sync';

// For spreadsheets and programs: RFC 4180 with CRLF, in UTF-8 with a byte order mark, without which Excel takes a file for
// the code page of its country. Free text goes through `toCell` of spreadsheet-text.ts.

const ROWS_PER_PAGE = 500;

/** Reads a list page by page, from one place to the next. */
export async function* inPages<Row, Place>(
  read: (after: Place | undefined, limit: number) => Promise<Row[]>,
  placeOf: (last: Row) => Place,
): AsyncGenerator<Row[]> {
  for (let after: Place | undefined; ; ) {
    const rows = await read(after, ROWS_PER_PAGE);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_PER_PAGE) return;
    after = placeOf(last);
  }
}

/** A CSV file of any length in pieces, a page of rows at a time. */
export async function* csvFile<Row, Column extends string>(
  columns: readonly Column[],
  pages: AsyncIterable<Row[]>,
  cellsOf: (row: Row) => Record<Column, string>,
): AsyncGenerator<string> {
  yield stringify([columns.map(String)], { bom: true, record_delimiter: 'windows' });
  for await (const rows of pages) {
    yield stringify(
      rows.map(cellsOf).map((cells) => columns.map((column) => cells[column])),
      // Quoted of itself is only what holds a whole CRLF; readers end a record at either half.
      { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
    );
  }
}
