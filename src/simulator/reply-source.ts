import { request } from 'undici';
import { z } from 'zod';
import type { Tx } from '../db/index.ts';
import { SetupError } from '../shared/errors.ts';

/** Where a replay learns which messages were answered. */
export type ReplySource = {
  /** How many replies Meta accepted for each of these messages; ids without any may be missing. */
  answered(messageIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
};

const ANSWERED_PATH = '/simulator/api/answered';
const TIMEOUT_MS = 10_000;
const answeredText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.object({ answered: z.record(z.string(), z.int().min(0)) }));

/** Asks the running service, which offers this in demo and development only. */
export function httpReplySource(origin: string): ReplySource {
  return {
    async answered(messageIds) {
      const response = await request(new URL(ANSWERED_PATH, origin), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ids: messageIds }),
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
      });
      const text = await response.body.text();
      const read = response.statusCode === 200 ? answeredText.safeParse(text) : undefined;
      if (read?.success !== true) throw cannotTell(origin, response.statusCode);
      return new Map(Object.entries(read.data.answered));
    },
  };
}

function cannotTell(origin: string, status: number): SetupError {
  return new SetupError(
    `The service at ${origin} does not tell which messages it answered (it said ${status} to ${ANSWERED_PATH}).`,
    'Only demo and development do. For another service set DATABASE_URL to its database, or leave --wait-replies out.',
  );
}

/** Looks into the service's database instead: for a service in production, where the simulator's doors are shut. */
export function databaseReplySource(db: Tx): ReplySource {
  return { answered: (messageIds) => countAnswers(db, messageIds) };
}

/** Replies that Meta accepted, by the id of the message that caused them. Messages without a reply are left out. */
export async function countAnswers(db: Tx, messageIds: readonly string[]): Promise<Map<string, number>> {
  const keys = messageIds.map((id) => `m:${id}`);
  // Line and person lead both joins, because the keys of these tables begin with them.
  const rows = await db.$queryRaw<{ eventKey: string; replies: number }[]>`
    select e.event_key as "eventKey", count(*)::integer as replies
    from line l
    join inbox_event e on e.wholesaler_id = l.wholesaler_id and e.line_id = l.id
    join outbox_message o on o.wholesaler_id = e.wholesaler_id and o.line_id = e.line_id
                         and o.person_key = e.person_key and o.cause_event_id = e.id
    where e.event_key = any (${keys}::text[]) and o.state in ('accepted', 'sent', 'delivered', 'read')
    group by e.event_key`;
  return new Map(rows.map(({ eventKey, replies }) => [eventKey.slice(2), replies]));
}
