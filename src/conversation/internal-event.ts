import { z } from 'zod';
import type { ConversationEvent } from './types.ts';

/** As credit_lapse_account in SQL writes it. */
const holdLapsed = z.object({
  type: z.literal('hold_lapsed'),
  retailerId: z.string(),
  number: z.int(),
  amountMinor: z.string().regex(/^\d+$/),
  currency: z.string(),
  isRest: z.boolean(),
});

/** As proposeWaitingOrders and lapseWaitingOrders write them. */
const aboutWaiting = z.object({
  type: z.enum(['order_fits', 'wait_lapsed']),
  retailerId: z.string(),
  orderId: z.string(),
  number: z.int(),
  amountMinor: z.string().regex(/^\d+$/),
  currency: z.string(),
});
const decimal = z.string().regex(/^\d+$/).transform(BigInt);
const time = z.iso.datetime().transform((text) => new Date(text));

/** As src/notices queues it. */
const notice = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['payment_due_soon', 'payment_overdue', 'account_blocked', 'account_unblocked']) }),
  z.object({ kind: z.literal('payment_bounced'), amountMinor: decimal, receivedAt: time }),
  z.object({ kind: z.literal('limit_changed'), limitMinor: decimal, beforeMinor: decimal }),
  z.object({
    kind: z.literal('hold_expiring'),
    orderId: z.string(),
    number: z.int(),
    amountMinor: decimal,
    expiresAt: time,
  }),
]);

/** As src/approvals writes them: to approvers, and to the shop whose order it is. */
const approvalAsked = z.object({ type: z.literal('approval_asked'), approvalId: z.string() });
const approvalLapsed = z.object({ type: z.literal('approval_lapsed'), number: z.int(), shop: z.string() });
const approvalDecided = z.object({
  type: z.literal('approval_decided'),
  retailerId: z.string(),
  orderId: z.string(),
  number: z.int(),
  amountMinor: z.string().regex(/^\d+$/),
  currency: z.string(),
  outcome: z.enum(['approved', 'rejected', 'refused', 'expired']),
  availableMinor: z
    .string()
    .regex(/^-?\d+$/)
    .nullable(),
});
const noticed = z.looseObject({ type: z.literal('notice'), retailerId: z.string() });
const linkAsked = z.object({ type: z.literal('link_asked'), linkId: z.string() });
const linkDecided = z.object({ type: z.literal('link_decided'), confirmed: z.boolean(), retailerId: z.string() });
const refusedToRegister = z.object({ type: z.literal('registration_refused') });
const handedBack = z.object({ type: z.literal('handed_back'), isLate: z.boolean() });
const registered = z.object({ type: z.literal('registered'), retailerId: z.string() });
const minor = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
const ofShop = { retailerId: z.string(), currency: z.string() };

/** As src/payments writes it. */
const paymentRecorded = z.object({
  type: z.literal('payment_recorded'),
  ...ofShop,
  amountMinor: minor,
  method: z.string(),
  reference: z.string().nullable(),
  debts: z.array(z.object({ orderNumber: z.int().nullable(), amountMinor: minor, restMinor: minor })),
  debtsLeftOut: z.int(),
  keptMinor: minor,
  owedMinor: minor,
  availableMinor: minor,
});
const claimRefused = z.object({
  type: z.literal('claim_refused'),
  ...ofShop,
  amountMinor: minor.nullable(),
  reference: z.string().nullable(),
  reason: z.string(),
});
const someLines = z.array(z.object({ name: z.string(), unit: z.string(), quantityMilli: z.int() }));

/** As src/orders writes it. */
const orderDelivered = z.object({
  type: z.literal('order_delivered'),
  ...ofShop,
  number: z.int(),
  outcome: z.enum(['whole', 'rest_kept', 'rest_released']),
  amountMinor: minor,
  dueOn: z.iso.date().nullable(),
  restMinor: minor,
  came: someLines,
  cameLeftOut: z.int(),
  missing: someLines,
  missingLeftOut: z.int(),
  owedMinor: minor,
  availableMinor: minor,
});

/** The same; the last two are null where nothing was held for the order. */
const orderCancelled = z.object({
  type: z.literal('order_cancelled'),
  ...ofShop,
  number: z.int(),
  amountMinor: minor,
  reason: z.string(),
  releasedMinor: minor.nullable(),
  availableMinor: minor.nullable(),
});

const internal = z.discriminatedUnion('type', [
  paymentRecorded,
  claimRefused,
  orderDelivered,
  orderCancelled,
  holdLapsed,
  aboutWaiting,
  approvalAsked,
  approvalLapsed,
  approvalDecided,
  noticed,
  linkAsked,
  linkDecided,
  registered,
  refusedToRegister,
  handedBack,
]);

/**
 * What another part of the service has to tell a conversation. Throws on one that this code does not know: it is kept,
 * tried again and in the end shown to staff, rather than dropped.
 */
export function toInternalEvent(payload: unknown): ConversationEvent {
  const event = internal.parse(payload);
  switch (event.type) {
    case 'hold_lapsed': {
      const { type: kind, amountMinor, ...lapsed } = event;
      return { kind, ...lapsed, amountMinor: BigInt(amountMinor) };
    }
    case 'order_fits':
    case 'wait_lapsed': {
      const { type: kind, amountMinor, ...told } = event;
      return { kind, ...told, amountMinor: BigInt(amountMinor) };
    }
    case 'notice':
      return { kind: 'notice', retailerId: event.retailerId, notice: notice.parse(event) };
    case 'payment_recorded':
    case 'claim_refused':
    case 'order_delivered':
    case 'order_cancelled': {
      const { type: kind, ...news } = event;
      return { kind, ...news } as ConversationEvent;
    }
    case 'approval_asked':
      return { kind: event.type, approvalId: event.approvalId };
    case 'approval_lapsed':
      return { kind: event.type, number: event.number, shop: event.shop };
    case 'approval_decided': {
      const { type: kind, amountMinor, availableMinor, ...told } = event;
      const left = availableMinor === null ? null : BigInt(availableMinor);
      return { kind, ...told, amountMinor: BigInt(amountMinor), availableMinor: left };
    }
    case 'link_asked':
      return { kind: event.type, linkId: event.linkId };
    case 'link_decided':
      return { kind: event.type, confirmed: event.confirmed, retailerId: event.retailerId };
    case 'registration_refused':
      return { kind: event.type };
    case 'handed_back':
      return { kind: event.type, isLate: event.isLate };
    case 'registered':
      return { kind: event.type, retailerId: event.retailerId };
  }
}
