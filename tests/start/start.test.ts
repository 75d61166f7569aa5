import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killScripts, productionSettings, runScript, type ScriptProcess } from '../scenarios/service-process.ts';
import { createEmptyDatabase, createTestDatabase, type EmptyDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';

// Wrong set-ups as a person meets them: a process that ends with 1, says in a clear sentence what is wrong and what to
// do about it, and shows no stack trace.

const START_MS_MAX = 60_000;

let database: TestDatabase;
let empty: EmptyDatabase;
let taken: { port: number; free(): Promise<void> };

beforeAll(async () => {
  database = await createTestDatabase();
  empty = await createEmptyDatabase();
  taken = await takePort();
});
afterAll(async () => {
  await killScripts();
  await taken.free();
  await empty.drop();
  await database.drop();
});

async function takePort(): Promise<typeof taken> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    free: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What the process said on its way out. */
async function refusalOf(started: ScriptProcess): Promise<string> {
  const { code } = await started.ended;
  const said = started.stderr();
  expect(code, said).toBe(1);
  expect(said).not.toMatch(/^\s+at |node:internal|Error:/m);
  expect(started.stdout()).not.toMatch(/"stack"/);
  return said;
}

const start = (settings: Record<string, string>): Promise<string> => refusalOf(runScript('src/main.ts', settings));

const withUrl = (change: (url: URL) => void, from = database.url): Record<string, string> => {
  const url = new URL(from);
  change(url);
  return productionSettings(url.href);
};

describe.concurrent('a start that cannot work ends with 1, one clear sentence and what to do', () => {
  it('lists everything that is missing at once', { timeout: START_MS_MAX }, async () => {
    const said = await start({});
    for (const name of [
      'DATABASE_URL',
      'SESSION_SECRET',
      'WHATSAPP_APP_SECRET',
      'WHATSAPP_VERIFY_TOKEN',
      'WHATSAPP_ACCESS_TOKEN',
    ]) {
      expect(said).toMatch(new RegExp(`^ +${name} is missing: .{20}`, 'm'));
    }
    expect(said).toMatch(/\.env/);
    expect(said.split('\n').length).toBeLessThanOrEqual(8);
  });

  it('lists what is wrong beside what is missing, and never repeats a secret', { timeout: START_MS_MAX }, async () => {
    const said = await start({
      DATABASE_URL: 'mysql://user:topsecret@localhost/shop',
      SESSION_SECRET: 'tooshortsecret',
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      WHATSAPP_GRAPH_VERSION: '26',
      WHATSAPP_GRAPH_URL: 'graph.facebook.com',
      OUTBOX_EVIDENCE_WAIT_MS: '-1',
    });
    for (const name of [
      'DATABASE_URL',
      'SESSION_SECRET',
      'PORT',
      'LOG_LEVEL',
      'WHATSAPP_GRAPH_VERSION',
      'WHATSAPP_GRAPH_URL',
      'OUTBOX_EVIDENCE_WAIT_MS',
    ]) {
      expect(said).toMatch(new RegExp(`^ +${name}: `, 'm'));
    }
    expect(said).toMatch(/WHATSAPP_APP_SECRET is missing/);
    expect(said).not.toMatch(/topsecret|tooshortsecret/);
  });

  it('says that no server answers', { timeout: START_MS_MAX }, async () => {
    const said = await start(withUrl((url) => (url.port = '1')));
    expect(said).toMatch(/^No PostgreSQL server answers at the address in DATABASE_URL\.$/m);
    expect(said).toMatch(/^Start it, correct host and port/m);
  });

  it('says that the host is not known', { timeout: START_MS_MAX }, async () => {
    const said = await start(withUrl((url) => (url.hostname = 'nowhere.invalid')));
    expect(said).toMatch(/^No PostgreSQL server answers at the address in DATABASE_URL\.$/m);
  });

  it('says that the database does not exist', { timeout: START_MS_MAX }, async () => {
    const said = await start(withUrl((url) => (url.pathname = '/orderlock_no_such_database')));
    expect(said).toMatch(/does not exist/);
    expect(said).toMatch(/createdb/);
  });

  it('says that the login was refused, without the password', { timeout: START_MS_MAX }, async () => {
    const said = await start(
      withUrl((url) => Object.assign(url, { username: 'nobody_here', password: 'not-this-one' })),
    );
    expect(said).toMatch(/refused the login/);
    expect(said).not.toMatch(/not-this-one/);
  });

  it('says that migrations are pending, and how to apply them', { timeout: START_MS_MAX }, async () => {
    const said = await start(productionSettings(empty.url));
    expect(said).toMatch(/lacks \d+ migrations/);
    expect(said).toMatch(/^Run: npm run db:migrate$/m);
  });

  it('says that the port is taken', { timeout: START_MS_MAX }, async () => {
    const said = await start({ ...productionSettings(database.url), PORT: String(taken.port), LOG_LEVEL: 'error' });
    expect(said).toMatch(new RegExp(`^Port ${taken.port} on 127\\.0\\.0\\.1 is taken by another program\\.$`, 'm'));
    expect(said).toMatch(/set PORT to another number/);
  });

  it('says that this machine has no such address', { timeout: START_MS_MAX }, async () => {
    const said = await start({ ...productionSettings(database.url), HOST: '203.0.113.7', LOG_LEVEL: 'error' });
    expect(said).toMatch(/^This machine has no address 203\.0\.113\.7 to listen on\.$/m);
    expect(said).toMatch(/^Set HOST to /m);
  });

  it('says that the way past the pooler is wrong', { timeout: START_MS_MAX }, async () => {
    const direct = productionSettings(database.url.replace(/:\d+\//, ':1/')).DATABASE_URL ?? '';
    const said = await start({ ...productionSettings(database.url), DATABASE_DIRECT_URL: direct, LOG_LEVEL: 'error' });
    expect(said).toMatch(/cannot be used at the address in DATABASE_DIRECT_URL\.$/m);
  });

  it('db:migrate says that no server answers', { timeout: START_MS_MAX }, async () => {
    const said = await refusalOf(
      runScript(
        'scripts/migrate.ts',
        withUrl((url) => (url.port = '1')),
      ),
    );
    expect(said).toMatch(/^No PostgreSQL server answers/m);
  });

  it('import says that no server answers, and which file it cannot read', { timeout: START_MS_MAX }, async () => {
    const shop = path.join(import.meta.dirname, '../../fixtures/demo-day/shop.json');
    const said = await refusalOf(
      runScript(
        'scripts/import.ts',
        withUrl((url) => (url.port = '1')),
        [shop],
      ),
    );
    expect(said).toMatch(/^No PostgreSQL server answers/m);
    const missing = await refusalOf(runScript('scripts/import.ts', productionSettings(database.url), ['no-shop.json']));
    expect(missing).toMatch(/no-shop\.json cannot be read/);
  });
});

it('a second service on one data folder is refused and the first goes on', { timeout: 90_000 }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'orderlock-data-'));
  const settings = { DATA_DIR: path.join(folder, 'data'), PORT: '0', LOG_LEVEL: 'error' };
  const first = runScript('scripts/dev.ts', settings);
  try {
    const listening = () => /listens on (http:\S+)/.exec(first.stdout())?.[1];
    const ended = first.ended.then(() => Promise.reject(new Error(`the first ended: ${first.stderr()}`)));
    const url = await Promise.race([waitFor('the first service to listen', listening, 60_000), ended]);
    // What is awaited later decides; an end that was asked for is no failure of the start.
    ended.catch(() => undefined);
    const said = await refusalOf(runScript('scripts/dev.ts', settings));
    expect(said).toMatch(/^Another service \(process \d+\) already runs on /m);
    expect(said).toMatch(/^Stop it first, or set DATA_DIR to another folder\.$/m);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.ended).toEqual({ code: 0, signal: null });
  } finally {
    // Asked and not killed, also after a failure: it has a server of its own to stop.
    first.child.kill('SIGTERM');
    await first.ended;
    await rm(folder, { recursive: true, force: true });
  }
});
