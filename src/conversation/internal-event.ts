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

/**
 * What another part of the service has to tell a conversation. Throws on one that this code does not know: it is kept,
 * tried again and in the end shown to staff, rather than dropped.
 */
export function toInternalEvent(payload: unknown): ConversationEvent {
  const { retailerId, number, amountMinor, currency, isRest } = holdLapsed.parse(payload);
  return { kind: 'hold_lapsed', retailerId, number, amountMinor: BigInt(amountMinor), currency, isRest };
}
