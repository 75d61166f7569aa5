import type { Prisma } from '../generated/prisma/client.ts';
import type { Database } from './client.ts';

/**
 * What works inside a transaction; a whole client fits too, where no transaction is needed. Only what our raw SQL needs,
 * so that the transaction of anybody's own generated Prisma client is one as well.
 */
export type Tx = {
  $queryRaw<Rows = unknown>(sql: TemplateStringsArray, ...values: unknown[]): Promise<Rows>;
  $queryRawUnsafe<Rows = unknown>(sql: string, ...values: unknown[]): Promise<Rows>;
  $executeRaw(sql: TemplateStringsArray, ...values: unknown[]): Promise<number>;
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>;
};

type TransactionLimits = {
  /** How long to wait for a connection before giving up with a transient error. */
  maxWaitMs: number;
  /** How long the work may take, from BEGIN, before it is rolled back with a transient error. */
  timeoutMs: number;
};

/** Runs `work` in one READ COMMITTED transaction: commits when it returns, rolls back when it throws. */
export function inTransaction<T>(
  database: Pick<Database, 'prisma'>,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
  limits: TransactionLimits = { maxWaitMs: 2_000, timeoutMs: 10_000 },
): Promise<T> {
  return database.prisma.$transaction(work, {
    isolationLevel: 'ReadCommitted',
    maxWait: limits.maxWaitMs,
    timeout: limits.timeoutMs,
  });
}
