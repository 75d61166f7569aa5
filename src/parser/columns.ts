/** What the columns of a pasted spreadsheet hold: by their headings, or else by what stands in their cells. */
import { columnWords } from './languages/column-words.ts';
import { currencyOfAllLanguages, measuresOfAllLanguages, unitsOfAllLanguages } from './lexicon.ts';
import { foldPlain } from './text-folding.ts';
import { tokenise } from './tokens.ts';

/** `unit`: the heading names what the column counts ("cartons"). `undecided`: a number that may be anything. */
export type Column = { kind: 'item' | 'size' | 'quantity' | 'undecided' | 'unit' | 'left_out'; unit?: string };

type Heading = keyof typeof columnWords;

/** Kinds by how much they tell in a heading of several words: "unit price" is a price, "total qty" a quantity. */
const TELLING: Heading[] = ['stock', 'price', 'quantity', 'total', 'code', 'number', 'size', 'unit', 'item'];

const headings: ReadonlyMap<string, ReadonlySet<Heading>> = collectHeadings();

/** Columns by their headings, or null where the cells head no list of quantities. */
export function headedColumns(cells: readonly string[]): Column[] | null {
  const kinds = cells.map(headingOf);
  const known = kinds.filter((kind) => kind !== null).length;
  if (known < 2 || known * 2 < cells.length) return null;
  const columns = kinds.map((kind, at): Column => {
    const unit = unitIn(cells[at] ?? '');
    if (kind === 'quantity' || kind === 'counted') return { kind: 'quantity', unit };
    if (kind === 'item' || kind === 'size' || kind === 'unit') return { kind };
    return { kind: 'left_out' };
  });
  if (!columns.some(({ kind }) => kind === 'quantity')) return null;
  if (columns.some(({ kind }) => kind === 'item')) return columns;
  // "Biscuits | qty": a heading of the shop's own stands over the names.
  const named = kinds.indexOf(null);
  const coded = named < 0 ? kinds.indexOf('code') : named;
  return coded < 0 ? null : columns.map((column, at): Column => (at === coded ? { kind: 'item' } : column));
}

/** Whether a name only says that its row adds up the others. */
export function isTotal(name: string): boolean {
  const words = wordsOf(name);
  const isOf = (word: string, kind: Heading): boolean => headings.get(word)?.has(kind) ?? false;
  return words.some((word) => isOf(word, 'total')) && words.every((word) => isOf(word, 'total') || isOf(word, 'price'));
}

function headingOf(cell: string): Heading | 'counted' | null {
  const words = wordsOf(cell);
  if (words.length === 0 || words.length > HEADING_WORDS_MAX) return cell.trim() === '#' ? 'number' : null;
  for (const kind of TELLING) if (words.some((word) => headings.get(word)?.has(kind))) return fitting(kind, words);
  return words.some((word) => unitsOfAllLanguages.has(word)) ? 'counted' : null;
}

/** "No. of cartons" counts cartons. */
function fitting(kind: Heading, words: readonly string[]): Heading | 'counted' {
  const counts = words.some((word) => unitsOfAllLanguages.has(word) && !headings.has(word));
  return counts && (kind === 'number' || kind === 'total') ? 'counted' : kind;
}

const HEADING_WORDS_MAX = 4;

/** The unit that a heading names beside its other words: "qty (ctn)", "cartons". */
function unitIn(cell: string): string | undefined {
  return wordsOf(cell).find((word) => unitsOfAllLanguages.has(word) && !headings.has(word));
}

function wordsOf(cell: string): string[] {
  return tokenise(cell).flatMap((token) => (token.kind === 'word' ? [token.text] : []));
}

function collectHeadings(): Map<string, Set<Heading>> {
  const found = new Map<string, Set<Heading>>();
  for (const [kind, words] of Object.entries(columnWords)) {
    for (const word of words.split(' ').map(foldPlain)) {
      found.set(word, (found.get(word) ?? new Set()).add(kind as Heading));
    }
  }
  return found;
}

