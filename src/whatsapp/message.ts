import { z } from 'zod';
import type { IncomingMessage, MessageContent } from '../inbox/types.ts';
import { anything, block, flag, idText, list, numberLike, short, text } from './fields.ts';
import { readIdentityChange } from './identity-change.ts';
import { readCards, readCart, readContext, readFile, readForm, readPlace, readReferral } from './message-parts.ts';
import { makeTextStorable } from './storable-json.ts';

// From Meta's message object to the words of our own code. Written so that nothing can throw: every field may be
// missing, renamed or of another type tomorrow, and a message that cannot be read is "unsupported", never a crash.

/** WhatsApp lets people write 4,096; what is much longer was not typed into it, and half an order would be worse. */
const TEXT_MAX = 8_192;

const reply = block({ id: idText, title: text });
const media = block({
  id: idText,
  mime_type: text,
  sha256: text,
  filename: text,
  caption: text,
  voice: flag,
});

const messageSchema = z.object({
  type: text,
  group_id: idText,
  context: anything,
  referral: anything,
  errors: list,
  text: block({ body: text }),
  interactive: block({
    type: text,
    button_reply: reply,
    list_reply: reply,
    nfm_reply: block({ name: text, response_json: anything }),
  }),
  button: block({ payload: idText, text: text }),
  order: block({ catalog_id: idText, text: text, product_items: list }),
  audio: media,
  voice: media,
  image: media,
  video: media,
  document: media,
  sticker: media,
  location: anything,
  contacts: list,
  reaction: block({ message_id: idText, emoji: text }),
  system: block({ type: text }),
  edit: block({ original_message_id: idText, message: anything }),
  revoke: block({ original_message_id: idText }),
  unsupported: block({ type: text }),
});
type MetaMessage = z.infer<typeof messageSchema>;

const errorSchema = z.object({ code: numberLike });

/** What a message says. Total: any value gives an answer, at worst `unsupported`. */
export function readMessage(payload: unknown): IncomingMessage {
  const parsed = messageSchema.safeParse(payload);
  if (!parsed.success) return unsupported('unreadable');
  const message = parsed.data;
  if (message.group_id !== undefined) return { type: 'group' };
  const context = readContext(message.context);
  const referral = readReferral(message.referral);
  const content = readContent(message);
  return {
    ...(content.type === 'system' ? { ...content, change: readIdentityChange(payload) } : content),
    ...(context === undefined ? {} : { context }),
    ...(referral === undefined ? {} : { referral }),
  };
}

function readContent(message: MetaMessage): MessageContent {
  const read = message.type !== undefined && Object.hasOwn(readers, message.type) ? readers[message.type] : undefined;
  const content = read?.(message);
  if (content !== undefined) return content;
  const code = errorSchema.safeParse(message.errors?.[0]).data?.code;
  return unsupported(message.unsupported?.type ?? message.type ?? 'unknown', code);
}

/** A reader returns undefined when the block that its type promises is missing or broken. */
type Reader = (message: MetaMessage) => MessageContent | undefined;
type Media = Extract<MessageContent, { type: 'media' }>['media'];

const readers: Record<string, Reader> = {
  text: readText,
  interactive: readInteractive,
  button: readTemplateButton,
  order: ({ order }) => order && readCart(order),
  audio: ({ audio }) => mediaOf(audio?.voice === true ? 'voice' : 'audio', audio),
  voice: ({ voice }) => mediaOf('voice', voice),
  image: ({ image }) => mediaOf('image', image),
  video: ({ video }) => mediaOf('video', video),
  document: ({ document }) => mediaOf('document', document),
  sticker: ({ sticker }) => mediaOf('sticker', sticker),
  location: ({ location }) => ({ type: 'location', place: readPlace(location) }),
  contacts: ({ contacts }) => ({ type: 'contacts', cards: readCards(contacts ?? []) }),
  reaction: ({ reaction }) => ({
    type: 'reaction',
    to: reaction?.message_id,
    emoji: short(reaction?.emoji, 32),
  }),
  system: ({ system }) => ({ type: 'system', what: nameOf(system?.type ?? 'unknown') }),
  request_welcome: () => ({ type: 'system', what: 'request_welcome' }),
  edit: ({ edit }) => ({ type: 'edit', of: edit?.original_message_id, now: readEdited(edit?.message) }),
  revoke: ({ revoke }) => ({ type: 'revoke', of: revoke?.original_message_id }),
};

function readText({ text }: MetaMessage): MessageContent | undefined {
  if (text?.body === undefined) return undefined;
  return text.body.length > TEXT_MAX ? unsupported('text.too_long') : { type: 'text', body: text.body };
}

function readInteractive({ interactive }: MetaMessage): MessageContent {
  const button = interactive?.button_reply;
  const row = interactive?.list_reply;
  const tap = button ?? row;
  if (tap?.id) return { type: 'tap', id: tap.id, title: tap.title ?? '', on: button === tap ? 'button' : 'list' };
  if (interactive?.nfm_reply !== undefined) return readForm(interactive.nfm_reply);
  if (interactive?.type === 'call_permission_reply') return { type: 'call_permission' };
  // Product messages of people and whatever comes next: their shapes are not known, so they are asked for again.
  return unsupported(`interactive.${interactive?.type ?? 'unknown'}`);
}

/** The quick reply of a template: its payload is ours; without one the words on the button are all there is. */
function readTemplateButton({ button }: MetaMessage): MessageContent | undefined {
  const id = button?.payload || button?.text;
  if (!id) return undefined;
  return { type: 'tap', id, title: button?.text ?? '', on: 'template' };
}

function mediaOf(media: Media, raw: MetaMessage['image']): MessageContent {
  return { type: 'media', media, caption: raw?.caption, file: raw && readFile(raw) };
}

/** What an edited message says now. An edit of an edit is nothing that Meta sends, so one step is enough. */
function readEdited(raw: unknown): MessageContent | undefined {
  const parsed = messageSchema.safeParse(raw);
  if (!parsed.success || parsed.data.type === 'edit') return undefined;
  return readContent(parsed.data);
}

function unsupported(what: string, code?: number): MessageContent {
  return { type: 'unsupported', what: nameOf(what), ...(code === undefined ? {} : { code }) };
}

/** Names of unknown things travel into logs and metrics, so they are kept short. */
function nameOf(what: string): string {
  return makeTextStorable(what.slice(0, 64));
}
