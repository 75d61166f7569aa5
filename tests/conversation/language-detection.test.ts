/**
 * How well a language is known from what people write, on every message that people marked for the parser. A right answer
 * that takes two messages costs little; a wrong one costs a shop its language, so wrong ones have a floor of their own.
 */
import { describe, expect, test } from 'vitest';
import { markedMessages, readCatalogue } from '../../scripts/parser-sets/sets.ts';
import { detectLanguage, hearLanguage, languageOf } from '../../src/conversation/language.ts';
import { initialState } from '../../src/conversation/state.ts';
import type { Facts } from '../../src/conversation/types.ts';
import { buildCatalogueIndex, type CatalogueIndex } from '../../src/parser/index.ts';
import { LANGUAGES, type Language } from '../../src/shared/policies.ts';
import { factsFor } from './shop.ts';

/**
 * In percent of all messages of a language: at least so many are known for it. What is left says too little: three of the
 * catalogues name everything in five languages, and a name says nothing about who types it.
 */
const FLOORS: Record<Language, number> = {
  en: 58,
  hi: 98,
  'hi-Latn': 80,
  es: 80,
  pt: 70,
  ar: 96,
  sw: 87,
  fr: 85,
  id: 84,
};
/** In percent: of the messages whose language is told, so many are told right. */
const PRECISION_FLOOR = 98;

const indexes = new Map<string, CatalogueIndex>();
function indexOf(catalogue: string): CatalogueIndex {
  const known = indexes.get(catalogue) ?? buildCatalogueIndex(readCatalogue(catalogue));
  indexes.set(catalogue, known);
  return known;
}

const marked = markedMessages(true).map(({ lang, text, catalogue }) => {
  const language = LANGUAGES.find((one) => one === lang) ?? LANGUAGES.find((one) => one === lang.split('-')[0]);
  if (language === undefined) throw new Error(`a message in ${lang}`);
  const facts = factsFor({ products: [] });
  return { language, text, facts: { ...facts, catalogue: { ...facts.catalogue, index: indexOf(catalogue) } } };
});

const percent = (count: number, of: number): number => Math.round((1000 * count) / of) / 10;
const spokenBy = (facts: Facts, wholesaler: Language): Facts => ({
  ...facts,
  wholesaler: { ...facts.wholesaler, language: wholesaler },
});

test.each(['2000 upi ref AX7781', '5000 neft utr 99812', 'gpay 1200 txn 4417'])('%s says no language', (text) => {
  expect(detectLanguage(text, factsFor({ products: [] }))).toBeNull();
});

describe.each(LANGUAGES)('messages in %s', (language) => {
  const messages = marked.filter((one) => one.language === language);
  const told = messages.map(({ text, facts }) => detectLanguage(text, facts)?.language ?? null);
  const right = told.filter((one) => one === language).length;
  const wrong = told.filter((one) => one !== null && one !== language).length;

  test('are known for it as often as before, and hardly ever taken for another', () => {
    const precision = percent(right, right + wrong);
    const figures = `${language}: ${messages.length} messages, ${percent(right, messages.length)} % known, ${precision} % of the told ones right`;
    console.info(figures);
    expect(messages.length, figures).toBeGreaterThan(100);
    expect(percent(right, messages.length), figures).toBeGreaterThanOrEqual(FLOORS[language]);
    expect(precision, figures).toBeGreaterThanOrEqual(PRECISION_FLOOR);
  });

  test('never lead a chat away that is held in it', () => {
    const state = { ...initialState(), language: { code: language, by: 'writing' as const } };
    const left = messages.filter(
      ({ text, facts }) => hearLanguage(state, { kind: 'text', body: text }, facts).state.language?.code !== language,
    );
    expect(left.map(({ text }) => text)).toEqual([]);
  });

  test('bring a chat to it within two of them, wherever the first says enough', () => {
    const other: Language = language === 'es' ? 'fr' : 'es';
    for (const { text, facts } of messages) {
      if (detectLanguage(text, facts)?.language !== language) continue;
      const spoken = spokenBy(facts, other);
      const once = hearLanguage(initialState(), { kind: 'text', body: text }, spoken).state;
      const twice = hearLanguage(once, { kind: 'text', body: text }, spoken).state;
      expect(languageOf(twice, spoken), text).toBe(language);
    }
  });
});
