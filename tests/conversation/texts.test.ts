import { type MessageFormatElement, TYPE } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { CATALOGUES, localeFor, textsFor } from '../../src/conversation/texts/index.ts';
import { BUTTON_TITLE_MAX } from '../../src/shared/message-limits.ts';
import { chat } from './chat.ts';

describe('English units', () => {
  const { quantity, unitName } = textsFor('en');
  test.each([
    ['case', 'case', 'cases'],
    ['bag', 'bag', 'bags'],
    ['box', 'box', 'boxes'],
    ['ctn', 'carton', 'cartons'],
    ['tray', 'tray', 'trays'],
    ['Bunch', 'Bunch', 'Bunches'],
    ['half_case', 'half case', 'half cases'],
    ['each', 'piece', 'pieces'],
    ['kg', 'kg', 'kg'],
    ['dozen', 'dozen', 'dozen'],
    ['peti', 'peti', 'petis'],
    ['constructor', 'constructor', 'constructors'],
    ['कट्टा', 'कट्टा', 'कट्टा'],
  ])('%s: 1 %s, 2 %s', (unit, one, other) => {
    expect(unitName(unit)).toBe(one);
    expect(quantity({ count: 1, shown: '1', unit })).toBe(`1 ${one}`);
    expect(quantity({ count: 2, shown: '2', unit })).toBe(`2 ${other}`);
    expect(quantity({ count: 1.5, shown: '1.5', unit })).toBe(`1.5 ${other}`);
  });
});

test('Swahili says how many behind what', () => {
  const { quantity } = textsFor('sw');
  expect(quantity({ count: 10, shown: '10', unit: 'carton' })).toBe('katoni 10');
  expect(quantity({ count: 2, shown: '2', unit: 'sack' })).toBe('magunia 2');
});

describe('Arabic', () => {
  const texts = textsFor('ar');

  test('sets names in Latin letters apart, so that the digits behind them keep their place', () => {
    expect(texts.goods({ product: 'Coca-Cola 500ml', quantity: '10 صناديق' })).toBe(
      '\u2068Coca-Cola 500ml\u2069، 10 صناديق',
    );
    expect(texts.goods({ product: 'ماء Aqua', quantity: '2 قطعة' })).toBe('\u2068ماء Aqua\u2069، 2 قطعة');
  });

  test('leaves its own words, amounts and the words that choose as they are', () => {
    expect(texts.goods({ product: 'سكر 1 كيلو', quantity: '10 قطع' })).toBe('سكر 1 كيلو، 10 قطع');
    expect(texts.proposal.total({ amount: '577.50' })).toBe('المجموع *577.50*');
    expect(texts.account.status({ status: 'delivered' })).toBe('سُلِّم');
    expect(texts.questions.whichProduct({ words: 'sugar', quantity: null })).toBe(
      'أي واحد تقصد بـ "\u2068sugar\u2069"؟',
    );
  });

  test('uses no mark that is mirrored', () => {
    const inBraces = /\{[^{}]*\}/g;
    for (const [path, message] of messagesOf(CATALOGUES.ar ?? {})) {
      let said = message;
      while (inBraces.test(said)) said = said.replace(inBraces, '');
      expect(said, path).not.toMatch(/[,;?]/);
    }
  });
});

type Branch = { readonly [key: string]: string | Branch };

/** Every message with its path. */
function messagesOf(branch: Branch, path = ''): [string, string][] {
  return Object.entries(branch).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : messagesOf(value, `${path}${key}.`),
  );
}

/** The arguments that a message uses, and the words that each choice offers. */
function argumentsOf(elements: readonly MessageFormatElement[], found = new Map<string, Set<string>>()): typeof found {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag) continue;
    const choices = found.get(element.value) ?? new Set();
    found.set(element.value, choices);
    if (element.type !== TYPE.select && element.type !== TYPE.plural) continue;
    for (const [choice, { value }] of Object.entries(element.options)) {
      if (element.type === TYPE.select) choices.add(choice);
      argumentsOf(value, found);
    }
  }
  return found;
}

describe.each(Object.entries(CATALOGUES))('the messages of %s', (tag, catalogue) => {
  const english = new Map(messagesOf(CATALOGUES.en ?? {}));

  test('are the English ones, argument by argument and choice by choice', () => {
    const own = messagesOf(catalogue);
    expect(own.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
    for (const [path, message] of own) {
      const shape = (text: string) =>
        [...argumentsOf(new IntlMessageFormat(text, tag).getAst())].map(([name, choices]) => [
          name,
          [...choices].sort(),
        ]);
      // Whether a unit has a plural is the language's own affair.
      const expected = path.startsWith('units.')
        ? [['count', []]].slice(message.includes('{') ? 0 : 1)
        : shape(english.get(path) ?? '');
      expect(shape(message).sort(), `${path}: ${message}`).toEqual(expected.sort());
    }
  });

  test('fit the buttons that they stand on', () => {
    for (const title of Object.values(catalogue.buttons))
      expect(title.length, title).toBeLessThanOrEqual(BUTTON_TITLE_MAX);
  });

  test('have every plural form of the language', () => {
    const needed = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const [path, message] of messagesOf(catalogue)) {
      for (const element of new IntlMessageFormat(message, tag).getAst()) {
        if (element.type !== TYPE.plural) continue;
        const has = Object.keys(element.options);
        // "other" stands for "many" in languages that use it for millions only.
        const missing = needed.filter((form) => !has.includes(form) && !(form === 'many' && tag !== 'ar'));
        expect(missing, `${path}: ${message}`).toEqual([]);
      }
    }
  });

  test('are printable: no empty one, none with a space at its ends or two in a row', () => {
    for (const [path, message] of messagesOf(catalogue))
      expect(message, path).toMatch(/^\S(?:(?! {2})[\s\S])*\S$|^\S$/);
  });
});

describe('the language', () => {
  test.each(['en', 'en-ZA', 'xx', 'constructor', ''])('%j has texts', (language) => {
    expect(textsFor(language).buttons.confirm).toBe('Confirm');
  });

  test.each([
    ['en', 'en'],
    ['en-IN', 'en-IN'],
    ['ar', 'ar'],
    ['hi-Latn-IN', 'hi-Latn-IN'],
    ['de', 'en'],
    ['en-what ever', 'en'],
  ])('%j writes its numbers as %s does', (language, locale) => {
    expect(localeFor(language)).toBe(locale);
  });

  test('is the retailer’s own', () => {
    chat({ retailer: { id: 'r', name: 'R', language: 'en-IN' } })
      .says('balance')
      .hears('Limit 1,00,000.00');
  });
});
