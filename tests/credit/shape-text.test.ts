import { describe, expect, test } from 'vitest';
import { facesOf, layOutLine, startsAtRight, type TextLine } from '../../src/credit/statement/shape-text.ts';
import { wrapText } from '../../src/credit/statement/wrap-text.ts';
import fc from '../support/properties.ts';

const line = (text: string): TextLine => layOutLine(text, 'regular', startsAtRight(text));
const glyphsOf = (text: string) => line(text).runs.flatMap((run) => run.glyphs);
const idsOf = (text: string): number[] => glyphsOf(text).map((glyph) => glyph.id);
const textsOf = (text: string): string[] => line(text).runs.map((run) => run.text);

describe('Devanagari', () => {
  test('draws a short i before its consonant', () => {
    const [first, second] = glyphsOf('कि');
    expect([second?.id]).toEqual(idsOf('क'));
    expect(first?.xAdvance).toBeGreaterThan(0);
    // Read from left to right, the letters still come as they were written.
    expect([first?.letters, second?.letters].join('')).toBe('कि');
  });

  test('joins consonants: one drawing for three letters', () => {
    for (const joined of ['क्ष', 'ज्ञ', 'त्र']) {
      const glyphs = glyphsOf(joined);
      expect(glyphs.filter((glyph) => glyph.xAdvance > 1)).toHaveLength(1);
      expect(glyphs.map((glyph) => glyph.letters).join('')).toBe(joined);
    }
  });

  test('hangs an r above the syllable that it begins', () => {
    const [consonant, above] = glyphsOf('र्क');
    expect([consonant?.id]).toEqual(idsOf('क'));
    expect(above?.xAdvance).toBe(0);
  });
});

describe('Arabic', () => {
  test('joins letters, each in the form of its place', () => {
    const alone = [...'متجر'].flatMap(idsOf);
    const joined = idsOf('متجر');
    expect(joined).toHaveLength(4);
    expect(joined.filter((id) => alone.includes(id))).toHaveLength(0);
  });

  test('draws lam and alef as one, still two letters to a reader', () => {
    const glyphs = glyphsOf('لا');
    expect(glyphs.filter((glyph) => glyph.xAdvance > 1)).toHaveLength(1);
    expect(
      glyphs
        .map((glyph) => glyph.letters)
        .reverse()
        .join(''),
    ).toBe('لا');
  });
});

describe('both directions on one line', () => {
  test.each([
    ['Al Noor متجر النور', ['Al Noor ', 'متجر النور']],
    // A number after Arabic words belongs to them and stands at their left; its digits keep their order.
    ['Al Noor متجر النور 24', ['Al Noor ', '24', 'متجر النور ']],
    ['متجر النور 24', ['24', 'متجر النور ']],
    ['متجر ٢٤', ['٢٤', 'متجر ']],
    ['متجر Al Noor فرع', ['فرع', ' ', 'Al Noor', 'متجر ']],
    ['Order \u2068متجر\u2069 1042', ['Order ', 'متجر', ' 1042']],
  ])('%s', (text, runs) => {
    expect(textsOf(text)).toEqual(runs);
  });

  test('brackets open towards their words', () => {
    // From left to right on the page: what closes the words is drawn as what opens them elsewhere.
    const [closing] = glyphsOf('(متجر)');
    expect(closing?.letters).toBe(')');
    expect(closing?.id).toBe(facesOf('regular')[1]?.metrics.glyphForCodePoint('('.charCodeAt(0)).id);
  });
});

test('a letter that no font has becomes a box, and keeps its meaning', () => {
  const [box] = glyphsOf('🛒');
  expect(box).toMatchObject({ id: 0, letters: '🛒' });
  expect(box?.xAdvance).toBeGreaterThan(0);
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'कखगर्क्षज्ञािीुेैंँ़ हम aB1(-) '), maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(...'متجرلاأالنورپچٹڑے 24٢()- ', '\u200f', '\u2067', '\u2069', 'َ', 'ّ'),
    maxLength: 40,
  }),
);

test('no letter of any text is lost or made up', () => {
  fc.assert(
    fc.property(anyText, fc.boolean(), (text, rightToLeft) => {
      for (const run of layOutLine(text, 'bold', rightToLeft).runs) {
        const letters = run.glyphs.map((glyph) => glyph.letters.replaceAll('\u200b', ''));
        const wanted = run.text.replaceAll('\u200b', '');
        expect([letters.join(''), [...letters].reverse().join('')]).toContain(wanted);
        expect(Number.isFinite(run.width)).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

describe('breaking lines', () => {
  const options = { weight: 'regular', size: 8.5, width: 120, linesMax: 50 } as const;
  const widthOf = (text: string): number => (layOutLine(text, 'regular', false).width * options.size) / 1000;

  test('every line fits, and together they are the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = wrapText(text, options);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const one of lines) expect(widthOf(one)).toBeLessThanOrEqual(options.width * 1.05);
      }),
      { numRuns: 500 },
    );
  });

  test('breaks between words, else between letters, and cuts the last line that there is room for', () => {
    expect(wrapText('two cartons came broken and went back', options)).toEqual([
      'two cartons came broken and',
      'went back',
    ]);
    const cut = wrapText('x'.repeat(500), { ...options, linesMax: 2 });
    expect(cut).toHaveLength(2);
    expect(cut[1]).toMatch(/^x+…$/);
  });
});
