/** Halves and quarters: which number they belong to, and which thing. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('CHEESE', 'Gouda Cheese Loose', { kg: 1 }, ['queso gouda', 'queijo gouda', 'keju gouda']),
  product('FISH', 'Tilapia Loose', { kg: 1 }, ['tilapia', 'ikan nila']),
  product('LOCK40', 'Padlock 40mm', { piece: 1, box: 12 }, ['cadeado 40mm', 'cadenas 40mm']),
  product('LOCK50', 'Padlock 50mm', { piece: 1, box: 12 }, ['cadeado 50mm', 'cadenas 50mm']),
  product('NUGG', 'Chicken Nuggets', { pack: 1, carton: 12 }, ['nuggets']),
  product('SAUS', 'Beef Sausages', { pack: 1, carton: 12 }, ['salchichas de res']),
  product('ELBOW', 'Elbow 1/2 inch', { piece: 1 }, ['coude 1/2']),
  product('FRIES1', 'French Fries 1kg', { bag: 1, carton: 10 }, ['papas fritas 1kg']),
  product('FRIES25', 'French Fries 2.5kg', { bag: 1, carton: 4 }, ['papas fritas 2.5kg']),
]);

const read = (text: string): string[] =>
  parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [] } }).lines.map(
    ({ sku, quantity, unit }) => `${sku} ${quantity} ${unit}`,
  );

describe('a half', () => {
  it.each([
    ['medio kilo de gouda y kilo y medio de tilapia', ['CHEESE 0.5 kg', 'FISH 1.5 kg']],
    ['ikan nila sekilo setengah', ['FISH 1.5 kg']],
    ['gouda sekilo seperempat', ['CHEESE 1.25 kg']],
    ['2 e meia dúzia de nuggets', ['NUGG 30 pack']],
  ])('is added to the one that is not said, or to the number: %s', (text, lines) => {
    expect(read(text)).toEqual(lines);
  });

  it.each([
    ['uma dúzia de cadeado 40 e meia dúzia do 50', ['LOCK40 12 piece', 'LOCK50 6 piece']],
    ['salchichas de res 2 y media caja de nuggets', ['SAUS 2 null', 'NUGG 0.5 carton']],
    ['nuggets 3 et demi kilo de gouda', ['NUGG 3 null', 'CHEESE 0.5 kg']],
    ['3 cadenas de 40 y media caja de nuggets', ['LOCK40 3 null', 'NUGG 0.5 carton']],
  ])('of a dozen or unit of something else is not: %s', (text, lines) => {
    expect(read(text)).toEqual(lines);
  });

  it('in digits is a size before a number of its own', () => {
    expect(read('coude 1/2 une trentaine')).toEqual(['ELBOW 30 piece']);
  });
});

it('keeps a number a number before its unit, whatever unit another language calls so', () => {
  expect(read('papas fritas 1 kg 10 bolsas y las de 2.5 dos cajas')).toEqual(['FRIES1 10 bag', 'FRIES25 2 carton']);
});
