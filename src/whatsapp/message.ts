import { z } from 'zod';
import type { CartItem, IncomingMessage } from '../inbox/types.ts';
import { idText } from './sender.ts';

// From Meta's message object to the words of our own code. Written so that nothing can throw: every field may be
// missing, renamed or of another type tomorrow, and a message that cannot be read is "unsupported", never a crash.

const text = z.string().optional().catch(undefined);
/** An object of which every field may be missing; undefined where Meta sent something else in its place. */
const block = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).optional().catch(undefined);

const reply = block({ id: idText, title: text });
const media = block({ caption: text, voice: z.boolean().optional().catch(undefined) });

const messageSchema = z.object({
  type: text,
  group_id: idText,
  context: block({ id: idText }),
  text: block({ body: text }),
  interactive: block({ type: text, button_reply: reply, list_reply: reply }),
  button: block({ payload: idText, text: text }),
  order: block({ text: text, product_items: z.array(z.unknown()).optional().catch(undefined) }),
  audio: media,
  voice: media,
  image: media,
  video: media,
  document: media,
  sticker: media,
  system: block({ type: text, user_id: idText, previous_user_id: idText, wa_id: idText, new_wa_id: idText }),
  unsupported: block({ type: text }),
});
type MetaMessage = z.infer<typeof messageSchema>;

const itemSchema = z.object({
  product_retailer_id: idText,
  quantity: z.union([z.number(), z.string()]).optional().catch(undefined),
});

/** What a message says. Total: any value gives an answer, at worst `unsupported`. */
export function readMessage(payload: unknown): IncomingMessage {
  const parsed = messageSchema.safeParse(payload);
  if (!parsed.success) return unsupported('unreadable');
  const message = parsed.data;
  if (message.group_id !== undefined) return { type: 'group' };
  const read = message.type !== undefined && Object.hasOwn(readers, message.type) ? readers[message.type] : undefined;
  return read?.(message) ?? unsupported(message.unsupported?.type ?? message.type ?? 'unknown');
}

/** The number or id change that a `system` message reports; undefined for any other message. */
export type IdentityChange = {
  what: string;
  bsuid: string | undefined;
  previousBsuid: string | undefined;
  phone: string | undefined;
};

/** Reads who became whom out of a `system` message, for the worker that links identities (never without a check). */
export function readIdentityChange(payload: unknown): IdentityChange | undefined {
  const parsed = messageSchema.safeParse(payload);
  const system = parsed.success && parsed.data.type === 'system' ? parsed.data.system : undefined;
  if (system === undefined) return undefined;
  return {
    what: system.type ?? 'unknown',
    bsuid: system.user_id,
    previousBsuid: system.previous_user_id,
    phone: system.wa_id ?? system.new_wa_id,
  };
}

/** A reader returns undefined when the block that its type promises is missing or broken. */
type Reader = (message: MetaMessage) => IncomingMessage | undefined;

const readers: Record<string, Reader> = {
  text: ({ text, context }) =>
    text?.body === undefined ? undefined : { type: 'text', body: text.body, contextId: context?.id },
  interactive: readInteractive,
  button: readTemplateButton,
  order: readCart,
  audio: ({ audio }) => ({ type: 'media', media: audio?.voice === true ? 'voice' : 'audio' }),
  voice: () => ({ type: 'media', media: 'voice' }),
  image: ({ image }) => ({ type: 'media', media: 'image', caption: image?.caption }),
  video: ({ video }) => ({ type: 'media', media: 'video', caption: video?.caption }),
  document: ({ document }) => ({ type: 'media', media: 'document', caption: document?.caption }),
  sticker: () => ({ type: 'media', media: 'sticker' }),
  location: () => ({ type: 'location' }),
  contacts: () => ({ type: 'contacts' }),
  reaction: () => ({ type: 'reaction' }),
  system: ({ system }) => ({ type: 'system', what: bounded(system?.type ?? 'unknown') }),
  request_welcome: () => ({ type: 'system', what: 'request_welcome' }),
};

function readInteractive({ interactive, context }: MetaMessage): IncomingMessage {
  const tap = interactive?.button_reply ?? interactive?.list_reply;
  // Flow results, call permissions and product messages: nothing of ours asks for them, so nothing can answer them.
  if (!tap?.id) return unsupported(`interactive.${interactive?.type ?? 'unknown'}`);
  return { type: 'tap', id: tap.id, title: tap.title ?? '', contextId: context?.id };
}

/** The quick reply of a template: its payload is ours; without one the words on the button are all there is. */
function readTemplateButton({ button, context }: MetaMessage): IncomingMessage | undefined {
  const id = button?.payload || button?.text;
  if (!id) return undefined;
  return { type: 'tap', id, title: button?.text ?? '', contextId: context?.id };
}

function readCart({ order }: MetaMessage): IncomingMessage | undefined {
  if (order?.product_items === undefined) return undefined;
  return { type: 'cart', items: order.product_items.map(readCartItem), text: order.text };
}

/** An item that cannot be read stays in the cart without SKU or quantity: it is asked about, never dropped. */
function readCartItem(raw: unknown): CartItem {
  const item = itemSchema.safeParse(raw);
  if (!item.success) return { sku: '', quantity: null };
  return { sku: item.data.product_retailer_id ?? '', quantity: quantityOf(item.data.quantity) };
}

function quantityOf(value: string | number | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  // Number('') is 0 and Number('0x10') is 16, so only plain decimals pass.
  if (value === undefined || !/^\s*-?\d{1,15}(\.\d{1,6})?\s*$/.test(value)) return null;
  return Number(value);
}

function unsupported(what: string): IncomingMessage {
  return { type: 'unsupported', what: bounded(what) };
}

/** Names of unknown things travel into logs and metrics, so they are kept short. */
function bounded(what: string): string {
  return what.slice(0, 64);
}
