import { z } from 'zod';

/** The schemas that the document names, by their ids. */
export const components = z.registry<{ id: string }>();

/** Gives a schema its name in the OpenAPI document, and an example to show there. */
export function named<Schema extends z.ZodType>(id: string, schema: Schema, example?: unknown): Schema {
  const shown = example === undefined ? schema : schema.meta({ examples: [example] });
  components.add(shown, { id });
  return shown;
}

const AMOUNT_MAX = Number.MAX_SAFE_INTEGER;
const asBigint = { decode: (value: number) => BigInt(value), encode: (value: bigint) => Number(value) };
const whole = (min: number, message: string) => z.int({ error: message }).min(min, message).max(AMOUNT_MAX, message);

/** An amount above zero. JSON numbers beyond 2^53-1 cannot be read exactly by everybody, so they are refused. */
export const amount = z.codec(
  whole(1, `must be a whole number of minor units from 1 to ${AMOUNT_MAX}`).meta({
    description: 'Whole minor units (paise, cents) above zero.',
  }),
  z.bigint(),
  asBigint,
);

/** An amount that may be zero. */
export const amountOrZero = z.codec(
  whole(0, `must be a whole number of minor units from 0 to ${AMOUNT_MAX}`).meta({
    description: 'Whole minor units (paise, cents), zero or more.',
  }),
  z.bigint(),
  asBigint,
);

/** A figure or a change of one, which may lie below zero. */
export const figure = z.codec(
  whole(-AMOUNT_MAX, 'must be a whole number of minor units').meta({
    description: 'Whole minor units (paise, cents); may be negative.',
  }),
  z.bigint(),
  asBigint,
);

/** The same in a query string. */
export const amountInQuery = z.coerce
  .number({ error: `must be a whole number of minor units from 1 to ${AMOUNT_MAX}` })
  .int(`must be a whole number of minor units from 1 to ${AMOUNT_MAX}`)
  .min(1, `must be a whole number of minor units from 1 to ${AMOUNT_MAX}`)
  .max(AMOUNT_MAX, `must be a whole number of minor units from 1 to ${AMOUNT_MAX}`)
  .transform((value) => BigInt(value));

/** Text that PostgreSQL can keep and a person can read: no control characters, no halves of letters. */
export const plain = (max: number) =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), { message: 'must not hold control characters' });

export const id = plain(200);
export const retailerId = id.meta({ description: "The shop, by the wholesaler's own id." });
/** An id that is also a key of the credit core, which keeps some words to itself. */
export const orderId = id
  .refine((text) => !/^(release|expire|reverse):/.test(text), {
    message: 'must not begin with release:, expire: or reverse:',
  })
  .meta({ description: 'Chosen by the caller, unique per wholesaler: the same order again gets its first answer.' });
/** In whatever case it is sent, it is the id that we wrote. */
export const uuid = z.uuid().toLowerCase();
export const reason = plain(500)
  .refine((text) => text.trim() !== '', { message: 'must say something' })
  .meta({ description: 'Why, for the ledger and for whoever asks later.' });

export const instant = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
export const day = z.iso.date('must be a day, written as 2026-12-31');

const quantityMessage = 'must be more than 0, at most 1,000,000, with at most 3 decimals';
export const quantity = z
  .number({ error: quantityMessage })
  .positive(quantityMessage)
  .max(1_000_000, quantityMessage)
  // Compared through text: 0.007 * 1000 is not exactly 7.
  .refine((value) => Number(value.toFixed(3)) === value, { message: quantityMessage });

export const pageQuery = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200, 'must be at most 200')
    .default(50)
    .meta({ description: 'How many at most, 1 to 200.' }),
  cursor: plain(500).optional().meta({ description: '`nextCursor` of the page before.' }),
});

export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: 'For the next page; null after the last. New items never shift a page that was begun.' });

export const replayed = z.boolean().meta({ description: 'True when this is the first answer again.' });

/** Without parameters. */
export const nothing = z.strictObject({});
