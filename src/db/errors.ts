import { SetupError } from '../shared/errors.ts';

/**
 * The SQLSTATE that PostgreSQL gave for this error, wherever Prisma, its adapter or `pg` put it. Undefined when the
 * error did not come from the server.
 */
export function sqlStateOf(error: unknown): string | undefined {
  for (const layer of layersOf(error)) {
    for (const candidate of [layer.originalCode, layer.code]) {
      if (typeof candidate === 'string' && isSqlState(candidate)) return candidate;
    }
  }
  return undefined;
}

/**
 * True when the database was busy, locked, restarting or out of reach, so that the same work may succeed later.
 * After a connection broke, whether the work was committed is unknown: repeat only what is safe to repeat.
 */
export function isTransient(error: unknown): boolean {
  const sqlState = sqlStateOf(error);
  if (sqlState !== undefined) return transientClasses.has(sqlState.slice(0, 2)) || sqlState === '55P03';
  return layersOf(error).some(
    (layer) =>
      transientCodes.has(String(layer.code)) ||
      transientKinds.has(String(layer.kind)) ||
      transientMessages.some((pattern) => pattern.test(String(layer.message))),
  );
}

/** Turns a database that cannot be used as it is set up into a `SetupError` with a hint; returns others unchanged. */
export function explainDatabaseTrouble(error: unknown): unknown {
  if (error instanceof SetupError) return error;
  const sqlState = sqlStateOf(error);
  const layers = layersOf(error);
  const has = (wanted: string): boolean => layers.some((layer) => layer.code === wanted || layer.kind === wanted);
  if (sqlState === '28P01' || sqlState === '28000') {
    return new SetupError(
      'The database refused the login.',
      'Check user and password in DATABASE_URL (and DATABASE_OWNER_URL), and pg_hba.conf on the server.',
      error,
    );
  }
  if (sqlState === '3D000') {
    return new SetupError(
      'The database named in DATABASE_URL does not exist on that server.',
      'Create it (createdb NAME) or correct the name, then run: npm run db:migrate',
      error,
    );
  }
  if (sqlState === '42P01') {
    return new SetupError('A table is missing: migrations are pending.', 'Run: npm run db:migrate', error);
  }
  if (
    has('ECONNREFUSED') ||
    has('ENOTFOUND') ||
    has('EHOSTUNREACH') ||
    has('ETIMEDOUT') ||
    has('EAI_AGAIN') ||
    has('DatabaseNotReachable')
  ) {
    return new SetupError(
      'No PostgreSQL server answers at the address in DATABASE_URL.',
      'Start it, correct host and port. Only npm start needs it: the other commands bring their own when DATABASE_URL is unset.',
      error,
    );
  }
  return error;
}

// 08 connection, 40 rollback (deadlock, serialization), 53 out of resources, 57 operator (shutdown, cancel, timeout).
const transientClasses = new Set(['08', '40', '53', '57']);

const transientCodes = new Set([
  'P1001', // Prisma: cannot reach the server
  'P1002',
  'P1008',
  'P1017', // Prisma: the server closed the connection
  'P2024', // Prisma: no connection from the pool in time
  'P2028', // Prisma: a transaction could not start or finish in time
  'P2034', // Prisma: deadlock or write conflict
  'P2037', // Prisma: too many connections
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

const transientKinds = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
]);

// What `pg` says without any code. Its tests raise each for real.
const transientMessages = [
  /^Connection terminated/,
  /^Query read timeout/,
  /timeout exceeded when trying to connect/,
  /Client has encountered a connection error and is not queryable/,
  /Client was closed and is not queryable/,
];

type Layer = { code?: unknown; originalCode?: unknown; kind?: unknown; message?: unknown };

const layersMax = 20;

/** The error and everything it carries inside: causes, gathered errors and Prisma's `meta.driverAdapterError`. */
function layersOf(error: unknown): Layer[] {
  const layers: Layer[] = [];
  const waiting: unknown[] = [error];
  while (waiting.length > 0 && layers.length < layersMax) {
    const value = waiting.shift();
    if (typeof value !== 'object' || value === null) continue;
    layers.push(value);
    const inner = value as { cause?: unknown; meta?: unknown; driverAdapterError?: unknown; errors?: unknown };
    waiting.push(inner.cause, inner.meta, inner.driverAdapterError);
    if (Array.isArray(inner.errors)) waiting.push(...inner.errors);
  }
  return layers;
}

/** Five characters, and not one of Prisma's own codes (P1001 and so on), which look alike except for PL/pgSQL's P0. */
const isSqlState = (code: string): boolean =>
  /^[0-9A-Z]{5}$/.test(code) && !/^P[1-9]\d{3}$/.test(code) && code !== 'EPIPE';
