import type { ParserProduct } from '../../src/parser/index.ts';
import { largeCatalogue, markedQueries, readCatalogue } from '../parser-sets/sets.ts';

export type Query = { text: string; sku: string };

/** A catalogue with what shops ask it for: as the catalogue spells it, and mistyped. */
export type Ground = { products: ParserProduct[]; clean: Query[]; noisy: Query[] };

const SHOP_QUERIES = 1000;

/** The 131 products of a wholesaler; nobody marked mistyped names of these, so slips are made, the same in every run. */
export function shopGround(): Ground {
  const products = readCatalogue('wholesale/catalogue.json');
  const draw = seeded(131);
  const clean = Array.from({ length: SHOP_QUERIES }, (_, at): Query => {
    const product = products[at % products.length] as ParserProduct;
    return { text: product.name, sku: product.sku };
  });
  return { products, clean, noisy: clean.map(({ text, sku }) => ({ text: mistyped(text, draw), sku })) };
}

/** 50,000 products and the open set of mistyped queries; fewer products have the queries that mean one of them. */
export function largeGround(productsMax: number): Ground {
  const products = largeCatalogue().slice(0, productsMax);
  const names = new Map(products.map(({ sku, name }) => [sku, name]));
  const noisy = markedQueries().flatMap(({ text, gold }): Query[] => (names.has(gold) ? [{ text, sku: gold }] : []));
  return { products, clean: noisy.map(({ sku }) => ({ text: names.get(sku) ?? '', sku })), noisy };
}

/** One message per so many queries, with quantities and units, a line each. */
export function messagesOf(queries: readonly Query[], lines: number): string[] {
  const messages: string[] = [];
  for (let from = 0; from + lines <= queries.length; from += lines) {
    const part = queries.slice(from, from + lines);
    messages.push(part.map(({ text }, at) => `${((from + at) % 12) + 1} ctn ${text}`).join('\n'));
  }
  return messages;
}

/** One slip in every second word: a letter doubled, dropped, or swapped with the next. */
function mistyped(text: string, draw: (below: number) => number): string {
  return text
    .toLowerCase()
    .split(' ')
    .map((word) => {
      if (word.length < 4 || /\d/.test(word) || draw(2) === 0) return word;
      const at = 1 + draw(word.length - 2);
      const [before, letter, after] = [word.slice(0, at), word[at] ?? '', word.slice(at + 1)];
      return [
        `${before}${letter}${letter}${after}`,
        before + after,
        `${before}${after.slice(0, 1)}${letter}${after.slice(1)}`,
      ][draw(3)];
    })
    .join(' ');
}

/** Numbers below a bound, the same in every run (a linear congruence, which is plenty for slips). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
