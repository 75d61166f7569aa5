/** Language tables are written by speakers, not programmers: what a slip of the pen can break is checked here. */
import { describe, expect, it } from 'vitest';
import { compileTable, spelled } from '../../src/parser/compiled-table.ts';
import type { LanguageTable } from '../../src/parser/language-table.ts';
import { languageTables } from '../../src/parser/languages/index.ts';
import { tokenise } from '../../src/parser/tokens.ts';
import { joinLetters } from '../../src/parser/word-parts.ts';

const english = languageTables[0] as LanguageTable;
const wordsOf = (words: string | undefined): string[] => (words ?? '').split(' ').filter(Boolean);

/** Words of a table that are looked up one by one, with the list that they stand in. */
function listedWords(table: LanguageTable): Array<[list: string, word: string]> {
  const keyed = { ...table, numbers: undefined };
  const maps = ['scales', 'added', 'bunches', 'ordinals', 'letters'] as const;
  const lists = [
    'teens',
    'articles',
    'joins',
    'fillers',
    'chatter',
    'smaller',
    'larger',
    'every',
    'swapLinks',
    'currency',
  ] as const;
  return [
    ...Object.keys(table.numbers).map((word): [string, string] => ['numbers', word]),
    ...maps.flatMap((list) => Object.keys(keyed[list] ?? {}).map((word): [string, string] => [list, word])),
    ...lists.flatMap((list) => wordsOf(table[list]).map((word): [string, string] => [list, word])),
    ...Object.keys(table.measures).map((word): [string, string] => ['measures', word]),
    ...Object.values(table.units).flatMap((unit) =>
      [unit.words, unit.ones, unit.twos].flatMap(wordsOf).map((word): [string, string] => ['units', word]),
    ),
  ];
}

describe.each(languageTables.map((table) => [table.code, table] as const))('the table %s', (_code, table) => {
  it('has words that a message can contain', () => {
    for (const [list, text] of listedWords(table)) {
      for (const word of text.split(' ')) {
        const tokens = joinLetters(tokenise(word), () => true).filter((token) => token.kind !== 'mark');
        expect([list, word, tokens.map((token) => token.text)]).toEqual([list, word, [spelled(word)]]);
      }
    }
  });

  it('lists no word twice in one list', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const [list, word] of listedWords(table)) {
      const key = `${list} ${word.split(' ').map(spelled).join(' ')}`;
      if (seen.has(key)) twice.push(`${list}: "${seen.get(key)}" and "${word}" are one word`);
      seen.set(key, word);
    }
    expect(twice).toEqual([]);
  });

  it('lists no phrase twice under one act', () => {
    const twice: string[] = [];
    for (const [tag, patterns] of Object.entries(table.phrases)) {
      const seen = new Set<string>();
      for (const pattern of patterns) {
        const key = pattern.split(' ').map(spelled).join(' ');
        if (seen.has(key)) twice.push(`${tag}: ${pattern}`);
        seen.add(key);
      }
    }
    expect(twice).toEqual([]);
  });

  it('has phrases that can be found', () => {
    for (const [tag, patterns] of Object.entries(table.phrases)) {
      for (const pattern of patterns) {
        expect([tag, pattern, pattern.trim().replace(/ +/g, ' ')]).toEqual([tag, pattern, pattern]);
        expect([tag, pattern, balanced(pattern)]).toEqual([tag, pattern, true]);
        // A phrase of nothing but gaps and words that may be missing would be found everywhere.
        expect([tag, pattern, /^\*/.test(pattern)]).toEqual([tag, pattern, false]);
      }
    }
    const compiled = compileTable(table);
    for (const list of compiled.phrases.values()) {
      for (const phrase of list) {
        expect(phrase.wordsMin).toBeGreaterThan(0);
        for (const element of phrase.elements) {
          if (element.kind === 'words') for (const word of element.words) expect(word).toMatch(/^[^()|?*\s]+$/);
        }
      }
    }
  });

  it('names its units and goods in English', () => {
    for (const canonical of Object.keys(table.units)) expect(Object.keys(english.units)).toContain(canonical);
    for (const concept of Object.keys(table.goods ?? {})) expect(concept).toMatch(/^[a-z]+$/);
  });

  it('counts within reason', () => {
    for (const [word, value] of Object.entries(table.numbers)) {
      expect([word, Number.isFinite(value) && value > 0 && value <= 1_000_000]).toEqual([word, true]);
    }
    for (const [word, value] of Object.entries(table.scales)) expect([word, value >= 10]).toEqual([word, true]);
    for (const [word, value] of Object.entries(table.added ?? {}))
      expect([word, Math.abs(value) < 1]).toEqual([word, true]);
  });
});

function balanced(pattern: string): boolean {
  let open = 0;
  for (const char of pattern) {
    if (char === '(') open++;
    if (char === ')') open--;
    if (open < 0 || open > 1) return false;
  }
  return open === 0;
}
