import { openAccount } from '../../src/credit/index.ts';
import type { AccountTerms } from '../../src/credit/types.ts';
import type { CreditBench } from './shop.ts';

/** Sets the time of the database, which is all that the credit core goes by; null lets it run again. */
export async function setClock(bench: Pick<CreditBench, 'ownerSql'>, at: string | Date | null): Promise<void> {
  const now = at === null ? 'clock_timestamp()' : `timestamptz '${new Date(at).toISOString()}'`;
  await bench.ownerSql(
    `create or replace function app_clock() returns timestamptz language sql volatile parallel safe as $$ select ${now} $$`,
  );
}

let made = 0;

/** A shop of a wholesaler of its own, who lives in another time zone or counts in another currency. */
export async function shopElsewhere(
  bench: Pick<CreditBench, 'ownerSql' | 'db'>,
  { zone = 'Asia/Kolkata', currency = 'INR', name = 'Elsewhere', shop = 'Corner Shop' },
  terms: Partial<AccountTerms> = {},
): Promise<{ wholesalerId: string; retailerId: string }> {
  made += 1;
  const wholesalerId = `elsewhere-${made}`;
  const retailerId = `shop-${made}`;
  await bench.ownerSql(
    `insert into wholesaler (id, name, currency, language, time_zone) values ($1, $2, $3, 'en', $4)`,
    [wholesalerId, name, currency, zone],
  );
  await bench.ownerSql('insert into retailer (wholesaler_id, id, name) values ($1, $2, $3)', [
    wholesalerId,
    retailerId,
    shop,
  ]);
  const opened = await openAccount(
    bench.db.prisma,
    { wholesalerId, retailerId, limitMinor: 100_000_000n, ...terms },
    { actor: 'import', source: 'import' },
  );
  if (opened.kind !== 'open') throw new Error(opened.message);
  return { wholesalerId, retailerId };
}

/** Books `count` payments of 1.00 at once, each a line of the statement. */
export async function bookMany(
  bench: Pick<CreditBench, 'ownerSql'>,
  { wholesalerId, retailerId }: { wholesalerId: string; retailerId: string },
  count: number,
): Promise<void> {
  // In steps: a row that is updated thousands of times within one transaction becomes slow.
  for (let first = 1; first <= count; first += 500) {
    await bench.ownerSql(
      `select count((credit_lower_debt('PAYMENT', $1, $2, 'many:' || n, gen_random_uuid(), 100, null, 'cash', 'R-' || n,
         null, null, null, 'asha', 'library', null)).code) from generate_series($3::integer, $4::integer) n`,
      [wholesalerId, retailerId, first, Math.min(first + 499, count)],
    );
  }
}
