/** Promises that hold for every message, tried on thousands of made-up ones. A failing run prints its seed. */

import { describe, expect, it } from 'vitest';
import { type ParsedLine, type ParserState, parse, parseLine, search } from '../../src/parser/index.ts';
import fc from '../support/properties.ts';
import { emptyState, type Shop, shops } from './shops.ts';

const short = (lines: ParsedLine[]): string[] => lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`);

/** Every product under a text that means only it. */
function sayable(shop: Shop): Array<{ sku: string; text: string; outer: string }> {
  const { family, a, b, c, numbered, joined } = shop;
  return [
    { sku: family.small.sku, text: family.small.full, outer: a.outer },
    { sku: family.large.sku, text: family.large.full, outer: a.outer },
    ...[a, b, c, numbered, joined].map((plain) => ({ sku: plain.sku, text: plain.say, outer: plain.outer })),
  ];
}

function anyState(shop: Shop): fc.Arbitrary<ParserState> {
  const skus = shop.products.map((product) => product.sku);
  const sku = fc.constantFrom(...skus, 'GONE');
  const line = fc.record({
    sku,
    quantity: fc.integer({ min: 1, max: 50 }),
    unit: fc.constantFrom('case', 'each', 'kg', null),
  });
  return fc.record({
    cart: fc.array(line, { maxLength: 4 }),
    lastOrder: fc.option(fc.array(line, { maxLength: 3 })),
    usual: fc.array(sku, { maxLength: 3 }),
    pending: fc.oneof(
      fc.constant(null),
      fc.constant({ kind: 'confirm_order' as const }),
      fc.constant({ kind: 'confirm_cancel' as const }),
      fc.record({ kind: fc.constant('ask_quantity' as const), sku }),
      fc.record({
        kind: fc.constant('choose_product' as const),
        candidates: fc.array(sku, { maxLength: 4 }),
        quantity: fc.option(fc.integer({ min: -2, max: 20_000 })),
        unit: fc.option(fc.constantFrom('case', 'each')),
      }),
    ),
  });
}

describe.each(shops)('the $trade shop', (shop) => {
  const { index } = shop;
  const words = [
    ...sayable(shop).map((product) => product.text),
    ...'add remove no change to make it 2 3.5 1/0 -4 x ctn kg 500ml dozen half and , ; \n . ? same last order but cancel yes ok how much balance swap for with sorry i mean the one each'.split(
      ' ',
    ),
  ];
  const jumble = fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((list) => list.join(' '));
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    jumble,
  );

  it('never throws, and every line is sound, whatever the text and the state', () => {
    fc.assert(
      fc.property(anyText, anyState(shop), (text, state) => {
        const result = parse(text, { index, state });
        search(index, text, { limit: 5 });
        parseLine(text);
        for (const line of result.lines) {
          const product = shop.products.find((known) => known.sku === line.sku);
          expect(product).toBeDefined();
          if (line.unit !== null) expect(Object.keys(product?.units ?? {})).toContain(line.unit);
          if (line.quantity !== null) {
            expect(line.quantity).toBeGreaterThan(0);
            expect(line.quantity).toBeLessThanOrEqual(10_000);
            expect(Math.round(line.quantity * 1000) / 1000).toBe(line.quantity);
          }
          expect(line.confidence).toBeGreaterThan(0);
          expect(line.confidence).toBeLessThanOrEqual(1);
        }
        for (const part of [...result.lines, ...result.clarify]) {
          expect(part.span.start).toBeGreaterThanOrEqual(0);
          expect(part.span.end).toBeLessThanOrEqual(text.length);
          expect(part.span.start).toBeLessThanOrEqual(part.span.end);
        }
        for (const clarify of result.clarify) {
          expect(clarify.candidates.length).toBeLessThanOrEqual(10);
          expect(clarify.text).toBe(text.slice(clarify.span.start, clarify.span.end));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('gives the same answer twice and leaves its arguments alone', () => {
    fc.assert(
      fc.property(jumble, anyState(shop), (text, state) => {
        const before = JSON.stringify(state);
        const first = parse(text, { index, state });
        expect(parse(text, { index, state })).toEqual(first);
        expect(JSON.stringify(state)).toBe(before);
      }),
      { numRuns: 200 },
    );
  });

  const cartArbitrary = fc
    .uniqueArray(fc.constantFrom(...sayable(shop)), { minLength: 1, maxLength: 6, selector: (product) => product.sku })
    .chain((products) =>
      fc.tuple(
        fc.constant(products),
        fc.array(fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constantFrom(0.5, 1.5, 2.25)), {
          minLength: products.length,
          maxLength: products.length,
        }),
        fc.constantFrom(
          (quantity: number, name: string) => `${quantity} ctn ${name}`,
          (quantity: number, name: string) => `${name} - ${quantity} ctn`,
          (quantity: number, name: string) => `${name} ${quantity} ctn`,
          (quantity: number, name: string) => `${name} x ${quantity} ctn`,
          (quantity: number, name: string) => `${quantity} cartons of ${name}`,
        ),
        fc.constantFrom('\n', ', ', '; ', ' + ', '\n• '),
      ),
    );

  it('reads back a cart that was written out', () => {
    fc.assert(
      fc.property(cartArbitrary, ([products, quantities, write, separator]) => {
        const text = products.map((product, at) => write(quantities[at] ?? 1, product.text)).join(separator);
        const result = parse(text, { index, state: emptyState() });
        const expected = products.map((product, at) => `${product.sku} ${quantities[at]} ${product.outer}`);
        expect([text, short(result.lines), result.clarify]).toEqual([text, expected, []]);
      }),
      { numRuns: 400 },
    );
  });

  it('does not care about capitals or the order of the lines', () => {
    fc.assert(
      fc.property(cartArbitrary, ([products, quantities, write]) => {
        const lines = products.map((product, at) => write(quantities[at] ?? 1, product.text));
        const read = (text: string): string[] => short(parse(text, { index, state: emptyState() }).lines).sort();
        const straight = read(lines.join('\n'));
        expect(read([...lines].reverse().join('\n'))).toEqual(straight);
        expect(read(lines.join('\n').toUpperCase())).toEqual(straight);
      }),
      { numRuns: 200 },
    );
  });

  it('never takes a pack size for a quantity', () => {
    const { small, large } = shop.family;
    const sized = fc.constantFrom(
      ...[small, large].flatMap((product) => product.spelled.map((size) => ({ sku: product.sku, size }))),
    );
    const write = fc.constantFrom(
      (name: string, size: string, quantity: number) => `${name} ${size} ${quantity} ctn`,
      (name: string, size: string, quantity: number) => `${quantity} ctn ${name} ${size}`,
      (name: string, size: string, quantity: number) => `${quantity} x ${size} ${name}`,
      (name: string, size: string, quantity: number) => `${size} ${name} ${quantity}`,
    );
    fc.assert(
      fc.property(sized, fc.integer({ min: 1, max: 99 }), write, ({ sku, size }, quantity, form) => {
        const text = form(shop.family.word, size, quantity);
        const result = parse(text, { index, state: emptyState() });
        expect([text, result.lines.map((line) => [line.sku, line.quantity])]).toEqual([text, [[sku, quantity]]]);
      }),
      { numRuns: 300 },
    );
  });
});
