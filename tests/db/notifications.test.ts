import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createNotifier, type Notifier } from '../../src/db/notifications.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { waitFor } from '../support/wait-for.ts';

const url = inject('serverUrl');
let channel: string;
let started: Notifier[];

beforeEach(() => {
  channel = `test_${randomBytes(4).toString('hex')}`;
  started = [];
});
afterEach(() => Promise.all(started.map((notifier) => notifier.stop())));

async function start(): Promise<{ notifier: Notifier; heard: string[] }> {
  const heard: string[] = [];
  const notifier = await createNotifier({ url, channel, onNotify: (payload) => heard.push(payload) });
  started.push(notifier);
  return { notifier, heard };
}

test('a wake-up reaches the other processes, each payload once per burst, and not its sender', async () => {
  const sender = await start();
  const listener = await start();
  for (let i = 0; i < 100; i += 1) sender.notifier.notify(`line-${i % 3}`);
  await waitFor('three wake-ups', () => listener.heard.length >= 3);
  sender.notifier.notify('last');
  await waitFor('the last wake-up', () => listener.heard.includes('last'));
  expect(listener.heard).toEqual(['line-0', 'line-1', 'line-2', 'last']);
  expect(sender.heard).toEqual([]);
});

test('a burst of more payloads than anybody wants to list becomes one that means everything', async () => {
  const sender = await start();
  const listener = await start();
  for (let i = 0; i <= 500; i += 1) sender.notifier.notify(`line-${i}`);
  await waitFor('a wake-up', () => listener.heard.length > 0);
  expect(listener.heard).toEqual(['']);
});

test('after its connection was killed it listens again, says so, and sends what was waiting', async () => {
  const sender = await start();
  const listener = await start();
  const killed = await withConnection(url, 'test', (connection) =>
    connection.rows(`select pg_terminate_backend(pid) from pg_stat_activity
                     where application_name = 'orderlock notifier' and query like '%${channel}%'`),
  );
  expect(killed).toHaveLength(2);
  sender.notifier.notify('sent while away');
  await waitFor('both to be back', () => sender.heard.includes('') && listener.heard.includes(''));
  sender.notifier.notify('after');
  await waitFor('the wake-up after the break', () => listener.heard.includes('after'));
});

test('what waits is sent before it stops', async () => {
  const sender = await start();
  const listener = await start();
  sender.notifier.notify('goodbye');
  await sender.notifier.stop();
  await waitFor('the last words', () => listener.heard.includes('goodbye'));
});
