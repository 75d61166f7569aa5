import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCatalogueCache } from '../../src/catalogue/index.ts';
import { createConversationHandler } from '../../src/conversation/index.ts';
import { createInboxWorker, createRecorder, type InboxWorker } from '../../src/inbox/index.ts';
import { applyStatuses } from '../../src/outbox/index.ts';
import { createLogger } from '../../src/shared/logger.ts';
import {
  buttonTap,
  type Content,
  cart,
  delivery,
  listTap,
  messageFrom,
  type PersonMessage,
  text,
} from '../../src/simulator/payloads.ts';
import { readEnvelope } from '../../src/whatsapp/envelope.ts';
import { readMessage } from '../../src/whatsapp/message.ts';
import { readStatus } from '../../src/whatsapp/status.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import { crowdShop, hampers, importInto, line, personOf, phoneOf, shopId } from './crowd.ts';

const quiet = createLogger({ level: 'silent', pretty: false });

describe('a message that can never be processed', () => {
  let database: TestDatabase;
  let worker: InboxWorker | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    await importInto(database, crowdShop(20));
  });
  afterEach(() => worker?.stop());
  afterAll(() => database.drop());

  /** The real handler, but for one word that its reader of messages cannot bear. */
  function startWorker(): void {
    worker = createInboxWorker({
      db: database.db,
      logger: quiet,
      handler: createConversationHandler({
        db: database.db,
        catalogues: createCatalogueCache(),
        readMessage(payload) {
          const message = readMessage(payload);
          if (message.type === 'text' && message.body === 'poison') throw new Error('this message cannot be read');
          return message;
        },
      }),
      readStatus,
      applyStatuses,
      codeVersion: 'test',
      onWorked: () => {},
    });
    worker.start();
  }

  async function record(messages: PersonMessage[]): Promise<void> {
    const recorder = createRecorder({ db: database.db, logger: quiet, onStored: () => {} });
    const at = new Date();
    await recorder.record(readEnvelope(Buffer.from(JSON.stringify(delivery(line, { messages }))), at), at);
  }

  const repliesTo = (n: number): Promise<{ body: string }[]> =>
    database.ownerSql<{ body: string }>(
      `select reply ->> 'body' as body from outbox_message where person_key = $1 order by seq`,
      [`p:${phoneOf(n)}`],
    );
  const allWorkedOn = (): Promise<unknown> =>
    waitFor('all events to be worked on', async () => {
      const [row] = await database.ownerSql<{ n: number }>(
        `select count(*)::int as n from inbox_event where state = 'waiting'`,
      );
      return row?.n === 0;
    });

  it('is parked and apologised for once; its conversation goes on, and those of its set lose nothing', async () => {
    const at = (second: number): { at: Date } => ({ at: new Date(Date.now() - 10_000 + second * 1000) });
    const others = Array.from({ length: 15 }, (_, n) => n + 1);
    await record([
      messageFrom(personOf(0), hampers(1), at(0)),
      messageFrom(personOf(0), text('poison'), at(1)),
      messageFrom(personOf(0), hampers(2), at(2)),
      ...others.flatMap((n) => [
        messageFrom(personOf(n), hampers(1), at(0)),
        messageFrom(personOf(n), hampers(2), at(1)),
      ]),
    ]);
    startWorker();
    await allWorkedOn();

    const parked = await database.ownerSql(
      `select person_key, tries, last_error, payload -> 'text' ->> 'body' as body from inbox_event where state = 'parked'`,
    );
    expect(parked).toEqual([
      { person_key: `p:${phoneOf(0)}`, tries: 4, last_error: 'this message cannot be read', body: 'poison' },
    ]);
    const [first, apology, last, ...more] = (await repliesTo(0)).map(({ body }) => body);
    expect(more).toEqual([]);
    expect(first).toMatch(/placed[\s\S]*9,900\.00/);
    expect(apology).not.toMatch(/placed|cannot be read/);
    expect(apology).toMatch(/.{20}/);
    expect(last).toMatch(/placed[\s\S]*9,700\.00/);
    for (const n of others) {
      expect((await repliesTo(n)).map(({ body }) => body)).toEqual([
        expect.stringMatching(/placed[\s\S]*9,900\.00/),
        expect.stringMatching(/placed[\s\S]*9,700\.00/),
      ]);
    }
    const held = await database.ownerSql<{ held: string }>(
      `select distinct held_minor::text as held from credit_account where retailer_id = any ($1)`,
      [[0, ...others].map(shopId)],
    );
    expect(held).toEqual([{ held: '30000' }]);
  });
});

