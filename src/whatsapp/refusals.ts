import type { RefusalClass } from '../outbox/types.ts';

// Meta's error codes sorted by what is to be done. The code decides; the HTTP status has changed over time and only
// helps where no code came.

const CODES: Record<RefusalClass, readonly number[]> = {
  transient: [1, 2, 131000, 131016, 131057, 133004, 135000],
  // 17, 32 and 613 are the call limits of the wider Graph API, with the same cure.
  line_rate: [4, 17, 32, 613, 80007, 130429],
  pair_rate: [131056],
  line_stopped: [
    // Token, permission, registration.
    0, 3, 10, 102, 190, 131005, 131045, 133010, 133016,
    // Account blocks and payment: nothing is lost while replies wait for somebody to mend it.
    368, 130497, 131031, 131037, 131042, 131044,
    // Quality limits: sending on makes them worse, so a person has to look first.
    131048, 131064,
  ],
  window_closed: [470, 131047],
  final: [
    33, 100, 131008, 131009, 131021, 131026, 131030, 131049, 131050, 131051, 131052, 131053, 131062, 130472, 132000,
    132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069, 137000,
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

const RETRY_AFTER_MAX_MS = 3_600_000;
/** A number in maintenance (a throughput upgrade) is back after about a minute. */
const MAINTENANCE_MS = 60_000;

/** How long to wait at least: the header's seconds or date, at most an hour, else what the code is known to need. */
export function retryAfterMs(header: string | undefined, metaCode: number | undefined, now: Date): number | undefined {
  const asked = header === undefined ? undefined : parseRetryAfter(header.trim(), now);
  if (asked !== undefined) return Math.min(asked, RETRY_AFTER_MAX_MS);
  return metaCode === 131057 ? MAINTENANCE_MS : undefined;
}

function parseRetryAfter(header: string, now: Date): number | undefined {
  if (/^\d{1,9}(\.\d{1,3})?$/.test(header)) return Math.ceil(Number(header) * 1000);
  // Date.parse takes nearly anything for a date, "-1" included; HTTP dates begin with the day's name.
  const ms = /^[A-Z][a-z]{2}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms - now.getTime());
}
