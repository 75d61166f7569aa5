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
