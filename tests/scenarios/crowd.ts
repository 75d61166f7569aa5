import { expect } from 'vitest';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { verifyLedger } from '../../src/credit/index.ts';
import type { FakeGraph } from '../../src/simulator/fake-graph.ts';
import {
  type Content,
  cart,
  delivery,
  type Line,
  messageFrom,
  type Person,
  text,
} from '../../src/simulator/payloads.ts';
import type { TestDatabase } from '../support/database.ts';
import type { ShopFile } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';

// Many shops that each order, ask for their balance and order again: enough going on for a fault to hit something, and
// figures that anybody can check. Used by every test that disturbs the service while it works.

export const line: Line = {
  phoneNumberId: '106540352242922',
  displayPhoneNumber: '+91 22 5555 0100',
  wabaId: '102290129340398',
};

const WHOLESALER = 'crowd';

/** A wholesaler with one product of 100.00 and `size` shops, each with a limit of 10,000.00. */
export function crowdShop(size: number): ShopFile & Record<string, unknown> {
  return {
    wholesaler: { id: WHOLESALER, name: 'Crowd Wholesale', currency: 'INR', language: 'en', timeZone: 'Asia/Kolkata' },
    lines: [{ phoneNumberId: line.phoneNumberId, displayPhoneNumber: line.displayPhoneNumber }],
    products: [
      {
        sku: 'HAMPER',
        name: 'Gift hamper',
        units: { each: 1 },
        defaultUnit: 'each',
        cartUnit: 'each',
        priceMinor: 10_000,
        aliases: [],
        active: true,
        stock: 'in',
        minimum: 1,
        step: 1,
      },
    ],
    retailers: Array.from({ length: size }, (_, n) => ({
      id: shopId(n),
      name: `Crowd ${n}`,
      identities: [{ kind: 'phone', value: phoneOf(n) }],
      credit: {
        limitMinor: 1_000_000,
        owedMinor: 0,
        status: 'active',
        termsDays: 14,
        graceDays: 3,
        overdueToleranceMinor: 0,
      },
    })),
  };
}

/** Puts a shop file into a test's database. */
export async function importInto(database: TestDatabase, file: object): Promise<void> {
  const shop = readShopFile(JSON.stringify(file));
  if (!shop.ok) throw new Error(`the test shop is wrong: ${JSON.stringify(shop.problems)}`);
  await importShop(database.db, shop.shop, { dryRun: false });
}

export const shopId = (n: number): string => `shop${n}`;
export const phoneOf = (n: number): string => String(919_600_000_000 + n);
export const personOf = (n: number): Person => ({ phone: phoneOf(n), name: `Person ${n}` });
export const hampers = (quantity: number): Content => cart([{ sku: 'HAMPER', quantity }]);

/** What each shop of the crowd says, in order, and what it is to read for it. */
const STORY: { says: Content; reads: RegExp }[] = [
  { says: hampers(1), reads: /placed[\s\S]*?9,900\.00/ },
  { says: text('balance'), reads: /9,900\.00/ },
  { says: hampers(2), reads: /placed[\s\S]*?9,700\.00/ },
];
const HELD_MINOR = 30_000n;

/**
 * Statuses are repeated for as long as a service takes to come back on the slowest machine, as Meta does for days. One that
 * was given up would be missed, and its reply rightly be taken for lost and sent again.
 */
export const STATUS_TRIES_MAX = 1_000;

/** With this setting an unknown outcome is settled within seconds; statuses may be half as far apart. */
export const EVIDENCE_WAIT_MS = 2_000;
const CHAT_EVERY_MS = 150;

/** The story of the shops from `first` on, as webhook bodies of several people each; one list for each step of it. */
export function storyOf(first: number, size: number, perDelivery = 6): unknown[][] {
  const startMs = Date.now() - STORY.length * 1000;
  return STORY.map(({ says }, step) => {
    const at = new Date(startMs + step * 1000);
    const messages = Array.from({ length: size }, (_, n) => messageFrom(personOf(first + n), says, { at }));
    return Array.from({ length: Math.ceil(size / perDelivery) }, (_, n) =>
      delivery(line, { messages: messages.slice(n * perDelivery, (n + 1) * perDelivery) }),
    );
  });
}

/** Posts as Meta does: again and again until it is told 200. */
export async function deliver(body: unknown, post: (body: unknown) => Promise<{ status: number }>): Promise<void> {
  await waitFor(
    'a delivery to be taken in',
    async () => {
      const answer = await post(body).catch(() => undefined);
      return answer?.status === 200;
    },
    30_000,
  );
}

/**
 * Every shop of the crowd got one answer to each message, in the order of its messages. Answers that waited for a while
 * may come in one message, so their words are counted and not the messages.
 */
