import { z } from 'zod';
import { LANGUAGES } from '../shared/policies.ts';
import type { ConversationState } from './types.ts';

const quantityMilli = z.int();
const decimal = z.string().regex(/^-?\d+$/);

const openQuestion = z.object({
  kind: z.enum(['product', 'quantity', 'unknown_product', 'check_quantity']),
  candidates: z.array(z.string()),
  quantityMilli: quantityMilli.nullable(),
  unit: z.string().nullable(),
  text: z.string(),
  // Newer than the first states: absent where an earlier release asked the question.
  words: z.string().nullable().default(null),
  act: z.enum(['add', 'set', 'remove']),
});

const pending = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal(['confirm_order', 'short_of_credit']),
    askedAtMs: z.int(),
    orderId: z.string(),
    amountMinor: decimal,
    lineTotalsMinor: z.array(decimal),
    fromText: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('question'),
    askedAtMs: z.int(),
    question: openQuestion,
    queue: z.array(openQuestion),
  }),
  z.object({ kind: z.literal('confirm_cancel'), askedAtMs: z.int(), orderId: z.string(), number: z.int() }),
  z.object({
    kind: z.literal('claim'),
    askedAtMs: z.int(),
    photo: z.string().nullable(),
    claimId: z.string().nullable(),
    method: z.string().nullable(),
    reference: z.string().nullable(),
  }),
]);

/** The state as it stands in the conversation row. */
export const conversationStateSchema: z.ZodType<ConversationState> = z.object({
  v: z.literal(1),
  cart: z.array(z.object({ sku: z.string(), unit: z.string(), quantityMilli: z.int().positive() })),
  cartVersion: z.int().nonnegative(),
  cartSource: z.enum(['chat', 'cart']),
  pending: pending.nullable(),
  // Newer than the first states. A default is enough, and the version stays: while a release is rolled out, processes of
  // the one before read these states too, and would throw away carts of a version that they do not know.
  waited: z.object({ orderId: z.string(), number: z.int() }).nullable().default(null),
  choices: z
    .array(z.object({ words: z.string(), sku: z.string(), kind: z.enum(['chosen', 'recognised', 'doubted']) }))
    .default([]),
  hasGuess: z.boolean().default(false),
  // A language that only newer code speaks costs nobody the cart.
  language: z
    .object({ code: z.enum(LANGUAGES), by: z.enum(['choice', 'writing']) })
    .nullable()
    .default(null)
    .catch(null),
  leaning: z.enum(LANGUAGES).nullable().default(null).catch(null),
  notUnderstood: z.int().nonnegative(),
  phoneAsked: z.literal(true).optional(),
  list: z
    .object({ words: z.string(), from: z.int().nonnegative(), skus: z.array(z.string()), shownAtMs: z.int() })
    .optional()
    .catch(undefined),
});

/** Where every conversation begins: nothing ordered, nothing asked. */
export function initialState(): ConversationState {
  return {
    v: 1,
    cart: [],
    cartVersion: 0,
    cartSource: 'chat',
    pending: null,
    waited: null,
    choices: [],
    hasGuess: false,
    language: null,
    leaning: null,
    notUnderstood: 0,
  };
}

/** How a state of an older version becomes the next one; keyed by the version it starts from. None is older yet. */
const upgrades: Record<number, (old: Record<string, unknown>) => Record<string, unknown>> = {};

/**
 * The state read back from its row, upgraded to today's version. What cannot be read (damage, or a state that newer
 * code wrote before a rollback) begins anew: a cart can be typed again, a chat that fails on every message cannot.
 */
export function readState(json: unknown): ConversationState {
  let value: unknown = json;
  // Each upgrade leads to a higher version, so there are never more steps than upgrades.
  for (let step = 0; step <= Object.keys(upgrades).length; step += 1) {
    const version = isRecord(value) && typeof value.v === 'number' ? value.v : null;
    const upgrade = version === null ? undefined : upgrades[version];
    if (upgrade === undefined || !isRecord(value)) break;
    value = upgrade(value);
  }
  const read = conversationStateSchema.safeParse(value);
  return read.success ? read.data : initialState();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
