import type { Tx } from '../db/index.ts';
import type { LinkReason } from './types.ts';

export type Link = {
  id: string;
  retailerId: string;
  reason: LinkReason;
  bsuid: string | null;
  phone: string | null;
  lineId: string;
  createdAt: Date;
};

/** Claims that wait for staff or for the shop itself, oldest first, after one that need not wait any more. */
export async function listLinks(
  tx: Tx,
  wholesalerId: string,
  { afterId = null, max = 100 }: { afterId?: string | null | undefined; max?: number } = {},
): Promise<Link[]> {
  return tx.$queryRaw<Link[]>`
    select id, retailer_id as "retailerId", reason, bsuid, phone, line_id as "lineId", created_at as "createdAt"
      from identity_link l
     where wholesaler_id = ${wholesalerId} and state = 'waiting' and coalesce(expires_at > app_clock(), true)
       and (${afterId}::uuid is null or (l.created_at, l.id) > (
             select a.created_at, a.id from identity_link a
              where a.wholesaler_id = ${wholesalerId} and a.id = ${afterId}::uuid))
     order by created_at, id limit ${max}`;
}

/** How many of whom staff have to decide about or answer. */
export async function countWaitingPeople(
  tx: Tx,
  wholesalerId: string,
): Promise<{ registrations: number; links: number; chats: number }> {
  const [row] = await tx.$queryRaw<{ registrations: number; links: number; chats: number }[]>`
    select (select count(*) from registration_request
             where wholesaler_id = ${wholesalerId} and state = 'open')::int as registrations,
           (select count(*) from identity_link
             where wholesaler_id = ${wholesalerId} and state = 'waiting'
               and coalesce(expires_at > app_clock(), true))::int as links,
           (select count(*) from conversation
             where wholesaler_id = ${wholesalerId} and wants_person_at is not null)::int as chats`;
  return row ?? { registrations: 0, links: 0, chats: 0 };
}
