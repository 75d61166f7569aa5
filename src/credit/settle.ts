import type { Tx } from '../db/index.ts';
import type { Refused } from './types.ts';

/** Joins the caller's Prisma transaction: what is answered then counts only if that commits. */
export type InTransaction = { tx?: Tx };

/** Runs a call, alone or in the caller's transaction; a broken database becomes DATABASE_ERROR. */
export type Settle = <T>(work: (tx: Tx) => Promise<T>, tx: Tx | undefined) => Promise<T | Refused>;
