import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { SetupError } from '../../src/shared/errors.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { delivery, messageFrom, text } from '../../src/simulator/payloads.ts';
import { openJournal } from '../../src/simulator/real-phone/journal.ts';
import { type Ngrok, openNgrok, type Tunnel } from '../../src/simulator/real-phone/open-tunnel.ts';
import { type RunningTunnel, runTunnel, undoTunnel } from '../../src/simulator/real-phone/run-tunnel.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Meta, PHONE_SETTINGS, startMeta } from '../support/real-phone.ts';
import { runScript } from '../support/run-script.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { waitFor } from '../support/wait-for.ts';

const LINE = { phoneNumberId: '700200', displayPhoneNumber: '15550100123', wabaId: '800300' };
const MINE = { phone: '4915100000042', bsuid: 'DE.42000042' };
const STRANGER = { phone: '4915100000043' };

let meta: Meta;
let database: TestDatabase;
let dataDir: string;
let shop: string;
let printed: string[];

beforeAll(async () => {
  meta = await startMeta();
  database = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'orderlock-tunnel-'));
  shop = await readFile(new URL('../../fixtures/demo-day/shop.json', import.meta.url), 'utf8');
});
afterAll(async () => {
  await meta.graph.stop();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(() => {
  printed = [];
  meta.graph.forget();
  meta.app.subscription = null;
  meta.app.accountSubscribed = false;
  meta.app.accountOverride = undefined;
  mustExist(meta.app.lines[0], 'the line').override = undefined;
});

const settings = (): Record<string, string> => ({
  ...meta.settings,
  DATABASE_URL: database.url,
  DATA_DIR: dataDir,
  PORT: '0',
});

/** A stand-in for ngrok: another address that leads to the same port. */
async function standIn(port: number): Promise<Tunnel> {
  const target = `http://127.0.0.1:${port}`;
  const proxy = await startTcpProxy(target);
  return { url: proxy.through(target).replace(/\/$/, ''), close: () => proxy.stop() };
}

function start(
  openTunnel: (port: number) => Promise<Tunnel> = standIn,
  now = () => new Date(),
): Promise<RunningTunnel> {
  return runTunnel({
    config: readConfig('tunnel', settings()),
    logger: createLogger({ level: 'silent', pretty: false }),
    shop,
    openTunnel,
    print: (line) => printed.push(line),
    now,
  });
}

async function say(running: RunningTunnel, person: typeof STRANGER, body: string): Promise<string> {
  const before = meta.graph.sentTo(person.phone).length;
  const bytes = JSON.stringify(delivery(LINE, { messages: [messageFrom(person, text(body))] }));
  const answer = await request(running.callbackUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': signBody(bytes, PHONE_SETTINGS.WHATSAPP_APP_SECRET),
    },
    body: bytes,
  });
  await answer.body.dump();
  expect(answer.statusCode).toBe(200);
  const reply = await waitFor('a reply', () => meta.graph.sentTo(person.phone)[before]);
  return reply.body;
}

const ownerOf = (kind: string, value: string) =>
  database.ownerSql<{ retailer_id: string }>(
    'select retailer_id from identity where kind = $1 and value = $2 and valid_to is null',
    [kind, value],
  );
const journalExists = (): Promise<boolean> =>
  access(path.join(dataDir, 'tunnel.json')).then(
    () => true,
    () => false,
  );

