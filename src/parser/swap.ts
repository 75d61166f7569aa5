/** One product of the cart for another: "swap A for B", "B instead of A". */
import type { Annotation } from './annotate.ts';
import type { ReadCandidate } from './candidate-reading.ts';
import { type CatalogueIndex, hasTerm } from './catalogue-index.ts';
import { type Choice, choose } from './choose.ts';
import { chooseEdited, type Edit, type EditContext, keptUnit, removal } from './edits.ts';
import { type Entry, kindByNumber } from './entry.ts';
import type { PhraseTag } from './language-table.ts';
import { type Outcome, orderOutcome, saidFor, skuOf, unknownOutcome, whichOutcome } from './lines.ts';
import type { PhraseMatch } from './phrases.ts';
import { type Item, isOnlyLetter, readItem } from './reading.ts';
import { isPronoun } from './said-numbers.ts';
import type { Segment } from './segments.ts';
import { isSizeWord } from './size-words.ts';
import type { OrderLine } from './types.ts';
import { findWords } from './vocabulary.ts';

/** "Swap the sprite for fanta 2l": the old line goes, the new one takes its quantity unless another is said. */
export function swapEntry(entry: Entry, context: EditContext): Edit | null {
  const halves = splitSwap(entry, context);
  if (!halves) return null;
  const former = part(entry, halves.out, context);
  const said = part(entry, halves.in, context);
  // "The big speaker instead of the small one"
  const lent = former.names.length === 0 && former.wanted !== null && said.names.length > 0;
  const old = chooseEdited(
    lent ? part(entry, [...nameOf(halves.in, context), ...halves.out], context) : former,
    context,
  );
  // "Change the 500 coke for the 2 litre one", "the small speaker for the big one": the name stands in the first half.
  const letter = isOnlyLetter(said);
  const short = letter || (said.names.length === 0 && (said.sizes.length > 0 || said.wanted !== null));
  // "The pants M for L": one letter takes the place of the other.
  const noun = nameOf(halves.out, context).filter((at) => !letter || !isLetter(at, context));
  const fresh = short ? part(entry, [...noun, ...halves.in], context) : said;
  if (old.choice.kind !== 'one' || !old.inCart) return null;
  const oldProduct = old.choice.candidate.product;
  const amount = short ? amountOf(oldProduct, [...halves.out, ...halves.in], entry, context) : null;
  if (amount === 'measured_amount') return null;
  const fits = { ...fresh, candidates: fresh.candidates.filter((candidate) => candidate.product !== oldProduct) };
  const open = choose(fits, context.index, { ...context.preferences, cart: new Set() });
  const choice =
    open.kind === 'several'
      ? (toldByNumber(fresh, open.candidates) ?? kinOf(oldProduct, old.item, open.candidates, context.index) ?? open)
      : open;
  // "Reduce the flour to 3 kg", with no pack of that size: three packs of a kilo.
  if (choice.kind === 'none' && amount !== null) return null;
  const line = lineOf(oldProduct, context);
  const moved = line ? moveSome(line, old, choice, context) : null;
  if (moved) return moved;
  const taken = removal(skuOf(context.index, oldProduct), old.item, old.choice);
  const number = fresh.numbers.at(-1);
  const told =
    number && !number.unit && said.names.length + said.sizes.length === 0 ? toldKind(entry, halves, context) : null;
  if (told && told.product !== oldProduct)
    return exchange({ old: old.choice.candidate, fresh: told, item: fresh }, context);
  // "Instead of 2 coke send 5": nothing but another quantity.
  if (number && fresh.names.length + fresh.sizes.length === 0)
    return {
      ...orderOutcome(context.index, fresh, old.choice, saidFor(context.index, oldProduct, number)),
      kind: 'change',
    };
  // "The 2 litre one": the number stands for the thing.
  const pronoun = short && said.numbers.every(isPronoun);
  if (choice.kind === 'none') {
    const unknown = fresh.names.length > 0 ? unknownOutcome(context.index, fresh, choice.near).clarify : [];
    return { lines: taken.lines, clarify: unknown, kind: unknown.length > 0 ? 'change' : 'remove' };
  }
  const put =
    choice.kind === 'several'
      ? whichOutcome(context.index, fresh, choice.candidates, { ...keptFrom(line), unit: line?.unit ?? null })
      : withQuantityOf(line, fresh, pronoun ? uncounted(choice) : choice, context);
  return { lines: [...taken.lines, ...put.lines], clarify: put.clarify, kind: 'change' };
}

