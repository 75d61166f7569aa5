/** One quantity for several things: "A and B, 5 of each". */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('FORK', 'Plastic Fork', { pack: 1, carton: 20 }, [
    'tenedor plástico',
    'garfo descartável',
    'fourchette plastique',
    'garpu plastik',
    'uma za plastiki',
  ]),
  product('SPOON', 'Plastic Spoon', { pack: 1, carton: 20 }, [
    'cuchara plástica',
    'colher descartável',
    'cuillère plastique',
    'sendok plastik',
    'vijiko vya plastiki',
  ]),
  product('SAND100', 'Sandpaper Grit 100', { sheet: 1 }, ['lija 100']),
  product('SAND220', 'Sandpaper Grit 220', { sheet: 1 }, ['lija 220']),
  product('NAIL3', 'Wire Nails 3 inch Loose', { kg: 1 }, ['clavos 3 pulgadas']),
  product('NAIL4', 'Wire Nails 4 inch Loose', { kg: 1 }, ['clavos 4 pulgadas']),
]);

const read = (text: string) => {
  const { lines, clarify } = parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [] } });
  return {
    lines: lines.map(({ sku, quantity }) => `${sku} ${quantity}`).sort(),
    asked: clarify.map(({ kind }) => kind),
  };
};

describe('a quantity of each', () => {
  it.each([
    'cucharas y tenedores plasticos 5 paq c/u',
    'colher e garfo descartável 5 de cada',
    'cuillère plastique et fourchette plastique 5 paquets chacun',
    'sendok plastik, garpu plastik 5 pak masing-masing',
    'uma za plastiki na vijiko vya plastiki pakiti 5 kila moja',
  ])('counts for all before it: %s', (text) => {
    expect(read(text)).toEqual({ lines: ['FORK 5', 'SPOON 5'], asked: [] });
  });

  it.each([
    'una caja de cada una: cuchara plástica, tenedor plástico',
    'har ek ki 1 peti: plastic spoon, plastic fork',
  ])('counts for all behind it: %s', (text) => {
    expect(read(text)).toEqual({ lines: ['FORK 1', 'SPOON 1'], asked: [] });
  });

  it('counts for two sizes that are told by their numbers', () => {
    expect(read('lija del 100 y del 220, 10 de cada una')).toEqual({ lines: ['SAND100 10', 'SAND220 10'], asked: [] });
  });
});

it('is one each where Swahili says one twice', () => {
  expect(read('uma za plastiki pakiti moja moja').lines).toEqual(['FORK 1']);
});

it('gives a weight of each to all of them', () => {
  expect(read('clavos 3 y 4, 2 kg cada uno')).toEqual({ lines: ['NAIL3 2', 'NAIL4 2'], asked: [] });
});

describe('a number behind "and"', () => {
  it('is no quantity where it tells another size', () => {
    expect(read('lija 100 y 220')).toEqual({ lines: [], asked: ['quantity', 'quantity'] });
  });

  it('is asked about where it says nothing that is sold', () => {
    expect(read('2 tenedores plasticos y 1 de l')).toEqual({ lines: ['FORK 2'], asked: ['unknown_product'] });
  });
});

it('asks about a size and a count without a name', () => {
  expect(read('lija 100 10, te 1/2 5')).toEqual({ lines: ['SAND100 10'], asked: ['unknown_product'] });
});

it('reads what stands between strokes as lines', () => {
  expect(read('lija 100 3 un / lija 220 2 un').lines).toEqual(['SAND100 3', 'SAND220 2']);
});

it('does not count a number where the amount was said by weight', () => {
  expect(read('5 kilos de clavo de 3 y 2 de 4')).toEqual({ lines: ['NAIL3 5', 'NAIL4 2'], asked: [] });
});

it.each([
  '2 cajas de tenedor plástico y otra de cuchara plástica',
  '2 tenedor plástico y otra caja de cuchara plástica',
])('counts one more for "another": %s', (text) => {
  expect(read(text)).toEqual({ lines: ['FORK 2', 'SPOON 1'], asked: [] });
});
