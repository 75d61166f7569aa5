// Generates the Prisma client into src/generated/prisma; npm runs it after every install, hence plain JavaScript.
// It needs no network: with the `prisma-client` generator the schema engine is never run, but Prisma still wants to
// download it, unless PRISMA_SCHEMA_ENGINE_BINARY names any file that exists.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const schemaFile = path.join(root, 'prisma/schema.prisma');
const outputDir = path.join(root, 'src/generated/prisma');
const stampFile = path.join(outputDir, '.generated-from');

process.exitCode = generate();

function generate() {
  // The packed library brings its client built, and no schema. Its reader may well have a Prisma of their own.
  if (!existsSync(schemaFile) && existsSync(path.join(root, 'dist/src/generated/prisma'))) return 0;
  const manifest = findPrisma();
  if (manifest === undefined) {
    // A production install (npm ci --omit=dev) runs the built client from dist/ and has nothing to generate.
    return 0;
  }
  if (!existsSync(schemaFile)) {
    console.error(`prisma/schema.prisma is not there, so no client was generated. Later: npm run generate`);
    return 0;
  }
  const stamp = createHash('sha256').update(manifest.version).update(readFileSync(schemaFile)).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 0;

  const run = spawnSync(process.execPath, [manifest.cli, 'generate', '--no-hints'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 120_000,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  if (run.status !== 0) {
    console.error(run.stdout ?? '', run.stderr ?? '', run.error?.message ?? '');
    console.error('The database client could not be generated from prisma/schema.prisma: see above.');
    console.error('Correct the schema, then run: npm run generate');
    return 1;
  }
  writeFileSync(stampFile, stamp);
  return 0;
}

function findPrisma() {
  const require = createRequire(import.meta.url);
  try {
    const file = require.resolve('prisma/package.json');
    const { version, bin } = JSON.parse(readFileSync(file, 'utf8'));
    return { version, cli: path.join(path.dirname(file), bin.prisma) };
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
