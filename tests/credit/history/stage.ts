/** A database with a few accounts for histories, and the judgement over what happened on them. */
import { createCredit, verifyLedger } from '../../../src/credit/index.ts';
import { withConnection } from '../../../src/db/one-connection.ts';
import type { TestDatabase } from '../../support/database.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ZONE } from '../model/calendar.ts';
import { accountRow, linesOf, mustEqual, readAccounts, readEntries, readLines, shown } from '../model/real.ts';
import type { Call } from './callers.ts';
import { type Judgement, judge } from './judge.ts';

export type Stage = { wholesalerId: string; shops: string[] };

const TERMS = { overCaptureBasisPoints: 1_000, termsDays: 30 };
const LIMIT = 1_000n;

/** Opens the accounts that a history will be about. */
export async function setStage(
  database: Pick<TestDatabase, 'url' | 'ownerSql'>,
  shopCount: number,
  wholesalerId = 'w',
): Promise<Stage> {
  const shops = Array.from({ length: shopCount }, (_, n) => `shop-${n}`);
  await database.ownerSql(
    `with w as (insert into wholesaler (id, name, currency, language, time_zone) values ($1, 'History', 'INR', 'en', $2))
     insert into retailer (wholesaler_id, id, name) select $1, id, id from unnest($3::text[]) as id`,
    [wholesalerId, ZONE.name, shops],
  );
  const credit = createCredit({ databaseUrl: database.url, maxConnections: 1 });
  for (const retailerId of shops) await credit.openAccount({ wholesalerId, retailerId, limitMinor: LIMIT, ...TERMS });
  await credit.close();
  return { wholesalerId, shops };
}

/**
 * Has calls meet: holds the shop's account until so many of them queue for its row, and then lets them go. Their turn comes
 * within the half second that they would wait.
 */
export function gatherAt(url: string, retailerId: string, count: number) {
  return <T>(start: () => Promise<T>): Promise<T> =>
    withConnection(url, 'holder', async (holder) => {
      await holder.rows('begin');
      await holder.rows('select from credit_account where retailer_id = $1 for no key update', [retailerId]);
      const answers = start();
      const areThere = waitFor(
        'calls at the lock',
        async () => {
          await holder.rows('select pg_stat_clear_snapshot()');
          const waiting = await holder.rows(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          );
          return waiting.length >= count;
        },
        GATHER_MS_MAX,
      );
      await areThere.catch(() => undefined);
      await holder.rows('commit');
      return answers;
    });
}

const GATHER_MS_MAX = 500;

/** Holds a history against the ledger and the model, compares all tables with the model, and proves the ledger. */
export async function judgeOn(
  db: TestDatabase['db'],
  { wholesalerId, shops }: Stage,
  calls: readonly Call[],
): Promise<Judgement> {
  const terms = { overCaptureBp: TERMS.overCaptureBasisPoints, termsDays: TERMS.termsDays };
  const entries = await readEntries(
    db,
    wholesalerId,
    shops,
    shops.map(() => 0),
  );
  const ledger = shops.map((retailerId) => ({
    retailerId,
    terms,
    entries: entries.filter((one) => one.retailerId === retailerId),
  }));
  const judgement = judge(calls, ledger);
  const { faults, book } = judgement;
  if (faults.length === 0) {
    try {
      const rows = await readAccounts(db, wholesalerId);
      for (const account of book.accounts.values()) {
        mustEqual(account.retailerId, rows.get(account.retailerId), accountRow(account));
      }
      mustEqual('holds, debts, payments and grants', await readLines(db, wholesalerId), linesOf(book));
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  const proof = await verifyLedger(db);
  if (!proof.ok) faults.push(`an invariant is broken: ${shown(proof.firstBad)}`);
  return judgement;
}
