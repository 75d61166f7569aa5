// The accounts of the bench, once for the credit core and once for the original design, with the same history in both.
import { acquireBatch, openAccounts, releaseBatch } from '../../src/credit/index.ts';
import type { Database } from '../../src/db/index.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { newId } from '../../src/shared/ids.ts';
import { lost } from './crowd.ts';

export const WHOLESALER_ID = 'bench';
/** More than any load can use up: the bench measures the road, not refusals. */
const LIMIT_MINOR = 1_000_000_000_000n;
/** Of every account, so that payments have a debt to go against. */
const OWED_MINOR = 100_000_000_000n;
const BATCH = 512;

export type Group = { group: string; accounts: number; history: number };

export const accountOf = (group: string, nth: number): string => `${group}/${nth}`;

export const holdRequest = (retailerId: string) => {
  const key = newId();
  return { wholesalerId: WHOLESALER_ID, retailerId, key, orderId: key, amountMinor: 1n };
};

/** Opens every account and fills in its history. */
export async function openGroups(url: string, db: Database, groups: readonly Group[]): Promise<void> {
  const accounts = groups.flatMap(({ group, accounts }) =>
    Array.from({ length: accounts }, (_, n) => accountOf(group, n)),
  );
  await withConnection(url, 'orderlock bench', async (owner) => {
    await owner.rows(
      `insert into wholesaler (id, name, currency, language, time_zone)
       values ($1, 'Bench Wholesale', 'INR', 'en', 'Asia/Kolkata')`,
      [WHOLESALER_ID],
    );
    await owner.rows(
      'insert into retailer (wholesaler_id, id, name) select $1, account, account from unnest($2::text[]) as account',
      [WHOLESALER_ID, accounts],
    );
    await owner.rows(`
      create table bench_insert (id uuid primary key default gen_random_uuid(), account_id text not null,
        order_id text not null, amount_minor bigint not null, created_at timestamptz not null default now());
      create table bench_account (id text primary key, limit_minor bigint not null, blocked boolean not null);
      create table bench_ledger (id uuid primary key default gen_random_uuid(), account_id text not null,
        order_id text not null, amount_minor bigint not null, balance_after_minor bigint not null,
        created_at timestamptz not null default now());
      create index on bench_ledger (account_id);
      grant select, insert, update on bench_account, bench_ledger to orderlock_app`);
    await owner.rows('insert into bench_account select account, $1, false from unnest($2::text[]) as account', [
      LIMIT_MINOR,
      accounts,
    ]);
    for (const { group, history } of groups) {
      await owner.rows(
        `insert into bench_ledger (account_id, order_id, amount_minor, balance_after_minor)
         select $1, 'history ' || n, case n % 2 when 1 then 1 else -1 end, n % 2 from generate_series(1, $2::integer) as n`,
        [accountOf(group, 0), history],
      );
    }
    for (let from = 0; from < accounts.length; from += BATCH) {
      const terms = accounts.slice(from, from + BATCH).map((retailerId) => ({
        wholesalerId: WHOLESALER_ID,
        retailerId,
        limitMinor: LIMIT_MINOR,
        owedMinor: OWED_MINOR,
      }));
      const answers = await openAccounts(db.prisma, terms);
      if (answers.some(({ kind }) => kind !== 'open')) throw lost('an account of the bench was not opened');
    }
    for (const { group, history } of groups) await fill(db, accountOf(group, 0), history);
    // What autovacuum does within the first minutes of a database.
    await owner.rows('vacuum analyze');
  });
}

/** So many entries, half of them holds and half releases, by the same functions that a service calls. */
async function fill(db: Database, retailerId: string, history: number): Promise<void> {
  for (let left = history / 2; left > 0; left -= BATCH) {
    const requests = Array.from({ length: Math.min(left, BATCH) }, () => holdRequest(retailerId));
    const { verdicts } = await acquireBatch(db.prisma, requests, { wait: 'promised' });
    const releases = verdicts.map((verdict) => {
      if (verdict.kind !== 'approved') throw lost('a hold of the history was refused');
      return { wholesalerId: WHOLESALER_ID, ledgerEntryId: verdict.ledgerEntryId, reason: 'history of the bench' };
    });
    const released = await releaseBatch(db.prisma, releases);
    if (released.some(({ kind }) => kind !== 'released')) throw lost('a release of the history was refused');
  }
}
