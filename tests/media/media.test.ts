import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listAlerts } from '../../src/alerts/index.ts';
import {
  createMediaWorker,
  type MediaSource,
  type MediaToFetch,
  noteIncomingMedia,
  readMedia,
} from '../../src/media/index.ts';
import { newId } from '../../src/shared/ids.ts';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { createMediaDownload, mayHaveToken } from '../../src/whatsapp/media-download.ts';
import { quiet } from '../inbox/support.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addTenant, type Tenant } from '../support/tenants.ts';

const TOKEN = 'media-token';
const SLIP = Buffer.from('%PDF-1.7 a payment slip');
const base64 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64');

let database: TestDatabase;
let graph: FakeGraph;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.ownerSql(`create table test_time (shift interval not null)`);
  await database.ownerSql(`insert into test_time values ('0')`);
  await database.ownerSql(`grant select on test_time to orderlock_app`);
  await database.ownerSql(`create or replace function app_clock() returns timestamptz language sql volatile
    as 'select clock_timestamp() + (select shift from test_time)'`);
  graph = await startFakeGraph({ appSecret: 's', token: TOKEN });
});
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await database.ownerSql('truncate incoming_media, media_failure, operator_alert');
});
afterAll(async () => {
  await graph?.stop();
  await database?.drop();
});

const pass = (interval: string) => database.ownerSql(`update test_time set shift = shift + $1::interval`, [interval]);

/** The download of the product, against the fake Graph API or a server of the test's own. */
function download(options: { baseUrl?: string; token?: string; bytesMax?: number; totalTimeoutMs?: number } = {}) {
  const { baseUrl = graph.url, token = TOKEN, ...bounds } = options;
  const made = createMediaDownload({ baseUrl, version: 'v26.0', tokens: () => token, ...bounds });
  closers.push(() => made.stop());
  return made;
}

const ask = (mediaId: string, sha256: string | undefined, options?: Parameters<typeof download>[0]) =>
  download(options).fetch({ mediaId, phoneNumberId: '1', tokenRef: 'WHATSAPP_ACCESS_TOKEN', sha256 });

/** A server that stands for Graph or for somebody else's machine, and remembers which tokens it was shown. */
async function stranger(answer: RequestListener): Promise<{ url: string; tokens: (string | undefined)[] }> {
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    tokens.push(request.headers.authorization);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tokens };
}
const json =
  (body: unknown): RequestListener =>
  (_request, response) =>
    void response.end(JSON.stringify(body));

