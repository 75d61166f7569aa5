import type { Tx } from '../../db/index.ts';
import type { CartItem, MessageContent } from '../../inbox/index.ts';
import type { Reply } from '../../outbox/index.ts';
import { readProductNames } from '../../trace/index.ts';
import { buildContent } from '../../whatsapp/build-content.ts';
import { readMessage } from '../../whatsapp/message.ts';
import type { FakeGraph } from '../fake-graph.ts';
import type { GraphMessage } from '../message-rules.ts';
import type { PhonePerson } from '../phone/people.ts';
import { type ShownMessage, shownMessage } from '../phone/shown.ts';
import type { Icon } from './icons.ts';

// What stands on the screen of one phone. What the business sent is what the fake Graph API accepted, and nothing else:
// a reply that was sent twice would stand here twice, whatever the database believes.

/** One or two grey ticks, two blue ones, or a note that the message did not go out. */
export type Tick = 'sent' | 'delivered' | 'read';

export type Bubble = {
  wamid: string;
  at: Date;
  /** The message that this one answers, in a few words. */
  quoted: { who: 'person' | 'business'; words: string } | null;
  /** Emojis that stand beside it. */
  reactions: string[];
} & ({ from: 'person'; said: Said; tick: Tick } | { from: 'business'; shown: ShownMessage; mediaId: string | null });

/** What the person sent, in the words of the screen. */
export type Said =
  | { kind: 'text'; body: string }
  | { kind: 'tap'; title: string }
  | { kind: 'cart'; lines: { name: string; quantity: string }[] }
  | { kind: 'attachment'; icon: Icon; label: string; note: string };

export type Chat = { bubbles: Bubble[]; isTyping: boolean };

const BUBBLES_MAX = 100;
/** Meta shows that somebody types for at most 25 seconds. */
const TYPING_MS_MAX = 25_000;

/** Reads the newest messages of this person with their business, oldest first. */
export async function readChat(db: Tx, graph: FakeGraph, person: PhonePerson): Promise<Chat> {
  const heard = await readHeard(db, person);
  const sent = await readSent(db, graph, person);
  const skus = heard.flatMap(({ content }) => (content.type === 'cart' ? content.items.map(({ sku }) => sku) : []));
  const names = await readProductNames(db, person.wholesaler.id, skus);
  const bubbles: Bubble[] = [];
  const reactions: { to: string; emoji: string }[] = [];
  const marks = readMarks(graph);
  for (const { wamid, at, content, quotes } of heard) {
    if (content.type === 'reaction') {
      if (content.to !== undefined && content.emoji !== undefined)
        reactions.push({ to: content.to, emoji: content.emoji });
      continue;
    }
    const tick: Tick = marks.has(wamid) ? 'read' : 'delivered';
    bubbles.push({
      wamid,
      at,
      from: 'person',
      said: saidOf(content, names),
      tick,
      quoted: quote(quotes),
      reactions: [],
    });
  }
  for (const { wamid, at, message } of sent) {
    const shown = shownMessage({ wamid, at, message });
    if (shown.reactionTo !== undefined) {
      reactions.push({ to: shown.reactionTo, emoji: shown.body });
      continue;
    }
    const mediaId = message.type === 'document' ? (message.document.id ?? null) : null;
    bubbles.push({ wamid, at, from: 'business', shown, mediaId, quoted: quote(shown.quotes), reactions: [] });
  }
  bubbles.sort((a, b) => a.at.getTime() - b.at.getTime());
  const byId = new Map(bubbles.map((bubble) => [bubble.wamid, bubble]));
  for (const { to, emoji } of reactions) byId.get(to)?.reactions.push(emoji);
  for (const bubble of bubbles) {
    const original = bubble.quoted === null ? undefined : byId.get(bubble.quoted.words);
    bubble.quoted = original === undefined ? null : { who: original.from, words: wordsOf(original) };
  }
  return { bubbles: bubbles.slice(-BUBBLES_MAX), isTyping: isTyping(bubbles, marks) };
}

/** The id first; the words are looked up once every bubble is there. */
const quote = (wamid: string | undefined): Bubble['quoted'] =>
  wamid === undefined ? null : { who: 'business', words: wamid };

/** A message in one line, for quotes and for the list of people. */
export function wordsOf(bubble: Bubble): string {
  if (bubble.from === 'business') return bubble.shown.body || (bubble.shown.filename ?? '');
  const { said } = bubble;
  switch (said.kind) {
    case 'text':
      return said.body;
    case 'tap':
      return said.title;
    case 'cart':
      return said.lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ');
    case 'attachment':
      return said.note === '' ? said.label : `${said.label}: ${said.note}`;
  }
}

type Heard = { wamid: string; at: Date; content: MessageContent; quotes: string | undefined };

