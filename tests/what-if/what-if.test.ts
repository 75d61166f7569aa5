import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { changedTexts } from '../../src/conversation/index.ts';
import { replayFolder } from '../../src/simulator/replay.ts';
import { createTeller, type Finding, readRange, whatIf } from '../../src/what-if/index.ts';
import { readMessage } from '../../src/whatsapp/message.ts';
import { runScript } from '../support/run-script.ts';
import { APP_SECRET, type ShopFile, startTestService, type TestService } from '../support/service.ts';

// A whole day, and commands with processes of their own, which take seconds each on a busy machine.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const day = new URL('../../fixtures/demo-day/', import.meta.url);

let service: TestService;
let shop: ShopFile & { products: { sku: string; priceMinor: number }[] };
beforeAll(async () => {
  shop = JSON.parse(await readFile(new URL('shop.json', day), 'utf8'));
  service = await startTestService(shop);
  await replayFolder({
    paths: [day.pathname],
    webhookUrl: `${service.service.url}/webhooks/whatsapp`,
    appSecret: APP_SECRET,
    onPosted: () => service.quiet(),
  });
});
afterAll(() => service.stop());

type Asked = Partial<Parameters<typeof whatIf>[0]>;

async function asked(more: Asked = {}) {
  const findings: Finding[] = [];
  const summary = await whatIf({
    db: service.database.db,
    databaseUrl: service.database.url,
    wanted: { range: readRange(undefined, undefined) },
    readMessage,
    onFinding: (finding) => findings.push(finding),
    ...more,
  });
  const tell = createTeller(false);
  return { summary, findings, text: findings.flatMap(tell).join('\n') };
}

const texts = (changes: unknown) => {
  const changed = changedTexts(changes);
  if (!changed.ok) throw new Error(changed.problem);
  return changed.textsFor;
};

/** Everything that a run could have left behind. */
const traces = () =>
  service.database.ownerSql(`
    select (select count(*) from wholesaler) as wholesalers, (select count(*) from ledger_entry) as entries,
           (select count(*) from credit_decision) as decisions, (select count(*) from orders) as orders,
           (select count(*) from inbox_event) as events, (select count(*) from outbox_message) as replies,
           (select sum(held_minor) from credit_account) as held, (select sum(version) from conversation) as versions`);

describe('the demo day, decided again by the code that decided it', () => {
  test('has no differences', async () => {
    const { summary, text } = await asked();
    expect(text).toBe('');
    expect(summary).toMatchObject({ different: 0, skipped: 0, same: summary.events });
    expect(summary.events).toBeGreaterThan(50);
  });

  test('has none either after goods and prices have changed since', async () => {
    const products = shop.products.map((product) => ({ ...product, priceMinor: product.priceMinor + 100 }));
    const changed = readShopFile(
      JSON.stringify({ ...shop, products: [...products.slice(1), { ...products[0], active: false }] }),
    );
    if (!changed.ok) throw new Error(JSON.stringify(changed.problems));
    await importShop(service.database.db, changed.shop, { dryRun: false });
    const { summary, text } = await asked();
    expect(text).toBe('');
    expect(summary.different).toBe(0);
  });
});

test('a changed text is shown word by word, in the chats where it would be said, and nothing else', async () => {
  const { findings, text } = await asked({
    texts: texts({ en: { placing: { placed: 'Order *{number}* is booked. {amount} on credit, {left} left.' } } }),
    wanted: {
      range: readRange(undefined, undefined),
      conversation: { line: '106540352242922', person: '919800000001' },
    },
  });
  expect(findings.flatMap(({ differences }) => differences.map(({ what }) => what))).toEqual(['reply']);
  expect(text.replace(/\d+ \w+, \d\d:\d\d/, 'THEN')).toBe(
    [
      'Asha Stores, +919800000001, with Demo Wholesale (+91 22 5555 0100)',
      '  THEN  yes',
      '    reply   Order *1001* [-placed-]{+is booked+}. 11,406.00 on credit, 68,594.00 left.',
    ].join('\n'),
  );
});

