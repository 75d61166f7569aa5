import { readState } from './state.ts';
import type { ConversationState } from './types.ts';

/**
 * The state of two chats of one person that turn out to be one: of the newer chat, unless nothing is open there. Buttons of
 * both are on the phone, so the cart counts on from the higher version: an old one can never be taken for a new one.
 */
export function joinStates(home: unknown, alias: unknown, newer: 'home' | 'alias'): ConversationState {
  const one = readState(newer === 'home' ? home : alias);
  const other = readState(newer === 'home' ? alias : home);
  const kept = isOpen(one) || !isOpen(other) ? one : other;
  if (home === null || alias === null) return kept;
  const cartVersion = Math.max(one.cartVersion, other.cartVersion) + 1;
  return { ...kept, cartVersion, language: kept.language ?? other.language };
}

function isOpen({ cart, pending }: ConversationState): boolean {
  return cart.length > 0 || pending !== null;
}
