import { mustExist } from '../shared/assert.ts';
import { entryInvariants } from './invariants.ts';
import type { Prover } from './prover.ts';

/** A place in the order of all entries: wholesaler, retailer, number. */
export type Position = { w: string; r: string; seq: bigint };

export const BEGINNING: Position = { w: '', r: '', seq: 0n };

// Enough to be quick, few enough for the time limit of a statement and for the server's memory.
const ENTRIES_PER_STEP = 10_000;

/** Walks the entries after one place up to another, or to the end: recomputes each hash and each figure. */
export async function proveEntries(prover: Prover, from: Position, to: Position | null): Promise<void> {
  const end = to === null ? [null, null, null] : [to.w, to.r, to.seq];
  for (let at = from; ; ) {
    const rows = await prover.ask<StepRow>(walkSql, at.w, at.r, at.seq, ENTRIES_PER_STEP, ...end);
    const step = mustExist(rows[0], 'a step of the proof');
    if (step.bad_check !== null) {
      const place = { wholesaler_id: step.bad_w ?? '', retailer_id: step.bad_r ?? '', seq: step.bad_seq };
      await prover.note([{ ...place, check: step.bad_check }]);
    }
    prover.counted({ entries: step.judged });
    if (step.judged < ENTRIES_PER_STEP || step.last_w === null || step.last_r === null || step.last_seq === null)
      return;
    at = { w: step.last_w, r: step.last_r, seq: step.last_seq };
  }
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

// One entry more than is judged: the last one of the step before, which the first one of this step is chained to. Nothing
// here may be sorted or kept: the entries come in the order of the primary key, and wide rows that a plan puts aside end
// up on disk (that took three times as long).
const walkSql = `
  with judged as (
    select wholesaler_id as w, retailer_id as r, seq,
           case ${entryInvariants.map(({ check, broken }) => `when ${broken} then '${check}'`).join('\n                ')}
           end as broken
    from (
      select l.*, lag(l.seq) over chain as last_seq, lag(l.hash) over chain as last_hash,
             lag(l.currency) over chain as last_currency, lag(l.status_after) over chain as last_status,
             lag(l.limit_after) over chain as last_limit, lag(l.held_after) over chain as last_held,
             lag(l.owed_after) over chain as last_owed, lag(l.unapplied_after) over chain as last_unapplied
      from (
        select l.*, credit_entry_holds(l) as fits_kind,
               sha256(l.prev_hash || convert_to(credit_entry_text(l), 'UTF8')) as true_hash
        from ledger_entry l
        where (l.wholesaler_id, l.retailer_id, l.seq) >= ($1::text, $2::text, $3::bigint)
          and ($5::text is null or (l.wholesaler_id, l.retailer_id, l.seq) <= ($5::text, $6::text, $7::bigint))
        order by l.wholesaler_id, l.retailer_id, l.seq
        limit $4::integer + 1) as l
      window chain as (partition by l.wholesaler_id, l.retailer_id order by l.seq)) as walked
    where (wholesaler_id, retailer_id, seq) > ($1::text, $2::text, $3::bigint)
  )
  select (select count(*)::integer from judged) as judged, last.w as last_w, last.r as last_r, last.seq as last_seq,
         bad.w as bad_w, bad.r as bad_r, bad.seq as bad_seq, bad.broken as bad_check
  from (select 1) as one
  left join lateral (select w, r, seq from judged order by w desc, r desc, seq desc limit 1) as last on true
  left join lateral (select * from judged where broken is not null order by w, r, seq limit 1) as bad on true`;
