/** "Change the coke from 2 to 5": two numbers of one product, of which the first is what its line holds. */
import { chooseEdited, type Edit, type EditContext } from './edits.ts';
import type { Entry } from './entry.ts';
import { orderOutcome, saidFor, skuOf } from './lines.ts';
import { readItem } from './reading.ts';
import { findWords } from './vocabulary.ts';

/**
 * The new total of a line, or null where the two numbers mean anything else. Whoever says no verb must name the very
 * quantity of the line. No word for "from" and "to" is asked for: a word between the numbers is enough, in any language.
 */
export function fromToEntry(entry: Entry, context: EditContext): Edit | null {
  const { annotation, index, raw } = context;
  const { at } = entry.item.segment;
  // "Kar do" ends in a word that is a number elsewhere.
  const isNumber = (position: number): boolean =>
    annotation.pieces[position]?.kind === 'number' && !annotation.claimed[position];
  const [from, to, more] = at.filter(isNumber);
  const [first, second] = entry.item.numbers;
  if (from === undefined || to === undefined || more !== undefined || !first || !second) return null;
  const link = at.filter((position) => position > from && position < to);
  if (!link.some((position) => annotation.pieces[position]?.kind === 'word')) return null;
  const isOld = (position: number): boolean =>
    position === from || (position === from + 1 && annotation.pieces[position]?.kind === 'unit');
  const isLink = (position: number): boolean =>
    (link.includes(position) || position === from - 1) && !isKnown(position, context);
  const named = at.filter((position) => !isOld(position) && !isLink(position));
  const item = readItem({ ...entry.item.segment, at: named }, annotation, index, raw);
  const { item: own, choice, inCart } = chooseEdited(item, context);
  if (choice.kind !== 'one' || !inCart || choice.candidate.quantity !== second.value) return null;
  const { product } = choice.candidate;
  const line = context.lines.find((held) => held.sku === skuOf(index, product));
  // "Change coke 500 to 5": the first number belongs to the name, and the whole reads better than without it.
  const whole = entry.item.candidates[0];
  if (whole?.product === product && whole.coverage >= choice.candidate.coverage) return null;
  if (line?.quantity !== first.value && entry.mode !== 'change') return null;
  const said = second.unit || !first.unit ? second : { ...second, unit: first.unit };
  return { ...orderOutcome(index, own, choice, saidFor(index, product, said)), kind: 'change' };
}

/** Words that name something keep their place; "from" and "to" do not, whether a table knows them or not. */
function isKnown(position: number, { annotation, index }: EditContext): boolean {
  const piece = annotation.pieces[position];
  if (piece?.kind !== 'word') return true;
  return !annotation.filler[position] && (findWords(index.vocabulary, piece.text)[0]?.likeness ?? 0) >= 0.7;
}
