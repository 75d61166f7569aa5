import { expect, it } from 'vitest';
import { buildCatalogueIndex, type Intent, parse } from '../../src/parser/index.ts';

// What the help text offers must be understood, word for word.
const offered: [string, Intent][] = [
  ['balance', 'balance'],
  ['statement', 'statement'],
  ['my orders', 'status'],
  ['orders', 'status'],
  ['show my orders', 'status'],
  ['price of soap', 'query'],
  ['cancel', 'cancel'],
  ['talk to a person', 'human'],
  ['same as last time', 'repeat'],
  ['help', 'help'],
];

const index = buildCatalogueIndex([
  { sku: 'SOAP', name: 'Soap', units: { each: 1 }, defaultUnit: 'each', aliases: [] },
]);
const lastOrder = [{ sku: 'SOAP', quantity: 2, unit: 'each' }];

it.each(offered)('understands %s, which the help text offers', (words, intent) => {
  expect(parse(words, { index, state: { cart: [], lastOrder, pending: null, usual: [] } }).intent).toBe(intent);
});
