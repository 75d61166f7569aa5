/** Talk and place names at the ends of a clear line make no question of it, and nothing that is counted is dropped. */
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/parser/index.ts';
import { emptyState, shops } from './shops.ts';

describe.each(shops)('the $trade shop', ({ index, a }) => {
  const read = (pattern: string) => {
    const { lines, clarify } = parse(pattern.replace(/\bA\b/, a.say), { index, state: emptyState() });
    return { lines: lines.map(({ sku, quantity }) => [sku, quantity]), asked: clarify.map(({ kind }) => kind) };
  };

  it.each([
    '2 ctn A for the Nakuru shop please',
    '2 ctn A deliver at Maputo branch',
    '2 ctn A, deliver at Maputo branch',
    '2 ctn A for our Mombasa depot, deliver friday',
    '2 ctn A before friday noon',
    'this is Ali from corner shop, 2 ctn A',
    'Zawadi Stores\n2 ctn A',
    '2 ctn A, thanks Ali',
    '2 ctn A\nZawadi Stores Kisumu',
  ])('reads %j as one line', (pattern) => {
    expect(read(pattern)).toEqual({ lines: [[a.sku, 2]], asked: [] });
  });

  it.each([
    '2 ctn A, 3 ctn blorkin',
    '2 ctn A 3 ctn blorkin',
    '3 ctn blorkin, 2 ctn A',
    '2 ctn A, blorkin 3 pcs',
    '2 ctn A, blorkin',
    '2 ctn A, blorkin flarn',
  ])('asks about what may be wanted and is unknown: %j', (pattern) => {
    expect(read(pattern)).toEqual({ lines: [[a.sku, 2]], asked: ['unknown_product'] });
  });

  it.each(['2 ctn blorkin A', '2 ctn A blorkin', '3 ctn blorkin for the Nakuru shop'])(
    'takes no unknown word for talk by itself: %j',
    (pattern) => {
      expect(read(pattern)).toEqual({ lines: [], asked: ['unknown_product'] });
    },
  );
});