test('a text that is not ours is refused by its path', () => {
  expect(changedTexts({ en: { placing: { plaecd: 'x' } } })).toEqual({
    ok: false,
    problem: 'en.placing.plaecd is no text of ours',
  });
  expect(changedTexts({ xx: {} })).toMatchObject({ ok: false });
});

describe('where today’s code asks credit for something else', () => {
  /** As if the order that this shop placed last had been decided with another amount, by code of then. */
  async function otherwise(phone: string): Promise<void> {
    const rows = await service.database.ownerSql(
      `update inbox_event e set results = jsonb_set(results, '{effect,amountMinor}', '"1"') from conversation c
        where c.person_key = e.person_key and c.phone = $1 and results -> 'effect' ->> 'kind' = 'place_order'
        returning e.id`,
      [phone],
    );
    expect(rows.length).toBeGreaterThan(0);
  }

  test('the verdict comes from the account as it was: placed, with the same figures and number', async () => {
    await otherwise('919800000001');
    const { findings, text } = await asked();
    expect(text).toMatch(/order {3}.*total \[-0\.01-\]\{\+11,\d{3}\.00\+\}: placed as \d+$/m);
    expect(findings.flatMap(({ differences }) => differences.map(({ what }) => what))).toEqual(['order']);
  });

  test('a refusal has the figures of then, and nothing is locked, written or left', async () => {
    const [refused] = await service.database.ownerSql<{ phone: string }>(
      `select c.phone from inbox_event e join conversation c using (wholesaler_id, line_id, person_key)
        where results -> 'answer' ->> 'code' = 'INSUFFICIENT_CREDIT' limit 1`,
    );
    await otherwise(refused?.phone ?? '');
    const before = await traces();
    const lock = await service.database.connect({ poolMax: 1 });
    const found = await lock.prisma.$transaction(
      async (tx) => {
        await tx.$queryRaw`select 1 as held from conversation for no key update`;
        const accounts = await tx.$queryRaw<unknown[]>`
          select credit_lock_free_accounts(array_agg(wholesaler_id), array_agg(retailer_id))::text from credit_account`;
        expect(accounts.length).toBeGreaterThan(10);
        return asked();
      },
      { timeout: 60_000 },
    );
    expect(found.text).toMatch(/refused, INSUFFICIENT_CREDIT/);
    const kinds = found.findings.flatMap(({ differences }) => differences.map(({ what }) => what));
    expect(new Set(kinds)).toEqual(new Set(['order']));
    expect(found.findings.every(({ failure }) => failure === null)).toBe(true);
    expect(await traces()).toEqual(before);
  });
});

test('events whose texts were erased are counted, not guessed', async () => {
  const rows = await service.database.ownerSql(
    `update inbox_event set facts = null, prior_state = null, results = null
      where sender ->> 'phone' = '919800000001' and kind = 'message' returning id`,
  );
  expect((await asked()).summary.skipped).toBe(rows.length);
});

describe('npm run replay -- --what-if', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'orderlock-what-if-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = (...args: string[]) =>
    runScript('replay', ['--what-if', ...args], { DATABASE_URL: service.database.url });
  const lastLine = (text: string) => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');

  test('exits 0 without differences and 1 with, a line of JSON for each', async () => {
    const pooja = ['--conversation', '106540352242922/919800000011', '--json'];
    const same = await run('today', ...pooja);
    expect(same.code, same.stderr).toBe(0);
    expect(lastLine(same.stdout)).toMatchObject({ different: 0, durationMs: expect.any(Number) });
    const file = path.join(folder, 'texts.json');
    await writeFile(file, JSON.stringify({ en: { account: { balance: 'You have {available}.' } }, 'hi-Latn': {} }));
    const otherwise = await run('today', ...pooja, '--texts', file);
    expect(otherwise.code).toBe(1);
    expect(JSON.parse(otherwise.stdout.split('\n')[0] ?? '')).toMatchObject({
      differences: [
        { what: 'reply', before: expect.stringMatching(/^Limit/), after: expect.stringMatching(/^You have/) },
      ],
    });
  });
});
