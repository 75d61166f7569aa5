import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../generated/prisma/client.ts';
import { type DatabaseOptions, openPool } from './pool.ts';
import { createStatements, type Statements } from './statements.ts';

export type { DatabaseOptions } from './pool.ts';

type PoolUsage = { total: number; idle: number; waiting: number };

/** A pool of connections and what speaks through it. Whoever creates it stops it. */
export type Database = {
  readonly prisma: PrismaClient;
  /** Prepared statements straight through `pg`, on the same connections: for calls so frequent that Prisma's work shows. */
  readonly statements: Statements;
  /** How the pool is used at this moment, for metrics and for leak checks. */
  poolUsage(): PoolUsage;
  /** Closes every connection, after the statements in hand. */
  stop(): Promise<void>;
};

/** Connects as the service, see `openPool`. Refuses with a `SetupError` when the server cannot be used as it is set up. */
export async function createDatabase(options: DatabaseOptions): Promise<Database> {
  const pool = await openPool(options);
  const report = (error: Error): void => options.log?.warn({ err: error }, 'database connection lost');
  const adapter = new PrismaPg(pool, { disposeExternalPool: true, onPoolError: report, onConnectionError: report });
  const prisma = new PrismaClient({ adapter, errorFormat: 'minimal' });
  await prisma.$connect();
  return {
    prisma,
    statements: createStatements(pool),
    poolUsage: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    stop: () => prisma.$disconnect(),
  };
}
