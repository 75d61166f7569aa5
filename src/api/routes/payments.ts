import { z } from 'zod';
import { listPayments, type PaymentResult, paymentSheet } from '../../credit/index.ts';
import { recordPayment } from '../../payments/index.ts';
import { mustExist } from '../../shared/assert.ts';
import { ID_FORM } from '../../shared/ids.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { failureProblem } from '../refusals.ts';
import { done, notFound, read, refuse, write } from '../route.ts';
import { uuid } from '../schemas/common.ts';
import * as schema from '../schemas/payments.ts';

const tag = 'Payments';
const params = z.object({ paymentId: uuid });

const record = write({
  id: 'recordPayment',
  path: '/payments',
  tag,
  summary: 'Record money that came',
  description:
    'The shop gets a receipt. Blocked and closed accounts take payments too. Without an Idempotency-Key every call books a payment, so send one: ' +
    'the number of the receipt, for example.',
  rights: ['payments:write'],
  body: schema.paymentAsked,
  answer: schema.paymentRecorded,
  status: 201,
  codes: ['INVALID_AMOUNT', 'INVALID_ALLOCATION', 'INVALID_TERMS', 'CREDIT_ACCOUNT_NOT_FOUND', 'DUPLICATE_ORDER'],
  async handle({ body, caller: { wholesalerId, actor }, tx, key }) {
    const result = await recordPayment(tx, { ...body, wholesalerId, actor, source: 'api', key });
    if (result.kind === 'recorded') return done({ ...result, unappliedMinor: result.keptMinor });
    // A claim is named in the console alone, so what is refused here the books refused.
    return refuse(failureProblem(mustExist(result.failure, 'the refusal of the books')));
  },
});

const list = read({
  id: 'listPayments',
  path: '/payments',
  tag,
  summary: 'Payments, credit notes, write-offs and corrections, the newest first',
  rights: ['payments:write', 'credit:read'],
  query: schema.paymentQuery,
  answer: schema.paymentPage,
  async handle({ query: { limit, cursor, retailerId }, caller: { wholesalerId }, tx }) {
    const beforeId = readCursor(cursor, ID_FORM);
    const found = await listPayments(tx, { wholesalerId, retailerId, beforeId, limit: limit + 1 });
    return done(pageOf(found, limit, ({ paymentId }) => paymentId));
  },
});

const one = read({
  id: 'getPayment',
  path: '/payments/{paymentId}',
  tag,
  summary: 'A payment and the debts that it went against, as its receipt shows it',
  rights: ['payments:write', 'credit:read'],
  params,
  answer: schema.paymentDetail,
  async handle({ params: { paymentId }, caller: { wholesalerId }, tx }) {
    const found = await paymentSheet(tx, wholesalerId, paymentId);
    return found === null ? notFound('payment') : done(found);
  },
});

const reverse = write({
  id: 'reversePayment',
  path: '/payments/{paymentId}/reverse',
  tag,
  summary: 'Take back a payment that bounced, or a note that was a mistake',
  description: 'The debts that it settled are open again, with their own due dates. Asked again it answers as before.',
  rights: ['payments:write'],
  params,
  body: schema.reverseAsked,
  answer: schema.paymentRecorded,
  codes: ['LEDGER_ENTRY_NOT_FOUND', 'NOT_REVERSIBLE', 'INVALID_REASON'],
  async handle({ params: { paymentId }, body: { reason }, caller: { wholesalerId, actor }, deps, tx }) {
    const asked = { wholesalerId, paymentId, reason, actor, source: 'api' };
    return told(await deps.credit.reversePayment(asked, { tx }));
  },
});

function told(result: PaymentResult) {
  if (!result.success) return refuse(failureProblem(result));
  return done({ ...result, paymentId: mustExist(result.paymentId, 'the payment that was booked') });
}

export const paymentRoutes = [record, list, one, reverse];
