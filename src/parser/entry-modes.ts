/** What a part does with what it names: orders, changes, takes out, asks about, or only speaks. */
import type { Annotation } from './annotate.ts';
import { isClear } from './ellipsis.ts';
import { type Entry, lacksQuantity, type Mode } from './entry.ts';
import type { PhraseTag } from './language-table.ts';
import type { Item } from './reading.ts';
import type { Segment } from './segments.ts';

const ACTS: ReadonlySet<PhraseTag> = new Set([
  'balance',
  'statement',
  'paid',
  'status',
  'human',
  'complaint',
  'help',
  'language',
  'why',
  'total',
]);

/**
 * "Cone one box kulfi two box kindly confirm availability": what is asked about a list behind its last line takes no
 * line out of it.
 */
export function isCountedInList(
  segment: Segment,
  item: Item,
  before: Entry | undefined,
  annotation: Annotation,
): boolean {
  if (!LISTED.has(segment.separator) || !segment.tags.has('query') || before?.mode !== 'order') return false;
  const { at } = segment;
  const number = at.findIndex((position) => annotation.pieces[position]?.kind === 'number');
  const query = at.findIndex((position) => annotation.phrasesAt.get(position)?.some(({ tag }) => tag === 'query'));
  return number >= 0 && number < query && item.names.length > 0 && !lacksQuantity(before);
}

const LISTED: ReadonlySet<Segment['separator']> = new Set(['flow', 'comma', 'line']);

export function modeOf(segment: Segment, item: Item, lastMode: Mode, annotation: Annotation): Mode {
  const { tags } = segment;
  if (tags.has('swap')) return 'swap';
  if (keepsOnly(item)) return 'remove';
  if (tags.has('aside') && !tags.has('query')) return 'aside';
  if (tags.has('former') && !tags.has('negate') && item.names.length > 0) return 'swap';
  if ((tags.has('double') || tags.has('halve')) && item.names.length > 0 && item.numbers.length === 0) return 'change';
  if (tags.has('remove')) return tags.has('change') && isBroughtTo(segment, annotation) ? 'change' : 'remove';
  // "Cancel it all, the shop is closed": talk behind the verb names nothing to take out.
  if (tags.has('cancel') && item.names.some((name) => !annotation.lexicon.chatter.has(name))) return 'remove';
  const act = [...tags].some((tag) => ACTS.has(tag));
  // "Same order, only no maaza", "bas maaza mat dena": with nothing counted, "only" is about what is left out.
  if (tags.has('negate') && tags.has('change') && item.names.length > 0 && item.numbers.length === 0) return 'negate';
  if (tags.has('query') || (segment.question && item.numbers.length === 0 && !act)) return 'query';
  if (tags.has('less') && isDifference('less', segment, item, annotation)) return 'remove';
  if (tags.has('raise') && isDifference('raise', segment, item, annotation)) return 'order';
  if (tags.has('change') && !(tags.has('paid') && item.sizes.length === 0)) return 'change';
  if (tags.has('negate') && item.names.length > 0) return refusesUnit(segment, annotation) ? 'change' : 'negate';
  if (tags.has('correct') && endsInNo(segment, item, annotation)) return 'negate';
  if (tags.has('correct') && item.numbers.length > 0) return 'change';
  // "2 crunchy, in English please": which language to answer in is asked beside an order, never instead of it.
  const isOrder =
    item.names.length > 0 && item.numbers.length > 0 && [...tags].every((tag) => tag === 'language' || !ACTS.has(tag));
  if (act && !isOrder) return 'act';
  // "Take off the oreos and the doritos": the verb reaches across "and" and down a list, until a quantity is said.
  const carries = lastMode === 'remove' || lastMode === 'change' || lastMode === 'query';
  const reaches =
    segment.separator === 'join' ||
    segment.separator === 'colon' ||
    segment.separator === 'line' ||
    segment.separator === 'comma';
  // "Pls quote: plywood 18mm, pvc pipe 110": a number that only names counts nothing.
  const isNamed = lastMode === 'query' && item.candidates[0]?.quantity === null && isClear(item);
  const fits = lastMode === 'change' ? item.numbers.length > 0 : item.numbers.length === 0 || isNamed;
  const begins = tags.has('add') || tags.has('more') || tags.has('instead');
  return carries && reaches && fits && !begins ? lastMode : 'order';
}

