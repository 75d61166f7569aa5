export { acquireBatch } from './acquire-batch.ts';
export { expireDueHolds } from './expire-due-holds.ts';
export { lockFreeAccounts } from './lock-free-accounts.ts';
export { openAccount, openAccounts } from './open-accounts.ts';
export { readAccounts } from './read-accounts.ts';
export { bookPayment } from './record-payment.ts';
export { releaseBatch } from './release-batch.ts';
export { setStatus } from './set-status.ts';
export type * from './types.ts';
