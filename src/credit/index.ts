export type { AccountLibrary, LimitInput, OverrideInput, TermsInput } from './account-library.ts';
export { acquireBatch } from './acquire-batch.ts';
export type { Ageing, AgeingPage, AgeingQuery } from './ageing.ts';
export type {
  AccountResult,
  AcquireResult,
  CaptureResult,
  Failure,
  HoldResult,
  OpenResult,
  PaymentResult,
  ReleaseResult,
  StatusResult,
} from './answers.ts';
export type { CheckResult } from './check-credit.ts';
export { refuseRightsOnMoney } from './check-rights.ts';
export { type Credit, type CreditOptions, type CreditRequest, createCredit } from './credit.ts';
export { expireDueHolds } from './expire-due-holds.ts';
export type { Decision } from './explain.ts';
export { createGate } from './gate.ts';
export { captureHold } from './hold-calls.ts';
export type { HoldLibrary } from './hold-library.ts';
export { lockFreeAccounts } from './lock-free-accounts.ts';
export type { MoneyLibrary } from './money-library.ts';
export { openAccount, openAccounts } from './open-accounts.ts';
export type { PaperLibrary } from './paper-library.ts';
export { type AnswersProof, type HeardAnswer, proveAnswers } from './prove-answers.ts';
export { readAccounts } from './read-accounts.ts';
export type { HoldFigures } from './read-holds.ts';
export type { LedgerEntry } from './read-ledger.ts';
export type { ReadLibrary } from './read-library.ts';
export type { OpenReceivable } from './read-receivables.ts';
export { releaseBatch } from './release-batch.ts';
export { setStatus } from './set-status.ts';
export { acquireAndValidateCredit, closeSharedCredit, releaseCreditLock } from './singly.ts';
export type { StatementCsv } from './statement/csv.ts';
export { statementPdf } from './statement/pdf.ts';
export type * from './statement/types.ts';
export type * from './types.ts';
export { untilKnown } from './until-known.ts';
export { createUpkeep, type Upkeep, type UpkeepOptions } from './upkeep.ts';
export { type BadEntry, type LedgerProof, type VerifyOptions, verifyLedger } from './verify-ledger.ts';
