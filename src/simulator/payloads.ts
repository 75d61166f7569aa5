import { randomBytes } from 'node:crypto';

// Builds webhook deliveries in the shapes that Meta documents, for tests, benchmarks, the phone simulator and replays.
// Content (what is said) is separate from the message (who said it, when, under which id) and from the delivery.

type Json = Record<string, unknown>;

/** A person at the other end of WhatsApp. At least one of phone and bsuid. */
export type Person = {
  phone?: string | undefined;
  bsuid?: string | undefined;
  parentBsuid?: string | undefined;
  name?: string | undefined;
  username?: string | undefined;
};

/** One of the wholesaler's numbers as Meta names it. */
export type Line = { phoneNumberId: string; displayPhoneNumber: string; wabaId: string };

/** The type-specific part of a message: `type` and the block of that name. */
export type Content = Json & { type: string };

export const text = (body: string): Content => ({ type: 'text', text: { body } });

export const buttonTap = (button: { id: string; title: string }): Content => ({
  type: 'interactive',
  interactive: { type: 'button_reply', button_reply: button },
});

export const listTap = (row: { id: string; title: string; description?: string | undefined }): Content => ({
  type: 'interactive',
  interactive: { type: 'list_reply', list_reply: row },
});

/** A tap on the quick reply of a template. */
export const templateTap = (button: { payload: string; text: string }): Content => ({ type: 'button', button });

type CartLine = { sku: string; quantity: number | string; itemPrice?: number; currency?: string };
/** A cart sent from the catalogue. */
export const cart = (lines: CartLine[], options: { catalogId?: string; text?: string } = {}): Content => ({
  type: 'order',
  order: {
    catalog_id: options.catalogId ?? '1234567890123',
    text: options.text ?? '',
    product_items: lines.map(({ sku, quantity, itemPrice, currency }) => ({
      product_retailer_id: sku,
      quantity,
      item_price: itemPrice ?? 0,
      currency: currency ?? 'INR',
    })),
  },
});

export const voiceNote = (): Content => ({
  type: 'audio',
  audio: { id: '1908647269898587', mime_type: 'audio/ogg; codecs=opus', sha256: 'bm90LWEtcmVhbC1oYXNo', voice: true },
});

export const image = (caption?: string): Content => ({
  type: 'image',
  image: { id: '1003383421387256', mime_type: 'image/jpeg', sha256: 'bm90LWEtcmVhbC1oYXNo', caption },
});

export const document = (filename: string, caption?: string): Content => ({
  type: 'document',
  document: { id: '1376223850470843', mime_type: 'application/pdf', sha256: 'bm90LWEtcmVhbC1oYXNo', filename, caption },
});

export const sticker = (): Content => ({
  type: 'sticker',
  sticker: { id: '798882015472548', mime_type: 'image/webp', sha256: 'bm90LWEtcmVhbC1oYXNo', animated: false },
});

export const location = (latitude: number, longitude: number): Content => ({
  type: 'location',
  location: { latitude, longitude },
});

export const contactCard = (name: string, phone: string): Content => ({
  type: 'contacts',
  contacts: [{ name: { formatted_name: name }, phones: [{ phone: `+${phone}`, wa_id: phone }], origin: 'other' }],
});

/** The answer to the button that asks for the phone: WhatsApp fills the card in by itself. */
export const ownPhone = (phone: string): Content => ({
  type: 'contacts',
  contacts: [{ phones: [{ phone: `+${phone}`, wa_id: phone, type: 'MOBILE' }], origin: 'contact_request' }],
});

export const reaction = (messageId: string, emoji: string): Content => ({
  type: 'reaction',
  reaction: { message_id: messageId, emoji },
});

/** What Meta sends in place of something that it does not pass on. */
export const unsupported = (what: string): Content => ({
  type: 'unsupported',
  unsupported: { type: what },
  errors: [{ code: 131051, title: 'Message type unknown', message: 'Message type unknown' }],
});

/** A change of number or business-scoped id, told by Meta itself. */
export const identityChanged = (change: { bsuid: string; previousBsuid: string; phone?: string }): Content => ({
  type: 'system',
  system: {
    type: change.phone === undefined ? 'user_changed_user_id' : 'user_changed_number',
    body: 'The number of this person changed',
    user_id: change.bsuid,
    previous_user_id: change.previousBsuid,
    wa_id: change.phone,
  },
});

/** Meta's sign that a phone may be in other hands: its security code changed. */
export const identityDoubted = (phone: string): Content => ({
  type: 'system',
  system: { type: 'customer_identity_changed', body: 'The security code changed', wa_id: phone },
});

