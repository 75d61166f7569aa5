import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../src/db/index.ts';
import { createOutgoingFiles, queueReplies, storeOutgoingFile } from '../../src/outbox/index.ts';
import type { Reply } from '../../src/outbox/types.ts';
import { newId } from '../../src/shared/ids.ts';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import type { Fault } from '../../src/simulator/faults.ts';
import type { Line } from '../../src/simulator/payloads.ts';
import { createGraphClient, type GraphClient } from '../../src/whatsapp/graph-client.ts';
import { type Shop, until, useShop } from './support.ts';

const TOKEN = 'EAAtoken1234567890';
const PDF = Buffer.from('%PDF-1.7 the statement of Asha Stores');
const { shop, database } = useShop();
const logger = pino({ level: 'silent' });

/** Lines that the fake knows; every test adds its own. */
const lines: Line[] = [];
let graph: FakeGraph;
let client: GraphClient;
beforeAll(async () => {
  graph = await startFakeGraph({ appSecret: 'secret', token: TOKEN, statusMode: 'none', lines });
});
beforeEach(() => {
  const files = createOutgoingFiles({ db: database().db, logger });
  client = createGraphClient({
    baseUrl: graph.url,
    version: 'v26.0',
    tokens: () => TOKEN,
    totalTimeoutMs: 2_000,
    files,
  });
  lines.push({ phoneNumberId: numberOf(shop()), displayPhoneNumber: '912255550100', wabaId: '1' });
});
afterEach(async () => {
  await shop().stopWorkers();
  await client.stop(0);
  graph.faults.clear();
  graph.uploadFaults.clear();
  graph.forget();
});
afterAll(() => graph.stop());

const numberOf = (at: Shop): string => `pn-${at.lineId}`;
const uploads = () => graph.uploads().filter(({ phoneNumberId }) => phoneNumberId === numberOf(shop()));
const documents = () => graph.sent().flatMap(({ message }) => (message.type === 'document' ? [message.document] : []));

async function store(bytes: Buffer = PDF): Promise<string> {
  const stored = await inTransaction(database().db, (tx) =>
    storeOutgoingFile(tx, {
      wholesalerId: shop().wholesalerId,
      filename: 'Statement May.pdf',
      mimeType: 'application/pdf',
      bytes,
    }),
  );
  if (stored.kind !== 'stored') throw new Error(`${stored.bytes} bytes are too many`);
  return stored.fileId;
}

/** Queues the file as a document for each person. */
async function queueFor(people: string[], fileId: string): Promise<void> {
  const { wholesalerId, lineId } = shop();
  await database().ownerSql(
    `insert into conversation (wholesaler_id, line_id, person_key, last_inbound_at)
     select $1, $2, unnest($3::text[]), app_clock()`,
    [wholesalerId, lineId, people],
  );
  const replies: Reply[] = [
    { kind: 'document', file: { fileId }, filename: 'Statement May.pdf', caption: 'Your statement' },
  ];
  await inTransaction(database().db, (tx) =>
    queueReplies(
      tx,
      people.map((personKey) => {
        const recipient = { phone: `91980000${personKey.slice(2)}` };
        return { wholesalerId, lineId, personKey, causeEventId: undefined, replies, firstSeq: 1, recipient };
      }),
    ),
  );
}

const send = () => shop().worker(client, { retry: { transientBaseMs: 5, unsentMaxMs: 20, jitter: 0 } });
const settled = () =>
  until(
    async () => (await shop().states()).every((state) => state === 'accepted' || state === 'failed'),
    'all settled',
  );

test('a document is uploaded, and sent by the id that Meta gave it', async () => {
  await queueFor(['p:0001'], await store());
  send();
  await settled();
  expect(uploads()).toMatchObject([{ filename: 'Statement May.pdf', mimeType: 'application/pdf' }]);
  expect(uploads()[0]?.bytes.equals(PDF)).toBe(true);
  expect(documents()).toEqual([
    { id: uploads()[0]?.mediaId, filename: 'Statement May.pdf', caption: 'Your statement' },
  ]);
});

test('a file for several people is uploaded once per number', async () => {
  const fileId = await store();
  await queueFor(['p:0001'], fileId);
  send();
  await settled();
  await queueFor(['p:0002', 'p:0003'], fileId);
  await settled();
  expect(documents()).toHaveLength(3);
  expect(uploads()).toHaveLength(1);
});

test('the attempt is in the database before the upload leaves', async () => {
  graph.uploadFaults.next({ kind: 'hang' });
  await queueFor(['p:0001'], await store());
  const before = graph.uploadCalls();
  send();
  await until(() => graph.uploadCalls() > before, 'the upload has left');
  expect(await shop().rows()).toMatchObject([{ state: 'sending', attempts: 1 }]);
});

describe('an upload that goes wrong is tried again, and the message goes out once', () => {
  const faults: Fault[] = [
    { kind: 'reset' },
    { kind: 'accept_then_cut' },
    { kind: 'accept_then_truncate' },
    { kind: 'accept_then_garble' },
    { kind: 'accept_then_hang' },
    { kind: 'hang' },
    { kind: 'http', status: 502 },
    { kind: 'error', code: 131000 },
  ];
  test.each(faults)('$kind', async (fault) => {
    graph.uploadFaults.next(fault);
    await queueFor(['p:0001'], await store());
    send();
    await settled();
    expect(await shop().states()).toEqual(['accepted']);
    expect(documents()).toHaveLength(1);
  });
});

