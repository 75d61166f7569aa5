const DAY_MS = 86_400_000;

/** The wholesaler of these tests lives in a zone without daylight saving time, so that its days can be counted. */
export const ZONE = { name: 'Asia/Kolkata', aheadMs: 330 * 60_000 };

/** The day of the wholesaler's calendar that an instant (ms since 1970) falls on, in days since 1970. */
export const dayOf = (ms: number): number => Math.floor((ms + ZONE.aheadMs) / DAY_MS);

/** That day as people write it: YYYY-MM-DD. */
export const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
