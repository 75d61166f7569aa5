import type { RowInvariant } from './invariants.ts';
import type { Prover } from './prover.ts';

const ROWS_PER_STEP = 5_000;

/** Looks at every row of the invariant's table, in the order of its primary key. */
export async function proveRows(prover: Prover, invariant: RowInvariant): Promise<void> {
  const { check, key, perStep = ROWS_PER_STEP } = invariant;
  const sql = stepSql(invariant, perStep);
  for (let at: string[] | null = key.map(({ first }) => first); at !== null; ) {
    const [step]: StepRow[] = await prover.ask<StepRow>(sql, ...at);
    if (step?.bad_w !== null && step !== undefined) {
      const place = { wholesaler_id: step.bad_w, retailer_id: step.bad_r ?? '', seq: step.bad_seq };
      await prover.note([{ ...place, entry_id: step.bad_entry, check }]);
    }
    at = step?.last ?? null;
  }
}

type StepRow = {
  /** The key of the last row; null when there was none. */
  last: string[] | null;
  bad_w: string | null;
  bad_r: string | null;
  bad_seq: bigint | null;
  bad_entry: string | null;
};

function stepSql({ table, key, retailer, entryId, seq, broken }: RowInvariant, rows: number): string {
  const columns = key.map(({ column }) => `t.${column}`).join(', ');
  const after = key.map(({ type }, index) => `$${index + 1}::text::${type}`).join(', ');
  const [wholesaler] = key;
  return `
    with next as materialized (
      select t.* from ${table} t where (${columns}) > (${after}) order by ${columns} limit ${rows}
    ), judged as materialized (
      select n.${wholesaler?.column} as w, ${retailer} as r, ${seq}::bigint as seq, ${entryId}::uuid as entry from next n
      where ${broken}
    )
    select last.key as last, bad.w as bad_w, bad.r as bad_r, bad.seq as bad_seq, bad.entry::text as bad_entry
    from (select 1) as one
    left join lateral (
      select array[${key.map(({ column }) => `t.${column}::text`).join(', ')}] as key from next t
      order by ${key.map(({ column }) => `t.${column} desc`).join(', ')} limit 1) as last on true
    left join lateral (select * from judged order by w, r, seq, entry limit 1) as bad on true`;
}
