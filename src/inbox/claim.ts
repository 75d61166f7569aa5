import type { Tx } from '../db/index.ts';
import type { Sender } from './types.ts';

/** A conversation row that this transaction holds. Two of them never belong to one person on one line. */
export type ClaimedConversation = {
  wholesalerId: string;
  lineId: string;
  personKey: string;
  state: unknown;
  retailerId: string | null;
  language: string | null;
  phone: string | null;
  bsuid: string | null;
  profileName: string | null;
  lastInboundAt: Date | null;
  handledBy: 'bot' | 'person';
  replySeq: number;
};

/** The oldest waiting event of a claimed conversation. */
export type WaitingEvent = {
  id: string;
  kind: 'message' | 'internal';
  sender: Sender;
  payload: unknown;
  sentAt: Date;
  receivedAt: Date;
  tries: number;
};

export type WorkItem = { conversation: ClaimedConversation; event: WaitingEvent };

/** Where the next claim begins, so that nobody at the end of the order starves while others keep writing. */
export type Cursor = { lineId: string; personKey: string };

export const FIRST: Cursor = { lineId: '00000000-0000-0000-0000-000000000000', personKey: '' };

export type ClaimOptions = {
  wholesalerId: string;
  after: Cursor;
  /** How many conversations at most. */
  max: number;
  /** `fresh`: events never in trouble. `suspect`: events whose worker failed or died before. */
  which: 'fresh' | 'suspect';
  /** Conversations that this process is working on in a transaction of their own. */
  except: readonly Cursor[];
};

type ConversationRow = {
  line_id: string;
  person_key: string;
  home_key: string | null;
  state: unknown;
  retailer_id: string | null;
  language: string | null;
  phone: string | null;
  bsuid: string | null;
  profile_name: string | null;
  last_inbound_at: Date | null;
  handled_by: 'bot' | 'person';
  reply_seq: number;
};

/**
 * Locks conversations that have a due event and that nobody else holds, and reads the oldest event of each.
 *
 * Two statements: what was read before a lock may be old by the time the lock is held. The lock is FOR NO KEY UPDATE,
 * because plain FOR UPDATE would block the webhook's foreign-key checks. The recursive part walks the index of waiting
 * events from head to head, so a deep queue of one person costs no more than a short one, and stops at the limit: what is
 * excepted is a plain filter, because an anti-join would first walk all of them.
 */
export async function claimConversations(tx: Tx, options: ClaimOptions): Promise<WorkItem[]> {
  const { wholesalerId, after } = options;
  const triesMin = options.which === 'fresh' ? 0 : 1;
  const triesMax = options.which === 'fresh' ? 0 : 2_000_000_000;
  const except = options.except.map((key) => `${key.lineId}/${key.personKey}`);
  const claimed = await tx.$queryRaw<ConversationRow[]>`
    with recursive head as (
      (select line_id, person_key, tries, not_before from inbox_event
        where wholesaler_id = ${wholesalerId} and state = 'waiting' and kind <> 'status'
          and (line_id, person_key) > (${after.lineId}::uuid, ${after.personKey})
        order by line_id, person_key, sent_at, id limit 1)
      union all
      select n.* from head h cross join lateral (
        select line_id, person_key, tries, not_before from inbox_event
         where wholesaler_id = ${wholesalerId} and state = 'waiting' and kind <> 'status'
           and (line_id, person_key) > (h.line_id, h.person_key)
         order by line_id, person_key, sent_at, id limit 1) n
    )
    select c.line_id, c.person_key, c.home_key, c.state, c.retailer_id, c.language, c.phone, c.bsuid, c.profile_name,
           c.last_inbound_at, c.handled_by, c.reply_seq
      from head h
      join conversation c on c.wholesaler_id = ${wholesalerId} and c.line_id = h.line_id and c.person_key = h.person_key
     where h.not_before <= app_clock() and h.tries between ${triesMin} and ${triesMax}
       and h.line_id || '/' || h.person_key <> all (${except}::text[])
     limit ${options.max}
       for no key update of c skip locked`;
  const conversations = await atHome(tx, wholesalerId, claimed, except);
  if (conversations.length === 0) return [];
  const events = await readHeads(tx, wholesalerId, conversations);
  return conversations.flatMap((row) => {
    const event = events.get(`${row.line_id}/${row.person_key}`);
    // Another process may have finished the event between the two statements, and a newer one may not be due.
    if (event === undefined || event.tries < triesMin || event.tries > triesMax) return [];
    return [{ conversation: toConversation(wholesalerId, row), event }];
  });
}

/**
 * Locks these conversations and reads the oldest event of each, whatever was tried before; without those that are held,
 * empty or not due. Whoever has counted a try on suspects passes `leased`: those events rest for everybody else.
 */
