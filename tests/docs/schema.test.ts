import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { namesIn, readDocument } from './documents.ts';

// docs/schema.md says that it names everything. It is compared with a migrated database, both ways.

const document = readDocument('docs/schema.md');

const named = (...sections: string[]): string[] => namesIn(document, ...sections);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

async function inDatabase(sql: string): Promise<string[]> {
  const rows = await database.ownerSql<{ name: string }>(sql, sql.includes('$1') ? [named('Tables')] : []);
  return rows.map(({ name }) => name).sort();
}

const relations = (kind: string): string => `
  select relname as name from pg_class
  where relnamespace = 'public'::regnamespace and relkind = '${kind}' and relname <> '_prisma_migrations'`;

const listed: [what: string, sections: string[], sql: string][] = [
  ['tables', ['Tables', 'The other tables'], relations('r')],
  ['views', ['Views'], relations('v')],
  [
    'functions of the credit core',
    ['Functions'],
    `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and proname like 'credit\\_%'`,
  ],
  [
    'indexes of the money tables',
    ['Indexes'],
    `select indexrelid::regclass::text as name from pg_index where indrelid::regclass::text = any ($1::text[])`,
  ],
  [
    'checks of the money tables',
    ['Checks'],
    `select conname as name from pg_constraint where contype = 'c' and conrelid::regclass::text = any ($1::text[])`,
  ],
  [
    'triggers',
    ['Triggers'],
    `select t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not t.tgisinternal and c.relnamespace = 'public'::regnamespace`,
  ],
];

describe('docs/schema.md names what is in the database, and nothing else', () => {
  test.each(listed)('%s', async (_, sections, sql) => {
    const names = named(...sections);
    expect(names.length).toBeGreaterThan(0);
    expect(names).toEqual(await inDatabase(sql));
  });
});
