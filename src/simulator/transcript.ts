import type { Database } from '../db/index.ts';
import type { Reply } from '../outbox/index.ts';
import { formatMinor } from '../shared/money.ts';
import { readMessage } from '../whatsapp/message.ts';

type Row = {
  event_key: string;
  wholesaler: string;
  currency: string;
  time_zone: string;
  sent_at: Date;
  payload: unknown;
  sender: { profileName?: string } | null;
  retailer: string | null;
  facts: { account?: AccountBefore | null } | null;
  results: { answer?: Answer | null } | null;
  replies: Reply[] | null;
};

type AccountBefore = { limitMinor: string; owedMinor: string; heldMinor: string; availableMinor: string };

type Answer = {
  placed?: boolean;
  cancelled?: boolean;
  replayed?: boolean;
  number?: number | null;
  code?: string;
  amountMinor?: string;
  availableMinor?: string;
  releasedMinor?: string;
  shortByMinor?: string | null;
  account?: AccountBefore | null;
};

const MEDIA = {
  voice: 'a voice note',
  audio: 'a sound file',
  image: 'a photo',
  video: 'a video',
  document: 'a document',
  sticker: 'a sticker',
} as const;

const INDENT = ' '.repeat(8);

/** The chat around these messages as a person reads it: what was said, what was decided and why, what was answered. */
export async function readTranscript(db: Database, messageIds: string[]): Promise<string[]> {
  const keys = messageIds.map((id) => `m:${id}`);
  const rows = await db.prisma.$queryRaw<Row[]>`
    select e.event_key, w.name as wholesaler, w.currency, w.time_zone, e.sent_at, e.payload, e.sender, r.name as retailer,
           e.facts, e.results,
           (select jsonb_agg(o.reply order by o.seq) from outbox_message o
             where o.wholesaler_id = e.wholesaler_id and o.cause_event_id = e.id) as replies
      from inbox_event e
      join wholesaler w on w.id = e.wholesaler_id
      join conversation c on c.wholesaler_id = e.wholesaler_id and c.line_id = e.line_id and c.person_key = e.person_key
      left join retailer r on r.wholesaler_id = c.wholesaler_id and r.id = c.retailer_id
     where e.event_key = any (${keys}::text[])
     order by e.done_at, e.id`;
  return rows.flatMap((row) => [
    `${clockOf(row)}  ${speaker(row)}: ${said(row.payload)}`,
    ...decisionLines(row),
    ...(row.replies ?? []).flatMap((reply) => replyLines(row.wholesaler, reply)),
    '',
  ]);
}

/** The shop, and who of it holds the phone where that is somebody else's name. */
function speaker({ retailer, sender }: Row): string {
  const person = sender?.profileName;
  if (retailer === null) return `${person ?? 'somebody'} (unknown)`;
  return person === undefined || person === retailer ? retailer : `${retailer} (${person})`;
}

function clockOf(row: Row): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: row.time_zone, hour: '2-digit', minute: '2-digit' }).format(
    row.sent_at,
  );
}

function said(payload: unknown): string {
  const message = readMessage(payload);
  switch (message.type) {
    case 'text':
      return message.body.replaceAll('\n', `\n${INDENT}`);
    case 'tap':
      return `taps [${message.title}]`;
    case 'cart':
      return `sends a cart: ${message.items.map((item) => `${item.quantity ?? '?'} x ${item.sku}`).join(', ')}`;
    case 'media':
      return `sends ${MEDIA[message.media]}`;
    default:
      return `(${message.type})`;
  }
}

function decisionLines(row: Row): string[] {
  const answer = row.results?.answer;
  if (!answer) return [];
  const money = (minor: string | null | undefined): string => formatMinor(BigInt(minor ?? 0), row.currency, 'en');
  const lines: string[] = [];
  if (answer.placed === true) {
    const before = BigInt(answer.availableMinor ?? 0) + BigInt(answer.amountMinor ?? 0);
    lines.push(
      answer.replayed === true
        ? `credit: order ${answer.number} was placed before; nothing changes`
        : `credit: available ${money(before.toString())} - order ${money(answer.amountMinor)} = ${money(answer.availableMinor)}: approved`,
    );
  } else if (answer.placed === false) {
    const account = answer.account;
    const figures =
      account === null || account === undefined
        ? ''
        : `limit ${money(account.limitMinor)} - owed ${money(account.owedMinor)} - held ${money(account.heldMinor)} = ` +
          `available ${money(account.availableMinor)}; order ${money(answer.amountMinor)}`;
    const short = answer.shortByMinor ? `, short by ${money(answer.shortByMinor)}` : '';
    lines.push(`credit: ${figures}${short}: ${answer.code}`);
  } else if (answer.cancelled === true) {
    lines.push(
      `credit: order ${answer.number} released ${money(answer.releasedMinor)}, available ${money(answer.availableMinor)}`,
    );
  }
  return lines.map((line) => `${INDENT}· ${line}`);
}

function replyLines(wholesaler: string, reply: Reply): string[] {
  const choices =
    reply.kind === 'buttons'
      ? [reply.buttons.map((button) => `[${button.title}]`).join(' ')]
      : reply.kind === 'list'
        ? reply.rows.map((row) => `# ${row.title}${row.description ? ` - ${row.description}` : ''}`)
        : [];
  const [first = '', ...rest] = [...reply.body.split('\n'), ...choices];
  return [`${INDENT}${wholesaler}: ${first}`, ...rest.map((line) => `${INDENT}  ${line}`)];
}