type CellKind = 'empty' | 'number' | 'money' | 'size' | 'counted' | 'unit' | 'text';
type Cell = { kind: CellKind; value: number };

/**
 * Columns without headings, by what all their cells hold: null where they make no table of names and numbers. Money,
 * row numbers and codes are never quantities, nor is a size; where two columns are left that may both be one, neither
 * is, and their cells stay with the name.
 */
export function judgedColumns(rows: ReadonlyArray<readonly string[]>): Column[] | null {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, at) => rows.map((row) => cellOf(row[at] ?? '')));
  const kinds = columns.map(kindOfAll);
  const names = kinds.flatMap((kind, at) => (kind === 'text' ? [at] : []));
  const [first, last] = [names[0], names.at(-1)];
  if (first === undefined || last === undefined || last - first + 1 !== names.length) return null;
  const counted = kinds.filter((kind) => kind === 'counted').length;
  let numbers = kinds.flatMap((kind, at) => (kind === 'number' && !isCode(columns[at] ?? []) ? [at] : []));
  const numbered = numbers[0] === 0 && first > 0 && countsUp(columns[0] ?? []) && numbers.length + counted > 1;
  if (numbered) numbers = numbers.slice(1);
  if (counted + numbers.length === 0) return null;
  const decided = counted + numbers.length === 1;
  return kinds.map((kind, at): Column => {
    if (kind === 'text') return { kind: 'item' };
    if (kind === 'size' || kind === 'unit') return { kind };
    if (kind !== 'counted' && !numbers.includes(at)) return { kind: 'left_out' };
    return { kind: decided ? 'quantity' : 'undecided' };
  });
}

function kindOfAll(cells: readonly Cell[]): CellKind {
  const kinds = new Set(cells.map(({ kind }) => kind));
  kinds.delete('empty');
  const [only] = kinds;
  if (only !== undefined && kinds.size === 1) return only;
  if (kinds.size === 0) return 'empty';
  // A price without cents among others that have some; pieces among cartons.
  if ([...kinds].every((kind) => kind === 'number' || kind === 'money')) return 'money';
  return [...kinds].every((kind) => kind === 'number' || kind === 'counted') ? 'counted' : 'text';
}

function countsUp(cells: readonly Cell[]): boolean {
  return cells.length > 1 && cells.every(({ value }, at) => value === at + 1);
}

const CODE_MIN = 100_000;

function isCode(cells: readonly Cell[]): boolean {
  return cells.every(({ kind, value }) => kind === 'empty' || value >= CODE_MIN);
}

const CENTS = /^\d[\d.,\s]*[.,]\d\d$/;
const CURRENCY_MARKS = /[₹$€£₦₨]|\/-/;

function cellOf(text: string): Cell {
  const tokens = tokenise(text).filter(({ kind, text: mark }) => kind !== 'mark' || CURRENCY_MARKS.test(mark));
  const [first, ...rest] = tokens;
  if (!first) return { kind: 'empty', value: 0 };
  const words = tokens.filter(({ kind }) => kind === 'word').map((token) => token.text);
  const value = tokens.find(({ kind }) => kind === 'number')?.value;
  const all = (has: (word: string) => boolean): boolean => words.length > 0 && words.every(has);
  if (value === undefined) return { kind: all((word) => unitsOfAllLanguages.has(word)) ? 'unit' : 'text', value: 0 };
  if (CURRENCY_MARKS.test(text) || all((word) => currencyOfAllLanguages.has(word))) return { kind: 'money', value };
  if (rest.length === 0) return { kind: CENTS.test(text.trim()) ? 'money' : 'number', value };
  if (first.kind !== 'number') return { kind: 'text', value: 0 };
  if (all((word) => measuresOfAllLanguages.has(word) || word === 'x')) return { kind: 'size', value };
  return { kind: rest.length === 1 && all((word) => unitsOfAllLanguages.has(word)) ? 'counted' : 'text', value };
}
