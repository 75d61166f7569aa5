import type { Tx } from '../db/index.ts';
import { likeAnywhere } from '../shared/like-pattern.ts';

/** A shop that somebody looked for. */
export type FoundRetailer = {
  id: string;
  name: string;
  hasAccount: boolean;
  /** The end of the phone that was looked for. */
  phoneEnd: string | null;
};

/** Fewer digits would find half of all shops. */
const DIGITS_MIN = 4;

/** What a phone is like that ends in these digits; null where they are no end of one. */
export function phoneEnding(words: string): string | null {
  const digits = words.replaceAll(/[\s+()-]/g, '');
  return new RegExp(`^\\d{${DIGITS_MIN},15}$`).test(digits) ? `%${digits}` : null;
}

/** Shops by a part of their name or id, or by the last digits of a phone that orders on their account. */
export async function findRetailers(
  tx: Tx,
  { wholesalerId, words, limit }: { wholesalerId: string; words: string; limit: number },
): Promise<FoundRetailer[]> {
  const like = likeAnywhere(words);
  const ending = phoneEnding(words);
  return tx.$queryRaw<FoundRetailer[]>`
    select r.id, r.name, p.phone_end as "phoneEnd",
           exists (select from credit_account a
                    where a.wholesaler_id = r.wholesaler_id and a.retailer_id = r.id) as "hasAccount"
      from retailer r
      left join lateral (
        select right(i.value, 4) as phone_end from identity i
         where i.wholesaler_id = r.wholesaler_id and i.retailer_id = r.id and i.kind = 'phone' and i.valid_to is null
           and i.value like ${ending}::text
         limit 1) p on ${ending}::text is not null
     where r.wholesaler_id = ${wholesalerId}
       and (r.name ilike ${like} or r.id ilike ${like} or p.phone_end is not null)
     order by r.name, r.id limit ${limit}`;
}

/** Shops without a credit account, in the order of their names, after a shop. */
export async function retailersWithoutAccount(
  tx: Tx,
  query: {
    wholesalerId: string;
    /** A part of the name or id. */
    search: string;
    after?: { name: string; retailerId: string } | undefined;
    limit: number;
  },
): Promise<{ id: string; name: string }[]> {
  const { wholesalerId, search, after, limit } = query;
  const like = likeAnywhere(search);
  return tx.$queryRaw<{ id: string; name: string }[]>`
    select r.id, r.name from retailer r
     where r.wholesaler_id = ${wholesalerId} and (r.name ilike ${like} or r.id ilike ${like})
       and not exists (select from credit_account a where a.wholesaler_id = r.wholesaler_id and a.retailer_id = r.id)
       and (${after?.name ?? null}::text is null
            or (r.name, r.id) > (${after?.name ?? null}::text, ${after?.retailerId ?? null}::text))
     order by r.name, r.id limit ${limit}`;
}

/** The names of shops, by their ids; those that are not there are missing. */
export async function retailerNames(
  tx: Tx,
  wholesalerId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    select id, name from retailer where wholesaler_id = ${wholesalerId} and id = any (${[...new Set(ids)]}::text[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
