/**
 * Seventh stage: from candidates to a decision. One product fits, or the shop has said before which one it calls so:
 * take it. Several fit: an exact alias, the size, the cart and what the shop usually buys may decide; otherwise the retailer is asked, never guessed for.
 */

import type { ReadCandidate } from './candidate-reading.ts';
import { type CatalogueIndex, packSizesOf } from './catalogue-index.ts';
import { type Lookup, largerOfAllLanguages, smallerOfAllLanguages } from './lexicon.ts';
import { type Item, isOnlyLetter } from './reading.ts';
import { foldPlain } from './text-folding.ts';
import type { ParserProduct } from './types.ts';

export type Choice =
  | { kind: 'one'; candidate: ReadCandidate; confidence: number; reasons: string[] }
  | { kind: 'several'; candidates: ReadCandidate[]; reasons: string[] }
  | { kind: 'none'; near: ReadCandidate[] };

export type Preferences = { cart: ReadonlySet<number>; usual: ReadonlySet<number>; recent: ReadonlySet<number> };

/** At least this much of the words must be accounted for. */
const COVERAGE_MIN = 0.72;
const NEAR_MIN = 0.4;
/** Candidates this close to the best are equals. */
const MARGIN = 0.04;
const SLIGHTLY = 0.01;
const SCORE_MARGIN = 0.2;
export const CANDIDATES_MAX = 10;

/** Decides which product an item means. */
export function choose(item: Item, index: CatalogueIndex, preferences: Preferences): Choice {
  const best = item.candidates[0];
  if (!best) return { kind: 'none', near: [] };
  if (best.learned !== null) return one(best, 'learned_alias');
  const coverage = Math.max(...item.candidates.map((candidate) => candidate.coverage));
  if (coverage < COVERAGE_MIN) {
    const near = item.candidates.filter((candidate) => candidate.coverage >= NEAR_MIN);
    // Right in everything but the pack size: a question about this product, not an unknown one.
    const wrongSize = near.filter((candidate) => candidate.sizeMissed && candidate.coverage >= coverage - MARGIN);
    return wrongSize.length > 0 && coveredWithoutSize(item, wrongSize)
      ? { kind: 'several', candidates: wrongSize.slice(0, CANDIDATES_MAX), reasons: ['size_not_sold'] }
      : { kind: 'none', near: near.slice(0, CANDIDATES_MAX) };
  }
  const usual = best.exact ? null : onlyUsual(item, best, preferences);
  if (usual) return one(usual, 'usual');
  const fitting = [...item.candidates.filter((candidate) => isEqual(candidate, best)), ...soldByTheUnit(item, best)];
  const equals = preferUnitName(preferInPlace(preferKind(preferSizeWord(fitting))));
  if (best.sizeMissed)
    return { kind: 'several', candidates: equals.slice(0, CANDIDATES_MAX), reasons: ['size_not_sold'] };
  // "Bags: g 5": a letter is a size of something, and names nothing by itself.
  if (equals.length === 1 && equals[0]) {
    return isOnlyLetter(item) && !equals[0].exact
      ? { kind: 'several', candidates: equals, reasons: ['only_a_letter'] }
      : one(equals[0], 'only_fit');
  }
  // "Doodh" is milk and so the Arabic alias of one drink; what says "doodh" itself is meant as much.
  const asSaid = equals.some((candidate) => !candidate.exact && candidate.coverageAsSaid === candidate.coverage);
  const most = Math.max(...equals.map((candidate) => candidate.coverage));
  const isOwn = (candidate: ReadCandidate): boolean =>
    candidate.coverageAsSaid === candidate.coverage || (!asSaid && candidate.coverage >= most - SLIGHTLY);
  const exact = preferAsSaid(equals.filter((candidate) => candidate.exact && isOwn(candidate)));
  if (exact.length === 1 && exact[0]) return one(exact[0], 'exact_alias');
  const group = exact.length > 1 ? exact : equals;
  return decideAmong(group, item, index, preferences);
}

