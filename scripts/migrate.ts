#!/usr/bin/env node
import { readConfig } from '../src/config.ts';
import { withCommandDatabase } from '../src/db/command-database.ts';
import { bootstrapRoles, migrate, rollBackFailedMigration } from '../src/db/migrate.ts';
import { readArguments } from '../src/shared/read-flags.ts';
import { runCommand } from '../src/shared/run-command.ts';

const USAGE = 'npm run db:migrate [-- --rolled-back MIGRATION]';

await runCommand(async () => {
  // The migration that somebody says is gone from the database after it failed.
  const rolledBack = readArguments(USAGE, { 'rolled-back': { type: 'string' } })['rolled-back'];
  const config = readConfig('command');
  const owner = { databaseUrl: config.databaseOwnerUrl ?? config.databaseUrl, dataDir: config.dataDir };
  const applied = await withCommandDatabase(owner, async (url) => {
    await bootstrapRoles(url);
    if (typeof rolledBack === 'string') await rollBackFailedMigration(url, rolledBack);
    return (await migrate(url)).applied;
  });
  const lines = applied.map((name) => `applied ${name}`);
  process.stdout.write(`${lines.length > 0 ? lines.join('\n') : 'Nothing to apply: the database is up to date.'}\n`);
  return 0;
});
