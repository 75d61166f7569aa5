import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { tellConversations } from '../inbox/index.ts';
import { newId } from '../shared/ids.ts';
import { idsOf, listIds } from './ids.ts';
import type { PersonIds } from './types.ts';

export type Unknown = {
  lineId: string;
  personKey: string;
  ids: PersonIds;
  /** A phone that they gave of themselves; nobody's yet, and nothing but a hint for staff. */
  phoneGiven: string | undefined;
  profileName: string | null;
};

/**
 * Asks staff to register people whom nobody knows. One request per person while it is open, and none for whoever was
 * refused; a phone seen later is added to the open one.
 */
export async function requestRegistrations(tx: Tx, wholesalerId: string, people: Unknown[]): Promise<void> {
  if (people.length === 0) return;
  const rows = people
    .map(({ lineId, personKey, ids, phoneGiven, profileName }) => ({
      id: newId(),
      line_id: lineId,
      person_key: personKey,
      bsuid: ids.bsuid ?? null,
      parent_bsuid: ids.parentBsuid ?? null,
      phone: ids.phone ?? null,
      given_phone: phoneGiven ?? null,
      profile_name: profileName,
    }))
    .sort((a, b) => (a.person_key < b.person_key ? -1 : 1));
  await tx.$executeRaw`
    insert into registration_request as q (wholesaler_id, id, line_id, person_key, bsuid, parent_bsuid, phone, given_phone,
                                           profile_name)
    select ${wholesalerId}, id, line_id, person_key, bsuid, parent_bsuid, phone, given_phone, profile_name
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        id uuid, line_id uuid, person_key text, bsuid text, parent_bsuid text, phone text, given_phone text, profile_name text)
     -- The same person under another key.
     where not exists (
       select from registration_request f
        where f.wholesaler_id = ${wholesalerId} and f.phone = r.phone and f.person_key = 'p:' || r.phone
          and f.person_key <> r.person_key and f.state in ('open', 'refused'))
    on conflict (wholesaler_id, person_key) where state in ('open', 'refused') do update
       set phone = coalesce(excluded.phone, q.phone), given_phone = coalesce(excluded.given_phone, q.given_phone)
     where q.state = 'open' and (coalesce(excluded.phone, q.phone) is distinct from q.phone
                                 or coalesce(excluded.given_phone, q.given_phone) is distinct from q.given_phone)`;
}

export type Registration = {
  id: string;
  lineId: string;
  bsuid: string | null;
  phone: string | null;
  /** Given by the person, not shown by Meta. */
  givenPhone: string | null;
  profileName: string | null;
  createdAt: Date;
};

/** Requests that wait for staff, oldest first, after one that need not wait any more. */
export async function listRegistrations(
  tx: Tx,
  wholesalerId: string,
  { afterId = null, max = 100 }: { afterId?: string | null | undefined; max?: number } = {},
): Promise<Registration[]> {
  return tx.$queryRaw<Registration[]>`
    select id, line_id as "lineId", bsuid, phone, given_phone as "givenPhone",
           profile_name as "profileName", created_at as "createdAt"
      from registration_request q where wholesaler_id = ${wholesalerId} and state = 'open'
       and (${afterId}::uuid is null or (q.created_at, q.id) > (
             select a.created_at, a.id from registration_request a
              where a.wholesaler_id = ${wholesalerId} and a.id = ${afterId}::uuid))
     order by created_at, id limit ${max}`;
}

export type RegistrationDecided =
  | { kind: 'approved' | 'refused' }
  | { kind: 'not_found' }
  | { kind: 'already'; state: 'approved' | 'refused' }
  | { kind: 'no_such_retailer' }
  /** One of the ids became a known shop's meanwhile. */
  | { kind: 'taken' };

export type RegistrationDecision = { wholesalerId: string; requestId: string; by: string };

