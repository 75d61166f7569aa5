import type { WholesalerPolicies } from '../shared/policies.ts';
import type { Decision } from './decide.ts';
import type { WholesalerRow } from './read-wholesaler.ts';
import type { Effect, EffectAnswered, Step } from './types.ts';

/** A decision that asks for an effect of this kind. */
export type With<Kind extends Effect['kind']> = Decision & { step: Step & { effect: Extract<Effect, { kind: Kind }> } };

/** Answers to effects, each under the id of the event that asked; `busy`: its account stayed with somebody else. */
export type Answers = [eventId: string, answer: EffectAnswered | 'busy'][];

/** What effects have to know of the wholesaler. */
export type EffectsOf = Pick<WholesalerRow, 'id' | 'currency' | 'holdLifetimeMinutes'> & {
  policies: Pick<WholesalerPolicies, 'approvalHours' | 'waitOnCreditDays'>;
};

/** The decisions that ask for an effect of this kind. */
export function withEffect<Kind extends Effect['kind']>(decisions: readonly Decision[], kind: Kind): With<Kind>[] {
  return decisions.filter((decision): decision is With<Kind> => decision.step.effect?.kind === kind);
}
