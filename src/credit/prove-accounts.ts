import { mustExist } from '../shared/assert.ts';
import { accountInvariants, holdInvariants, sumsInParts } from './invariants.ts';
import type { Position } from './prove-entries.ts';
import type { Finding, Prover } from './prover.ts';

type Place = Pick<Position, 'w' | 'r'>;
type PageAccount = Place & { seq: bigint };

const ACCOUNTS_PER_STEP = 500;
/** One statement reads at most so many entries of several accounts; a single account with more is read in parts. */
const ENTRIES_PER_STATEMENT = 200_000;

/** Compares the accounts after one place up to another, or to the end, with their entries, holds, debts and payments. */
export async function proveAccounts(prover: Prover, from: Place, to: Place | null): Promise<void> {
  for (let at = from; ; ) {
    const page = await prover.ask<PageAccount>(PAGE, at.w, at.r, to?.w ?? null, to?.r ?? null);
    const last = page.at(-1);
    if (last === undefined) return;
    const bounds = [at.w, at.r, last.w, last.r];
    const isLong = page.length === 1 && last.seq > ENTRIES_PER_STATEMENT;
    for (const { check, sql, inParts } of accountInvariants) {
      if (!isLong || inParts !== true) await look(prover, check, sql, bounds);
    }
    if (isLong) await proveSums(prover, last);
    const passes = isLong ? Math.ceil(Number(last.seq) / ENTRIES_PER_STATEMENT) : 1;
    for (const { check, sql } of holdInvariants) {
      for (let pass = 0; pass < passes; pass += 1) await look(prover, check, sql, [...bounds, passes, pass]);
    }
    prover.counted({ accounts: page.length });
    at = last;
  }
}

/** As many accounts as one statement may look at. */
const PAGE = `
  select w, r, seq from (
    select wholesaler_id as w, retailer_id as r, seq,
           sum(seq) over (order by wholesaler_id, retailer_id) - seq as before
    from (select * from credit_account a
          where (a.wholesaler_id, a.retailer_id) > ($1::text, $2::text)
            and ($3::text is null or (a.wholesaler_id, a.retailer_id) <= ($3::text, $4::text))
          order by wholesaler_id, retailer_id limit ${ACCOUNTS_PER_STEP}) as next) as summed
  where before < ${ENTRIES_PER_STATEMENT}
  order by w, r`;

async function look(prover: Prover, check: string, sql: string, values: readonly unknown[]): Promise<void> {
  const found = await prover.ask<Omit<Finding, 'check'>>(
    `select * from (${sql}) as broken order by wholesaler_id, retailer_id, seq limit 1`,
    ...values,
  );
  await prover.note(found.map((finding) => ({ ...finding, check })));
}

type Sums = Record<'limit_sum' | 'held_sum' | 'owed_sum' | 'unapplied_sum', bigint> &
  Record<'limit' | 'held' | 'owed' | 'unapplied', bigint | null>;

/** Up to the entry that was the newest when the account was read: what came later is proved the next time. */
async function proveSums(prover: Prover, { w, r, seq }: PageAccount): Promise<void> {
  const sums = { limit: 0n, held: 0n, owed: 0n, unapplied: 0n };
  for (let from = 0n; from < seq; from += BigInt(ENTRIES_PER_STATEMENT)) {
    const next = from + BigInt(ENTRIES_PER_STATEMENT);
    const to = next < seq ? next : seq;
    const [part] = await prover.ask<Sums>(sumsInParts.sql, w, r, from, to);
    const { limit_sum, held_sum, owed_sum, unapplied_sum, ...shown } = mustExist(part, 'sums');
    sums.limit += limit_sum;
    sums.held += held_sum;
    sums.owed += owed_sum;
    sums.unapplied += unapplied_sum;
    const isRight = (Object.keys(sums) as (keyof typeof sums)[]).every((figure) => sums[figure] === shown[figure]);
    if (isRight) continue;
    return prover.note([{ wholesaler_id: w, retailer_id: r, seq: to, check: sumsInParts.check }]);
  }
}
