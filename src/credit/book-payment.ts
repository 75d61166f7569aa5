import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import type { PaymentResult } from './answers.ts';
import { moneyLibrary, type PaymentInput, type ReverseInput } from './money-library.ts';

// What use cases book in a transaction of their own: the library's calls with its checks of what is given. A database that
// breaks throws, so that the whole transaction is rolled back.
const money = moneyLibrary((work, tx) => work(mustExist(tx, 'the transaction of a use case')));

/** Books a payment in the caller's transaction, as `recordPayment` of the library does. */
export const bookPayment = (tx: Tx, payment: PaymentInput): Promise<PaymentResult> =>
  money.recordPayment(payment, { tx });

/** Takes a payment back in the caller's transaction, as `reversePayment` of the library does. */
export const takeBackPayment = (tx: Tx, payment: ReverseInput): Promise<PaymentResult> =>
  money.reversePayment(payment, { tx });
