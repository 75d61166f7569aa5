/** Numbers that tell which one is meant, and numbers that put something on top of the cart or take it off. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('JEAN32', 'Denim Jeans Blue 32', { piece: 1, bundle: 10 }, ['jeans 32']),
  product('JEAN34', 'Denim Jeans Blue 34', { piece: 1, bundle: 10 }, ['jeans 34']),
  product('ELB1', 'Elbow 1 inch', { piece: 1 }, ['elbow 1 inch']),
  product('ELB34', 'Elbow 3/4 inch', { piece: 1 }, ['elbow 3/4']),
  product('VALVE34', 'Ball Valve 3/4 inch', { piece: 1, box: 10 }, ['ball valve 3/4']),
  product('PIPE75', 'Zora Pipe 75mm', { length: 1 }, []),
  product('PIPE110', 'Zora Pipe 110mm', { length: 1 }, []),
  product('BISC70', 'Mariella Biscuits 70g', { each: 1, case: 144 }, ['mariella 5 rupee']),
  product('BISC800', 'Mariella Biscuits 800g', { each: 1, case: 12 }, ['mariella family']),
  product('COFFEE50', 'Moka Coffee 50g', { each: 1 }, ['moka small']),
  product('COFFEE200', 'Moka Coffee 200g', { each: 1 }, ['moka big']),
  product('FLOUR', 'Maida Flour 1kg', { each: 1, case: 20 }, ['maida']),
  product('MAIZE', 'Pemba Maize Flour 2kg', { each: 1, case: 12 }, ['pemba']),
  product('BAR', 'Sunny Bar 200g', { each: 1, case: 60 }, ['sunny bar']),
  product('LIQUID', 'Sunny Liquid 500ml', { each: 1, case: 24 }, ['sunny liquid']),
  product('COLA', 'Kola Cola 2L', { each: 1, case: 9 }, ['kola']),
  product('POTATO', 'Potato Loose', { kg: 1, sack: 50 }, ['papa']),
  product('ONION', 'Onion Loose', { kg: 1, sack: 50 }, ['cebolla']),
  product('OREA', 'Orea Biscuits 120g', { each: 1, case: 24 }, ['orea']),
]);

const read = (text: string, cart: OrderLine[] = [], language?: string) => {
  const result = parse(text, { index, language, state: { cart, lastOrder: null, pending: null, usual: [] } });
  const lines = result.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`);
  return { intent: result.intent, lines, asked: result.clarify.map((one) => one.kind) };
};

describe('which one is meant', () => {
  it.each([
    ['jeans 32 2 pc nahi 34', ['JEAN34 2 piece']],
    ['jeans 32 2 pcs no 34', ['JEAN34 2 piece']],
    ['jeans 32 2 pc nahi 5', ['JEAN32 5 piece']],
    ['elbow 1 inch nahi 3/4 ka 20 pc', ['ELB34 20 piece'], 'hi-Latn'],
    ['ball valve 3/4 wale 4 nahi 6 chahiye', ['VALVE34 6 null']],
    ['110 ka zora pipe 8 length', ['PIPE110 8 length'], 'hi-Latn'],
    ['mariella 5 wala 1 peti', ['BISC70 1 case']],
    ['moka chico 10, moka grande 5. el chico mejor 12', ['COFFEE50 12 null', 'COFFEE200 5 null']],
    ['maida 10 kg', ['FLOUR 10 each']],
    ['sunny ki tikiya 2 darjan', ['BAR 24 each']],
    ['una docena de cajas de orea', ['OREA 12 case']],
    ['uma dúzia de caixas de orea', ['OREA 12 case']],
    ['kola 3 cajas a 4.50 y orea 20 a 0.9', ['COLA 3 case', 'OREA 20 null']],
    ['3 cartons de kola à 4 000 et 20 orea', ['COLA 3 case', 'OREA 20 null']],
    ['3 cartons de kola à 1 500 F et 20 orea', ['COLA 3 case', 'OREA 20 null']],
    ['3 cartons de kola à 500 F', ['COLA 3 case']],
    ['3 caixas de kola a 1500 e 20 orea', ['COLA 3 case', 'OREA 20 null']],
    ['4 costales de papa, uno de cebolla', ['POTATO 4 sack', 'ONION 1 sack']],
    ['orea wali jo 24 ki peti aati hai 2 bhejo', ['OREA 2 case'], 'hi-Latn'],
  ])('is told by a number or a unit: %s', (text, lines, language?: string) => {
    expect(read(text, [], language)).toMatchObject({ lines, asked: [] });
  });

  it('is told by a heading on a line of its own', () => {
    const soap = buildCatalogueIndex([
      product('ROSE', 'Rosella Soap', { each: 1, case: 72 }, ['rosella']),
      product('DETSOAP', 'Detto Soap', { each: 1, case: 72 }, []),
      product('DETLIQ', 'Detto Liquid', { each: 1, case: 24 }, []),
    ]);
    const state = { cart: [], lastOrder: null, pending: null, usual: [] };
    const { lines, clarify } = parse('Soap\nrosella 2 box\ndetto 1 dozen', { index: soap, state });
    expect(lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['ROSE', 2],
      ['DETSOAP', 12],
    ]);
    expect(clarify).toEqual([]);
    expect(parse('Soap\ndetto liquid 1', { index: soap, state }).clarify).toHaveLength(1);
  });
});

describe('more and less of what the cart holds', () => {
  const cart = [{ sku: 'COLA', quantity: 5, unit: 'case' }];
  it.each([
    ['bájale a la kola 2', 'change', ['COLA 3 case']],
    ['bájale 2 a la kola', 'change', ['COLA 3 case']],
    ['a la kola bájale una', 'change', ['COLA 4 case']],
    ['una caja menos de kola', 'change', ['COLA 4 case']],
    ['kola dos cajas menos', 'change', ['COLA 3 case']],
    ['kola 1 peti kam', 'change', ['COLA 4 case']],
    ['kola 7 cajas por lo menos', 'add', ['COLA 7 case']],
    ['kola 7 peti kam se kam', 'add', ['COLA 7 case']],
    ['bájale a la kola a 2', 'change', ['COLA 2 null']],
    ['baja la kola a 2', 'change', ['COLA 2 null']],
    ['diminui 2 na kola', 'change', ['COLA 3 case']],
    ['diminui a kola para 2', 'change', ['COLA 2 null']],
    ['súbele 2 a la kola', 'add', ['COLA 2 null']],
    ['kola 2 badha do', 'add', ['COLA 2 null']],
    ['kola badha ke 8 kar do', 'change', ['COLA 8 null']],
    ['quita 2 botellas de kola', 'change', ['COLA 43 each']],
    ['kola 5 peti kam karke 3 kar do', 'change', ['COLA 3 case']],
    ['kola ki 5 peti me se 1 peti hata do', 'change', ['COLA 4 case']],
    ['corta a kola pela metade', 'change', ['COLA 2.5 case']],
    ['kola 5 se badha ke 8 kar do', 'change', ['COLA 8 null']],
  ])('is no new total: %s', (text, intent, lines) => {
    expect(read(text, cart)).toMatchObject({ intent, lines, asked: [] });
  });

  it.each(['cambia las 5 cajas de kola por 3 de orea', 'troca as 5 caixas de kola por 3 de orea'])(
    'is nothing of the kind in a swap of counted things: %s',
    (text) => {
      expect(read(text, cart)).toMatchObject({ intent: 'change', lines: ['COLA null null', 'OREA 3 null'] });
    },
  );

  it('is a change where "por" begins a please', () => {
    expect(read('cambia la kola a 8 por favor', cart)).toMatchObject({ intent: 'change', lines: ['COLA 8 null'] });
  });
});
