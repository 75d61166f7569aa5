/**
 * Unit words to the product's own units. The shop names its units as it likes; a unit of the very name wins, then
 * the one of the same class, so that "ctn" finds "case" in one shop and "box" in another.
 */
import type { UnitWord } from './compiled-table.ts';
import type { Dimension, Measure, UnitClass } from './language-table.ts';
import { measuresOfAllLanguages, unitsOfAllLanguages } from './lexicon.ts';
import type { SizePiece } from './pieces.ts';
import { round } from './pieces.ts';
import { foldPlain } from './text-folding.ts';
import type { ParserProduct } from './types.ts';
import { singular } from './word-similarity.ts';

/** Names that shops and retailers use for one another, where a product is sold by the other one. */
const NEARLY: Record<string, readonly string[]> = {
  packet: ['pack'],
  pack: ['packet'],
  tin: ['can'],
  can: ['tin'],
  bag: ['sack'],
  sack: ['bag'],
  // The Hindi "dabba" is a box of sweets, a tin of paint and a can of oil.
  container: ['box', 'tin', 'can', 'jar', 'tub'],
};

/** Units that say nothing about what the thing is. */
const SHAPELESS: ReadonlySet<string> = new Set(['piece', 'unit', 'each']);

/** The product's unit for a unit word, or null when it sells nothing of the kind. */
export function unitFor(product: ParserProduct, word: UnitWord): string | null {
  const keys = Object.keys(product.units);
  const own = keys.find((key) => unitName(key).canonical === word.canonical);
  if (own !== undefined) return own;
  for (const like of NEARLY[word.canonical] ?? []) {
    const near = keys.find((key) => unitName(key).canonical === like);
    if (near !== undefined) return near;
  }
  const least = Math.min(...Object.values(product.units));
  for (const wanted of word.classes) {
    const ofClass = keys.filter((key) => isOfClass(key, wanted, product, least));
    // Of several outer packs the largest is the one that a word for "carton" means.
    if (ofClass.length > 0)
      return ofClass.sort((a, b) => factor(product, b, wanted) - factor(product, a, wanted))[0] ?? null;
  }
  return null;
}

/** Whether a shop names a unit of the product so; outer packs have too many names for that to say anything. */
export function sellsByName(product: ParserProduct, word: UnitWord): boolean {
  if (word.classes.includes('outer') || SHAPELESS.has(word.canonical)) return false;
  return Object.keys(product.units).some((key) => unitName(key).canonical === word.canonical);
}

/** The unit that counts single pieces, for "two dozen" and for packs counted by weight. */
export function singleUnit(product: ParserProduct): string | null {
  return unitFor(product, { canonical: 'piece', classes: ['single'] });
}

/** A measured amount in one of the product's own measures ("500 g" of a product sold by kg), or null. */
export function measuredQuantity(
  product: ParserProduct,
  size: { dimension: Dimension; base: number },
): { quantity: number; unit: string } | null {
  for (const key of Object.keys(product.units)) {
    const { measure } = unitName(key);
    if (measure && measure.dimension === size.dimension)
      return { quantity: round(size.base / measure.factor), unit: key };
  }
  return null;
}

/** In mm: what is sold by the roll is a metre long at least. */
const ROLL_LENGTH_MIN = 1000;

/** Two bulbs of 12 W are no bulb of 24 W. */
const ADDS_UP: ReadonlySet<Dimension> = new Set(['mass', 'volume', 'ounce', 'length']);

/** What may be an amount of goods, as kilos and litres are; watts and short lengths never are. */
export function isAmount({ dimension }: { dimension: Dimension }): boolean {
  return dimension === 'mass' || dimension === 'volume';
}

/** How many packs of the product make up the amount ("10 kilo" of a 1 kg pack), when that is a whole number above 1. */
export function packsIn(
  size: SizePiece,
  packSizes: ReadonlyArray<{ dimension: Dimension; base: number }>,
): number | null {
  for (const pack of packSizes) {
    if (pack.dimension !== size.dimension || pack.base <= 0 || !ADDS_UP.has(pack.dimension)) continue;
    // A short length is a thickness or a diameter: 50 mm are not two of 25 mm.
    if (pack.dimension === 'length' && pack.base < ROLL_LENGTH_MIN) continue;
    const packs = size.base / pack.base;
    if (packs > 1 && Math.abs(packs - Math.round(packs)) < 1e-6) return Math.round(packs);
  }
  return null;
}

type UnitName = { canonical: string; classes: UnitClass[]; measure: Measure | undefined };

// A shop has a handful of unit names and every candidate asks for them; the bound only guards against odd data.
const unitNames = new Map<string, UnitName>();
const UNIT_NAMES_MAX = 1000;

function unitName(key: string): UnitName {
  const known = unitNames.get(key);
  if (known) return known;
  const folded = foldPlain(key).trim();
  const entry = unitsOfAllLanguages.get(folded) ?? unitsOfAllLanguages.get(singular(folded));
  const measure = measuresOfAllLanguages.get(folded);
  const name = { canonical: entry?.canonical ?? folded, classes: measure ? [] : (entry?.classes ?? []), measure };
  if (unitNames.size >= UNIT_NAMES_MAX) unitNames.clear();
  unitNames.set(key, name);
  return name;
}

/** A unit that holds several others is an outer pack whatever it is called; the smallest one counts singles. */
function isOfClass(key: string, wanted: UnitClass, product: ParserProduct, least: number): boolean {
  const { classes, measure } = unitName(key);
  if (measure) return false;
  const isOuter = (product.units[key] ?? 1) > least;
  if (wanted === 'single') return !isOuter;
  if (wanted === 'outer') return isOuter && !classes.includes('sack') && !classes.includes('strip');
  return classes.includes(wanted);
}

function factor(product: ParserProduct, key: string, wanted: UnitClass): number {
  const held = product.units[key] ?? 1;
  return wanted === 'single' ? -held : held;
}
