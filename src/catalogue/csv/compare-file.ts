import { setImmediate } from 'node:timers/promises';
import type { Tx } from '../../db/index.ts';
import { differences } from '../differences.ts';
import { readProducts, type WholeProduct } from '../product-store.ts';
import type { Column } from './columns.ts';
import { type FileProblem, PROBLEMS_MAX, type ReadFile } from './read-file.ts';
import { type Mark, markOf } from './read-number.ts';
import { readProduct } from './read-product.ts';

export type ChangedProduct = { before: WholeProduct; after: WholeProduct; what: string[] };

/** What a file would do to a catalogue. */
export type Comparison = {
  problems: FileProblem[];
  added: WholeProduct[];
  changed: ChangedProduct[];
  unchanged: number;
  /** For sale, and not in the file. */
  missing: WholeProduct[];
};

const NUMBERS: readonly Column[] = ['price', 'minimum', 'step'];
const ROWS_PER_TURN = 500;

/** Compares a file with the catalogue as `tx` sees it. Everything that is wrong with it is told at once. */
export async function compareFile(
  tx: Tx,
  { id, currency, locale }: { id: string; currency: string; locale: string },
  file: ReadFile,
): Promise<Comparison> {
  const stored = await readProducts(tx, id);
  const result: Comparison = { problems: [...file.problems], added: [], changed: [], unchanged: 0, missing: [] };
  const reading = { currency, mark: decimalMarkOf(file, locale) };
  const named = new Set<string>();
  const likeness = new Map([...stored.keys()].map((sku) => [folded(sku), sku]));
  for (const [at, row] of file.rows.entries()) {
    if (result.problems.length >= PROBLEMS_MAX) break;
    // A large file takes its time; whoever writes on WhatsApp meanwhile must not wait for it.
    if (at % ROWS_PER_TURN === ROWS_PER_TURN - 1) await setImmediate();
    const sku = row.cells.get('sku') ?? '';
    const before = stored.get(sku);
    named.add(sku);
    const alike = before === undefined ? likeness.get(folded(sku)) : undefined;
    if (alike !== undefined || REWRITTEN.test(sku)) {
      result.problems.push({
        line: row.line,
        column: 'sku',
        message: alike === undefined ? rewritten(sku) : mangled(alike),
      });
      continue;
    }
    const read = readProduct(row, before, reading);
    if (!read.ok) result.problems.push(...read.problems);
    else if (before === undefined) result.added.push(read.product);
    else {
      const what = differences(before, read.product);
      if (what.length === 0) result.unchanged += 1;
      else result.changed.push({ before, after: read.product, what });
    }
  }
  result.problems.sort((a, b) => a.line - b.line);
  result.missing = [...stored.values()].filter(({ sku, active }) => active && !named.has(sku));
  return result;
}

// A spreadsheet takes codes for numbers: 00123 loses its zeros, and a long one becomes 1.23E+12. A new product under such a
// code would stand beside the one that was meant.
const REWRITTEN = /^\d(?:[.,]\d+)?E\+\d+$/i;
const folded = (sku: string): string => sku.toLowerCase().replace(/^0+(?=.)/, '');
const mangled = (sku: string): string =>
  `There is a product "${sku}". Write its code the same way; a spreadsheet keeps it in a column of text.`;
const rewritten = (sku: string): string =>
  `"${sku}" is what a spreadsheet made of a long number. Make the column one of text, and write the code again.`;

/**
 * The mark that the file's own numbers show; where they leave it open, a file with commas between its cells has a dot
 * before its decimals, and any other follows the wholesaler's country.
 */
function decimalMarkOf({ rows, separator }: ReadFile, locale: string): Mark | null {
  const shown = markOf(rows.flatMap(({ cells }) => NUMBERS.flatMap((column) => cells.get(column) ?? [])));
  if (shown !== undefined) return shown;
  if (separator === ',') return '.';
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.';
}
