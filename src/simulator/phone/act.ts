import { z } from 'zod';
import {
  buttonTap,
  type Content,
  cart,
  contactCard,
  delivery,
  document,
  image,
  type Line,
  listTap,
  location,
  messageFrom,
  newWamid,
  ownPhone,
  type Person,
  reaction,
  templateTap,
  text,
  voiceNote,
} from '../payloads.ts';

const short = z.string().min(1).max(300);
/** The message of theirs or ours that this one answers, as a long press and Reply make it. */
const replyTo = z.string().max(700).optional();

/** What a person can do at the phone. */
export const phoneActSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), body: z.string().min(1).max(65_536), replyTo }),
  z.object({
    kind: z.literal('tap'),
    on: z.enum(['button', 'list', 'template']),
    /** What the button or row carries. */
    id: short,
    title: short,
    description: short.optional(),
    /** The message that it stands under. */
    replyTo,
  }),
  z.object({
    kind: z.literal('cart'),
    lines: z
      .array(z.object({ sku: short, quantity: z.number() }))
      .min(1)
      .max(500),
    text: z.string().max(1024).optional(),
    replyTo,
  }),
  z.object({ kind: z.literal('contact'), name: short, phone: z.string().regex(/^\d{5,20}$/), replyTo }),
  z.object({ kind: z.literal('own_phone'), replyTo }),
  z.object({
    kind: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    replyTo,
  }),
  z.object({ kind: z.literal('photo'), caption: z.string().max(1024).optional(), replyTo }),
  z.object({ kind: z.literal('document'), filename: short, replyTo }),
  z.object({ kind: z.literal('voice'), replyTo }),
  z.object({ kind: z.literal('reaction'), to: short, emoji: z.string().max(20) }),
]);

export type PhoneAct = z.infer<typeof phoneActSchema>;

/** The webhook body that Meta would make of it, and the id that the message has there. */
export function deliveryOf(
  line: Line,
  person: Person,
  act: PhoneAct,
  { id = newWamid(), at = new Date() }: { id?: string; at?: Date } = {},
): { wamid: string; body: string } {
  const contextId = act.kind === 'reaction' ? undefined : act.replyTo;
  const message = messageFrom(person, contentOf(act, person), { id, at, contextId });
  return { wamid: id, body: JSON.stringify(delivery(line, { messages: [message] })) };
}

function contentOf(act: PhoneAct, person: Person): Content {
  switch (act.kind) {
    case 'text':
      return text(act.body);
    case 'tap':
      return tapOf(act);
    case 'cart':
      return cart(act.lines, { text: act.text });
    case 'contact':
      return contactCard(act.name, act.phone);
    case 'own_phone':
      // A phone always has a number, also where its owner hides it from businesses.
      return ownPhone(person.phone ?? '919899000000');
    case 'location':
      return location(act.latitude, act.longitude);
    case 'photo':
      return image(act.caption);
    case 'document':
      return document(act.filename);
    case 'voice':
      return voiceNote();
    case 'reaction':
      return reaction(act.to, act.emoji);
  }
}

function tapOf({ on, id, title, description }: Extract<PhoneAct, { kind: 'tap' }>): Content {
  if (on === 'template') return templateTap({ payload: id, text: title });
  return on === 'list' ? listTap({ id, title, description }) : buttonTap({ id, title });
}
