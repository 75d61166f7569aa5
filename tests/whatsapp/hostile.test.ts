import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { delivery, type Line, messageFrom, newWamid, statusOf, text } from '../../src/simulator/payloads.ts';
import { shop } from '../scenarios/shop.ts';
import { type ShopFile, startTestService, type TestService } from '../support/service.ts';
import { nothingWaits, postBytes } from './fixtures.ts';

// Deliveries that are signed and well meant by nobody: each is acknowledged or refused with 4xx, kept, and leaves the
// service ready for the next.

const MB = 1024 * 1024;
const ASHA = { phone: '919800000001', bsuid: 'IN.71', name: 'Asha' };
/** Deliveries are answered within a second: Meta's partners ask for less than that in 99 of 100. */
const ACK_MS_MAX = 1_000;

const otherShop: ShopFile = {
  ...shop,
  wholesaler: { ...shop.wholesaler, id: 'other', name: 'Other Wholesale' },
  lines: [{ phoneNumberId: '106540352242999', displayPhoneNumber: '+91 22 5555 0999' }],
};

let world: TestService;
beforeAll(async () => {
  world = await startTestService(shop);
  const other = readShopFile(JSON.stringify(otherShop));
  if (!other.ok) throw new Error('the other shop is wrong');
  await importShop(world.database.db, other.shop, { dryRun: false });
}, 30_000);
afterEach(async () => {
  await nothingWaits(world);
  const ready = await request(`${world.service.url}/health/ready`);
  await ready.body.dump();
  expect(ready.statusCode).toBe(200);
  expect(await count(`inbox_event where state = 'parked'`)).toBe(0);
});
afterAll(() => world?.stop());

async function count(what: string, values: unknown[] = []): Promise<number> {
  const [row] = await world.database.ownerSql<{ n: number }>(`select count(*)::int as n from ${what}`, values);
  return row?.n ?? -1;
}
const events = (keys: string[]) => count('inbox_event where event_key = any ($1)', [keys]);
const strays = (like: string) => count('stray_event where event_key like $1', [like]);

/** A delivery that holds these raw messages, written as JSON by the caller. */
const around = (messages: string, line = world.line.phoneNumberId) =>
  `{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages","value":{` +
  `"messaging_product":"whatsapp","metadata":{"display_phone_number":"1","phone_number_id":"${line}"},"messages":[${messages}]}}]}]}`;
const rawText = (id: string, body: string) =>
  `{"from":"${ASHA.phone}","id":"${id}","timestamp":"${Math.floor(Date.now() / 1000)}","type":"text","text":{"body":${body}}}`;

describe('a thousand updates in one POST', () => {
  // In a group, where nobody is answered: this is about storing them.
  const thousand = (nth: number) =>
    delivery(world.line, {
      messages: Array.from({ length: 700 }, (_, n) =>
        messageFrom({ phone: `9188${String(nth * 1_000 + n).padStart(8, '0')}` }, text('hello'), { groupId: 'g' }),
      ),
      statuses: Array.from({ length: 300 }, (_, n) =>
        statusOf({ wamid: newWamid(), status: n % 2 === 0 ? 'sent' : 'read', person: ASHA }),
      ),
    });

  test('are stored and acknowledged within the budget', { timeout: 120_000 }, async () => {
    const before = await count('inbox_event');
    const times: number[] = [];
    for (let nth = 0; nth < 3; nth += 1) {
      const body = JSON.stringify(thousand(nth));
      const startedAt = performance.now();
      expect(await postBytes(world, body)).toBe(200);
      times.push(performance.now() - startedAt);
      await nothingWaits(world, 60_000);
    }
    expect(await count('inbox_event')).toBeGreaterThanOrEqual(before + 3_000);
    if (process.env.CHECKS_TIMES !== undefined) {
      process.stdout.write(`1,000 updates in one POST: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms\n`);
    }
    // The best of three: another test on the same two cores must not decide.
    expect(Math.min(...times)).toBeLessThan(ACK_MS_MAX);
  });

  test('all of them broken but the last: it is answered', async () => {
    const broken = Array.from({ length: 999 }, (_, n) =>
      n % 3 === 0 ? 'null' : n % 3 === 1 ? `{"id":${n}}` : `[${n}]`,
    );
    const id = newWamid();
    expect(await postBytes(world, around([...broken, rawText(id, '"hello"')].join(',')))).toBe(200);
    expect(await events([`m:${id}`])).toBe(1);
  });
});

describe('nesting', () => {
  test('3 MB of opening brackets are refused and kept', async () => {
    expect(await postBytes(world, '['.repeat(3 * MB))).toBe(400);
    expect(await strays('f:not_json:%')).toBe(1);
  });

  test('3 MB of brackets that close again are acknowledged and kept', async () => {
    const half = 1.5 * MB;
    expect(await postBytes(world, `${'['.repeat(half)}${']'.repeat(half)}`)).toBe(200);
    expect(await strays('f:not_whatsapp:%')).toBe(1);
  });

  test.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])(
    'a message that holds %s within each other, 200,000 deep, does not cost its neighbour',
    async (_what, open, close) => {
      const [deep, good] = [newWamid(), newWamid()];
      const nested = `${open.repeat(200_000)}1${close.repeat(200_000)}`;
      const body = around(`${rawText(deep, nested)},${rawText(good, '"hello"')}`);
      expect(await postBytes(world, body)).toBe(200);
      expect(await events([`m:${deep}`, `m:${good}`])).toBe(2);
    },
  );
});

