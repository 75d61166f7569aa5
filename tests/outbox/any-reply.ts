import type { ReplyContent } from '../../src/outbox/types.ts';
import fc from '../support/properties.ts';

// Replies as careless code might word them: too long, with too many rows, with emoji at the cut, of white space, with
// titles that become equal when they are shortened.

/** Lengths just around every limit of the fact sheet, so that one misread by a single unit is met. */
const EDGES = [20, 24, 60, 72, 240, 1024, 4096].flatMap((limit) => [limit, limit + 1, limit + 2]);

/** Words of any length up to a little beyond `max`, in any script. Never empty: nothing cannot be said. */
const words = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...EDGES.filter((edge) => edge <= max)).map((length) => 'x'.repeat(length)),
    fc
      .tuple(
        fc.constantFrom('Sugar ', 'चीनी ', 'سكر ', '👨‍👩‍👧‍👦', 'e\u0301', 'x', 'a\n', '👍🏽 ', '\ud83d'),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.integer({ min: 1, max }),
      )
      .map(([pattern, some, length]) => `x${some}${pattern.repeat(Math.ceil(length / pattern.length))}`),
  );

const title = fc.oneof(words(80), fc.constantFrom('Fit to 25,000.00 now please', 'Fit to 25,000.00 now', 'Cancel'));
const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix}:${at}`);
const many = <T>(item: fc.Arbitrary<T>, max: number) => fc.array(item, { minLength: 1, maxLength: max });

const buttons = many(title, 3).map((titles) => titles.map((one, at) => ({ id: ids('b', 3)[at] ?? '', title: one })));
const rows = many(fc.tuple(title, fc.option(words(200), { nil: undefined }), fc.integer({ min: 0, max: 2 })), 35).chain(
  (some) =>
    fc.option(words(80), { nil: undefined }).map((section) =>
      some.map(([one, description, group], at) => ({
        id: `r:${at}`,
        title: one,
        description,
        section: section === undefined ? undefined : `${group} ${section}`,
      })),
    ),
);
const productSection = (countMax: number) =>
  fc.tuple(title, fc.integer({ min: 0, max: countMax })).map(([one, count]) => ({ title: one, skus: ids('s', count) }));
// Many small sections, or a few large ones: each limit of the two is met before the other.
const productSections = fc
  .oneof(fc.array(productSection(2), { minLength: 15, maxLength: 25 }), many(productSection(70), 5))
  .filter((sections) => sections.some(({ skus }) => skus.length > 0));
const body = words(9_000);
const emoji = fc.constantFrom('👍', '❤', '❤️', '👍🏽', '🇮🇳', '1️⃣', '👨‍👩‍👧‍👦', '');

/** Any reply that cutting can make sendable. */
export const anyReply: fc.Arbitrary<ReplyContent> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), body }),
  fc.record({ kind: fc.constant('buttons' as const), body, buttons }),
  fc.record({ kind: fc.constant('list' as const), body, button: title, rows }),
  fc.record({ kind: fc.constant('link' as const), body, button: title, url: fc.webUrl({ withQueryParameters: true }) }),
  fc.record({
    kind: fc.constant('product' as const),
    body: fc.option(body, { nil: undefined }),
    catalogId: fc.constant('77'),
    sku: fc.constant('COKE500'),
  }),
  fc.record({
    kind: fc.constant('product_list' as const),
    header: title,
    body,
    catalogId: fc.constant('77'),
    sections: productSections,
  }),
  fc.record({
    kind: fc.constant('document' as const),
    file: fc.constant({ mediaId: '1' }),
    filename: words(600).map((name) => `${name}/May.pdf`),
    caption: fc.option(fc.oneof(body, words(1026)), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('template' as const),
    name: fc.constant('order_delivered'),
    language: fc.constant('en'),
    body: many(words(900), 5).map((texts) => texts.map((text, at) => ({ name: `p_${'abcde'[at]}`, text }))),
    payloads: fc.constant<string[]>(['statement', 'human']),
  }),
  fc.record({ kind: fc.constant('reaction' as const), wamid: fc.constant('wamid.A=='), emoji }),
  fc.record({ kind: fc.constant('contact_request' as const), body }),
);
