import { closeAlert } from '../alerts/index.ts';
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { tellConversations } from '../inbox/index.ts';
import { newId } from '../shared/ids.ts';
import { idsOf, type KindAndValue, keysOf, listIds } from './ids.ts';
import type { LinkReason, PersonIds } from './types.ts';

export type LinkDecided =
  | { kind: 'confirmed' | 'refused' }
  | { kind: 'not_found' }
  /** Somebody decided before, or it waited too long. */
  | { kind: 'already'; state: 'confirmed' | 'refused' | 'expired' }
  /** The answer in a chat is not enough: not from the old identity, or an id would be taken from another shop. */
  | { kind: 'needs_staff' };

export type LinkDecision = {
  wholesalerId: string;
  linkId: string;
  /** For the audit: `staff:<id>`. */
  by: string;
  /**
   * Whether the old identity goes on beside the new one: a further phone of the shop. Left out: it ends for a change of
   * number or id and for a new owner of the same chat, and stays for what was only added.
   */
  keepOld?: boolean;
};

/** Staff say that the new identity is the shop: from now on it opens the account. */
export function confirmLink(tx: Tx, decision: LinkDecision): Promise<LinkDecided> {
  return decide(tx, decision, 'confirmed', null);
}

/** Staff say that it is not: it sees nothing, and the same claim is not made again. */
export function refuseLink(tx: Tx, decision: LinkDecision): Promise<LinkDecided> {
  return decide(tx, decision, 'refused', null);
}

/** The shop answers in its own chat. Only the identity that the claim is about may, and only by ids that are not the new ones. */
export function answerLink(
  tx: Tx,
  answer: {
    wholesalerId: string;
    linkId: string;
    confirmed: boolean;
    who: { retailerId: string; personId: string; ids: PersonIds };
  },
): Promise<LinkDecided> {
  const { wholesalerId, linkId, who } = answer;
  const decision = { wholesalerId, linkId, by: `retailer:${who.retailerId}` };
  return decide(tx, decision, answer.confirmed ? 'confirmed' : 'refused', who);
}

type LinkRow = {
  retailerId: string;
  personId: string | null;
  reason: LinkReason;
  newKey: string;
  bsuid: string | null;
  parentBsuid: string | null;
  phone: string | null;
  lineId: string;
  state: 'waiting' | 'confirmed' | 'refused' | 'expired';
  isOver: boolean;
};

type Answerer = { retailerId: string; personId: string; ids: PersonIds };

