import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Database } from '../db/index.ts';
import { createStaffDesk, type StaffDesk } from '../staff/index.ts';

type Admin = { email: string; desk: StaffDesk; token: string };

/** A link for an admin of the first wholesaler; null when there is none. Links made before are void. */
export async function consoleLink(db: Database, config: Config, baseUrl: string): Promise<string | null> {
  const admin = await inviteAdmin(db, config);
  return admin === null ? null : `${baseUrl}/console/welcome?token=${admin.token}`;
}

/** An address and a password of this run alone, for a database that is thrown away after it. */
export async function consolePassword(
  db: Database,
  config: Config,
): Promise<{ email: string; password: string } | null> {
  const admin = await inviteAdmin(db, config);
  if (admin === null) return null;
  const password = `demo-${randomBytes(6).toString('base64url')}`;
  const opened = await admin.desk.acceptInvitation(admin.token, password);
  if (opened !== null) await admin.desk.signOut(opened.token);
  return { email: admin.email, password };
}

async function inviteAdmin(db: Database, config: Config): Promise<Admin | null> {
  const [row] = await db.prisma.$queryRaw<{ wholesalerId: string; email: string | null }[]>`
    select w.id as "wholesalerId", (
      select u.email from staff_user u where u.wholesaler_id = w.id and u.role = 'admin' and u.left_at is null
       order by u.created_at, u.id limit 1) as email
      from wholesaler w order by w.created_at, w.id limit 1`;
  if (row === undefined) return null;
  const desk = createStaffDesk({ db, secret: config.sessionSecret });
  const email = row.email ?? 'owner@example.com';
  const invited = await desk.invite({ wholesalerId: row.wholesalerId, email, name: null, role: 'admin' }, 'system');
  return invited === null ? null : { email, desk, token: invited.token };
}
