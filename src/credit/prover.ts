import { setTimeout as sleep } from 'node:timers/promises';
import type { Tx } from '../db/index.ts';
import { entryInvariants } from './invariants.ts';

export type BadEntry = { wholesalerId: string; retailerId: string; seq: number; check: string };

/** A broken invariant as a statement found it; the entry by its number or, where only that is known, by its id. */
export type Finding = {
  wholesaler_id: string;
  retailer_id: string;
  seq: bigint | null;
  entry_id?: string | null;
  check: string;
};

export type Progress = { accounts: number; entries: number; accountsInAll: number; entriesInAll: number };

/** What all parts of a proof share: asking the database, counting, and keeping the first bad entry. */
export type Prover = {
  ask<Row>(sql: string, ...values: unknown[]): Promise<Row[]>;
  note(found: readonly Finding[]): Promise<void>;
  counted(done: { accounts?: number; entries?: number }): void;
  result(): { accounts: number; entries: number; firstBad: BadEntry | null };
};

type ProverOptions = {
  db: { prisma: Tx };
  inAll: { accounts: number; entries: number };
  onProgress: ((progress: Progress) => void) | undefined;
  signal: AbortSignal;
  /** Rests after each statement as long as it took, so that orders have the machine, too. */
  gentle: boolean;
};

const REST_MS_MAX = 1_000;

export function createProver({ db, inAll, onProgress, signal, gentle }: ProverOptions): Prover {
  let accounts = 0;
  let entries = 0;
  let firstBad: BadEntry | null = null;

  async function ask<Row>(sql: string, ...values: unknown[]): Promise<Row[]> {
    signal.throwIfAborted();
    const startedAt = performance.now();
    const rows: Row[] = await db.prisma.$queryRawUnsafe(sql, ...values);
    if (gentle) await sleep(Math.min(REST_MS_MAX, performance.now() - startedAt), undefined, { signal });
    return rows;
  }

  return {
    ask,
    async note(found) {
      for (const { wholesaler_id, retailer_id, seq, entry_id, check } of found) {
        const bad = { wholesalerId: wholesaler_id, retailerId: retailer_id, seq: 0, check };
        // Looking an entry up by its id reads all of the account: only done where it may come first.
        if (firstBad !== null && compareAccounts(bad, firstBad) > 0) continue;
        const [entry] =
          seq !== null || entry_id === null || entry_id === undefined
            ? [{ seq: seq ?? 0n }]
            : await ask<{ seq: bigint }>(ENTRY_BY_ID, wholesaler_id, retailer_id, entry_id);
        bad.seq = Number(entry?.seq ?? 0n);
        if (firstBad === null || compare(bad, firstBad) < 0) firstBad = bad;
      }
    },
    counted(done) {
      accounts += done.accounts ?? 0;
      entries += done.entries ?? 0;
      onProgress?.({ accounts, entries, accountsInAll: inAll.accounts, entriesInAll: inAll.entries });
    },
    result: () => ({ accounts, entries, firstBad }),
  };
}

const ENTRY_BY_ID = `
  select seq from ledger_entry where wholesaler_id = $1::text and retailer_id = $2::text and id = $3::text::uuid`;

/** What is wrong with no single account (a root over all anchors) says least and comes last. */
function compareAccounts(a: BadEntry, b: BadEntry): number {
  const ofNone = Number(a.retailerId === '') - Number(b.retailerId === '');
  if (ofNone !== 0) return ofNone;
  if (a.wholesalerId !== b.wholesalerId) return a.wholesalerId < b.wholesalerId ? -1 : 1;
  if (a.retailerId !== b.retailerId) return a.retailerId < b.retailerId ? -1 : 1;
  return 0;
}

/**
 * By account; there, an entry that is wrong in itself goes before what is only wrong in consequence (a hold, named by its
 * first entry, whose release was edited); then by number.
 */
function compare(a: BadEntry, b: BadEntry): number {
  const [rankA, rankB] = [rank(a.check), rank(b.check)];
  const ofItself = Number(rankA === CONSEQUENCE) - Number(rankB === CONSEQUENCE);
  return compareAccounts(a, b) || ofItself || a.seq - b.seq || rankA - rankB;
}

const CONSEQUENCE = entryInvariants.length;

function rank(check: string): number {
  const position = entryInvariants.findIndex((invariant) => invariant.check === check);
  return position < 0 ? CONSEQUENCE : position;
}