export function expectEachAnsweredOnce(graph: FakeGraph, first: number, size: number): void {
  const outboxIds = graph.sent().map(({ outboxId }) => outboxId);
  expect(new Set(outboxIds).size, 'a reply was sent twice').toBe(outboxIds.length);
  for (let n = first; n < first + size; n += 1) {
    const messages = graph.sentTo(phoneOf(n)).map(({ body }) => body);
    expect(messages.length, phoneOf(n)).toBeLessThanOrEqual(STORY.length);
    let rest = messages.join('\n\n');
    expect(rest.match(/placed/g), phoneOf(n)).toHaveLength(2);
    expect(rest.match(/Available/g), phoneOf(n)).toHaveLength(1);
    for (const { reads } of STORY) {
      expect(rest, phoneOf(n)).toMatch(reads);
      rest = rest.slice(rest.search(reads)).replace(reads, '');
    }
  }
}

/** How many replies have left, those that travelled with another counted too. */
export async function repliesSent(database: TestDatabase): Promise<number> {
  const [row] = await database.ownerSql<{ n: number }>(
    `select count(*)::int as n from outbox_message where state in ('accepted', 'sent', 'delivered', 'read')`,
  );
  return row?.n ?? 0;
}

/** Every order of the crowd is placed and held once, and the ledger proves every account. */
export async function expectBooksRight(database: TestDatabase, first: number, size: number): Promise<void> {
  const shops = Array.from({ length: size }, (_, n) => shopId(first + n));
  const accounts = await database.ownerSql<{ retailer_id: string; held: string; holds: number; orders: number }>(
    `select a.retailer_id, a.held_minor::text as held,
            (select count(*)::int from credit_hold h
              where h.wholesaler_id = a.wholesaler_id and h.retailer_id = a.retailer_id and h.state = 'open') as holds,
            (select count(*)::int from orders o where o.wholesaler_id = a.wholesaler_id
                and o.retailer_id = a.retailer_id and o.status = 'approved') as orders
       from credit_account a where a.wholesaler_id = $1 and a.retailer_id = any ($2)`,
    [WHOLESALER, shops],
  );
  expect(accounts).toHaveLength(size);
  for (const account of accounts) {
    expect(account).toEqual({ retailer_id: account.retailer_id, held: HELD_MINOR.toString(), holds: 2, orders: 2 });
  }
  const numbers = await database.ownerSql('select number from orders group by number having count(*) > 1');
  expect(numbers, 'two orders share a number').toEqual([]);
  expect(await database.ownerSql(`select 1 from inbox_event where state = 'parked'`)).toEqual([]);
  expect(await verifyLedger(database.db)).toMatchObject({ ok: true, firstBad: null });
}

/** What is still to be done, by state. */
export async function openWork(
  database: TestDatabase,
): Promise<{ waiting: number; unsent: number; uncertain: number }> {
  const [row] = await database.ownerSql<{ waiting: number; unsent: number; uncertain: number }>(
    `select (select count(*)::int from inbox_event where state = 'waiting') as waiting,
            (select count(*)::int from outbox_message where state = 'queued') as unsent,
            (select count(*)::int from outbox_message where state in ('sending', 'uncertain')) as uncertain`,
  );
  return row ?? { waiting: 0, unsent: 0, uncertain: 0 };
}

/**
 * A step towards the end of all work, to be taken again and again: true when every message is worked on and every reply
 * settled. Evidence about a send whose outcome nobody saw needs statuses that keep coming, so shops outside the story ask
 * for their balance as long as one is open. A claim whose COMMIT went unheard is sent by nobody until its lease of 30 s is
 * over; that time is passed by moving it.
 */
export function settling(
  database: TestDatabase,
  graph: FakeGraph,
  chatterers: Person[],
  post: (body: unknown) => Promise<{ status: number }>,
): () => Promise<boolean> {
  let turn = 0;
  let chattedAt = 0;
  return async () => {
    await graph.statusesPosted();
    await database.ownerSql(
      `update outbox_message set lease_until = app_clock()
        where id in (select id from outbox_message
                      where state = 'sending' and attempted_at < app_clock() - interval '5 seconds'
                      for update skip locked)`,
    );
    const { waiting, unsent, uncertain } = await openWork(database);
    if (waiting + unsent + uncertain === 0) return true;
    const person = chatterers[turn % chatterers.length];
    // Often enough for evidence, seldom enough for the pace of messages to one person.
    if (uncertain > 0 && person !== undefined && performance.now() - chattedAt > CHAT_EVERY_MS) {
      turn += 1;
      chattedAt = performance.now();
      await post(delivery(line, { messages: [messageFrom(person, text('balance'))] }));
    }
    return false;
  };
}

/** Waits until every message is worked on and every reply settled. */
export async function settleAll(
  database: TestDatabase,
  graph: FakeGraph,
  chatterers: Person[],
  post: (body: unknown) => Promise<{ status: number }>,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const step = settling(database, graph, chatterers, post);
  await waitFor(
    'every reply to be settled',
    async () => {
      await meanwhile();
      return step();
    },
    60_000,
  );
}
