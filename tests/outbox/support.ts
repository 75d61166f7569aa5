import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { inTransaction } from '../../src/db/index.ts';
import { applyStatuses, createOutboxWorker, queueReplies, wordsOf } from '../../src/outbox/index.ts';
import type { OutboxWorker, OutboxWorkerOptions } from '../../src/outbox/outbox-worker.ts';
import type { MessageSender, OutgoingMessage, Recipient, Reply, SendOutcome } from '../../src/outbox/types.ts';
import { newId } from '../../src/shared/ids.ts';
import { classifyFailure } from '../../src/whatsapp/refusals.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

export type Row = {
  id: string;
  person_key: string;
  seq: number;
  state: string;
  attempts: number;
  wamid: string | null;
  error_class: string | null;
  error_code: number | null;
  error_detail: string | null;
  resent_at: Date | null;
  waits_ms: number;
  carried_by: string | null;
  carries: number;
  remedies: string[];
  route: string | null;
};
type AlertRow = { kind: string; key: string; open: boolean; subject: Record<string, unknown> };

const ALERTS = `select kind, key, closed_at is null as open, subject from operator_alert
                 where wholesaler_id = $1 order by raised_at, kind`;

/** A wholesaler with one line in a test's database, and everything that happens around an outbox. */
export type Shop = ReturnType<typeof shopOn>;

/** A fresh wholesaler per test on one database per file; workers that a test starts are stopped after it. */
export function useShop(): { shop: () => Shop; database: () => TestDatabase } {
  let database: TestDatabase;
  let shop: Shop;
  beforeAll(async () => {
    database = await createTestDatabase();
    // A test moves its time by setting a distance in a table of its own; nothing in the service knows about it.
    await database.ownerSql(`create table test_time (shift interval not null)`);
    await database.ownerSql(`insert into test_time values ('0')`);
    await database.ownerSql(`grant select on test_time to orderlock_app`);
    await database.ownerSql(`create or replace function app_clock() returns timestamptz language sql volatile
      as 'select clock_timestamp() + (select shift from test_time)'`);
  });
  beforeEach(async () => {
    await database.ownerSql(`update test_time set shift = '0'`);
    shop = shopOn(database);
    await shop.open();
  });
  afterEach(async () => {
    await shop.stopWorkers();
    // Workers look after every wholesaler, so what a test leaves would be sent by the next.
    await database.ownerSql(
      'truncate outbox_message, delivery_status, line_pause, line_limit, app_pause, unreachable_route, operator_alert',
    );
  });
  afterAll(() => database.drop());
  return { shop: () => shop, database: () => database };
}