/** What the shop always buys may be called by a word that the catalogue gives to its neighbour alone ("chawal"). */
function onlyUsual(item: Item, best: ReadCandidate, preferences: Preferences): ReadCandidate | null {
  if (preferences.usual.size === 0 || best.sizeMissed) return null;
  const usual = item.candidates.filter(
    (candidate) =>
      preferences.usual.has(candidate.product) &&
      candidate.coverage >= COVERAGE_MIN &&
      // A word of another language counts here as if the catalogue said it; a mistyped one does not.
      candidate.coverageAsSaid >= best.coverage - MARGIN &&
      !candidate.sizeMissed &&
      asPacks(candidate) === asPacks(best),
  );
  return usual.length === 1 ? (usual[0] ?? null) : null;
}

function decideAmong(group: ReadCandidate[], item: Item, index: CatalogueIndex, preferences: Preferences): Choice {
  const softest = Math.max(...group.map((candidate) => candidate.softHits));
  const rules: Array<{ reason: string; keep: (candidate: ReadCandidate) => boolean }> = [
    { reason: 'in_cart', keep: (candidate) => preferences.cart.has(candidate.product) },
    { reason: 'usual', keep: (candidate) => preferences.usual.has(candidate.product) },
    { reason: 'unit_in_name', keep: (candidate) => softest > 0 && candidate.softHits === softest },
  ];
  for (const rule of rules) {
    const kept = group.filter(rule.keep);
    if (kept.length === 1 && kept[0]) return one(kept[0], rule.reason);
  }
  if (item.wanted) {
    const extreme = extremeBySize(group, item.wanted, index);
    if (extreme) return one(extreme, 'size_word');
  }
  const ordered = [...group].sort(
    (a, b) => Number(preferences.recent.has(b.product)) - Number(preferences.recent.has(a.product)),
  );
  return { kind: 'several', candidates: ordered.slice(0, CANDIDATES_MAX), reasons: ['several_fit'] };
}

function one(candidate: ReadCandidate, reason: string): Choice {
  const confidence = Math.round(Math.min(1, 0.6 * candidate.coverage + 0.25 + 0.15 * candidate.fit) * 100) / 100;
  return { kind: 'one', candidate, confidence, reasons: [reason, ...candidate.reasons] };
}

function isEqual(candidate: ReadCandidate, best: ReadCandidate): boolean {
  if (candidate.coverage < best.coverage - MARGIN || candidate.score < best.score - SCORE_MARGIN) return false;
  // A product of the size that was named and four of a smaller one are not two readings of equal worth.
  return candidate.sizeMissed === best.sizeMissed && asPacks(candidate) === asPacks(best);
}

/**
 * "Seng 5 lembar": the catalogue says the word only for the ridge cap, which nobody buys by the sheet. Products that
 * fit by the word's meaning are as good as the best when they alone are sold in the unit that was said.
 */
function soldByTheUnit(item: Item, best: ReadCandidate): ReadCandidate[] {
  if (best.exact || best.unitNamed || best.sizeMissed) return [];
  return item.candidates.filter(
    (candidate) =>
      candidate.unitNamed &&
      !isEqual(candidate, best) &&
      candidate.coverageAsSaid > candidate.coverage &&
      candidate.coverageAsSaid >= best.coverage - MARGIN &&
      candidate.coverage >= COVERAGE_MIN &&
      candidate.score >= best.score - SCORE_MARGIN &&
      !candidate.sizeMissed,
  );
}

function asPacks(candidate: ReadCandidate): boolean {
  return candidate.reasons.includes('amount_as_packs');
}

/** "Small" in a product's own name beats products that merely do not contradict it. */
function preferSizeWord(equals: ReadCandidate[]): ReadCandidate[] {
  return preferMost(equals, (candidate) => candidate.sizeWordHits);
}

/** "Dishwashing liquid vim" is the liquid of that name, not the bar, which washes dishes too. */
function preferKind(equals: ReadCandidate[]): ReadCandidate[] {
  return preferMost(equals, (candidate) => candidate.kindHits);
}

/** "10 strips" is meant for what is sold in strips, not for the bottle of the same medicine. */
function preferUnitName(equals: ReadCandidate[]): ReadCandidate[] {
  const named = equals.filter((candidate) => candidate.unitNamed);
  if (named.length > 0) return named;
  const sold = equals.filter((candidate) => !candidate.reasons.includes('unit_not_sold'));
  return sold.length > 0 ? sold : equals;
}

/**
 * An alias of the shop's own beats a name that means the same in another language, and one that is written letter by
 * letter beats one in another script that only sounds so.
 */
