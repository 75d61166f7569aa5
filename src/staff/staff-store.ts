import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import type { Role } from './rights.ts';
import type { StaffMember } from './types.ts';

export type Candidate = StaffMember & { passwordHash: string | null; wholesalerName: string };

/** One address may work for several wholesalers, but not for many. */
const CANDIDATES_MAX = 5;

/** Everybody who still works here and whose e-mail address this is, whoever the wholesaler. */
export function findByEmail(tx: Tx, email: string): Promise<Candidate[]> {
  return tx.$queryRaw<Candidate[]>`
    select u.wholesaler_id as "wholesalerId", u.id::text as id, u.email, u.name, u.role,
           u.password_hash as "passwordHash", w.name as "wholesalerName"
      from staff_user u join wholesaler w on w.id = u.wholesaler_id
     where lower(u.email) = lower(${email}) and u.left_at is null
     order by u.wholesaler_id limit ${CANDIDATES_MAX}`;
}

export type StaffToSave = { wholesalerId: string; email: string; name: string | null; role: Role };

/**
 * Adds somebody, or gives whoever has this address there another role; who had left is back. Null: there is no such
 * wholesaler.
 */
export async function saveStaff(tx: Tx, { wholesalerId, email, name, role }: StaffToSave): Promise<StaffMember | null> {
  // The wholesaler's row is the lock under which two that add one address take turns.
  const [wholesaler] = await tx.$queryRaw<unknown[]>`
    select 1 from wholesaler where id = ${wholesalerId} for no key update`;
  if (wholesaler === undefined) return null;
  const [changed] = await tx.$queryRaw<StaffMember[]>`
    update staff_user set role = ${role}, name = coalesce(${name}::text, name), left_at = null
     where wholesaler_id = ${wholesalerId} and lower(email) = lower(${email})
    returning wholesaler_id as "wholesalerId", id::text as id, email, name, role`;
  if (changed !== undefined) return changed;
  const [mailbox = email] = email.split('@');
  const [added] = await tx.$queryRaw<StaffMember[]>`
    insert into staff_user (wholesaler_id, id, email, name, role)
    values (${wholesalerId}, ${newId()}::uuid, ${email}, ${name ?? mailbox}, ${role})
    returning wholesaler_id as "wholesalerId", id::text as id, email, name, role`;
  return added ?? null;
}

export async function setPassword(tx: Tx, staff: StaffMember, passwordHash: string): Promise<void> {
  await tx.$executeRaw`
    update staff_user set password_hash = ${passwordHash}
     where wholesaler_id = ${staff.wholesalerId} and id = ${staff.id}::uuid`;
}

/** Names of everybody who works or worked here, by `staff:<id>`, as ledger and audit name them. */
export async function staffNames(tx: Tx, wholesalerId: string): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    select id::text as id, name from staff_user where wholesaler_id = ${wholesalerId} order by id limit 1000`;
  return new Map(rows.map(({ id, name }) => [`staff:${id}`, name]));
}

export type StaffRow = StaffMember & { hasPassword: boolean; leftAt: Date | null; seenAt: Date | null };

/** Everybody who works or worked here, those who left last; after somebody of the list. */
export function listStaff(
  tx: Tx,
  wholesalerId: string,
  { afterId = null, limit = 500 }: { afterId?: string | null | undefined; limit?: number } = {},
): Promise<StaffRow[]> {
  return selectStaff(tx, wholesalerId, { afterId, limit });
}

/** One of them; null when the wholesaler has nobody with this id. */
export async function readStaff(tx: Tx, wholesalerId: string, id: string): Promise<StaffRow | null> {
  const [found] = await selectStaff(tx, wholesalerId, { id, limit: 1 });
  return found ?? null;
}

function selectStaff(
  tx: Tx,
  wholesalerId: string,
  { id = null, afterId = null, limit }: { id?: string | null; afterId?: string | null; limit: number },
): Promise<StaffRow[]> {
  return tx.$queryRaw<StaffRow[]>`
    select u.wholesaler_id as "wholesalerId", u.id::text as id, u.email, u.name, u.role, u.left_at as "leftAt",
           u.password_hash is not null as "hasPassword",
           (select max(s.seen_at) from staff_session s
             where s.wholesaler_id = u.wholesaler_id and s.staff_id = u.id) as "seenAt"
      from staff_user u
     where u.wholesaler_id = ${wholesalerId} and (${id}::uuid is null or u.id = ${id}::uuid)
       and (${afterId}::uuid is null or (u.left_at is not null, u.name, u.id) > (
             select a.left_at is not null, a.name, a.id from staff_user a
              where a.wholesaler_id = ${wholesalerId} and a.id = ${afterId}::uuid))
     order by u.left_at is not null, u.name, u.id limit ${limit}`;
}

/** Gives somebody who works here another role. False when nobody with this id does. */
export async function setRole(
  tx: Tx,
  { wholesalerId, id, role }: Pick<StaffMember, 'wholesalerId' | 'id' | 'role'>,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update staff_user set role = ${role}
     where wholesaler_id = ${wholesalerId} and id::text = ${id} and left_at is null`;
  return changed > 0;
}

/**
 * Whether without this person nobody could sign in who may do everything. Under the lock of the wholesaler's row, so that
 * two who take the right from each other cannot both be let.
 */
export async function isLastAdmin(
  tx: Tx,
  { wholesalerId, ...who }: { wholesalerId: string } & ({ id: string } | { email: string }),
): Promise<boolean> {
  const { id = null, email = null } = { id: undefined, email: undefined, ...who };
  await tx.$queryRaw`select 1 from wholesaler where id = ${wholesalerId} for no key update`;
  const admins = await tx.$queryRaw<{ isThey: boolean }[]>`
    select id::text = ${id}::text or lower(email) = lower(${email}::text) as "isThey" from staff_user
     where wholesaler_id = ${wholesalerId} and role = 'admin' and left_at is null and password_hash is not null limit 2`;
  return admins.length === 1 && admins[0]?.isThey === true;
}

/** Somebody leaves: what they did keeps their name. False when nobody with this id works here. */
export async function markLeft(
  tx: Tx,
  { wholesalerId, id }: Pick<StaffMember, 'wholesalerId' | 'id'>,
): Promise<boolean> {
  const left = await tx.$executeRaw`
    update staff_user set left_at = app_clock(), password_hash = null
     where wholesaler_id = ${wholesalerId} and id::text = ${id} and left_at is null`;
  return left > 0;
}
