/** One link of the chain from a phone to the ledger and back, looked at. */
export type Finding = {
  /** Stable name, for machines. */
  check: string;
  /** `skipped`: cannot be looked at, because something before it is missing. */
  state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found, in a sentence. */
  message: string;
  /** What to do about it. */
  hint?: string;
};

export const ok = (check: string, message: string): Finding => ({ check, state: 'ok', message });
export const warning = (check: string, message: string, hint: string): Finding => ({
  check,
  state: 'warning',
  message,
  hint,
});
export const failed = (check: string, message: string, hint: string): Finding => ({
  check,
  state: 'failed',
  message,
  hint,
});
export const skipped = (check: string, message: string, hint?: string): Finding => ({
  check,
  state: 'skipped',
  message,
  ...(hint === undefined ? {} : { hint }),
});
