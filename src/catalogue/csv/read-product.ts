import { currencyExponent } from '../../shared/money.ts';
import { fromCell } from '../../shared/spreadsheet-text.ts';
import { ANY_QUANTITY, type WholeProduct } from '../product-store.ts';
import { productProblems } from '../save-product.ts';
import { readList, readPairs } from './cell-lists.ts';
import type { Column } from './columns.ts';
import type { FileProblem, FileRow } from './read-file.ts';
import { type Mark, readNumber } from './read-number.ts';

/** How the numbers of a file are to be read. */
export type Reading = { currency: string; mark: Mark | null };

export type ReadRow = { ok: true; product: WholeProduct } | { ok: false; problems: FileProblem[] };

/**
 * The product that a line of a file makes of the one that is stored, if any. A column that the file has not leaves things
 * as they are; an empty cell of one that it has empties what can be empty, and keeps the rest.
 */
export function readProduct(row: FileRow, before: WholeProduct | undefined, reading: Reading): ReadRow {
  const { cells, line } = row;
  const problems: FileProblem[] = [];
  const say = (column: Column, message: string): void => void problems.push({ line, column, message });
  const cell = (column: Column): string | undefined => cells.get(column);
  const text = (column: Column): string => fromCell(cell(column) ?? '');

  const money = (column: Column, given: string, mark: Mark | null = reading.mark): number => {
    const decimals = currencyExponent(reading.currency);
    const read = readNumber(given, decimals, mark);
    if (!read.ok) say(column, numberProblem(read.because, { given, decimals, currency: reading.currency }));
    return read.ok ? Number(read.value) : 0;
  };
  const quantity = (column: Column, given: string, mark: Mark | null = reading.mark): number => {
    const read = readNumber(given, 3, mark);
    if (!read.ok) say(column, numberProblem(read.because, { given, decimals: 3, currency: null }));
    else if (read.value === 0n) say(column, 'Write more than 0.');
    return read.ok ? Number(read.value) / 1000 : 1;
  };
  /** Pairs stand in a cell of text, which no spreadsheet turns into the marks of its country: a dot is a dot. */
  const pairs = (column: Column, example: string, value: typeof money): Record<string, number> => {
    const read = readPairs(text(column));
    if (read === null) say(column, `Write pairs such as ${example}.`);
    return Object.fromEntries((read ?? []).map(([name, given]) => [name, value(column, given, '.')]));
  };

  const name = cell('name') === undefined ? (before?.name ?? '') : text('name');
  if (name === '') say('name', before === undefined ? 'A new product needs a name.' : 'Write the name.');
  const priceCell = cell('price');
  if (priceCell === '' || (priceCell === undefined && before === undefined)) {
    say('price', before === undefined ? 'A new product needs a price.' : 'Write the price, 0 for free goods.');
  }
  const units = readUnits();
  const isUnit = (unit: string | undefined): unit is string => unit !== undefined && Object.hasOwn(units, unit);
  const usual = [text('default_unit'), before?.defaultUnit, ...onlyOne(Object.keys(units)), 'each'].find(
    (unit, at) => (at === 0 && unit !== '') || isUnit(unit),
  );
  if (usual === undefined && Object.keys(units).length > 0) {
    say('default_unit', `Say which unit is the usual one: ${Object.keys(units).join(', ')}.`);
  }
  const defaultUnit = usual ?? '';
  const keptCart = before !== undefined && before.cartUnit !== before.defaultUnit ? before.cartUnit : undefined;
  const cartUnit = cell('cart_unit') === undefined && isUnit(keptCart) ? keptCart : text('cart_unit') || defaultUnit;

  const product: WholeProduct = {
    sku: cell('sku') ?? '',
    name,
    size: cell('size') === undefined ? (before?.size ?? null) : text('size') || null,
    units,
    defaultUnit,
    cartUnit,
    priceMinor: priceCell === undefined || priceCell === '' ? (before?.priceMinor ?? 0) : money('price', priceCell),
    unitPricesMinor:
      cell('unit_prices') === undefined
        ? Object.fromEntries(Object.entries(before?.unitPricesMinor ?? {}).filter(([unit]) => isUnit(unit)))
        : pairs('unit_prices', 'case=400.00 | bag=95.00', money),
    prices:
      cell('list_prices') === undefined
        ? (before?.prices ?? {})
        : pairs('list_prices', 'gold=17.00 | silver=17.50', money),
    aliases: cell('aliases') === undefined ? (before?.aliases ?? []) : [...new Set(readList(text('aliases')))],
    active: readActive(),
    stock: readStock(),
    minimum: cell('minimum') === undefined ? (before?.minimum ?? ANY_QUANTITY) : atLeast('minimum'),
    step: cell('step') === undefined ? (before?.step ?? ANY_QUANTITY) : atLeast('step'),
  };
  if (problems.length === 0) {
    for (const { path, message } of productProblems(product)) {
      // Carts count the usual unit unless they say otherwise, so its mistake is told once.
      if (path === 'cartUnit' && cartUnit === defaultUnit) continue;
      say(COLUMN_OF[path.split(/[.[]/)[0] ?? ''] ?? 'sku', `${path} ${message}.`);
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, product };

  function readUnits(): Record<string, number> {
    const given = text('units');
    if (given === '') return before?.units ?? { each: 1 };
    // A unit without a size, as in "kg", is one that nothing else is counted in.
    if (/^[^\\|;,=\d]+$/.test(given)) return { [given.trim()]: 1 };
    return pairs('units', 'each=1 | case=24', quantity);
  }

  function atLeast(column: 'minimum' | 'step'): number {
    const given = cell(column) ?? '';
    return given === '' ? ANY_QUANTITY : quantity(column, given);
  }

  function readActive(): boolean {
    const given = (cell('active') ?? '').toLowerCase();
    if (given === '') return before?.active ?? true;
    const known = ACTIVE.get(given);
    if (known === undefined) say('active', 'Write yes or no.');
    return known ?? true;
  }

  function readStock(): WholeProduct['stock'] {
    const given = (cell('stock') ?? '').toLowerCase();
    if (given === '') return before?.stock ?? 'in';
    const known = STOCK.get(given);
    if (known === undefined) say('stock', 'Write in, low or out.');
    return known ?? 'in';
  }
}

const ACTIVE = new Map([
  ...['yes', 'y', 'true', '1'].map((word): [string, boolean] => [word, true]),
  ...['no', 'n', 'false', '0'].map((word): [string, boolean] => [word, false]),
]);

const STOCK = new Map<string, WholeProduct['stock']>([
  ['in', 'in'],
  ['in stock', 'in'],
  ['low', 'low'],
  ['low stock', 'low'],
  ['out', 'out'],
  ['out of stock', 'out'],
]);

const COLUMN_OF: Record<string, Column> = {
  name: 'name',
  size: 'size',
  units: 'units',
  defaultUnit: 'default_unit',
  cartUnit: 'cart_unit',
  priceMinor: 'price',
  unitPricesMinor: 'unit_prices',
  prices: 'list_prices',
  aliases: 'aliases',
  minimum: 'minimum',
  step: 'step',
};

const onlyOne = (units: readonly string[]): readonly string[] => (units.length === 1 ? units : []);

type About = { given: string; decimals: number; currency: string | null };

function numberProblem(because: 'not_a_number' | 'decimals' | 'unclear', { given, decimals, currency }: About): string {
  const shown = given.slice(0, 30);
  if (because === 'unclear') return `"${shown}" may be two numbers. Write it without a thousands mark.`;
  if (because === 'not_a_number') return `"${shown}" is no number. Write one such as 1250.50.`;
  const of = currency === null ? 'A quantity' : currency;
  return decimals === 0 ? `${of} has no decimals: "${shown}".` : `${of} has at most ${decimals} decimals: "${shown}".`;
}