function shopOn(database: TestDatabase) {
  const wholesalerId = `w-${newId()}`;
  const lineId = newId();
  const seqs = new Map<string, number>();
  const workers: OutboxWorker[] = [];

  async function open(): Promise<void> {
    await database.ownerSql(
      `insert into wholesaler (id, name, currency, language, time_zone) values ($1, 'Shop', 'INR', 'en', 'Asia/Kolkata')`,
      [wholesalerId],
    );
    await database.ownerSql(
      `insert into line (id, wholesaler_id, phone_number_id, display_phone) values ($1, $2, $3, '+91 1')`,
      [lineId, wholesalerId, `pn-${lineId}`],
    );
  }

  /** Queues one text per body for each person, who wrote `hoursAgo`. */
  async function queue(people: string[], bodies: string[], hoursAgo = 0): Promise<void> {
    const replies = bodies.map((body) => ({ kind: 'text' as const, body }));
    await queueFor(people, replies, { hoursAgo });
  }

  async function queueFor(
    people: string[],
    replies: Reply[],
    options: { hoursAgo?: number; recipient?: Recipient } = {},
  ): Promise<void> {
    const { hoursAgo = 0 } = options;
    await database.ownerSql(
      `insert into conversation (wholesaler_id, line_id, person_key, last_inbound_at)
       select $1, $2, unnest($3::text[]), app_clock() - $4 * interval '1 hour' on conflict do nothing`,
      [wholesalerId, lineId, people, hoursAgo],
    );
    await inTransaction(database.db, (tx) =>
      queueReplies(
        tx,
        people.map((personKey) => {
          const firstSeq = (seqs.get(personKey) ?? 0) + 1;
          seqs.set(personKey, firstSeq + replies.length - 1);
          const recipient = options.recipient ?? { phone: personKey.slice(2) };
          return { wholesalerId, lineId, personKey, causeEventId: undefined, replies, firstSeq, recipient };
        }),
      ),
    );
  }

  function rows(): Promise<Row[]> {
    return database.ownerSql<Row>(
      `select id, person_key, seq, state, attempts, wamid, error_class, error_code, error_detail, resent_at,
              carried_by, carries, remedies, route,
              (extract(epoch from not_before - app_clock()) * 1000)::float8 as waits_ms
         from outbox_message where wholesaler_id = $1 order by person_key, seq`,
      [wholesalerId],
    );
  }

  /** Stores status events and applies them in one transaction, as the inbox worker does. */
  async function report(
    statuses: {
      wamid: string;
      status: 'sent' | 'delivered' | 'read' | 'failed' | 'other';
      outboxId?: string;
      errorCode?: number;
      ofLine?: string;
      ofWholesaler?: string;
      /** How long ago, by Meta's word, it happened. */
      agoMs?: number;
    }[],
  ): Promise<void> {
    const items = statuses.map((status) => ({ ...status, eventId: newId() }));
    for (const item of items) {
      await database.ownerSql(
        `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, payload, sent_at, state)
         values ($1, $2, $3, $4, 'status', '{}', app_clock(), 'done')`,
        [item.ofWholesaler ?? wholesalerId, item.eventId, item.ofLine ?? lineId, `s:${item.eventId}`],
      );
    }
    const [clock] = await database.ownerSql<{ at: Date }>('select app_clock() as at');
    const at = clock?.at ?? new Date();
    await inTransaction(database.db, (tx) =>
      applyStatuses(
        tx,
        items.map((item) => ({
          wholesalerId: item.ofWholesaler ?? wholesalerId,
          lineId: item.ofLine ?? lineId,
          eventId: item.eventId,
          status: {
            wamid: item.wamid,
            status: item.status,
            outboxId: item.outboxId,
            errorCode: item.errorCode,
            errorDetail: item.errorCode === undefined ? undefined : `error ${item.errorCode}`,
          },
          reportedAt: new Date(at.getTime() - (item.agoMs ?? 0)),
          receivedAt: at,
        })),
      ),
    );
  }

  function worker(sender: MessageSender, options: Partial<OutboxWorkerOptions> = {}): OutboxWorker {
    const created = createOutboxWorker({
      db: database.db,
      sender,
      logger: pino({ level: 'silent' }),
      classify: classifyFailure,
      evidenceWaitMs: 120_000,
      perLineRatePerSecond: 10_000,
      pollMs: 20,
      // Tests look at evidence when they say so.
      sweepMs: 3_600_000,
      random: () => 0,
      // Tests move the clock by minutes; those of merging say so.
      mergeAfterMs: 1e12,
      ...options,
    });
    workers.push(created);
    created.start();
    return created;
  }

  return {
    wholesalerId,
    lineId,
    open,
    queue,
    queueFor,
    alerts: () => database.ownerSql<AlertRow>(ALERTS, [wholesalerId]),
    rows,
    report,
    worker,
    states: async () => (await rows()).map((row) => row.state),
    /** Moves the database's clock on. */
    pass: (ms: number) => database.ownerSql(`update test_time set shift = shift + $1 * interval '1 millisecond'`, [ms]),
    sql: database.ownerSql,
    stopWorkers: () => Promise.all(workers.map((started) => started.stop(5_000))),
  };
}

export type ScriptedSender = MessageSender & {
  /** Everything that was sent, in order. */
  sent: OutgoingMessage[];
  bodies(): string[];
  /** The outcome of the next sends with this body, in turn; afterwards they are accepted. */
  script(body: string, ...outcomes: (SendOutcome | Promise<SendOutcome>)[]): void;
  /** The wamid of what is accepted; a test may put another in its place. */
  wamidOf(outboxId: string): string;
};

/** Accepts everything, except what the test scripted otherwise. */
export function scriptedSender(): ScriptedSender {
  const scripts = new Map<string, (SendOutcome | Promise<SendOutcome>)[]>();
  const sent: OutgoingMessage[] = [];
  const sender: ScriptedSender = {
    sent,
    wamidOf: (outboxId) => `wamid.${outboxId}`,
    bodies: () => sent.map((message) => wordsOf(message.reply)),
    script: (body, ...outcomes) => void scripts.set(body, outcomes),
    async send(message) {
      sent.push(message);
      const scripted = scripts.get(wordsOf(message.reply))?.shift();
      return scripted ?? { kind: 'accepted', wamid: sender.wamidOf(message.outboxId) };
    },
  };
  return sender;
}

/** A promise that the test settles when it wants. */
export function held<T>(): { promise: Promise<T>; settle: (value: T) => void } {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

/** Waits until `condition` is true, looking often; fails after `withinMs` with what it last saw. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`did not happen within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const refused = (
  refusal: Extract<SendOutcome, { kind: 'refused' }>['class'],
  metaCode?: number,
  retryAfterMs?: number,
): SendOutcome => ({
  kind: 'refused',
  class: refusal,
  httpStatus: 400,
  metaCode,
  retryAfterMs,
  detail: `refused ${metaCode}`,
});
