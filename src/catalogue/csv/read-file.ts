import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { fromCell } from '../../shared/spreadsheet-text.ts';
import { COLUMNS, type Column, columnOf } from './columns.ts';

/** What is wrong in a file, where, and what to do about it. `column` is the heading as the file writes it. */
export type FileProblem = { line: number; column: string | null; message: string };

export type FileRow = { line: number; cells: ReadonlyMap<Column, string> };

export type ReadFile = {
  separator: Separator;
  /** The columns that the file has: what it has none of stays as it is. */
  columns: readonly Column[];
  rows: FileRow[];
  problems: FileProblem[];
};

const SEPARATORS = [',', ';', '\t', '|'] as const;
type Separator = (typeof SEPARATORS)[number];

export const ROWS_MAX = 50_000;
/** As many as anybody reads before they mend the file. */
export const PROBLEMS_MAX = 200;
const ROW_CHARS_MAX = 100_000;
const CHUNK_CHARS = 64 * 1024;

/** Reads the cells of a product file. Bounded, and in pieces: other requests are served between them. */
export async function readFile(given: string): Promise<ReadFile> {
  const { text, separator, linesBefore } = openText(given);
  const file: ReadFile = { separator, columns: [], rows: [], problems: [] };
  const skus = new Map<string, number>();
  let headings: Heading[] | undefined;
  let isOver = false;
  let last = linesBefore;
  // As they are read, so that those before a broken one are not lost with it.
  const take = (record: string[], { lines }: { lines: number }): null => {
    const line = linesBefore + lines - record.join('').split('\n').length + 1;
    last = linesBefore + lines;
    if (isOver || record.every((cell) => cell.trim() === '')) return null;
    if (headings === undefined) {
      headings = readHeadings(record, line, file);
      file.columns = headings.flatMap(({ column }) => column ?? []);
      isOver = file.problems.length > 0;
    } else if (file.rows.length >= ROWS_MAX) {
      file.problems.push({ line, column: null, message: `A file holds at most ${ROWS_MAX} products. Cut it in two.` });
      isOver = true;
    } else {
      addRow(file, headings, { record, line }, skus);
      isOver = file.problems.length >= PROBLEMS_MAX;
    }
    return null;
  };
  try {
    await pipeline(Readable.from(chunksOf(text)), parserOf(separator, take), drained);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (!isOver) file.problems.push(brokenOff(error, last + 1));
  }
  if (headings === undefined && file.problems.length === 0) file.problems.push(noHeading(1));
  return file;
}

const parserOf = (separator: Separator, take: (record: string[], info: { lines: number }) => null) =>
  parse({
    delimiter: separator,
    relax_column_count: true,
    // `Pipe 2" PVC` is a name like any other.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: ROW_CHARS_MAX,
    on_record: take,
  });

/** Every record was taken already: nothing comes out. */
async function drained(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

function* chunksOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK_CHARS) yield text.slice(at, at + CHUNK_CHARS);
}

/** The separator is the one that gives the most headings that we know. Excel may say it itself: `sep=;`. */
function openText(given: string): { text: string; separator: Separator; linesBefore: number } {
  // One kind of line end, so that lines are counted as an editor counts them.
  const text = given.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const said = /^"?sep=(.)"?\n/.exec(text);
  const separator = SEPARATORS.find((one) => one === said?.[1]);
  if (said !== null && separator !== undefined) return { text: text.slice(said[0].length), separator, linesBefore: 1 };
  const heading = text.trimStart().split('\n', 1)[0] ?? '';
  const known = (one: string): number =>
    heading.split(one).filter((name) => columnOf(name.replaceAll('"', '')) !== undefined).length;
  const best = [...SEPARATORS].sort((a, b) => known(b) - known(a))[0];
  return { text, separator: best ?? ',', linesBefore: 0 };
}

type Heading = { name: string; column: Column | undefined };

function readHeadings(record: string[], line: number, { problems }: ReadFile): Heading[] {
  const headings = record.map((name) => ({ name: name.trim(), column: columnOf(name) }));
  if (headings.every(({ column }) => column === undefined)) {
    problems.push(noHeading(line));
    return headings;
  }
  const seen = new Set<Column>();
  for (const { name, column } of headings) {
    if (name === '') continue;
    if (column === undefined) {
      const message = `This column is not known. Take it out, or call it one of: ${COLUMNS.join(', ')}.`;
      problems.push({ line, column: name.slice(0, 60), message });
    } else if (seen.has(column)) {
      problems.push({ line, column: name, message: `"${column}" is there twice. Take one of the two out.` });
    } else seen.add(column);
  }
  if (!seen.has('sku'))
    problems.push({ line, column: null, message: 'There is no column "sku", which names each product.' });
  return headings;
}

const noHeading = (line: number): FileProblem => ({
  line,
  column: null,
  message: 'The first line must name the columns, such as: sku,name,price.',
});

function addRow(
  file: ReadFile,
  headings: readonly Heading[],
  { record, line }: { record: string[]; line: number },
  skus: Map<string, number>,
): void {
  const cells = new Map<Column, string>();
  for (const [at, cell] of record.entries()) {
    const column = headings[at]?.column;
    if (column !== undefined) cells.set(column, cell.trim());
    else if (cell.trim() !== '') {
      const message =
        'This line has more cells than the first one. Put quotation marks around what holds the separator.';
      file.problems.push({ line, column: null, message });
      return;
    }
  }
  const sku = fromCell(cells.get('sku') ?? '');
  const first = skus.get(sku);
  if (sku === '') file.problems.push({ line, column: 'sku', message: 'Write the SKU of this product.' });
  else if (first !== undefined) {
    const message = `"${sku}" stands on line ${first} already. Keep one of the two.`;
    file.problems.push({ line, column: 'sku', message });
  } else {
    skus.set(sku, line);
    cells.set('sku', sku);
    file.rows.push({ line, cells });
  }
}

function brokenOff(error: CsvError, line: number): FileProblem {
  const message =
    error.code === 'CSV_MAX_RECORD_SIZE'
      ? 'This line is far too long. Is a quotation mark not closed?'
      : 'A quotation mark opens here and never closes. Close it, or double it: "".';
  return { line, column: null, message };
}
