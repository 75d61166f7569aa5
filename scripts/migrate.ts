import { startEmbedded } from '../src/db/embedded.ts';
import { bootstrapRoles, migrate, rollBackFailedMigration } from '../src/db/migrate.ts';
import { messageOf, ServiceError } from '../src/shared/errors.ts';

type Settings = { ownerUrl: string | undefined; dataDir: string };

/** Makes the role, applies what is pending and says so; `--rolled-back NAME` first clears a failed migration. */
async function run(settings: Settings, args: string[]): Promise<void> {
  const embedded =
    settings.ownerUrl === undefined ? await startEmbedded({ dataDir: settings.dataDir, role: 'command' }) : undefined;
  try {
    const url = settings.ownerUrl ?? embedded?.url ?? '';
    await bootstrapRoles(url);
    const rolledBack = args[args.indexOf('--rolled-back') + 1];
    if (args.includes('--rolled-back') && rolledBack !== undefined) await rollBackFailedMigration(url, rolledBack);
    const { applied } = await migrate(url);
    for (const name of applied) console.log(`applied ${name}`);
    if (applied.length === 0) console.log('nothing to apply: the database is up to date');
  } finally {
    await embedded?.stop();
  }
}

const settings: Settings = {
  ownerUrl: process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL || undefined,
  dataDir: process.env.DATA_DIR || '.data',
};

run(settings, process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  if (error instanceof ServiceError && error.hint !== undefined) console.error(error.hint);
  process.exitCode = 1;
});
