import { raiseAlert } from '../alerts/index.ts';
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { tellConversations } from '../inbox/index.ts';
import { newId } from '../shared/ids.ts';
import { keysOf, mainKeyOf } from './ids.ts';
import type { Claim } from './types.ts';

/** A claim that nobody decided on is forgotten after this time; the next message makes it anew. */
const WAIT_DAYS = 30;

/**
 * Keeps claims as pending links, each once: one that waits or was refused is not made again. The old identity is asked in
 * its own chat and an operator is told. Call it last in a set: locks of alerts come after all others.
 */
export async function proposeLinks(tx: Tx, wholesalerId: string, claims: Claim[]): Promise<void> {
  const rows = claims.flatMap(toRow).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  if (rows.length === 0) return;
  const input = JSON.stringify(rows.map(({ claim: _claim, ...row }) => row));
  await tx.$executeRaw`
    update identity_link l set state = 'expired', decided_at = app_clock(), decided_by = 'system'
      from jsonb_to_recordset(${input}::jsonb) as r (retailer_id text, new_key text)
     where l.wholesaler_id = ${wholesalerId} and l.retailer_id = r.retailer_id and l.new_key = r.new_key
       and l.state = 'waiting' and l.expires_at <= app_clock()`;
  const made = await tx.$queryRaw<{ id: string }[]>`
    insert into identity_link (wholesaler_id, id, retailer_id, person_id, reason, new_key, bsuid, parent_bsuid, phone,
                               line_id, evidence_event_id, expires_at)
    select ${wholesalerId}, id, retailer_id, person_id, reason, new_key, bsuid, parent_bsuid, phone, line_id,
           evidence_event_id,
           -- Held identities would stay shut for ever if nobody could decide any more.
           case when reason <> 'identity_changed' then app_clock() + make_interval(days => ${WAIT_DAYS}) end
      from jsonb_to_recordset(${input}::jsonb) as r (
        id uuid, retailer_id text, person_id uuid, reason text, new_key text, bsuid text, parent_bsuid text, phone text,
        line_id uuid, evidence_event_id uuid)
     where not exists (
       select from identity_link f
        where f.wholesaler_id = ${wholesalerId} and f.retailer_id = r.retailer_id and f.new_key = r.new_key
          and f.state = 'refused' and r.reason <> 'identity_changed')
    on conflict do nothing
    returning id`;
  const madeIds = new Set(made.map(({ id }) => id));
  const fresh = rows.filter(({ id }) => madeIds.has(id));
  await holdIdentities(tx, wholesalerId, fresh);
  await writeAudit(
    tx,
    fresh.map(({ id, claim }) => ({
      wholesalerId,
      actor: 'system',
      action: 'link_proposed',
      subject: { linkId: id, retailerId: claim.retailerId, eventId: claim.eventId },
      after: { state: 'waiting', reason: claim.reason },
    })),
  );
  for (const { id, claim } of fresh) await askOldIdentity(tx, wholesalerId, id, claim);
  for (const { id, claim } of fresh) {
    const { lineId, retailerId, reason } = claim;
    const subject = { linkId: id, retailerId, reason };
    await raiseAlert(tx, { wholesalerId, lineId, kind: 'identity_unconfirmed', key: id, subject });
  }
}

type Row = ReturnType<typeof toRow>[number];

function toRow(claim: Claim) {
  const new_key = mainKeyOf(claim.ids);
  if (new_key === undefined) return [];
  return [
    {
      claim,
      id: newId(),
      retailer_id: claim.retailerId,
      person_id: claim.personId,
      reason: claim.reason,
      new_key,
      bsuid: claim.ids.bsuid ?? null,
      parent_bsuid: claim.ids.parentBsuid ?? null,
      phone: claim.ids.phone ?? null,
      line_id: claim.lineId,
      evidence_event_id: claim.eventId,
    },
  ];
}

function sortKey(row: Row): string {
  return `${row.retailer_id} ${row.new_key}`;
}

/** Meta says that this very identity may be in other hands: it opens nothing until somebody has looked. */
async function holdIdentities(tx: Tx, wholesalerId: string, fresh: Row[]): Promise<void> {
  const holds = fresh.filter(({ reason }) => reason === 'identity_changed');
  if (holds.length === 0) return;
  await tx.$executeRaw`
    update identity i set held_by = r.id
      from jsonb_to_recordset(${JSON.stringify(holds.map(({ id, person_id }) => ({ id, person_id })))}::jsonb)
             as r (id uuid, person_id uuid)
     where i.wholesaler_id = ${wholesalerId} and i.person_id = r.person_id and i.valid_to is null`;
}

/**
 * Asks in the chats of the person whose account it is, where it can still be answered. A chat that an id of the claimant
 * reaches is left out: whoever has the phone now would be asked whether they are its owner.
 */
async function askOldIdentity(tx: Tx, wholesalerId: string, linkId: string, claim: Claim): Promise<void> {
  if (claim.personId === null || claim.reason === 'identity_changed' || claim.reason === 'id_of_two') return;
  const keys = [...keysOf(claim.shown), ...keysOf(claim.ids)];
  const rows = await tx.$queryRaw<{ lineId: string; personKey: string }[]>`
    select c.line_id as "lineId", c.person_key as "personKey"
      from identity i
     cross join (select id from line where wholesaler_id = ${wholesalerId} and retired_at is null) l
     cross join lateral (
       select line_id, person_key, home_key, last_inbound_at from conversation
        where wholesaler_id = i.wholesaler_id and line_id = l.id
          and person_key = case i.kind when 'phone' then 'p:' else 'b:' end || i.value offset 0) c
     where c.home_key is null and i.wholesaler_id = ${wholesalerId} and i.person_id = ${claim.personId}::uuid and i.valid_to is null
       and i.kind <> 'username' and c.person_key <> all (${keys}::text[])
       and c.last_inbound_at > app_clock() - interval '24 hours'
     order by c.last_inbound_at desc limit 1`;
  await tellConversations(
    tx,
    wholesalerId,
    rows.map((row) => ({ ...row, eventKey: `i:link_asked:${linkId}`, payload: { type: 'link_asked', linkId } })),
  );
}
