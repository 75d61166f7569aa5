import { startEmbedded } from '../../src/db/embedded.ts';
import { createDatabase, type Database } from '../../src/db/index.ts';
import { bootstrapRoles, migrate } from '../../src/db/migrate.ts';
import { type Child, startChild } from './child.ts';
import { type Group, openGroups } from './credit-accounts.ts';

/** A server of its own with fsync on, the accounts, and two processes that call. */
export type CreditStage = { db: Database; callers: [Child, Child]; stop(): Promise<void> };

/** The proof at the end sums an account of hundreds of thousands of entries in one statement. */
const STATEMENT_TIMEOUT_MS = 120_000;

export async function startCreditStage(groups: readonly Group[]): Promise<CreditStage> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0)) await one();
  };
  try {
    const embedded = await startEmbedded({ dataDir: { throwAway: true }, role: 'command', durable: true });
    stops.unshift(() => embedded.stop());
    await bootstrapRoles(embedded.url);
    await migrate(embedded.url);
    const db = await createDatabase({
      url: embedded.url,
      poolMax: 2,
      applicationName: 'orderlock bench',
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
    stops.unshift(() => db.stop());
    await openGroups(embedded.url, db, groups);
    const startCaller = async (): Promise<Child> => {
      const script = new URL('./credit-process.ts', import.meta.url);
      const caller = await startChild(script, { DATABASE_URL: embedded.url });
      stops.unshift(() => caller.stop());
      return caller;
    };
    return { db, callers: [await startCaller(), await startCaller()], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
