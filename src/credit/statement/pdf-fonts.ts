import type { Subset } from 'fontkit';
import { mustExist } from '../../shared/assert.ts';
import { type Face, facesOf, type ShapedGlyph, type TextLine, type TextRun } from './shape-text.ts';

// How glyphs that HarfBuzz placed get into a pdfkit document. pdfkit takes an opened font and asks it to lay out a text;
// ours answers with the glyphs that were made for it before. pdfkit then writes, for each glyph of the embedded font, the
// letters that it stands for. A vowel sign may stand for one letter here and for another there, so the same drawing is
// embedded once for each of its meanings, a few hundred bytes each.

/** The parts of a pdfkit document that are used here. */
export type TextTarget = {
  registerFont(name: string, font: unknown): unknown;
  font(name: string): unknown;
  fontSize(size: number): unknown;
  text(text: string, x: number, y: number, options: object): unknown;
};

export type TextDrawer = {
  /** Draws a line with its baseline at `y`, from `x` to the right. */
  draw(line: TextLine, at: { x: number; y: number; size: number }): void;
};

/** Prepares a document for text of all our fonts; only the glyphs that are drawn are embedded. */
export function createTextDrawer(target: TextTarget): TextDrawer {
  let next: ShapedGlyph[] = [];
  for (const face of [...facesOf('regular'), ...facesOf('bold')]) {
    target.registerFont(
      face.name,
      fontFor(face, () => next),
    );
  }
  function drawRun(run: TextRun, { x, y, size }: { x: number; y: number; size: number }): void {
    next = run.glyphs;
    target.font(run.face.name);
    target.text(run.text, x + (run.left * size) / 1000, y, {
      lineBreak: false,
      baseline: 'alphabetic',
      textWidth: (run.width * size) / 1000,
      wordCount: 1,
      // With features named, pdfkit asks for the whole text and not for each word.
      features: ['kern'],
    });
  }

  return {
    draw({ runs }, at) {
      target.fontSize(at.size);
      for (const run of runs) drawRun(run, at);
    },
  };
}

type Meaning = { id: number; letters: string };

function fontFor(face: Face, glyphs: () => ShapedGlyph[]): unknown {
  const { metrics } = face;
  const layout = () => {
    const shaped = glyphs();
    return {
      glyphs: shaped.map((glyph) => ({
        id: glyph satisfies Meaning,
        advanceWidth: glyph.width,
        codePoints: [...glyph.letters].map((letter) => mustExist(letter.codePointAt(0), 'a letter')),
      })),
      positions: positionsOf(shaped),
      advanceWidth: shaped.reduce((sum, glyph) => sum + glyph.xAdvance, 0),
    };
  };
  return Object.create(metrics, {
    layout: { value: layout },
    createSubset: { value: () => subsetByMeaning(metrics.createSubset() as unknown as GlyphSubset) },
  });
}

/**
 * Where the glyphs go, new each time because pdfkit scales them in place. A shift to the side becomes a longer way to the
 * glyph and a shorter one from it, which stays within one piece of text; pdfkit itself would break the text in three.
 */
function positionsOf(shaped: ShapedGlyph[]) {
  const positions = shaped.map(({ xAdvance, xOffset, yOffset }) => ({ xAdvance, yAdvance: 0, xOffset, yOffset }));
  for (const [index, position] of positions.entries()) {
    const before = positions[index - 1];
    if (before === undefined) continue;
    before.xAdvance += position.xOffset;
    position.xAdvance -= position.xOffset;
    position.xOffset = 0;
  }
  return positions;
}

/** What fontkit's subset is made of: the glyphs by their place in the embedded font. */
type GlyphSubset = Omit<Subset, 'includeGlyph'> & { glyphs: number[]; includeGlyph(glyph: number | Meaning): number };

function subsetByMeaning(subset: GlyphSubset): GlyphSubset {
  const places = new Map<string, number>();
  const includeGlyph = subset.includeGlyph.bind(subset);
  subset.includeGlyph = (glyph) => {
    // Numbers are the parts that a composed glyph is drawn from.
    if (typeof glyph === 'number') return includeGlyph(glyph);
    const key = `${glyph.id} ${glyph.letters}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    const place = subset.glyphs.push(glyph.id) - 1;
    places.set(key, place);
    return place;
  };
  return subset;
}