test('a token that may not upload stops the line, as one that may not send', async () => {
  graph.uploadFaults.next({ kind: 'error', code: 190 });
  await queueFor(['p:0001'], await store());
  await send().idle();
  expect(await shop().rows()).toMatchObject([{ state: 'queued' }]);
  expect(await shop().sql(`select reason from line_pause where line_id = $1`, [shop().lineId])).toEqual([
    { reason: 'line_stopped' },
  ]);
});

test('a file that Meta does not take fails at once, with its words', async () => {
  graph.uploadFaults.next({ kind: 'error', code: 100 });
  await queueFor(['p:0001'], await store());
  send();
  await settled();
  expect(await shop().rows()).toMatchObject([{ state: 'failed', attempts: 1, error_code: 100 }]);
  expect((await shop().rows())[0]?.error_detail).toMatch(/^upload: .*Invalid parameter/);
});

describe('what Meta has forgotten is uploaded again', () => {
  test('after its 30 days', async () => {
    const fileId = await store();
    await queueFor(['p:0001'], fileId);
    send();
    await settled();
    graph.expireUploads();
    await queueFor(['p:0002'], fileId);
    await settled();
    expect(await shop().states()).toEqual(['accepted', 'accepted']);
    expect(documents().map(({ id }) => id)).toEqual(uploads().map(({ mediaId }) => mediaId));
    expect(uploads()).toHaveLength(2);
  });

  test('when it says so with 131053', async () => {
    const fileId = await store();
    await queueFor(['p:0001'], fileId);
    send();
    await settled();
    graph.faults.next({ kind: 'error', code: 131053 });
    await queueFor(['p:0002'], fileId);
    await settled();
    expect(await shop().states()).toEqual(['accepted', 'accepted']);
    expect(uploads()).toHaveLength(2);
  });

  test('when it says so only after it has accepted the message', async () => {
    const { wholesalerId } = shop();
    const document: Reply = { kind: 'document', file: { fileId: await store() }, filename: 'Statement May.pdf' };
    const message = {
      wholesalerId,
      outboxId: newId(),
      phoneNumberId: numberOf(shop()),
      tokenRef: 'WHATSAPP_ACCESS_TOKEN',
      recipient: { phone: '919800000001' },
      reply: document,
    };
    expect(await client.send(message)).toMatchObject({ kind: 'accepted' });
    expect(await client.send({ ...message, freshUpload: true })).toMatchObject({ kind: 'accepted' });
    const [first, second] = uploads();
    expect(second?.mediaId).not.toBe(first?.mediaId);
    expect(documents().map(({ id }) => id)).toEqual([first?.mediaId, second?.mediaId]);
  });

  test('by the calendar, before Meta has to say so', async () => {
    const fileId = await store();
    await queueFor(['p:0001'], fileId);
    send();
    await settled();
    await shop().sql(`update outgoing_upload set valid_until = app_clock() where file_id = $1`, [fileId]);
    await queueFor(['p:0002'], fileId);
    await settled();
    expect(uploads()).toHaveLength(2);
  });
});

describe('files', () => {
  const filesOf = () =>
    shop().sql<{ id: string }>('select id from outgoing_file where wholesaler_id = $1', [shop().wholesalerId]);

  test('exist if and only if what names them does', async () => {
    const { wholesalerId } = shop();
    const undone = inTransaction(database().db, async (tx) => {
      await storeOutgoingFile(tx, { wholesalerId, filename: 'a.pdf', mimeType: 'application/pdf', bytes: PDF });
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    expect(await filesOf()).toEqual([]);
  });

  test('of more than 8 MB are refused with the bound', async () => {
    await expect(store(Buffer.alloc(8 * 1024 * 1024 + 1))).rejects.toThrow('8388609 bytes are too many');
    await store(Buffer.alloc(8 * 1024 * 1024));
    expect(await filesOf()).toHaveLength(1);
  });

  test('are removed after 30 days; a reply that still names one fails with words', async () => {
    const [old, young] = [await store(), await store()];
    await shop().sql(`update outgoing_file set created_at = app_clock() - interval '31 days' where id = $1`, [old]);
    expect(await createOutgoingFiles({ db: database().db, logger }).sweep()).toBe(1);
    expect(await filesOf()).toEqual([{ id: young }]);
    await queueFor(['p:0001'], old);
    send();
    await settled();
    expect(await shop().rows()).toMatchObject([{ state: 'failed', error_detail: 'the file is not kept any more' }]);
  });

  test('of another wholesaler cannot be sent', async () => {
    const fileId = await store();
    const other = `w-${newId()}`;
    await shop().sql(
      `insert into wholesaler (id, name, currency, language, time_zone) values ($1, 'Other', 'INR', 'en', 'Asia/Kolkata')`,
      [other],
    );
    await shop().sql(`delete from outgoing_file where id = $1`, [fileId]);
    await shop().sql(
      `insert into outgoing_file (wholesaler_id, id, filename, mime_type, bytes, sha256)
       values ($1, $2, 'a.pdf', 'application/pdf', $3, sha256($3))`,
      [other, fileId, PDF],
    );
    await queueFor(['p:0001'], fileId);
    send();
    await settled();
    expect(await shop().states()).toEqual(['failed']);
    expect(uploads()).toEqual([]);
  });
});
