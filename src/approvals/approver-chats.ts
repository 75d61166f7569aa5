import type { Tx } from '../db/index.ts';
import { type ToTell, tellConversations } from '../inbox/index.ts';

type Chat = { approverId: string; lineId: string; personKey: string; phone: string | null; bsuid: string | null };

/** News for every approver of a wholesaler: what it is about, and on which line. */
export type ApproverNews = { lineId: string; eventKey: string; payload: ToTell['payload'] };

/**
 * Tells every approver, each in one chat of the line: the one in which they wrote last. Somebody who never wrote gets a
 * chat by their BSUID, else their phone; a template opens it. Two phones of one approver are told once.
 */
export async function tellApprovers(tx: Tx, wholesalerId: string, news: ApproverNews[]): Promise<void> {
  for (const lineId of new Set(news.map((one) => one.lineId))) {
    const chats = await findChats(tx, wholesalerId, lineId);
    await openChats(tx, wholesalerId, chats);
    await tellConversations(
      tx,
      wholesalerId,
      news
        .filter((one) => one.lineId === lineId)
        .flatMap(({ eventKey, payload }) =>
          chats.map(({ personKey, approverId }) => ({
            lineId,
            personKey,
            eventKey: `${eventKey}:${approverId}`,
            payload,
          })),
        ),
    );
  }
}

async function findChats(tx: Tx, wholesalerId: string, lineId: string): Promise<Chat[]> {
  return tx.$queryRaw<Chat[]>`
    select distinct on (i.approver_id) i.approver_id as "approverId", ${lineId}::uuid as "lineId",
           case i.kind when 'phone' then 'p:' else 'b:' end || i.value as "personKey",
           case when i.kind = 'phone' then i.value end as phone,
           case when i.kind <> 'phone' then i.value end as bsuid
      from identity i
      left join conversation c
        on c.wholesaler_id = i.wholesaler_id and c.line_id = ${lineId}::uuid
       and c.person_key = case i.kind when 'phone' then 'p:' else 'b:' end || i.value
     where i.wholesaler_id = ${wholesalerId} and i.approver_id is not null and i.valid_to is null
       and i.kind in ('bsuid', 'phone') and i.held_by is null and c.home_key is null
     order by i.approver_id, c.last_inbound_at desc nulls last, i.kind, i.valid_from`;
}

/** Inserts rows as the webhook does, and changes none: nobody else's conversation is written. */
async function openChats(tx: Tx, wholesalerId: string, chats: Chat[]): Promise<void> {
  if (chats.length === 0) return;
  const rows = chats
    .map(({ lineId, personKey, phone, bsuid }) => ({ line_id: lineId, person_key: personKey, phone, bsuid }))
    .toSorted((one, other) => (one.person_key < other.person_key ? -1 : 1));
  await tx.$executeRaw`
    insert into conversation (wholesaler_id, line_id, person_key, phone, bsuid)
    select ${wholesalerId}, line_id, person_key, phone, bsuid
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             as r (line_id uuid, person_key text, phone text, bsuid text)
    on conflict do nothing`;
}