export async function lockConversations(
  tx: Tx,
  wholesalerId: string,
  keys: readonly Cursor[],
  leased = false,
): Promise<WorkItem[]> {
  const wanted = JSON.stringify(keys.map(({ lineId, personKey }) => ({ line_id: lineId, person_key: personKey })));
  const rows = await tx.$queryRaw<ConversationRow[]>`
    select c.line_id, c.person_key, c.home_key, c.state, c.retailer_id, c.language, c.phone, c.bsuid, c.profile_name,
           c.last_inbound_at, c.handled_by, c.reply_seq
      from jsonb_to_recordset(${wanted}::jsonb) as w (line_id uuid, person_key text)
      join conversation c on c.wholesaler_id = ${wholesalerId} and c.line_id = w.line_id and c.person_key = w.person_key
       for no key update of c skip locked`;
  const joined = rows.filter((row) => row.home_key !== null);
  if (joined.length > 0) await handToHome(tx, wholesalerId, joined);
  const homes = rows.filter((row) => row.home_key === null);
  if (homes.length === 0) return [];
  const events = await readHeads(tx, wholesalerId, homes, leased);
  return homes.flatMap((row) => {
    const event = events.get(`${row.line_id}/${row.person_key}`);
    return event === undefined ? [] : [{ conversation: toConversation(wholesalerId, row), event }];
  });
}

/**
 * The conversations that events are worked on in: a row that joined another (one person, two keys) hands its waiting events
 * to that one, which is claimed instead if nobody holds it. Two statements, and only where such a row has events.
 */
async function atHome(
  tx: Tx,
  wholesalerId: string,
  claimed: ConversationRow[],
  except: string[],
): Promise<ConversationRow[]> {
  const joined = claimed.filter((row) => row.home_key !== null);
  if (joined.length === 0) return claimed;
  await handToHome(tx, wholesalerId, joined);
  const homes = claimed.filter((row) => row.home_key === null);
  const held = new Set(homes.map((row) => `${row.line_id}/${row.person_key}`));
  const wanted = joined
    .map((row) => ({ line_id: row.line_id, person_key: row.home_key }))
    .filter(({ line_id, person_key }) => !held.has(`${line_id}/${person_key}`));
  const more = await tx.$queryRaw<ConversationRow[]>`
    select c.line_id, c.person_key, c.home_key, c.state, c.retailer_id, c.language, c.phone, c.bsuid, c.profile_name,
           c.last_inbound_at, c.handled_by, c.reply_seq
      from conversation c
     where c.wholesaler_id = ${wholesalerId} and c.home_key is null
       and (c.line_id, c.person_key) in (
         select line_id, person_key from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
           as w (line_id uuid, person_key text))
       and c.line_id || '/' || c.person_key <> all (${except}::text[])
       for no key update of c skip locked`;
  return [...homes, ...more];
}

/** Puts the waiting events of rows that joined another into that one's queue, due at once and in the order of all. */
async function handToHome(tx: Tx, wholesalerId: string, joined: ConversationRow[]): Promise<void> {
  const rows = joined.map(({ line_id, person_key, home_key }) => ({ line_id, person_key, home_key }));
  await tx.$executeRaw`
    update inbox_event e set person_key = r.home_key, not_before = least(e.not_before, app_clock())
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (line_id uuid, person_key text, home_key text)
     where e.wholesaler_id = ${wholesalerId} and e.line_id = r.line_id and e.person_key = r.person_key
       and e.state = 'waiting' and e.kind <> 'status'`;
}

type HeadRow = {
  line_id: string;
  person_key: string;
  id: string;
  kind: 'message' | 'internal';
  sender: Sender | null;
  payload: unknown;
  sent_at: Date;
  received_at: Date;
  tries: number;
  due: boolean;
};

async function readHeads(
  tx: Tx,
  wholesalerId: string,
  conversations: ConversationRow[],
  leased = false,
): Promise<Map<string, WaitingEvent>> {
  const keys = JSON.stringify(conversations.map(({ line_id, person_key }) => ({ line_id, person_key })));
  const rows = await tx.$queryRaw<HeadRow[]>`
    select e.*, e.not_before <= app_clock() as due
      from jsonb_to_recordset(${keys}::jsonb) as k (line_id uuid, person_key text)
      cross join lateral (
        select line_id, person_key, id, kind, sender, payload, sent_at, received_at, tries, not_before from inbox_event i
         where i.wholesaler_id = ${wholesalerId} and i.line_id = k.line_id and i.person_key = k.person_key
           and i.state = 'waiting' and i.kind <> 'status'
         order by i.sent_at, i.id limit 1) e`;
  return new Map(
    rows
      .filter((row) => row.due || leased)
      .map((row) => [
        `${row.line_id}/${row.person_key}`,
        {
          id: row.id,
          kind: row.kind,
          sender: row.sender ?? {},
          payload: row.payload,
          sentAt: row.sent_at,
          receivedAt: row.received_at,
          tries: row.tries,
        },
      ]),
  );
}

function toConversation(wholesalerId: string, row: ConversationRow): ClaimedConversation {
  return {
    wholesalerId,
    lineId: row.line_id,
    personKey: row.person_key,
    state: row.state,
    retailerId: row.retailer_id,
    language: row.language,
    phone: row.phone,
    bsuid: row.bsuid,
    profileName: row.profile_name,
    lastInboundAt: row.last_inbound_at,
    handledBy: row.handled_by,
    replySeq: row.reply_seq,
  };
}

/** Wholesalers that have events waiting, by one index look-up each. */
export async function wholesalersWaiting(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select w.id from wholesaler w
     where exists (select 1 from inbox_event e where e.wholesaler_id = w.id and e.state = 'waiting' and e.kind <> 'status')
        or exists (select 1 from inbox_event e where e.wholesaler_id = w.id and e.state = 'waiting' and e.kind = 'status')
     order by w.id`;
  return rows.map((row) => row.id);
}