describe('strange messages', () => {
  let test: TestService;
  beforeAll(async () => {
    test = await startTestService(crowdShop(40));
  });
  afterAll(() => test.stop());

  const strange: [string, Content][] = [
    ['a text of 65,000 letters', text('a'.repeat(65_000))],
    ['a text of 4,000 lines', text('2 hamper\n'.repeat(4_000))],
    ['a text of brackets', text('('.repeat(4_000))],
    ['a zero byte', text('balance\u0000')],
    ['half a surrogate pair', text('2 hamper \ud83d')],
    ['nothing but spaces', text('   \n\t ')],
    ['an empty text', text('')],
    ['right-to-left marks and joiners', text('\u202e2 \u200dhamper\u2066')],
    ['a number of 400 digits', text(`${'9'.repeat(400)} hamper`)],
    ['a number that is no number', text('NaN hamper, Infinity hamper, 1e308 hamper, -5 hamper, 0 hamper')],
    ['names of the language itself', text('2 __proto__, 3 constructor, toString 5')],
    ['SQL', text(`'; drop table orders; -- 2 hamper`)],
    ['an order of more than all credit there is', text('99999999999 hamper')],
    ['a cart without items', cart([])],
    ['a cart of unknown things', cart([{ sku: '__proto__', quantity: 1 }])],
    ['a cart of half a number', cart([{ sku: 'HAMPER', quantity: 'many' }])],
    ['a cart of too much', cart([{ sku: 'HAMPER', quantity: 1e21 }])],
    ['a cart of less than nothing', cart([{ sku: 'HAMPER', quantity: -3 }])],
    ['a cart of parts', cart([{ sku: 'HAMPER', quantity: 0.0001 }])],
    ['a cart of 500 lines', cart(Array.from({ length: 500 }, (_, n) => ({ sku: `SKU${n}`, quantity: 1 })))],
    ['a cart with one thing 300 times', cart(Array.from({ length: 300 }, () => ({ sku: 'HAMPER', quantity: 1 })))],
    ['a button nobody showed', buttonTap({ id: 'confirm:nonsense', title: 'Confirm' })],
    ['a button with a strange id', buttonTap({ id: '__proto__', title: '' })],
    ['a row nobody showed', listTap({ id: '\u0000', title: '\u0000' })],
    ['a text block that is a number', { type: 'text', text: 7 }],
    ['a text without its block', { type: 'text' }],
    ['an order without its block', { type: 'order' }],
    [
      'an interactive message of a new kind',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: {} } },
    ],
    ['a type nobody knows', { type: 'hologram', hologram: { depth: 3 } }],
  ];

  it('never stop a conversation: each is taken in, none is parked, and the next message is answered', async () => {
    for (const [n, [what, content]] of strange.entries()) {
      const status = await test.post(delivery(line, { messages: [messageFrom(personOf(n), content)] }));
      expect(status, what).toBe(200);
    }
    await test.quiet();
    const parked = await test.database.ownerSql<{ person_key: string; last_error: string }>(
      `select person_key, last_error from inbox_event where state = 'parked'`,
    );
    const named = parked.map(({ person_key, last_error }) => ({
      what: strange.find((_, n) => person_key === `p:${phoneOf(n)}`)?.[0],
      last_error,
    }));
    expect(named).toEqual([]);
    for (const [n, [what]] of strange.entries()) {
      const before = test.graph.sentTo(phoneOf(n)).length;
      expect(before, what).toBeLessThanOrEqual(1);
      expect((await test.chat(personOf(n)).says('balance')).body, what).toMatch(/.{10}/);
    }
    const odd = await test.database.ownerSql(`select state, error_detail from outbox_message where state = 'failed'`);
    expect(odd).toEqual([]);
  });
});
