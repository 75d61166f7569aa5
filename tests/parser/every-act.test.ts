/**
 * Every act inside every state: what people say, as all nine language tables have it, must be heard as what it is whatever
 * is being asked at that moment. "Balance?" is a balance in the middle of any question.
 */
import { describe, expect, it } from 'vitest';
import { type Intent, type ParserState, parse } from '../../src/parser/index.ts';
import type { LanguageTable, PhraseTag } from '../../src/parser/language-table.ts';
import { emptyState, grocery, type Shop, shops } from './shops.ts';
import { ACTS, actTags, phrasesOf, tables, withVerb } from './table-phrases.ts';

function statesOf({ a, b, c, family }: Shop): Record<string, ParserState> {
  const cart = [
    { sku: a.sku, quantity: 4, unit: a.outer },
    { sku: c.sku, quantity: 2, unit: c.single },
  ];
  const lastOrder = [{ sku: b.sku, quantity: 4, unit: b.outer }];
  const candidates = [family.small.sku, family.large.sku];
  return {
    idle: emptyState({ lastOrder }),
    cart: emptyState({ cart, lastOrder }),
    confirm_order: emptyState({ cart, lastOrder, pending: { kind: 'confirm_order' } }),
    confirm_cancel: emptyState({ cart, lastOrder, pending: { kind: 'confirm_cancel' } }),
    choose_product: emptyState({
      cart,
      lastOrder,
      pending: { kind: 'choose_product', candidates, quantity: 3, unit: null },
    }),
    ask_quantity: emptyState({ cart, lastOrder, pending: { kind: 'ask_quantity', sku: family.small.sku } }),
  };
}

/** Known to be heard as something else, which costs a question and never an order. */
const HEARD_OTHERWISE: Record<string, string> = {
  'fr ca va': 'a greeting, and "it suits me" where something was asked',
  'id biasanya aja': 'the ending -nya is cut off before the phrase is looked for',
  'ar كم حبه كرتون': 'how many in a carton: the carton is taken for one that is ordered',
};

/** What a phrase may mean by its table: the same words may be listed under two acts. */
function meaningsOf(table: LanguageTable): Map<string, Set<Intent>> {
  const meanings = new Map<string, Set<Intent>>();
  const tags: Array<[PhraseTag, Intent]> = actTags.map((tag) => [tag, ACTS[tag]]);
  for (const [tag, intent] of [...tags, ['keep', 'decline'] as const])
    for (const phrase of phrasesOf(table, tag))
      meanings.set(phrase, new Set([...(meanings.get(phrase) ?? []), intent]));
  return meanings;
}

describe.each(tables.map((table) => [table.code, table] as const))('in %s', (code, table) => {
  const meanings = meaningsOf(table);

  it.each(Object.entries(statesOf(grocery)))('every act is heard in the state %s', (name, state) => {
    const missed: unknown[] = [];
    let said = 0;
    for (const tag of actTags) {
      // "Cancel" says yes to the question whether to cancel.
      const intent = name === 'confirm_cancel' && tag === 'cancel' ? 'confirm' : ACTS[tag];
      for (const phrase of phrasesOf(table, tag)) {
        said++;
        if (`${code} ${phrase}` in HEARD_OTHERWISE) continue;
        const result = parse(phrase, { index: grocery.index, state, language: code });
        const { lines, clarify, alsoIntents } = result;
        // Where the words are two acts, both are heard, or one that the table gives them too.
        const isHeard =
          result.intent === intent || alsoIntents.includes(intent) || meanings.get(phrase)?.has(result.intent);
        if (!isHeard || lines.length + clarify.length > 0) missed.push([tag, phrase, result.intent, lines, clarify]);
      }
    }
    expect(missed).toEqual([]);
    expect(said).toBeGreaterThan(150);
  });

  it.each(shops.flatMap((shop) => Object.entries(statesOf(shop)).map(([name, state]) => ({ shop, name, state }))))(
    'an order, an edit and a question about a product are heard in the $shop.trade shop in the state $name',
    ({ shop, state }) => {
      const { a, b } = shop;
      const read = (text: string) => parse(text, { index: shop.index, state, language: code });
      const [unit = ''] = table.units.case?.words.split(' ') ?? [];
      const two = Object.entries(table.numbers).find(([, value]) => value === 2)?.[0] ?? '2';
      const counted = (name: string): string =>
        table.numbersFollow ? `${name} ${unit} ${two}` : `${two} ${unit} ${name}`;
      const isBuilding = state.cart.length > 0;
      const added = { intent: isBuilding ? 'add' : 'order', lines: [{ act: 'add', sku: b.sku, quantity: 2 }] };
      const changed = { act: isBuilding ? 'set' : 'add', sku: a.sku, quantity: 7 };
      const cases: Array<[string, object]> = [
        [counted(b.say), added],
        [withVerb(table, 'add', `${b.say} 2 ${unit}`), added],
        // Without a cart there is nothing to take out, and what shall be seven is ordered.
        [
          withVerb(table, 'remove', a.say),
          { intent: 'remove', lines: isBuilding ? [{ act: 'remove', sku: a.sku }] : [] },
        ],
        [
          withVerb(table, 'change', `${a.say} 7 ${unit}`),
          { intent: isBuilding ? 'change' : 'order', lines: [changed] },
        ],
        [withVerb(table, 'query', b.say), { intent: 'query', lines: [{ act: 'ask', sku: b.sku, quantity: null }] }],
      ];
      for (const [text, expected] of cases)
        expect([text, read(text)]).toMatchObject([text, { ...expected, clarify: [] }]);
    },
  );
});

describe('an answer inside a longer one', () => {
  const state = statesOf(grocery).confirm_order;

  it.each(['no problem', 'no hay problema', 'aucun probleme', 'hakuna shida'])('%s is a yes', (text) => {
    expect(parse(text, { index: grocery.index, state: state ?? emptyState() }).intent).toBe('confirm');
  });

  it.each(['tudo bem?', 'sab badhiya', 'bonjour à tous'])('the "all" of "%s" chooses nothing', (text) => {
    const choosing = statesOf(grocery).choose_product ?? emptyState();
    expect(parse(text, { index: grocery.index, state: choosing }).lines).toEqual([]);
  });

  it.each(['tudo', 'sab', 'tous', 'both'])('"%s" alone takes every candidate', (text) => {
    const choosing = statesOf(grocery).choose_product ?? emptyState();
    expect(parse(text, { index: grocery.index, state: choosing }).lines).toHaveLength(2);
  });
});
