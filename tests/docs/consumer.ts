/**
 * A project of somebody else that has installed our package: built, packed and unpacked as npm would do it, with the
 * libraries that it depends on linked from here, since a test has no registry. Its code can therefore only use what the
 * package really holds and exports.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './documents.ts';

export type Consumer = {
  /** Puts a file into the project. */
  write(file: string, text: string): Promise<void>;
  /** Types and compiles the whole project; what the compiler complains about, '' if nothing. */
  compile(): Promise<string>;
  /** Runs a compiled file; rejects when it ends with an error. */
  run(file: string, environment: Record<string, string>): Promise<Output>;
  /** Runs one of the commands that the package brings. */
  command(name: string, args: string[], environment: Record<string, string>): Promise<Output>;
  drop(): Promise<void>;
};

type Output = { stdout: string; stderr: string };

const bin = (name: string): string => path.join(root, 'node_modules', name);
const typescript = bin('typescript/bin/tsc');

/** `prismaSchema`: the models of the consumer, who has a Prisma client of their own. */
export async function createConsumer(prismaSchema: string): Promise<Consumer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orderlock-consumer-'));
  try {
    return await setUp(folder, prismaSchema);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function setUp(folder: string, prismaSchema: string): Promise<Consumer> {
  const at = (...parts: string[]): string => path.join(folder, ...parts);

  async function node(args: string[], environment: Record<string, string> = {}, cwd = folder): Promise<Output> {
    const options = { cwd, env: { ...process.env, ...environment }, maxBuffer: 16 << 20, timeout: 180_000 };
    return promisify(execFile)(process.execPath, args, options);
  }

  async function write(file: string, text: string): Promise<void> {
    await mkdir(path.dirname(at(file)), { recursive: true });
    await writeFile(at(file), text);
  }

  /** What `npm publish` would send, from a copy, so that nothing here is changed. */
  async function packInto(target: string): Promise<void> {
    const stage = at('stage');
    await mkdir(stage);
    for (const part of ['package.json', 'README.md', 'docs', 'prisma', 'scripts/generate-client.mjs', '.gitignore']) {
      await cp(path.join(root, part), path.join(stage, part), { recursive: true });
    }
    await node([typescript, '-p', 'tsconfig.build.json', '--outDir', path.join(stage, 'dist')], {}, root);
    const packing = { cwd: stage, env: { ...process.env, npm_config_update_notifier: 'false' } };
    const { stdout } = await promisify(execFile)('npm', ['pack', '--silent', '--ignore-scripts'], packing);
    await mkdir(target, { recursive: true });
    await promisify(execFile)('tar', ['xzf', path.join(stage, stdout.trim()), '-C', target, '--strip-components=1']);
    await rm(stage, { recursive: true });
  }

  async function link(library: string): Promise<void> {
    await mkdir(path.dirname(at('node_modules', library)), { recursive: true });
    await symlink(bin(library), at('node_modules', library));
  }

  const installed = at('node_modules/orderlock');
  await packInto(installed);
  const manifest = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8')) as Manifest;
  for (const library of [...Object.keys(manifest.dependencies), '@types/node', '@types/pg']) await link(library);
  await node([path.join(installed, 'scripts/generate-client.mjs')]);

  await write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  await write('tsconfig.json', JSON.stringify(strict));
  await write('run-sql.ts', runSql);
  await write('prisma/schema.prisma', prismaSchema);
  await node([bin('prisma/build/index.js'), 'generate', '--no-hints'], {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  });

  return {
    write,
    async compile() {
      return node([typescript, '-p', 'tsconfig.json']).then(
        () => '',
        (error: Partial<Output>) => `${error.stdout ?? ''}${error.stderr ?? ''}` || String(error),
      );
    },
    run: (file, environment) => node(['--enable-source-maps', at('out', file)], environment),
    command: (name, args, environment) =>
      node([path.join(installed, manifest.bin[name] ?? name), ...args], environment),
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

type Manifest = { dependencies: Record<string, string>; bin: Record<string, string> };

/** As strict as TypeScript can be told to be; the types of libraries are looked into as well. */
const strict = {
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'NodeNext',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noPropertyAccessFromIndexSignature: false,
    skipLibCheck: false,
    sourceMap: true,
    rootDir: '.',
    outDir: 'out',
  },
  include: ['**/*.ts'],
  exclude: ['out', 'node_modules'],
};

const runSql = `
import pg from 'pg';
/** Runs SQL of a document as the owner of the database, as psql would. */
export async function runSql(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
`;
