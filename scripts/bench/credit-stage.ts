import { createDatabase, type Database } from '../../src/db/index.ts';
import { startThrowAwayServer } from '../throw-away-server.ts';
import { type Child, startChild } from './child.ts';
import { type Group, openGroups } from './credit-accounts.ts';

/** A server of its own with fsync on, the accounts, and two processes that call. */
export type CreditStage = { db: Database; callers: [Child, Child]; stop(): Promise<void> };

export async function startCreditStage(groups: readonly Group[]): Promise<CreditStage> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0)) await one();
  };
  try {
    const server = await startThrowAwayServer();
    stops.unshift(() => server.stop());
    const db = await createDatabase({ url: server.url, poolMax: 2, applicationName: 'orderlock bench' });
    stops.unshift(() => db.stop());
    await openGroups(server.url, db, groups);
    const startCaller = async (): Promise<Child> => {
      const script = new URL('./credit-process.ts', import.meta.url);
      const caller = await startChild(script, { DATABASE_URL: server.url });
      stops.unshift(() => caller.stop());
      return caller;
    };
    return { db, callers: [await startCaller(), await startCaller()], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
