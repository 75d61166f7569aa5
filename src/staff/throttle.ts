import type { Tx } from '../db/index.ts';

type ThrottleKind = 'account' | 'address';
export type ThrottleKey = { kind: ThrottleKind; keyHash: Uint8Array<ArrayBuffer> };

/** Tries that are free; one address may be a whole shop behind one router. */
const FREE: Record<ThrottleKind, number> = { account: 5, address: 30 };
/** What doubles with each further try, and where it ends. Whoever waits an hour starts anew. */
const FIRST_WAIT_SECONDS = 15;
const WAIT_SECONDS_MAX = 900;
const FORGOTTEN_AFTER = '1 hour';

/**
 * Counts a try to sign in before the password is looked at, and says how many seconds to wait when there were too many:
 * 0 lets it go on. In the database, so that neither a restart nor another process forgets, and in one statement, so that
 * of guesses made side by side each is counted. A try that has to wait does not count: nobody can lock somebody else out
 * for longer than the wait.
 */
export async function countTry(tx: Tx, { kind, keyHash }: ThrottleKey): Promise<number> {
  const free = FREE[kind];
  const [row] = await tx.$queryRaw<{ wait: number }[]>`
    with now as materialized (select app_clock() as at)
    insert into sign_in_throttle as t (kind, key_hash, tries, last_at)
    select ${kind}, ${keyHash}, 1, at from now
    on conflict (kind, key_hash) do update set
      tries = case when t.last_at < excluded.last_at - ${FORGOTTEN_AFTER}::interval then 1
                   when t.blocked_until > excluded.last_at then t.tries else least(t.tries + 1, 1000) end,
      blocked_until = case
        when t.last_at < excluded.last_at - ${FORGOTTEN_AFTER}::interval then null
        when t.blocked_until > excluded.last_at then t.blocked_until
        when t.tries + 1 >= ${free}::int then excluded.last_at + make_interval(secs =>
          least(${WAIT_SECONDS_MAX}::float8, ${FIRST_WAIT_SECONDS}::float8 * power(2::float8, least(t.tries + 1 - ${free}::int, 10)))) end,
      last_at = case when t.blocked_until > excluded.last_at then t.last_at else excluded.last_at end
    returning case when last_at = (select at from now) then 0
                   else ceil(extract(epoch from blocked_until - (select at from now)))::int end as wait`;
  return row?.wait ?? 0;
}

/** Whoever signed in had the right password: their account's count starts anew. That of the address runs on. */
export async function forgetTries(tx: Tx, accountHash: Uint8Array<ArrayBuffer>): Promise<void> {
  await tx.$executeRaw`delete from sign_in_throttle where kind = 'account' and key_hash = ${accountHash}`;
}