type MessageOptions = { id?: string; at?: Date; contextId?: string | undefined; groupId?: string };
export type PersonMessage = { person: Person; message: Json };

/** A message of a person, ready to be put into a delivery. */
export function messageFrom(person: Person, content: Content, options: MessageOptions = {}): PersonMessage {
  const message = {
    from: person.phone,
    from_user_id: person.bsuid,
    from_parent_user_id: person.parentBsuid,
    group_id: options.groupId,
    id: options.id ?? newWamid(),
    timestamp: unixSeconds(options.at ?? new Date()),
    context: options.contextId === undefined ? undefined : { id: options.contextId },
    ...content,
  };
  return { person, message };
}

export type StatusName = 'sent' | 'delivered' | 'read' | 'failed';
type StatusOptions = {
  wamid: string;
  status: StatusName;
  person: Person;
  at?: Date;
  outboxId?: string | undefined;
  error?: { code: number; title: string; details?: string };
};
export type PersonStatus = { person: Person; status: Json };

/** A status of a message that the business sent to a person. */
export function statusOf(options: StatusOptions): PersonStatus {
  const { wamid, status, person, outboxId, error } = options;
  const at = options.at ?? new Date();
  const failed = status === 'failed';
  return {
    person,
    status: {
      id: wamid,
      status,
      timestamp: unixSeconds(at),
      recipient_id: person.phone,
      recipient_user_id: failed && person.phone !== undefined ? undefined : person.bsuid,
      recipient_type: 'individual',
      biz_opaque_callback_data: outboxId,
      ...(failed ? {} : billing(status, person, at)),
      errors: error && [
        {
          code: error.code,
          title: error.title,
          message: error.title,
          error_data: { details: error.details ?? error.title },
        },
      ],
    },
  };
}

/** Replies inside the 24-hour window are free of charge. */
function billing(status: StatusName, person: Person, at: Date): Json {
  const id = Buffer.from(`${person.bsuid ?? person.phone}`)
    .toString('hex')
    .slice(0, 32);
  const dayEnd = unixSeconds(new Date(at.getTime() + 86_400_000));
  return {
    conversation: {
      id,
      expiration_timestamp: status === 'sent' ? dayEnd : undefined,
      origin: { type: 'service' },
    },
    pricing: { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' },
  };
}

type Contents = { messages?: PersonMessage[]; statuses?: PersonStatus[]; errors?: Json[] };

/** One webhook body: everything in one entry and one change, with each person once in the contacts block. */
export function delivery(line: Line, contents: Contents): Json {
  return envelope([{ line, contents }]);
}

/** A webhook body with one entry for each part, as Meta batches them. */
export function envelope(parts: { line: Line; contents: Contents }[]): Json {
  return {
    object: 'whatsapp_business_account',
    entry: parts.map(({ line, contents }) => ({
      id: line.wabaId,
      changes: [{ field: 'messages', value: changeValue(line, contents) }],
    })),
  };
}

/** News about the account: a field other than `messages`. */
export function notice(line: Line, field: string, value: Json): Json {
  const entry = { id: line.wabaId, time: Math.floor(Date.now() / 1000), changes: [{ field, value }] };
  return { object: 'whatsapp_business_account', entry: [entry] };
}

function changeValue(line: Line, { messages, statuses, errors }: Contents): Json {
  // Failed statuses come without a contacts block, and so do system messages.
  const people = [
    ...(messages ?? []).filter(({ message }) => message.type !== 'system'),
    ...(statuses ?? []).filter(({ status }) => status.status !== 'failed'),
  ].map(({ person }) => person);
  const contacts = [...new Set(people)].map(contactOf);
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: line.displayPhoneNumber, phone_number_id: line.phoneNumberId },
    contacts: contacts.length > 0 ? contacts : undefined,
    messages: messages?.map(({ message }) => message),
    statuses: statuses?.map(({ status }) => status),
    errors,
  };
}

function contactOf(person: Person): Json {
  return {
    profile: { name: person.name, username: person.username },
    wa_id: person.phone,
    user_id: person.bsuid,
    parent_user_id: person.parentBsuid,
  };
}

/** An id in the form of Meta's: opaque, with characters that have to survive URLs and logs. */
export function newWamid(): string {
  return `wamid.${randomBytes(36).toString('base64')}`;
}

function unixSeconds(at: Date): string {
  return String(Math.floor(at.getTime() / 1000));
}
