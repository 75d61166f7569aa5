import type { Tx } from '../db/index.ts';

/** Which events of a wholesaler somebody looks for. */
export type EventsSought = {
  wholesalerId: string;
  kind?: EventKind | undefined;
  /** `kept`: what nobody works on: news of the account, and what staff dealt with after it was parked. */
  state?: 'waiting' | 'done' | 'parked' | 'kept' | undefined;
  /** Received at this moment or later, and before that one. */
  from?: Date | undefined;
  until?: Date | undefined;
  beforeId?: string | undefined;
};
export type EventKind = 'message' | 'status' | 'notice' | 'internal';

/** The newest that match, and where to look further: null when there is nothing older. */
export type FoundEvents = { ids: string[]; next: string | null };

/**
 * How many of the newest are looked through for one page. A kind that is rare is found over several pages rather than by
 * an index that every message would have to write.
 */
const LOOKED_AT_MAX = 10_000;

/**
 * The ids of the newest events that match. What waits or is parked has an index of its own; the rest is looked through
 * from the newest on, and the page goes on from where that ended.
 */
export async function findEvents(tx: Tx, sought: EventsSought, limit: number): Promise<FoundEvents> {
  if (sought.state === 'waiting' || sought.state === 'parked') {
    const ids = await (sought.state === 'parked'
      ? findParked(tx, sought, limit + 1)
      : findWaiting(tx, sought, limit + 1));
    return pageOf(ids, limit, null);
  }
  return findLookingThrough(tx, sought, limit);
}

function pageOf(ids: string[], limit: number, lookedTo: string | null): FoundEvents {
  return ids.length > limit ? { ids: ids.slice(0, limit), next: ids[limit - 1] ?? null } : { ids, next: lookedTo };
}

async function findParked(tx: Tx, sought: EventsSought, max: number): Promise<string[]> {
  const { kind, from, until, after } = boundsOf(sought);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from inbox_event
     where wholesaler_id = ${sought.wholesalerId} and state = 'parked' and id < ${after}::uuid
       and (${kind}::text is null or kind = ${kind}) and received_at >= ${from} and received_at < ${until}
     order by id desc limit ${max}`;
  return rows.map(({ id }) => id);
}

async function findWaiting(tx: Tx, sought: EventsSought, max: number): Promise<string[]> {
  const { kind, from, until, after } = boundsOf(sought);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from (
      (select id from inbox_event
        where wholesaler_id = ${sought.wholesalerId} and state = 'waiting' and kind = 'status' and id < ${after}::uuid
          and (${kind}::text is null or kind = ${kind}) and received_at >= ${from} and received_at < ${until}
        order by id desc limit ${max})
      union all
      (select id from inbox_event
        where wholesaler_id = ${sought.wholesalerId} and state = 'waiting' and kind <> 'status' and id < ${after}::uuid
          and (${kind}::text is null or kind = ${kind}) and received_at >= ${from} and received_at < ${until}
        order by id desc limit ${max})) as w
     order by id desc limit ${max}`;
  return rows.map(({ id }) => id);
}

async function findLookingThrough(tx: Tx, sought: EventsSought, limit: number): Promise<FoundEvents> {
  const { kind, from, until, after } = boundsOf(sought);
  const { state = null, wholesalerId } = sought;
  const [found] = await tx.$queryRaw<{ ids: string[] | null; lookedAt: number; last: string | null }[]>`
    with looked as materialized (
      select id, kind, state, received_at from inbox_event
       where wholesaler_id = ${wholesalerId} and id < ${after}::uuid and id >= ${idAt(from, -SLACK_MS)}::uuid
         and id < ${idAt(until, SLACK_MS)}::uuid
       order by id desc limit ${LOOKED_AT_MAX}),
    fits as (
      select id from looked
       where (${kind}::text is null or kind = ${kind}) and (${state}::text is null or state = ${state})
         and received_at >= ${from} and received_at < ${until}
       order by id desc limit ${limit + 1})
    select (select array_agg(id order by id desc) from fits) as ids, (select count(*)::int from looked) as "lookedAt",
           (select id from looked order by id limit 1) as last`;
  const { ids, lookedAt = 0, last = null } = found ?? {};
  return pageOf(ids ?? [], limit, lookedAt === LOOKED_AT_MAX ? last : null);
}

/** An event gets its id when it is stored, a little after it was received; clocks of processes differ, too. */
const SLACK_MS = 15 * 60_000;
const EVER = new Date(0);
const NEVER = new Date('9000-01-01T00:00:00Z');
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const boundsOf = ({ kind = undefined, from = EVER, until = NEVER, beforeId = LAST_ID }: EventsSought) => ({
  kind: kind ?? null,
  from,
  until,
  after: beforeId,
});

/** Ids begin with the milliseconds at which they were made, so a time is a place among them. */
function idAt(at: Date, shiftMs: number): string {
  const hex = Math.max(0, at.getTime() + shiftMs)
    .toString(16)
    .padStart(12, '0')
    .slice(0, 12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
