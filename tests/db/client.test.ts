import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('every connection has the rights of the service only, time limits, UTC and read committed', async () => {
  const [row] = await database.db.prisma.$queryRaw<Record<string, string>[]>`
    select current_user::text as "user", current_setting('statement_timeout') as statement,
           current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle,
           current_setting('timezone') as zone, current_setting('default_transaction_isolation') as isolation,
           current_setting('synchronous_commit') as commit, current_setting('application_name') as name`;
  expect(row).toEqual({
    user: 'orderlock_app',
    statement: '15s',
    lock: '5s',
    idle: '15s',
    zone: 'UTC',
    isolation: 'read committed',
    commit: 'on',
    name: 'test',
  });
});
