import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';

/** Before the id of the parked event: the key of the event that it is processed as again, which therefore exists once. */
export const AGAIN = 'again:';

/** A parked event and who decides about it. */
export type ParkedRef = { wholesalerId: string; id: string; by: string };

export type ProcessedAgain =
  /** It waits in its queue as a new event; `replayed` when somebody had asked for that before. */
  | { kind: 'queued'; id: string; replayed: boolean }
  /** Only what is parked can be processed again: anything else did, or will do, what follows from it. */
  | { kind: 'not_parked'; state: string }
  | { kind: 'not_found' };

/**
 * Puts a parked event into its queue again, as a new event that is decided on today's state. It did nothing when it was
 * parked (its transaction was rolled back), so what follows now happens once; however often this is asked, there is one
 * new event. It keeps the time at which it was sent: what is late places no order by itself.
 */
export async function processAgain(tx: Tx, { wholesalerId, id, by }: ParkedRef): Promise<ProcessedAgain> {
  const parked = await lockParked(tx, { wholesalerId, id });
  if (parked === null) return { kind: 'not_found' };
  if (parked.again !== null) return { kind: 'queued', id: parked.again, replayed: true };
  if (parked.state !== 'parked') return { kind: 'not_parked', state: parked.state };
  const again = newId();
  await tx.$executeRaw`
    insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, person_key, sender, payload, sent_at)
    select wholesaler_id, ${again}::uuid, line_id, ${AGAIN}::text || id::text, kind, person_key, sender, payload, sent_at
      from inbox_event where wholesaler_id = ${wholesalerId} and id = ${id}::uuid`;
  await settle(tx, { wholesalerId, id });
  await writeAudit(tx, [
    {
      wholesalerId,
      actor: by,
      action: 'delivery_processed_again',
      subject: { delivery: id },
      after: { delivery: again },
    },
  ]);
  return { kind: 'queued', id: again, replayed: false };
}

/** Says that nothing is to be done about a parked event any more, and why. */
export async function setAside(
  tx: Tx,
  { wholesalerId, id, by, reason }: ParkedRef & { reason: string },
): Promise<{ kind: 'set_aside' | 'not_found' } | { kind: 'not_parked'; state: string }> {
  const parked = await lockParked(tx, { wholesalerId, id });
  if (parked === null) return { kind: 'not_found' };
  if (parked.state !== 'parked') return { kind: 'not_parked', state: parked.state };
  await settle(tx, { wholesalerId, id });
  await writeAudit(tx, [
    { wholesalerId, actor: by, action: 'delivery_set_aside', subject: { delivery: id }, after: { reason } },
  ]);
  return { kind: 'set_aside' };
}

type Key = { wholesalerId: string; id: string };

/** To the end of the transaction, so that of two who decide the second finds what the first left. */
async function lockParked(tx: Tx, { wholesalerId, id }: Key): Promise<{ state: string; again: string | null } | null> {
  const [row] = await tx.$queryRaw<{ state: string; lineId: string }[]>`
    select state, line_id as "lineId" from inbox_event
     where wholesaler_id = ${wholesalerId} and id = ${id}::uuid for no key update`;
  if (row === undefined) return null;
  // A statement of its own: read with the lock, it would be as old as the wait for it.
  const [again] = await tx.$queryRaw<{ id: string }[]>`
    select id from inbox_event
     where wholesaler_id = ${wholesalerId} and line_id = ${row.lineId}::uuid and event_key = ${AGAIN + id}`;
  return { state: row.state, again: again?.id ?? null };
}

/** No worker takes it up, and nobody looks for it among what is parked. */
async function settle(tx: Tx, { wholesalerId, id }: Key): Promise<void> {
  await tx.$executeRaw`
    update inbox_event set state = 'kept' where wholesaler_id = ${wholesalerId} and id = ${id}::uuid and state = 'parked'`;
}
