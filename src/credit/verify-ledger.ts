import type { Database } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { accountInvariants, entryInvariants } from './invariants.ts';

export type BadEntry = { wholesalerId: string; retailerId: string; seq: number; check: string };

export type LedgerProof = {
  ok: boolean;
  accounts: number;
  entries: number;
  durationMs: number;
  /** The first in the order of wholesaler, retailer and number. */
  firstBad: BadEntry | null;
};

export type VerifyOptions = {
  /** Told after every step how far the proof has come. */
  onProgress?: ((done: { accounts: number; entries: number }) => void) | undefined;
};

// So many entries or accounts at a time: enough to be quick, few enough for the time limit of a statement.
const ENTRIES_PER_STEP = 20_000;
const ACCOUNTS_PER_STEP = 500;
const ACCOUNT_ENTRIES_PER_STEP = 100_000;

/**
 * Proves every account: recomputes each hash and figure from the entries and compares them with all that is stored. In
 * small steps and without locks, so that orders go on meanwhile; memory does not grow with the ledger.
 */
export async function verifyLedger(db: Pick<Database, 'prisma'>, options: VerifyOptions = {}): Promise<LedgerProof> {
  const startedAt = performance.now();
  const walked = await walkEntries(db, (entries) => options.onProgress?.({ accounts: 0, entries }));
  const looked = await lookAtAccounts(db, (accounts) => options.onProgress?.({ accounts, entries: walked.count }));
  const firstBad = firstOf([walked.bad, looked.bad]);
  return {
    ok: firstBad === null,
    accounts: looked.count,
    entries: walked.count,
    durationMs: Math.round(performance.now() - startedAt),
    firstBad,
  };
}

type Findings = { count: number; bad: BadEntry | null };

/** Walks every entry in the order of its account's chain. */
async function walkEntries(db: Pick<Database, 'prisma'>, onProgress: (entries: number) => void): Promise<Findings> {
  let at: { w: string; r: string; seq: bigint } = { w: '', r: '', seq: 0n };
  let count = 0;
  let bad: BadEntry | null = null;
  for (;;) {
    const rows: StepRow[] = await db.prisma.$queryRawUnsafe(walkSql, at.w, at.r, at.seq, ENTRIES_PER_STEP);
    const step = mustExist(rows[0], 'a step of the proof');
    count += step.judged;
    onProgress(count);
    bad ??= step.bad_check === null ? null : toBad(step.bad_w, step.bad_r, step.bad_seq, step.bad_check);
    if (step.judged < ENTRIES_PER_STEP || step.last_w === null || step.last_r === null || step.last_seq === null) break;
    at = { w: step.last_w, r: step.last_r, seq: step.last_seq };
  }
  return { count, bad };
}

type StepRow = {
  judged: number;
  last_w: string | null;
  last_r: string | null;
  last_seq: bigint | null;
  bad_w: string | null;
  bad_r: string | null;
  bad_seq: bigint | null;
  bad_check: string | null;
};

// One entry more than is judged: the last one of the step before, which the first one of this step is chained to.
const walkSql = `
  with step as materialized (
    select l.*, credit_entry_text(l) as canonical_text, credit_entry_holds(l) as fits_kind
    from ledger_entry l
    where (l.wholesaler_id, l.retailer_id, l.seq) >= ($1::text, $2::text, $3::bigint)
    order by l.wholesaler_id, l.retailer_id, l.seq
    limit $4::integer + 1
  ), walked as (
    select l.*, s.salt as reason_salt, s.reason,
           lag(l.seq) over chain as last_seq, lag(l.hash) over chain as last_hash,
           lag(l.currency) over chain as last_currency, lag(l.status_after) over chain as last_status,
           lag(l.limit_after) over chain as last_limit, lag(l.held_after) over chain as last_held,
           lag(l.owed_after) over chain as last_owed, lag(l.unapplied_after) over chain as last_unapplied
    from step l
    left join ledger_reason s on s.wholesaler_id = l.wholesaler_id and s.entry_id = l.id and l.reason_hash is not null
    window chain as (partition by l.wholesaler_id, l.retailer_id order by l.seq)
  ), judged as (
    select wholesaler_id as w, retailer_id as r, seq,
           case ${entryInvariants.map(({ check, broken }) => `when ${broken} then '${check}'`).join('\n                ')}
           end as broken
    from walked
    where (wholesaler_id, retailer_id, seq) > ($1::text, $2::text, $3::bigint)
  )
  select (select count(*)::integer from judged) as judged, last.w as last_w, last.r as last_r, last.seq as last_seq,
         bad.w as bad_w, bad.r as bad_r, bad.seq as bad_seq, bad.broken as bad_check
  from (select 1) as one
  left join lateral (select w, r, seq from judged order by w desc, r desc, seq desc limit 1) as last on true
  left join lateral (select * from judged where broken is not null order by w, r, seq limit 1) as bad on true`;

/** Compares every account with its entries, holds, debts and payments. */
async function lookAtAccounts(db: Pick<Database, 'prisma'>, onProgress: (accounts: number) => void): Promise<Findings> {
  let from = { w: '', r: '' };
  let count = 0;
  let bad: BadEntry | null = null;
  for (;;) {
    const keys = await db.prisma.$queryRaw<{ w: string; r: string }[]>`
      select w, r from (
        select wholesaler_id as w, retailer_id as r, sum(seq) over (order by wholesaler_id, retailer_id) - seq as before
        from (select * from credit_account
              where (wholesaler_id, retailer_id) > (${from.w}, ${from.r})
              order by wholesaler_id, retailer_id limit ${ACCOUNTS_PER_STEP}) as next) as summed
      where before < ${ACCOUNT_ENTRIES_PER_STEP}
      order by w, r`;
    const to = keys.at(-1);
    if (to === undefined) break;
    const found: (BadEntry | null)[] = [];
    for (const { check, sql } of accountInvariants) {
      const rows: { wholesaler_id: string; retailer_id: string; seq: bigint | null }[] =
        await db.prisma.$queryRawUnsafe(
          `select * from (${sql}) as broken order by wholesaler_id, retailer_id, seq limit 1`,
          from.w,
          from.r,
          to.w,
          to.r,
        );
      found.push(...rows.map((row) => toBad(row.wholesaler_id, row.retailer_id, row.seq, check)));
    }
    bad ??= firstOf(found);
    count += keys.length;
    onProgress(count);
    from = to;
  }
  return { count, bad };
}

function toBad(w: string | null, r: string | null, seq: bigint | null, check: string): BadEntry {
  return { wholesalerId: w ?? '', retailerId: r ?? '', seq: Number(seq ?? 0n), check };
}

/** The earlier one stays ahead where two name the same entry. */
function firstOf(candidates: (BadEntry | null)[]): BadEntry | null {
  return candidates.reduce((best, next) => {
    if (best === null || next === null) return best ?? next;
    return compare(next, best) < 0 ? next : best;
  }, null);
}

function compare(a: BadEntry, b: BadEntry): number {
  if (a.wholesalerId !== b.wholesalerId) return a.wholesalerId < b.wholesalerId ? -1 : 1;
  if (a.retailerId !== b.retailerId) return a.retailerId < b.retailerId ? -1 : 1;
  return a.seq - b.seq;
}
