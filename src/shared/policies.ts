import { z } from 'zod';

/** The languages that the bot speaks, in the order in which they are offered. */
export const LANGUAGES = ['en', 'hi', 'hi-Latn', 'es', 'pt', 'ar', 'sw', 'fr', 'id'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Monday first, as ISO 8601 counts. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 08:30');
const closingTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day such as 17:30, or 24:00');
const openFrom = z.strictObject({ from: clockTime, to: closingTime }).refine((hours) => hours.from < hours.to, {
  message: 'must end later than it starts; hours over midnight are two, until 24:00 and from 00:00',
});
const openOnDay = z
  .array(openFrom)
  .max(10)
  .refine((spans) => spans.every(({ from }, at) => at === 0 || from >= (spans[at - 1]?.to ?? '')), {
    message: 'must stand in the order of the day and not overlap',
  });

const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** What a shop is told without having asked, each only where the wholesaler wants it; named as their templates are. */
export const NOTICE_KINDS = [
  'payment_due_soon',
  'payment_overdue',
  'order_delivered',
  'order_cancelled',
  'payment_received',
  'payment_bounced',
  'limit_changed',
  'account_blocked',
  'account_unblocked',
  'hold_expiring',
  'hold_expired',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

const days = z
  .array(z.int().min(0).max(365))
  .max(10)
  .refine((list) => new Set(list).size === list.length, { message: 'must name each day once' });

const givenNotices = z.strictObject({
  /** The kinds that are sent; each message outside the 24 hours costs what Meta asks for a template. */
  send: z
    .array(z.enum(NOTICE_KINDS))
    .refine((kinds) => new Set(kinds).size === kinds.length, { message: 'must name each kind once' })
    .optional(),
  /** So many days before a debt is due its shop is reminded; 0 is the day itself. */
  daysBeforeDue: days.optional(),
  /** And so many days after, while it is not paid. */
  daysAfterDue: days.optional(),
  /** When reminders go, in the wholesaler's time zone. */
  remindAt: clockTime.optional(),
  /** How long before it lapses a shop hears that the credit kept for its order will be let go. */
  holdWarningHours: z
    .int()
    .min(1)
    .max(24 * 30)
    .optional(),
  /** No notice goes in these hours of the wholesaler's time zone; it waits until they are over. Null: none are quiet. */
  quietHours: z
    .strictObject({ from: clockTime, to: clockTime })
    .refine(({ from, to }) => from !== to, { message: 'must end at another time than they begin' })
    .nullable()
    .optional(),
});

// One group per matter, so that each can be read, and changed, by itself. docs/policies.md says what each does.

const ordering = {
  /** When a proposal is asked about before it is placed. A cart from the catalogue is already confirmed. */
  confirm: z.enum(['always', 'when_unsure', 'never']).optional(),
  /** The smallest order that is placed from a chat. */
  minimumOrderMinor: z.int().min(0).optional(),
  /** More of one unit than this is asked about before it is believed. The parser doubts what is above 10,000 by itself. */
  quantityCap: z.int().min(1).max(10_000).optional(),
  /** How long a pending question may be answered. */
  questionMinutes: z
    .int()
    .min(1)
    .max(24 * 60)
    .optional(),
};

const opening = {
  /** Per day of the week in the wholesaler's time zone; a day without hours is closed. Null: always open. */
  openingHours: z
    .partialRecord(z.enum(WEEKDAYS), openOnDay)
    .refine((days) => Object.values(days).some((spans) => spans.length > 0), {
      message: 'must open on some day; null means always open',
    })
    .nullable()
    .optional(),
  /** Days on which the wholesaler is closed whatever the day of the week. */
  holidays: z
    .array(z.iso.date({ error: 'must be a day such as 2026-12-25' }))
    .max(366)
    .refine(distinct, { message: 'must name each day once' })
    .optional(),
  /** Whether an order is taken outside the hours, and worked on later, or refused until they begin. */
  outsideHours: z.enum(['take', 'refuse']).optional(),
};

const people = {
  /** What a person hears whom nobody knows: that staff are asked to register them, or that orders need an account. */
  unknownPersons: z.enum(['register', 'refuse']).optional(),
  /** The languages that are offered, detected and answered in; a message in another is answered in the wholesaler's. */
  languages: z.array(z.enum(LANGUAGES)).min(1).refine(distinct, { message: 'must name each language once' }).optional(),
  /** A chat that staff took over goes back to the bot when they have said nothing for so long; 0: never by itself. */
  handBackMinutes: z
    .int()
    .min(0)
    .max(7 * 24 * 60)
    .optional(),
};

const credit = {
  /** What a retailer is offered when credit is short, in this order. Cancelling is always possible. */
  shortOfCredit: z
    .array(z.enum(['trim_to_fit', 'ask_approval', 'pay_first']))
    .refine(distinct, { message: 'must name each choice once' })
    .optional(),
  /** How long an approver may answer, before the order that was asked about lapses. */
  approvalHours: z
    .int()
    .min(1)
    .max(24 * 30)
    .optional(),
  /** How long an order waits for credit ("pay first"), before it lapses. */
  waitOnCreditDays: z.int().min(1).max(90).optional(),
  /** How long an order keeps its credit when nobody delivers or cancels it. */
  holdLifetimeHours: z
    .int()
    .min(1)
    .max(24 * 365)
    .optional(),
};

/** What a wholesaler decides for itself, by name, as the import file writes it. Every name may be left out. */
export const givenPoliciesSchema = z.strictObject({
  ...ordering,
  ...opening,
  ...people,
  ...credit,
  /** What shops are told without having asked. Nothing, unless it is switched on. */
  notices: givenNotices.optional(),
});

/** The policies that a file or a row gives; the rest is ours to fill. */
export type GivenPolicies = z.infer<typeof givenPoliciesSchema>;
/** Every policy, with defaults filled in: what the service works with. */
export type WholesalerPolicies = Required<Omit<GivenPolicies, 'notices'>> & { notices: NoticePolicies };
export type NoticePolicies = Required<z.infer<typeof givenNotices>>;

/** What holds for a wholesaler who decided nothing. */
export const DEFAULT_POLICIES: WholesalerPolicies = {
  confirm: 'always',
  minimumOrderMinor: 0,
  quantityCap: 10_000,
  questionMinutes: 60,
  openingHours: null,
  holidays: [],
  outsideHours: 'take',
  unknownPersons: 'register',
  languages: [...LANGUAGES],
  handBackMinutes: 120,
  shortOfCredit: ['trim_to_fit', 'ask_approval', 'pay_first'],
  approvalHours: 24,
  waitOnCreditDays: 7,
  holdLifetimeHours: 72,
  notices: {
    send: [],
    daysBeforeDue: [3],
    daysAfterDue: [1, 7, 14],
    remindAt: '10:00',
    holdWarningHours: 12,
    quietHours: { from: '20:00', to: '08:00' },
  },
};

/**
 * Policies as the wholesaler row keeps them, defaults filled in. A policy that this code cannot read (written by newer
 * code, or by hand) falls back to its default alone: one bad value never stops a wholesaler's chats.
 */
export function readPolicies(stored: unknown): WholesalerPolicies {
  const given: Record<string, unknown> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const read = givenPoliciesSchema.safeParse(given);
  if (read.success) return filled(read.data);
  for (const issue of read.error.issues) {
    for (const name of issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])]) delete given[name];
  }
  const rest = givenPoliciesSchema.safeParse(given);
  return filled(rest.success ? rest.data : {});
}

function filled(given: GivenPolicies): WholesalerPolicies {
  return { ...DEFAULT_POLICIES, ...given, notices: { ...DEFAULT_POLICIES.notices, ...given.notices } };
}
