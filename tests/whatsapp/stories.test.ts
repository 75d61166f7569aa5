import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasStoppedMarketing } from '../../src/outbox/index.ts';
import { askingMessages } from '../../src/simulator/asking-messages.ts';
import { readEnvelope } from '../../src/whatsapp/envelope.ts';
import { readMessage } from '../../src/whatsapp/message.ts';
import { readStatus } from '../../src/whatsapp/status.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { demoShop, fixtureBody, fixtureNames, nothingWaits, postBytes } from './fixtures.ts';
import { fixturesDocument, webhooksDocument } from './stories/documents.ts';
import { fieldStories } from './stories/fields.ts';
import { messageStories } from './stories/messages.ts';
import { peopleStories } from './stories/people.ts';
import { statusStories } from './stories/statuses.ts';
import type { AlertPromise, Row, Story } from './stories/types.ts';
import { wordStories } from './stories/words.ts';

const chapters = [
  { title: 'What people write, say and show', stories: wordStories },
  { title: 'What people tap, order and take back', stories: messageStories },
  { title: 'Who somebody is', stories: peopleStories },
  { title: 'What becomes of our messages, and batches', stories: statusStories },
  { title: 'News of the account and every other field', stories: fieldStories },
];
const stories = chapters.flatMap((chapter) => chapter.stories);

let world: TestService;
const bodies = new Map<string, Buffer>();
const statuses = new Map<string, number>();

beforeAll(async () => {
  world = await startTestService(demoShop);
  for (const story of stories) {
    const body = fixtureBody(story.file);
    bodies.set(story.file, body);
    statuses.set(story.file, await postBytes(world, body));
  }
  await nothingWaits(world);
}, 60_000);
afterAll(() => world?.stop());

type Stored = { row: Row; payload: unknown; sender: Record<string, unknown> | null; replies: unknown[]; state: string };

/** The rows that a delivery left, in the order in which its parts stand in it. */
async function storedOf({ file }: Story): Promise<Stored[]> {
  const keys = readEnvelope(bodies.get(file) ?? Buffer.alloc(0), new Date()).map(({ eventKey }) => eventKey);
  const rows = await world.database.ownerSql<Stored>(
    `select e.kind as row, e.payload, e.sender, e.state, k.nth,
            coalesce((select jsonb_agg(o.reply order by o.seq) from outbox_message o where o.cause_event_id = e.id), '[]') as replies
       from unnest($1::text[]) with ordinality as k (key, nth) join inbox_event e on e.event_key = k.key
     union all
     select 'stray ' || s.kind, s.payload, null, 'kept', k.nth, '[]'
       from unnest($1::text[]) with ordinality as k (key, nth) join stray_event s on s.event_key = k.key
     order by nth`,
    [[...new Set(keys)]],
  );
  return rows;
}

describe.each(chapters)('$title', ({ stories: chapter }) => {
  test.each(chapter)('$file: $story', async (story) => {
    expect(statuses.get(story.file)).toBe(200);
    const stored = await storedOf(story);
    expect(stored.map(({ row }) => row)).toEqual(story.keeps);
    expect(stored.filter(({ state }) => state === 'parked')).toEqual([]);

    const messages = stored.filter(({ row }) => row === 'message');
    for (const [nth, expected] of (story.reads ?? []).entries()) {
      expect(readMessage(messages[nth]?.payload)).toMatchObject(expected);
    }
    const sender = messages[0]?.sender ?? {};
    for (const [name, value] of Object.entries(story.from ?? {})) expect(sender[name]).toBe(value);
    const reported = stored.filter(({ row }) => row === 'status').map(({ payload }) => readStatus(payload));
    if (story.statuses !== undefined) expect(reported).toMatchObject(story.statuses);

    const answers = messages.map(({ replies }) => replies.map((reply) => (reply as { body: string }).body).join('\n'));
    const expected = story.answers ?? messages.map(() => /^$/);
    expect(answers).toHaveLength(expected.length);
    for (const [nth, answer] of expected.entries()) expect(answers[nth]).toMatch(answer);
    expect(await alertsBy(story)).toEqual(
      [story.raises && { raised: true }, story.closes && { closed: true }].filter(Boolean),
    );
  });
});

/** Whether the alert that a story is about is there, raised or closed as it says; nothing for stories about none. */
async function alertsBy({ raises, closes }: Story): Promise<object[]> {
  const found = async (alert: AlertPromise, closed: boolean): Promise<boolean> => {
    const rows = await world.database.ownerSql(
      `select 1 from operator_alert
        where wholesaler_id is not distinct from $1 and kind = $2 and key = $3 and ($4 = false or closed_by like 'meta: %')`,
      [alert.outside ? null : demoShop.wholesaler.id, alert.kind, alert.key, closed],
    );
    return rows.length > 0;
  };
  const seen: object[] = [];
  if (raises !== undefined && (await found(raises, false))) seen.push({ raised: true });
  if (closes !== undefined && (await found(closes, true))) seen.push({ closed: true });
  return seen;
}

