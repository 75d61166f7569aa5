/** Words that count in one shop and name a thing in another, and lists of the kinds of one thing. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('BAGS', 'Carry Bag Small', { pack: 1, bale: 20 }, [
    'bolsa chica',
    'sacola pequena',
    'sachet petit',
    'kresek kecil',
    'mfuko mdogo',
  ]),
  product('BAGM', 'Carry Bag Medium', { pack: 1, bale: 20 }, [
    'bolsa mediana',
    'sacola média',
    'sachet moyen',
    'kresek sedang',
    'mfuko wa kati',
  ]),
  product('BAGL', 'Carry Bag Large', { pack: 1, bale: 20 }, [
    'bolsa grande',
    'sacola grande',
    'sachet grand',
    'kresek besar',
    'mfuko mkubwa',
  ]),
  product('CONT500', 'Food Container 500ml', { pack: 1, carton: 10 }, [
    'envase 500ml',
    'pote 500ml',
    'barquette 500ml',
  ]),
  product('CONT750', 'Food Container 750ml', { pack: 1, carton: 10 }, [
    'envase 750ml',
    'pote 750ml',
    'barquette 750ml',
  ]),
  product('FOIL30', 'Aluminium Foil 30cm', { roll: 1, box: 24 }, ['papier alu 30cm']),
  product('FOIL45', 'Aluminium Foil 45cm', { roll: 1, box: 12 }, ['papier alu 45cm']),
  product('SAND100', 'Sandpaper Grit 100', { sheet: 1, pack: 50 }, ['lija 100']),
  product('SAND220', 'Sandpaper Grit 220', { sheet: 1, pack: 50 }, ['lija 220']),
  product('RICE', 'Rice 25kg', { bag: 1 }, ['arroz']),
]);

const read = (text: string) => {
  const { lines, clarify } = parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [] } });
  return {
    lines: lines.map(({ sku, quantity, unit }) => `${sku} ${quantity} ${unit}`),
    asked: clarify.map(({ kind }) => kind),
  };
};

describe('a unit word that names a product', () => {
  it.each([
    ['kresek kecil 10 pak, sedang 5 pak, besar 5 pak', ['BAGS 10 pack', 'BAGM 5 pack', 'BAGL 5 pack']],
    ['mfuko mdogo pakiti 10, wa kati pakiti 5, mkubwa pakiti 5', ['BAGS 10 pack', 'BAGM 5 pack', 'BAGL 5 pack']],
    ['envase 750 x 10 pq', ['CONT750 10 pack']],
    ['pote 500 ml 3 fardo e pote 750 2 fardo', ['CONT500 3 carton', 'CONT750 2 carton']],
    ['3 potes de 500ml', ['CONT500 3 null']],
  ])('is read as its name: %s', (text, lines) => {
    expect(read(text)).toEqual({ lines, asked: [] });
  });

  it('still counts beside another name', () => {
    expect(read('3 bolsas de arroz').lines).toEqual(['RICE 3 bag']);
  });
});

describe('a heading of its kinds', () => {
  it.each([
    ['sacola: pequena 10, média 5, grande 5', ['BAGS 10 null', 'BAGM 5 null', 'BAGL 5 null']],
    ['bolsas\nchica 5 pq\nmediana 10 pq\ngrande 3 pq', ['BAGS 5 pack', 'BAGM 10 pack', 'BAGL 3 pack']],
  ])('is no line of its own: %s', (text, lines) => {
    expect(read(text)).toEqual({ lines, asked: [] });
  });
});

it('asks which of small, medium and large is meant where all are said', () => {
  expect(read('kresek kecil sedang besar 5 pak')).toMatchObject({ lines: [], asked: ['product'] });
});

describe('a number ahead of a colon or comma', () => {
  it.each([
    ['papier alu 30 : 6 rouleaux', ['FOIL30 6 roll']],
    ['lija 100, 30 pliegos', ['SAND100 30 sheet']],
    ['lija 100: 30, 220: 20', ['SAND100 30 null', 'SAND220 20 null']],
  ])('tells the size where the one behind counts: %s', (text, lines) => {
    expect(read(text)).toEqual({ lines, asked: [] });
  });
});

it('does not take a unit behind a number for a verb', () => {
  expect(read('lija 100 vinte tiras').lines).toEqual(['SAND100 20 sheet']);
});
