import { z } from 'zod';
import { ORDER_STATUSES } from '../../orders/index.ts';
import {
  amount,
  amountOrZero,
  day,
  figure,
  id,
  instant,
  named,
  nextCursor,
  orderId,
  pageQuery,
  plain,
  quantity,
  reason,
  replayed,
  retailerId,
  uuid,
} from './common.ts';

const status = z.enum(ORDER_STATUSES);
const holdLifetimeHours = z
  .int()
  .min(1)
  .max(24 * 365)
  .optional()
  .meta({
    description: 'How long its credit is held when nobody delivers or cancels it; as the account says otherwise.',
  });

const askedLine = named(
  'OrderLineAsked',
  z.strictObject({
    sku: id,
    quantity: quantity.meta({ description: 'At most 3 decimals.' }),
    unit: plain(40).optional().meta({ description: "The product's default unit unless given." }),
  }),
);

const simple = named('SimpleOrder', z.strictObject({ retailerId, orderId, amountMinor: amount, holdLifetimeHours }), {
  retailerId: 'asha',
  orderId: 'PO-1042',
  amountMinor: 124000,
});

const advanced = named(
  'OrderWithLines',
  z.strictObject({
    retailerId,
    orderId: orderId.optional(),
    lines: z.array(askedLine).min(1, 'must hold at least one line').max(500, 'must hold at most 500 lines'),
    dryRun: z.boolean().optional().meta({ description: 'Price and check it, hold nothing.' }),
    partialFit: z.boolean().optional().meta({
      description: 'Place as much of it as there is credit for, small lines first; `missing` says what is left out.',
    }),
    holdLifetimeHours,
  }),
  { retailerId: 'asha', orderId: 'PO-1043', lines: [{ sku: 'COKE500', quantity: 2, unit: 'case' }] },
);

export const orderAsked = named(
  'OrderAsked',
  z.union([simple, advanced]).meta({
    description: 'A simple order, for callers that keep their own lines, or one with lines that are priced here.',
  }),
  { retailerId: 'asha', orderId: 'PO-1042', amountMinor: 124000 },
);

export const batchAsked = named(
  'OrderBatch',
  z
    .strictObject({
      mode: z.enum(['each', 'all']).meta({ description: 'each: every order by itself; all: all of them or none.' }),
      orders: z.array(orderAsked).min(1, 'must hold at least one order').max(100, 'must hold at most 100 orders'),
    })
    .refine(
      ({ mode, orders }) => mode === 'each' || !orders.some((one) => 'lines' in one && (one.partialFit || one.dryRun)),
      {
        path: ['mode'],
        message: 'must be each where an order has partialFit or dryRun',
      },
    ),
  { mode: 'each', orders: [{ retailerId: 'asha', orderId: 'PO-1044', amountMinor: 50000 }] },
);

const placedLine = z.object({
  sku: z.string(),
  name: z.string(),
  unit: z.string(),
  quantity: z.number(),
  unitPriceMinor: figure,
  totalMinor: figure,
});

export const orderPlaced = named(
  'OrderPlaced',
  z.object({
    orderId: z.string(),
    number: z.int().nullable().meta({ description: 'Short, for people to say. Null of a dry run.' }),
    status: z.enum([...ORDER_STATUSES, 'dry_run']),
    amountMinor: amount,
    creditLedgerEntryId: uuid.nullable().meta({ description: 'The HOLD entry in the ledger. Null of a dry run.' }),
    availableMinor: figure.meta({ description: 'Credit that is left after it.' }),
    replayed,
    lines: z.array(placedLine).optional().meta({ description: 'As they were priced, where lines were asked for.' }),
    missing: z
      .array(z.object({ sku: z.string(), unit: z.string().optional(), quantity: z.number() }))
      .optional()
      .meta({ description: 'Of an order that may be placed in part: what there was no credit for.' }),
  }),
  {
    orderId: 'PO-1042',
    number: 1042,
    status: 'approved',
    amountMinor: 124000,
    creditLedgerEntryId: '019ad9a5-7c1e-7d0a-9b6e-0a1b2c3d4e5f',
    availableMinor: 876000,
    replayed: false,
  },
);

/** A verdict of a batch: what a single order would have been answered, and whether it was placed. */
export const batchAnswer = named(
  'OrderBatchAnswer',
  z.object({
    placed: z.int().meta({ description: 'How many orders were placed.' }),
    results: z.array(
      z.union([
        orderPlaced.extend({ placed: z.literal(true) }),
        z.object({
          placed: z.literal(false),
          orderId: z.string(),
          status: z.literal('refused'),
          code: z.string(),
          detail: z.string(),
          errors: z.array(z.object({ path: z.string(), message: z.string(), code: z.string().optional() })).optional(),
          availableMinor: figure.nullable(),
          shortByMinor: figure.nullable(),
          retryable: z.boolean(),
        }),
      ]),
    ),
  }),
);

