import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import type { IncomingMedia, MediaOutcome, MediaToFetch } from './types.ts';

/** Meta blocks look-ups for half an hour after 20 failures in one (360dialog); half of that leaves room for others. */
export const FAILURES_PER_HOUR_MAX = 10;
/** Meta keeps files of messages for seven days. */
const META_KEEPS_DAYS = 7;
const TRIES_MAX = 8;
const REMOVED_AT_ONCE_MAX = 200;

/** Notes files that are to be fetched, in the transaction that works on their messages; each once. */
export async function noteIncomingMedia(tx: Tx, media: MediaToFetch[]): Promise<void> {
  if (media.length === 0) return;
  const rows = media.map((one) => ({
    wholesaler_id: one.wholesalerId,
    event_id: one.eventId,
    line_id: one.lineId,
    kind: one.kind,
    media_id: one.mediaId,
    mime_type: one.mimeType ?? null,
    filename: one.filename ?? null,
    sha256: one.sha256 ?? null,
    sent_at: one.sentAt.toISOString(),
  }));
  await tx.$executeRaw`
    insert into incoming_media (wholesaler_id, event_id, line_id, kind, media_id, mime_type, filename, sha256, sent_at)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
      wholesaler_id text, event_id uuid, line_id uuid, kind text, media_id text, mime_type text, filename text, sha256 text,
      sent_at timestamptz)
    on conflict (wholesaler_id, event_id) do nothing`;
}

/**
 * The file of a message of this wholesaler, for staff; null when the message has none that is fetched. What people send is
 * not to be trusted: serve it as a download with `nosniff`, and show only what a browser cannot run.
 */
export async function readMedia(
  tx: Tx,
  { wholesalerId, eventId }: { wholesalerId: string; eventId: string },
): Promise<IncomingMedia | null> {
  const [row] = await tx.$queryRaw<IncomingMedia[]>`
    select kind, state, why, mime_type as "mimeType", filename, size_bytes as "sizeBytes", transcript, bytes
      from incoming_media where wholesaler_id = ${wholesalerId} and event_id = ${eventId}::uuid`;
  return row ?? null;
}

