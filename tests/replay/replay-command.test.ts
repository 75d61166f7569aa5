import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runScript } from '../support/run-script.ts';
import { folderOf, textDelivery } from './deliveries.ts';
import { type Receiver, startReceiver } from './receiver.ts';

// Each case starts a process of its own, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

let files: { path: string; remove(): Promise<void> };
let receiver: Receiver;

beforeAll(async () => {
  files = await folderOf({ '1.json': textDelivery('m1', 1700000000, 'fine'), 'bad/1.json': 'not json' });
  // A service that answers the webhook, refuses what is no JSON, and does not tell what it answered.
  receiver = await startReceiver({ answer: (body) => (body.toString() === 'not json' ? 400 : 200) });
});
afterAll(async () => {
  await receiver.stop();
  await files.remove();
});

const runReplay = (...args: string[]) =>
  runScript('replay', args, { WHATSAPP_APP_SECRET: 'first,second', DATABASE_URL: '' });
const lastLine = (text: string): unknown => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');

test('all answered with 200: exit 0, and the last line sums it up', async () => {
  const { code, stdout } = await runReplay(
    `${files.path}/1.json`,
    '--times',
    '2',
    '--url',
    new URL(receiver.url).origin,
    '--json',
  );
  expect(code).toBe(0);
  expect(lastLine(stdout)).toEqual({ posted: 2, ok: 2, failed: 0, replies: 0, durationMs: expect.any(Number) });
});

test('a POST that is not answered with 200: exit 1, and the file is named', async () => {
  const { code, stdout } = await runReplay(`${files.path}/bad`, '--url', receiver.url, '--json');
  expect(code).toBe(1);
  expect(stdout).toContain('bad/1.json: answered 400');
  expect(lastLine(stdout)).toMatchObject({ posted: 1, ok: 0, failed: 1 });
});

test('answers that were asked for and cannot be known: exit 1 with what to do', async () => {
  const { code, stderr } = await runReplay(files.path, '--url', receiver.url, '--wait-replies', '1');
  expect(code).toBe(1);
  expect(stderr).toContain('does not tell which messages it answered');
  expect(stderr).toContain('DATABASE_URL');
});

test.each([
  [['x', '--rate', 'fast'], '--rate fast is not a number from above 0.'],
  [['x', '--fast'], 'Usage: npm run replay'],
])('%j is refused in words', async (args, words) => {
  const { code, stderr } = await runReplay(...args);
  expect(code).toBe(1);
  expect(stderr).toContain(words);
});
