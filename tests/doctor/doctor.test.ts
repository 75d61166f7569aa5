import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { runDoctor } from '../../src/doctor/run-doctor.ts';
import type { Finding } from '../../src/doctor/types.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { createEmptyDatabase } from '../support/database.ts';
import { type Meta, startMeta } from '../support/real-phone.ts';
import { runScript } from '../support/run-script.ts';
import { startTestService, type TestService } from '../support/service.ts';

const VERIFY_TOKEN = 'a-verify-token';
const SHOP = {
  wholesaler: { id: 'demo', name: 'Demo', currency: 'INR', language: 'en', timeZone: 'Asia/Kolkata' },
  lines: [{ phoneNumberId: '700200', displayPhoneNumber: '+1 555-010-0123' }],
};
const DAY_MS = 86_400_000;

let meta: Meta;
let service: TestService;
let callbackUrl: string;

beforeAll(async () => {
  meta = await startMeta();
  service = await startTestService(SHOP, { WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN });
  callbackUrl = `${service.service.url}/webhooks/whatsapp`;
});
afterAll(async () => {
  await service.stop();
  await meta.graph.stop();
});
beforeEach(() => {
  const { app } = meta;
  app.subscription = { callbackUrl, fields: ['messages'] };
  app.accountSubscribed = true;
  app.accountOverride = undefined;
  app.failWith = undefined;
  app.token = {
    valid: true,
    appId: app.appId,
    scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'],
    expiresAt: 0,
  };
  Object.assign(mustExist(app.lines[0], 'the line'), { quality: 'GREEN', status: 'CONNECTED', override: undefined });
});

async function examine(settings: Record<string, string> = {}, now = new Date()): Promise<Finding[]> {
  const config = readConfig('command', { ...meta.settings, WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN, ...settings });
  return runDoctor({
    config,
    withDatabase: (work) => work(settings.DATABASE_URL ?? service.database.url),
    now: () => now,
  });
}

const trouble = (findings: Finding[]): Finding[] =>
  findings.filter(({ state }) => state === 'failed' || state === 'warning');

