export { type AccountFilter, accountBoard, type BoardAccount, retailerName } from './account-board.ts';
export type { AccountLibrary, LimitInput, OverrideInput, TermsInput } from './account-library.ts';
export { acquireBatch } from './acquire-batch.ts';
export { acquireWithGrant } from './acquire-with-grant.ts';
export type { Ageing, AgeingPage, AgeingQuery } from './ageing.ts';
export { type AgeingTotals, ageingTotals } from './ageing-totals.ts';
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
export { awaitAccounts } from './await-accounts.ts';
export { bookFigures, proofOf } from './book-figures.ts';
export { bookPayment, takeBackPayment } from './book-payment.ts';
export type { CheckResult } from './check-credit.ts';
export { refuseRightsOnMoney } from './check-rights.ts';
export { type Credit, type CreditOptions, type CreditRequest, createCredit } from './credit.ts';
export { expireDueHolds } from './expire-due-holds.ts';
export { type Decision, readDecisions } from './explain.ts';
export { createGate } from './gate.ts';
export { captureHold, extendHold } from './hold-calls.ts';
export type { HoldLibrary } from './hold-library.ts';
export { listAccounts } from './list-accounts.ts';
export { listPayments, type PaymentFigures, type PaymentFilter } from './list-payments.ts';
export { writeAccounts, writePayments } from './lists-csv.ts';
export { lockFreeAccounts } from './lock-free-accounts.ts';
export type { MoneyLibrary } from './money-library.ts';
export { openAccount, openAccounts } from './open-accounts.ts';
export type { PaperLibrary } from './paper-library.ts';
export { type PaymentSheet, paymentSheet, paymentUnder } from './payment-sheet.ts';
export { type AnswersProof, type HeardAnswer, proveAnswers } from './prove-answers.ts';
export { readAccounts } from './read-accounts.ts';
export { type AccountDues, readDues } from './read-dues.ts';
export type { HoldFigures } from './read-holds.ts';
export { type LedgerEntry, newestEntries } from './read-ledger.ts';
export type { ReadLibrary } from './read-library.ts';
export { debtsOf, type OpenReceivable } from './read-receivables.ts';
export { refused } from './refused.ts';
export { releaseBatch } from './release-batch.ts';
export { setStatus } from './set-status.ts';
export { acquireAndValidateCredit, closeSharedCredit, releaseCreditLock } from './singly.ts';
export type { StatementCsv } from './statement/csv.ts';
export { statementPdf } from './statement/pdf.ts';
export { readStatement } from './statement/read-statement.ts';
export { readSummary, type StatementSummary } from './statement/read-summary.ts';
export type * from './statement/types.ts';
export { newestProof, type StoredProof } from './timed-proof.ts';
export type * from './types.ts';
export { untilKnown } from './until-known.ts';
export { createUpkeep, type Upkeep, type UpkeepOptions } from './upkeep.ts';
export { type BadEntry, type LedgerProof, type VerifyOptions, verifyLedger } from './verify-ledger.ts';
