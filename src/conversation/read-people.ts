import type { Tx } from '../db/index.ts';
import type { WorkItem } from '../inbox/index.ts';
import { newId } from '../shared/ids.ts';
import type { WholesalerPolicies } from '../shared/policies.ts';
import { readPolicies } from '../shared/policies.ts';

export type WholesalerRow = {
  id: string;
  name: string;
  currency: string;
  language: string;
  timeZone: string;
  policies: WholesalerPolicies;
  catalogueVersion: number;
  /** The database's present moment: one for all events of a set. */
  now: Date;
};

/** The wholesaler as this set of events finds it. */
export async function readWholesaler(tx: Tx, wholesalerId: string): Promise<WholesalerRow | null> {
  const [row] = await tx.$queryRaw<(Omit<WholesalerRow, 'policies'> & { policies: unknown })[]>`
    select id, name, currency, language, time_zone as "timeZone", policies, catalogue_version as "catalogueVersion",
           app_clock() as now
      from wholesaler where id = ${wholesalerId}`;
  return row === undefined ? null : { ...row, policies: readPolicies(row.policies) };
}

export type RetailerRow = { id: string; name: string; language: string | null; priceList: string | null };

type Known = RetailerRow & { ordinal: number; kind: 'bsuid' | 'phone' };

/**
 * Which retailer each sender is, by event id. The business-scoped id decides before the phone: phones change hands.
 * Senders nobody knows are missing from the answer.
 *
 * A phone that comes with a BSUID we do not know is believed only while the shop has fewer BSUIDs than phones. The first
 * one seen with a phone is kept; after that another one on the same phone may be the next owner of its number, who must
 * not order on this shop's credit, and stays unknown until staff link them (fact sheet, section 5).
 */
export async function readRetailers(
  tx: Tx,
  wholesalerId: string,
  items: WorkItem[],
): Promise<Map<string, RetailerRow>> {
  const aliases = items.flatMap(({ event, conversation }, ordinal) => {
    const bsuid = event.sender.bsuid ?? (event.kind === 'internal' ? conversation.bsuid : null);
    const phone = event.sender.phone ?? (event.kind === 'internal' ? conversation.phone : null);
    return [
      ...(bsuid ? [{ wholesaler_id: wholesalerId, ordinal, rank: 1, kind: 'bsuid', value: bsuid }] : []),
      ...(phone
        ? [{ wholesaler_id: wholesalerId, ordinal, rank: 2, kind: 'phone', value: phone, has_bsuid: Boolean(bsuid) }]
        : []),
    ];
  });
  if (aliases.length === 0) return new Map();
  const rows = await tx.$queryRaw<Known[]>`
    select distinct on (a.ordinal) a.ordinal, a.kind, r.id, r.name, r.language, r.price_list as "priceList"
      from jsonb_to_recordset(${JSON.stringify(aliases)}::jsonb)
             as a (wholesaler_id text, ordinal integer, rank integer, kind text, value text, has_bsuid boolean)
     cross join lateral (
       select wholesaler_id, retailer_id from identity
        where wholesaler_id = a.wholesaler_id and kind = a.kind and value = a.value and valid_to is null offset 0) i
     cross join lateral (
       select id, name, language, price_list from retailer
        where wholesaler_id = i.wholesaler_id and id = i.retailer_id offset 0) r
     where a.has_bsuid is not true
        or (select count(*) filter (where b.kind = 'bsuid') < count(*) filter (where b.kind = 'phone') from identity b
             where b.wholesaler_id = i.wholesaler_id and b.retailer_id = i.retailer_id and b.valid_to is null)
     order by a.ordinal, a.rank`;
  const found = rows.flatMap(({ ordinal, kind, ...retailer }) => {
    const item = items[ordinal];
    return item === undefined ? [] : [{ item, kind, retailer }];
  });
  await keepNewBsuids(
    tx,
    wholesalerId,
    found.flatMap(({ item, kind, retailer }) =>
      kind === 'phone' && item.event.sender.bsuid ? [{ bsuid: item.event.sender.bsuid, retailerId: retailer.id }] : [],
    ),
  );
  return new Map(found.map(({ item, retailer }) => [item.event.id, retailer]));
}

async function keepNewBsuids(
  tx: Tx,
  wholesalerId: string,
  learnt: { bsuid: string; retailerId: string }[],
): Promise<void> {
  if (learnt.length === 0) return;
  const rows = learnt
    .map(({ bsuid, retailerId }) => ({ id: newId(), value: bsuid, retailer_id: retailerId }))
    .sort((a, b) => (a.value < b.value ? -1 : 1));
  await tx.$executeRaw`
    insert into identity (wholesaler_id, id, kind, value, retailer_id)
    select ${wholesalerId}, id, 'bsuid', value, retailer_id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, value text, retailer_id text)
    on conflict (wholesaler_id, kind, value) where valid_to is null do nothing`;
}
