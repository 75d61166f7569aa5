/** What stands inside an order and orders nothing: prices, addresses, and what is wanted only if something else is not. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('OIL1', 'Solara Oil 1L', { each: 1, case: 12 }, ['huile solara 1l', 'minyak solara', 'زيت سولارا 1 لتر']),
  product('OIL5', 'Solara Oil 5L', { each: 1, case: 4 }, ['huile solara 5l', 'زيت سولارا 5 لتر']),
  product('FIZZ', 'Zingo Fizz 2L', { each: 1, case: 6 }, ['zingo']),
  product('SOAP', 'Roselle Soap 100g', { each: 1, case: 72 }, ['roselle', 'रोज़ेल']),
  product('BIB', 'Waterproof Bib', { piece: 1, carton: 120 }, ['مريلة']),
]);

const read = (text: string) => {
  const result = parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [] } });
  const lines = result.lines.map(({ act, sku, quantity, unit }) => `${act} ${sku} ${quantity} ${unit}`);
  return { lines, asked: result.clarify.map(({ kind }) => kind), reasons: result.reasons };
};

describe('a price that is quoted inside an order', () => {
  it.each([
    ["huile solara 1L à 19 le carton j'en prends 5", 'add OIL1 5 case'],
    ['tambah zingo 2 dus harga 30', 'add FIZZ 2 case'],
    ['zingo 25ribu 3 dus', 'add FIZZ 3 case'],
    ['zingo 3 dus @ 25 ribu', 'add FIZZ 3 case'],
    ['زيت سولارا 5 لتر بسعر 8 عدد 10', 'add OIL5 10 null'],
    ['रोज़ेल 2 पेटी 20 के भाव से', 'add SOAP 2 case'],
    ['रोज़ेल 19 वाला 4 पेटी', 'add SOAP 4 case'],
    ['roselle 19 wala 4 peti', 'add SOAP 4 case'],
  ])('counts nothing: %s', (text, line) => {
    expect(read(text)).toMatchObject({ lines: [line], asked: [] });
  });

  it('is none where a unit follows, or where it is asked for', () => {
    expect(read('harga 2 dus zingo berapa').lines).toEqual(['ask FIZZ null null']);
    expect(read('zingo harga 2 dus').lines).not.toContain('add FIZZ null null');
  });
});

describe('the numbers of an address', () => {
  it.each([
    ['antar ke jl. Sudirman no 45 rt 03 rw 07 sebelum jam 10: zingo 2 dus', 'add FIZZ 2 case'],
    ['गली नं 4, सेक्टर 22 में रोज़ेल 2 पेटी', 'add SOAP 2 case'],
    ['كرتونين زيت سولارا 1 لتر على فرع حي السلامة شارع 14 قبل الساعة 6', 'add OIL1 2 case'],
  ])('count nothing: %s', (text, line) => {
    expect(read(text)).toMatchObject({ lines: [line], asked: [] });
  });

  it('leave alone what is counted and sold', () => {
    expect(read('deliver to main street 2 zingo').lines).toEqual(['add FIZZ 2 null']);
  });
});

describe('what is wanted only where something else is not to be had', () => {
  it.each([
    'zingo 2 ctn, if not roselle 5',
    'zingo 2 cajas, si no hay roselle 5',
    'zingo 2 caixas, se não tiver roselle 5',
    'zingo 2 cartons sinon roselle 5',
    'zingo ho to 2 peti, nahi to roselle 5',
    'zingo 2 dus, kalo ga ada, roselle 5',
    'kama kuna zingo katoni 2, kama hakuna roselle 5',
  ])('is not ordered as well: %s', (text) => {
    expect(read(text)).toMatchObject({ lines: ['add FIZZ 2 case'], asked: [], reasons: ['left_out'] });
  });

  it('is ordered behind a question, and what is said further on stays', () => {
    expect(read('is there any solara? if not roselle 5').lines).toContain('add SOAP 5 null');
    expect(read('zingo 2 dus, kalo ga ada, roselle 5, minyak solara 1l 3').lines).toEqual([
      'add FIZZ 2 case',
      'add OIL1 3 null',
    ]);
  });
});

describe('what is asked about together', () => {
  it.each(['roselle and zingo in stock?', 'roselle और zingo स्टॉक में है क्या?'])('is asked about all of it: %s', (text) => {
    expect(read(text)).toMatchObject({ lines: ['ask SOAP null null', 'ask FIZZ null null'], asked: [] });
  });
});

describe('a word with a slip or an ending', () => {
  it.each([
    ['3 catons de roselle', 'add SOAP 3 case'],
    ['2 craets zingo', 'add FIZZ 2 case'],
    ['ومريلتين', 'add BIB 2 null'],
    ['٥ مريلتين', 'add BIB 5 null'],
  ])('counts as it is meant: %s', (text, line) => {
    expect(read(text)).toMatchObject({ lines: [line], asked: [] });
  });
});

it('asks about a thing that is not sold, though one of its words is talk', () => {
  expect(read('2 كرسي سيارة و 3 مريلة')).toMatchObject({ lines: ['add BIB 3 null'], asked: ['unknown_product'] });
});

it('takes the numbers of a list with dashes for what they are', () => {
  expect(read('1- roselle 12 pcs\n2- zingo 6\n3- مريلة 4').lines).toEqual([
    'add SOAP 12 each',
    'add FIZZ 6 null',
    'add BIB 4 null',
  ]);
});