async function readHeard(db: Tx, { wholesaler, line, phone, bsuid }: PhonePerson): Promise<Heard[]> {
  const rows = await db.$queryRaw<{ eventKey: string; at: Date; payload: unknown }[]>`
    select e.event_key as "eventKey", e.received_at as at, e.payload
      from line l
      join conversation c on c.wholesaler_id = l.wholesaler_id and c.line_id = l.id
      join inbox_event e on e.wholesaler_id = c.wholesaler_id and e.line_id = c.line_id and e.person_key = c.person_key
     where l.wholesaler_id = ${wholesaler.id} and l.phone_number_id = ${line.phoneNumberId}
       and (c.phone = ${phone ?? null} or c.bsuid = ${bsuid ?? null}
            or c.person_key = any (${[`p:${phone}`, `b:${bsuid}`]}::text[]))
       and e.kind = 'message'
     order by e.received_at desc, e.id desc limit ${BUBBLES_MAX}`;
  return rows.map(({ eventKey, at, payload }) => {
    const message = readMessage(payload);
    return { wamid: eventKey.slice(2), at, content: message, quotes: message.context?.id };
  });
}

type Sent = { wamid: string; at: Date; message: GraphMessage };

/** What the fake accepted; and what an earlier run of it accepted, as far as the database remembers. */
async function readSent(db: Tx, graph: FakeGraph, { wholesaler, line, phone, bsuid }: PhonePerson): Promise<Sent[]> {
  const sent: Sent[] = graph
    .sentTo(phone ?? bsuid ?? '')
    .filter(({ phoneNumberId }) => phoneNumberId === line.phoneNumberId)
    .slice(-BUBBLES_MAX);
  const known = new Set(sent.map(({ wamid }) => wamid));
  const rows = await db.$queryRaw<{ wamid: string; at: Date; reply: Reply }[]>`
    select o.wamid, coalesce(o.attempted_at, o.created_at) as at, o.reply
      from line l
      join outbox_message o on o.wholesaler_id = l.wholesaler_id and o.line_id = l.id
     where l.wholesaler_id = ${wholesaler.id} and l.phone_number_id = ${line.phoneNumberId}
       and (o.to_phone = ${phone ?? null} or o.to_bsuid = ${bsuid ?? null})
       and o.wamid is not null and o.state in ('accepted', 'sent', 'delivered', 'read')
     order by at desc limit ${BUBBLES_MAX}`;
  for (const { wamid, at, reply } of rows) {
    if (known.has(wamid)) continue;
    // Through JSON, as it left: the builders give objects of classes.
    sent.push({ wamid, at, message: JSON.parse(JSON.stringify(buildContent(reply))) as GraphMessage });
  }
  return sent;
}

/** The messages that the business read, and whether it showed that it types. */
function readMarks(graph: FakeGraph): Map<string, boolean> {
  return new Map(graph.reads().map(({ wamid, typing }) => [wamid, typing]));
}

function isTyping(bubbles: Bubble[], marks: Map<string, boolean>): boolean {
  const last = bubbles.at(-1);
  if (last?.from !== 'person' || marks.get(last.wamid) !== true) return false;
  return Date.now() - last.at.getTime() < TYPING_MS_MAX;
}

const ATTACHMENTS = {
  voice: { icon: 'voice', label: 'Voice note' },
  audio: { icon: 'voice', label: 'Sound file' },
  image: { icon: 'photo', label: 'Photo' },
  video: { icon: 'photo', label: 'Video' },
  document: { icon: 'file', label: 'Document' },
  sticker: { icon: 'photo', label: 'Sticker' },
} as const;

function saidOf(content: MessageContent, names: Record<string, string>): Said {
  switch (content.type) {
    case 'text':
      return { kind: 'text', body: content.body };
    case 'tap':
      return { kind: 'tap', title: content.title };
    case 'cart':
      return { kind: 'cart', lines: content.items.map((item) => cartLine(item, names)) };
    case 'media':
      return {
        kind: 'attachment',
        ...ATTACHMENTS[content.media],
        note: content.caption ?? content.file?.filename ?? '',
      };
    case 'location':
      return {
        kind: 'attachment',
        icon: 'place',
        label: 'Location',
        note: content.place === undefined ? '' : placeOf(content.place),
      };
    case 'contacts':
      return {
        kind: 'attachment',
        icon: 'person',
        label: 'Contact',
        note: content.cards.map(({ name }) => name ?? '').join(', '),
      };
    default:
      return { kind: 'attachment', icon: 'message', label: content.type, note: '' };
  }
}

function cartLine({ sku, quantity }: CartItem, names: Record<string, string>): { name: string; quantity: string } {
  return { name: names[sku] ?? sku, quantity: quantity === null ? '?' : String(quantity) };
}

function placeOf({ latitude, longitude }: { latitude?: number | undefined; longitude?: number | undefined }): string {
  return latitude === undefined || longitude === undefined ? '' : `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
}
