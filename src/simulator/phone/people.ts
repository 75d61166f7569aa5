import type { Tx } from '../../db/index.ts';
import type { Line, Person } from '../payloads.ts';

/** Somebody who can hold the phone: a shop's person or an approver, writing to a line of the wholesaler. */
export type PhonePerson = Person & {
  name: string;
  /** The shop; null for approvers. */
  retailerId: string | null;
  language: string | null;
  wholesaler: { id: string; name: string; timeZone: string };
  line: Line;
};

/** The account that lines of the demo belong to; nothing of ours depends on its number. */
const WABA_ID = '102290129340398';
const PEOPLE_MAX = 2_000;

/** Everybody whom the database knows by phone or business-scoped id, shops by name. */
export async function readPeople(db: Tx): Promise<PhonePerson[]> {
  const rows = await db.$queryRaw<Row[]>`
    select coalesce(r.name, a.name) as name, r.id as "retailerId", r.language, i.phone, i.bsuid, w.id as "wholesalerId",
           w.name as "wholesaler", w.time_zone as "timeZone", l.phone_number_id as "phoneNumberId", l.display_phone as "displayPhoneNumber"
      from (select wholesaler_id, person_id, retailer_id, approver_id,
                   max(value) filter (where kind = 'phone') as phone, max(value) filter (where kind = 'bsuid') as bsuid
              from identity
             where valid_to is null and held_by is null
             group by wholesaler_id, person_id, retailer_id, approver_id) i
      join wholesaler w on w.id = i.wholesaler_id
      cross join lateral (select phone_number_id, display_phone from line
                           where wholesaler_id = w.id and retired_at is null order by phone_number_id limit 1) l
      left join retailer r on r.wholesaler_id = i.wholesaler_id and r.id = i.retailer_id
      left join approver a on a.wholesaler_id = i.wholesaler_id and a.id = i.approver_id
     where i.phone is not null or i.bsuid is not null
     order by w.id, (r.id is null), name, i.phone nulls last
     limit ${PEOPLE_MAX}`;
  return rows.map(
    ({ wholesalerId, wholesaler, timeZone, phoneNumberId, displayPhoneNumber, phone, bsuid, ...row }) => ({
      ...row,
      phone: phone ?? undefined,
      bsuid: bsuid ?? undefined,
      wholesaler: { id: wholesalerId, name: wholesaler, timeZone },
      line: { phoneNumberId, displayPhoneNumber, wabaId: WABA_ID },
    }),
  );
}

type Row = Pick<PhonePerson, 'name' | 'retailerId' | 'language'> & {
  phone: string | null;
  bsuid: string | null;
  wholesalerId: string;
  wholesaler: string;
  timeZone: string;
  phoneNumberId: string;
  displayPhoneNumber: string;
};
