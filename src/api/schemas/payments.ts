import { z } from 'zod';
import {
  amount,
  day,
  figure,
  instant,
  named,
  nextCursor,
  pageQuery,
  plain,
  reason,
  replayed,
  retailerId,
  uuid,
} from './common.ts';

export const paymentAsked = named(
  'RecordPayment',
  z.strictObject({
    retailerId,
    amountMinor: amount,
    method: plain(200).meta({ description: 'cash, transfer, upi, mobile money, cheque ...' }),
    reference: plain(200).optional().meta({ description: 'Number of the receipt, transfer or cheque.' }),
    receivedAt: instant.optional().meta({ description: 'When the money came, if not now.' }),
    allocations: z
      .array(z.strictObject({ receivableId: uuid, amountMinor: amount }))
      .max(200)
      .optional()
      .meta({ description: 'The debts to settle; the oldest due first unless given. An empty list keeps the money.' }),
  }),
  { retailerId: 'asha', amountMinor: 500000, method: 'upi', reference: 'UPI-88123' },
);

export const paymentRecorded = named(
  'PaymentRecorded',
  z.object({
    paymentId: uuid,
    ledgerEntryId: uuid,
    appliedMinor: figure.meta({ description: 'What went against debts; below zero what came back to them.' }),
    unappliedMinor: figure.meta({ description: 'What is kept of it for later debts.' }),
    owedMinor: figure,
    availableMinor: figure,
    replayed,
  }),
);

export const reverseAsked = named('ReversePayment', z.strictObject({ reason }), { reason: 'the cheque bounced' });

export const paymentQuery = pageQuery.extend({ retailerId: retailerId.optional() });

const figures = z.object({
  paymentId: uuid,
  retailerId: z.string(),
  kind: z.string().meta({ description: 'PAYMENT, CREDIT_NOTE, WRITE_OFF or ADJUSTMENT' }),
  amountMinor: figure,
  unappliedMinor: figure,
  method: z.string(),
  reference: z.string().nullable(),
  receivedAt: instant,
  reversedBy: uuid.nullable().meta({ description: 'The ledger entry that took it back.' }),
});

export const paymentPage = named('PaymentPage', z.object({ items: z.array(named('Payment', figures)), nextCursor }));

export const paymentDetail = named(
  'PaymentDetail',
  figures.extend({
    retailerName: z.string(),
    currency: z.string(),
    debts: z
      .array(
        z.object({
          receivableId: uuid,
          orderId: z.string().nullable(),
          reference: z.string().nullable(),
          dueOn: day,
          amountMinor: figure,
        }),
      )
      .meta({ description: 'What it went against, the oldest due first; at most 100.' }),
  }),
);
