/** A catalogue changes while shops order from it: what the update skips must not show. */

import { describe, expect, it } from 'vitest';
import { largeCatalogue } from '../../scripts/parser-sets/sets.ts';
import { buildCatalogueIndex, type CatalogueIndex, type ParserProduct, parse, search } from '../../src/parser/index.ts';
import fc from '../support/properties.ts';
import { emptyState, grocery, hardware } from './shops.ts';

/** Everything in an index but the words that were looked up in it. */
function contentOf({ vocabulary, ...rest }: CatalogueIndex): unknown {
  return { ...rest, vocabulary: { ...vocabulary, remembered: null } };
}

const known = [...grocery.products, ...hardware.products];
const anyProduct: fc.Arbitrary<ParserProduct> = fc.record({
  sku: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
  name: fc.constantFrom(...known.map((product) => product.name), 'Tea, green 0.5l', 'Tea 500ml, green 0.5 l'),
  size: fc.constantFrom(null, '500 ml', '0.5l', '3 inch'),
  units: fc.constantFrom<Record<string, number>[]>({ each: 1, case: 24 }, { tin: 1, box: 6 }, { gizmo: 1 }),
  defaultUnit: fc.constant('each'),
  aliases: fc.subarray(['kola', '5 stars', 'half litre tea', '٢ شاي']),
});
const catalogue = fc.array(anyProduct, { maxLength: 8 });

describe('an updated index', () => {
  it('equals one built from nothing', () => {
    fc.assert(
      fc.property(catalogue, catalogue, (before, after) => {
        const updated = buildCatalogueIndex(after, buildCatalogueIndex(before));
        expect(contentOf(updated)).toEqual(contentOf(buildCatalogueIndex(after)));
      }),
      { numRuns: 400 },
    );
  });

  it('leaves the earlier index as it was', () => {
    const before = buildCatalogueIndex(grocery.products);
    const content = structuredClone(contentOf(before));
    const renamed = grocery.products.map((product) => ({ ...product, name: `${product.name} Zanzibar` }));
    const after = buildCatalogueIndex(renamed, before);
    expect(search(after, 'zanzibar', { limit: 1 })).toHaveLength(1);
    expect(search(before, 'zanzibar', { limit: 1 })).toEqual([]);
    expect(contentOf(before)).toEqual(content);
  });

  it('finds what is new, and what is gone no longer', () => {
    const [first, ...others] = grocery.products;
    const added = { ...hardware.products[0], sku: 'NEW', name: 'Quixotic Marmalade 340g' } as ParserProduct;
    const updated = buildCatalogueIndex([...others, added], grocery.index);
    const { lines } = parse('3 quixotic marmalade', { index: updated, state: emptyState() });
    expect(lines.map((line) => [line.sku, line.quantity])).toEqual([['NEW', 3]]);
    expect(search(updated, first?.name ?? '', { limit: 5 }).map((hit) => hit.sku)).not.toContain(first?.sku);
  });

  it('of 50,000 products reads only what changed', () => {
    const products = largeCatalogue();
    const index = buildCatalogueIndex(products);
    const changed = products.map((product, at) => (at % 10_000 === 0 ? { ...product, aliases: ['zzyzx'] } : product));
    const [afresh, update] = [[changed], [changed, index]].map((args) => {
      const spent = [0, 1, 2].map(() => {
        const before = process.cpuUsage();
        buildCatalogueIndex(...(args as [ParserProduct[], CatalogueIndex?]));
        const { user, system } = process.cpuUsage(before);
        return user + system;
      });
      return Math.min(...spent);
    });
    expect(update).toBeLessThan(afresh ?? 0);
  }, 120_000);
});
