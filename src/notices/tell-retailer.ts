import type { Tx } from '../db/index.ts';
import { type ToTell, tellConversations } from '../inbox/index.ts';

/** News for a shop, wherever it last wrote. */
export type RetailerNews = {
  retailerId: string;
  /** Names the occasion ("i:receipt:<payment id>"): told once per line, however often this is called. */
  eventKey: string;
  /** An internal event that src/conversation/internal-event.ts reads; its hearer words it, also for a closed window. */
  payload: ToTell['payload'];
};

/** Where a shop is told something. */
export type Chat = { lineId: string; personKey: string; isWithStaff: boolean };

/**
 * Tells shops something that they did not ask for just now, in the caller's transaction, each in one chat: the one in
 * which somebody of the shop wrote last. Two phones of a shop hear it once, since it is about the account that they share.
 * A shop that never wrote gets a chat of its own, by a phone of its own before a BSUID, on the wholesaler's oldest line:
 * outside the window goes what the hearer says there, and that is a template or nothing. Returns the event keys of the
 * news for which there was nobody: no live identity, or one that is held until somebody confirms whose it is.
 */
export async function tellRetailers(
  tx: Tx,
  wholesalerId: string,
  news: RetailerNews[],
  options: { unstoppedOnly?: boolean } = {},
): Promise<Set<string>> {
  const chats = await findChats(
    tx,
    wholesalerId,
    news.map(({ retailerId }) => retailerId),
    options,
  );
  const told = news.flatMap((one) => {
    const chat = chats.get(one.retailerId);
    return chat === undefined ? [] : [{ ...chat, eventKey: one.eventKey, payload: one.payload }];
  });
  await openChats(tx, wholesalerId, told);
  await tellConversations(tx, wholesalerId, told);
  return new Set(news.filter(({ retailerId }) => !chats.has(retailerId)).map(({ eventKey }) => eventKey));
}

/** The same for one shop; false when there is nobody to tell. */
export async function tellRetailer(tx: Tx, news: RetailerNews & { wholesalerId: string }): Promise<boolean> {
  const { wholesalerId, ...one } = news;
  return (await tellRetailers(tx, wholesalerId, [one])).size === 0;
}

/**
 * The chat of each shop, by its id; shops without one are missing. `unstoppedOnly` leaves out people who said STOP.
 * Look-ups by key, as many as the shops have identities and the wholesaler has lines.
 */
export async function findChats(
  tx: Tx,
  wholesalerId: string,
  retailerIds: readonly string[],
  { unstoppedOnly = false }: { unstoppedOnly?: boolean } = {},
): Promise<Map<string, Chat>> {
  if (retailerIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<(Chat & { retailerId: string })[]>`
    select distinct on (w.retailer_id) w.retailer_id as "retailerId", l.id as "lineId",
           coalesce(c.home_key, i.person_key) as "personKey", coalesce(h.handled_by = 'person', false) as "isWithStaff"
      from (select distinct retailer_id from unnest(${retailerIds}::text[]) as u (retailer_id)) w
     cross join lateral (
       select id, kind, case kind when 'phone' then 'p:' else 'b:' end || value as person_key, person_id from identity
        where wholesaler_id = ${wholesalerId} and retailer_id = w.retailer_id and valid_to is null and held_by is null
          and kind <> 'username' offset 0) i
     cross join (select id, created_at from line where wholesaler_id = ${wholesalerId} and retired_at is null) l
      left join lateral (
       select home_key from conversation
        where wholesaler_id = ${wholesalerId} and line_id = l.id and person_key = i.person_key offset 0) c on true
      left join lateral (
       select last_inbound_at, handled_by from conversation
        where wholesaler_id = ${wholesalerId} and line_id = l.id and person_key = coalesce(c.home_key, i.person_key)
       offset 0) h on true
     where not ${unstoppedOnly} or not coalesce((
             select m.stopped from identity p
               join marketing_choice m on m.wholesaler_id = p.wholesaler_id and m.value = p.value
                and m.kind = case p.kind when 'phone' then 'phone' else 'bsuid' end
              where p.wholesaler_id = ${wholesalerId} and p.person_id = i.person_id and p.valid_to is null
              order by m.chosen_at desc, m.stopped desc limit 1), false)
     order by w.retailer_id, h.last_inbound_at desc nulls last, i.kind = 'phone' desc, l.created_at, l.id, i.id`;
  return new Map(rows.map(({ retailerId, ...chat }) => [retailerId, chat]));
}

/** Chats that nobody has begun yet. In the order of their keys, as the webhook writes them. */
async function openChats(tx: Tx, wholesalerId: string, chats: Chat[]): Promise<void> {
  if (chats.length === 0) return;
  const rows = chats.map(({ lineId, personKey }) => ({ line_id: lineId, person_key: personKey }));
  await tx.$executeRaw`
    insert into conversation (wholesaler_id, line_id, person_key, phone)
    select distinct ${wholesalerId}, line_id, person_key,
           case when person_key like 'p:%' then substr(person_key, 3) end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (line_id uuid, person_key text)
     order by 2, 3
    on conflict do nothing`;
}