async function decide(
  tx: Tx,
  { wholesalerId, linkId, by, keepOld }: LinkDecision,
  state: 'confirmed' | 'refused',
  answerer: Answerer | null,
): Promise<LinkDecided> {
  if (!UUID.test(linkId)) return { kind: 'not_found' };
  const [link] = await tx.$queryRaw<LinkRow[]>`
    select retailer_id as "retailerId", person_id as "personId", reason, new_key as "newKey", bsuid,
           parent_bsuid as "parentBsuid", phone, line_id as "lineId", state,
           coalesce(expires_at <= app_clock(), false) as "isOver"
      from identity_link where wholesaler_id = ${wholesalerId} and id = ${linkId}::uuid for no key update`;
  if (link === undefined) return { kind: 'not_found' };
  const ids = idsOf({
    bsuid: link.bsuid ?? undefined,
    parentBsuid: link.parentBsuid ?? undefined,
    phone: link.phone ?? undefined,
  });
  if (answerer !== null && !mayAnswer(answerer, link, ids)) return { kind: 'needs_staff' };
  if (link.state !== 'waiting') return { kind: 'already', state: link.state };
  if (link.isOver) return { kind: 'already', state: 'expired' };
  const owners = await readOwners(tx, wholesalerId, ids);
  const taken = owners.filter(
    ({ retailerId, personId }) => retailerId !== link.retailerId && personId !== link.personId,
  );
  if (answerer !== null && taken.length > 0) return { kind: 'needs_staff' };

  await tx.$executeRaw`
    update identity_link set state = ${state}, decided_at = app_clock(), decided_by = ${by}
     where wholesaler_id = ${wholesalerId} and id = ${linkId}::uuid`;
  const change =
    link.reason === 'identity_changed'
      ? await releaseHold(tx, wholesalerId, linkId, state)
      : state === 'confirmed'
        ? await giveIds(tx, wholesalerId, link, ids, { owners, keepOld: keepOld ?? KEEPS_OLD.has(link.reason) })
        : { ended: [], added: [] };
  if (state === 'confirmed') await settleRegistration(tx, { wholesalerId, link, ids, by });
  await writeAudit(tx, [
    {
      wholesalerId,
      actor: by,
      action: `link_${state}`,
      subject: { linkId, retailerId: link.retailerId },
      before: { state: 'waiting', identityIds: change.ended },
      after: { state, identityIds: change.added },
    },
  ]);
  const payload = { type: 'link_decided', confirmed: state === 'confirmed', retailerId: link.retailerId };
  const eventKey = `i:link_decided:${linkId}`;
  const { lineId, newKey: personKey } = link;
  await tellConversations(tx, wholesalerId, [{ lineId, personKey, eventKey, payload }]);
  await closeAlert(tx, { wholesalerId, kind: 'identity_unconfirmed', key: linkId }, by);
  return { kind: state };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Where the new identity is an addition by its nature; everything else takes the place of what was. */
const KEEPS_OLD = new Set<LinkReason>(['known_parent', 'contact_card', 'id_of_two']);

function mayAnswer(answerer: Answerer, link: LinkRow, ids: PersonIds): boolean {
  if (answerer.retailerId !== link.retailerId || answerer.personId !== link.personId) return false;
  if (link.reason === 'identity_changed' || link.reason === 'id_of_two') return false;
  const news = new Set(keysOf(ids));
  return !keysOf(answerer.ids).some((key) => news.has(key));
}

type OwnerRow = { id: string; kind: string; value: string; retailerId: string | null; personId: string };

async function readOwners(tx: Tx, wholesalerId: string, ids: PersonIds): Promise<OwnerRow[]> {
  return tx.$queryRaw<OwnerRow[]>`
    select i.id, i.kind, i.value, i.retailer_id as "retailerId", i.person_id as "personId"
      from jsonb_to_recordset(${JSON.stringify(listIds(ids))}::jsonb) as a (kind text, value text)
      join identity i on i.wholesaler_id = ${wholesalerId} and i.kind = a.kind and i.value = a.value and i.valid_to is null
       for no key update of i`;
}

type Changed = { ended: string[]; added: string[] };

async function releaseHold(tx: Tx, wholesalerId: string, linkId: string, state: string): Promise<Changed> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update identity
       set held_by = null, valid_to = case when ${state === 'refused'} then app_clock() else valid_to end
     where wholesaler_id = ${wholesalerId} and held_by = ${linkId}::uuid returning id`;
  return { ended: state === 'refused' ? rows.map(({ id }) => id) : [], added: [] };
}

/** Ends what the new identity takes the place of and writes the new ids; an id that another shop had moves. */
async function giveIds(
  tx: Tx,
  wholesalerId: string,
  link: LinkRow,
  ids: PersonIds,
  { owners, keepOld }: { owners: OwnerRow[]; keepOld: boolean },
): Promise<Changed> {
  const wanted = listIds(ids);
  const moving = owners.filter(({ personId }) => personId !== link.personId).map(({ id }) => id);
  const kept = owners.filter(({ personId }) => personId === link.personId).map(({ id }) => id);
  // A changed number takes all of the old one along; a new BSUID on the same phone only the BSUID.
  const endsAll = link.reason === 'number_changed' || link.reason === 'id_changed';
  const kinds = endsAll ? ['bsuid', 'parent_bsuid', 'phone'] : wanted.map(({ kind }) => kind);
  const ended = await tx.$queryRaw<{ id: string }[]>`
    update identity set valid_to = app_clock(), held_by = null
     where wholesaler_id = ${wholesalerId} and valid_to is null
       and (id = any (${moving}::uuid[])
            or ${!keepOld} and person_id = ${link.personId}::uuid and kind = any (${kinds}) and id <> all (${kept}::uuid[]))
    returning id`;
  const fresh = wanted.filter((id) => !owners.some((one) => kept.includes(one.id) && one.kind === id.kind));
  const added = await insertIds(tx, wholesalerId, link, fresh);
  return { ended: ended.map(({ id }) => id), added };
}

async function insertIds(tx: Tx, wholesalerId: string, link: LinkRow, fresh: KindAndValue[]): Promise<string[]> {
  if (fresh.length === 0) return [];
  // A person has one BSUID: a second one beside it is a second person of the shop, with a cart of its own.
  const [other] = await tx.$queryRaw<{ id: string }[]>`
    select id from identity
     where wholesaler_id = ${wholesalerId} and person_id = ${link.personId}::uuid and kind = 'bsuid' and valid_to is null`;
  const isSecond = other !== undefined && fresh.some(({ kind }) => kind === 'bsuid');
  const personId = link.personId === null || isSecond ? newId() : link.personId;
  const rows = fresh.map((id) => ({ ...id, id: newId() }));
  await tx.$executeRaw`
    insert into identity (wholesaler_id, id, kind, value, person_id, retailer_id)
    select ${wholesalerId}, id, kind, value, ${personId}::uuid, ${link.retailerId}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, kind text, value text)`;
  return rows.map(({ id }) => id);
}

/** Whoever is linked needs no registration any more. */
async function settleRegistration(
  tx: Tx,
  { wholesalerId, link, ids, by }: { wholesalerId: string; link: LinkRow; ids: PersonIds; by: string },
): Promise<void> {
  await tx.$executeRaw`
    update registration_request
       set state = 'approved', retailer_id = ${link.retailerId}, decided_at = app_clock(), decided_by = ${by}
     where wholesaler_id = ${wholesalerId} and state in ('open', 'refused') and person_key = any (${keysOf(ids)}::text[])`;
}
