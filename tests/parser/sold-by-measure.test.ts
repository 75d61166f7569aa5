/** Goods that are sold by weight or by the metre: there a measure is how much is wanted, and tells no product apart. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, type ParserState, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('CLOVE', 'Cloves Whole', { kg: 1, box: 10 }, ['laung', 'لونغ', 'लौंग']),
  product('RAISG', 'Golden Raisins', { kg: 1, carton: 10 }, ['kishmish']),
  product('RAISB', 'Black Raisins', { kg: 1, carton: 10 }, ['kali kishmish']),
  product('NUT', 'Walnut Kernels', { kg: 1, tin: 10 }, ['akhrot']),
  product('LEAF', 'Bay Leaves', { kg: 1, sack: 15 }),
  product('SALT1', 'Sea Salt 1kg', { packet: 1, carton: 12 }),
  product('CLOTH', 'Linen Cloth', { metre: 1, roll: 50 }, ['linen']),
]);
const cart: OrderLine[] = [
  { sku: 'CLOVE', quantity: 5, unit: 'kg' },
  { sku: 'SALT1', quantity: 6, unit: 'packet' },
];

const read = (text: string, state: Partial<ParserState> = {}) => {
  const result = parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [], ...state } });
  expect(result.clarify).toEqual([]);
  return result.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`);
};

describe('a line of the cart gets a new amount', () => {
  it.each([
    ['reduce the cloves to 3 kg pls', 'CLOVE 3 kg'],
    ['cut the cloves to 3 kg', 'CLOVE 3 kg'],
    ['cut the cloves to 3', 'CLOVE 3 null'],
    ['cloves instead of 5 kg send 3 kg', 'CLOVE 3 kg'],
    ['laung 5 kilo ki jagah 3 kilo', 'CLOVE 3 kg'],
    ['लौंग 5 किलो की जगह 3 किलो', 'CLOVE 3 kg'],
    ['laung 2 kg kam kar do', 'CLOVE 3 kg'],
    ['reduce the sea salt to 3 kg', 'SALT1 3 packet'],
  ])('and is no swap: %s', (text, line) => {
    expect(read(text, { cart })).toEqual([line]);
  });

  it('also where the last order is repeated', () => {
    expect(read('same order as last week but cloves make it 9 kg', { lastOrder: cart })).toEqual(['CLOVE 9 kg']);
    expect(read('نفس الطلب بس لونغ خليه ٩ كيلو', { lastOrder: cart })).toEqual(['CLOVE 9 kg']);
  });
});

describe('an amount', () => {
  it('is no word of the name, so that an exact alias stays one', () => {
    expect(read('kishmish 4kg')).toEqual(['RAISG 4 kg']);
    expect(read('kishmish 4kg nahi 6kg')).toEqual(['RAISG 6 kg']);
  });

  it('makes no exact alias of what means the same in another language', () => {
    const { clarify } = parse('raisins 4 kg', {
      index,
      state: { cart: [], lastOrder: null, pending: null, usual: [] },
    });
    expect(clarify.map(({ candidates }) => candidates)).toEqual([['RAISG', 'RAISB']]);
  });

  it('counts one leaf of many leaves', () => {
    expect(read('bay leaf - 1 sack')).toEqual(['LEAF 1 sack']);
  });

  it('said once with "each" counts for all before it', () => {
    expect(read('cloves, walnut and golden raisins 2 kg each')).toEqual(['CLOVE 2 kg', 'NUT 2 kg', 'RAISG 2 kg']);
  });

  it('takes a half more without a number of its own', () => {
    expect(read('a kilo and a half of cloves')).toEqual(['CLOVE 1.5 kg']);
    expect(read('cloves kilo and half')).toEqual(['CLOVE 1.5 kg']);
  });

  it('that a price is asked for orders nothing', () => {
    const asked = ['CLOVE null null'];
    expect(read('cloves price per kg')).toEqual(asked);
    expect(read('cloves price per dozen pls')).toEqual(asked);
    expect(read('are cloves available? what price for a box')).toEqual(asked);
    expect(read('laung milega kya? ek dabba kitne ka')).toEqual(asked);
  });
});

describe('a unit word that is a number or a verb elsewhere', () => {
  it.each([
    ['akhrot do tin laung 2 kg', ['NUT 2 tin', 'CLOVE 2 kg']],
    ['laung 5 do', ['CLOVE 5 null']],
    ['linen 1 than aur laung 2 kg', ['CLOTH 1 roll', 'CLOVE 2 kg']],
  ])('is read by what stands beside it: %s', (text, lines) => {
    expect(read(text)).toEqual(lines);
  });
});

describe('a heading', () => {
  it.each(['Spices:\nlaung 2 kg\nmeva:\nakhrot 1 kg', '*HERBS*\nlaung 2 kg\nMEVA\nakhrot 1 kg'])(
    'is not asked about: %s',
    (text) => {
      expect(read(text)).toEqual(['CLOVE 2 kg', 'NUT 1 kg']);
    },
  );
});
