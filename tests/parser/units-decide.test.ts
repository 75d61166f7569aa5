/** The unit word is evidence: for what is sold by it, and for the number before it. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type ParserProduct, parse } from '../../src/parser/index.ts';
import { emptyState, shops } from './shops.ts';

const product = (sku: string, name: string, units: Record<string, number>, aliases: string[] = []): ParserProduct => ({
  sku,
  name,
  units,
  defaultUnit: Object.keys(units)[0] ?? '',
  aliases,
});
const yard = buildCatalogueIndex([
  product('SHEET2', 'Corrugated Iron Sheet 2m', { sheet: 1, bundle: 20 }),
  product('SHEET3', 'Corrugated Iron Sheet 3m', { sheet: 1, bundle: 20 }),
  product('RIDGE', 'Ridge Cap 2m', { piece: 1 }, ['nok seng']),
  product('SYRUP', 'Zoltan Syrup', { bottle: 1, carton: 24 }),
  product('TABS', 'Zoltan Tablets', { strip: 1, box: 10 }),
  product('ROPE', 'Manila Rope', { roll: 1 }),
  product('ROPEKG', 'Manila Twine', { kg: 1 }, ['manila']),
  product('HOUSE', 'Premium Long Grain', { sack: 1 }, ['mchele']),
  product('RICE', 'Rice', { kg: 1, sack: 25 }),
]);
const read = (text: string, language = 'en', index = yard) => {
  const { lines, clarify } = parse(text, { index, state: emptyState(), language });
  return {
    lines: lines.map(({ sku, quantity, unit }) => [sku, quantity, unit]),
    asked: clarify.map(({ kind, candidates }) => [kind, [...candidates].sort()]),
  };
};

describe('of two products that the words fit alike', () => {
  it('the one that is sold in the unit wins', () => {
    expect(read('zoltan 10 strips').lines).toEqual([['TABS', 10, 'strip']]);
    expect(read('zoltan 10 bottles').lines).toEqual([['SYRUP', 10, 'bottle']]);
    expect(read('zoltan 10').asked).toEqual([['product', ['SYRUP', 'TABS']]]);
  });

  it('those that are sold in the unit are meant, also where only the meaning of the word fits them', () => {
    expect(read('seng 2m 15 lembar', 'id').lines).toEqual([['SHEET2', 15, 'sheet']]);
    expect(read('seng 5 lembar', 'id').asked).toEqual([['product', ['SHEET2', 'SHEET3']]]);
    expect(read('nok seng 5', 'id').lines).toEqual([['RIDGE', 5, null]]);
  });

  it('an alias of the shop beats a name that means the same in another language', () => {
    expect(read('mchele 2 sacks', 'sw').lines).toEqual([['HOUSE', 2, 'sack']]);
    expect(read('rice 2 sacks').lines).toEqual([['RICE', 2, 'sack']]);
  });
});

describe.each(shops)('a number that is a pack size, in the $trade shop', (shop) => {
  const { family, a } = shop;
  const bare = (size: string): string => /^\d+/.exec(size)?.[0] ?? '';

  it.each([family.small, family.large])('is the quantity beside a unit: $size', ({ size }) => {
    const count = Number(bare(size));
    for (const text of [`${family.word} ${count} ctn`, `${count} ctn ${family.word}`]) {
      const { lines, clarify } = parse(text, { index: shop.index, state: emptyState() });
      expect([text, lines]).toEqual([text, []]);
      const candidates = [family.small.sku, family.large.sku];
      expect(clarify).toMatchObject([{ kind: 'product', quantity: count, unit: a.outer }]);
      expect([...(clarify[0]?.candidates ?? [])].sort()).toEqual(candidates.sort());
    }
  });

  it.each([family.small, family.large])('is the size when another number has the unit: $size', ({ sku, size }) => {
    const text = `${family.word} ${bare(size)} 7 ctn`;
    const { lines } = parse(text, { index: shop.index, state: emptyState() });
    expect([text, lines.map((line) => [line.sku, line.quantity, line.unit])]).toEqual([text, [[sku, 7, a.outer]]]);
  });
});