/** What became of the files of these messages, by the message; without their bytes. */
export async function listMedia(
  tx: Tx,
  { wholesalerId, eventIds }: { wholesalerId: string; eventIds: readonly string[] },
): Promise<Map<string, Omit<IncomingMedia, 'bytes'>>> {
  if (eventIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<(Omit<IncomingMedia, 'bytes'> & { eventId: string })[]>`
    select event_id as "eventId", kind, state, why, mime_type as "mimeType", filename, size_bytes as "sizeBytes", transcript
      from incoming_media where wholesaler_id = ${wholesalerId} and event_id = any (${[...eventIds]}::uuid[])`;
  return new Map(rows.map(({ eventId, ...media }) => [eventId, media]));
}

export type ClaimedMedia = {
  wholesalerId: string;
  eventId: string;
  lineId: string;
  kind: IncomingMedia['kind'];
  mediaId: string;
  sha256: string | null;
  phoneNumberId: string;
  tokenRef: string;
  tries: number;
};

/**
 * Takes one file that is due and whose line has not failed too often within the hour. The lease is longer than a download
 * may take, so what a dead process held is taken again.
 */
export async function claimMedia(tx: Tx, leaseMs: number): Promise<ClaimedMedia | null> {
  const [row] = await tx.$queryRaw<ClaimedMedia[]>`
    with due as (
      select m.wholesaler_id, m.event_id from incoming_media m
       where m.state = 'waiting' and m.not_before <= app_clock()
         and (select count(*) from media_failure f
               where f.wholesaler_id = m.wholesaler_id and f.line_id = m.line_id
                 and f.at > app_clock() - interval '1 hour') < ${FAILURES_PER_HOUR_MAX}
       order by m.not_before limit 1 for update of m skip locked
    )
    update incoming_media m
       set tries = m.tries + 1, not_before = app_clock() + ${leaseMs} * interval '1 millisecond'
      from due, line l
     where m.wholesaler_id = due.wholesaler_id and m.event_id = due.event_id
       and l.wholesaler_id = m.wholesaler_id and l.id = m.line_id
    returning m.wholesaler_id as "wholesalerId", m.event_id as "eventId", m.line_id as "lineId", m.kind,
              m.media_id as "mediaId", m.sha256, l.phone_number_id as "phoneNumberId", l.token_ref as "tokenRef", m.tries`;
  return row ?? null;
}

/** Keeps what was fetched. */
export async function keepMedia(
  tx: Tx,
  { wholesalerId, eventId }: ClaimedMedia,
  { bytes, mimeType }: Extract<MediaOutcome, { kind: 'fetched' }>,
): Promise<void> {
  await tx.$executeRaw`
    update incoming_media
       set state = 'kept', why = null, bytes = ${bytes}, size_bytes = ${bytes.length}, fetched_at = app_clock(),
           mime_type = coalesce(mime_type, ${mimeType ?? null}::text)
     where wholesaler_id = ${wholesalerId} and event_id = ${eventId}::uuid and state = 'waiting'`;
}

/** Gives a file up for good. */
export async function giveUpMedia(
  tx: Tx,
  { wholesalerId, eventId }: ClaimedMedia,
  state: 'refused' | 'lost',
  why: string,
): Promise<void> {
  await tx.$executeRaw`
    update incoming_media set state = ${state}, why = ${why.slice(0, 300)}
     where wholesaler_id = ${wholesalerId} and event_id = ${eventId}::uuid and state = 'waiting'`;
}

/**
 * Counts a failed look-up and lets the file rest: a minute, then four times as long after each, at most six hours. Out of
 * tries it is lost. Returns how often the line has failed within the hour.
 */
export async function restMedia(tx: Tx, media: ClaimedMedia, why: string, countsTries: boolean): Promise<number> {
  const { wholesalerId, eventId, lineId, tries } = media;
  const isOver = countsTries && tries >= TRIES_MAX;
  const restMs = countsTries ? Math.min(60_000 * 4 ** (tries - 1), 6 * 3_600_000) : 15 * 60_000;
  await tx.$executeRaw`
    update incoming_media
       set state = ${isOver ? 'lost' : 'waiting'}, why = ${why.slice(0, 300)},
           tries = tries - ${countsTries ? 0 : 1}, not_before = app_clock() + ${restMs} * interval '1 millisecond'
     where wholesaler_id = ${wholesalerId} and event_id = ${eventId}::uuid and state = 'waiting'`;
  await tx.$executeRaw`
    insert into media_failure (wholesaler_id, id, line_id)
    values (${wholesalerId}, ${newId()}::uuid, ${lineId}::uuid)`;
  const [row] = await tx.$queryRaw<{ failures: number }[]>`
    select count(*)::int as failures from media_failure
     where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and at > app_clock() - interval '1 hour'`;
  return row?.failures ?? 0;
}

/** Keeps what was said in a voice note. */
export async function keepTranscript(tx: Tx, { wholesalerId, eventId }: ClaimedMedia, said: string): Promise<void> {
  await tx.$executeRaw`
    update incoming_media set transcript = ${said}
     where wholesaler_id = ${wholesalerId} and event_id = ${eventId}::uuid and state = 'kept'`;
}

/** Removes files that were kept for long enough, and gives up what Meta has no more. Returns how many of each. */
export async function removeOldMedia(tx: Tx, keepDays: number): Promise<{ removed: number; lost: number }> {
  const removed = await tx.$executeRaw`
    update incoming_media set state = 'removed', bytes = null, transcript = null, filename = null
     where (wholesaler_id, event_id) in (
       select wholesaler_id, event_id from incoming_media
        where state = 'kept' and fetched_at < app_clock() - ${keepDays} * interval '1 day'
        order by fetched_at limit ${REMOVED_AT_ONCE_MAX} for update skip locked)`;
  const lost = await tx.$executeRaw`
    update incoming_media set state = 'lost', filename = null, why = coalesce(why, 'Meta keeps files for seven days')
     where (wholesaler_id, event_id) in (
       select wholesaler_id, event_id from incoming_media
        where state = 'waiting' and sent_at < app_clock() - ${META_KEEPS_DAYS} * interval '1 day'
        limit ${REMOVED_AT_ONCE_MAX} for update skip locked)`;
  await tx.$executeRaw`delete from media_failure where at < app_clock() - interval '1 day'`;
  return { removed, lost };
}
