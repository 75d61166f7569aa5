import type { Tx } from '../db/index.ts';

type Choice = { phone: string | undefined; bsuid: string | undefined; stopped: boolean; at: Date };

/** Keeps who stopped or resumed marketing messages; an older choice that comes late changes nothing. */
export async function noteMarketingChoices(tx: Tx, wholesalerId: string, choices: Choice[]): Promise<void> {
  const newest = new Map<string, object & { chosen_at: string }>();
  for (const { phone, bsuid, stopped, at } of choices) {
    for (const [kind, value] of [['bsuid', bsuid] as const, ['phone', phone] as const]) {
      if (value === undefined) continue;
      const row = { wholesaler_id: wholesalerId, kind, value, stopped, chosen_at: at.toISOString() };
      const key = `${kind}:${value}`;
      const before = newest.get(key);
      if (before === undefined || before.chosen_at < row.chosen_at) newest.set(key, row);
    }
  }
  // Sorted, so that two processes that note the same people wait for each other and never in a circle.
  const rows = [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into marketing_choice as c (wholesaler_id, kind, value, stopped, chosen_at)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r (wholesaler_id text, kind text, value text, stopped boolean, chosen_at timestamptz)
    on conflict (wholesaler_id, kind, value) do update set stopped = excluded.stopped, chosen_at = excluded.chosen_at
     where c.chosen_at <= excluded.chosen_at`;
}

/** Whether a person stopped marketing messages, by any identity that is known of them. Ask before each marketing template. */
export async function hasStoppedMarketing(
  tx: Tx,
  wholesalerId: string,
  person: { phone?: string | undefined; bsuid?: string | undefined },
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ stopped: boolean }[]>`
    select stopped from marketing_choice
     where wholesaler_id = ${wholesalerId}
       and ((kind = 'bsuid' and value = ${person.bsuid ?? ''}) or (kind = 'phone' and value = ${person.phone ?? ''}))
     order by chosen_at desc, stopped desc limit 1`;
  return row?.stopped === true;
}