describe('the doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const findings = await examine();
    expect(trouble(findings)).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual([
      'settings',
      'database',
      'migrations',
      'rights',
      'database clock',
      'line in the database',
      'token',
      'clock',
      'line',
      'account',
      'app callback',
      'account subscription',
      'callback override',
      'handshake',
      'signature',
    ]);
  });

  it('leaves Meta out where no token is set, and says what a real phone needs', async () => {
    const config = readConfig('command', {});
    const findings = await runDoctor({
      config,
      withDatabase: (work) => work(service.database.url),
      now: () => new Date(),
    });
    expect(trouble(findings)).toEqual([]);
    expect(findings.at(-1)).toMatchObject({
      check: 'Meta',
      state: 'skipped',
      hint: expect.stringMatching(/real-phone/),
    });
  });

  const line = () => mustExist(meta.app.lines[0], 'the line');
  it.each<[string, () => void, Partial<Finding>]>([
    [
      'an ended token',
      () => {
        meta.app.token.valid = false;
      },
      { check: 'token', state: 'failed' },
    ],
    [
      'a token without a right',
      () => {
        meta.app.token.scopes.pop();
      },
      { check: 'token', state: 'failed', message: 'The access token lacks whatsapp_business_messaging.' },
    ],
    [
      'a token of another app',
      () => {
        meta.app.token.appId = '1';
      },
      { check: 'token', state: 'failed' },
    ],
    [
      'a token that ends tonight',
      () => {
        meta.app.token.expiresAt = Math.floor((Date.now() + DAY_MS / 4) / 1000);
      },
      { check: 'token', state: 'warning' },
    ],
    [
      'a line with bad quality',
      () => {
        line().quality = 'RED';
      },
      { check: 'line', state: 'warning' },
    ],
    [
      'a line that is banned',
      () => {
        line().status = 'BANNED';
      },
      { check: 'line', state: 'warning', message: '+1 555-010-0123 (Test Number) is BANNED.' },
    ],
    [
      'an app without a callback',
      () => {
        meta.app.subscription = null;
      },
      { check: 'app callback', state: 'failed' },
    ],
    [
      'a callback that gets no messages',
      () => {
        meta.app.subscription = { callbackUrl, fields: ['account_update'] };
      },
      { check: 'app callback', state: 'failed' },
    ],
    [
      'an account that sends nothing',
      () => {
        meta.app.accountSubscribed = false;
      },
      { check: 'account subscription', state: 'failed' },
    ],
    [
      'messages that are redirected',
      () => {
        line().override = `${callbackUrl}?elsewhere`;
      },
      { check: 'callback override', state: 'warning' },
    ],
    [
      'an inherited redirection of the account',
      () => {
        meta.app.accountOverride = `${callbackUrl}?account`;
      },
      { check: 'callback override', state: 'warning' },
    ],
    [
      'a callback where nobody answers',
      () => {
        meta.app.subscription = { callbackUrl: 'http://127.0.0.1:9/webhooks/whatsapp', fields: ['messages'] };
      },
      { check: 'handshake', state: 'failed' },
    ],
    [
      'a callback with another path',
      () => {
        meta.app.subscription = { callbackUrl: `${service.service.url}/health/live`, fields: ['messages'] };
      },
      { check: 'handshake', state: 'failed' },
    ],
  ])('names %s, alone, and says what to do', async (_what, breakIt, expected) => {
    breakIt();
    const found = trouble(await examine());
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ ...expected, hint: expect.stringMatching(/\w/) });
  });

  it('names a verify token that the service does not have', async () => {
    const found = trouble(await examine({ WHATSAPP_VERIFY_TOKEN: 'another' }));
    expect(found).toEqual([
      expect.objectContaining({ check: 'handshake', hint: expect.stringMatching(/WHATSAPP_VERIFY_TOKEN/) }),
    ]);
  });

  it('names a clock that is an hour ahead, of Meta and of the database', async () => {
    const found = trouble(await examine({}, new Date(Date.now() + 3_600_000)));
    expect(found.map(({ check, state }) => `${check} ${state}`)).toEqual(['database clock warning', 'clock warning']);
  });

  it('tells what Meta refuses, once per thing that was asked, and never a secret', async () => {
    meta.app.failWith = 190;
    const findings = await examine();
    expect(trouble(findings).map(({ check }) => check)).toEqual([
      'token',
      'line',
      'account',
      'app callback',
      'account subscription',
    ]);
    expect(JSON.stringify(findings)).not.toMatch(/a-real-app-secret|EAAG-system/);
  });

  it('names a line that no shop has, so that its messages would be answered by nobody', async () => {
    const found = trouble(await examine({ WHATSAPP_PHONE_NUMBER_ID: '700999' }));
    expect(found.map(({ check }) => check)).toEqual(['line in the database', 'line', 'account']);
  });

  it('names a Graph API that is out of reach', async () => {
    const found = trouble(await examine({ WHATSAPP_GRAPH_URL: 'http://127.0.0.1:9' }));
    expect(found[0]).toMatchObject({ check: 'token', message: expect.stringMatching(/could not be reached/) });
  });

  it('sends whoever has an empty database to the migrations', async () => {
    const empty = await createEmptyDatabase();
    try {
      const found = trouble(await examine({ DATABASE_URL: empty.url }));
      expect(found).toEqual([expect.objectContaining({ check: 'migrations', hint: 'Run: npm run db:migrate' })]);
    } finally {
      await empty.drop();
    }
  });

  it('is a command: a table for people, JSON for machines, exit 1 when something is to mend', async () => {
    const environment = { ...meta.settings, WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN, DATABASE_URL: service.database.url };
    const good = await runScript('doctor', ['--json'], environment);
    expect(good.code, good.stderr).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({
      ok: true,
      checks: expect.arrayContaining([{ check: 'handshake', state: 'ok', message: expect.any(String) }]),
    });
    meta.app.accountSubscribed = false;
    const bad = await runScript('doctor', [], environment);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(/^FAIL +account subscription .*\n +> POST \/800300\/subscribed_apps/m);
  });
});
