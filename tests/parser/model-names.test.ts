/** Names that look like something else: digits of a model, everyday words, and lists that hold more than lines. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('LCD12', 'LCD Samsung A12', { piece: 1, box: 10 }, ['kioo cha a12']),
  product('LCD13', 'LCD Samsung A13', { piece: 1, box: 10 }, ['kioo cha a13']),
  product('LCD7', 'LCD Tecno Spark 7', { piece: 1 }),
  product('CAP100', 'Capacitor 100uF 25V', { piece: 1, pack: 50 }),
  product('CAP1000', 'Capacitor 1000uF 25V', { piece: 1, pack: 50 }),
  product('TRAY', 'SIM Tray', { piece: 1, pack: 10 }, ['laci sim']),
  product('CAN', 'Calcium Ammonium Nitrate', { bag: 1 }, ['can']),
  product('KCL', 'Potassium Chloride', { bag: 1 }, ['kcl']),
  product('DAP', 'DAP Fertiliser 25kg', { bag: 1 }),
  product('UREA', 'Urea Fertiliser 50kg', { bag: 1 }),
  product('GLY1', 'Roundup Herbicide 1L', { bottle: 1, carton: 12 }),
  product('GLY5', 'Roundup Herbicide 5L', { bottle: 1, carton: 4 }),
  product('HOE', 'Digging Hoe', { piece: 1, bundle: 6 }, ['jembe', 'cangkul']),
  product('SICKLE', 'Sickle', { piece: 1, box: 24 }, ['mundu', 'arit']),
  product('GLOVES', 'Rubber Gloves', { pair: 1, box: 12 }, ['glavu']),
]);

const read = (text: string, cart: OrderLine[] = []) => {
  const { lines, clarify } = parse(text, { index, state: { cart, lastOrder: null, pending: null, usual: [] } });
  return { lines: lines.map(({ act, sku, quantity, unit }) => [act, sku, quantity, unit].join(' ')), asked: clarify };
};

describe('the digits of a model', () => {
  const cart = [{ sku: 'LCD12', quantity: 5, unit: 'piece' }];

  it.each(['lcd a13 instead of a12', 'weka kioo cha a13 badala ya a12', 'swap a12 for a13'])(
    'count nothing: %s',
    (text) => {
      expect(read(text, cart).lines).toEqual(['remove LCD12  ', 'set LCD13 5 piece']);
    },
  );

  it('name a product of the cart by themselves', () => {
    expect(read('toa a12', cart).lines).toEqual(['remove LCD12  ']);
  });

  it.each(['lcd a14 3 pcs', 'capacitor 470uf 3 pcs'])('are not the quantity of what is not sold: %s', (text) => {
    const { lines, asked } = read(text);
    expect(lines).toEqual([]);
    expect(asked.map((one) => ('quantity' in one ? one.quantity : null))).toEqual([3]);
  });

  it('are no slip of other digits', () => {
    expect(read('capacitor 100uf 1 pack, capacitor 1000uf 2 pack').lines).toEqual([
      'add CAP100 1 pack',
      'add CAP1000 2 pack',
    ]);
  });

  it('stand apart from a count behind its unit', () => {
    expect(read('LCD spark 7 = pcs 4').lines).toEqual(['add LCD7 4 piece']);
  });
});

describe('an everyday word that the shop calls a product', () => {
  it.each([
    ['dap 25kg x 4, kcl 2 sak', ['add DAP 4 ', 'add KCL 2 bag']],
    ['urea 50kg = 20\nkcl = 3 sak', ['add UREA 20 ', 'add KCL 3 bag']],
    ['urea mifuko kumi na can mifuko mitano', ['add UREA 10 bag', 'add CAN 5 bag']],
    ['can i get 5 bags urea', ['add UREA 5 bag']],
  ])('is that product where a count touches it: %s', (text, lines) => {
    expect(read(text)).toEqual({ lines, asked: [] });
  });
});

describe('a quantity', () => {
  it.each([
    ['gloves pair 12', ['add GLOVES 12 pair']],
    ['sickle dozen 2', ['add SICKLE 24 piece']],
    ['urea 10 (ten) bags', ['add UREA 10 bag']],
    ['urea sepuluh(10) sak', ['add UREA 10 bag']],
    ['jembe na mundu sita sita', ['add HOE 6 ', 'add SICKLE 6 ']],
    ['10 bags urea / 5 bags dap / 2 hoe', ['add UREA 10 bag', 'add DAP 5 bag', 'add HOE 2 ']],
    ['urea 10 sak pak', ['add UREA 10 bag']],
    ['minta laci sim 10 dulu pak', ['add TRAY 10 ']],
    ['urea 10 bags @ 250.000 = 2.500.000', ['add UREA 10 bag']],
    ['mau nambah stok nih urea 10 sak', ['add UREA 10 bag']],
    ['laci sim 10 jangan telat pak', ['add TRAY 10 ']],
  ])('is read from %s', (text, lines) => {
    expect(read(text)).toEqual({ lines, asked: [] });
  });
});

describe('a list', () => {
  it('is asked nothing about its headings and its sum', () => {
    const text = 'Fertiliser:\n- urea 50kg 10\n- dap 5\nTools:\n- hoe 4\n- sickle 3\nTotal: 22 pcs';
    expect(read(text)).toEqual({ lines: ['add UREA 10 ', 'add DAP 5 ', 'add HOE 4 ', 'add SICKLE 3 '], asked: [] });
  });

  it.each(['no olvides hoe 6', 'não esqueça hoe 6', 'usisahau hoe 6', 'jangan lupa hoe 6', "don't forget hoe 6"])(
    'holds what shall not be forgotten: %s',
    (text) => {
      expect(read(text)).toEqual({ lines: ['add HOE 6 '], asked: [] });
    },
  );

  it('answers which one was asked about', () => {
    expect(read('is roundup available? if yes send 4 of 1l')).toEqual({ lines: ['add GLY1 4 '], asked: [] });
  });
});
