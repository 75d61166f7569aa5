import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { rowInvariants } from './invariants.ts';
import { proveAccounts } from './prove-accounts.ts';
import { BEGINNING, type Position, proveEntries } from './prove-entries.ts';
import { proveRows } from './prove-rows.ts';
import { type BadEntry, createProver, type Progress } from './prover.ts';

export type { BadEntry } from './prover.ts';

export type LedgerProof = {
  ok: boolean;
  accounts: number;
  entries: number;
  durationMs: number;
  /** The first in the order of wholesaler, retailer and number. */
  firstBad: BadEntry | null;
};

export type VerifyOptions = {
  /** How many connections of the pool work at once, each on a part of the accounts; 1 unless said otherwise. */
  connections?: number;
  /** Told after every step how far the proof has come, and how far it has to go by the numbers seen at its start. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the proof between two statements; it then throws the signal's reason. */
  signal?: AbortSignal;
  /** Takes twice the time and leaves the database to others for half of it. */
  gentle?: boolean;
};

/** Parts for each connection, so that none is idle for long while another finishes. */
const PARTS_PER_CONNECTION = 4;
/** Below this, parts cost more than they save. */
const ENTRIES_PER_PART_MIN = 20_000;

/**
 * Proves every account: recomputes each hash and figure from the entries and compares them with all that is stored
 * (invariants.ts). In small statements without locks, each judged on one snapshot, so that orders go on meanwhile and
 * never look like damage; memory does not grow with the ledger.
 */
export async function verifyLedger(db: { prisma: Tx }, options: VerifyOptions = {}): Promise<LedgerProof> {
  const { connections = 1, onProgress, signal, gentle = false } = options;
  const startedAt = performance.now();
  const inAll = await countAll(db.prisma);
  // What fails in one part ends the others, too, between two of their statements.
  const failed = new AbortController();
  const either = AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]);
  const prover = createProver({ db, inAll, onProgress, signal: either, gentle });
  const parts = Math.ceil(Math.min(PARTS_PER_CONNECTION * connections, inAll.entries / ENTRIES_PER_PART_MIN));
  const bounds = parts > 1 && connections > 1 ? await prover.ask<Position>(PARTS, parts) : [];
  const starts = [BEGINNING, ...bounds];
  const ends = [...bounds, null];
  const work = [
    ...starts.map((from, n) => () => proveEntries(prover, from, ends[n] ?? null)),
    ...starts.map((from, n) => () => proveAccounts(prover, from, ends[n] ?? null)),
    ...rowInvariants.map((invariant) => () => proveRows(prover, invariant)),
  ];
  const worker = async (): Promise<void> => {
    for (let next = work.shift(); next !== undefined; next = work.shift()) await next();
  };
  const workers = Array.from({ length: connections }, () =>
    worker().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  await Promise.all(workers);
  const { accounts, entries, firstBad } = prover.result();
  const durationMs = Math.round(performance.now() - startedAt);
  return { ok: firstBad === null, accounts, entries, durationMs, firstBad };
}

async function countAll(db: Tx): Promise<{ accounts: number; entries: number }> {
  const [row] = await db.$queryRaw<{ accounts: bigint; entries: bigint }[]>`
    select count(*) as accounts, coalesce(sum(seq), 0)::bigint as entries from credit_account`;
  const { accounts, entries } = mustExist(row, 'a count');
  return { accounts: Number(accounts), entries: Number(entries) };
}

/** Places that cut all entries into $1 parts of about one size, within an account where one is long. */
const PARTS = `
  select a.w, a.r, (p.target - a.before)::bigint as seq
  from (
    select wholesaler_id as w, retailer_id as r, seq,
           sum(seq) over (order by wholesaler_id, retailer_id) - seq as before, sum(seq) over () as total
    from credit_account) as a
  join lateral (
    select floor(a.total * n / $1::integer) as target from generate_series(1, $1::integer - 1) as n) as p
    on p.target > a.before and p.target <= a.before + a.seq
  order by a.w, a.r, seq`;
