import { afterEach, expect, test } from 'vitest';
import { type ReplayOptions, replayFolder } from '../../src/simulator/replay.ts';
import { signatureMatches } from '../../src/whatsapp/signature.ts';
import { folderOf, textDelivery } from './deliveries.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function receiver(options?: Parameters<typeof startReceiver>[0]): Promise<Receiver> {
  const started = await startReceiver(options);
  cleanUps.push(started.stop);
  return started;
}

async function folder(files: Record<string, string | Buffer>): Promise<string> {
  const made = await folderOf(files);
  cleanUps.push(made.remove);
  return made.path;
}

const replay = (paths: string[], to: Receiver, more: Partial<ReplayOptions> = {}) =>
  replayFolder({ paths, webhookUrl: to.url, appSecret: 'a-secret', ...more });

const wordsOf = (to: Receiver): string[] =>
  to.received.map(({ body }) => JSON.parse(body.toString()).entry[0].changes[0].value.messages[0].text.body);
const secondsOf = (to: Receiver): number[] =>
  to.received.map(({ body }) => Number(JSON.parse(body.toString()).entry[0].changes[0].value.messages[0].timestamp));

test('files are posted signed, in name order, with their bytes as they are', async () => {
  const to = await receiver();
  const odd = `  ${textDelivery('m2', 1700000000, 'naïve \\/ ok')}\n`;
  const from = await folder({
    '10-c.json': textDelivery('m3', 1700000000, 'c'),
    '2-b.json': odd,
    '1-a.json': textDelivery('m1', 1700000000, 'a'),
    'notes.txt': 'no',
  });
  const summary = await replay([from], to, { keepTimestamps: true });
  expect(summary).toMatchObject({ posted: 3, ok: 3, failed: 0, replies: 0, failures: [], unanswered: [] });
  expect(to.received[1]?.body.toString()).toBe(odd);
  expect(wordsOf(to)).toEqual(['a', 'naïve \\/ ok', 'c']);
  for (const { path, headers, body } of to.received) {
    expect(path).toBe('/webhooks/whatsapp');
    expect(headers['content-type']).toBe('application/json');
    expect(signatureMatches(body, headers['x-hub-signature-256'], ['a-secret'])).toBe(true);
  }
});

test('a folder with deliveries/ stands for it, and single files may be named', async () => {
  const to = await receiver();
  const from = await folder({ 'shop.json': '{}', 'deliveries/001-a.json': textDelivery('m1', 1700000000, 'a') });
  await replay([from, `${from}/deliveries/001-a.json`], to);
  expect(wordsOf(to)).toEqual(['a', 'a']);
});

test('the newest time becomes now and distances are kept over all files', async () => {
  const to = await receiver();
  const from = await folder({
    '1.json': textDelivery('m1', 1700000000),
    '2.json': textDelivery('m2', 1700000090),
    '3.json': textDelivery('m3', 1700000060),
  });
  const before = Math.floor(Date.now() / 1000);
  await replay([from], to);
  const [first = 0, second = 0, third = 0] = secondsOf(to);
  expect(second).toBeGreaterThanOrEqual(before);
  expect(second).toBeLessThanOrEqual(Date.now() / 1000);
  expect([second - first, second - third]).toEqual([90, 30]);
});

test('files that share a leading number are under way at the same time, others are not', async () => {
  const files = Object.fromEntries(
    ['001-a', '002-b', '002-c', '2-d', '003-e'].map((name, at) => [
      `${name}.json`,
      textDelivery(`m${at}`, 1700000000, name),
    ]),
  );
  const from = await folder(files);
  const to = await receiver({ delayMs: 150 });
  await replay([from], to);
  expect(to.widest()).toBe(3);
  expect(wordsOf(to)[0]).toBe('001-a');
  expect(wordsOf(to).at(-1)).toBe('003-e');
  const instants = to.received.slice(1, 4).map(({ at }) => at);
  expect(Math.max(...instants) - Math.min(...instants)).toBeLessThan(140);
});

