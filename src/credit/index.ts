export { acquireBatch } from './acquire-batch.ts';
export type {
  AcquireResult,
  Failure,
  OpenResult,
  PaymentResult,
  ReleaseResult,
  StatusResult,
} from './answers.ts';
export { refuseRightsOnMoney } from './check-rights.ts';
export { type Credit, type CreditOptions, type CreditRequest, createCredit } from './credit.ts';
export { expireDueHolds } from './expire-due-holds.ts';
export { lockFreeAccounts } from './lock-free-accounts.ts';
export { openAccount, openAccounts } from './open-accounts.ts';
export { readAccounts } from './read-accounts.ts';
export { bookPayment } from './record-payment.ts';
export { releaseBatch } from './release-batch.ts';
export { setStatus } from './set-status.ts';
export { acquireAndValidateCredit, closeSharedCredit, releaseCreditLock } from './singly.ts';
export type * from './types.ts';
export { type BadEntry, type LedgerProof, type VerifyOptions, verifyLedger } from './verify-ledger.ts';
