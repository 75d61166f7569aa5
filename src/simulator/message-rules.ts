import { z } from 'zod';
import { type GraphAnswer, graphError } from './graph-errors.ts';
import { interactive } from './interactive-rules.ts';
import { filled, messageId, oneLine } from './rule-parts.ts';
import { template } from './template-rules.ts';

// What Graph accepts, written down a second time and strictly on purpose: nothing is shared with the code that builds
// messages, so a limit misread there shows up as a refusal here.

/** Exactly one emoji as a person sees it; an empty string takes a reaction away. */
const emoji = z.string().refine((value) => {
  if (value === '') return true;
  const pictures = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3/u;
  return [...new Intl.Segmenter().segment(value)].length === 1 && pictures.test(value);
}, 'is not an emoji');

const document = z
  .strictObject({
    id: z.string().min(1).optional(),
    link: z.url({ protocol: /^https?$/ }).optional(),
    caption: filled(1024).optional(),
    filename: oneLine(240).optional(),
  })
  .refine((one) => (one.id === undefined) !== (one.link === undefined), 'needs an id or a link');

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
  context: z.strictObject({ message_id: messageId }).optional(),
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
  z.strictObject({ ...common, type: z.literal('document'), document }),
  z.strictObject({
    ...common,
    type: z.literal('reaction'),
    reaction: z.strictObject({ message_id: messageId, emoji }),
  }),
]);

const TYPES: string[] = ['text', 'interactive', 'template', 'document', 'reaction'] satisfies GraphMessage['type'][];

const readReceipt = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: messageId,
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
  if (typeof type === 'string' && !TYPES.includes(type)) return refused(131051, type);
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
