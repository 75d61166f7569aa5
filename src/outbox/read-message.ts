import type { Tx } from '../db/index.ts';
import type { ListedMessage } from './list-messages.ts';

/** One reply with its way so far. */
export type MessageSheet = ListedMessage & {
  /** The shop in whose chat it is; null: the person has none. */
  retailerId: string | null;
  chatId: string;
  toPhone: string | null;
  linePhone: string;
  wamid: string | null;
  /** The delivery that it answers. */
  causeEventId: string | null;
  /** `staff:<id>`; null: the bot. */
  saidBy: string | null;
  /** The reply whose message this one travels in. */
  carriedBy: string | null;
  /** When it was put back, because an earlier send was not known to have gone. */
  resentAt: Date | null;
  /** What Meta reported, in the order it was received. */
  statuses: { status: string; at: string; errorCode: number | null; errorDetail: string | null }[];
};

/** Null when this wholesaler has no such reply. */
export async function readMessageSheet(
  tx: Tx,
  { wholesalerId, id }: { wholesalerId: string; id: string },
): Promise<MessageSheet | null> {
  const [row] = await tx.$queryRaw<MessageSheet[]>`
    select m.id, m.state, m.attempts, m.created_at as "createdAt", m.attempted_at as "attemptedAt",
           m.settled_at as "settledAt", m.not_before as "notBefore", m.error_class as "errorClass",
           m.error_code as "errorCode", m.error_detail as "errorDetail", m.reply,
           coalesce(r.name, c.profile_name) as "toName", c.retailer_id as "retailerId", c.id as "chatId",
           m.to_phone as "toPhone", l.display_phone as "linePhone", m.wamid, m.cause_event_id as "causeEventId",
           m.said_by as "saidBy", m.carried_by as "carriedBy", m.resent_at as "resentAt",
           coalesce((select jsonb_agg(jsonb_build_object('status', s.status, 'at', s.reported_at,
                                        'errorCode', s.error_code, 'errorDetail', s.error_detail)
                                      order by s.received_at, s.event_id)
                       from delivery_status s
                      where s.wholesaler_id = m.wholesaler_id and s.wamid = any (m.wamid || m.past_wamids)), '[]') as statuses
      from outbox_message m
      join line l on l.wholesaler_id = m.wholesaler_id and l.id = m.line_id
      join conversation c on c.wholesaler_id = m.wholesaler_id and c.line_id = m.line_id and c.person_key = m.person_key
      left join retailer r on r.wholesaler_id = c.wholesaler_id and r.id = c.retailer_id
     where m.wholesaler_id = ${wholesalerId} and m.id = ${id}::uuid`;
  return row ?? null;
}

/** The reply that a report of Meta's speaks of; null when it names none of ours. */
export async function messageOfStatus(
  tx: Tx,
  { wholesalerId, eventId }: { wholesalerId: string; eventId: string },
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string | null }[]>`
    select coalesce(s.outbox_id, (select m.id from outbox_message m
                                   where m.wholesaler_id = s.wholesaler_id and m.wamid = s.wamid)) as id
      from delivery_status s where s.wholesaler_id = ${wholesalerId} and s.event_id = ${eventId}::uuid`;
  return row?.id ?? null;
}
