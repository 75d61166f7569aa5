/** Edits in the order of words that every language has for them, on a grocery and on a hardware shop. */
import { describe, expect, it } from 'vitest';
import { type ParserState, parse } from '../../src/parser/index.ts';
import { emptyState, type Shop, shops } from './shops.ts';

const cartOf = ({ a, family }: Shop): ParserState['cart'] => [
  { sku: a.sku, quantity: 2, unit: a.outer },
  { sku: family.small.sku, quantity: 3, unit: a.outer },
];
const edit = (shop: Shop, text: string, language: string, state = emptyState({ cart: cartOf(shop) })) => {
  const { intent, alsoIntents, lines, clarify } = parse(text, { index: shop.index, state, language });
  return {
    intent,
    alsoIntents,
    lines: lines.map(({ act, sku, quantity, unit }) => [act, sku, quantity, unit]),
    asked: clarify.length,
  };
};

describe.each(shops)('the $trade shop', (shop) => {
  const { a, b, family } = shop;

  it.each([
    ['fr', 'enlève tout sauf A'],
    ['pt', 'tira tudo menos A'],
    ['es', 'quita todo menos la A'],
    ['es', 'quita todo menos A'],
    ['es', 'deja solo la A'],
    ['hi-Latn', 'A ke alawa sab hata do'],
    ['hi-Latn', 'sirf A rakho baaki hata do'],
    ['hi-Latn', 'sab hata do bas A rehne do'],
  ])('takes out all but what is named in %s: %s', (language, pattern) => {
    const { intent, lines } = edit(shop, pattern.replace('A', a.say), language);
    expect({ intent, lines }).toEqual({ intent: 'remove', lines: [['remove', family.small.sku, null, null]] });
  });

  it.each([
    ['en', 'instead of A send me B'],
    ['en', 'instead of A, send B'],
    ['en', 'send me B instead of A'],
    ['es', 'en lugar de A mándeme B'],
    ['es', 'en vez de A, mande B'],
    ['es', 'mándeme B en lugar de A'],
    ['fr', 'au lieu de A envoyez-moi B'],
    ['fr', 'au lieu du A, envoyez B'],
    ['fr', 'mets B au lieu de A'],
    ['pt', 'em vez de A manda B'],
    ['pt', 'no lugar de A bota B'],
    ['id', 'ganti A dengan B'],
    ['id', 'A diganti B'],
    ['sw', 'badala ya A nitumie B'],
    ['hi-Latn', 'A ki jagah B bhejo'],
    ['hi', 'A की जगह B भेजो'],
    ['ar', 'بدل A ابعت B'],
    ['ar', 'ابعت B بدل A'],
  ])('swaps one product for another in %s: %s', (language, pattern) => {
    const text = pattern.replace('A', a.say).replace('B', b.say);
    const unit = Object.keys(shop.products.find(({ sku }) => sku === b.sku)?.units ?? {}).find(
      (key) => key === a.outer,
    );
    expect([text, edit(shop, text, language)]).toEqual([
      text,
      {
        intent: 'change',
        alsoIntents: [],
        lines: [
          ['remove', a.sku, null, null],
          ['set', b.sku, 2, unit ?? null],
        ],
        asked: 0,
      },
    ]);
  });

  it('takes the quantity that is said with the new product, or for the old one', () => {
    expect(edit(shop, `instead of ${a.say}, send 5 ${b.say}`, 'en').lines).toEqual([
      ['remove', a.sku, null, null],
      ['set', b.sku, 5, null],
    ]);
    expect(edit(shop, `instead of 2 ${a.say} send 5`, 'en').lines).toEqual([['set', a.sku, 5, null]]);
    expect(edit(shop, 'instead of 2 send 5', 'en').lines).toEqual([['set', a.sku, 5, null]]);
  });

  it('orders the new product when the old one is not in the cart', () => {
    expect(edit(shop, `instead of ${b.say} send 5 ${shop.c.say}`, 'en').lines).toEqual([['add', shop.c.sku, 5, null]]);
  });

  it.each([
    ['en', 'change A from 2 to 5'],
    ['en', 'A from 2 to 5'],
    ['en', 'increase A from 2 to 5'],
    ['es', 'cambia A de 2 a 5'],
    ['fr', 'change le A de 2 à 5'],
    ['pt', 'muda o A de 2 para 5'],
    ['id', 'ubah A dari 2 jadi 5'],
    ['sw', 'badilisha A kutoka 2 hadi 5'],
    ['hi-Latn', 'A ko 2 se 5 karo'],
    ['ar', 'غير A من 2 الى 5'],
  ])('sets what a line is raised to in %s: %s', (language, pattern) => {
    const text = pattern.replace('A', a.say);
    expect([text, edit(shop, text, language)]).toEqual([
      text,
      { intent: 'change', alsoIntents: [], lines: [['set', a.sku, 5, null]], asked: 0 },
    ]);
  });

  it('keeps the unit that is said with either number', () => {
    for (const text of [`change ${a.say} from 2 ctn to 5`, `change ${a.say} from 2 ctn to 5 ctn`]) {
      expect([text, edit(shop, text, 'en').lines]).toEqual([text, [['set', a.sku, 5, a.outer]]]);
    }
  });

  it('takes no two numbers for a change of what is not in the cart', () => {
    expect(edit(shop, `${b.say} from 2 to 5`, 'en').lines).toEqual([]);
    expect(edit(shop, `${a.say} from 7 to 5`, 'en').lines).toEqual([]);
  });

  const [small, large] = [family.small.size, family.large.size];
  const contrasts: Array<[string, string]> = [
    ['en', `not the ${small} one, the ${large} one`],
    ['en', `not the ${small}, the ${large}`],
    ['en', `the ${large} one, not the ${small}`],
    ['es', `la de ${small} no, la de ${large}`],
    ['es', `no la de ${small}, la de ${large}`],
    ['fr', `pas celle de ${small}, celle de ${large}`],
    ['pt', `não a de ${small}, a de ${large}`],
    ['id', `bukan yang ${small}, yang ${large}`],
    ['sw', `si ya ${small}, ya ${large}`],
    ['hi-Latn', `${small} wala nahi, ${large} wala`],
    ['ar', `مش ${small}، ${large}`],
  ];

  it.each([...contrasts, ['en', `not the ${family.word} ${small}, the ${large} one`] as [string, string]])(
    'takes the other variant of a line in %s: %s',
    (language, text) => {
      const { lines, intent, asked } = edit(shop, text, language);
      expect({ lines: lines.map((line) => line.slice(0, 3)), intent, asked }).toEqual({
        lines: [
          ['remove', family.small.sku, null],
          ['set', family.large.sku, 3],
        ],
        intent: 'change',
        asked: 0,
      });
    },
  );

  it.each([
    ...contrasts,
    ['en', 'not the first, the second'] as [string, string],
    ['en', `no, the ${large} one`] as [string, string],
  ])('answers an open question with the variant that is meant, in %s: %s', (language, text) => {
    const pending = {
      kind: 'choose_product' as const,
      candidates: [family.small.sku, family.large.sku],
      quantity: 2,
      unit: null,
    };
    expect([text, edit(shop, text, language, emptyState({ pending }))]).toEqual([
      text,
      { intent: 'add', alsoIntents: [], lines: [['add', family.large.sku, 2, null]], asked: 0 },
    ]);
  });

  it('never answers with the variant that is not meant', () => {
    const pending = {
      kind: 'choose_product' as const,
      candidates: [family.small.sku, family.large.sku],
      quantity: 2,
      unit: null,
    };
    for (const [language, text] of contrasts) {
      const turned = text.replace(small, '@').replace(large, small).replace('@', large);
      expect([turned, edit(shop, turned, language, emptyState({ pending })).lines]).toEqual([
        turned,
        [['add', family.small.sku, 2, null]],
      ]);
    }
  });
});
