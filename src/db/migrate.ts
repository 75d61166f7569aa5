import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { MigrationDirectory, MigrationList } from '@prisma/schema-engine-wasm';
import { SetupError } from '../shared/errors.ts';
import { explainDatabaseTrouble } from './errors.ts';
import { type OneConnection, withConnection } from './one-connection.ts';
import { appRole } from './roles.ts';
import { withSchemaEngine } from './schema-engine.ts';

export { bootstrapRoles } from './roles.ts';

type MigrateOptions = {
  /** Where the migrations are; the package's own prisma/migrations unless said otherwise. */
  directory?: string;
};

type Migration = { name: string; sql: string };

/**
 * Applies the migrations that the database lacks, in name order, and keeps the books as `prisma migrate deploy` does.
 * Two at once are safe: the second waits and then finds nothing to do. Refuses with a `SetupError` that names the
 * migration and PostgreSQL's words when one fails, and when an applied one was edited afterwards.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<{ applied: string[] }> {
  const directory = options.directory ?? migrationsDirectory();
  const migrations = await readMigrations(directory);
  try {
    return await withSchemaEngine(ownerUrl, async (engine) => {
      await refuseEditedMigrations(ownerUrl, migrations);
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: asMigrationList(directory, migrations),
        filters: { externalTables: [], externalEnums: [] },
      });
      await letServiceReadBooks(ownerUrl);
      return { applied: appliedMigrationNames };
    });
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw (await explainFailedMigration(ownerUrl, error)) ?? explainDatabaseTrouble(error);
  }
}

/** The names of the migrations that the database at `url` still lacks; it need not be the owner's login. */
export async function pendingMigrations(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = await readMigrations(options.directory ?? migrationsDirectory());
  const done = new Set((await readBooks(url)).filter((row) => row.state === 'applied').map((row) => row.name));
  return migrations.map((migration) => migration.name).filter((name) => !done.has(name));
}

/** Declares that nothing of a failed migration is left in the database, so that the next run tries it again. */
export async function rollBackFailedMigration(ownerUrl: string, migrationName: string): Promise<void> {
  const failed = (await readBooks(ownerUrl)).some((row) => row.name === migrationName && row.state === 'failed');
  if (!failed) throw new SetupError(`No migration named ${migrationName} has failed on this database.`);
  await withSchemaEngine(ownerUrl, (engine) => engine.markMigrationRolledBack({ migrationName }));
}

/** The migrations of a folder with their SQL, in the order of their names, which is the order they run in. */
async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const found = await Promise.all(names.sort().map((name) => readMigration(directory, name)));
  return found.filter((migration) => migration !== undefined);
}

/** Undefined for an empty folder, as git leaves one behind when it takes its files away. */
async function readMigration(directory: string, name: string): Promise<Migration | undefined> {
  const folder = path.join(directory, name);
  if ((await readdir(folder)).length === 0) return undefined;
  return { name, sql: await readFile(path.join(folder, 'migration.sql'), 'utf8') };
}

/** The package's prisma/migrations, wherever this file runs from: src/ under tsx, dist/ when built. */
function migrationsDirectory(): string {
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'prisma/migrations');
    if (existsSync(candidate)) return candidate;
  }
  throw new SetupError('The folder prisma/migrations is missing.', 'Deploy it together with the built service.');
}

function asMigrationList(directory: string, migrations: Migration[]): MigrationList {
  const migrationDirectories: MigrationDirectory[] = migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
  }));
  return {
    baseDir: directory,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}

/** Prisma only warns about these in development; a database that differs from the files is never what we want. */
async function refuseEditedMigrations(url: string, migrations: Migration[]): Promise<void> {
  const books = new Map((await readBooks(url)).filter((row) => row.state === 'applied').map((row) => [row.name, row]));
  for (const { name, sql } of migrations) {
    const applied = books.get(name);
    if (applied === undefined || applied.checksum === checksumOf(sql)) continue;
    throw new SetupError(
      `Migration ${name} was edited after it had been applied to this database.`,
      `Restore prisma/migrations/${name}/migration.sql and put the change into a new migration.`,
    );
  }
}

const checksumOf = (sql: string): string => createHash('sha256').update(sql).digest('hex');

type BookRow = { name: string; checksum: string; state: 'applied' | 'failed' | 'rolled_back'; logs: string | null };

async function readBooks(url: string): Promise<BookRow[]> {
  return withConnection(url, 'orderlock migrate', async (connection) => {
    if (!(await hasBooks(connection))) return [];
    return connection.rows<BookRow>(`
      select migration_name as name, checksum, logs,
             case when rolled_back_at is not null then 'rolled_back'
                  when finished_at is not null then 'applied'
                  else 'failed' end as state
      from _prisma_migrations
      order by started_at`);
  });
}

async function hasBooks(connection: OneConnection): Promise<boolean> {
  const [row] = await connection.rows<{ there: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as there`,
  );
  return row?.there === true;
}

/** Readiness asks for pending migrations with the service's rights, and the books are no model that migrations grant on. */
async function letServiceReadBooks(ownerUrl: string): Promise<void> {
  await withConnection(ownerUrl, 'orderlock migrate', async (connection) => {
    const [role] = await connection.rows('select from pg_roles where rolname = $1', [appRole]);
    if (role !== undefined && (await hasBooks(connection))) {
      await connection.rows(`grant select on _prisma_migrations to ${appRole}`);
    }
  });
}

/** What the books say about a migration that failed now or earlier; undefined when none did. */
async function explainFailedMigration(url: string, cause: unknown): Promise<SetupError | undefined> {
  // The books are read on a connection of their own. When even that fails, the first error tells more.
  const books = await readBooks(url).catch(() => []);
  const failed = books.find((row) => row.state === 'failed');
  if (failed === undefined) return undefined;
  const reason = /ERROR: .*/.exec(failed.logs ?? '')?.[0] ?? failed.logs?.split('\n')[0] ?? 'it was interrupted';
  return new SetupError(
    `Migration ${failed.name} failed: ${reason}`,
    `PostgreSQL undid it, unless it says COMMIT. Mend it, then: npm run db:migrate -- --rolled-back ${failed.name}`,
    cause,
  );
}
