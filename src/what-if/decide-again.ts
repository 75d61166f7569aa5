import { isDeepStrictEqual } from 'node:util';
import type { Catalogue } from '../catalogue/index.ts';
import {
  type Effect,
  type EffectAnswered,
  type Facts,
  type Kept,
  plain,
  type Step,
  type TextsOf,
  transition,
} from '../conversation/index.ts';
import { type Reply, toStorableJson } from '../outbox/index.ts';

/** What an event came to. */
export type Turn = { replies: Reply[]; effect: Effect | null; answer: EffectAnswered | null };

type Again = {
  texts: TextsOf | undefined;
  /** The verdict on an effect that nobody asked for then. */
  judge(facts: Facts, step: Step): Promise<EffectAnswered | null>;
};

/** What today's code makes of an event, from the state, facts, goods and prices of then. */
export async function decideAgain(kept: Kept, catalogue: Catalogue, { texts, judge }: Again): Promise<Turn> {
  const { event, priorState } = kept;
  if (event === null) return { replies: [], effect: null, answer: null };
  const products = catalogue.productsFor(kept.basis.catalogue.priceList);
  const facts: Facts = { ...kept.facts, catalogue: { index: catalogue.index, products } };
  const step = transition(priorState, event, facts, texts);
  if (step.effect === null) return { replies: step.replies, effect: null, answer: null };
  // The same question had its answer then, among all that happened at that moment.
  const isSame = isSameAsStored(plain(step.effect), plain(kept.effect));
  const answer = isSame ? kept.answer : await judge(facts, step);
  if (answer === null) throw new Error(`nobody answered the ${step.effect.kind} that today's code asks for`);
  const final = transition(step.next, answer, facts, texts);
  return { replies: [...step.replies, ...final.replies], effect: step.effect, answer };
}

/** True for values that are the same once they are stored: what is undefined is not there. */
export function isSameAsStored(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(stored(one), stored(other));
}

function stored(value: unknown): unknown {
  return JSON.parse(toStorableJson(value ?? null));
}