describe('all of them together', () => {
  test('every fixture has its story, and every story its fixture', () => {
    expect(stories.map(({ file }) => file).sort()).toEqual(fixtureNames().sort());
  });

  test('ask for an answer, as the replay command counts it, exactly where one is given', () => {
    const ofKnownLines = stories.filter(({ keeps }) => keeps.includes('message'));
    for (const { file, answers = [] } of ofKnownLines) {
      expect([file, askingMessages(bodies.get(file) ?? Buffer.alloc(0)).length]).toEqual([file, answers.length]);
    }
  });

  test('raise the alerts that their stories name and no other', async () => {
    const rows = await world.database.ownerSql<AlertPromise & { wholesaler: string | null }>(
      // Claims of new identities have keys of our own; how many there are is told below.
      `select distinct kind, key, wholesaler_id as wholesaler from operator_alert where kind <> 'identity_unconfirmed'
        order by kind, key`,
    );
    const promised = stories.flatMap(({ raises }) => (raises === undefined ? [] : [`${raises.kind} ${raises.key}`]));
    expect(rows.map(({ kind, key }) => `${kind} ${key}`).sort()).toEqual([...new Set(promised)].sort());
  });

  test('leave open only what nothing has answered', async () => {
    const rows = await world.database.ownerSql<{ kind: string }>(
      `select kind from operator_alert where closed_at is null order by kind, key`,
    );
    expect(rows.map(({ kind }) => kind)).toEqual([
      'account_restricted',
      // The four changes of number, id and security code.
      ...Array<string>(4).fill('identity_unconfirmed'),
      'line_security',
      'line_unknown',
      'template_stopped',
      'template_stopped',
    ]);
  });

  test('say who wants no marketing messages', async () => {
    const { prisma } = world.database.db;
    const stopped = (person: object) => hasStoppedMarketing(prisma, demoShop.wholesaler.id, person);
    expect(await stopped({ phone: '919800000003' })).toBe(true);
    expect(await stopped({ bsuid: 'IN.1349120865533' })).toBe(true);
    expect(await stopped({ phone: '919800000008', bsuid: 'IN.1349120865538' })).toBe(false);
    expect(await stopped({ phone: '919800000001' })).toBe(false);
    expect(await stopped({})).toBe(false);
  });

  test('have files fetched of known shops only: photos, documents and voice notes, none out of groups', async () => {
    const rows = await world.database.ownerSql<{ kind: string; media_id: string }>(
      'select kind, media_id from incoming_media order by media_id',
    );
    expect(rows).toEqual([
      { kind: 'image', media_id: '1003383421387256' },
      { kind: 'image', media_id: '1003383421387257' },
      { kind: 'document', media_id: '1376223850470843' },
      { kind: 'voice', media_id: '1908647269898587' },
      { kind: 'voice', media_id: '1908647269898588' },
    ]);
  });

  test('open the 24 hours for answers by what people say to us, not by notes of Meta', async () => {
    const rows = await world.database.ownerSql<{ key: string; opened: boolean }>(
      `select distinct e.person_key as key, c.last_inbound_at is not null as opened
         from inbox_event e join conversation c using (wholesaler_id, line_id, person_key)
        where e.payload->>'type' = 'request_welcome'`,
    );
    expect(rows).toEqual([{ key: 'b:KE.1349120865539', opened: false }]);
  });

  test('have no effect when they are delivered once more', async () => {
    const count = () =>
      world.database.ownerSql(
        `select (select count(*)::int from inbox_event) as events, (select count(*)::int from stray_event) as strays,
                (select count(*)::int from outbox_message) as replies, (select count(*)::int from orders) as orders,
                (select count(*)::int from ledger_entry) as entries, (select count(*)::int from operator_alert) as alerts`,
      );
    const before = await count();
    const answers = await Promise.all([...bodies.values()].map((body) => postBytes(world, body)));
    expect(new Set(answers)).toEqual(new Set([200]));
    await nothingWaits(world);
    expect(await count()).toEqual(before);
  });

  test('are what docs/webhooks.md and the README of the fixtures say', async () => {
    await expect(webhooksDocument(chapters)).toMatchFileSnapshot('../../docs/webhooks.md');
    await expect(fixturesDocument(chapters)).toMatchFileSnapshot('../../fixtures/webhooks/README.md');
  });
});
