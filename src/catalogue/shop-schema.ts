import { z } from 'zod';
import { givenPoliciesSchema, LANGUAGES } from '../shared/policies.ts';

/** Meta's business-scoped user id: country, a dot, and letters or digits; `ENT.` marks the parent kind. */
const BSUID = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;
const PARENT_BSUID = /^[A-Z]{2}\.ENT\.[A-Za-z0-9]{1,128}$/;
const PHONE = /^[1-9]\d{6,14}$/;
const USERNAME = /^[A-Za-z0-9._]{3,35}$/;

/** Money and counts in the file are whole numbers that JSON carries exactly: up to 2^53-1. */
const minor = z
  .int('must be a whole number of minor units up to 9007199254740991')
  .min(0, 'must not be negative')
  .max(Number.MAX_SAFE_INTEGER);
const days = z.int().min(0).max(3650);

/** Text that PostgreSQL can keep: no NUL, no halves of letters. A spreadsheet may break the line in a name. */
const kept = z
  .string()
  .min(1, 'must not be empty')
  .refine((text) => !/[\0\p{Cs}]/u.test(text), { message: 'must not hold NUL or half a letter' });

/** A person reads it, so it has something to read. */
const name = kept.max(200).refine((text) => text.trim() === text, {
  message: 'must not start or end with a space',
});
const id = name;

const language = z.enum(LANGUAGES, { error: `must be one of ${LANGUAGES.join(', ')}` });

const currency = z
  .string()
  .refine((code) => /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf('currency').includes(code), {
    message: 'must be an ISO 4217 code that is in use, such as INR',
  });

const timeZone = z.string().refine(isTimeZone, { message: 'must be an IANA time zone, such as Asia/Kolkata' });

/** How many `each` one unit holds: at most three decimals, as a quantity has. */
const unitSize = z.number().positive('must be more than 0').max(1_000_000).refine(hasThreeDecimals, {
  message: 'must have at most 3 decimals',
});
const quantity = z.number().positive('must be more than 0').max(1_000_000).refine(hasThreeDecimals, {
  message: 'must have at most 3 decimals',
});
const unitName = kept.max(40);

export const identity = z
  .strictObject({ kind: z.enum(['phone', 'bsuid', 'parent_bsuid', 'username']), value: z.string() })
  .superRefine((given, context) => {
    const problem = identityProblem(given.kind, given.value);
    if (problem !== undefined) context.addIssue({ code: 'custom', path: ['value'], message: problem });
  })
  // A parent id says by its form what it is, whatever it was called.
  .transform((given) =>
    given.kind === 'bsuid' && PARENT_BSUID.test(given.value) ? { ...given, kind: 'parent_bsuid' as const } : given,
  );

export const wholesaler = z.strictObject({
  id: id.max(100),
  name,
  currency,
  language: language.optional(),
  timeZone: timeZone.optional(),
  policies: givenPoliciesSchema.optional(),
});

const line = z.strictObject({
  phoneNumberId: z.string().regex(/^\d{1,40}$/, 'must be digits, as Meta shows it'),
  displayPhoneNumber: name,
  tokenRef: z
    .string()
    .regex(/^WHATSAPP_ACCESS_TOKEN(_[A-Z0-9_]+)?$/, 'must be WHATSAPP_ACCESS_TOKEN or WHATSAPP_ACCESS_TOKEN_...')
    .optional(),
});

export const product = z.strictObject({
  sku: id,
  name,
  size: name.optional(),
  units: z.record(unitName, unitSize),
  defaultUnit: z.string(),
  cartUnit: z.string().optional(),
  priceMinor: minor,
  unitPricesMinor: z.record(z.string(), minor).optional(),
  prices: z.record(name, minor).optional(),
  aliases: z.array(name).optional(),
  active: z.boolean().optional(),
  stock: z.enum(['in', 'low', 'out']).optional(),
  minimum: quantity.optional(),
  step: quantity.optional(),
});

const credit = z.strictObject({
  limitMinor: minor,
  owedMinor: minor.optional(),
  status: z.enum(['active', 'blocked', 'closed']).optional(),
  blockReason: name.optional(),
  termsDays: days.optional(),
  graceDays: days.optional(),
  overdueToleranceMinor: minor.optional(),
  /** The last day on which the limit holds, in the wholesaler's time zone, or an instant with its offset. */
  limitValidUntil: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })], {
      error: 'must be a day such as 2027-03-31, or an instant such as 2027-03-31T18:30:00Z',
    })
    .optional(),
});

export const retailer = z.strictObject({
  id,
  name,
  language: language.optional(),
  priceList: name.optional(),
  identities: z.array(identity).optional(),
  credit: credit.optional(),
});

export const approver = z.strictObject({
  name,
  language: language.optional(),
  identities: z.array(identity).optional(),
});

const staff = z.strictObject({
  email: z.email().max(200),
  name,
  role: z.enum(['viewer', 'sales', 'cashier', 'credit_controller', 'admin']),
});

/** The import file, one value at a time. What must hold between values is in shop-checks.ts. */
export const shopSchema = z.strictObject({
  wholesaler,
  lines: z.array(line).optional(),
  products: z.array(product).optional(),
  retailers: z.array(retailer).optional(),
  approvers: z.array(approver).optional(),
  staff: z.array(staff).optional(),
});

/** A shop as its file says it. A name that the file leaves out is absent here too: the import leaves it as it is. */
export type Shop = z.infer<typeof shopSchema>;
export type ShopProduct = z.infer<typeof product>;
export type ShopRetailer = z.infer<typeof retailer>;
export type ShopApprover = z.infer<typeof approver>;
export type ShopStaff = z.infer<typeof staff>;
export type ShopLine = z.infer<typeof line>;
export type ShopCredit = z.infer<typeof credit>;
export type ShopIdentity = z.infer<typeof identity>;

function identityProblem(kind: ShopIdentity['kind'], value: string): string | undefined {
  if (kind === 'phone' && !PHONE.test(value)) return 'must be the digits of the number with country code, without plus';
  if (kind === 'bsuid' && !BSUID.test(value)) return 'must be a business-scoped user id, such as IN.1349120865530';
  if (kind === 'parent_bsuid' && !PARENT_BSUID.test(value)) return 'must be a parent id, such as IN.ENT.1349120865530';
  if (kind === 'username' && !USERNAME.test(value)) return 'must be the username without @';
  return undefined;
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function hasThreeDecimals(value: number): boolean {
  // Compared through text: 0.007 * 1000 is not exactly 7, so arithmetic on the number would refuse good values.
  return Number(value.toFixed(3)) === value;
}