/** "Sirf maggi rakho", "deja solo la coca": of the cart nothing else stays; with a number it is a new total. */
export function keepsOnly({ names, numbers, segment }: Item): boolean {
  return segment.tags.has('only') && names.length > 0 && numbers.length === 0;
}

/** "Nido cartons not tins": what is refused behind the name is how it was counted. */
function refusesUnit({ at }: Segment, { pieces, phrasesAt, filler, claimed }: Annotation): boolean {
  const no = at.findIndex((position) => phrasesAt.get(position)?.some(({ tag }) => tag === 'negate'));
  const behind = at.slice(no + 1).filter((position) => !filler[position] && !claimed[position]);
  return behind.length > 0 && behind.every((position) => pieces[position]?.kind === 'unit');
}

/** "Cut the cloves to 3": the phrase that goes on to the new number says more than the verb it begins with. */
function isBroughtTo({ at }: Segment, { phrasesAt }: Annotation): boolean {
  return at.some((position) => {
    const begun = phrasesAt.get(position) ?? [];
    const removed = begun.find(({ tag }) => tag === 'remove')?.words.at(-1);
    return (
      removed !== undefined && begun.some(({ tag, words }) => tag === 'change' && (words.at(-1) ?? removed) > removed)
    );
  });
}

/**
 * "Coke 2 kam kar do" takes two off, "coke kam karke 2" leaves two: the number or its unit stands right before the verb.
 * "Bájale 2 a la coca", "bájale a la coca 2" take two off, "bájale a 2", "baja la coca a 2" leave two: behind a verb that
 * stands first, a number is a new total where the word for "to" leads to it.
 */
function isDifference(
  tag: PhraseTag,
  { at }: Segment,
  item: Item,
  { pieces, phrasesAt, claimed, filler }: Annotation,
): boolean {
  // Of what is sold by weight, 2 kg are as good a number.
  const counting = item.candidates[0]?.reasons.includes('measured_amount') ? ['number', 'size'] : ['number'];
  const isNumber = (position: number): boolean =>
    counting.includes(pieces[position]?.kind ?? '') && at.includes(position) && !claimed[position];
  const verb = at.findIndex((position) => phrasesAt.get(position)?.some((phrase) => phrase.tag === tag));
  const phrase = phrasesAt.get(at[verb] ?? -1)?.find((match) => match.tag === tag);
  if (!phrase) return false;
  const behind = at.slice(verb + 1).filter(isNumber);
  // "Una caja menos de oreo" takes one off in any language: nothing but the number before it can be the difference.
  if (phrase.closes || behind.length === 0) {
    const [before = -1, earlier = -1] = [at[verb - 1], at[verb - 2]];
    return (
      (isNumber(before) || (pieces[before]?.kind === 'unit' && isNumber(earlier))) &&
      !behind.some((position) => pieces[position]?.kind === 'number')
    );
  }
  const [number, ...others] = behind;
  if (number === undefined || others.length > 0) return false;
  const end = phrase.words.at(-1) ?? -1;
  const leads = phrase.words.length > 1;
  if (number === end + 1) return !leads;
  return leads && !filler[number - 1];
}

/**
 * "Maaza nahi", "3 maaza nahi": where verbs stand last, a no behind the only name of a part takes it out and corrects
 * nothing; behind a number it refuses that.
 */
function endsInNo(segment: Segment, item: Item, annotation: Annotation): boolean {
  if (item.names.length === 0 || !closesWithNo(segment, annotation)) return false;
  if (item.numbers.length === 0) return true;
  const said = segment.at.findLast((at) => !annotation.filler[at] && !annotation.claimed[at]);
  return annotation.pieces[said ?? -1]?.kind === 'word';
}

/** The last thing that a part says is the no of a language that puts its verbs last: "2 nahi" is "not 2". */
export function closesWithNo(segment: Segment, annotation: Annotation): boolean {
  const last = segment.at.findLast((at) => !annotation.filler[at] || annotation.claimed[at]);
  return annotation.phrases.some(
    (phrase) => phrase.tag === 'correct' && phrase.closes && last !== undefined && phrase.words.at(-1) === last,
  );
}

export function isCorrection(segment: Segment, item: Item): boolean {
  if (segment.tags.has('correct')) return true;
  return segment.tags.has('negate') && item.names.length === 0;
}
