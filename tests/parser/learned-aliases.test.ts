/** What one shop calls its products, learned from its own choices, on two trades. */

import { describe, expect, it, test } from 'vitest';
import {
  buildCatalogueIndex,
  type LearnedAlias,
  type ParserProduct,
  type ParserState,
  parse,
} from '../../src/parser/index.ts';
import fc from '../support/properties.ts';
import { emptyState, grocery, type Shop, shops } from './shops.ts';

function read(shop: Shop, text: string, learned: LearnedAlias[] = [], state: Partial<ParserState> = {}) {
  return parse(text, { index: shop.index, state: emptyState(state), learned });
}

/** The words that a choice among the candidates of the question teaches. */
function taughtBy(shop: Shop, text: string): string | null {
  const [question] = read(shop, text).clarify;
  expect(question, `a question to "${text}"`).toBeDefined();
  return question?.words ?? null;
}

describe.each(shops)('in the $trade shop', (shop) => {
  const { family, a, b, loose } = shop;
  const learned = [{ words: family.word, sku: family.large.sku }];

  it('the words of a question are what names the product, without quantity and unit', () => {
    for (const says of [
      `10 ${family.word}`,
      `${family.word} 10 ctn`,
      `please send 10 ctn ${family.word}`,
      `${family.word.toUpperCase()} x 10`,
    ])
      expect([says, taughtBy(shop, says)]).toEqual([says, family.word]);
  });

  it.each(['5 WORD', '5 ctn WORD', 'WORD 5 ctn', 'WORD x 5', 'please send 5 ctn WORD'])(
    'a learned word decides where the catalogue asks: %s',
    (pattern) => {
      const says = pattern.replace('WORD', family.word);
      expect(read(shop, says).clarify).toMatchObject([{ kind: 'product' }]);
      const { lines, clarify } = read(shop, says, learned);
      expect(clarify).toEqual([]);
      const unit = pattern.includes('ctn') ? 'ctn' : null;
      expect(lines).toMatchObject([{ sku: family.large.sku, quantity: 5, words: family.word }]);
      expect(lines[0]?.reasons).toEqual(['learned_alias']);
      expect(lines[0]?.unit === null).toBe(unit === null);
    },
  );

  it('a mistyped learned word decides too, and is a little less sure', () => {
    const exact = read(shop, `5 ${family.word}`, learned).lines[0];
    const [line] = read(shop, `5 ${family.typo}`, learned).lines;
    expect(line).toMatchObject({ sku: family.large.sku, quantity: 5, reasons: ['learned_alias'] });
    expect(line?.confidence).toBeLessThan(exact?.confidence ?? 0);
  });

  it('without a quantity it is asked for, and only that', () => {
    const { clarify } = read(shop, family.word, learned);
    expect(clarify).toMatchObject([{ kind: 'quantity', candidates: [family.large.sku], words: family.word }]);
  });

  it('a size that the learned product does not have is read by the catalogue', () => {
    const { lines } = read(shop, `5 ${family.small.full}`, learned);
    expect(lines).toMatchObject([{ sku: family.small.sku, quantity: 5 }]);
    expect(lines[0]?.reasons).not.toContain('learned_alias');
  });

  it('words that the catalogue does not know at all are learned and found', () => {
    const words = 'zarbu quint';
    const { lines } = read(shop, `3 ${words}, 2 ${a.say}`, [{ words, sku: b.sku }]);
    expect(lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      [b.sku, 3],
      [a.sku, 2],
    ]);
    expect(read(shop, `3 quint zarbu`, [{ words, sku: b.sku }]).lines).toMatchObject([{ sku: b.sku }]);
    expect(read(shop, `3 zarbuquint`, [{ words, sku: b.sku }]).lines).toMatchObject([{ sku: b.sku }]);
    expect(read(shop, `3 zarbo quint`, [{ words, sku: b.sku }]).lines).toMatchObject([{ sku: b.sku }]);
  });

  it('a number of the name is not the quantity, wherever the quantity stands', () => {
    const alias = [{ words: 'zarbu 25', sku: b.sku }];
    for (const says of ['10 zarbu 25', 'zarbu 25 x 10', '10 ctn zarbu 25', 'zarbu 25 10 ctn', 'zarbu 25 - 10 ctn'])
      expect([says, read(shop, says, alias).lines.map(({ sku, quantity }) => [sku, quantity])]).toEqual([
        says,
        [[b.sku, 10]],
      ]);
    expect(read(shop, 'zarbu 25', alias).clarify).toMatchObject([{ kind: 'quantity', candidates: [b.sku] }]);
    // Marked as a quantity it is one, and the name is another than the one that was learned.
    expect(read(shop, 'zarbu 25 ctn', alias).lines).toEqual([]);
    expect(read(shop, '10 zarbu 26', alias).lines).toEqual([]);
  });

  it('never beats an exact name or alias of the catalogue', () => {
    for (const says of [a.say, b.say, loose.say]) {
      const other = says === a.say ? b.sku : a.sku;
      const without = read(shop, `4 ${says}`);
      expect(read(shop, `4 ${says}`, [{ words: says, sku: other }])).toEqual(without);
      expect(without.lines).toHaveLength(1);
    }
  });

  it('a slip of a learned word never beats what the catalogue reads out of it', () => {
    const nearA = `${a.say.slice(0, -1)}q`;
    expect(read(shop, `4 ${a.typo}`, [{ words: nearA, sku: b.sku }])).toEqual(read(shop, `4 ${a.typo}`));
  });

  it('a product that is gone changes nothing', () => {
    const gone = [{ words: family.word, sku: 'GONE' }];
    expect(read(shop, `5 ${family.word}`, gone)).toEqual(read(shop, `5 ${family.word}`));
  });

  it('edits of the cart know the learned name', () => {
    const alias = [{ words: 'zarbu', sku: b.sku }];
    const state = { cart: [a, b].map(({ sku }) => ({ sku, quantity: 2, unit: null })) };
    expect(read(shop, 'remove zarbu', alias, state).lines).toMatchObject([{ act: 'remove', sku: b.sku }]);
    expect(read(shop, 'change zarbu to 5', alias, state).lines).toMatchObject([
      { act: 'set', sku: b.sku, quantity: 5 },
    ]);
    expect(read(shop, 'price of zarbu', alias, state)).toMatchObject({
      intent: 'query',
      lines: [{ act: 'ask', sku: b.sku }],
    });
  });

  it('two learned names that are equally near to a slip decide nothing', () => {
    const alias = [
      { words: 'zarbum', sku: a.sku },
      { words: 'zarbun', sku: b.sku },
    ];
    expect(read(shop, '3 zarbuk', alias).lines).toEqual([]);
  });

  it('odd aliases break nothing', () => {
    const odd = ['', ' ', '25', '__proto__', 'constructor', 'x'.repeat(500), 'a '.repeat(300)].map((words) => ({
      words,
      sku: a.sku,
    }));
    for (const says of [`5 ${family.word}`, '25', '5 __proto__', '5 constructor', 'hello', ''])
      expect(read(shop, says, [...odd, { words: family.word, sku: 'GONE' }])).toMatchObject(
        says.includes('constructor') || says.includes('proto') ? {} : read(shop, says),
      );
  });
});

