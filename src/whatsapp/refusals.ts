import type { RefusalClass } from '../outbox/types.ts';

// Meta's error codes sorted by what is to be done. The code decides; the HTTP status has changed over time and only
// helps where no code came.

const CODES: Record<RefusalClass, readonly number[]> = {
  transient: [1, 2, 131000, 131016, 131057, 133004, 135000],
  line_rate: [130429],
  // 17, 32 and 613 are the call limits of the wider Graph API, with the same cure.
  app_rate: [4, 17, 32, 613, 80007],
  pair_rate: [131056],
  line_stopped: [
    // Token, permission, registration.
    0, 3, 10, 102, 190, 131005, 131045, 133010, 133016,
    // Account blocks, and payment of calls: nothing is lost while replies wait for somebody to mend it.
    368, 130497, 131031, 131037, 131044,
  ],
  // Payment and quality: what costs nothing and was asked for may still go; sending more than that makes it worse.
  line_limited: [131042, 131048, 131064],
  window_closed: [470, 131047],
  unreachable: [131026, 131062],
  media: [131052, 131053],
  final: [
    33, 100, 131008, 131009, 131021, 131030, 131051,
    // Marketing that Meta holds back or that the person stopped: never tried again by itself.
    131049, 131050, 130472,
    // Templates that do not fit, are paused or disabled; flows; an identity that changed.
    132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069, 137000,
  ],
};

const CLASS_OF = new Map<number, RefusalClass>(
  (Object.keys(CODES) as RefusalClass[]).flatMap((name) => CODES[name].map((code) => [code, name] as const)),
);

/** How a refusal is to be treated. `transientFlag` is Meta's own `is_transient`, believed for codes we do not know. */
export function classifyRefusal(httpStatus: number, metaCode: number | undefined, transientFlag = false): RefusalClass {
  if (metaCode !== undefined) {
    const known = CLASS_OF.get(metaCode);
    if (known !== undefined) return known;
    if (metaCode >= 200 && metaCode <= 299) return 'line_stopped';
  }
  if (transientFlag || httpStatus >= 500 || httpStatus === 408 || httpStatus === 425) return 'transient';
  if (httpStatus === 429) return 'line_rate';
  // A redirect or a missing path without one of Meta's codes is no answer of Graph's: the address is wrong for all.
  const addressIsWrong = metaCode === undefined && (httpStatus === 404 || (httpStatus >= 300 && httpStatus < 400));
  return httpStatus === 401 || httpStatus === 403 || addressIsWrong ? 'line_stopped' : 'final';
}

/** How a failed status is to be treated; it has no HTTP status, and is final where the code is not known. */
export function classifyFailure(metaCode: number): RefusalClass {
  return classifyRefusal(400, metaCode);
}

const RETRY_AFTER_MAX_MS = 3_600_000;

/** How long Meta wants us to wait: the header's seconds or date, at most an hour. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  const asked = header === undefined ? undefined : parseRetryAfter(header.trim(), now);
  return asked === undefined ? undefined : Math.min(asked, RETRY_AFTER_MAX_MS);
}

function parseRetryAfter(header: string, now: Date): number | undefined {
  if (/^\d{1,9}(\.\d{1,3})?$/.test(header)) return Math.ceil(Number(header) * 1000);
  // Date.parse takes nearly anything for a date, "-1" included; HTTP dates begin with the day's name.
  const ms = /^[A-Z][a-z]{2}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms - now.getTime());
}