describe('a tunnel to a real phone', () => {
  it('makes the first phone that sends the code the demo retailer, and nobody else', async () => {
    const running = await start();
    try {
      expect(meta.app.subscription).toMatchObject({ callbackUrl: running.callbackUrl });
      expect(meta.app.accountSubscribed).toBe(true);
      expect(printed.join('\n')).toContain(`https://wa.me/15550100123?text=${running.pairingCode}`);
      expect(printed.join('\n')).toMatch(/█▀▀▀▀▀█|▄▄▄▄▄/);

      const wrong = running.pairingCode === '111111' ? '222222' : '111111';
      await say(running, STRANGER, wrong);
      expect(await ownerOf('phone', STRANGER.phone)).toEqual([]);

      const greeting = await say(running, MINE, `${running.pairingCode.slice(0, 3)} ${running.pairingCode.slice(3)}`);
      expect(greeting).toMatch(/Asha Stores/);
      expect(await ownerOf('phone', MINE.phone)).toEqual([{ retailer_id: 'asha' }]);
      expect(await ownerOf('bsuid', MINE.bsuid)).toEqual([{ retailer_id: 'asha' }]);
      expect(await say(running, MINE, '2 ctn coke 500')).toMatch(/Coca-Cola/);

      await say(running, STRANGER, running.pairingCode);
      expect(await ownerOf('phone', STRANGER.phone)).toEqual([]);
    } finally {
      expect(await running.stop()).toBe(true);
    }
    expect(meta.app.subscription).toBeNull();
    expect(meta.app.accountSubscribed).toBe(false);
    expect(await journalExists()).toBe(false);
  });

  it('lets nobody in after ten wrong codes, or after half an hour', async () => {
    let now = new Date();
    const running = await start(standIn, () => now);
    try {
      const wrong = running.pairingCode === '111111' ? '222222' : '111111';
      for (let guess = 0; guess < 10; guess += 1) await say(running, STRANGER, wrong);
      await say(running, STRANGER, running.pairingCode);
      expect(await ownerOf('phone', STRANGER.phone)).toEqual([]);
      expect(printed.join('\n')).toMatch(/too many wrong ones/);
    } finally {
      await running.stop();
    }
    const later = await start(standIn, () => now);
    try {
      now = new Date(now.getTime() + 31 * 60_000);
      await say(later, STRANGER, later.pairingCode);
      expect(await ownerOf('phone', STRANGER.phone)).toEqual([]);
      expect(printed.join('\n')).toMatch(/its time is over/);
    } finally {
      await later.stop();
    }
  });

  it('leaves the callback of an app that has one alone: only the line is redirected, and set back', async () => {
    const before = { callbackUrl: 'https://shop.example/webhooks/whatsapp', fields: ['messages'] };
    meta.app.subscription = before;
    meta.app.accountSubscribed = true;
    const running = await start();
    expect(meta.app.subscription).toEqual(before);
    expect(meta.app.lines[0]?.override).toBe(running.callbackUrl);
    expect(await running.stop()).toBe(true);
    expect(meta.app.subscription).toEqual(before);
    expect(meta.app.accountSubscribed).toBe(true);
    expect(meta.app.lines[0]?.override).toBeUndefined();
  });

  it('wins over an inherited redirection of the account', async () => {
    meta.app.accountOverride = 'https://old.example/webhooks/whatsapp';
    const running = await start();
    expect(meta.app.lines[0]?.override).toBe(running.callbackUrl);
    expect(await running.stop()).toBe(true);
    expect(meta.app.lines[0]?.override).toBeUndefined();
  });

  it('says what it could not set back, and keeps it for --undo', async () => {
    meta.app.subscription = { callbackUrl: 'https://shop.example/webhooks/whatsapp', fields: ['messages'] };
    mustExist(meta.app.lines[0], 'the line').override = 'http://127.0.0.1:9/webhooks/whatsapp';
    const running = await start();
    expect(await running.stop()).toBe(false);
    expect(printed.join('\n')).toMatch(/NOT taken back .*Before, it went to http:\/\/127\.0\.0\.1:9/);
    expect(await journalExists()).toBe(true);
    await openJournal(dataDir, PHONE_SETTINGS.WHATSAPP_APP_ID).write([]);
  });

  it('takes back what a killed tunnel left, at the next start or by --undo', async () => {
    const journal = openJournal(dataDir, PHONE_SETTINGS.WHATSAPP_APP_ID);
    meta.app.accountSubscribed = true;
    mustExist(meta.app.lines[0], 'the line').override = 'https://gone.ngrok.app/webhooks/whatsapp';
    await journal.write([
      { kind: 'line_overridden', phoneNumberId: '700200', previousUrl: null },
      { kind: 'account_subscribed', accountId: '800300' },
    ]);
    expect(await undoTunnel(readConfig('tunnel', settings()), (line) => printed.push(line))).toBe(true);
    expect(meta.app.lines[0]?.override).toBeUndefined();
    expect(meta.app.accountSubscribed).toBe(false);

    printed = [];
    meta.app.subscription = { callbackUrl: 'https://gone.ngrok.app/webhooks/whatsapp', fields: ['messages'] };
    await journal.write([{ kind: 'app_subscribed' }]);
    const running = await start();
    expect(printed[0]).toMatch(/An earlier tunnel was killed/);
    expect(meta.app.subscription).toMatchObject({ callbackUrl: running.callbackUrl });
    await running.stop();
  });

  it('leaves nothing behind at Meta when the public address does not work', async () => {
    const nowhere = async (): Promise<Tunnel> => ({ url: 'http://127.0.0.1:9', close: async () => undefined });
    await expect(start(nowhere)).rejects.toThrow(/public address does not work/);
    expect(meta.app.subscription).toBeNull();
    expect(await journalExists()).toBe(false);
  });

  it('refuses a line that Meta does not show, before anything is started', async () => {
    const config = readConfig('tunnel', { ...settings(), WHATSAPP_PHONE_NUMBER_ID: '700999' });
    const options = { config, logger: createLogger({ level: 'silent', pretty: false }), shop, now: () => new Date() };
    await expect(runTunnel({ ...options, openTunnel: standIn, print: () => undefined })).rejects.toThrow(
      /700999 cannot be read/,
    );
  });

  it('is a command that lists all settings it lacks at once', async () => {
    const none = Object.fromEntries([...Object.keys(PHONE_SETTINGS), 'NGROK_AUTHTOKEN'].map((name) => [name, '']));
    const { code, stderr } = await runScript('tunnel', [], none);
    expect(code).toBe(1);
    for (const name of Object.keys(PHONE_SETTINGS)) expect(stderr).toMatch(new RegExp(`${name} is missing: `));
  });
});

