import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { IncomingEvent } from '../inbox/types.ts';
import { messageOf, ServiceError } from '../shared/errors.ts';
import { idText } from './fields.ts';
import { type Contacts, personKeyOf, readContacts, resolveSender, senderShape } from './sender.ts';
import { makeStorable, makeTextStorable } from './storable-json.ts';

// A delivery holds entries, entries hold changes, and a change of field "messages" holds messages, statuses and errors,
// up to a thousand in all. Each is read on its own, so that one broken item costs nothing but itself; whatever cannot
// be understood is kept as a notice, because Meta never sends again what was acknowledged.

/** A signed body that is no JSON: it is kept as it is for inspection, and Meta is told so (400). */
export class NotJsonError extends ServiceError {
  override name = 'NotJsonError';

  constructor(cause: unknown) {
    super({ code: 'not_json', message: `the delivery is not JSON: ${messageOf(cause)}`, cause });
  }
}

type Json = Record<string, unknown>;
type Place = {
  wabaId: string | undefined;
  phoneNumberId: string | undefined;
  field: string;
  sentAt: Date;
  receivedAt: Date;
};

/** Longer keys are hashed: a b-tree page cannot hold them, and one such key would make its whole batch unstorable. */
const KEY_MAX = 512;
/** Of a body that is no JSON. */
const UNREADABLE_KEPT_BYTES = 65_536;
const DAY_MS = 86_400_000;
const EARLIEST_MS = Date.UTC(2009, 0, 1);

const entrySchema = z.object({ id: idText, time: idText, changes: z.array(z.unknown()) });
const changeSchema = z.object({ field: idText, value: z.unknown() });
const metadataSchema = z.object({ phone_number_id: idText }).catch({});
const messageSchema = z.object({ ...senderShape, id: idText, timestamp: idText });
const statusSchema = z.object({ id: idText, status: idText, timestamp: idText });

/**
 * Reads every message, status and notice out of the bytes of a delivery, in the order in which they stand there.
 * Throws `NotJsonError` for bytes that are no JSON, and nothing else.
 */
export function readEnvelope(bytes: Uint8Array, receivedAt: Date): IncomingEvent[] {
  const root = makeStorable(parse(bytes));
  const outside = placeOutside('not_whatsapp', receivedAt);
  if (!isObject(root) || root.object !== 'whatsapp_business_account') return [notice(outside, root)];
  if (!Array.isArray(root.entry)) return [notice({ ...outside, field: 'unreadable' }, root)];
  return root.entry.flatMap((entry) => readEntry(entry, { ...outside, field: 'unreadable' }));
}

/** A signed body that is no JSON, kept as a notice for whoever looks into it: its beginning, length and hash. */
export function unreadableDelivery(bytes: Uint8Array, receivedAt: Date): IncomingEvent {
  const beginning = makeTextStorable(new TextDecoder().decode(bytes.subarray(0, UNREADABLE_KEPT_BYTES)));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return notice(placeOutside('not_json', receivedAt), { beginning, bytes: bytes.length, sha256 });
}

const placeOutside = (field: string, receivedAt: Date): Place => ({
  wabaId: undefined,
  phoneNumberId: undefined,
  field,
  sentAt: receivedAt,
  receivedAt,
});

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new NotJsonError(error);
  }
}

function readEntry(raw: unknown, place: Place): IncomingEvent[] {
  const entry = entrySchema.safeParse(raw);
  if (!entry.success) return [notice(place, raw)];
  const sentAt = instantOf(entry.data.time, place.receivedAt);
  const wabaId = accountOf(entry.data.id);
  return entry.data.changes.flatMap((change) => readChange(change, { ...place, wabaId, sentAt }));
}

/** The dashboard's Test button calls its account "0". */
function accountOf(id: string | undefined): string | undefined {
  return id !== undefined && id !== '0' && /^\d{1,32}$/.test(id) ? id : undefined;
}

function readChange(raw: unknown, place: Place): IncomingEvent[] {
  const change = changeSchema.safeParse(raw);
  if (!change.success) return [notice(place, raw)];
  const { field = 'unnamed', value } = change.data;
  const phoneNumberId = isObject(value) ? lineOf(value) : undefined;
  // The name goes into the event's key, and a cut may leave half a character, which no database takes.
  const here: Place = { ...place, field: makeTextStorable(field.slice(0, 100)), phoneNumberId };
  if (field !== 'messages' || !isObject(value)) return [notice(here, value)];
  const events = [...readMessages(value, here), ...readStatuses(value, here), ...readErrors(value, here)];
  return events.length > 0 ? events : [notice(here, value)];
}

