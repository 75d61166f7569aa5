/** Finding a product however it is typed, and reading a line without any catalogue. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type ParserProduct, parse, parseLine, search } from '../../src/parser/index.ts';
import { emptyState, shops } from './shops.ts';

describe.each(shops)('the $trade shop', (shop) => {
  const best = (text: string): string | undefined => search(shop.index, text, { limit: 5 })[0]?.sku;

  it('finds every product by name, by SKU order and by alias', () => {
    for (const product of shop.products) {
      for (const text of [
        product.name,
        product.name.toUpperCase(),
        product.name.split(' ').reverse().join(' '),
        ...product.aliases,
      ]) {
        expect([text, best(text)]).toEqual([text, product.sku]);
      }
    }
  });

  it('finds products by words with slips', () => {
    for (const plain of [shop.a, shop.b, shop.c, shop.numbered, shop.joined, shop.loose]) {
      expect([plain.typo, best(plain.typo)]).toEqual([plain.typo, plain.sku]);
    }
  });

  it('tells sizes of one family apart however they are written', () => {
    for (const product of [shop.family.small, shop.family.large]) {
      for (const size of product.spelled) expect(best(`${shop.family.word} ${size}`)).toBe(product.sku);
    }
  });

  it('scores from 0 to 1, best first, and never more than asked for', () => {
    const hits = search(shop.index, shop.family.word, { limit: 1 });
    expect(hits).toHaveLength(1);
    expect(hits[0]?.score).toBeGreaterThan(0);
    expect(hits[0]?.score).toBeLessThanOrEqual(1);
    expect(search(shop.index, 'zzz qqq', { limit: 5 })).toEqual([]);
    expect(search(shop.index, '', { limit: 5 })).toEqual([]);
  });
});

describe('an odd catalogue', () => {
  const bare = (sku: string, name: string, more: Partial<ParserProduct> = {}): ParserProduct => ({
    sku,
    name,
    units: { each: 1 },
    defaultUnit: 'each',
    aliases: [],
    ...more,
  });
  const read = (products: ParserProduct[], text: string) =>
    parse(text, { index: buildCatalogueIndex(products), state: emptyState() }).lines.map((line) => [
      line.sku,
      line.quantity,
      line.unit,
    ]);

  it('may be empty, or hold nameless products', () => {
    expect(read([], '2 ctn rice')).toEqual([]);
    expect(read([bare('X', ''), bare('Y', '???', { units: {} })], '2 ctn rice')).toEqual([]);
  });

  it('may name products with words of the language', () => {
    const products = [
      bare('GD', 'Good Day'),
      bare('ALL', 'All Gold Sauce'),
      bare('SEVEN', '7Up 300ml'),
      bare('ONE', 'One Step Polish'),
    ];
    expect(read(products, '3 good day')).toEqual([['GD', 3, null]]);
    expect(read(products, 'all gold 4')).toEqual([['ALL', 4, null]]);
    expect(read(products, '7up 2, 5 7 up')).toEqual([
      ['SEVEN', 2, null],
      ['SEVEN', 5, null],
    ]);
    expect(read(products, '2 one step polish')).toEqual([['ONE', 2, null]]);
  });

  it('may use unit names that no language knows', () => {
    const units = { tolva: 1, jaula: 12 };
    const products = [
      bare('A', 'Blue Widget', { units, defaultUnit: 'tolva' }),
      bare('B', 'Red Widget', { units, defaultUnit: 'tolva' }),
    ];
    expect(read(products, '2 jaulas blue widget, red widget 3 tolvas')).toEqual([
      ['A', 2, 'jaula'],
      ['B', 3, 'tolva'],
    ]);
    expect(read(products, '2 ctn blue widget, red widget 3 pcs')).toEqual([
      ['A', 2, 'jaula'],
      ['B', 3, 'tolva'],
    ]);
  });

  it('may call its units like things every object has', () => {
    expect(read([bare('A', 'Blue Widget')], '2 constructor blue widget')).toEqual([]);
    expect(read([bare('A', 'constructor prototype')], '2 constructor prototype')).toEqual([['A', 2, null]]);
  });
});

describe('a line without a catalogue', () => {
  it.each([
    ['2 cups rice, rinsed', 2, 'cups', 'rice'],
    ['1½ tbsp. oil', 1.5, 'tbsp', 'oil'],
    ['200g/7oz flour', 200, 'g', 'flour'],
    ['5 large eggs', 5, '', 'eggs'],
    ['half a dozen nails', 0.5, 'dozen', 'nails'],
    ['salt', null, '', 'salt'],
    ['Sugar 2 cups (400 grams)', 2, 'cups', 'Sugar'],
    ['zest of 1 lemon', 1, '', 'lemon'],
    ['4 garlic cloves, peeled', 4, 'cloves', 'garlic'],
    ['3 cloves garlic', 3, 'cloves', 'garlic'],
    ['20 cloves', 20, '', 'cloves'],
    ['18 fresh basil leaves', 18, '', 'fresh basil leaves'],
    ['', null, '', ''],
  ])('reads %s', (text, quantity, unit, name) => {
    expect(parseLine(text)).toEqual({ quantity, unit, name });
  });

  it('keeps both ends of a range', () => {
    expect(parseLine('2-3 tins paint')).toEqual({ quantity: [2, 3], unit: 'tins', name: 'paint' });
  });
});
