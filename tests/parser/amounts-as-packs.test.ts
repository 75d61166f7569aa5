/** Kilos and litres of what is sold in packs: how many packs they come to, and when they only tell the pack. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('RAIS', 'Raisins 1kg', { packet: 1, carton: 10 }, ['pasas', 'kishmish']),
  product('WALN', 'Walnut Halves 1kg', { packet: 1, carton: 10 }, ['nueces', 'akhrot']),
  product('YEAST', 'Dry Yeast 500g', { packet: 1, carton: 20 }, ['levadura seca']),
  product('OIL1', 'Sunflower Oil 1L', { bottle: 1, case: 12 }, ['aceite de girasol 1l']),
  product('OIL5', 'Sunflower Oil 5L', { bottle: 1, case: 4 }, ['aceite de girasol 5l']),
  product('FLOUR', 'Bread Flour 25kg', { bag: 1 }, ['harina panadera', 'bread maida']),
]);

const read = (text: string) => {
  const { lines, clarify } = parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [] } });
  return {
    lines: lines.map(({ sku, quantity, unit }) => `${sku} ${quantity} ${unit}`),
    asked: clarify.map(({ kind, text }) => `${kind}: ${text}`),
  };
};

describe('an amount of one pack', () => {
  it.each([
    ['kishmish 2 kg akhrot 1 kg', ['RAIS 2 packet', 'WALN 1 packet']],
    ['pasas 1 kg y nueces 3 kg', ['RAIS 1 packet', 'WALN 3 packet']],
    ['un kilo de pasas', ['RAIS 1 packet']],
    ['dame medio kilo de levadura seca y 2 kg de nueces', ['YEAST 1 packet', 'WALN 2 packet']],
  ])('is one, in a list of amounts or of something: %s', (text, lines) => {
    expect(read(text)).toEqual({ lines, asked: [] });
  });

  it.each([
    'pasas 1 kg',
    'pasas de 1 kg',
    '1 kg wali kishmish',
    'nueces 2 kg y pasas de 1 kg',
    '25 kilo ka bread maida',
  ])('is asked about where it may only tell the pack: %s', (text) => {
    expect(read(text).asked).toHaveLength(1);
  });
});

it.each(['pasas de kilo 10', 'pasas de a kilo 10'])('is the pack behind "of", and the number counts: %s', (text) => {
  expect(read(text)).toEqual({ lines: [expect.stringMatching(/^RAIS 10 /)], asked: [] });
});

it('counts litre bottles', () => {
  expect(read('aceite girasol de litro 5')).toEqual({ lines: ['OIL1 5 null'], asked: [] });
});

describe('an amount of what is not sold', () => {
  it.each([
    ['5 kg de almendra fileteada y 2 levadura seca', ['YEAST 2 null'], ['unknown_product: 5 kg de almendra fileteada']],
    ['badam 2 kg aur kishmish 3 kg', ['RAIS 3 packet'], ['unknown_product: badam 2 kg']],
  ])('is asked about, as any quantity of it is: %s', (text, lines, asked) => {
    expect(read(text)).toEqual({ lines, asked });
  });
});
