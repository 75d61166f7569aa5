/** Promises for every language's words and for any text at all, tried on made-up messages. A failing run prints its seed. */

import { describe, expect, it } from 'vitest';
import { parse, parseLine } from '../../src/parser/index.ts';
import type { LanguageTable } from '../../src/parser/language-table.ts';
import { languageTables } from '../../src/parser/languages/index.ts';
import fc from '../support/properties.ts';
import { emptyState, grocery, type Shop, shops } from './shops.ts';

const wordsOf = (list: string | undefined): string[] => (list ?? '').split(' ').filter((word) => word !== '');

/** Words of a language for a carton or what else holds many, and its whole numbers from two on that are one word. */
function saysOf(table: LanguageTable) {
  // A pack is a packet as often as a carton, by what the product is sold in.
  const outer = Object.entries(table.units).filter(([name, { classes }]) => classes[0] === 'outer' && name !== 'pack');
  const cartons = outer.flatMap(([, { words }]) => wordsOf(words));
  const numbers = Object.entries(table.numbers ?? {}).filter(
    ([word, value]) => Number.isInteger(value) && value > 1 && value < 100 && !word.includes(' '),
  );
  return { cartons, numbers };
}

function wordsOfAll(): string[] {
  const words = new Set<string>();
  for (const table of languageTables) {
    for (const unit of Object.values(table.units ?? {})) for (const word of wordsOf(unit.words)) words.add(word);
    for (const word of Object.keys(table.numbers ?? {})) words.add(word);
    for (const list of [table.joins, table.fillers, table.chatter]) for (const word of wordsOf(list)) words.add(word);
    for (const phrases of Object.values(table.phrases ?? {})) {
      for (const phrase of [phrases].flat()) words.add(String(phrase).replace(/[()|?*]/g, ' '));
    }
  }
  return [...words];
}

describe.each(languageTables.map((table) => [table.code, table] as const))('a cart written in %s', (code, table) => {
  const { cartons, numbers } = saysOf(table);
  const sayable = (shop: Shop) => [shop.a, shop.b, shop.c];
  const count = fc.oneof(
    fc.integer({ min: 1, max: 400 }).map((value) => ({ text: String(value), value })),
    ...(numbers.length > 0 ? [fc.constantFrom(...numbers).map(([text, value]) => ({ text, value }))] : []),
  );

  it.each(shops)('is read back in the $trade shop', (shop) => {
    const line = fc.record({
      product: fc.constantFrom(...sayable(shop)),
      count,
      carton: fc.constantFrom(...cartons),
      write: fc.constantFrom(
        (name: string, said: string) => `${said} ${name}`,
        (name: string, said: string) => `${name} - ${said}`,
        (name: string, said: string) => `${name} ${said}`,
      ),
    });
    const cart = fc.uniqueArray(line, { minLength: 1, maxLength: 3, selector: ({ product }) => product.sku });
    fc.assert(
      fc.property(cart, fc.constantFrom('\n', ', '), (lines, separator) => {
        const text = lines
          .map(({ product, count: said, carton, write }) => write(product.say, `${said.text} ${carton}`))
          .join(separator);
        const result = parse(text, { index: shop.index, state: emptyState(), language: code });
        const read = result.lines.map(({ sku, quantity, unit }) => [sku, quantity, unit]);
        expect([text, read, result.clarify]).toEqual([
          text,
          lines.map(({ product, count: said }) => [product.sku, said.value, product.outer]),
          [],
        ]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc
      .array(fc.constantFrom(...wordsOfAll(), '2', '3.5', 'kola', 'crunchy', ',', '\n', '?', '-'), { maxLength: 16 })
      .map((list) => list.join(' ')),
  );
  const anyLanguage = fc.constantFrom(undefined, 'xx', '', ...languageTables.map(({ code }) => code));

  it('never throws, whatever the language, and every line is sound', () => {
    fc.assert(
      fc.property(anyText, anyLanguage, (text, language) => {
        parseLine(text);
        for (const { quantity, unit, sku } of parse(text, { index: grocery.index, state: emptyState(), language })
          .lines) {
          const units = grocery.products.find((product) => product.sku === sku)?.units;
          expect(units).toBeDefined();
          if (unit !== null) expect(Object.keys(units ?? {})).toContain(unit);
          if (quantity !== null) expect(quantity > 0 && quantity <= 10_000).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is read in time that grows with its length, not with its square', () => {
    const spent = (text: string): number => {
      const runs = [0, 1, 2].map(() => {
        const before = process.cpuUsage();
        parse(text, { index: grocery.index, state: emptyState() });
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      });
      return Math.min(...runs);
    };
    const pattern = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
      fc
        .array(fc.constantFrom(...wordsOfAll(), '2', '1/', ',', 'kola ', '&', "'", '.'), { minLength: 1, maxLength: 4 })
        .map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(pattern, fc.constantFrom('', ' '), (piece, gap) => {
        const text = (length: number): string =>
          `${piece}${gap}`.repeat(Math.ceil(length / piece.length)).slice(0, length);
        const [short, long] = [spent(text(512)), spent(text(4096))];
        // Eight times the length: eight times the time if it is linear, sixty-four if it is not.
        expect([piece, long < 24 * short + 40]).toEqual([piece, true]);
      }),
      { numRuns: 60 },
    );
  });
});
