/**
 * Retailers send our own proposal back, as it is or with a figure changed. Random carts of three trades, written by
 * the real proposal in every language, are the same cart again when they are read.
 */

import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../scripts/parser-sets/sets.ts';
import { propose } from '../../src/conversation/proposal.ts';
import { sceneOf } from '../../src/conversation/scene.ts';
import { initialState } from '../../src/conversation/state.ts';
import { CATALOGUES } from '../../src/conversation/texts/index.ts';
import type { CartLine, Facts } from '../../src/conversation/types.ts';
import { type ParsedLine, parse } from '../../src/parser/index.ts';
import fc from '../support/properties.ts';
import { ACCOUNT, factsFor, product } from './shop.ts';

const NOTHING = { cart: [], lastOrder: null, pending: null, usual: [] };

const shops = ['wholesale/catalogue.json', 'hardware.json', 'pharmacy.json'].map((name) => {
  const products = readCatalogue(name).map((one) =>
    product({ ...one, size: one.size ?? null, aliases: [...(one.aliases ?? [])], eachMinor: 1850n }),
  );
  return { name, products, facts: factsFor({ products }) };
});

const accounts: Array<Facts['account']> = [
  ACCOUNT,
  { ...ACCOUNT, availableMinor: 100n },
  { ...ACCOUNT, status: 'blocked' },
  { ...ACCOUNT, status: 'closed' },
  { ...ACCOUNT, limitValidUntil: new Date(0) },
  null,
];

/** What the retailer sees, as one text: the lines, and the total with what is left of the credit. */
function written(cart: CartLine[], language: string, given: Facts): string {
  const facts = { ...given, retailer: { id: 'asha', name: 'Asha Stores', language } };
  const { lines, ask } = propose({ ...initialState(), cart }, sceneOf(facts, initialState()));
  return [...lines, '', ask?.body ?? ''].join('\n');
}

const said = (lines: ParsedLine[], facts: Facts) =>
  lines.map(({ sku, act, quantity, unit }) => ({
    act,
    sku,
    unit: unit ?? facts.catalogue.products.get(sku)?.defaultUnit,
    quantityMilli: Math.round((quantity ?? 0) * 1000),
  }));

describe.each(shops)('a cart of $name', ({ products, facts: all }) => {
  describe.each(Object.keys(CATALOGUES))('in %s', (language) => {
    const packs = products.flatMap(({ sku, units }) => Object.keys(units).map((unit) => ({ sku, unit })));
    const quantityMilli = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 99 }).map((count) => count * 1000) },
      fc.integer({ min: 100, max: 9_999 }).map((count) => count * 1000),
      fc.constantFrom(500, 1500, 2250, 1125),
    );
    const line = fc.record({ pack: fc.constantFrom(...packs), quantityMilli });
    const cart = fc
      .uniqueArray(line, { minLength: 1, maxLength: 6, selector: ({ pack }) => pack.sku })
      .map((lines) => lines.map((one): CartLine => ({ ...one.pack, quantityMilli: one.quantityMilli })));
    // The conversation knows the language that it wrote the proposal in.
    const read = (text: string) => parse(text, { index: all.catalogue.index, state: NOTHING, language });

    test('is read back from the whole proposal', () => {
      fc.assert(
        fc.property(cart, fc.constantFrom(...accounts), (lines, account) => {
          const text = written(lines, language, { ...all, account });
          const result = read(text);
          expect({ text, intent: result.intent, lines: said(result.lines, all), asked: result.clarify }).toEqual({
            text,
            intent: 'order',
            lines: lines.map((one) => ({ act: 'add', ...one })),
            asked: [],
          });
        }),
        { numRuns: 40 },
      );
    });

    test('is read back in every unit of every product', () => {
      for (const pack of packs) {
        for (const quantity of [1000, 2000, 12_000]) {
          const one = { ...pack, quantityMilli: quantity };
          const text = written([one], language, all);
          const result = read(text);
          expect([text, said(result.lines, all), result.clarify]).toEqual([text, [{ act: 'add', ...one }], []]);
        }
      }
    });
  });
});
