import { expect, test } from 'vitest';
import { inTransaction, type Tx } from '../../src/db/index.ts';
import { Prisma } from '../../src/generated/prisma/client.ts';
import { LOOK_AGAIN_MS } from '../../src/outbox/aside.ts';
import { claimStatement } from '../../src/outbox/claim-statement.ts';
import { parkReply, sendAgain } from '../../src/outbox/index.ts';
import { claimHeads, type DueLine, openPace } from '../../src/outbox/outbox-store.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { scriptedSender, until, useShop } from './support.ts';

const { shop, database } = useShop();

const WAITING = 20_000;
const MAX = 48;
const pacing = {
  perLineRatePerSecond: 1_000_000,
  lineBurstMs: 1_000,
  pairBurst: 1_000_000,
  pairIntervalMs: 1,
  uncertainBlocksMs: 60_000,
  mergeAfterMs: 1e12,
};
const options = { max: MAX, leaseMs: 45_000, pacing };

/** `count` replies of so many people, due in the order of their numbers, the first of everybody before the second. */
async function fill(count: number, people: number): Promise<DueLine> {
  const { wholesalerId, lineId, sql } = shop();
  await sql(
    `insert into conversation (wholesaler_id, line_id, person_key, last_inbound_at)
     select $1, $2, 'p:9' || n, app_clock() from generate_series(0, $3::int - 1) n`,
    [wholesalerId, lineId, people],
  );
  await sql(
    `insert into outbox_message (wholesaler_id, id, line_id, person_key, seq, reply, to_phone, not_before)
     select $1, gen_random_uuid(), $2, 'p:9' || n % $4::int, n / $4::int + 1, '{"kind": "text", "body": "waits"}', '91',
            app_clock() - interval '1 hour' + n * interval '1 millisecond'
       from generate_series(0, $3::int - 1) n`,
    [wholesalerId, lineId, count, people],
  );
  const line = { wholesalerId, lineId, phoneNumberId: `pn-${lineId}`, tokenRef: 'WHATSAPP_ACCESS_TOKEN' };
  await openPace(database().db, line);
  return line;
}

type Plan = { 'Shared Hit Blocks': number; 'Shared Read Blocks': number };

/** How many pages one more claim would look at. */
async function pagesOfAClaim(line: DueLine): Promise<number> {
  let pages = 0;
  const explained = inTransaction(database().db, async (tx) => {
    const $queryRaw = ((strings: TemplateStringsArray, ...values: unknown[]) =>
      tx.$queryRaw(
        Prisma.sql`explain (analyze, buffers, format json) ${Prisma.sql(strings, ...values)}`,
      )) as Tx['$queryRaw'];
    const [row] = await claimStatement<{ 'QUERY PLAN': { Plan: Plan }[] }>({ $queryRaw }, line, options);
    const plan = mustExist(row?.['QUERY PLAN'][0], 'a plan').Plan;
    pages = plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
    throw new Error('looked at');
  });
  await expect(explained).rejects.toThrow('looked at');
  return pages;
}

/** Without statistics, as after a burst, and with those that autovacuum gathers later. */
test.each([
  ['as a burst left it', false],
  ['once the planner knows of it', true],
])(
  'a claim on a line with 20,000 waiting replies looks at few of them, %s',
  { timeout: 120_000 },
  async (_, analysed) => {
    const line = await fill(WAITING, 100);
    if (analysed) await database().ownerSql('analyze outbox_message');
    const first = await pagesOfAClaim(line);
    // All that can go now, so that whatever is due is behind something.
    for (let taken = 0; taken < 100; ) taken += (await claimHeads(database().db, line, options)).claimed.length;
    const blocked = await pagesOfAClaim(line);
    if (process.env.CHECKS_TIMES !== undefined) process.stdout.write(`pages of a claim: ${first}, ${blocked}\n`);
    expect(Math.max(first, blocked)).toBeLessThan(WAITING);
  },
);

test('whoever is due last is found although thousands before them are not next', { timeout: 120_000 }, async () => {
  const line = await fill(5_000, 2);
  await shop().queue(['p:last'], ['hello']);
  let claims = 0;
  for (let found = false; !found; claims += 1) {
    const { claimed } = await claimHeads(database().db, line, options);
    found = claimed.some(({ personKey }) => personKey === 'p:last');
    expect(claims).toBeLessThan(5_000 / MAX);
  }
});

test('what waits behind an uncertain reply leaves as soon as a status settles it', async () => {
  const sender = scriptedSender();
  sender.script('one', { kind: 'unknown', detail: 'no answer' });
  await shop().queue(['p:1'], ['one']);
  await shop().queue(['p:1'], ['two']);
  await shop().queue(['p:1'], ['three']);
  const worker = shop().worker(sender);
  await until(async () => (await shop().states())[0] === 'uncertain', 'the first is uncertain');
  await worker.idle();
  expect(sender.bodies()).toEqual(['one']);
  const [one] = await shop().rows();
  await shop().report([{ wamid: 'wamid.1', status: 'sent', outboxId: one?.id ?? '' }]);
  await until(() => worker.counters().accepted === 2, 'the others left');
  expect(sender.bodies()).toEqual(['one', 'two', 'three']);
});

test('what waits behind a reply that staff park goes on, and the parked one can go later', async () => {
  const sender = scriptedSender();
  sender.script('one', { kind: 'not_sent', detail: 'nobody listens' });
  await shop().queue(['p:1'], ['one', 'two', 'three']);
  const worker = shop().worker(sender, { retry: { transientBaseMs: 3_600_000, unsentMaxMs: 3_600_000 } });
  await until(() => worker.counters().requeued === 1, 'the first waits for another try');
  await worker.idle();
  const { wholesalerId } = shop();
  const [, two] = await shop().rows();
  const decision = { wholesalerId, id: mustExist(two, 'the second').id, by: 'staff:1' };
  await inTransaction(database().db, (tx) => parkReply(tx, { ...decision, reason: 'wrong' }));
  const [one] = await shop().rows();
  await inTransaction(database().db, (tx) => parkReply(tx, { ...decision, id: one?.id ?? '', reason: 'wrong' }));
  await until(() => worker.counters().accepted === 1, 'the third left');
  await inTransaction(database().db, (tx) => sendAgain(tx, decision));
  await until(() => worker.counters().accepted === 2, 'the second left');
  expect(sender.bodies()).toEqual(['one', 'three', 'two']);
});

test('nothing waits for good for a word that never comes', async () => {
  const sender = scriptedSender();
  await shop().queue(['p:1'], ['one']);
  await shop().sql(
    `update outbox_message set aside_until = app_clock() + $2 * interval '1 millisecond' where wholesaler_id = $1`,
    [shop().wholesalerId, LOOK_AGAIN_MS],
  );
  const worker = shop().worker(sender);
  await worker.idle();
  expect(sender.sent).toEqual([]);
  await shop().pass(LOOK_AGAIN_MS);
  await until(() => worker.counters().accepted === 1, 'it left');
});
