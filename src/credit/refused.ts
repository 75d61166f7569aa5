import { isRetryable, type Refusal, refusalMessage } from './messages.ts';
import type { CreditCode, Refused } from './types.ts';

/** A refusal with its message. */
export function refused(code: CreditCode, facts: Partial<Omit<Refusal, 'code'>> = {}): Refused {
  const known: Refusal = {
    code,
    because: null,
    figures: null,
    shortByMinor: null,
    overdueMinor: null,
    leftMinor: null,
    about: 'order',
    ...facts,
  };
  const { leftMinor: _, about: __, ...told } = known;
  return { kind: 'refused', ...told, message: refusalMessage(known), retryable: isRetryable(code) };
}

/** For a key or id that cannot be stored at all. */
export const unusableKey = (): Refused => refused('INVALID_TERMS', { because: 'key' });
