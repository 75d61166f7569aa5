import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import createBidi from 'bidi-js';
import { create, type Font } from 'fontkit';
import * as harfbuzz from 'harfbuzzjs';
import { mustExist } from '../../shared/assert.ts';

// From a text in any writing to glyphs in their places. Three steps: the Unicode bidirectional algorithm puts runs of
// one direction in the order they are seen in; each run is given a font that has its letters; HarfBuzz shapes it: joins
// Arabic letters, builds Devanagari conjuncts and moves vowel signs before their consonant.
//
// HarfBuzz rather than the shaper inside pdfkit: the two agreed on all of 7,121 Hindi, Marathi, Nepali, Arabic, Persian,
// Urdu, Pashto and Sindhi words, but not on stacked vowel marks, and only HarfBuzz says which letters a glyph stands for.
// With that, text copied out of the file or searched in it is what was written, letters in the order of writing.
//
// Fonts: Noto Sans has Latin, Greek, Cyrillic and Devanagari; Vazirmatn has Arabic, Persian and Urdu. Noto Sans Arabic
// was not taken, because it draws the dots of a letter as glyphs of their own, which readers take for letters.

export type Weight = 'regular' | 'bold';

/** One font file. */
export type Face = { name: string; metrics: Font; shaper: harfbuzz.Font; letters: ReadonlySet<number> };

/** A glyph with the letters that it stands for; offsets and advances in units of its font. */
export type ShapedGlyph = {
  id: number;
  letters: string;
  /** How wide the font says it is, and how far it is to the next one. */
  width: number;
  xAdvance: number;
  xOffset: number;
  yOffset: number;
};

/** Letters of one font and direction, side by side on a line; `left` and `width` in thousandths of the font size. */
export type TextRun = { face: Face; text: string; glyphs: ShapedGlyph[]; left: number; width: number };

export type TextLine = { runs: TextRun[]; width: number };

const require = createRequire(import.meta.url);

const files: Record<Weight, string[]> = {
  regular: [
    require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
    require.resolve('@expo-google-fonts/vazirmatn/400Regular/Vazirmatn_400Regular.ttf'),
  ],
  bold: [
    require.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
    require.resolve('@expo-google-fonts/vazirmatn/700Bold/Vazirmatn_700Bold.ttf'),
  ],
};

const loaded = new Map<string, Face>();

/** The fonts of a weight, the usual one first. Read once in the life of the process. */
export function facesOf(weight: Weight): Face[] {
  return files[weight].map((file) => {
    const known = loaded.get(file);
    if (known !== undefined) return known;
    const bytes = readFileSync(file);
    const shaper = new harfbuzz.Font(new harfbuzz.Face(new harfbuzz.Blob(new Uint8Array(bytes).buffer)));
    const metrics = create(bytes) as Font;
    const face = { name: file, metrics, shaper, letters: new Set(metrics.characterSet) };
    loaded.set(file, face);
    return face;
  });
}

// Its types describe an ES module; what Node loads is the function itself.
const bidi = (createBidi as unknown as typeof createBidi.default)();

/** Whether a reader would start this text at the right: decided by its first letter that has a direction. */
export function startsAtRight(text: string): boolean {
  return towardsLeft.test(text) && ((bidi.getEmbeddingLevels(text, 'auto').paragraphs[0]?.level ?? 0) & 1) === 1;
}

/** Letters and marks that make text run to the left; without any, nothing is to be reordered. */
const towardsLeft =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Lays out one line of text; `rightToLeft` is the direction of the paragraph that it belongs to. */
export function layOutLine(text: string, weight: Weight, rightToLeft: boolean): TextLine {
  const clean = text.replace(unprintable, ' ').replace(loneSurrogates, '\ufffd').trimEnd();
  const plain = !rightToLeft && !towardsLeft.test(clean);
  const levels = plain ? null : bidi.getEmbeddingLevels(clean, rightToLeft ? 'rtl' : 'ltr').levels;
  let left = 0;
  const runs = inVisualOrder(splitRuns(clean, levels, facesOf(weight))).map((run) => {
    const { face, text: letters } = run;
    const glyphs = shape(run);
    const advance = glyphs.reduce((sum, glyph) => sum + glyph.xAdvance, 0);
    const placed = { face, text: letters, glyphs, left, width: (advance * 1000) / face.metrics.unitsPerEm };
    left += placed.width;
    return placed;
  });
  return { runs, width: left };
}

/**
 * Stands for a glyph that is only a part of the one before it, such as the upper half of a vowel. Invisible. ActualText over
 * such words was tried instead: pdftotext then put them on lines of their own.
 */
const NO_LETTER = '\u200b';

const unprintable = /[\p{Cc}\u2028\u2029]/gu;
const loneSurrogates = /\p{Cs}/gu;
/** They have told the algorithm what to do; nothing is drawn for them. */
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const ownScript = /\p{Script=Devanagari}|\p{Script=Arabic}/u;
const anyScript = /[\p{Script=Common}\p{Script=Inherited}]/u;

