/** Payments as people say, record, refuse and take them back; each told to the shop. The books are src/credit's alone. */
export { expectedCash, type SheetEntry, type SheetTotal, sheetEntries, sheetTotals } from './cash-sheet.ts';
export { claimPayment } from './claim-payment.ts';
export { type CashCount, countCash, newestCounts } from './count-cash.ts';
export { type ClaimState, countOpenClaims, listClaims, readClaim } from './list-claims.ts';
export { type PaymentRecorded, type PaymentToRecord, recordPayment } from './record-payment.ts';
export { refuseClaim } from './refuse-claim.ts';
export { type PaymentReversed, reversePayment } from './reverse-payment.ts';
export type { Claim, ClaimAnswer, QueuedClaim, SameReference } from './types.ts';