/** "Swap one case of the cola for sprite", with three in the cart: two stay, and one is the other thing. */
function moveSome(line: OrderLine, old: Chosen, fresh: Choice, context: EditContext): Edit | null {
  if (old.choice.kind !== 'one' || fresh.kind !== 'one' || fresh.candidate.quantity !== null) return null;
  const { product, quantity, unit } = old.choice.candidate;
  // "Instead of the small one"
  if (old.item.numbers.every(isPronoun)) return null;
  if (quantity === null || quantity >= line.quantity || (unit !== null && unit !== line.unit)) return null;
  const { index } = context;
  const kept = keptUnit(index, fresh.candidate.product, line);
  const held = lineOf(fresh.candidate.product, context);
  if (held && (held.unit ?? null) !== kept) return null;
  const left = { quantity: line.quantity - quantity, unit: keptUnit(index, product, line), minus: false };
  const put = { quantity: quantity + (held?.quantity ?? 0), unit: kept, minus: false };
  const [stays, goes] = [orderOutcome(index, old.item, old.choice, left), orderOutcome(index, old.item, fresh, put)];
  return { lines: [...stays.lines, ...goes.lines], clarify: [...stays.clarify, ...goes.clarify], kind: 'change' };
}

/** "Swap coke 2l for 500": a number alone that tells another kind of what is named in the first half. */
function toldKind(entry: Entry, halves: Halves, context: EditContext): ReadCandidate | null {
  const item = part(entry, [...nameOf(halves.out, context), ...halves.in], context);
  const told = item.numbers.length === 1 ? kindByNumber(item) : null;
  return told && { ...told, quantity: null, unit: null };
}

type Chosen = ReturnType<typeof chooseEdited>;

/**
 * "Cambia el candado de 40 por el de 50": two numbers of which each tells a product of the one noun apart, and the
 * first of them is in the cart. A single word between them ("candado 40 a 50") may lead to a quantity as well, so that
 * is asked about.
 */
export function numberSwap(entry: Entry, context: EditContext): Edit | null {
  const { annotation, index, preferences } = context;
  const { at } = entry.item.segment;
  const numbers = at.filter((position) => annotation.pieces[position]?.kind === 'number');
  const [first, second] = numbers;
  if (first === undefined || second === undefined || numbers.length > 2) return null;
  // "Brufen 200 not 400", "jeans 34 instead of 32": the one behind is the one that was.
  const turned = annotation.phrases.some(
    ({ tag, closes, words: [word = -1] }) => tag === 'former' && !closes && word > first && word < second,
  );
  const [from, to] = turned ? [second, first] : [first, second];
  const out = part(entry, cutOut(at, to), context);
  const old = chooseEdited(out, context);
  if (old.choice.kind !== 'one' || !old.inCart || old.choice.candidate.numbersMet !== 1) return null;
  const { product } = old.choice.candidate;
  if (lineOf(product, context)?.quantity === out.numbers[0]?.value) return null;
  const item = part(entry, cutOut(at, from), context);
  const others = item.candidates.filter((candidate) => candidate.product !== product && candidate.numbersMet === 1);
  const choice = choose({ ...item, candidates: others }, index, { ...preferences, cart: new Set() });
  if (choice.kind !== 'one' || !isLike(choice.candidate, old.choice.candidate)) return null;
  const fresh = { ...choice.candidate, quantity: null, unit: null };
  const between = at.filter((position) => position > from && position < to);
  if (turned || entry.mode === 'swap' || between.length > 1)
    return exchange({ old: old.choice.candidate, fresh, item: entry.item }, context);
  return { ...whichOutcome(index, entry.item, [fresh, old.choice.candidate], NOTHING_SAID), kind: 'change' };
}

const NOTHING_SAID = { quantity: null, unit: null, minus: false };

function cutOut(at: readonly number[], cut: number): number[] {
  return at.filter((position) => position !== cut);
}