test('each group is told of before the next is posted', async () => {
  const to = await receiver();
  const from = await folder({
    '001-a.json': textDelivery('m1', 1700000000, 'a'),
    '002-b.json': textDelivery('m2', 1700000000, 'b'),
  });
  const told: unknown[] = [];
  await replay([from], to, {
    onPosted: (group) => {
      told.push([group.number, group.messageIds, group.files.map(({ status }) => status), to.received.length]);
    },
  });
  expect(told).toEqual([
    ['001', ['m1'], [200], 1],
    ['002', ['m2'], [200], 2],
  ]);
});

test('--times repeats the whole set with the same bytes', async () => {
  const to = await receiver();
  const from = await folder({
    '1.json': textDelivery('m1', 1700000000, 'a'),
    '2.json': textDelivery('m2', 1700000001, 'b'),
  });
  const summary = await replay([from], to, { times: 3 });
  expect(summary.posted).toBe(6);
  expect(wordsOf(to)).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  expect(to.received[4]?.body).toEqual(to.received[0]?.body);
});

test('--shuffle gives the same order for the same seed, and posts everything', async () => {
  const names = Array.from({ length: 20 }, (_, at) => `${at}`.padStart(2, '0'));
  const from = await folder(
    Object.fromEntries(names.map((name) => [`${name}.json`, textDelivery(`m${name}`, 1700000000, name)])),
  );
  const orderOf = async (seed: number): Promise<string[]> => {
    const to = await receiver();
    await replay([from], to, { shuffle: { seed } });
    return wordsOf(to);
  };
  const order = await orderOf(7);
  expect(await orderOf(7)).toEqual(order);
  expect(await orderOf(8)).not.toEqual(order);
  expect(order).not.toEqual(names);
  expect([...order].sort()).toEqual(names);
});

test('--concurrency sends several groups at a time, --rate spreads them', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 8 }, (_, at) => [`${at}.json`, textDelivery(`m${at}`, 1700000000)]),
  );
  const from = await folder(files);
  const wide = await receiver({ delayMs: 60 });
  await replay([from], wide, { concurrency: 4 });
  expect(wide.widest()).toBe(4);
  const slow = await receiver();
  const { durationMs } = await replay([from], slow, { ratePerSecond: 40 });
  expect(durationMs).toBeGreaterThanOrEqual(170);
});

test('an answer other than 200 is a failure of that file alone', async () => {
  const to = await receiver({ answer: (_body, count) => (count === 1 ? 401 : count === 2 ? 202 : 200) });
  const from = await folder({
    '1.json': 'not json',
    '2.json': textDelivery('m2', 1700000000),
    '3.json': textDelivery('m3', 1700000000),
  });
  const summary = await replay([from], to);
  expect(summary).toMatchObject({ posted: 3, ok: 1, failed: 2 });
  expect(summary.failures.map(({ status }) => status)).toEqual([401, 202]);
  expect(to.received[0]?.body.toString()).toBe('not json');
});

test('replies are waited for, counted, and missed when they do not come', async () => {
  const to = await receiver();
  const from = await folder({
    '1.json': textDelivery('m1', 1700000000),
    '2.json': textDelivery('m2', 1700000000),
    '3-repeat.json': textDelivery('m1', 1700000000),
  });
  let looks = 0;
  const source = {
    answered: async (ids: readonly string[]) => {
      looks += 1;
      if (looks === 1) throw new Error('starting again');
      return new Map(ids.filter((id) => id === 'm1').map((id) => [id, 2]));
    },
  };
  const summary = await replay([from], to, { replies: { source, waitMs: 400 } });
  expect(summary).toMatchObject({ posted: 3, replies: 2, unanswered: ['m2'] });
  const whole = await replay([`${from}/1.json`], to, { replies: { source, waitMs: 10_000 } });
  expect(whole).toMatchObject({ replies: 2, unanswered: [] });
  expect(whole.durationMs).toBeLessThan(5_000);
});

test('what is not there is said plainly: a path, a service', async () => {
  const to = await receiver();
  await expect(replay(['/nowhere/at/all'], to)).rejects.toThrow('/nowhere/at/all is not there.');
  await expect(replay([await folder({ 'a.txt': '' })], to)).rejects.toThrow(/no \.json files/);
  const from = await folder({ '1.json': textDelivery('m1', 1700000000) });
  const gone = await startReceiver();
  await gone.stop();
  await expect(replay([from], gone)).rejects.toThrow(/No service answers at/);
});
