/** Sizes in letters, sizes before a name, and verbs that take a line out: in a shop for clothes. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, type ParserState, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('TWM', 'Round Neck Shirt White M', { piece: 1, bundle: 20 }),
  product('TWL', 'Round Neck Shirt White L', { piece: 1, bundle: 20 }),
  product('TWXL', 'Round Neck Shirt White XL', { piece: 1, bundle: 20 }),
  product('SKL', 'Pleated Skirt L', { piece: 1, bundle: 20 }),
  product('THREAD', 'Sewing Thread Black', { reel: 1, box: 10 }, ['kala dhaga']),
  product('ZIP', 'Nylon Zip 7 inch', { piece: 1, pack: 100 }, ['7 inch chain']),
  product('SCARF', 'Wool Scarf', { piece: 1, box: 12 }, ['maflar', 'मफलर']),
]);
const cart: OrderLine[] = [
  { sku: 'SCARF', quantity: 6, unit: 'piece' },
  { sku: 'THREAD', quantity: 4, unit: 'box' },
];

const read = (text: string, state: Partial<ParserState> = {}) => {
  const result = parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [], ...state } });
  expect(result.clarify).toEqual([]);
  return [result.intent, ...result.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`)];
};

describe('sizes of clothes', () => {
  it('in letters take the name from the part before', () => {
    expect(read('shirt white M 10, L 15, XL 5')).toEqual(['order', 'TWM 10 null', 'TWL 15 null', 'TWXL 5 null']);
  });

  it('that the catalogue writes before a name begin a line of their own', () => {
    expect(read('kala dhaga 2 box 7 inch chain 5 pack')).toEqual(['order', 'THREAD 2 box', 'ZIP 5 pack']);
  });
});

describe('a line of the cart', () => {
  it.each([
    'maflar abhi rehne do',
    'मफलर अभी रहने दो',
    'maflar wapas le lo',
    'maflar hata do yaar list mese',
    'scarf ما نحتاجها',
  ])('goes: %s', (text) => {
    expect(read(text, { cart })).toEqual(['remove', 'SCARF null null']);
  });
});

describe('asked to confirm', () => {
  const state: Partial<ParserState> = { cart, pending: { kind: 'confirm_order' } };

  it('an "n" between two things is an "and"', () => {
    expect(read('yes go ahead n pack it', state)).toEqual(['confirm']);
    expect(read('n', state)).toEqual(['decline']);
    expect(read('abhi rehne do', state)).toEqual(['decline']);
  });
});

it('asks where goods are that have left', () => {
  expect(read('has my parcel of scarves left the warehouse yet?')).toEqual(['status']);
});