/** Named as fully as the one in the cart, so that only the numbers differ. */
function isLike(fresh: ReadCandidate, old: ReadCandidate): boolean {
  return fresh.coverage >= old.coverage - 0.05;
}

/** One product of the cart for another that is known already. */
export function exchange(
  { old, fresh, item }: { old: ReadCandidate; fresh: ReadCandidate; item: Item },
  context: EditContext,
): Edit {
  const line = lineOf(old.product, context);
  const taken = removal(skuOf(context.index, old.product), item, certain(old));
  const pronoun = item.numbers.every(isPronoun);
  const put = withQuantityOf(line, item, pronoun ? uncounted(certain(fresh)) : certain(fresh), context);
  return { lines: [...taken.lines, ...put.lines], clarify: put.clarify, kind: 'change' };
}

/** "Cambia la muñeca por el oso de 30": the number tells one of the kinds apart, and the old quantity stands. */
function toldByNumber({ numbers }: Item, open: readonly ReadCandidate[]): OneChoice | null {
  if (numbers.length !== 1 || numbers[0]?.unit) return null;
  const told = open.filter(({ numbersMet }) => numbersMet === 1);
  return told.length === 1 && told[0] ? uncounted(certain(told[0])) : null;
}

/** "Swap the blueberry muffins for chocolate ones": of all that is chocolate, the one that is called muffins too. */
function kinOf(old: number, said: Item, open: readonly ReadCandidate[], index: CatalogueIndex): OneChoice | null {
  const shared = said.names.flatMap((name) =>
    findWords(index.vocabulary, name).flatMap(({ term, likeness }) =>
      likeness >= SAME_WORD && hasTerm(index, old, term) ? [term] : [],
    ),
  );
  const kin = open.filter(({ product }) => shared.some((term) => hasTerm(index, product, term)));
  return kin.length === 1 && kin[0] ? certain(kin[0]) : null;
}

type OneChoice = Extract<Choice, { kind: 'one' }>;

function certain(candidate: ReadCandidate): OneChoice {
  return { kind: 'one', candidate, confidence: 0.9, reasons: ['other_variant'] };
}

function uncounted(choice: OneChoice): OneChoice {
  return { ...choice, candidate: { ...choice.candidate, quantity: null } };
}

function lineOf(product: number, { lines, index }: EditContext): OrderLine | undefined {
  const sku = skuOf(index, product);
  return lines.find((held) => held.sku === sku);
}

function keptFrom(line: OrderLine | undefined) {
  return { quantity: line?.quantity ?? null, unit: null, minus: false };
}

function withQuantityOf(line: OrderLine | undefined, item: Item, choice: OneChoice, context: EditContext): Outcome {
  const { candidate } = choice;
  const unit = line ? keptUnit(context.index, candidate.product, line) : null;
  return orderOutcome(
    context.index,
    item,
    choice,
    candidate.quantity === null ? { ...keptFrom(line), unit } : candidate,
  );
}

/** "Reduce the pepper to 6 kg": of what is sold by weight or length, a measure is how much of it is wanted. */
function amountOf(product: number, at: number[], entry: Entry, { annotation, index, raw }: EditContext): string | null {
  const own = readItem({ ...entry.item.segment, at }, annotation, index, raw, [product]);
  return own.candidates[0]?.reasons.find((reason) => AMOUNTS.has(reason)) ?? null;
}

const AMOUNTS: ReadonlySet<string> = new Set(['measured_amount', 'amount_as_packs']);

function isLetter(at: number, { annotation }: EditContext): boolean {
  return annotation.pieces[at]?.text.length === 1;
}

/** The words of a part that neither count nor tell a size. */
function nameOf(at: readonly number[], { annotation }: EditContext): number[] {
  const { pieces, claimed, lexicon } = annotation;
  return at.filter((position) => {
    const piece = pieces[position];
    return piece?.kind === 'word' && !claimed[position] && !isSizeWord(piece.text, lexicon);
  });
}

function part(entry: Entry, at: number[], { annotation, index, raw }: EditContext): Item {
  return readItem({ ...entry.item.segment, at }, annotation, index, raw);
}

