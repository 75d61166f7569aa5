import { z } from 'zod';

/** The languages that the bot speaks, in the order in which they are offered. */
export const LANGUAGES = ['en', 'hi', 'hi-Latn', 'es', 'pt', 'ar', 'sw', 'fr', 'id'] as const;
export type Language = (typeof LANGUAGES)[number];

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 08:30');
const openFrom = z.strictObject({ from: clockTime, to: clockTime }).refine((hours) => hours.from < hours.to, {
  message: 'must end later than it starts',
});

/** What a wholesaler decides for itself, by name, as the import file writes it. Every name may be left out. */
export const givenPoliciesSchema = z.strictObject({
  /** When a proposal is asked about before it is placed. A cart from the catalogue is already confirmed. */
  confirm: z.enum(['always', 'when_unsure', 'never']).optional(),
  /** How long a pending question may be answered. */
  questionMinutes: z
    .int()
    .min(1)
    .max(24 * 60)
    .optional(),
  /** What a retailer is offered when credit is short, in this order. Cancelling is always possible. */
  shortOfCredit: z
    .array(z.enum(['trim_to_fit', 'ask_approval', 'pay_first']))
    .refine((choices) => new Set(choices).size === choices.length, { message: 'must name each choice once' })
    .optional(),
  /** How long an order keeps its credit when nobody delivers or cancels it. */
  holdLifetimeHours: z
    .int()
    .min(1)
    .max(24 * 365)
    .optional(),
  /** What a person hears whom nobody knows: that staff will be asked to register them, or that orders need an account. */
  unknownPersons: z.enum(['register', 'refuse']).optional(),
  /** The languages that the bot answers in; a message in another one is answered in the wholesaler's. */
  languages: z
    .array(z.enum(LANGUAGES))
    .min(1)
    .refine((languages) => new Set(languages).size === languages.length, { message: 'must name each language once' })
    .optional(),
  /** The smallest order that is placed. */
  minimumOrderMinor: z.int().min(0).optional(),
  /** Per day of the week in the wholesaler's time zone; a day without hours is closed. Null: always open. */
  openingHours: z.partialRecord(z.enum(WEEKDAYS), z.array(openFrom)).nullable().optional(),
});

/** The policies that a file or a row gives; the rest is ours to fill. */
export type GivenPolicies = z.infer<typeof givenPoliciesSchema>;
/** Every policy, with defaults filled in: what the service works with. */
export type WholesalerPolicies = Required<GivenPolicies>;

/** What holds for a wholesaler who decided nothing. */
export const DEFAULT_POLICIES: WholesalerPolicies = {
  confirm: 'always',
  questionMinutes: 60,
  shortOfCredit: ['trim_to_fit', 'ask_approval', 'pay_first'],
  holdLifetimeHours: 72,
  unknownPersons: 'register',
  languages: [...LANGUAGES],
  minimumOrderMinor: 0,
  openingHours: null,
};

/**
 * Policies as the wholesaler row keeps them, defaults filled in. A policy that this code cannot read (written by newer
 * code, or by hand) falls back to its default alone: one bad value never stops a wholesaler's chats.
 */
export function readPolicies(stored: unknown): WholesalerPolicies {
  const given: Record<string, unknown> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const read = givenPoliciesSchema.safeParse(given);
  if (read.success) return { ...DEFAULT_POLICIES, ...read.data };
  for (const issue of read.error.issues) {
    for (const name of issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])]) delete given[name];
  }
  const rest = givenPoliciesSchema.safeParse(given);
  return rest.success ? { ...DEFAULT_POLICIES, ...rest.data } : { ...DEFAULT_POLICIES };
}
