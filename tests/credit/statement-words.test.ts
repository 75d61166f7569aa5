import { expect, test } from 'vitest';
import { statementWords } from '../../src/credit/statement/words.ts';
import { wrapText } from '../../src/credit/statement/wrap-text.ts';
import { LANGUAGES } from '../../src/shared/policies.ts';

const COLUMN = 64;
const MONTHS = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 28)));

test.each(LANGUAGES)('every day that a statement in %s prints fits its column, in bold too', (language) => {
  const days = new Intl.DateTimeFormat(statementWords(language).dateLocale, { dateStyle: 'medium', timeZone: 'UTC' });
  const wrapped = MONTHS.map((day) =>
    wrapText(days.format(day), { weight: 'bold', size: 8.5, width: COLUMN, linesMax: 2 }),
  );
  expect(wrapped.filter((lines) => lines.length > 1)).toEqual([]);
});

test('every language has words of its own', () => {
  expect(new Set(LANGUAGES.map((language) => statementWords(language).noMovements)).size).toBe(LANGUAGES.length);
});
