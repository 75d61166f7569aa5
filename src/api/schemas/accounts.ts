import { z } from 'zod';
import {
  amount,
  amountInQuery,
  amountOrZero,
  day,
  figure,
  instant,
  named,
  nextCursor,
  orderId,
  pageQuery,
  plain,
  reason,
  replayed,
  retailerId,
  uuid,
} from './common.ts';

const status = z.enum(['active', 'blocked', 'closed']);

export const checkQuery = z.strictObject({
  retailerId,
  amountMinor: amountInQuery,
  orderId: orderId.optional().meta({ description: 'With it, a grant for that order counts.' }),
});

export const checkAnswer = named(
  'CreditCheck',
  z.object({
    fits: z.boolean(),
    code: z.string().optional().meta({ description: 'Why not.' }),
    limitMinor: figure,
    owedMinor: figure,
    heldMinor: figure,
    availableMinor: figure.meta({ description: 'limit - owed - held, and what was granted for the order.' }),
    shortByMinor: figure.meta({ description: '0 where it is not the amount that stands in the way.' }),
    why: z.string().meta({ description: 'The same as a sentence.' }),
  }),
  {
    fits: false,
    code: 'INSUFFICIENT_CREDIT',
    limitMinor: 10000000,
    owedMinor: 9800000,
    heldMinor: 100000,
    availableMinor: 100000,
    shortByMinor: 24000,
    why: 'Not enough credit: 1,000.00 INR is available, 240.00 INR short.',
  },
);

export const account = named(
  'CreditAccount',
  z.object({
    retailerId: z.string(),
    currency: z.string(),
    status,
    blockReason: z.string().nullable(),
    limitMinor: figure,
    owedMinor: figure,
    heldMinor: figure,
    availableMinor: figure,
    unappliedMinor: figure.meta({ description: 'Paid, but not yet against any debt.' }),
    overdueMinor: figure.meta({ description: 'Owed past its due date and the days of grace.' }),
    oldestDueOn: day.nullable(),
    termsDays: z.int(),
    graceDays: z.int(),
    overdueToleranceMinor: figure,
    overCaptureBasisPoints: z.int().meta({ description: 'How much more than held may be delivered, in 1/100 %.' }),
    holdLifetimeMinutes: z.int(),
    limitValidUntil: instant.nullable(),
  }),
);

export const accountPage = named('CreditAccountPage', z.object({ items: z.array(account), nextCursor }));
export const accountQuery = pageQuery.extend({ status: status.optional() });

const days = z.int().min(0).max(3650);
const terms = {
  termsDays: days.optional().meta({ description: 'Days until a delivery is due.' }),
  graceDays: days.optional().meta({ description: 'Days past due before orders are stopped.' }),
  overdueToleranceMinor: amountOrZero.optional(),
  holdLifetimeMinutes: z.int().min(1).max(5_256_000).optional(),
};
const limitValidUntil = z
  .union([day, instant], { error: 'must be a day such as 2027-03-31, or an instant such as 2027-03-31T18:30:00Z' })
  .meta({ description: "A time, or a day that counts to its end on the wholesaler's calendar." });

export const openAsked = named(
  'OpenCreditAccount',
  z.strictObject({
    retailerId,
    limitMinor: amountOrZero,
    owedMinor: amountOrZero.optional().meta({ description: 'Owed before; booked once, at the opening.' }),
    limitValidUntil: limitValidUntil.optional(),
    ...terms,
  }),
  { retailerId: 'asha', limitMinor: 10000000, termsDays: 14 },
);

export const changeAsked = named(
  'ChangeCreditAccount',
  z
    .strictObject({
      limitMinor: amountOrZero.optional(),
      limitValidUntil: limitValidUntil.nullable().optional().meta({ description: 'Null: without end.' }),
      ...terms,
      overCaptureBasisPoints: z.int().min(0).max(10_000).optional(),
      reason,
    })
    .refine((asked) => Object.keys(asked).length > 1, { message: 'must change something', path: ['limitMinor'] }),
  { limitMinor: 12000000, reason: 'a good season' },
);

export const accountChanged = named(
  'CreditAccountChanged',
  account.extend({
    ledgerEntryId: uuid.nullable().meta({ description: 'The entry that says so; null where nothing had to change.' }),
    replayed,
  }),
);

export const reasonAsked = named('ReasonGiven', z.strictObject({ reason }), { reason: 'two cheques came back' });

export const overrideAsked = named(
  'GrantOverride',
  z.strictObject({
    orderId,
    amountMinor: amount.meta({ description: 'How much above the limit, at most.' }),
    expiresAt: instant.meta({ description: 'At most a year ahead.' }),
    approver: plain(200).meta({ description: 'Who decided it, by name.' }),
    reason,
  }),
  {
    orderId: 'PO-1045',
    amountMinor: 500000,
    expiresAt: '2026-12-31T18:30:00Z',
    approver: 'Ravi',
    reason: 'festival stock, agreed by phone',
  },
);

export const ledgerPage = named(
  'LedgerPage',
  z.object({
    items: z.array(
      named(
        'LedgerEntry',
        z.object({
          seq: figure.meta({ description: "Number in the account's ledger, without gaps." }),
          ledgerEntryId: uuid,
          kind: z.string(),
          at: instant,
          currency: z.string(),
          limitDelta: figure,
          heldDelta: figure,
          owedDelta: figure,
          unappliedDelta: figure,
          limitMinor: figure,
          heldMinor: figure,
          owedMinor: figure,
          unappliedMinor: figure,
          status,
          orderId: z.string().nullable(),
          holdId: uuid.nullable(),
          paymentId: uuid.nullable(),
          receivableId: uuid.nullable(),
          reverses: uuid.nullable(),
          actor: z.string(),
          reason: z.string().nullable(),
          source: z.string(),
        }),
      ),
    ),
    nextCursor,
  }),
);

export const statementQuery = z.strictObject({
  from: day.meta({ description: "First day, on the wholesaler's calendar." }),
  to: day.meta({ description: 'The day after the last one.' }),
  format: z.enum(['json', 'csv', 'pdf']).default('json'),
});

export const statement = named(
  'Statement',
  z.object({
    retailerId: z.string(),
    retailerName: z.string(),
    wholesalerName: z.string(),
    currency: z.string(),
    timeZone: z.string(),
    from: day,
    to: day,
    openingBalanceMinor: figure,
    closingBalanceMinor: figure,
    totals: z.object({ chargesMinor: figure, paymentsMinor: figure }),
    lines: z.array(
      z.object({
        seq: figure,
        day,
        at: instant,
        kind: z.string(),
        what: z.string(),
        orderId: z.string().nullable(),
        orderNumber: z.int().nullable(),
        invoiceReference: z.string().nullable(),
        method: z.string().nullable(),
        paymentReference: z.string().nullable(),
        reason: z.string().nullable(),
        chargeMinor: figure,
        paymentMinor: figure,
        balanceMinor: figure,
      }),
    ),
    openDebts: z.array(
      z.object({
        receivableId: uuid,
        openedOn: day,
        dueOn: day,
        orderId: z.string().nullable(),
        orderNumber: z.int().nullable(),
        invoiceReference: z.string().nullable(),
        amountMinor: figure,
        restMinor: figure,
        daysOverdue: z.int(),
      }),
    ),
    openDebtsLeftOut: z.int(),
  }),
);

export const proof = named(
  'LedgerProof',
  z.object({
    ok: z.boolean().nullable().meta({ description: 'Null: no proof was run yet.' }),
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  }),
);