describe('size', () => {
  test('3 MB of text in a message are kept, and its writer asked for shorter ones', async () => {
    const id = newWamid();
    expect(await postBytes(world, around(rawText(id, `"${'10 coke '.repeat(3 * MB * 0.125 - 100)}"`)))).toBe(200);
    await nothingWaits(world);
    const rows = await world.database.ownerSql<{ size: number; reply: { body: string } }>(
      `select length(e.payload::text) as size, o.reply from inbox_event e join outbox_message o on o.cause_event_id = e.id
        where e.event_key = $1`,
      [`m:${id}`],
    );
    expect(rows).toMatchObject([{ reply: { body: expect.stringMatching(/too long/) } }]);
    expect(rows[0]?.size).toBeGreaterThan(2.9 * MB);
  });

  test('3 MB of escapes, of one long id, and of keys are kept', async () => {
    expect(await postBytes(world, around(rawText(newWamid(), `"${'\\u0000'.repeat(MB / 2)}"`)))).toBe(200);
    expect(await postBytes(world, around(rawText('x'.repeat(3 * MB - 500), '"hello"')))).toBe(200);
    const keys = Array.from({ length: 200_000 }, (_, n) => `"k${n}":${n}`).join(',');
    expect(await postBytes(world, around(`{${keys}}`))).toBe(200);
    expect(await count(`inbox_event where event_key like 'm:sha256:%'`)).toBe(1);
  });

  test('more than 4 MB are refused before they are looked at', async () => {
    expect(await postBytes(world, around(rawText(newWamid(), `"${'x'.repeat(4 * MB)}"`)))).toBe(413);
  });

  test('ids of every length are kept, and none of them costs its neighbours', async () => {
    const good = newWamid();
    const people = [1, 128, 190, 191, 200, 2_000].map(
      (length) => `{"from_user_id":"IN.${'9'.repeat(length)}","id":"${newWamid()}","type":"text","text":{"body":"hi"}}`,
    );
    expect(await postBytes(world, around([...people, rawText(good, '"hello"')].join(',')))).toBe(200);
    expect(await events([`m:${good}`])).toBe(1);
  });
});

describe('values', () => {
  const odd: [string, string][] = [
    ['numbers beyond any range', '1e999'],
    ['numbers with a thousand digits', '9'.repeat(1_000)],
    ['minus zero', '-0'],
    ['a text for a number', '"1e3"'],
    ['halves of characters', '"\\ud800\\udc00\\udfff"'],
    ['prototype keys', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
    ['doubled keys', '{"body":"a","body":"b"}'],
    ['SQL', '"\'); drop table inbox_event; --"'],
  ];
  test.each(odd)('%s in every place of a message', async (_what, value) => {
    const id = newWamid();
    const places = [
      'timestamp',
      'type',
      'text',
      'context',
      'referral',
      'errors',
      'order',
      'image',
      'system',
      '__proto__',
    ];
    const rest = places.map((place) => `"${place}":${value}`).join(',');
    const messages = [
      `{"id":"${id}","from":"${ASHA.phone}",${rest}}`,
      ...['from', 'from_user_id', 'group_id', 'id'].map((place) => `{"id":"${newWamid()}","${place}":${value}}`),
      ...['text', 'order', 'interactive', 'location', 'contacts', 'reaction', 'edit'].map(
        (type) => `{"id":"${newWamid()}","from":"${ASHA.phone}","type":"${type}","${type}":${value}}`,
      ),
    ];
    expect(await postBytes(world, around(messages.join(',')))).toBe(200);
    await nothingWaits(world);
    expect(await count(`inbox_event where event_key = $1 and state = 'done'`, [`m:${id}`])).toBe(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('another tenant', () => {
  test('a delivery for a line of one wholesaler has no effect at the other, though both know the shop', async () => {
    const line: Line = { ...world.line, phoneNumberId: '106540352242999' };
    // Statuses of earlier replies may still come in; what was said to a line is its messages.
    const before = await count(`inbox_event where wholesaler_id = 'test' and kind = 'message'`);
    const order = messageFrom(ASHA, text('2 case coke 500'));
    expect(await postBytes(world, JSON.stringify(delivery(line, { messages: [order] })))).toBe(200);
    await nothingWaits(world);
    expect(await count(`inbox_event where wholesaler_id = 'other' and kind = 'message' and state = 'done'`)).toBe(1);
    expect(await count(`inbox_event where wholesaler_id = 'test' and kind = 'message'`)).toBe(before);
    expect(
      await count(
        `outbox_message o join inbox_event e on e.id = o.cause_event_id
                         where e.event_key = $1 and o.wholesaler_id <> 'other'`,
        [`m:${order.message.id}`],
      ),
    ).toBe(0);
  });

  test('a status that names a message of the other wholesaler moves nothing there', async () => {
    const [sent] = await world.database.ownerSql<{ wamid: string; state: string; id: string }>(
      `select id, wamid, state from outbox_message where wholesaler_id = 'test' and wamid is not null limit 1`,
    );
    const line: Line = { ...world.line, phoneNumberId: '106540352242999' };
    const error = { code: 131026, title: 'Message undeliverable' };
    const status = statusOf({ wamid: sent?.wamid ?? '', status: 'failed', person: ASHA, outboxId: sent?.id, error });
    expect(await postBytes(world, JSON.stringify(delivery(line, { statuses: [status] })))).toBe(200);
    await nothingWaits(world);
    expect(await count(`outbox_message where id = $1 and state = 'failed'`, [sent?.id])).toBe(0);
  });
});
