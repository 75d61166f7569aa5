import { describe, expect, test } from 'vitest';
import { fitText, fitTitle, fitTitles, splitBeforeEnd, splitText } from '../../src/shared/message-limits.ts';
import fc from '../support/properties.ts';

const characters = (text: string) => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('a title is cut between characters as people see them', () => {
  const cases: [string, string, number, string][] = [
    ['a short one stays', 'Confirm', 20, 'Confirm'],
    ['one that just fits stays', '12345678901234567890', 20, '12345678901234567890'],
    ['a long one gets an ellipsis', '123456789012345678901', 20, '1234567890123456789…'],
    ['no space before the ellipsis', 'Coca-Cola 500ml PET bottle', 17, 'Coca-Cola 500ml…'],
    ['an emoji is not cut in half', `${'x'.repeat(18)}👍👍`, 20, `${'x'.repeat(18)}…`],
    ['a family is not torn apart', 'ab👨‍👩‍👧‍👦cdefghijklmnop', 10, 'ab…'],
    ['an accent stays with its letter', `${'x'.repeat(18)}e\u0301yz`, 20, `${'x'.repeat(18)}…`],
    ['white space around goes', '  Sugar  ', 20, 'Sugar'],
    ['line ends and gaps become one space', 'Sugar\n\t  1kg', 20, 'Sugar 1kg'],
  ];
  test.each(cases)('%s', (_what, text, max, expected) => {
    expect(fitTitle(text, max)).toBe(expected);
  });

  test('and it always fits', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, max) => {
        const fitted = fitText(text, max);
        expect(fitted.length).toBeLessThanOrEqual(max);
        if (fitted.endsWith('…') && !text.trim().startsWith(fitted)) {
          const kept = characters(fitted.slice(0, -1)).length;
          expect(characters(text.trim()).slice(0, kept).join('')).toBe(fitted.slice(0, -1));
        }
      }),
    );
  });
});

test('titles that were equal or become so are told apart, and all fit', () => {
  expect(fitTitles(['Sugar', 'Sugar', 'Sugar'], 20)).toEqual(['Sugar', 'Sugar 2', 'Sugar 3']);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('x'.repeat(30), 'x'.repeat(31), '👍'.repeat(20), 'a'), { maxLength: 12 }),
      (titles) => {
        const fitted = fitTitles(titles, 20);
        expect(new Set(fitted).size).toBe(titles.length);
        for (const title of fitted) expect(title.length).toBeLessThanOrEqual(20);
      },
    ),
  );
});

test('a text whose end has less room keeps all its words, and its end fits', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(anyText, fc.constantFrom(' ', '\n')), { maxLength: 20 }), (some) => {
      const whole = some.join('');
      const parts = splitBeforeEnd(whole, 10, 50);
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(50);
      expect(parts.at(-1)?.length ?? 0).toBeLessThanOrEqual(10);
      expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
    }),
  );
});

describe('a long text is split', () => {
  const cases: [string, string, number, string[]][] = [
    ['not when it fits', 'a\nb', 10, ['a\nb']],
    ['after a line', 'first line\nsecond', 12, ['first line', 'second']],
    ['after a word', 'one two three', 8, ['one two', 'three']],
    ['within a word when nothing else helps', 'abcdefgh', 3, ['abc', 'def', 'gh']],
    ['never within an emoji', '👍👍👍', 3, ['👍', '👍', '👍']],
    [
      'even within a character that is longer than a message',
      `e${'\u0301'.repeat(9)}`,
      4,
      ['e\u0301\u0301\u0301', '\u0301\u0301\u0301\u0301', '\u0301\u0301'],
    ],
    ['into nothing when there is nothing', ' \n ', 5, []],
  ];
  test.each(cases)('%s', (_what, text, max, expected) => {
    expect(splitText(text, max)).toEqual(expected);
  });

  test('into parts that all fit and together are the text', () => {
    const text = fc
      .array(fc.oneof(anyText, fc.constantFrom(' ', '\n')), { maxLength: 20 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 50 }), (whole, max) => {
        const parts = splitText(whole, max);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(max);
        expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
      }),
    );
  });
});
