import type { Tx } from '../db/index.ts';
import type { LinkOpened, StaffMember } from './types.ts';

type TokenHash = Uint8Array<ArrayBuffer>;

const VALID_FOR = '24 hours';

/** Keeps a link for somebody, or for the first run (null). Earlier links of the same kind that were not used are void. */
export async function keepLink(tx: Tx, staff: StaffMember | null, tokenHash: TokenHash): Promise<void> {
  await tx.$executeRaw`
    update staff_link set used_at = app_clock()
     where wholesaler_id is not distinct from ${staff?.wholesalerId ?? null}
       and staff_id is not distinct from ${staff?.id ?? null}::uuid and used_at is null`;
  await tx.$executeRaw`
    insert into staff_link (token_hash, wholesaler_id, staff_id, expires_at)
    values (${tokenHash}, ${staff?.wholesalerId ?? null}, ${staff?.id ?? null}::uuid, app_clock() + ${VALID_FOR}::interval)`;
}

type LinkRow = StaffMember & { forStaff: boolean; wholesalerName: string | null };

/** Whose link it is, as long as it may still be used. `lock` keeps it until the end of the transaction. */
export async function readLink(tx: Tx, tokenHash: TokenHash, { lock = false } = {}): Promise<LinkOpened> {
  if (lock) await tx.$queryRaw`select 1 from staff_link where token_hash = ${tokenHash} for update`;
  const [row] = await tx.$queryRaw<LinkRow[]>`
    select l.staff_id is not null as "forStaff", u.wholesaler_id as "wholesalerId", u.id::text as id, u.email, u.name,
           u.role, w.name as "wholesalerName"
      from staff_link l
      left join staff_user u on u.wholesaler_id = l.wholesaler_id and u.id = l.staff_id
      left join wholesaler w on w.id = l.wholesaler_id
     where l.token_hash = ${tokenHash} and l.used_at is null and l.expires_at > app_clock() and u.left_at is null
       -- The first run is over as soon as there is a wholesaler, however it came in.
       and (l.staff_id is not null or not exists (select from wholesaler))`;
  if (row === undefined) return { kind: 'gone' };
  const { forStaff, wholesalerName, ...staff } = row;
  return { kind: 'open', staff: forStaff ? staff : null, wholesalerName };
}

export async function useLink(tx: Tx, tokenHash: TokenHash): Promise<void> {
  await tx.$executeRaw`update staff_link set used_at = app_clock() where token_hash = ${tokenHash}`;
}
