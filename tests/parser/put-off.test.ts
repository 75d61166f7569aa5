/** What is said beside an order and orders nothing now: a second choice, another day's wish, a taken-back amount, an address. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('ZINGO', 'Zingo Chips 90g', { each: 1, case: 30 }, ['zingo']),
  product('MORA', 'Mora Wafers 120g', { each: 1, case: 24 }, ['mora']),
  product('VELO', 'Velo Soap 100g', { each: 1, case: 72 }, ['velo']),
  product('GALI', 'Steel Jali 5 inch', { each: 1 }, ['jali']),
  product('POTATO', 'Potato Loose', { kg: 1, sack: 50 }, ['papa']),
]);

const read = (text: string, cart: OrderLine[] = []) => {
  const result = parse(text, { index, state: { cart, lastOrder: null, pending: null, usual: [] } });
  const lines = result.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`);
  return { lines, asked: result.clarify.map((one) => one.kind) };
};

describe('a second choice', () => {
  it.each([
    ['si hay zingo mándame 2 cajas, si no 2 cajas de mora'],
    ['si hay zingo ponme 2 cajas, si no hay mándame 3 de mora'],
    ['se tiver zingo manda 2 caixas, se não tiver manda 3 mora'],
    ['se tiver zingo manda 2 cx senão 3 mora'],
    ['agar zingo ho to 2 peti bhejo nahi hai to mora 3 peti'],
  ])('is no line beside the first: %s', (text) => {
    expect(read(text)).toEqual({ lines: ['ZINGO 2 case'], asked: [] });
  });

  it('leaves what is ordered behind it, and what the cart holds', () => {
    const cart = [{ sku: 'MORA', quantity: 1, unit: 'case' }];
    expect(read('si hay zingo ponme 2 cajas, si no 3 de mora, y 4 velo', cart).lines).toEqual([
      'ZINGO 2 case',
      'VELO 4 null',
    ]);
  });

  it('is an order where the first was only asked about', () => {
    expect(read('¿tienes zingo? si no, mándame 2 cajas de mora').lines).toContain('MORA 2 case');
  });
});

describe("another day's wish", () => {
  it.each([
    'pal jueves voy a ocupar 4 cajas de mora, por hoy nomás mándame 2 cajas de zingo',
    'semana q vem vou querer 20 cx de mora, hj só 2 cx de zingo',
    'agle hafte 10 peti mora lagegi, abhi sirf zingo 2 peti bhejo',
  ])('is no line beside what is wanted today: %s', (text) => {
    expect(read(text)).toEqual({ lines: ['ZINGO 2 case'], asked: [] });
  });

  it('is an order where nothing is said of today', () => {
    expect(read('para el jueves voy a querer 4 cajas de mora').lines).toEqual(['MORA 4 case']);
  });
});

it('keeps the line before an amount that is taken back with its name', () => {
  expect(read('media docena de velo y un kilo no mejor dos kilos de papa').lines).toEqual([
    'VELO 6 each',
    'POTATO 2 kg',
  ]);
});

it('takes what is counted beside what is refused', () => {
  const sizes = buildCatalogueIndex([
    product('F500', 'Fizzo 500ml', { each: 1, case: 24 }, ['fizzo 500']),
    product('F2', 'Fizzo 2L', { each: 1, case: 9 }, ['fizzo 2l']),
  ]);
  const state = { cart: [], lastOrder: null, pending: null, usual: [] };
  const { lines } = parse('fizzo 2l nahi, 500 wali 3 peti', { index: sizes, state, language: 'hi-Latn' });
  expect(lines.map(({ sku, quantity, unit }) => [sku, quantity, unit])).toEqual([['F500', 3, 'case']]);
});

it.each(['ya pagué lo de ayer, mándame otras 2 cajas de velo', 'paguei o pedido de ontem, manda mais 2 cx de velo'])(
  'repeats no order that was only paid: %s',
  (text) => {
    const lastOrder = [{ sku: 'MORA', quantity: 1, unit: 'case' }];
    const result = parse(text, { index, state: { cart: [], lastOrder, pending: null, usual: [] } });
    expect([result.intent, result.lines.map(({ sku, quantity }) => [sku, quantity])]).toEqual(['order', [['VELO', 2]]]);
  },
);

it('measures a quarter of a kilo', () => {
  expect(read('un cuarto de kilo de papa').lines).toEqual(['POTATO 0.25 kg']);
});

it.each([
  '2 cajas de velo, calle 5 de mora 23',
  'velo 2 peti sector 14 gali no 3 pe bhejna',
  '2 cx velo pra buscar às 15h',
  'velo 2 peti kal 8 baje tak bhej dena',
])('counts nothing by an address or a time: %s', (text) => {
  expect(read(text)).toEqual({ lines: ['VELO 2 case'], asked: [] });
});
