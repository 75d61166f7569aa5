import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';

/** Somebody who may allow orders above the credit, and the phones and ids by which they are known. */
export type ListedApprover = {
  id: string;
  name: string;
  /** In which requests come until they write in another; null: the wholesaler's. */
  language: string | null;
  identities: { kind: string; value: string; shop: string | null }[];
};

/** Those who can be asked, in the order of their names: an approver without a phone or id is nobody. */
export function listApprovers(
  tx: Tx,
  wholesalerId: string,
  { afterId = null, limit = 200 }: { afterId?: string | null | undefined; limit?: number } = {},
): Promise<ListedApprover[]> {
  return tx.$queryRaw<ListedApprover[]>`
    select a.id, a.name, a.language,
           jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value, 'shop', r.name) order by i.kind, i.value) as identities
      from approver a
      join identity i on i.wholesaler_id = a.wholesaler_id and i.approver_id = a.id and i.valid_to is null
      left join retailer r on r.wholesaler_id = i.wholesaler_id and r.id = i.retailer_id
     where a.wholesaler_id = ${wholesalerId}
       and (${afterId}::uuid is null or (a.name, a.id) > (
             select f.name, f.id from approver f where f.wholesaler_id = ${wholesalerId} and f.id = ${afterId}::uuid))
     group by a.id, a.name, a.language order by a.name, a.id limit ${limit}`;
}

export type AddedApprover =
  | { kind: 'added'; id: string; isNew: boolean }
  /** The phone is another approver's. */
  | { kind: 'taken'; by: string };

/**
 * Gives an approver this phone, and a language where one is chosen; the name makes a new one, unless there is one of that name. A phone of a shop stays the
 * shop's besides: one phone is one person, who orders and decides.
 */
export async function addApprover(
  tx: Tx,
  asked: { wholesalerId: string; name: string; phone: string; language: string | null; by: string },
): Promise<AddedApprover> {
  const { wholesalerId, name, phone, language, by } = asked;
  // The lock of the import, so that two who add the same run one after the other.
  await tx.$queryRaw`select 1 as locked from wholesaler where id = ${wholesalerId} for no key update`;
  const [live] = await tx.$queryRaw<{ id: string; approver: string | null; language: string | null }[]>`
    select i.id, a.name as approver, a.language
      from identity i left join approver a on a.wholesaler_id = i.wholesaler_id and a.id = i.approver_id
     where i.wholesaler_id = ${wholesalerId} and i.kind = 'phone' and i.value = ${phone} and i.valid_to is null`;
  const holder = live?.approver ?? null;
  if (holder !== null && holder !== name) return { kind: 'taken', by: holder };
  const [approver] = await tx.$queryRaw<{ id: string }[]>`
    insert into approver (wholesaler_id, id, name, language) values (${wholesalerId}, ${newId()}::uuid, ${name}, ${language})
    on conflict (wholesaler_id, name) do update set language = coalesce(excluded.language, approver.language)
    returning id`;
  const { id: approverId } = mustExist(approver, 'the approver that was added');
  if (holder !== null) {
    // The phone is theirs already: the form was sent twice, or chose another language.
    if (language === null || language === live?.language) return { kind: 'added', id: approverId, isNew: false };
    const chosen = { action: 'approver_language_chosen', subject: { approver: approverId }, after: { language } };
    await writeAudit(tx, [{ wholesalerId, actor: by, ...chosen }]);
    return { kind: 'added', id: approverId, isNew: true };
  }
  if (live === undefined) {
    await tx.$executeRaw`
      insert into identity (wholesaler_id, id, kind, value, approver_id)
      values (${wholesalerId}, ${newId()}::uuid, 'phone', ${phone}, ${approverId}::uuid)`;
  } else {
    await tx.$executeRaw`
      update identity set approver_id = ${approverId}::uuid where wholesaler_id = ${wholesalerId} and id = ${live.id}::uuid`;
  }
  await writeAudit(tx, [{ wholesalerId, actor: by, action: 'approver_added', subject: { approver: approverId } }]);
  return { kind: 'added', id: approverId, isNew: true };
}

/**
 * Takes the right to decide from an approver at once; what they decided keeps their name. Their phones end, those of a shop
 * stay the shop's. Done again it does nothing more.
 */
export async function removeApprover(
  tx: Tx,
  { wholesalerId, id, by }: { wholesalerId: string; id: string; by: string },
): Promise<{ kind: 'removed'; isNew: boolean } | { kind: 'not_found' }> {
  const ended = await tx.$executeRaw`
    update identity
       set approver_id = case when retailer_id is null then approver_id end,
           valid_to = case when retailer_id is null then app_clock() end
     where wholesaler_id = ${wholesalerId} and approver_id = ${id}::uuid and valid_to is null`;
  if (ended === 0) {
    const known = await tx.$queryRaw<unknown[]>`
      select 1 from approver where wholesaler_id = ${wholesalerId} and id = ${id}::uuid`;
    return known.length > 0 ? { kind: 'removed', isNew: false } : { kind: 'not_found' };
  }
  await writeAudit(tx, [{ wholesalerId, actor: by, action: 'approver_removed', subject: { approver: id } }]);
  return { kind: 'removed', isNew: true };
}
