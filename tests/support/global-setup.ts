/**
 * Before the first test: a PostgreSQL server (embedded and thrown away afterwards, or the one DATABASE_URL names), the
 * role, and one migrated template database that every test file clones. A database named in DATABASE_URL is only
 * connected to in order to make others beside it.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/db/embedded.ts';
import { bootstrapRoles, migrate } from '../../src/db/migrate.ts';
import { withConnection } from '../../src/db/one-connection.ts';
import { messageOf } from '../../src/shared/errors.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The owner's URL of a database that nobody may change: it is where others are made from. */
    serverUrl: string;
    /** The name of the migrated database to clone; every name that tests make begins with it. */
    template: string;
    /** Why the template could not be migrated; '' when it could. Only tests that clone it have to fail. */
    migrationTrouble: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await promisify(execFile)(process.execPath, ['scripts/generate-client.mjs']);
  const given = process.env.DATABASE_URL || undefined;
  const embedded =
    given === undefined
      ? await startEmbedded({ dataDir: { throwAway: true }, role: 'service', durable: false })
      : undefined;
  const serverUrl = given ?? embedded?.url ?? '';
  const template = `orderlock_test_${randomBytes(4).toString('hex')}`;

  let migrationTrouble = '';

  async function teardown(): Promise<void> {
    await dropAll(serverUrl, template);
    await embedded?.stop();
  }

  try {
    await bootstrapRoles(serverUrl);
    await withConnection(serverUrl, 'orderlock tests', async (server) => {
      await server.rows(`create database ${template}`);
      const url = new URL(serverUrl);
      url.pathname = `/${template}`;
      migrationTrouble = await migrate(url.href).then(
        () => '',
        (error: unknown) => messageOf(error),
      );
      // Cloning needs a template that nobody is connected to.
      await server.rows(`alter database ${template} allow_connections false`);
    });
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('serverUrl', serverUrl);
  project.provide('template', template);
  project.provide('migrationTrouble', migrationTrouble);
  return teardown;
}

/** Also what a test file that was killed has left behind. */
async function dropAll(serverUrl: string, template: string): Promise<void> {
  await withConnection(serverUrl, 'orderlock tests', async (server) => {
    const names = await server.rows<{ datname: string }>(
      `select datname from pg_database where starts_with(datname, $1)`,
      [template],
    );
    for (const { datname } of names) await server.rows(`drop database ${datname} with (force)`);
  });
}