/** Staff say which shop this is: it may order from now on. The shop and its account exist already. */
export async function approveRegistration(
  tx: Tx,
  { wholesalerId, requestId, by, retailerId }: RegistrationDecision & { retailerId: string },
): Promise<RegistrationDecided> {
  const request = await lockRequest(tx, wholesalerId, requestId);
  if (request === null) return { kind: 'not_found' };
  // Staff may change their mind about somebody they refused.
  if (request.state === 'approved') return { kind: 'already', state: 'approved' };
  const [shop] = await tx.$queryRaw<{ id: string }[]>`
    select id from retailer where wholesaler_id = ${wholesalerId} and id = ${retailerId}`;
  if (shop === undefined) return { kind: 'no_such_retailer' };
  // What Meta showed. A phone that was only given is the shop's word; it becomes known when Meta shows it.
  const rows = listIds(request.ids).map((id) => ({ ...id, id: newId() }));
  const personId = newId();
  const added = await tx.$queryRaw<{ id: string }[]>`
    insert into identity (wholesaler_id, id, kind, value, person_id, retailer_id)
    select ${wholesalerId}, id, kind, value, ${personId}::uuid, ${retailerId}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, kind text, value text)
     where not exists (
       select from identity i
        where i.wholesaler_id = ${wholesalerId} and i.kind = any ('{bsuid,parent_bsuid,phone}')
          and i.value = any (${listIds(request.ids).map(({ value }) => value)}::text[]) and i.valid_to is null)
    returning id`;
  if (added.length < rows.length) return { kind: 'taken' };
  await settle(tx, { wholesalerId, requestId, by }, 'approved', retailerId);
  const eventKey = `i:registered:${requestId}`;
  const payload = { type: 'registered', retailerId };
  await tellConversations(tx, wholesalerId, [{ ...request.conversation, eventKey, payload }]);
  const identityIds = added.map(({ id }) => id);
  const subject = { requestId, retailerId };
  await writeAudit(tx, [{ wholesalerId, actor: by, action: 'registration_approved', subject, after: { identityIds } }]);
  return { kind: 'approved' };
}

/** Staff say no: the person hears it, is answered as before, and no request is made for them again. */
export async function refuseRegistration(tx: Tx, decision: RegistrationDecision): Promise<RegistrationDecided> {
  const { wholesalerId, requestId, by } = decision;
  const request = await lockRequest(tx, wholesalerId, requestId);
  if (request === null) return { kind: 'not_found' };
  if (request.state !== 'open') return { kind: 'already', state: request.state };
  await settle(tx, decision, 'refused', null);
  const eventKey = `i:registration_refused:${requestId}`;
  await tellConversations(tx, wholesalerId, [
    { ...request.conversation, eventKey, payload: { type: 'registration_refused' } },
  ]);
  await writeAudit(tx, [{ wholesalerId, actor: by, action: 'registration_refused', subject: { requestId } }]);
  return { kind: 'refused' };
}

type LockedRequest = {
  state: 'open' | 'approved' | 'refused';
  ids: PersonIds;
  conversation: { lineId: string; personKey: string };
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

async function lockRequest(tx: Tx, wholesalerId: string, requestId: string): Promise<LockedRequest | null> {
  if (!UUID.test(requestId)) return null;
  type Row = {
    state: LockedRequest['state'];
    lineId: string;
    personKey: string;
    bsuid: string | null;
    parentBsuid: string | null;
    phone: string | null;
  };
  const [row] = await tx.$queryRaw<Row[]>`
    select state, line_id as "lineId", person_key as "personKey", bsuid, parent_bsuid as "parentBsuid", phone
      from registration_request where wholesaler_id = ${wholesalerId} and id = ${requestId}::uuid for no key update`;
  if (row === undefined) return null;
  const { bsuid, parentBsuid, phone } = row;
  const ids = idsOf({ bsuid: bsuid ?? undefined, parentBsuid: parentBsuid ?? undefined, phone: phone ?? undefined });
  return { state: row.state, ids, conversation: { lineId: row.lineId, personKey: row.personKey } };
}

async function settle(
  tx: Tx,
  { wholesalerId, requestId, by }: RegistrationDecision,
  state: 'approved' | 'refused',
  retailerId: string | null,
): Promise<void> {
  await tx.$executeRaw`
    update registration_request
       set state = ${state}, retailer_id = ${retailerId}, decided_at = app_clock(), decided_by = ${by}
     where wholesaler_id = ${wholesalerId} and id = ${requestId}::uuid`;
}
