/** A pasted spreadsheet is an order by its columns: whatever their order, money, sizes and row numbers are no quantity. */
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/parser/index.ts';
import { emptyState, grocery, hardware } from './shops.ts';

const ask = (text: string, index = grocery.index) => parse(text, { index, state: emptyState() });
const read = (text: string, index = grocery.index) => {
  const { intent, lines, clarify } = ask(text, index);
  return { intent, lines: lines.map(({ sku, quantity, unit }) => [sku, quantity, unit]), asked: clarify.length };
};
const TWO = {
  intent: 'order',
  lines: [
    ['CHIPS', 5, null],
    ['BISC', 3, null],
  ],
  asked: 0,
};
const orders = [
  ['Item', 'Qty', 'Price'],
  ['Price', 'Item', 'Qty'],
  ['Qty', 'Price', 'Item'],
  ['Item', 'Price', 'Qty'],
];
const cells: Record<string, [string, string]> = {
  Item: ['Crunchy Chips', 'Mariella Biscuits'],
  Qty: ['5', '3'],
  Price: ['120', '60'],
};
const table = (headings: string[], delimiter: string): string =>
  [headings, ...[0, 1].map((row) => headings.map((heading) => cells[heading]?.[row]))]
    .map((row) => row.join(delimiter))
    .join('\n');

describe('a spreadsheet with headings', () => {
  it.each(['\t', ',', ';', ' | ', '|', ', ', '   '].flatMap((mark) => orders.map((headings) => ({ mark, headings }))))(
    'takes the quantity from its column: $headings by $mark',
    ({ mark, headings }) => {
      expect(read(table(headings, mark))).toEqual(TWO);
    },
  );

  it.each([
    'Producto\tPrecio\tCantidad',
    'Descripción\tPrecio\tCant.',
    'Produto\tPreço\tQtd',
    'Désignation\tPrix unitaire\tQté',
    'Nama Barang\tHarga\tJumlah',
    'Bidhaa\tBei\tIdadi',
    'Saman\tDaam\tMatra',
    'सामान\tदाम\tमात्रा',
    'الصنف\tالسعر\tالكمية',
    'Item Name\tUnit Price (KES)\tOrder Qty',
    'Our goods\tMRP\tQty',
  ])('knows the headings of every language: %s', (headings) => {
    expect(read(`${headings}\nCrunchy Chips\t120\t5\nMariella Biscuits\t60\t3`)).toEqual(TWO);
  });

  it('reads row numbers, sizes, units, rates and sums beside the quantity', () => {
    const text =
      'S.No\tItem\tSize\tQty\tUnit\tRate\tAmount\n1\tKola Cola\t500ml\t4\tctn\t10\t40\n2\tCrunchy Chips\t90g\t2\tpcs\t12\t24\nTotal\t\t\t6\t\t\t64';
    expect(read(text)).toEqual({
      intent: 'order',
      lines: [
        ['COLA500', 4, 'case'],
        ['CHIPS', 2, 'each'],
      ],
      asked: 0,
    });
  });

  it('counts in the unit that a heading names', () => {
    expect(read('Item\tCartons\tPieces\nCrunchy Chips\t5\t\nMariella Biscuits\t2\t7').lines).toEqual([
      ['CHIPS', 5, 'case'],
      ['BISC', 2, 'case'],
      ['BISC', 7, 'each'],
    ]);
    expect(read('Item\tQty (ctn)\nCrunchy Chips\t5').lines).toEqual([['CHIPS', 5, 'case']]);
    expect(read('Item\tQty (box)\nSandpaper\t5\nEnamel 4l\t2', hardware.index).lines).toEqual([
      ['SAND', 5, 'bundle'],
      ['PAINT4', 2, 'box'],
    ]);
  });

  it('orders only the rows of a price list that were filled in', () => {
    const text = 'No,Product,MRP,Order Qty\n1,Crunchy Chips,20,5\n2,Mariella Biscuits,10,\n3,Roselle Soap,10,0';
    expect(read(text)).toEqual({ intent: 'order', lines: [['CHIPS', 5, null]], asked: 0 });
  });

  it('keeps what stands above and below, and asks about what it cannot find', () => {
    const { lines, clarify } = ask(
      'Hello, please send\nItem\tQty\tPrice\nCrunchy Chips\t5\t10.00\nUnheard Thing\t3\t9.00\n2 sacks onion',
    );
    expect(lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['CHIPS', 5],
      ['ONION', 2],
    ]);
    expect(clarify).toMatchObject([{ kind: 'unknown_product', quantity: 3 }]);
  });

  it('asks about a quantity of less than nothing', () => {
    expect(ask('Item,Qty\nCrunchy Chips,-3').clarify).toMatchObject([{ kind: 'check_quantity', quantity: -3 }]);
  });

  it('reads cells in quotes', () => {
    expect(read('Product,Price,Quantity\n"Kola Cola, 500ml","1,200.00",5').lines).toEqual([['COLA500', 5, null]]);
  });

  it('reads headings and cells that only spaces part', () => {
    expect(read('Item Qty Price\nCrunchy Chips 5 10.00\nMariella Biscuits 3 20.00')).toEqual(TWO);
  });

  it('points into the text as it was received', () => {
    const text = 'पंक्ति: thanks\nPrice\tItem\tQty\n10.00\tCrunchy Chips\t5\nno price\tUnheard Thing\t3';
    const { lines, clarify } = ask(text);
    expect(lines.map(({ span }) => text.slice(span.start, span.end))).toEqual(['10.00\tCrunchy Chips\t5']);
    expect(clarify.map((question) => question.text)).toEqual(['no price\tUnheard Thing\t3']);
  });
});

