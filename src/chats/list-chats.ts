import type { Tx } from '../db/index.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Reply } from '../outbox/index.ts';
import { likeSearch } from '../shared/like-pattern.ts';
import { UUID } from './held-chat.ts';

export type ChatRow = {
  id: string;
  lineId: string;
  retailerId: string | null;
  retailerName: string | null;
  profileName: string | null;
  phone: string | null;
  handledBy: 'bot' | 'person';
  takenBy: string | null;
  takenAt: Date | null;
  wantsPersonAt: Date | null;
  unread: number;
  lastInboundAt: Date | null;
  /** Free words may go until then. */
  windowOpenUntil: Date | null;
  /** The newest message of either side; `payload` as Meta delivered it. */
  last: LastMessage | null;
};

export type LastMessage =
  | { from: 'shop'; at: Date; payload: unknown }
  | { from: 'us'; at: Date; reply: Reply; saidBy: string | null };

export type ChatsQuery = {
  wholesalerId: string;
  /** `waiting`: for a person; `with_staff`: somebody has it; `unread`: nobody has looked at what came. */
  only?: 'waiting' | 'with_staff' | 'unread' | undefined;
  retailerId?: string | undefined;
  /** A part of the name of the shop or of the person, or of the phone. */
  search?: string | undefined;
  /** What the page before gave. */
  after?: string | undefined;
  max?: number;
};

const PAGE_MAX = 200;
const RETAILERS_MAX = 100;
export const CHATS_CURSOR = /^(\d{1,17})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * Chats, the newest message first. Rows that joined another are left out: their chat is the other one's. A cursor names
 * the last chat of the page before, so that what is written meanwhile moves nothing past it unseen.
 */
export async function listConversations(tx: Tx, query: ChatsQuery): Promise<{ chats: ChatRow[]; next: string | null }> {
  const max = Math.max(1, Math.min(query.max ?? 50, PAGE_MAX));
  const rows = await readChats(tx, query.wholesalerId, pageOf(query, max + 1));
  const page = rows.slice(0, max);
  const last = page.at(-1);
  return {
    chats: page.map(({ us: _us, ...chat }) => chat),
    next: rows.length > max && last !== undefined ? `${last.us}.${last.id}` : null,
  };
}

/** One chat as the list has it; null where the wholesaler has none with this id, or it was joined to another one. */
export async function readChat(tx: Tx, wholesalerId: string, chatId: string): Promise<ChatRow | null> {
  if (!UUID.test(chatId)) return null;
  const [row] = await readChats(tx, wholesalerId, Prisma.sql`c.id = ${chatId}::uuid`);
  if (row === undefined) return null;
  const { us: _us, ...chat } = row;
  return chat;
}

type Row = Omit<ChatRow, 'last'> & { us: bigint };
type RawRow = Row & { lastFrom: 'shop' | 'us' | null; lastAt: Date | null } & {
  payload: unknown;
  reply: Reply | null;
  saidBy: string | null;
};

/** What a page holds, with its order and bound. */
function pageOf(query: ChatsQuery, limit: number): Prisma.Sql {
  const { wholesalerId, only = null, retailerId = null, search = '' } = query;
  const like = likeSearch(search);
  const digits = search.replaceAll(/\D/g, '');
  const phoneLike = digits.length < 3 ? null : `%${digits}%`;
  const [, us = null, id = null] = CHATS_CURSOR.exec(query.after ?? '') ?? [];
  return Prisma.sql`
        (${only}::text is null
         or ${only} = 'waiting' and c.wants_person_at is not null
         or ${only} = 'with_staff' and c.handled_by = 'person'
         or ${only} = 'unread' and c.unread > 0)
     and (${retailerId}::text is null or c.retailer_id = ${retailerId})
     and (${like}::text is null or c.profile_name ilike ${like} or c.phone like ${phoneLike}
          or c.retailer_id = any (array(
               select r.id from retailer r
                where r.wholesaler_id = ${wholesalerId} and (r.name ilike ${like} or r.id ilike ${like})
                order by r.id limit ${RETAILERS_MAX})))
     and (${us}::bigint is null
          or (c.last_inbound_at, c.id)
             < (timestamptz 'epoch' + ${us}::bigint * interval '1 microsecond', ${id}::uuid))
   order by c.last_inbound_at desc, c.id desc limit ${limit}`;
}

async function readChats(tx: Tx, wholesalerId: string, which: Prisma.Sql): Promise<(ChatRow & { us: bigint })[]> {
  const rows = await tx.$queryRaw<RawRow[]>`
    with page as (
      select * from conversation c
       where c.wholesaler_id = ${wholesalerId} and c.home_key is null and c.last_inbound_at is not null and ${which}
    )
    select c.id, c.line_id as "lineId", c.retailer_id as "retailerId", r.name as "retailerName",
           c.profile_name as "profileName", c.phone, c.handled_by as "handledBy", c.taken_by as "takenBy",
           c.taken_at as "takenAt", c.wants_person_at as "wantsPersonAt", c.unread,
           c.last_inbound_at as "lastInboundAt", c.last_inbound_at + interval '24 hours' as "windowOpenUntil",
           (extract(epoch from c.last_inbound_at) * 1000000)::bigint as us,
           n.side as "lastFrom", n.at as "lastAt", n.payload, n.reply, n.said_by as "saidBy"
      from page c
      left join retailer r on r.wholesaler_id = c.wholesaler_id and r.id = c.retailer_id
      left join lateral (
        select s.* from conversation k
         cross join lateral (
           (select 'shop' as side, received_at as at, payload, null::jsonb as reply, null::text as said_by
              from inbox_event
             where wholesaler_id = k.wholesaler_id and line_id = k.line_id and person_key = k.person_key
               and kind = 'message'
             order by id desc limit 1)
           union all
           (select 'us', created_at, null, reply, said_by from outbox_message
             where wholesaler_id = k.wholesaler_id and line_id = k.line_id and person_key = k.person_key
             order by seq desc limit 1)) s
         where k.wholesaler_id = c.wholesaler_id and k.line_id = c.line_id
           and (k.person_key = c.person_key or k.home_key = c.person_key)
         order by s.at desc limit 1) n on true
     order by c.last_inbound_at desc, c.id desc`;
  return rows.map(({ lastFrom, lastAt, payload, reply, saidBy, ...row }) => ({
    ...row,
    last: lastOf({ lastFrom, lastAt, payload, reply, saidBy }),
  }));
}

function lastOf(row: Pick<RawRow, 'lastFrom' | 'lastAt' | 'payload' | 'reply' | 'saidBy'>): LastMessage | null {
  const { lastFrom, lastAt: at, payload, reply, saidBy } = row;
  if (at === null) return null;
  if (lastFrom === 'shop') return { from: 'shop', at, payload };
  return reply === null ? null : { from: 'us', at, reply, saidBy };
}

/** Somebody of the staff has looked at the chat. */
export async function markConversationRead(tx: Tx, wholesalerId: string, chatId: string): Promise<void> {
  await tx.$executeRaw`
    update conversation set unread = 0
     where wholesaler_id = ${wholesalerId} and id = ${chatId}::uuid and unread > 0`;
}
