/** The columns of a product file in the order in which the export writes them. */
export const COLUMNS = [
  'sku',
  'name',
  'size',
  'price',
  'units',
  'default_unit',
  'cart_unit',
  'unit_prices',
  'list_prices',
  'aliases',
  'stock',
  'active',
  'minimum',
  'step',
] as const;
export type Column = (typeof COLUMNS)[number];

/** What else people call them. */
const OTHER_NAMES: Record<string, Column> = {
  code: 'sku',
  itemcode: 'sku',
  productcode: 'sku',
  product: 'name',
  productname: 'name',
  item: 'name',
  itemname: 'name',
  description: 'name',
  rate: 'price',
  unitprice: 'price',
  pack: 'size',
  unit: 'units',
  usualunit: 'default_unit',
  alias: 'aliases',
  pricelists: 'list_prices',
  min: 'minimum',
};

const folded = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_.-]+/g, '');
const NAMES = new Map<string, Column>([
  ...Object.entries(OTHER_NAMES),
  ...COLUMNS.map((column): [string, Column] => [folded(column), column]),
]);

/** "Default Unit" and "default_unit" are the same column. */
export const columnOf = (heading: string): Column | undefined => NAMES.get(folded(heading));