type Piece = { face: Face; text: string; level: number; script: string };

/** Cuts a line wherever direction, font or writing changes; HarfBuzz shapes one writing at a time. */
function splitRuns(text: string, levels: Uint8Array | null, faces: Face[]): Piece[] {
  const pieces: Piece[] = [];
  let index = 0;
  for (const letter of text) {
    const level = levels === null ? 0 : mustExist(levels[index], 'the direction of a letter');
    index += letter.length;
    if (bidiControls.test(letter)) continue;
    const last = pieces.at(-1);
    const neutral = anyScript.test(letter);
    const script = neutral ? (last?.script ?? '') : scriptOf(letter);
    const face = faceFor(letter, faces, neutral && (level & 1) === 1 ? last?.face : undefined, last?.face);
    if (last !== undefined && last.face === face && last.level === level && last.script === script) last.text += letter;
    else pieces.push({ face, text: letter, level, script });
  }
  return pieces;
}

function scriptOf(letter: string): string {
  if (!ownScript.test(letter)) return '';
  return /\p{Script=Arabic}/u.test(letter) ? 'arabic' : 'devanagari';
}

/** The first font that has the letter; marks stay with their letter. None has it: the usual font, which shows a box. */
function faceFor(letter: string, faces: Face[], preferred: Face | undefined, before: Face | undefined): Face {
  const code = mustExist(letter.codePointAt(0), 'a letter');
  const candidates = /\p{Mn}|\p{Me}|\u200c|\u200d/u.test(letter) ? [before, ...faces] : [preferred, ...faces];
  const found = candidates.find((face) => face?.letters.has(code));
  return found ?? mustExist(faces[0], 'a font');
}

/** Rule L2 of the bidirectional algorithm: from the deepest level up, whatever lies at it or deeper is turned round. */
function inVisualOrder(pieces: Piece[]): Piece[] {
  const ordered = [...pieces];
  const deepest = Math.max(0, ...pieces.map((piece) => piece.level));
  for (let level = deepest; level > 0; level -= 1) {
    for (let start = 0; start < ordered.length; start += 1) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end += 1;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  }
  return ordered;
}

// One for all, since its memory lies outside of the garbage collector's and would be given back late.
const buffer = new harfbuzz.Buffer();

/** Shapes letters of one font, writing and direction; glyphs from left to right. */
function shape({ face, text, level }: Piece): ShapedGlyph[] {
  const rightToLeft = (level & 1) === 1;
  buffer.reset();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  buffer.setDirection(rightToLeft ? harfbuzz.Direction.RTL : harfbuzz.Direction.LTR);
  harfbuzz.shape(face.shaper, buffer);
  const infos = buffer.getGlyphInfos();
  const positions = buffer.getGlyphPositions();
  // The glyphs of a cluster, and the letters that they stand for together, side by side in the order they are drawn.
  const clusters = new Map<number, ShapedGlyph[]>();
  for (const [index, { cluster, codepoint: id }] of infos.entries()) {
    const { xAdvance, xOffset, yOffset } = mustExist(positions[index], 'the place of a glyph');
    const glyph = { id, letters: '', width: face.metrics.getGlyph(id).advanceWidth, xAdvance, xOffset, yOffset };
    const glyphs = clusters.get(cluster);
    if (glyphs === undefined) clusters.set(cluster, [glyph]);
    else glyphs.push(glyph);
  }
  const starts = [...clusters.keys()].sort((a, b) => a - b);
  const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? text.length]));
  return [...clusters].flatMap(([start, glyphs]) => {
    const letters = [...text.slice(start, ends.get(start))];
    if (!rightToLeft) return shareOut(letters, glyphs, face);
    return shareOut(letters, glyphs.reverse(), face).reverse();
  });
}

/**
 * Gives each glyph of a cluster one letter, so that read in the order given they are the text as it was written: a vowel
 * sign that is drawn before its consonant gets the consonant's letter, and the consonant the vowel sign's. Letters beyond
 * the glyphs, as of lam and alef in one, get blanks of the least width that readers notice. Two habits of readers ask for
 * that: a line from right to left is turned round letter by letter, also within a glyph; and a glyph that stands for a
 * mark is taken to have no width, so that after a wide one they would see a gap, and in it a space.
 */
function shareOut(letters: string[], glyphs: ShapedGlyph[], face: Face): ShapedGlyph[] {
  const id = face.metrics.glyphForCodePoint(0x20).id;
  const blank = (letter: string) => ({ id, letters: letter, width: 1, xAdvance: 1, xOffset: 0, yOffset: 0 });
  const shared: ShapedGlyph[] = [];
  let next = 0;
  for (const glyph of glyphs) {
    for (; glyph.width > 0 && mark.test(letters[next] ?? ''); next += 1) shared.push(blank(letters[next] ?? ''));
    // A glyph must stand for something, or readers make a letter up.
    shared.push({ ...glyph, letters: letters[next] ?? NO_LETTER });
    next += 1;
  }
  return [...shared, ...letters.slice(next).map(blank)];
}

const mark = /\p{Mn}/u;
