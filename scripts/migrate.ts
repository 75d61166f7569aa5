import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { withCommandDatabase } from '../src/db/command-database.ts';
import { bootstrapRoles, migrate, rollBackFailedMigration } from '../src/db/migrate.ts';
import { SetupError } from '../src/shared/errors.ts';
import { runCommand } from '../src/shared/run-command.ts';

const USAGE = 'Usage: npm run db:migrate [-- --rolled-back MIGRATION]';

await runCommand(async () => {
  const rolledBack = readArguments();
  const config = readConfig('command');
  const owner = { databaseUrl: config.databaseOwnerUrl ?? config.databaseUrl, dataDir: config.dataDir };
  const applied = await withCommandDatabase(owner, async (url) => {
    await bootstrapRoles(url);
    if (rolledBack !== undefined) await rollBackFailedMigration(url, rolledBack);
    return (await migrate(url)).applied;
  });
  const lines = applied.map((name) => `applied ${name}`);
  process.stdout.write(`${lines.length > 0 ? lines.join('\n') : 'Nothing to apply: the database is up to date.'}\n`);
  return 0;
});

/** The migration that somebody says is gone from the database after it failed; undefined for a plain run. */
function readArguments(): string | undefined {
  try {
    return parseArgs({ options: { 'rolled-back': { type: 'string' } } }).values['rolled-back'];
  } catch (error) {
    throw new SetupError(String(error), USAGE, error);
  }
}
