// For developers: fills a database with a ledger of any length, by the functions that the service itself calls, so that
// the proof can be tried and timed on it. Into the database that DATABASE_URL names, else the embedded one on DATA_DIR.
import { readConfig } from '../src/config.ts';
import { acquireBatch, type Credit, createCredit, openAccounts, releaseBatch } from '../src/credit/index.ts';
import { withCommandDatabase } from '../src/db/command-database.ts';
import { createDatabase, type Database } from '../src/db/index.ts';
import { bootstrapRoles, migrate } from '../src/db/migrate.ts';
import { withConnection } from '../src/db/one-connection.ts';
import { SetupError } from '../src/shared/errors.ts';
import { newId } from '../src/shared/ids.ts';
import { readArguments } from '../src/shared/read-flags.ts';
import { runCommand } from '../src/shared/run-command.ts';

const USAGE = 'npx tsx scripts/seed-ledger.ts -- --entries N --accounts N';
const WHOLESALER_ID = 'seed';
const BATCH = 512;
/** Of every account: more than it can use up, and a debt from before. */
const LIMIT_MINOR = 1_000_000_000_000n;
const OWED_MINOR = 1_000n;
/** Of ten holds, so many are delivered, one stays open and the rest is released. */
const DELIVERED_OF_TEN = 2;
const CONNECTIONS = 2;

await runCommand(async () => {
  const given = readArguments(USAGE, { entries: { type: 'string' }, accounts: { type: 'string' } });
  const [entries, accounts] = [Number(given.entries), Number(given.accounts)];
  if (!Number.isSafeInteger(entries) || !Number.isSafeInteger(accounts) || accounts < 1 || entries < accounts) {
    throw new SetupError('The numbers of entries and accounts are missing or wrong.', `Usage: ${USAGE}`);
  }
  await withCommandDatabase(readConfig('command'), async (url) => {
    await bootstrapRoles(url);
    await migrate(url);
    const db = await createDatabase({ url, poolMax: CONNECTIONS, applicationName: 'orderlock seed-ledger' });
    const credit = createCredit({ databaseUrl: url, maxConnections: CONNECTIONS });
    try {
      await fill(url, db, credit, entries, accounts);
    } finally {
      await credit.close();
      await db.stop();
    }
  });
  return 0;
});

async function fill(url: string, db: Database, credit: Credit, entries: number, accounts: number): Promise<void> {
  const retailerIds = Array.from({ length: accounts }, (_, n) => `shop-${String(n + 1).padStart(7, '0')}`);
  await open(url, db, retailerIds);
  // Each connection fills accounts of its own, or its half of the only one.
  const writers = Array.from({ length: CONNECTIONS }, (_, n) => {
    const own = accounts === 1 ? retailerIds : retailerIds.filter((_, index) => index % CONNECTIONS === n);
    return write(db, credit, own, (entries - 2 * accounts) / CONNECTIONS);
  });
  await Promise.all(writers);
  await withConnection(url, 'orderlock seed-ledger', async (owner) => {
    await owner.rows('vacuum analyze');
    const [count] = await owner.rows<{ entries: string; accounts: string }>(
      'select count(*) as entries, count(distinct (wholesaler_id, retailer_id)) as accounts from ledger_entry',
    );
    process.stdout.write(`${count?.entries} entries of ${count?.accounts} accounts\n`);
  });
}

async function open(url: string, db: Database, retailerIds: string[]): Promise<void> {
  await withConnection(url, 'orderlock seed-ledger', async (owner) => {
    await owner.rows(
      `insert into wholesaler (id, name, currency, language, time_zone) values ($1, 'Seed Wholesale', 'INR', 'en', 'Asia/Kolkata')`,
      [WHOLESALER_ID],
    );
    await owner.rows('insert into retailer (wholesaler_id, id, name) select $1, id, id from unnest($2::text[]) as id', [
      WHOLESALER_ID,
      retailerIds,
    ]);
  });
  for (let from = 0; from < retailerIds.length; from += BATCH) {
    const terms = retailerIds.slice(from, from + BATCH).map((retailerId) => ({
      wholesalerId: WHOLESALER_ID,
      retailerId,
      limitMinor: LIMIT_MINOR,
      owedMinor: OWED_MINOR,
    }));
    await openAccounts(db.prisma, terms);
  }
}

/** Holds, most of which are released, some delivered and then paid for, and a few left open. */
async function write(db: Database, credit: Credit, retailerIds: string[], entries: number): Promise<void> {
  let written = 0;
  for (let turn = 0; written < entries; turn += 1) {
    const requests = Array.from({ length: Math.min(BATCH, Math.ceil((entries - written) / 1.9)) }, (_, n) => {
      const key = newId();
      const retailerId = retailerIds[(turn * BATCH + n) % retailerIds.length] ?? '';
      return { wholesalerId: WHOLESALER_ID, retailerId, key, orderId: key, amountMinor: 1_000n + BigInt(n) };
    });
    const { verdicts } = await acquireBatch(db.prisma, requests, { wait: 'promised' });
    const holds = verdicts.flatMap((verdict, n) => {
      const { retailerId = '', amountMinor = 0n } = requests[n] ?? {};
      return verdict.kind === 'approved' ? [{ ledgerEntryId: verdict.ledgerEntryId, retailerId, amountMinor }] : [];
    });
    const releases = holds.filter((_, n) => n % 10 > DELIVERED_OF_TEN);
    const released = await releaseBatch(
      db.prisma,
      releases.map(({ ledgerEntryId }) => ({ wholesalerId: WHOLESALER_ID, ledgerEntryId, reason: 'seeded' })),
    );
    written += holds.length + released.filter(({ kind }) => kind === 'released').length;
    const delivered = holds.filter((_, n) => n % 10 > 0 && n % 10 <= DELIVERED_OF_TEN);
    written += await deliver(credit, delivered);
  }
}

/** Delivers holds, and lets each account pay for all of its deliveries at once. Returns how many entries that made. */
async function deliver(
  credit: Credit,
  holds: { ledgerEntryId: string; retailerId: string; amountMinor: bigint }[],
): Promise<number> {
  let written = 0;
  const owed = new Map<string, bigint>();
  for (const { ledgerEntryId, retailerId, amountMinor } of holds) {
    const captured = await credit.captureHold({ wholesalerId: WHOLESALER_ID, ledgerEntryId, amountMinor });
    if (!captured.success) continue;
    written += 1;
    owed.set(retailerId, (owed.get(retailerId) ?? 0n) + amountMinor);
  }
  for (const [retailerId, amountMinor] of owed) {
    const paid = await credit.recordPayment({ wholesalerId: WHOLESALER_ID, retailerId, amountMinor, method: 'cash' });
    if (paid.success) written += 1;
  }
  return written;
}