/** The part before "instead of 2", when only a quantity is replaced. */
export function withoutFormer(entry: Entry, context: EditContext): Entry {
  const { at } = entry.item.segment;
  const phrase = context.annotation.phrases.find(
    (match) => match.tag === 'former' && at.includes(match.words[0] ?? -1),
  );
  const first = phrase?.words[0];
  if (phrase === undefined || first === undefined) return entry;
  const isNumber = (position: number): boolean => context.annotation.pieces[position]?.kind === 'number';
  const before = at.filter((position) => position < first);
  const after = at.filter((position) => position > first && !phrase.words.includes(position));
  // "Dal 5 ki jagah 8": where verbs stand last, the number before the phrase is the one that no longer counts.
  const named = after.some((position) => isNameWord(position, context.annotation));
  if (phrase.closes && after.some(isNumber) && !named) {
    const now = [...before.filter((position) => !isNumber(position)), ...after];
    return { ...entry, item: part(entry, now, context) };
  }
  const measured = named ? null : measuredInstead(entry, before, after, phrase.closes === true, context);
  if (measured) return { ...entry, item: measured };
  const opens = !before.some((position) => isNameWord(position, context.annotation));
  // "Nuggets ki jagah sausage 2 peti"
  const last = phrase.closes && named ? after : before;
  const kept = opens ? cutBehindFormer(entry, first, context)?.in : last;
  return kept === undefined ? entry : { ...entry, item: part(entry, kept, context) };
}

/** "Cloves 5 kilo ki jagah 3 kilo", "pepper instead of 10 kg send 12 kg": the measure that no longer counts stands first. */
function measuredInstead(
  entry: Entry,
  before: readonly number[],
  after: readonly number[],
  closes: boolean,
  context: EditContext,
): Item | null {
  const isSize = (position: number): boolean => context.annotation.pieces[position]?.kind === 'size';
  const sizes = [...before, ...after].filter(isSize);
  if (sizes.length !== 2 || !after.some(isSize) || (before.some(isSize) && !closes)) return null;
  const now = part(
    entry,
    [...before, ...after].filter((position) => position !== sizes[0]),
    context,
  );
  return now.candidates[0]?.reasons.includes('measured_amount') ? now : null;
}

type Halves = { out: number[]; in: number[] };

function splitSwap(entry: Entry, context: EditContext): Halves | null {
  const { annotation } = context;
  const { at } = entry.item.segment;
  const phrase = annotation.phrases.find(
    (match) => (match.tag === 'swap' || match.tag === 'former') && at.includes(match.words[0] ?? -1),
  );
  const first = phrase?.words[0] ?? -1;
  const isName = (position: number): boolean => isNameWord(position, annotation);
  const before = at.filter((position) => position < first);
  const after = at.filter((position) => position > first && !phrase?.words.includes(position));
  // "fanta instead of sprite": the new one stands first; "sprite ganti fanta" and, where verbs stand last, "sprite ki jagah
  // fanta": it stands last.
  if (phrase && before.some(isName) && after.some(isName))
    return phrase.tag === 'former' && !phrase.closes ? { out: after, in: before } : { out: before, in: after };
  if (phrase?.tag === 'former' && !before.some(isName))
    return cutAtLink(at, first, context) ?? cutBehindFormer(entry, first, context);
  // "Badilisha pembe na exe", where "na" is an "and" too: the phrase itself says where the second product begins.
  const joint = phrase?.tag === 'swap' ? (phrase.words.at(-1) ?? first) : first;
  if (joint > first) {
    const out = after.filter((position) => position < joint);
    const into = after.filter((position) => position > joint);
    if (out.some(isName) && into.some(isName)) return { out, in: into };
  }
  return cutAtLink(at, first, context, phrase);
}

