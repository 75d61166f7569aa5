import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withSchemaEngine } from '../../src/db/schema-engine.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

/** The SQL that Prisma would run to make the database what the schema says; empty when they agree. */
async function drift(): Promise<string> {
  const files = [{ path: 'prisma/schema.prisma', content: await readFile('prisma/schema.prisma', 'utf8') }];
  return withSchemaEngine(database.url, async (engine) => {
    const difference = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: 'prisma' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
    });
    return difference.exitCode === 0 ? '' : (difference.stdout ?? 'they differ');
  });
}

test('the migrated database is what schema.prisma says', async () => {
  expect(await drift()).toBe('');
});

test('a table that schema.prisma does not know is noticed', async () => {
  await database.ownerSql('create table surprise (id bigint primary key)');
  expect(await drift()).toContain('DROP TABLE "surprise"');
  await database.ownerSql('drop table surprise');
});