const hold = z.object({
  state: z.enum(['open', 'captured', 'released', 'expired']),
  amountMinor: figure,
  capturedMinor: figure.meta({ description: 'Delivered.' }),
  releasedMinor: figure.meta({ description: 'Given back.' }),
  leftMinor: figure,
  expiresAt: instant,
});

const orderSummary = named(
  'Order',
  z.object({
    orderId: z.string(),
    number: z.int(),
    retailerId: z.string(),
    retailerName: z.string(),
    status,
    currency: z.string(),
    amountMinor: amount,
    source: z.string().meta({ description: 'chat, cart or api' }),
    placedAt: instant,
    closedAt: instant.nullable(),
    closeReason: z.string().nullable(),
    creditLedgerEntryId: uuid.nullable(),
  }),
);

/** A decision on credit with its arithmetic: limit - owed - held + granted = available, against what was asked. */
export const decision = named(
  'CreditDecision',
  z.object({
    at: instant,
    approved: z.boolean(),
    code: z.string().nullable(),
    because: z.string().nullable(),
    orderId: z.string().nullable(),
    currency: z.string().nullable(),
    amountMinor: figure.nullable(),
    limitMinor: figure.nullable(),
    owedMinor: figure.nullable(),
    heldMinor: figure.nullable(),
    overrideMinor: figure.meta({ description: 'Granted above the limit for this order.' }),
    availableMinor: figure.nullable(),
    shortByMinor: figure.nullable(),
    overdueMinor: figure.nullable(),
    heldFor: z.array(z.object({ orderId: z.string(), amountMinor: figure })),
    actor: z.string(),
    source: z.string(),
    text: z.string().meta({ description: 'The same as a sentence.' }),
  }),
);

export const orderDetail = named(
  'OrderDetail',
  orderSummary.extend({
    lines: z.array(placedLine),
    hold: hold.nullable(),
    decisions: z.array(decision).meta({ description: 'Newest first.' }),
  }),
);

export const orderPage = named('OrderPage', z.object({ items: z.array(orderSummary), nextCursor }));

export const orderQuery = pageQuery.extend({
  retailerId: retailerId.optional(),
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(status))
    .optional()
    .meta({ description: `One or several, between commas: ${ORDER_STATUSES.join(', ')}.` }),
  from: instant.optional().meta({ description: 'Placed at this instant or later.' }),
  until: instant.optional().meta({ description: 'Placed before this instant.' }),
});

export const cancelAsked = named(
  'CancelOrder',
  z.strictObject({ reason: reason.meta({ description: 'Why, in words for the shop, which is told.' }) }),
  { reason: 'ordered twice' },
);
export const orderCancelled = named(
  'OrderCancelled',
  z.object({
    orderId: z.string(),
    number: z.int(),
    status: z.literal('cancelled'),
    releasedMinor: figure,
    availableMinor: figure,
    replayed,
  }),
);

export const deliverAsked = named(
  'DeliverOrder',
  z
    .strictObject({
      amountMinor: amount.optional().meta({ description: 'What was delivered; all that is left unless given.' }),
      lines: z
        .array(askedLine)
        .min(1)
        .max(500)
        .optional()
        .meta({ description: 'What was delivered, at the prices of the order.' }),
      reference: plain(200).optional().meta({ description: 'Your number of the invoice; it stands on statements.' }),
      releaseRest: z
        .boolean()
        .optional()
        .meta({ description: 'Give back the credit of what is not delivered; needs a reason.' }),
      reason: reason.optional(),
    })
    .refine((asked) => asked.amountMinor === undefined || asked.lines === undefined, {
      path: ['lines'],
      message: 'must not be given together with amountMinor',
    })
    .refine((asked) => asked.releaseRest !== true || asked.reason !== undefined, {
      path: ['reason'],
      message: 'must say why the rest is given back',
    }),
  { amountMinor: 124000, reference: 'INV-77' },
);
export const orderDelivered = named(
  'OrderDelivered',
  z.object({
    orderId: z.string(),
    number: z.int(),
    status: z.enum(['part_delivered', 'delivered']),
    amountMinor: amount.meta({ description: 'What this delivery charged.' }),
    leftMinor: amountOrZero.meta({ description: 'What is still held for the order.' }),
    receivableId: uuid.nullable(),
    dueOn: day.nullable(),
    availableMinor: figure,
    replayed,
  }),
);

export const orderReopened = named(
  'OrderReopened',
  z.object({
    orderId: z.string(),
    number: z.int(),
    status: z.literal('approved'),
    amountMinor: amount,
    creditLedgerEntryId: uuid,
    availableMinor: figure,
    replayed,
  }),
);
