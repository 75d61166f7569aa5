import type { Tx } from '../db/index.ts';
import type { Role } from './rights.ts';
import type { Session, StaffMember } from './types.ts';

type TokenHash = Uint8Array<ArrayBuffer>;

/** A day at the counter without signing in again, and never longer than two weeks. */
const IDLE = '12 hours';
const LONGEST = '14 days';
/** How exactly the last sight of a session is kept: not every page writes. */
const TOUCH_AFTER = '1 minute';

export async function openSession(tx: Tx, staff: StaffMember, tokenHash: TokenHash): Promise<void> {
  await tx.$executeRaw`
    insert into staff_session (token_hash, wholesaler_id, staff_id, expires_at)
    values (${tokenHash}, ${staff.wholesalerId}, ${staff.id}::uuid, app_clock() + ${IDLE}::interval)`;
}

type SessionRow = {
  wholesalerId: string;
  staffId: string;
  email: string;
  staffName: string;
  role: Role;
  wholesalerName: string;
  currency: string;
  language: string;
  timeZone: string;
  touch: boolean;
};

/**
 * Who this session is, as they are now: a changed role counts at once. Null when it has ended or they have left. `touch`
 * counts as a sign of life, which a page that refreshes itself is not.
 */
export async function readSession(
  tx: Tx,
  tokenHash: TokenHash,
  { touch }: { touch: boolean },
): Promise<Session | null> {
  const [row] = await tx.$queryRaw<SessionRow[]>`
    select s.wholesaler_id as "wholesalerId", u.id::text as "staffId", u.email, u.name as "staffName", u.role,
           w.name as "wholesalerName", w.currency, w.language, w.time_zone as "timeZone",
           s.seen_at < app_clock() - ${TOUCH_AFTER}::interval as touch
      from staff_session s
      join staff_user u on u.wholesaler_id = s.wholesaler_id and u.id = s.staff_id and u.left_at is null
      join wholesaler w on w.id = s.wholesaler_id
     where s.token_hash = ${tokenHash} and s.expires_at > app_clock()`;
  if (row === undefined) return null;
  if (touch && row.touch) await touchSession(tx, tokenHash);
  const { wholesalerId, staffId, email, staffName, role, wholesalerName, currency, language, timeZone } = row;
  return {
    staff: { wholesalerId, id: staffId, email, name: staffName, role },
    wholesaler: { id: wholesalerId, name: wholesalerName, currency, language, timeZone },
  };
}

async function touchSession(tx: Tx, tokenHash: TokenHash): Promise<void> {
  await tx.$executeRaw`
    update staff_session
       set seen_at = app_clock(), expires_at = least(created_at + ${LONGEST}::interval, app_clock() + ${IDLE}::interval)
     where token_hash = ${tokenHash} and expires_at > app_clock()`;
}

export async function endSession(tx: Tx, tokenHash: TokenHash): Promise<void> {
  await tx.$executeRaw`delete from staff_session where token_hash = ${tokenHash}`;
}

/** Ends all sessions of a person, on every device; all but one, where that is named. */
export async function endSessions(
  tx: Tx,
  { wholesalerId, id }: Pick<StaffMember, 'wholesalerId' | 'id'>,
  keep: TokenHash | null = null,
): Promise<number> {
  return tx.$executeRaw`
    delete from staff_session
     where wholesaler_id = ${wholesalerId} and staff_id = ${id}::uuid and token_hash is distinct from ${keep}::bytea`;
}

/** Removes what has run out: at each sign-in, which is rare and finds little. */
export async function sweepSessions(tx: Tx): Promise<void> {
  await tx.$executeRaw`delete from staff_session where expires_at < app_clock()`;
  await tx.$executeRaw`delete from staff_link where expires_at < app_clock() - interval '30 days'`;
  await tx.$executeRaw`delete from sign_in_throttle where last_at < app_clock() - interval '1 day'`;
}
