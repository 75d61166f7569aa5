import { refuseRightsOnMoney } from '../credit/index.ts';
import { createDatabase, type Database, explainDatabaseTrouble } from '../db/index.ts';
import { pendingMigrations } from '../db/migrate.ts';
import { messageOf, ServiceError } from '../shared/errors.ts';
import { type Finding, failed, ok, skipped, warning } from './types.ts';

const OLDEST_VERSION = 150_000;
/** Holds, windows and leases are judged by the database's clock, everything else by ours. */
const CLOCK_DIFFERENCE_MS_MAX = 5_000;
const LATER = ['migrations', 'rights', 'database clock', 'line in the database'];

export type DatabaseCheck = {
  url: string;
  /** Lines that must be known to the service; undefined where none is named. */
  phoneNumberId: string | undefined;
  now: () => Date;
};

/** Looks at the database, its migrations, the service's rights on money, its clock, and the line's row. */
export async function checkDatabase(options: DatabaseCheck): Promise<Finding[]> {
  let db: Database;
  try {
    db = await createDatabase({ url: options.url, poolMax: 1, applicationName: 'orderlock doctor' });
  } catch (error) {
    return unreachable(error);
  }
  try {
    const version = await checkVersion(db);
    if (version.state === 'failed') return [version, ...LATER.map(notLookedAt)];
    const pending = await pendingMigrations(options.url);
    if (pending.length > 0) {
      const message = `${pending.length} migrations are missing, the first is ${pending[0]}.`;
      return [version, failed('migrations', message, 'Run: npm run db:migrate'), ...LATER.slice(1).map(notLookedAt)];
    }
    return [
      version,
      ok('migrations', 'All are applied.'),
      await checkRights(db),
      await checkClock(db, options.now),
      await checkLine(db, options.phoneNumberId),
    ];
  } catch (error) {
    return unreachable(error);
  } finally {
    await db.stop();
  }
}

function unreachable(error: unknown): Finding[] {
  const explained = explainDatabaseTrouble(error);
  const hint = explained instanceof ServiceError ? explained.hint : undefined;
  return [
    failed('database', messageOf(explained), hint ?? 'Look at DATABASE_URL and whether PostgreSQL runs there.'),
    ...LATER.map(notLookedAt),
  ];
}

const notLookedAt = (check: string): Finding => skipped(check, 'Not looked at: the database has to work first.');

async function checkVersion(db: Database): Promise<Finding> {
  const [row] = await db.prisma.$queryRaw<{ number: number; text: string }[]>`
    select current_setting('server_version_num')::integer as number, current_setting('server_version') as text`;
  if (row === undefined || row.number < OLDEST_VERSION) {
    return failed('database', `PostgreSQL ${row?.text} is too old.`, 'Use PostgreSQL 15 or newer.');
  }
  return ok('database', `PostgreSQL ${row.text} answers.`);
}

async function checkRights(db: Database): Promise<Finding> {
  try {
    await refuseRightsOnMoney(db.prisma);
    return ok('rights', 'The service can call the credit functions and write no money table.');
  } catch (error) {
    const hint = error instanceof ServiceError ? error.hint : undefined;
    return failed('rights', messageOf(error), hint ?? 'Give the login of DATABASE_URL the role orderlock_app only.');
  }
}

async function checkClock(db: Database, now: () => Date): Promise<Finding> {
  const before = now().getTime();
  const [row] = await db.prisma.$queryRaw<{ at: Date }[]>`select app_clock() as at`;
  const differenceMs = (row?.at.getTime() ?? 0) - (before + now().getTime()) / 2;
  if (Math.abs(differenceMs) <= CLOCK_DIFFERENCE_MS_MAX) {
    return ok('database clock', 'The clocks of the database and of this machine agree.');
  }
  const seconds = Math.round(Math.abs(differenceMs) / 1000);
  return warning(
    'database clock',
    `The database's clock is ${seconds} seconds ${differenceMs > 0 ? 'ahead of' : 'behind'} this machine's.`,
    'Switch on time synchronisation (NTP) on both.',
  );
}

async function checkLine(db: Database, phoneNumberId: string | undefined): Promise<Finding> {
  const check = 'line in the database';
  const lines = await db.prisma.$queryRaw<{ phone_number_id: string; wholesaler_id: string }[]>`
    select phone_number_id, wholesaler_id from line where retired_at is null order by phone_number_id limit 1000`;
  if (lines.length === 0) {
    return failed(check, 'No line is known.', 'Import a shop with its "lines": npm run import -- FILE.json');
  }
  if (phoneNumberId === undefined) return ok(check, `${lines.length} known.`);
  const found = lines.find((line) => line.phone_number_id === phoneNumberId);
  if (found !== undefined) return ok(check, `${phoneNumberId} belongs to wholesaler ${found.wholesaler_id}.`);
  return failed(
    check,
    `${phoneNumberId} of WHATSAPP_PHONE_NUMBER_ID belongs to no wholesaler: its messages would be kept and not answered.`,
    'Name it under "lines" in the shop\'s import file and run: npm run import -- FILE.json',
  );
}
