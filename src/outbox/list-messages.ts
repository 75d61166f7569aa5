import type { Tx } from '../db/index.ts';
import type { OutboxState } from './outbox-counts.ts';
import type { Reply } from './types.ts';

/** A reply and what became of it, as people look for it. */
export type ListedMessage = {
  id: string;
  state: OutboxState;
  attempts: number;
  createdAt: Date;
  attemptedAt: Date | null;
  settledAt: Date | null;
  /** Of one that waits: not before this. */
  notBefore: Date;
  errorClass: string | null;
  errorCode: number | null;
  errorDetail: string | null;
  reply: Reply;
  /** The shop in whose chat it is, else the name that the person shows. */
  toName: string | null;
};

/** The states in which a reply still has a way to go: each has an index, however old the reply is. */
const OPEN: readonly OutboxState[] = ['queued', 'sending', 'uncertain', 'failed'];
/** Of the others, how many of the newest are looked through for one page. */
const LOOKED_AT_MAX = 10_000;
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

type MessagesSought = {
  wholesalerId: string;
  /** All of them, where it is left out. */
  states?: readonly OutboxState[] | undefined;
  beforeId?: string | undefined;
};

/** The newest replies of a wholesaler; `next` is the `beforeId` of the next page, null where there is nothing older. */
export async function listMessages(
  tx: Tx,
  { limit, ...sought }: MessagesSought & { limit: number },
): Promise<{ messages: ListedMessage[]; next: string | null }> {
  const isOpen = sought.states?.every((state) => OPEN.includes(state)) === true;
  const { ids, next } = await (isOpen ? findOpen : findLookingThrough)(tx, sought, limit);
  if (ids.length === 0) return { messages: [], next };
  const messages = await tx.$queryRaw<ListedMessage[]>`
    select m.id, m.state, m.attempts, m.created_at as "createdAt", m.attempted_at as "attemptedAt",
           m.settled_at as "settledAt", m.not_before as "notBefore", m.error_class as "errorClass",
           m.error_code as "errorCode", m.error_detail as "errorDetail", m.reply,
           coalesce(r.name, c.profile_name) as "toName"
      from outbox_message m
      join conversation c on c.wholesaler_id = m.wholesaler_id and c.line_id = m.line_id and c.person_key = m.person_key
      left join retailer r on r.wholesaler_id = c.wholesaler_id and r.id = c.retailer_id
     where m.wholesaler_id = ${sought.wholesalerId} and m.id = any (${ids}::uuid[])
     order by m.id desc`;
  return { messages, next };
}

type Found = { ids: string[]; next: string | null };

async function findOpen(
  tx: Tx,
  { wholesalerId, states = OPEN, beforeId }: MessagesSought,
  limit: number,
): Promise<Found> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from (
      (select id from outbox_message
        where wholesaler_id = ${wholesalerId} and state in ('queued', 'sending', 'uncertain')
          and state = any (${states}::text[]) and id < ${beforeId ?? LAST_ID}::uuid
        order by id desc limit ${limit + 1})
      union all
      (select id from outbox_message
        where wholesaler_id = ${wholesalerId} and state = 'failed' and 'failed' = any (${states}::text[])
          and id < ${beforeId ?? LAST_ID}::uuid
        order by id desc limit ${limit + 1})) as o
     order by id desc limit ${limit + 1}`;
  return pageOf(
    rows.map(({ id }) => id),
    limit,
    null,
  );
}

async function findLookingThrough(tx: Tx, sought: MessagesSought, limit: number): Promise<Found> {
  const { wholesalerId, states = null, beforeId } = sought;
  const [found] = await tx.$queryRaw<{ ids: string[] | null; lookedAt: number; last: string | null }[]>`
    with looked as materialized (
      select id, state from outbox_message
       where wholesaler_id = ${wholesalerId} and id < ${beforeId ?? LAST_ID}::uuid
       order by id desc limit ${LOOKED_AT_MAX}),
    fits as (
      select id from looked where (${states === null} or state = any (${states ?? []}::text[]))
       order by id desc limit ${limit + 1})
    select (select array_agg(id order by id desc) from fits) as ids, (select count(*)::int from looked) as "lookedAt",
           (select id from looked order by id limit 1) as last`;
  const { ids, lookedAt = 0, last = null } = found ?? {};
  return pageOf(ids ?? [], limit, lookedAt === LOOKED_AT_MAX ? last : null);
}

const pageOf = (ids: string[], limit: number, lookedTo: string | null): Found =>
  ids.length > limit ? { ids: ids.slice(0, limit), next: ids[limit - 1] ?? null } : { ids, next: lookedTo };
