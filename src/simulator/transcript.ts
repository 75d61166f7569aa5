import type { Database } from '../db/index.ts';
import { wordsOfMessage } from '../inbox/index.ts';
import { asRead, type Reply } from '../outbox/index.ts';
import { readResults, tellDecision } from '../trace/index.ts';
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
  results: unknown;
  replies: Reply[] | null;
};

const INDENT = ' '.repeat(8);

/** The chat around these messages as a person reads it: what was said, what was decided and why, what was answered. */
export async function readTranscript(db: Database, messageIds: string[]): Promise<string[]> {
  const keys = messageIds.map((id) => `m:${id}`);
  const rows = await db.prisma.$queryRaw<Row[]>`
    select e.event_key, w.name as wholesaler, w.currency, w.time_zone, e.sent_at, e.payload, e.sender, r.name as retailer,
           e.results,
           (select jsonb_agg(o.reply order by o.seq) from outbox_message o
             where o.wholesaler_id = e.wholesaler_id and o.cause_event_id = e.id) as replies
      from inbox_event e
      join wholesaler w on w.id = e.wholesaler_id
      join conversation c on c.wholesaler_id = e.wholesaler_id and c.line_id = e.line_id and c.person_key = e.person_key
      left join retailer r on r.wholesaler_id = c.wholesaler_id and r.id = c.retailer_id
     where e.event_key = any (${keys}::text[])
     order by e.done_at, e.id`;
  return rows.flatMap((row) => [
    `${clockOf(row)}  ${speaker(row)}: ${wordsOfMessage(readMessage(row.payload)).replaceAll('\n', `\n${INDENT}`)}`,
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

function decisionLines({ results, currency }: Row): string[] {
  return tellDecision(readResults(results).answer, currency).map((line) => `${INDENT}· credit: ${line}`);
}

function replyLines(wholesaler: string, reply: Reply): string[] {
  const [first = '', ...rest] = asRead(reply).split('\n');
  return [`${INDENT}${wholesaler}: ${first}`, ...rest.map((line) => `${INDENT}  ${line}`)];
}
