import pg from 'pg';
import { SetupError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { withConnection } from './one-connection.ts';
import { appRole, sessionTimeouts } from './roles.ts';

export type DatabaseOptions = {
  url: string;
  /** Connections at most. Workers, API and gate have a database each, so that none starves another. */
  poolMax: number;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  statementTimeoutMs?: number;
  lockTimeoutMs?: number;
  /** How long a query waits for a free or a new connection. */
  connectTimeoutMs?: number;
  /** Told about connections that broke while nobody used them. */
  log?: Logger;
};

/** What `sessionTimeouts` gives a statement. */
const STATEMENT_TIMEOUT_MS = 15_000;
/**
 * The server ends a statement in its time, so silence beyond it means that the connection is dead: a failover or a
 * firewall can take a server away without a word, and TCP alone notices only after a quarter of an hour.
 */
const ANSWER_LATE_MS = 2_000;

/**
 * A pool whose every connection has the rights of `orderlock_app` only, time limits, UTC and READ COMMITTED. Refuses with
 * a `SetupError` when the server cannot be used as it is set up. Whoever opens it ends it.
 */
export async function openPool(options: DatabaseOptions): Promise<pg.Pool> {
  const takesRole = await mustTakeRole(options.url);
  return new pg.Pool({
    ...poolConfig(options.url, sessionSettings(options, takesRole)),
    max: options.poolMax,
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    query_timeout: (options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS) + ANSWER_LATE_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
}

/**
 * Settings travel in the connection's start message, so that no connection is ever seen without them and none costs a
 * trip of its own. RESET goes back to these values, not to the server's.
 */
function sessionSettings(options: DatabaseOptions, takesRole: boolean): Record<string, string> {
  return {
    ...(takesRole ? { role: appRole } : {}),
    ...sessionTimeouts,
    ...(options.statementTimeoutMs === undefined ? {} : { statement_timeout: `${options.statementTimeoutMs}ms` }),
    ...(options.lockTimeoutMs === undefined ? {} : { lock_timeout: `${options.lockTimeoutMs}ms` }),
    default_transaction_isolation: 'read\\ committed',
    synchronous_commit: 'on',
    timezone: 'UTC',
  };
}

/** What the URL's own `options` say comes first, so ours win; `pg` alone would let the URL replace ours. */
function poolConfig(url: string, settings: Record<string, string>): pg.PoolConfig {
  const target = new URL(url);
  const given = target.searchParams.get('options');
  target.searchParams.delete('options');
  const ours = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  return { connectionString: target.href, options: [...(given ? [given] : []), ...ours].join(' ') };
}

/**
 * Looks once which rights the login has. One with more than `orderlock_app` (the owner's, in development and tests)
 * takes the role on, and so does a member that does not inherit it; a plain member already has exactly its rights.
 */
async function mustTakeRole(url: string): Promise<boolean> {
  return withConnection(url, 'orderlock probe', async (connection) => {
    const [role] = await connection.rows('select from pg_roles where rolname = $1', [appRole]);
    if (role === undefined) {
      throw new SetupError(`The role ${appRole} is missing on the database server.`, 'Run: npm run db:migrate');
    }
    const [login] = await connection.rows<{ name: string; member: boolean; inherits: boolean; hasMore: boolean }>(
      `select session_user as name,
                pg_has_role(session_user, $1, 'member') as member,
                pg_has_role(session_user, $1, 'usage') as inherits,
                rolsuper or rolcreaterole
                  or pg_has_role(session_user, (select datdba from pg_database where datname = current_database()), 'usage')
                  or exists (
                    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'public' and c.relkind in ('r', 'p')
                      and (pg_has_role(session_user, c.relowner, 'usage')
                           or exists (select from unnest(array['insert', 'update', 'delete', 'truncate']) as wanted (privilege)
                                      where has_table_privilege(session_user, c.oid, wanted.privilege)
                                        and not has_table_privilege($1, c.oid, wanted.privilege)))
                  ) as "hasMore"
         from pg_roles where rolname = session_user`,
      [appRole],
    );
    if (login === undefined || !login.member) {
      throw new SetupError(
        `The login ${login?.name ?? ''} of DATABASE_URL may not work as ${appRole}.`,
        `As the owner, run: grant ${appRole} to "${login?.name ?? ''}"`,
      );
    }
    return login.hasMore || !login.inherits;
  });
}
