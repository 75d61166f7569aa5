import { sqlStateOf } from './errors.ts';
import { type OneConnection, withConnection } from './one-connection.ts';

/** The role whose rights the service works with; migrations grant to it. */
export const appRole = 'orderlock_app';

/** Limits for every session of the service. A statement that passes them is broken or stuck, never just slow. */
export const sessionTimeouts = {
  statement_timeout: '15s',
  lock_timeout: '5s',
  idle_in_transaction_session_timeout: '15s',
} as const;

/**
 * Makes the role `orderlock_app` where it is missing, with its time limits, and lets the login of `ownerUrl` take it on.
 * Roles belong to the whole cluster, so migrations cannot make them; several processes may bootstrap at once.
 */
export async function bootstrapRoles(ownerUrl: string): Promise<void> {
  await withConnection(ownerUrl, 'orderlock bootstrap', async (connection) => {
    await untilUndisturbed(() => createRole(connection));
    await untilUndisturbed(() => setTimeouts(connection));
    await untilUndisturbed(() => grantToLogin(connection));
  });
}

async function createRole(connection: OneConnection): Promise<void> {
  const [found] = await connection.rows('select from pg_roles where rolname = $1', [appRole]);
  if (found === undefined) await connection.rows(`create role ${appRole} nologin noinherit`);
}

/** They count for logins as the role itself; the pools of client.ts send the same limits on every connection. */
async function setTimeouts(connection: OneConnection): Promise<void> {
  const [row] = await connection.rows<{ config: string[] }>(
    `select coalesce(s.setconfig, '{}') as config
     from pg_roles r left join pg_db_role_setting s on s.setrole = r.oid and s.setdatabase = 0
     where r.rolname = $1`,
    [appRole],
  );
  for (const [name, value] of Object.entries(sessionTimeouts)) {
    if (row?.config.includes(`${name}=${value}`)) continue;
    await connection.rows(`alter role ${appRole} set ${name} = '${value}'`);
  }
}

async function grantToLogin(connection: OneConnection): Promise<void> {
  const [row] = await connection.rows<{ granted: boolean }>(
    `select exists (select from pg_auth_members
                    where roleid = $1::regrole and member = session_user::regrole) as granted`,
    [appRole],
  );
  if (row?.granted !== true) await connection.rows(`grant ${appRole} to session_user`);
}

const attemptsMax = 10;

/**
 * Role catalogues have no upsert and no waiting: of several processes that change them at once, all but one get an
 * error. Advisory locks would not help, since they belong to one database and the role to all. So look and try again.
 */
async function untilUndisturbed(step: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      // 42710 duplicate role, 23505 the same seen by its index, XX000 "tuple concurrently updated".
      const disturbed = ['42710', '23505', 'XX000'].includes(sqlStateOf(error) ?? '');
      if (!disturbed || attempt === attemptsMax) throw error;
    }
  }
}
