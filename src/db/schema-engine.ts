/**
 * Prisma's own migration engine, compiled to WebAssembly and run in this process over `pg`.
 *
 * `prisma migrate deploy` needs a native binary from a download host that many networks block, so installing, starting
 * and testing must not depend on it. This is the same engine with the same bookkeeping, so both can be used on one
 * database. The package is made for bundlers; what a bundler would do (link the .wasm to its glue) is done here by
 * hand. Two things are mended on the way to the database: `sendScriptsWhole` and `readCharColumns`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/** Runs `work` with an engine on the database at `url`, in one session that ends when `work` has settled. */
export async function withSchemaEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  linkWasm();
  // One connection: the engine's advisory lock belongs to a session, so all its statements have to share one.
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: 'orderlock migrate' });
  try {
    await waitForOtherMigrators(pool);
    const factory = new PrismaPg(pool, { onPoolError: ignore, onConnectionError: ignore });
    const connect = factory.connect.bind(factory);
    factory.connect = async () => {
      const adapter = await connect();
      sendScriptsWhole(adapter);
      readCharColumns(pool, adapter);
      return adapter;
    };
    const bound = bindMigrationAwareSqlAdapterFactory(factory);
    const engine = await glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, bound);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

type PgAdapter = Awaited<ReturnType<PrismaPg['connect']>>;

const lockWaitMs = 120_000;

/**
 * Takes the engine's own lock before the engine does (a session may take it twice), because the engine would wait for
 * another migrator without any bound.
 */
async function waitForOtherMigrators(pool: pg.Pool): Promise<void> {
  await pool.query(`set lock_timeout = ${lockWaitMs}`);
  await pool.query('select pg_advisory_lock(72707369)');
  await pool.query('reset lock_timeout');
}

/**
 * The adapter cuts a script at every semicolon, through the bodies of PL/pgSQL functions too. PostgreSQL takes the
 * whole script in one message, which also makes a failed migration undo itself.
 */
function sendScriptsWhole(adapter: PgAdapter): void {
  adapter.executeScript = async (script) => {
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
  };
}

const charOid = 18;
const textOid = 25;

/**
 * The adapter refuses columns of the catalogues' own type "char", which the engine reads when it describes a database
 * and expects as a character. So the pool passes them off as text, and the adapter's answer is put right afterwards.
 */
function readCharColumns(pool: pg.Pool, adapter: PgAdapter): void {
  const charColumns = new WeakMap<object, Set<number>>();
  const poolQuery = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  const query = async (...args: unknown[]): Promise<pg.QueryResult> => {
    const result = await poolQuery(...args);
    // A script of several statements has several results, which the engine does not read.
    if (Array.isArray(result)) return result;
    charColumns.set(
      result.rows,
      new Set(result.fields.flatMap((field, index) => (field.dataTypeID === charOid ? [index] : []))),
    );
    for (const field of result.fields) if (field.dataTypeID === charOid) field.dataTypeID = textOid;
    return result;
  };
  pool.query = query as typeof pool.query;

  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (sqlQuery) => {
    const result = await queryRaw(sqlQuery);
    const isChar = (index: number): boolean => charColumns.get(result.rows)?.has(index) === true;
    const columnTypes = result.columnTypes.map((type, index) => (isChar(index) ? ColumnTypeEnum.Character : type));
    return { ...result, columnTypes };
  };
}

// A connection that breaks fails the statement in hand, which reports it; the event beside it says nothing new.
const ignore = (): void => undefined;

// TypeScript knows this global only together with the whole DOM.
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
};

let linked = false;

function linkWasm(): void {
  if (linked) return;
  const wasmFile = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const module = new WebAssembly.Module(readFileSync(wasmFile));
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': { ...glue, ...unheldTimers() } });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  linked = true;
}

/** The engine leaves a timer of ten seconds behind, which would keep a command alive after its work is done. */
function unheldTimers(): Record<string, unknown> {
  const name = Object.keys(glue).find((key) => key.startsWith('__wbg_setTimeout_'));
  return name === undefined ? {} : { [name]: (run: () => void, ms: number) => setTimeout(run, ms >>> 0).unref() };
}
