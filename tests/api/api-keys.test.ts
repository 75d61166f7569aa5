import { afterAll, beforeAll, expect, test } from 'vitest';
import { runScript } from '../support/run-script.ts';
import { type ApiBench, startApi } from './support.ts';

let api: ApiBench;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

// Each command is a process that loads everything anew, on a machine that may be busy.
const COMMANDS_MS_MAX = 120_000;
const command = (...args: string[]) => runScript('api-key', args, { DATABASE_URL: api.database.url });

test('the command makes a key that works, lists it without its secret, and revokes it at once', {
  timeout: COMMANDS_MS_MAX,
}, async () => {
  const made = await command('--wholesaler', 'one', '--name', 'ERP', '--rights', 'orders:write, credit:read', '--json');
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const { id, key, rights } = JSON.parse(made.stdout) as { id: string; key: string; rights: string[] };
  expect(rights).toEqual(['orders:write', 'credit:read']);
  expect((await api.get('/accounts/asha', { key })).status).toBe(200);

  const listed = await command('--wholesaler', 'one', '--list');
  expect(listed.stdout).toContain(`${id}  ERP  orders:write,credit:read  last used 20`);
  expect(listed.stdout).not.toContain(key.slice(-43));
  const [row] = await api.database.ownerSql<{ text: string }>('select k::text as text from api_key k where id = $1', [
    id,
  ]);
  expect(row?.text).not.toContain(key.slice(-43));

  expect(await command('--wholesaler', 'two', '--revoke', id)).toMatchObject({ code: 1 });
  expect((await api.get('/accounts/asha', { key })).status).toBe(200);
  expect(await command('--wholesaler', 'one', '--revoke', id)).toMatchObject({ code: 0 });
  expect(await api.get('/accounts/asha', { key })).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } });
});

test.each([
  [[], '--wholesaler is missing'],
  [['--wholesaler', 'one', '--name', 'x', '--rights', 'orders:read'], 'There is no right "orders:read"'],
  [['--wholesaler', 'nobody', '--name', 'x', '--rights', 'admin'], 'There is no wholesaler "nobody"'],
])('the command says what is wrong with %j', { timeout: COMMANDS_MS_MAX }, async (args, words) => {
  const { code, stderr } = await command(...args);
  expect(code).toBe(1);
  expect(stderr).toContain(words);
});

test('a key opens nothing without its secret, and nothing tells which half was wrong', async () => {
  const key = await api.newKey(['admin']);
  const wrong = [null, 'nonsense', key.slice(0, -1), `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`];
  wrong.push(key.replace(/olk_.{4}/, 'olk_ffff'), `${key}A`);
  for (const one of wrong) {
    const answer = await api.get('/accounts/asha', { key: one });
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED', status: 401 } });
  }
  const basic = await api.get('/accounts/asha', { key: null, headers: { authorization: `Basic ${key}` } });
  expect(basic.status).toBe(401);
  expect((await api.get('/accounts/asha', { key })).status).toBe(200);
});

test('a key that asks too fast is told to wait, and others are not', async () => {
  const slow = await startApi({ asha: 1_000 }, { requestsPerMinute: 5 });
  try {
    const key = await slow.newKey(['credit:read']);
    const answers = await Promise.all(Array.from({ length: 8 }, () => slow.get('/accounts/asha', { key })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await slow.get('/accounts/asha')).status).toBe(200);
  } finally {
    await slow.stop();
  }
});
