import type { OutboxState } from './outbox-counts.ts';

/** How far a reply came, as staff and the phone simulator read it. */
export type StateWords = {
  words: string;
  /** WhatsApp's own sign of it; '' where it has none. */
  sign: '' | '?' | '!' | '✓' | '✓✓';
  look: 'good' | 'warn' | 'bad' | 'accent' | '';
};

const STATES: Record<OutboxState, StateWords> = {
  queued: { words: 'waiting', sign: '', look: 'warn' },
  sending: { words: 'being sent', sign: '', look: 'accent' },
  uncertain: { words: 'perhaps sent', sign: '?', look: 'warn' },
  accepted: { words: 'with WhatsApp', sign: '✓', look: 'accent' },
  sent: { words: 'sent', sign: '✓', look: 'accent' },
  delivered: { words: 'delivered', sign: '✓✓', look: 'good' },
  read: { words: 'read', sign: '✓✓', look: 'good' },
  failed: { words: 'did not arrive', sign: '!', look: 'bad' },
  dropped: { words: 'not sent', sign: '!', look: '' },
};

/** The words for a state of ours or of a report by Meta, which has some of the same; one that is new shows as it is. */
export const stateWords = (state: string): StateWords =>
  Object.hasOwn(STATES, state) ? STATES[state as OutboxState] : { words: state, sign: '', look: '' };