/** The two halves on either side of a word such as "for" or "with". */
function cutAtLink(
  at: readonly number[],
  first: number,
  { annotation }: EditContext,
  phrase?: PhraseMatch,
): Halves | null {
  const isName = (position: number): boolean => isNameWord(position, annotation);
  for (const link of at) {
    if ((link <= first && !phrase?.closes) || !annotation.lexicon.swapLinks.has(annotation.pieces[link]?.text ?? ''))
      continue;
    const out = at.filter((position) => position < link);
    const into = at.filter((position) => position > link);
    const isKind = (kind: 'number' | 'size') => (position: number) => annotation.pieces[position]?.kind === kind;
    // "Change coke 5 ... to" gives the first a quantity, which is no swap; of "coke 500 to 2l" both tell a size.
    const sized = into.some(isKind('size')) && !into.some(isName);
    if (!phrase && !sized && out.some(isKind('number'))) return null;
    const says = (position: number): boolean => isName(position) || isKind('size')(position);
    // "Swap coke 2l for 500": of what has a size, a number may tell the other one.
    const tells = (position: number): boolean =>
      says(position) || (out.some(isKind('size')) && isKind('number')(position));
    if (out.some(isName) && into.some(tells)) return { out, in: into };
  }
  return null;
}

function isNameWord(position: number, { pieces, filler, claimed }: Annotation): boolean {
  return pieces[position]?.kind === 'word' && !filler[position] && !claimed[position];
}

const SAME_WORD = 0.94;
const CUTS_MAX = 16;
const COVERAGE_MIN = 0.7;

/**
 * "En lugar de la cola mándeme dos fantas": where the phrase opens the part, the former product stands right behind it
 * and the new one wherever the halves fit best.
 */
function cutBehindFormer(entry: Entry, first: number, context: EditContext): Halves | null {
  const { pieces, filler, claimed } = context.annotation;
  const after = entry.item.segment.at.filter((position) => position > first && !claimed[position]);
  let best: Halves | null = null;
  let bestWorth = 0;
  for (let cut = 1; cut < Math.min(after.length, CUTS_MAX); cut++) {
    const halves = { out: after.slice(0, cut), in: after.slice(cut) };
    const old = chooseEdited(part(entry, halves.out, context), context);
    const fresh = part(entry, halves.in, context);
    const counted = fresh.names.length + fresh.sizes.length === 0 && fresh.numbers.length > 0;
    const coverage = counted ? 1 : (fresh.candidates[0]?.coverage ?? 0);
    if (old.choice.kind !== 'one' || coverage < COVERAGE_MIN) continue;
    const [last, next] = [halves.out.at(-1) ?? 0, halves.in[0] ?? 0];
    // A comma or a verb between them says where the second begins.
    const apart = next - last > 1 ? 0.3 : filler[next] || pieces[next]?.kind === 'number' ? 0.1 : 0;
    const worth = old.choice.candidate.coverage + coverage + apart;
    if (worth > bestWorth + 1e-9) [best, bestWorth] = [halves, worth];
  }
  return best;
}

/** "In place of coke, send fanta": the part behind the comma belongs to the phrase that opens the one before it. */
export function joinFormerParts(segments: readonly Segment[], annotation: Annotation): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const before = joined.at(-1);
    if (before && opensWithFormer(before, annotation) && JOINED.has(segment.separator) && !has(segment, OWN_TAGS)) {
      const tags = new Set([...before.tags, ...segment.tags]);
      joined[joined.length - 1] = { ...before, at: [...before.at, ...segment.at], tags, question: segment.question };
    } else joined.push(segment);
  }
  return joined;
}

const JOINED: ReadonlySet<Segment['separator']> = new Set(['comma', 'verb', 'flow']);
const OWN_TAGS: readonly PhraseTag[] = ['former', 'negate', 'remove', 'swap', 'cancel', 'query', 'repeat'];

function has(segment: Segment, tags: readonly PhraseTag[]): boolean {
  return tags.some((tag) => segment.tags.has(tag));
}

/** A name follows the phrase and nothing stands before it. */
function opensWithFormer(segment: Segment, annotation: Annotation): boolean {
  if (!segment.tags.has('former') || segment.tags.has('negate') || segment.tags.has('swap')) return false;
  const content = segment.at.find((at) => isNameWord(at, annotation) || annotation.pieces[at]?.kind === 'number');
  const phrase = segment.at.find((at) => annotation.phrasesAt.get(at)?.some(({ tag }) => tag === 'former'));
  const closes = annotation.phrases.some(
    ({ tag, words }) => tag === 'former' && (words.at(-1) ?? 0) === segment.at.at(-1),
  );
  return phrase !== undefined && content !== undefined && phrase < content && !closes;
}
