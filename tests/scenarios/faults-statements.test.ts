import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCatalogueCache } from '../../src/catalogue/index.ts';
import { createConversationHandler } from '../../src/conversation/index.ts';
import { createInboxWorker, createRecorder } from '../../src/inbox/index.ts';
import { applyStatuses } from '../../src/outbox/index.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { type Content, delivery, messageFrom, text } from '../../src/simulator/payloads.ts';
import { readEnvelope } from '../../src/whatsapp/envelope.ts';
import { readMessage } from '../../src/whatsapp/message.ts';
import { readStatus } from '../../src/whatsapp/status.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { crowdShop, hampers, importInto, line, personOf } from './crowd.ts';

const SIZES = [1, 8, 64];
const quiet = createLogger({ level: 'silent', pretty: false });

let database: TestDatabase;
const send = pg.Client.prototype.query;
let statements: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await importInto(database, crowdShop(2 * SIZES.reduce((sum, size) => sum + size)));
  // Whatever goes to the server passes here, BEGIN and COMMIT too.
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [first] = given;
    const sql = typeof first === 'string' ? first : (first as { text?: unknown } | undefined)?.text;
    if (typeof sql === 'string') statements.push(sql);
    return Reflect.apply(send, this, given);
  } as typeof send;
});
afterAll(async () => {
  pg.Client.prototype.query = send;
  await database.drop();
});

let nextShop = 0;

/** Statements per message when `size` people say this at once. Signs of life are no work on messages. */
async function perMessage(size: number, content: Content): Promise<number> {
  const people = Array.from({ length: size }, (_, n) => personOf(nextShop + n));
  nextShop += size;
  const at = new Date();
  const body = delivery(line, { messages: people.map((person) => messageFrom(person, content)) });
  const recorder = createRecorder({ db: database.db, logger: quiet, onStored: () => {} });
  await recorder.record(readEnvelope(Buffer.from(JSON.stringify(body)), at), at);
  let sets = 0;
  const worker = createInboxWorker({
    db: database.db,
    logger: quiet,
    handler: createConversationHandler({ db: database.db, catalogues: createCatalogueCache(), readMessage }),
    readStatus,
    applyStatuses,
    codeVersion: 'test',
    onWorked: () => {
      sets += 1;
    },
    pollMs: 60_000,
  });
  statements = [];
  worker.start();
  await waitFor('the set to be worked on', () => sets > 0);
  await worker.stop();
  const count = statements.filter((sql) => !sql.includes('worker_heartbeat')).length;
  const [row] = await database.ownerSql<{ n: number }>(
    `select count(*)::int as n from inbox_event where state = 'waiting'`,
  );
  expect(row?.n).toBe(0);
  expect(sets).toBe(1);
  return count / size;
}

it.each([
  ['orders', hampers(1)],
  ['questions', text('balance')],
])('statements per message fall as the set grows: %s of 64 people cost less than a tenth each', async (_, content) => {
  const costs: number[] = [];
  for (const size of SIZES) costs.push(await perMessage(size, content));
  const [one = 0, eight = 0, many = 0] = costs;
  expect(one).toBeGreaterThan(5);
  expect(one).toBeLessThan(40);
  expect(eight).toBeLessThan(one / 4);
  expect(many).toBeLessThan(one / 10);
});
