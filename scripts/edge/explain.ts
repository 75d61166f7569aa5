import type { Database } from '../../src/db/index.ts';
import type { SentMessage } from '../../src/simulator/fake-graph.ts';
import { marksIn } from './crowd.ts';

const PEOPLE_MAX = 5;

type Row = { seq: number; state: string; at: string | null; attempts: number; error: string | null; more: string };

/** What the fake saw and what the database holds of people whose answers went wrong, line by line, for whoever mends it. */
export async function explain(db: Database, sent: readonly SentMessage[], phones: string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const phone of [...new Set(phones)].slice(0, PEOPLE_MAX)) {
    lines.push(`-- ${phone}: what the fake accepted`);
    for (const message of sent.filter(({ to }) => to === phone)) {
      const { at, outboxId, failsWith, statuses } = message;
      const fate = failsWith === undefined ? statuses : `fails with ${failsWith}, statuses ${statuses}`;
      lines.push(
        `${at.toISOString().slice(11, 23)} ${outboxId?.slice(-6)} ${marksIn(message.body).join(', ')} (${fate})`,
      );
    }
    lines.push(`-- ${phone}: what the outbox holds`);
    const rows = await db.prisma.$queryRaw<Row[]>`
      select seq, state, attempts, to_char(attempted_at at time zone 'utc', 'HH24:MI:SS.MS') as at,
             concat_ws(' ', right(id::text, 6), error_class, error_code, error_detail) as error,
             concat_ws(' ', 'resent ' || to_char(resent_at at time zone 'utc', 'HH24:MI:SS.MS'), remedies::text,
                       'by ' || right(carried_by::text, 6), past_wamids::text) as more
        from outbox_message where to_phone = ${phone} order by seq`;
    for (const { seq, state, at, attempts, error, more } of rows) {
      lines.push(`${seq} ${state} after ${attempts} at ${at ?? '-'} ${error ?? ''} | ${more}`);
    }
  }
  return lines;
}