describe('a spreadsheet without headings', () => {
  it.each([
    'Crunchy Chips\t5\t10.00\nMariella Biscuits\t3\t20.00',
    'Crunchy Chips\t10.00\t5\nMariella Biscuits\t20.00\t3',
    'Crunchy Chips\t90g\t5\t10.00\t50.00\nMariella Biscuits\t120g\t3\t20.00\t60.00',
    '1\tCrunchy Chips\t5\n2\tMariella Biscuits\t3',
    'Crunchy Chips|5|Rs 100|Rs 500\nMariella Biscuits|3|Rs 20|Rs 60',
    'Crunchy Chips;5;10,00\nMariella Biscuits;3;20,00',
    'Crunchy Chips,5,10.00\nMariella Biscuits,3,20.00',
    '890123\tCrunchy Chips\t5\n890456\tMariella Biscuits\t3',
  ])('tells the quantity from money, sizes, row numbers and codes: %j', (text) => {
    expect(read(text)).toEqual(TWO);
  });

  it.each(['Crunchy Chips,120,5\nMariella Biscuits,60,3', 'Crunchy Chips\t5\t120\nMariella Biscuits\t3\t60'])(
    'asks where two columns may be the quantity: %j',
    (text) => {
      expect(read(text)).toMatchObject({ lines: [], asked: 2 });
    },
  );

  it('lets a column that the product explains be its size', () => {
    expect(read('Kola Cola\t500\t4\nCrunchy Chips\t90\t2').lines).toEqual([
      ['COLA500', 4, null],
      ['CHIPS', 2, null],
    ]);
  });

  it.each([
    ['crunchy, 5, mariella, 3\nroselle soap, 2, five stars, 4', 4],
    ['2 ctn crunchy, 3 mariella\n5 roselle soap, 1 five stars', 4],
    ['crunchy, 5\nmariella, 3', 2],
  ])('is not seen in lines that people write: %j', (text, count) => {
    expect(read(text)).toMatchObject({ intent: 'order', asked: 0 });
    expect(ask(text).lines).toHaveLength(count);
  });

  it('is not seen in a question about prices', () => {
    expect(read('price of crunchy, mariella').intent).toBe('query');
    expect(read('price, stock?').intent).toBe('query');
  });
});
