import type { Tx } from '../../db/index.ts';
import { csvFile, inPages } from '../../shared/csv-file.ts';
import { minorToDecimal } from '../../shared/money.ts';
import { toCell } from '../../shared/spreadsheet-text.ts';
import { ANY_QUANTITY, productsBySku, type WholeProduct } from '../product-store.ts';
import { writeList, writePairs } from './cell-lists.ts';
import { COLUMNS, type Column } from './columns.ts';

/**
 * The whole catalogue as a file that an import takes back without a change. Read and written piece by piece, each as of its
 * own moment, so give it a client rather than a transaction.
 */
export function writeCatalogue(db: Tx, { id, currency }: { id: string; currency: string }): AsyncGenerator<string> {
  const pages = inPages<WholeProduct, string>(
    (after = '', limit) => productsBySku(db, { wholesalerId: id, after, limit }),
    ({ sku }) => sku,
  );
  return csvFile(COLUMNS, pages, (product) => cellsOf(product, currency));
}

function cellsOf(product: WholeProduct, currency: string): Record<Column, string> {
  const money = (minor: number): string => minorToDecimal(BigInt(minor), currency);
  const moneyPairs = (prices: Record<string, number>): string =>
    toCell(writePairs(Object.entries(prices).map(([name, minor]) => [name, money(minor)] as const)));
  return {
    sku: toCell(product.sku),
    name: toCell(product.name),
    size: toCell(product.size),
    price: money(product.priceMinor),
    units: toCell(writePairs(Object.entries(product.units).map(([unit, size]) => [unit, plain(size)] as const))),
    default_unit: toCell(product.defaultUnit),
    cart_unit: toCell(product.cartUnit),
    unit_prices: moneyPairs(product.unitPricesMinor),
    list_prices: moneyPairs(product.prices),
    aliases: toCell(writeList(product.aliases)),
    stock: product.stock,
    active: product.active ? 'yes' : 'no',
    minimum: product.minimum <= ANY_QUANTITY ? '' : plain(product.minimum),
    step: product.step <= ANY_QUANTITY ? '' : plain(product.step),
  };
}

/** At most three decimals, never with an exponent. */
const plain = (value: number): string => value.toFixed(3).replace(/\.?0+$/, '');