describe('a download', () => {
  test('brings the file, with either form of its checksum', async () => {
    graph.downloads.offer('m1', { bytes: SLIP, mimeType: 'application/pdf' });
    const hex = createHash('sha256').update(SLIP).digest('hex');
    for (const sum of [base64(SLIP), hex, hex.toUpperCase(), undefined]) {
      expect(await ask('m1', sum)).toEqual({ kind: 'fetched', bytes: SLIP, mimeType: 'application/pdf' });
    }
  });

  test('is refused when it has another checksum than the message or the look-up said', async () => {
    graph.downloads.offer('m2', { bytes: SLIP, mimeType: 'application/pdf' });
    graph.downloads.offer('m3', { bytes: SLIP, mimeType: 'application/pdf', sha256: base64(Buffer.from('other')) });
    expect(await ask('m2', base64(Buffer.from('other')))).toMatchObject({ kind: 'refused' });
    expect(await ask('m3', base64(SLIP))).toMatchObject({ kind: 'refused' });
  });

  test('is refused when it is larger than it may be, whatever size was announced', async () => {
    graph.downloads.offer('m4', { bytes: Buffer.alloc(2_000), mimeType: 'image/jpeg' });
    expect(await ask('m4', undefined, { bytesMax: 1_999 })).toMatchObject({ kind: 'refused', detail: /larger/ });
    const lying = await stranger((request, response) => {
      if (request.url?.includes('file')) return void response.end(Buffer.alloc(50_000));
      response.end(JSON.stringify({ url: `${lying.url}/file`, file_size: 5, sha256: 'x' }));
    });
    const answer = await ask('m5', undefined, { baseUrl: lying.url, bytesMax: 10_000 });
    expect(answer).toMatchObject({ kind: 'refused', detail: /larger/ });
  });

  test('shows the token to no host but the documented ones, and follows no redirect', async () => {
    const thief = await stranger(json({}));
    const graphs = await stranger(json({ url: `${thief.url}/file`, sha256: base64(SLIP) }));
    expect(await ask('m6', undefined, { baseUrl: graphs.url })).toMatchObject({
      kind: 'refused',
      detail: /none of Meta/,
    });
    const redirecting = await stranger((_request, response) => {
      response.writeHead(302, { location: `${thief.url}/file` }).end();
    });
    expect(await ask('m7', undefined, { baseUrl: redirecting.url })).toMatchObject({ kind: 'refused', detail: /302/ });
    expect(graphs.tokens).toEqual([`Bearer ${TOKEN}`]);
    expect(thief.tokens).toEqual([]);
  });

  const addresses: [string, boolean][] = [
    ['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', true],
    ['https://graph.facebook.com/v26.0/1', true],
    ['http://127.0.0.1:5000/v26.0/1/download', true],
    ['http://lookaside.fbsbx.com/', false],
    ['https://lookaside.fbsbx.com:8443/', false],
    ['https://lookaside.fbsbx.com.example.com/', false],
    ['https://evil.fbsbx.com/', false],
    ['https://lookaside.fbsbx.com@example.com/', false],
    ['https://user:pass@lookaside.fbsbx.com/', false],
    ['https://example.com/?lookaside.fbsbx.com', false],
    ['http://127.0.0.1:5001/', false],
    ['http://169.254.169.254/latest/meta-data', false],
    ['file:///etc/passwd', false],
    ['data:text/plain,x', false],
    ['//lookaside.fbsbx.com/', false],
    ['', false],
  ];
  test.each(addresses)('to %s: %s', (address, allowed) => {
    expect(mayHaveToken(address, 'http://127.0.0.1:5000')).toBe(allowed);
  });

  const answers: [string, number, unknown, string][] = [
    ['an expired token', 401, { error: { code: 190 } }, 'stopped'],
    ['a missing right', 403, { error: { code: 10 } }, 'stopped'],
    ['an id that is none any more', 400, { error: { code: 100 } }, 'gone'],
    ['no such path', 404, {}, 'gone'],
    ['too many calls', 400, { error: { code: 4 } }, 'failed'],
    ['a server error', 500, 'oops', 'failed'],
    ['no JSON', 200, '<html>', 'failed'],
    ['JSON of another kind', 200, [1], 'failed'],
  ];
  test.each(answers)('that meets %s ends as %s', async (_what, status, body, kind) => {
    const other = await stranger((_request, response) => {
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    expect(await ask('m8', undefined, { baseUrl: other.url })).toMatchObject({ kind });
  });

  test('that hangs, breaks off or has nobody there fails in its time and names no address', async () => {
    const silent = await stranger(() => {});
    const cutting = await stranger((_request, response) => void response.destroy());
    const gone = 'http://127.0.0.1:9';
    for (const baseUrl of [silent.url, cutting.url, gone]) {
      const answer = await ask('m9', undefined, { baseUrl, totalTimeoutMs: 200 });
      expect(answer).toMatchObject({ kind: 'failed' });
      expect(JSON.stringify(answer)).not.toContain('127.0.0.1');
    }
    expect(await ask('m9', undefined, { token: 'two words' })).toMatchObject({ kind: 'stopped' });
  });
});

describe('files that wait', () => {
  /** A message on the tenant's line and its file, which waits to be fetched. */
  async function waiting(tenant: Tenant, more: Partial<MediaToFetch> = {}): Promise<MediaToFetch> {
    const media: MediaToFetch = {
      wholesalerId: tenant.wholesalerId,
      lineId: tenant.lineId,
      eventId: newId(),
      kind: 'document',
      mediaId: `f-${newId()}`,
      mimeType: 'application/pdf',
      filename: 'slip.pdf',
      sha256: base64(SLIP),
      sentAt: (await database.ownerSql<{ at: Date }>('select app_clock() as at'))[0]?.at ?? new Date(),
      ...more,
    };
    await database.ownerSql(
      `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, payload, sent_at, state)
       values ($1, $2::uuid, $3, $2::text, 'notice', '{}', app_clock(), 'kept')`,
      [media.wholesalerId, media.eventId, media.lineId],
    );
    await noteIncomingMedia(database.db.prisma, [media]);
    await noteIncomingMedia(database.db.prisma, [media]);
    return media;
  }
  const worker = (source: MediaSource, more = {}) =>
    createMediaWorker({ db: database.db, logger: quiet, source, keepDays: 30, ...more });
  const read = ({ wholesalerId, eventId }: MediaToFetch) => readMedia(database.db.prisma, { wholesalerId, eventId });
  const failing = (kind: 'failed' | 'stopped'): MediaSource & { asked: number } => ({
    asked: 0,
    async fetch() {
      this.asked += 1;
      return { kind, detail: 'status 500' };
    },
  });

  test('are fetched once and can be read by staff of their wholesaler alone', async () => {
    const [tenant, other] = [await addTenant(database), await addTenant(database)];
    const media = await waiting(tenant);
    graph.downloads.offer(media.mediaId, { bytes: SLIP, mimeType: 'application/pdf' });
    expect(await worker(download()).work()).toBe(1);
    expect(await worker(download()).work()).toBe(0);
    expect(graph.downloads.lookups(media.mediaId)).toBe(1);
    const kept = await read(media);
    expect(kept).toMatchObject({
      state: 'kept',
      mimeType: 'application/pdf',
      filename: 'slip.pdf',
      sizeBytes: SLIP.length,
    });
    expect(Buffer.from(kept?.bytes ?? []).equals(SLIP)).toBe(true);
    expect(await readMedia(database.db.prisma, { ...media, wholesalerId: other.wholesalerId })).toBeNull();
  });

  test('of 16 MB go into the row and come out of it', { timeout: 30_000 }, async () => {
    const bytes = Buffer.alloc(16 * 1024 * 1024, 7);
    const media = await waiting(await addTenant(database), { sha256: base64(bytes) });
    graph.downloads.offer(media.mediaId, { bytes, mimeType: 'application/pdf' });
    await worker(download()).work();
    expect(Buffer.from((await read(media))?.bytes ?? []).equals(bytes)).toBe(true);
  });

  test('are given up when Meta has them no more or they are not what was sent', async () => {
    const tenant = await addTenant(database);
    const [gone, wrong] = [await waiting(tenant), await waiting(tenant)];
    graph.downloads.offer(wrong.mediaId, { bytes: Buffer.from('other'), mimeType: 'application/pdf' });
    expect(await worker(download()).work()).toBe(2);
    expect(await read(gone)).toMatchObject({ state: 'lost', bytes: null });
    expect(await read(wrong)).toMatchObject({ state: 'refused', why: 'the checksum is another one', bytes: null });
  });

  test('rest longer after each failure and are lost in the end', async () => {
    const media = await waiting(await addTenant(database));
    const source = failing('failed');
    for (let hours = 0; hours < 40; hours += 1) {
      await worker(source).work();
      await pass('1 hour');
    }
    expect(source.asked).toBe(8);
    expect(await read(media)).toMatchObject({ state: 'lost', why: 'status 500' });
  });

  test('are not asked for by a line that failed ten times within the hour, until it is over; staff are told', async () => {
    const [tenant, other] = [await addTenant(database), await addTenant(database)];
    for (let n = 0; n < 15; n += 1) await waiting(tenant);
    const source = failing('failed');
    for (let round = 0; round < 5; round += 1) await worker(source).work();
    expect(source.asked).toBe(10);
    const [alert] = await listAlerts(database.db.prisma);
    expect(alert).toMatchObject({ kind: 'media_stopped', lineId: tenant.lineId, subject: { failures: 10 } });
    const elsewhere = await waiting(other);
    graph.downloads.offer(elsewhere.mediaId, { bytes: SLIP, mimeType: 'application/pdf' });
    expect(await worker(download()).work()).toBe(1);
    await pass('61 minutes');
    await worker(source).work();
    expect(source.asked).toBe(20);
  });

  test('wait without losing a try while the token is bad, and the alert closes with the next that comes', async () => {
    const media = await waiting(await addTenant(database));
    const bad = failing('stopped');
    for (let round = 0; round < 20; round += 1) {
      await worker(bad).work();
      await pass('16 minutes');
    }
    expect(bad.asked).toBe(20);
    expect(await listAlerts(database.db.prisma)).toMatchObject([{ kind: 'media_stopped' }]);
    graph.downloads.offer(media.mediaId, { bytes: SLIP, mimeType: 'application/pdf' });
    await worker(download()).work();
    expect(await read(media)).toMatchObject({ state: 'kept' });
    expect(await listAlerts(database.db.prisma)).toEqual([]);
  });

  test('are removed after their days, and given up after the seven that Meta keeps them', async () => {
    const tenant = await addTenant(database);
    const kept = await waiting(tenant);
    graph.downloads.offer(kept.mediaId, { bytes: SLIP, mimeType: 'application/pdf' });
    await worker(download()).work();
    const never = await waiting(tenant);
    await pass('8 days');
    const running = worker(failing('stopped'), { keepDays: 7, pollMs: 5 });
    running.start();
    await expect.poll(async () => (await read(kept))?.state).toBe('removed');
    await running.stop();
    expect(await read(kept)).toMatchObject({ bytes: null, filename: null, transcript: null });
    expect(await read(never)).toMatchObject({ state: 'lost' });
  });

  test('that are voice notes are written down where somebody can, and kept where nobody can', async () => {
    const tenant = await addTenant(database);
    const [note, unclear, photo] = [
      await waiting(tenant, { kind: 'voice' }),
      await waiting(tenant, { kind: 'voice' }),
      await waiting(tenant, { kind: 'image' }),
    ];
    for (const { mediaId } of [note, unclear, photo]) {
      graph.downloads.offer(mediaId, { bytes: SLIP, mimeType: 'audio/ogg' });
    }
    let heard = 0;
    await worker(download(), {
      transcriber: async ({ bytes }: { bytes: Uint8Array }) => {
        heard += 1;
        if (heard === 2) throw new Error('too noisy');
        return `ten coke (${bytes.length} bytes)`;
      },
    }).work();
    expect(await read(note)).toMatchObject({ state: 'kept', transcript: `ten coke (${SLIP.length} bytes)` });
    expect(await read(unclear)).toMatchObject({ state: 'kept', transcript: null });
    expect(await read(photo)).toMatchObject({ state: 'kept', transcript: null });
    expect(heard).toBe(2);
  });
});
