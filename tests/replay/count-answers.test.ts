import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/shared/ids.ts';
import { databaseReplySource } from '../../src/simulator/reply-source.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
const lineId = newId();
beforeAll(async () => {
  database = await createTestDatabase();
  await database.ownerSql(
    `insert into wholesaler (id, name, currency, language, time_zone) values ('w', 'W', 'INR', 'en', 'UTC')`,
  );
  await database.ownerSql(
    `insert into line (id, wholesaler_id, phone_number_id, display_phone) values ($1, 'w', '1', '+1')`,
    [lineId],
  );
  await database.ownerSql(`insert into conversation (wholesaler_id, line_id, person_key) values ('w', $1, 'p:91')`, [
    lineId,
  ]);
});
afterAll(() => database.drop());

let seq = 0;
async function answered(messageId: string, states: string[]): Promise<void> {
  const eventId = newId();
  await database.ownerSql(
    `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, person_key, payload, sent_at)
     values ('w', $1, $2, $3, 'message', 'p:91', '{}', now())`,
    [eventId, lineId, `m:${messageId}`],
  );
  for (const state of states) {
    seq += 1;
    await database.ownerSql(
      `insert into outbox_message (wholesaler_id, id, line_id, person_key, seq, cause_event_id, reply, to_phone, state)
       values ('w', $1, $2, 'p:91', $3, $4, '{}', '91', $5)`,
      [newId(), lineId, seq, eventId, state],
    );
  }
}

test('a reply counts once Meta has accepted it, and not while it may still fail', async () => {
  await answered('two', ['read', 'accepted', 'queued']);
  await answered('none', ['queued', 'sending', 'uncertain', 'failed', 'dropped']);
  await answered('silent', []);
  await answered('other', ['sent']);
  const source = databaseReplySource(database.db.prisma);
  expect([...(await source.answered(['two', 'none', 'silent', 'unknown']))]).toEqual([['two', 2]]);
  expect([...(await source.answered([]))]).toEqual([]);
});
