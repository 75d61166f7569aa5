import type { ConversationState, Proposal } from './types.ts';

/** The proposal that is waited for, whether it fits or is short of credit. */
export function proposalOf({ pending }: Pick<ConversationState, 'pending'>): Proposal | null {
  return pending?.kind === 'confirm_order' || pending?.kind === 'short_of_credit' ? pending : null;
}
