import { readFile } from 'node:fs/promises';
import Table from 'cli-table3';
import type { Config } from '../config.ts';
import { verifyLedger } from '../credit/index.ts';
import type { Database } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { ServiceError, SetupError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { formatMinor } from '../shared/money.ts';
import { type DevService, startDevService } from './dev-service.ts';
import { checkExpected, type Observed, readExpected } from './expected.ts';
import { observeDay } from './observe-day.ts';
import { replayFolder } from './replay.ts';
import { readTranscript } from './transcript.ts';

type DemoOptions = {
  config: Config;
  logger: Logger;
  /** A folder with shop.json, deliveries/ and expected.json. */
  folder: URL;
  print: (line: string) => void;
};

const QUIET_MS_MAX = 30_000;

/**
 * Plays a day of a shop through the signed webhook and prints the chats, each credit decision with its arithmetic and
 * the ledger at the end. Returns the running service and every difference from what the day must come to.
 */
export async function playDemoDay(options: DemoOptions): Promise<{ dev: DevService; problems: string[] }> {
  const { config, folder, print } = options;
  const shop = await readFile(new URL('shop.json', folder), 'utf8');
  const expected = readExpected(await readFile(new URL('expected.json', folder), 'utf8'));
  const dev = await startDevService({ config, logger: options.logger, database: 'throw-away', shop });
  try {
    const db = dev.service.db;
    const deliveryOf = new Map<string, string>();
    const shown = new Set<string>();
    const summary = await replayFolder({
      paths: [new URL('.', folder).pathname],
      webhookUrl: `${dev.service.url}/webhooks/whatsapp`,
      appSecret: mustExist(config.appSecrets[0], 'an app secret'),
      onPosted: async ({ number, messageIds }) => {
        for (const id of messageIds) if (!deliveryOf.has(id)) deliveryOf.set(id, number ?? '');
        await untilQuiet(dev);
        const fresh = messageIds.filter((id) => !shown.has(id));
        for (const id of fresh) shown.add(id);
        for (const line of await readTranscript(db, fresh)) print(line);
      },
    });
    const observed = await observeDay(db, dev.fakeGraph?.sent() ?? [], deliveryOf);
    const proof = await verifyLedger(db, {});
    print(await accountTable(db, observed, proof.ok));
    print(
      `${summary.posted} deliveries posted, ${summary.ok} answered 200, ${dev.fakeGraph?.sent().length ?? 0} replies sent.`,
    );
    print(
      proof.ok
        ? `Ledger proof: ${proof.entries} entries of ${proof.accounts} accounts recomputed, all right.`
        : `Ledger proof FAILED: ${JSON.stringify(proof.firstBad)}`,
    );
    const problems = [
      ...summary.failures.map((file) => `${file.path}: ${file.problem}`),
      ...(proof.ok ? [] : ['the ledger proof failed']),
      ...checkExpected(expected, observed),
    ];
    return { dev, problems };
  } catch (error) {
    await dev.stop();
    throw error;
  }
}

/** Waits until every message is worked on, every reply sent and every status of the fake Graph API applied. */
async function untilQuiet(dev: DevService): Promise<void> {
  const deadline = performance.now() + QUIET_MS_MAX;
  for (;;) {
    await dev.fakeGraph?.statusesPosted();
    const [row] = await dev.service.db.prisma.$queryRaw<{ busy: boolean }[]>`
      select exists (select 1 from inbox_event where state = 'waiting')
          or exists (select 1 from outbox_message where state in ('queued', 'sending', 'uncertain')) as busy`;
    if (row?.busy === false) return;
    if (performance.now() > deadline) throw notQuiet(dev);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function notQuiet(dev: DevService): Error {
  const seconds = QUIET_MS_MAX / 1000;
  if (dev.fakeGraph !== null) {
    return new ServiceError({ code: 'demo_not_quiet', message: `the service was still busy after ${seconds} s` });
  }
  return new SetupError(
    `Replies were not accepted within ${seconds} s by the Graph API that WHATSAPP_GRAPH_URL names.`,
    'Unset WHATSAPP_GRAPH_URL: the demo then starts a fake Graph API of its own.',
  );
}

async function accountTable(db: Database, observed: Observed, proven: boolean): Promise<string> {
  const retailers = await db.prisma.$queryRaw<{ id: string; name: string; currency: string; status: string }[]>`
    select r.id, r.name, a.currency, a.status from retailer r
      join credit_account a on a.wholesaler_id = r.wholesaler_id and a.retailer_id = r.id order by r.name`;
  const table = new Table({
    head: ['Account', 'Status', 'Limit', 'Owed', 'Held', 'Available', 'Entries', 'Proof'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { id, name, currency, status } of retailers) {
    const account = observed.accounts[id];
    if (account === undefined) continue;
    const money = (amount: bigint): string => formatMinor(amount, currency, 'en');
    table.push([
      name,
      status,
      money(account.limitMinor),
      money(account.owedMinor),
      money(account.heldMinor),
      money(account.availableMinor),
      account.entries.length,
      proven ? 'ok' : 'see below',
    ]);
  }
  return table.toString();
}
