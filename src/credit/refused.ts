import { isRetryable, refusalMessage } from './messages.ts';
import type { Because, CreditCode, FiguresSeen, Refused } from './types.ts';

type RefusalFacts = {
  because?: Because | null;
  figures?: FiguresSeen | null;
  shortByMinor?: bigint | null;
  overdueMinor?: bigint | null;
};

/** A refusal with its message. */
export function refused(code: CreditCode, facts: RefusalFacts = {}): Refused {
  const { because = null, figures = null, shortByMinor = null, overdueMinor = null } = facts;
  const known = { code, because, figures, shortByMinor, overdueMinor };
  return { kind: 'refused', ...known, message: refusalMessage(known), retryable: isRetryable(code) };
}
