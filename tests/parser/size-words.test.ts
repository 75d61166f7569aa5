/** Small and large, S and L, and numbers that tell one kind from another: what is meant, and what is taken back. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('WIPE80', 'Velora Wipes 80 Sheets', { pack: 1, carton: 24 }),
  product('WIPE20', 'Velora Wipes Travel 20 Sheets', { pack: 1, carton: 48 }),
  product('COF50', 'Montero Coffee 50g', { tin: 1 }, ['montero small']),
  product('COF200', 'Montero Coffee 200g', { tin: 1 }, ['montero big']),
  product('COFMIX', 'Montero Chicory Coffee 250g', { tin: 1 }),
  product('PANTM', 'Lulu Pants M 34s', { pack: 1 }),
  product('PANTL', 'Lulu Pants L 30s', { pack: 1 }),
  product('PANTXL', 'Lulu Pants XL 26s', { pack: 1 }),
  product('JEAN32', 'Denim Jeans Blue 32', { piece: 1 }),
  product('JEAN34', 'Denim Jeans Blue 34', { piece: 1 }),
  product('CREAM60', 'Sanova Cream 60g', { piece: 1 }, ['sanova 60g']),
  product('CREAM125', 'Sanova Cream 125g', { piece: 1 }, ['sanova 125g']),
  product('NAN1', 'Lacto 1 Formula 400g', { tin: 1, carton: 12 }, ['lacto 1']),
  product('NAN2', 'Lacto 2 Formula 400g', { tin: 1, carton: 12 }, ['lacto 2 400g']),
]);

const read = (text: string, cart: OrderLine[] = []) => {
  const result = parse(text, { index, state: { cart, lastOrder: null, pending: null, usual: [] } });
  const lines = result.lines.map(({ act, sku, quantity, unit }) => `${act} ${sku} ${quantity} ${unit}`);
  return { lines, asked: result.clarify.map(({ kind, candidates }) => `${kind} ${candidates.join(' ')}`) };
};

const jeans: OrderLine = { sku: 'JEAN32', quantity: 5, unit: 'piece' };
const pants: OrderLine = { sku: 'PANTL', quantity: 5, unit: 'pack' };

describe('small and large', () => {
  it('tell packs by what they hold', () => {
    expect(read('velora wipes gede 1 dus, kecil 10').lines).toEqual(['add WIPE80 1 carton', 'add WIPE20 10 null']);
  });

  it('mean what the shop itself calls so, rather than the heaviest of all', () => {
    expect(read('montero yg kecil 12 yg gede 6').lines).toEqual(['add COF50 12 null', 'add COF200 6 null']);
  });
});

describe('a kind that is taken back for another', () => {
  it.each([
    ['L नहीं XL करना', pants, ['remove PANTL null null', 'set PANTXL 5 pack']],
    ['lulu pants L nahi XL karo', pants, ['remove PANTL null null', 'set PANTXL 5 pack']],
    ['remplacez les lulu L par des M', pants, ['remove PANTL null null', 'set PANTM 5 pack']],
    ['jeans 32 nahi 34', jeans, ['remove JEAN32 null null', 'set JEAN34 5 piece']],
  ])('changes the line of the cart: %s', (text, line, lines) => {
    expect(read(text, [line, { sku: 'CREAM60', quantity: 2, unit: 'piece' }]).lines).toEqual(lines);
  });

  it('is what is ordered, and its number counts nothing', () => {
    expect(read('jeans 32 nahi 34').lines).toEqual([]);
    expect(read('jeans 32 nahi 34 5 piece').lines).toEqual(['add JEAN34 5 piece']);
    expect(read('sanova 60g 10 pièces, la 125g non finalement').lines).toEqual(['add CREAM60 10 piece']);
  });
});

it('counts with the bare number at the end, though an outer pack holds as many', () => {
  expect(read('lacto 1 400g 12\nlacto 2 400g 6').lines).toEqual(['add NAN1 12 null', 'add NAN2 6 null']);
});
