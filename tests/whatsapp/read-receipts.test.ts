import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { createGraphClient, type GraphClient } from '../../src/whatsapp/graph-client.ts';
import { createReadReceipts, type ReadReceipts, type ReadReceiptsOptions } from '../../src/whatsapp/read-receipts.ts';
import { waitFor } from '../support/wait-for.ts';

const TOKEN = 'EAAtoken1234567890';
const ADDRESS = { phoneNumberId: '106540352242922', tokenRef: 'WHATSAPP_ACCESS_TOKEN' };

let graph: FakeGraph;
let client: GraphClient;
let receipts: ReadReceipts;
beforeAll(async () => {
  graph = await startFakeGraph({ appSecret: 'secret', token: TOKEN });
  client = createGraphClient({
    baseUrl: graph.url,
    version: 'v26.0',
    tokens: (ref) => (ref === ADDRESS.tokenRef ? TOKEN : undefined),
  });
});
afterAll(async () => {
  await client.stop(0);
  await graph.stop();
});
let before = 0;
beforeEach(() => {
  before = graph.reads().length;
});
afterEach(() => receipts.stop());

function start(options: Partial<ReadReceiptsOptions> = {}): ReadReceipts {
  receipts = createReadReceipts({
    markRead: client.markRead,
    lineOf: async () => ADDRESS,
    logger: pino({ level: 'silent' }),
    ...options,
  });
  return receipts;
}

const message = (id: unknown, lineId = 'line') => ({ wholesalerId: 'demo', lineId, payload: { id } });
const many = (count: number) => Array.from({ length: count }, (_, n) => message(`wamid.${n}`));
const reads = () => graph.reads().slice(before);
/** A promise that the test settles when it wants. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

test('a message in work is marked as read, and we are seen typing', async () => {
  start().show([message('wamid.A==')]);
  await waitFor('the receipt', () => reads().length === 1);
  expect(reads()).toEqual([{ phoneNumberId: ADDRESS.phoneNumberId, wamid: 'wamid.A==', typing: true }]);
});

test('what had to wait until the answer is out shows no typing behind it', async () => {
  const { opened, open } = gate();
  const lineOf = () => opened.then(() => ADDRESS);
  start({ lineOf, typingWithinMs: 0 }).show([message('wamid.late')]);
  open();
  await waitFor('the receipt', () => reads().length === 1);
  expect(reads()[0]).toMatchObject({ typing: false });
});

test('what does not fit into the queue is dropped, and the rest goes out a few at a time', async () => {
  const { opened, open } = gate();
  let asked = 0;
  const lineOf = () => {
    asked += 1;
    return opened.then(() => ADDRESS);
  };
  start({ lineOf, queueMax: 10, atOnce: 2 }).show(many(50));
  expect([asked, receipts.counters().dropped]).toEqual([2, 40]);
  open();
  await waitFor('the receipts', () => receipts.counters().marked === 10);
  expect(reads().map(({ wamid }) => wamid)).toHaveLength(10);
});

test('a line whose receipts fail is left alone for a while, and others are not', async () => {
  const lineOf: ReadReceiptsOptions['lineOf'] = async ({ lineId }) => ({
    ...ADDRESS,
    tokenRef: lineId === 'broken' ? 'OTHER' : ADDRESS.tokenRef,
  });
  start({ lineOf });
  receipts.show([message('wamid.1', 'broken')]);
  await waitFor('the failure', () => receipts.counters().failed === 1);
  receipts.show([message('wamid.2', 'broken'), message('wamid.3', 'whole')]);
  await waitFor('the receipt', () => receipts.counters().marked === 1);
  expect(receipts.counters()).toEqual({ marked: 1, failed: 1, dropped: 0 });
});

test('a line that rests gets none, and trouble with the database is nobody else’s', async () => {
  start({ lineOf: async () => undefined }).show([message('wamid.1')]);
  await waitFor('the drop', () => receipts.counters().dropped === 1);
  await receipts.stop();
  start({
    lineOf: async () => {
      throw new Error('no database');
    },
  });
  expect(() => receipts.show([message('wamid.2')])).not.toThrow();
  await waitFor('the failure', () => receipts.counters().failed === 1);
  expect(reads()).toEqual([]);
});

test('a message without a usable id is passed over', () => {
  start().show([...[undefined, 7, '', 'a b', null].map((id) => message(id)), { ...message('x'), payload: 'text' }]);
  expect(receipts.counters()).toEqual({ marked: 0, failed: 0, dropped: 0 });
});

test('nothing is shown after the end, and the end waits for what is under way only', async () => {
  const { opened, open } = gate();
  start({ lineOf: () => opened.then(() => ADDRESS), atOnce: 1 }).show(many(5));
  const stopping = receipts.stop();
  open();
  await stopping;
  receipts.show([message('wamid.after')]);
  expect(receipts.counters()).toEqual({ marked: 1, failed: 0, dropped: 0 });
  expect(reads()).toHaveLength(1);
});