describe('ngrok', () => {
  const refusal = (options: Partial<Parameters<typeof openNgrok>[0]>): Promise<SetupError> =>
    openNgrok({ port: 3000, authtoken: 'a-token', domain: undefined, ...options }).then(
      () => Promise.reject(new Error('a tunnel was opened')),
      (error: unknown) => {
        if (error instanceof SetupError) return error;
        throw error;
      },
    );
  const ngrok = (forward: Ngrok['forward']): Ngrok => ({ forward });

  it('is told what it needs, and gives its address without a slash at the end', async () => {
    const asked: unknown[] = [];
    const closed: string[] = [];
    const tunnel = await openNgrok({
      port: 4321,
      authtoken: 'a-token',
      domain: 'shop.ngrok.app',
      load: async () =>
        ngrok(async (options) => {
          asked.push(options);
          return { url: () => 'https://shop.ngrok.app/', close: async () => void closed.push('once') };
        }),
    });
    expect(asked).toEqual([{ addr: 4321, authtoken: 'a-token', domain: 'shop.ngrok.app' }]);
    expect(tunnel.url).toBe('https://shop.ngrok.app');
    await tunnel.close();
    expect(closed).toEqual(['once']);
  });

  it('has clear words for a missing token, a missing package and a refusal, and shows no token', async () => {
    expect(await refusal({ authtoken: undefined })).toMatchObject({ message: 'NGROK_AUTHTOKEN is missing.' });
    const missing = await refusal({ load: () => Promise.reject(new Error('Cannot find package')) });
    expect(missing).toMatchObject({
      message: expect.stringMatching(/not installed/),
      hint: expect.stringMatching(/--url/),
    });
    const refused = await refusal({
      load: async () => ngrok(() => Promise.reject(new Error('bad authtoken a-token'))),
    });
    expect(refused.message).toBe('ngrok opened no tunnel: bad authtoken [authtoken]');
  });

  it('is the real package where that is installed', async (context) => {
    const name = '@ngrok/ngrok';
    const loaded = (await import(name).catch(() => context.skip())) as { default: Ngrok };
    expect(loaded.default.forward).toBeTypeOf('function');
  });
});
