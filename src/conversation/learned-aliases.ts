import type { Tx } from '../db/index.ts';
import type { LearnedAlias } from '../parser/index.ts';
import type { Lesson } from './types.ts';

/** A shop is remembered by so many of its names; those that no order has confirmed for the longest time go. */
const ALIASES_MAX = 200;

/** What an order of a shop taught. */
export type TaughtLesson = Lesson & { retailerId: string; eventId: string };

/** What each of these shops calls its products, where its choices agree; one row per shop, however many it has. */
export async function readLearned(
  tx: Tx,
  wholesalerId: string,
  retailerIds: string[],
): Promise<Map<string, LearnedAlias[]>> {
  if (retailerIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ retailerId: string; aliases: LearnedAlias[] }[]>`
    select retailer_id as "retailerId",
           jsonb_agg(jsonb_build_object('words', words, 'sku', sku) order by words collate "C") as aliases
      from learned_alias
     where wholesaler_id = ${wholesalerId} and retailer_id = any (${retailerIds}) and not asks
     group by retailer_id`;
  return new Map(rows.map(({ retailerId, aliases }) => [retailerId, aliases]));
}

/**
 * Keeps what the orders of a set taught, in statements for all of them. The shops' credit accounts must be locked, as they
 * are where an order was just placed.
 *
 * A first choice counts at once. A choice that contradicts an earlier one takes its place, but is asked about until it was
 * confirmed twice in a row: one of the two may have been a slip, and a question costs less than the wrong sack.
 */
export async function keepLessons(tx: Tx, wholesalerId: string, lessons: readonly TaughtLesson[]): Promise<void> {
  const { confirmed, doubted } = sorted(lessons);
  if (doubted.length > 0) {
    await tx.$executeRaw`
      update learned_alias a set times_confirmed = 0, asks = true
        from jsonb_to_recordset(${JSON.stringify(doubted)}::jsonb) as r (retailer_id text, words text)
       where a.wholesaler_id = ${wholesalerId} and a.retailer_id = r.retailer_id and a.words = r.words`;
  }
  if (confirmed.length === 0) return;
  await tx.$executeRaw`
    insert into learned_alias as a (wholesaler_id, retailer_id, words, sku, times_confirmed, first_confirmed_at,
                                    last_confirmed_at, event_id)
    select ${wholesalerId}, retailer_id, words, sku, times, app_clock(), app_clock(), event_id
      from jsonb_to_recordset(${JSON.stringify(confirmed)}::jsonb)
             as r (retailer_id text, words text, sku text, times integer, event_id uuid)
    on conflict (wholesaler_id, retailer_id, words) do update
       set sku = excluded.sku,
           times_confirmed = excluded.times_confirmed + case when a.sku = excluded.sku then a.times_confirmed else 0 end,
           asks = (a.asks or a.sku <> excluded.sku)
                  and excluded.times_confirmed + case when a.sku = excluded.sku then a.times_confirmed else 0 end < 2,
           first_confirmed_at = case when a.sku = excluded.sku then a.first_confirmed_at
                                     else excluded.first_confirmed_at end,
           last_confirmed_at = excluded.last_confirmed_at,
           event_id = excluded.event_id`;
  await forgetOldest(tx, wholesalerId, [...new Set(confirmed.map((row) => row.retailer_id))]);
}

async function forgetOldest(tx: Tx, wholesalerId: string, retailerIds: string[]): Promise<void> {
  await tx.$executeRaw`
    delete from learned_alias a
     using (select retailer_id, words,
                   row_number() over (partition by retailer_id order by last_confirmed_at desc, words) as place
              from learned_alias
             where wholesaler_id = ${wholesalerId} and retailer_id = any (${retailerIds})) old
     where a.wholesaler_id = ${wholesalerId} and a.retailer_id = old.retailer_id and a.words = old.words
       and old.place > ${ALIASES_MAX}`;
}

type ConfirmedRow = { retailer_id: string; words: string; sku: string; times: number; event_id: string };
type DoubtedRow = { retailer_id: string; words: string };

/**
 * The lessons of a set by shop and words. Two phones of one shop may order in the same set: what they agree on was
 * confirmed twice, what they do not agree on is doubted.
 */
function sorted(lessons: readonly TaughtLesson[]): { confirmed: ConfirmedRow[]; doubted: DoubtedRow[] } {
  const byKey = new Map<string, TaughtLesson[]>();
  for (const lesson of lessons) {
    const key = JSON.stringify([lesson.retailerId, lesson.words]);
    byKey.set(key, [...(byKey.get(key) ?? []), lesson]);
  }
  const confirmed: ConfirmedRow[] = [];
  const doubted: DoubtedRow[] = [];
  for (const [, same] of [...byKey].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const last = same.at(-1);
    if (last === undefined) continue;
    const { retailerId, words, sku, eventId } = last;
    const isAgreed = same.every((lesson) => lesson.kind === 'confirmed' && lesson.sku === sku);
    if (isAgreed) confirmed.push({ retailer_id: retailerId, words, sku, times: same.length, event_id: eventId });
    else doubted.push({ retailer_id: retailerId, words });
  }
  return { confirmed, doubted };
}
