/** A number and its measure as one piece, in either order: "500 ml", "kilo 20", "12 v", "2.5mm²". */
import { addFraction, fractionAt } from './fractions.ts';
import type { Measure } from './language-table.ts';
import type { PieceCursor } from './piece-cursor.ts';
import { type SizePiece, sizeTerm } from './pieces.ts';
import type { Token } from './tokens.ts';

export function readMeasure(cursor: PieceCursor, first: Token, value: number, used: number): boolean {
  const token = cursor.peek(used);
  if (!token) return false;
  const hyphenated = token.text === '-' && token.glued && cursor.peek(used + 1)?.glued === true;
  const at = hyphenated ? used + 1 : used;
  const unit = cursor.peek(at);
  if (!unit) return false;
  const inchMark = unit.kind === 'mark' && unit.text === '"' && unit.glued;
  const written = inchMark ? { measure: cursor.lexicon.measures.get('inch'), used: 1 } : measureAt(cursor, at);
  const { measure } = written;
  if (!measure || !Number.isFinite(value)) return false;
  if (measure.gluedOnly && !unit.glued && !isSizeApart(cursor, unit.text, measure, value)) return false;
  if (isVessel(cursor, unit.text, measure, value)) return false;
  cursor.justSawTimes = false;
  const end = cursor.peek(at + written.used - 1)?.end ?? unit.end;
  const common = { text: `${first.text}${unit.text}`, start: first.start, end, glued: first.glued };
  pushSize(cursor, common, measure, value, at + written.used);
  return true;
}

/** A measure in one word, or in two that the tables write together: "sq mm". */
function measureAt(cursor: PieceCursor, offset: number): { measure: Measure | undefined; used: number } {
  const [word, next] = [cursor.wordAt(offset), cursor.wordAt(offset + 1)];
  const measure = word === null ? undefined : cursor.lexicon.measures.get(word);
  const power = cursor.peek(offset + 1);
  // "2.5mm²"
  if (measure?.dimension === 'length' && power?.kind === 'number' && power.glued && power.text === '2')
    return { measure: { dimension: 'area', factor: measure.factor ** 2 }, used: 2 };
  if (measure || word === null || next === null || !cursor.lexicon.measures.has(next)) return { measure, used: 1 };
  return { measure: cursor.lexicon.measures.get(word + next), used: 2 };
}

/** "12 v": a letter apart from its number is a measure where the catalogue holds that very size. */
function isSizeApart(cursor: PieceCursor, word: string, { dimension, factor }: Measure, value: number): boolean {
  if (!cursor.shop.isMessage || cursor.lexicon.fillers.has(word) || cursor.lexicon.joins.has(word)) return false;
  return cursor.shop.knowsTerm(sizeTerm({ dimension, base: value * factor }));
}

/**
 * "3 galones de cloro", "2 galão": what is a measure and a unit word too counts vessels, where the catalogue knows
 * neither that size nor one of that measure.
 */
function isVessel(cursor: PieceCursor, word: string, { dimension, factor }: Measure, value: number): boolean {
  if (!cursor.shop.isMessage || dimension !== 'volume' || cursor.unitOf(word) === undefined) return false;
  return ![value, 1].some((count) => cursor.shop.knowsTerm(sizeTerm({ dimension, base: count * factor })));
}

/** "Kilo 20", "kilo moja", and the dual of a measure, which needs no number at all. */
export function readMeasureFirst(cursor: PieceCursor, token: Token): boolean {
  const measure = cursor.lexicon.measures.get(token.text);
  // A single letter before a number is a size of clothes or a model as often as a measure.
  if (!measure || measure.gluedOnly || token.text.length < 2 || cursor.pieces.at(-1)?.kind === 'number') return false;
  const halfMore = measure.alone === undefined && isHalfMore(cursor);
  // "Azúcar de kilo 10": what is "of" a measure is of one, and the number behind it counts.
  const ofOne = !cursor.lexicon.numberFollows(token.text) && isOfWord(cursor);
  const own = halfMore || ofOne ? 1 : measure.alone;
  const alone = own === undefined ? null : { value: own, used: 0 };
  // The dual says its number itself.
  const behind = ofOne || measure.alone === 2 || saysOneAnd(cursor, measure) ? null : cursor.numberBehind(1);
  const found = behind && isOwnNumber(cursor, token, behind.used) ? behind : alone;
  if (!found || !Number.isFinite(found.value)) return false;
  const last = cursor.peek(found.used) ?? token;
  const before = cursor.pieces.at(-1);
  if (halfMore && before?.kind === 'word' && cursor.lexicon.articles.has(before.text)) cursor.pieces.pop();
  pushSize(
    cursor,
    { text: token.text, start: token.start, end: last.end, glued: token.glued },
    measure,
    found.value,
    1 + found.used,
  );
  return true;
}

/** Whether "de" or the like stands right before, behind a name. */
function isOfWord({ lexicon, pieces }: PieceCursor): boolean {
  const [name, of] = pieces.slice(-2);
  if (name?.kind !== 'word' || of?.kind !== 'word' || of.text.length !== 2) return false;
  return lexicon.fillers.has(of.text) && !lexicon.attributes.has(of.text) && !lexicon.fillers.has(name.text);
}

/** "A kilo and a half of almonds": with a fraction added and no unit for it behind, the measure alone is one of it. */
function isHalfMore(cursor: PieceCursor): boolean {
  const { articles, bunches, joins, measures } = cursor.lexicon;
  if (!joins.has(cursor.wordAt(1) ?? '')) return false;
  const at = articles.has(cursor.wordAt(2) ?? '') ? 3 : 2;
  const next = cursor.wordAt(at + 1) ?? '';
  const opens = cursor.unitOf(next) !== undefined || bunches.has(next) || measures.has(next);
  return !opens && fractionAt(cursor, at) !== null;
}

/** "Sekilo setengah": the measure says its own one, to which the fraction is added. */
function saysOneAnd(cursor: PieceCursor, { alone }: Measure): boolean {
  const word = cursor.wordAt(1) ?? '';
  return alone === 1 && cursor.lexicon.grammarOf(word).fractionsFollow && fractionAt(cursor, 1) !== null;
}

/** "Kilo 20 bags": the number behind the measure is the unit's; "inchi 3 kilo tano": where numbers follow, it is not. */
function isOwnNumber(cursor: PieceCursor, token: Token, used: number): boolean {
  const behind = cursor.peek(1 + used);
  if (behind?.text === 'x' || behind?.text === '*') return false;
  const { bunches, measures } = cursor.lexicon;
  const word = behind?.kind === 'word' ? behind.text : '';
  const taken = cursor.unitOf(word) !== undefined || measures.has(word) || bunches.has(word);
  return !taken || (cursor.lexicon.numberFollows(token.text) && cursor.numberBehind(2 + used) !== null);
}

function pushSize(
  cursor: PieceCursor,
  common: Omit<SizePiece, 'kind' | 'dimension' | 'base' | 'value'>,
  measure: Measure,
  value: number,
  used: number,
): void {
  const { text, start, end, glued } = common;
  const { dimension, factor } = measure;
  const size: SizePiece = { kind: 'size', text, start, end, glued, dimension, base: value * factor, value };
  cursor.push(size, used);
  if (cursor.peek(0) === undefined) return;
  addFraction(cursor, (part) => {
    if (!Number.isInteger(size.value)) return false;
    size.value += part;
    size.base += part * factor;
    return true;
  });
}