describe('words to learn', () => {
  const product = (sku: string, name: string, units: Record<string, number>): ParserProduct => ({
    sku,
    name,
    units,
    defaultUnit: Object.keys(units)[0] ?? 'each',
    aliases: [],
  });
  const index = buildCatalogueIndex([
    product('SONA25', 'Sona Masoori 25kg', { bag: 1 }),
    product('SILKY25', 'Sona Silky 25kg', { bag: 1 }),
    product('SONA10', 'Sona Masoori 10kg', { bag: 1 }),
    product('ONION', 'Onion Nashik', { kg: 1, sack: 50 }),
    product('ONION2', 'Onion Lasalgaon', { kg: 1, sack: 50 }),
    product('FIZZCAN', 'Fizz Can 330ml', { each: 1, case: 24 }),
    product('FIZZLCAN', 'Fizz Lite Can 330ml', { each: 1, case: 24 }),
    product('FIZZ', 'Fizz Bottle 500ml', { each: 1, case: 24 }),
    product('FIZZL', 'Fizz Bottle Lite 500ml', { each: 1, case: 24 }),
    product('OIL', 'Gemini Oil 15l', { tin: 1 }),
    product('OIL2', 'Fortune Oil 15l', { tin: 1 }),
  ]);

  test.each([
    ['5 sona', 'sona', 'a name'],
    ['10 bags of Sona 25 kgs pls', 'sona 25kg', 'a size that one of the products has'],
    ['10 oil 15', 'oil 15', 'a number that is not the quantity'],
    ['10 sona 25', null, 'nothing where either number may be the quantity'],
    ['sona 25kg - 10', 'sona 25kg', 'the quantity behind it'],
    ['20kg onion', 'onion', 'no amount of loose goods'],
    ['2 sacks onion', 'onion', 'no unit'],
    ['2 bottle fizz', 'bottle fizz', 'a unit that the products are called by'],
    ['5 sona 30kg', null, 'nothing where another size was only taken instead'],
  ])('"%s" teaches %j: %s', (says, words, _) => {
    const { clarify } = parse(says, { index, state: emptyState() });
    expect(clarify).toMatchObject([{ kind: expect.stringMatching(/product/) }]);
    expect(clarify[0]?.words ?? null).toBe(words);
    if (words === null) return;
    // And what was taught is what the same message says the next time.
    for (const sku of clarify[0]?.candidates ?? []) {
      const { lines } = parse(says, { index, state: emptyState(), learned: [{ words, sku }] });
      expect(lines).toMatchObject([{ sku, words, reasons: ['learned_alias'] }]);
      expect(lines[0]?.quantity).toBe(Number(/^\d+/.exec(says)?.[0] ?? 10));
    }
  });

  it('a unit that the learned product is not sold by may mean another product', () => {
    const learned = [{ words: 'sona', sku: 'SONA25' }];
    expect(parse('2 cases sona', { index, state: emptyState(), learned }).lines).toEqual([]);
    expect(parse('2 bags sona', { index, state: emptyState(), learned }).lines).toMatchObject([{ sku: 'SONA25' }]);
  });
});