function lineOf(value: Json): string | undefined {
  const id = metadataSchema.parse(value.metadata).phone_number_id;
  return id !== undefined && /^\w{1,64}$/.test(id) ? id : undefined;
}

function readMessages(value: Json, place: Place): IncomingEvent[] {
  const { messages } = value;
  if (messages === undefined) return [];
  if (!Array.isArray(messages)) return [notice(place, { messages })];
  const contacts = readContacts(value.contacts);
  return messages.map((message) => messageEvent(message, place, contacts, messages.length === 1));
}

function messageEvent(raw: unknown, place: Place, contacts: Contacts, alone: boolean): IncomingEvent {
  const parsed = messageSchema.safeParse(raw);
  if (!parsed.success) return notice(place, raw);
  const message = parsed.data;
  const sender = resolveSender(message, contacts, alone);
  const sentAt = instantOf(message.timestamp, place.sentAt, place.receivedAt);
  const personKey = sender === undefined ? undefined : personKeyOf(sender);
  const { phoneNumberId, wabaId } = place;
  if (!message.id || sender === undefined || personKey === undefined || phoneNumberId === undefined) {
    return notice({ ...place, sentAt }, raw);
  }
  const eventKey = keyOf('m', message.id);
  return { kind: 'message', eventKey, wabaId, phoneNumberId, personKey, sender, sentAt, payload: raw };
}

function readStatuses(value: Json, place: Place): IncomingEvent[] {
  const { statuses } = value;
  if (statuses === undefined) return [];
  if (!Array.isArray(statuses)) return [notice(place, { statuses })];
  return statuses.map((status) => statusEvent(status, place));
}

function statusEvent(raw: unknown, place: Place): IncomingEvent {
  const parsed = statusSchema.safeParse(raw);
  const { phoneNumberId, wabaId } = place;
  if (!parsed.success || !parsed.data.id || !parsed.data.status || phoneNumberId === undefined) {
    return notice(place, raw);
  }
  const { id, status, timestamp } = parsed.data;
  const sentAt = instantOf(timestamp, place.sentAt, place.receivedAt);
  // The status and its time belong to the key, or the "read" of a message would pass for a repeat of its "sent".
  return {
    kind: 'status',
    eventKey: keyOf('s', `${id}:${status}:${timestamp ?? ''}`),
    wabaId,
    phoneNumberId,
    sentAt,
    payload: raw,
  };
}

/** Errors of the change itself. They carry no time, so the whole value makes the key. */
function readErrors(value: Json, place: Place): IncomingEvent[] {
  if (value.errors === undefined) return [];
  if (Array.isArray(value.errors) && value.errors.length === 0) return [];
  return [{ ...notice({ ...place, field: 'messages.errors' }, value), payload: { errors: value.errors } }];
}

function notice(place: Place, raw: unknown): IncomingEvent {
  // Always an object: a JSON null or a bare number is easily mistaken for "no payload" further on.
  const payload = isObject(raw) ? raw : { value: raw ?? null };
  const hash = sha256(JSON.stringify(payload));
  const { wabaId, phoneNumberId, field, sentAt } = place;
  return { kind: 'notice', eventKey: keyOf('f', `${field}:${hash}`), wabaId, phoneNumberId, field, sentAt, payload };
}

/** Unix seconds (some senders write milliseconds); the first fallback where the time is missing or absurd. */
function instantOf(text: string | undefined, fallback: Date, receivedAt: Date = fallback): Date {
  if (text === undefined || !/^\d{9,13}$/.test(text)) return fallback;
  const ms = text.length > 11 ? Number(text) : Number(text) * 1000;
  return ms < EARLIEST_MS || ms > receivedAt.getTime() + DAY_MS ? fallback : new Date(ms);
}

function keyOf(kind: 'm' | 's' | 'f', rest: string): string {
  return rest.length > KEY_MAX ? `${kind}:sha256:${sha256(rest)}` : `${kind}:${rest}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
