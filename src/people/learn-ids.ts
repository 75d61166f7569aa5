import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';

/** What a message showed of a known person for the first time. */
export type Learnt = {
  personId: string;
  retailerId: string | null;
  approverId: string | null;
  ids: { kind: string; value: string }[];
  /** Other persons of the same owner that are this one. */
  unify: string[];
  eventId: string;
};

/**
 * Keeps new ids of known people. False when one of them was taken meanwhile: then whoever asked must look again. Rows are
 * written in the order of their values, so that two sets which learn the same wait for each other in one order.
 */
export async function learnIds(tx: Tx, wholesalerId: string, learnt: Learnt[]): Promise<boolean> {
  if (learnt.length === 0) return true;
  await endUsernames(tx, wholesalerId, learnt);
  await unifyPersons(tx, wholesalerId, learnt);
  const rows = learnt
    .flatMap(({ ids, personId, retailerId, approverId, eventId }) =>
      ids.map(({ kind, value }) => ({
        id: newId(),
        kind,
        value,
        person_id: personId,
        retailer_id: retailerId,
        approver_id: approverId,
        eventId,
      })),
    )
    .sort((a, b) => (`${a.kind} ${a.value}` < `${b.kind} ${b.value}` ? -1 : 1));
  if (rows.length === 0) return true;
  const kept = await tx.$queryRaw<{ id: string }[]>`
    insert into identity (wholesaler_id, id, kind, value, person_id, retailer_id, approver_id)
    select ${wholesalerId}, id, kind, value, person_id, retailer_id, approver_id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             as r (id uuid, kind text, value text, person_id uuid, retailer_id text, approver_id uuid)
    on conflict do nothing
    returning id`;
  const keptIds = new Set(kept.map(({ id }) => id));
  await writeAudit(
    tx,
    rows
      .filter(({ id, kind }) => keptIds.has(id) && kind !== 'username')
      .map(({ id, kind, retailer_id, eventId }) => ({
        wholesalerId,
        actor: 'system',
        action: 'identity_learnt',
        subject: { retailerId: retailer_id, identityId: id, eventId },
        after: { kind },
      })),
  );
  return rows.every(({ id, kind }) => keptIds.has(id) || kind === 'username');
}

/** A username that somebody else had is this person's now, and a person has one at a time. */
async function endUsernames(tx: Tx, wholesalerId: string, learnt: Learnt[]): Promise<void> {
  const names = learnt.flatMap(({ ids, personId }) =>
    ids.filter(({ kind }) => kind === 'username').map(({ value }) => ({ value, person_id: personId })),
  );
  if (names.length === 0) return;
  await tx.$executeRaw`
    update identity i set valid_to = app_clock()
      from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as r (value text, person_id uuid)
     where i.wholesaler_id = ${wholesalerId} and i.kind = 'username' and i.valid_to is null
       and (i.value = r.value or i.person_id = r.person_id)`;
}

async function unifyPersons(tx: Tx, wholesalerId: string, learnt: Learnt[]): Promise<void> {
  const pairs = learnt.flatMap(({ unify, personId }) => unify.map((other) => ({ other, person_id: personId })));
  if (pairs.length === 0) return;
  await tx.$executeRaw`
    update identity i set person_id = r.person_id
      from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as r (other uuid, person_id uuid)
     where i.wholesaler_id = ${wholesalerId} and i.person_id = r.other and i.valid_to is null and i.kind <> 'bsuid'`;
}
