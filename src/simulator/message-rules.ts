import { z } from 'zod';
import { type GraphAnswer, graphError } from './graph-errors.ts';

// What Graph accepts, written down a second time and strictly on purpose: nothing is shared with the code that builds
// messages, so a limit misread there shows up as a refusal here.

/** Text with something in it, counted in UTF-16 units. Half a surrogate pair cannot be sent as UTF-8. */
const filled = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => value.trim() !== '', 'must not be empty')
    .refine((value) => !/\p{Surrogate}/u.test(value), 'is not well-formed Unicode');
const id = (max: number) => filled(max).refine((value) => value.trim() === value, 'must not begin or end with a space');
const unique = (values: string[]) => new Set(values).size === values.length;

const bodyBlock = z.strictObject({ text: filled(1024) });
const shortBlock = z.strictObject({ text: filled(60) });
const textHeader = z.strictObject({ type: z.literal('text'), text: filled(60) });

const replyButton = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: id(256), title: filled(20) }),
});
const buttons = z
  .array(replyButton)
  .min(1)
  .max(3)
  .refine((all) => unique(all.map(({ reply }) => reply.id)), 'button ids must be unique')
  .refine((all) => unique(all.map(({ reply }) => reply.title)), 'button titles must be unique');

const row = z.strictObject({ id: id(200), title: filled(24), description: filled(72).optional() });
const section = z.strictObject({ title: filled(24).optional(), rows: z.array(row).min(1).max(10) });
const sections = z
  .array(section)
  .min(1)
  .max(10)
  .refine((all) => all.length === 1 || all.every(({ title }) => title !== undefined), 'sections need titles')
  .refine((all) => all.flatMap(({ rows }) => rows).length <= 10, 'at most 10 rows over all sections')
  .refine((all) => unique(all.flatMap(({ rows }) => rows.map((one) => one.id))), 'row ids must be unique');

const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    header: textHeader.optional(),
    body: bodyBlock,
    footer: shortBlock.optional(),
    action: z.strictObject({ buttons }),
  }),
  z.strictObject({
    type: z.literal('list'),
    header: textHeader.optional(),
    body: bodyBlock,
    footer: shortBlock.optional(),
    action: z.strictObject({ button: filled(20), sections }),
  }),
]);

const template = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.strictObject({ code: z.string().min(2), policy: z.literal('deterministic').optional() }),
  components: z.array(z.looseObject({ type: z.enum(['header', 'body', 'button']) })).optional(),
});

const common = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: z
    .string()
    .regex(/^\+?\d{5,20}$/)
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/)
    .optional(),
  context: z.strictObject({ message_id: z.string().min(1) }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
};

const message = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('text'),
    text: z.strictObject({ body: filled(4096), preview_url: z.boolean().optional() }),
  }),
  z.strictObject({ ...common, type: z.literal('interactive'), interactive }),
  z.strictObject({ ...common, type: z.literal('template'), template }),
]);

const readReceipt = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string().min(1),
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});

export type GraphMessage = z.infer<typeof message>;
type Checked =
  | { kind: 'message'; message: GraphMessage }
  | { kind: 'read'; wamid: string; typing: boolean }
  | { kind: 'refused'; answer: GraphAnswer };

/** Reads the body of a POST /messages as Graph would: a message, a read receipt, or a refusal with Meta's code. */
export function checkBody(body: unknown): Checked {
  if (typeof body !== 'object' || body === null) return refused(100, 'The body is not a JSON object');
  if ('status' in body) {
    const receipt = readReceipt.safeParse(body);
    if (!receipt.success) return refusedFor(receipt.error, body);
    return { kind: 'read', wamid: receipt.data.message_id, typing: receipt.data.typing_indicator !== undefined };
  }
  if (!('messaging_product' in body)) return refused(100, 'The parameter messaging_product is required.');
  const type = 'type' in body ? body.type : undefined;
  if (typeof type === 'string' && !['text', 'interactive', 'template'].includes(type)) return refused(131051, type);
  const parsed = message.safeParse(body);
  if (!parsed.success) return refusedFor(parsed.error, body);
  if (parsed.data.to === undefined && parsed.data.recipient === undefined) {
    return refused(131008, 'The parameter to is required.');
  }
  return { kind: 'message', message: parsed.data };
}

/** Missing and wrong parameters have different codes at Meta; unknown ones share the general one. */
function refusedFor(error: z.ZodError, body: object): Checked {
  const issue = error.issues[0];
  const path = issue?.path.map(String) ?? [];
  const details = `${path.join('.')}: ${issue?.message ?? 'invalid'}`;
  if (issue?.code === 'unrecognized_keys') return refused(100, details);
  return refused(valueAt(body, path) === undefined ? 131008 : 131009, details);
}

function valueAt(body: object, path: string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }, body);
}

function refused(code: number, details: string): Checked {
  return { kind: 'refused', answer: graphError(code, { details }) };
}