function preferAsSaid(exact: ReadCandidate[]): ReadCandidate[] {
  const said = exact.filter((candidate) => candidate.coverageAsSaid === candidate.coverage);
  const own = said.length > 0 ? said : exact;
  const spelled = own.filter((candidate) => candidate.coverage === 1);
  return spelled.length > 0 ? spelled : own;
}

/**
 * "2 coke 500": the alias stands there as it is written, and is no order for 500 of "coke 2l". "Pizza 40 50 pcs": the
 * 40 is a size of the one, and would have to be the quantity of the other, which comes by fifties.
 */
function preferInPlace(equals: ReadCandidate[]): ReadCandidate[] {
  const inPlace = preferMost(equals, (candidate) => candidate.numbersInPlace);
  return inPlace.length < equals.length ? inPlace : preferMost(equals, (candidate) => candidate.numbersTold);
}

function preferMost(equals: ReadCandidate[], count: (candidate: ReadCandidate) => number): ReadCandidate[] {
  const most = Math.max(...equals.map(count));
  return most > 0 ? equals.filter((candidate) => count(candidate) === most) : equals;
}

function coveredWithoutSize(item: Item, candidates: ReadCandidate[]): boolean {
  return item.sizes.length > 0 && candidates.some((candidate) => candidate.fit >= 0.3);
}

/** The smallest or largest of a group by pack size, when every one shows a size and one stands out. */
export function extremeBySize(
  group: readonly ReadCandidate[],
  wanted: 'smaller' | 'larger',
  index: CatalogueIndex,
): ReadCandidate | null {
  const named = extremeByName(group, wanted, index);
  if (named !== undefined) return named;
  const bases = group.map(({ product }) => packSizesOf(index, product)[0]?.base);
  const sizes = bases.includes(undefined) ? contentsOf(group, index) : bases;
  if (sizes === null) return null;
  const sized = group.map((candidate, i) => ({ candidate, base: sizes[i] ?? 0 })).sort((a, b) => a.base - b.base);
  if (wanted === 'larger') sized.reverse();
  const [first, second] = sized;
  return first && first.base !== second?.base ? first.candidate : null;
}

/** "Wipes 80 sheets", "wipes travel 20 sheets": how many of the same thing each holds, or null where one says nothing. */
function contentsOf(group: readonly ReadCandidate[], index: CatalogueIndex): number[] | null {
  const said = group.map(({ product }) => CONTENTS.exec(foldPlain(index.products[product]?.name ?? '')));
  const [first] = said;
  const isAlike = first != null && said.every((contents) => contents?.[2] === first[2]);
  return isAlike ? said.map((contents) => Number(contents?.[1])) : null;
}

const CONTENTS = /(?:^| )(\d+) (\p{L}{3,})\P{L}*$/u;

/**
 * "Pampers kubwa" is the one that the shop calls large, though its pack holds fewer. Undefined where no name says
 * anything of the kind.
 */
function extremeByName(
  group: readonly ReadCandidate[],
  wanted: 'smaller' | 'larger',
  index: CatalogueIndex,
): ReadCandidate | null | undefined {
  const saying = (words: Lookup<true>, said: (product: ParserProduct) => string[]) => (candidate: ReadCandidate) => {
    const product = index.products[candidate.product];
    return (
      product !== undefined &&
      said(product).some((text) =>
        foldPlain(text)
          .split(' ')
          .some((word) => words.has(word)),
      )
    );
  };
  const inName = ({ name }: ParserProduct): string[] => [name];
  const large = group.filter(saying(largerOfAllLanguages, inName));
  const small = group.filter(saying(smallerOfAllLanguages, inName));
  if (large.length + small.length === 0) {
    // "Nescafe big" is an alias of one of three: the shop's own word for it counts more than grams.
    const called = group.filter(
      saying(wanted === 'larger' ? largerOfAllLanguages : smallerOfAllLanguages, ({ aliases }) => aliases),
    );
    return called.length === 1 ? called[0] : undefined;
  }
  const [meant, other] = wanted === 'larger' ? [large, small] : [small, large];
  // "The small one" of medium and large is the one that is not large.
  const fits = meant.length > 0 ? meant : group.filter((candidate) => !other.includes(candidate));
  return fits.length === 1 ? (fits[0] ?? null) : null;
}