test('any text with any aliases is read, and without a match as if there were none', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.constantFrom('5 kola', 'zarbu 25 x 3', '3 zarbo'),
  );
  const alias = fc.record({
    words: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom('kola', 'zarbu 25', 'zarbu', '25')),
    sku: fc.constantFrom('COLA2L', 'CHIPS', 'GONE'),
  });
  fc.assert(
    fc.property(text, fc.array(alias, { maxLength: 8 }), (says, learned) => {
      const result = read(grocery, says, learned);
      expect(read(grocery, says, learned)).toEqual(result);
      const known = new Set(learned.map(({ words }) => words));
      const decided = result.lines.filter(({ reasons }) => reasons?.includes('learned_alias'));
      for (const { words, sku } of decided) {
        expect(known.has(words ?? '')).toBe(true);
        expect(learned).toContainEqual({ words, sku });
      }
      const used = decided.length + result.clarify.filter(({ words }) => words !== undefined).length;
      if (used === 0) expect(result).toEqual(read(grocery, says));
    }),
    { numRuns: 500 },
  );
});

test('more mistyped lines than any order has are not all compared', () => {
  const text = Array.from({ length: 400 }, () => '3 zarbo quinta').join('\n');
  const { lines } = read(grocery, text, [{ words: 'zarbu quint', sku: 'CHIPS' }]);
  expect(lines).toHaveLength(300);
});

test('an overlay of 200 aliases costs some readings of a message, not an index', () => {
  const learned = Array.from({ length: 200 }, (_, n) => ({ words: `word${n} other ${n}`, sku: 'COLA2L' }));
  const says = '5 koola\n3 crunchy\nzarbu 4 ctn';
  const spent = (aliases: LearnedAlias[]): number => {
    const before = process.cpuUsage();
    for (let n = 0; n < 20; n++) read(grocery, says, aliases);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  // Side by side, as processor time and the least of many: whatever else the machine does falls on both.
  const rounds = Array.from({ length: 20 }, () => ({ without: spent([]), with200: spent(learned) }));
  const least = (of: 'without' | 'with200'): number => Math.min(...rounds.map((round) => round[of]));
  expect(least('with200')).toBeLessThan(10 * least('without'));
});
