#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Change, importShop, readShopFile, type Shop, type ShopProblem } from '../src/catalogue/index.ts';
import { readConfig } from '../src/config.ts';
import { withCommandDatabase } from '../src/db/command-database.ts';
import { createDatabase, explainDatabaseTrouble } from '../src/db/index.ts';
import { messageOf, SetupError } from '../src/shared/errors.ts';
import { runCommand } from '../src/shared/run-command.ts';

const USAGE = 'Usage: npm run import -- FILE.json [--dry-run] [--json]';

await runCommand(async () => {
  const { file, dryRun, json } = readArguments();
  const shop = readShopFile(await readText(file));
  if (!shop.ok) {
    if (json) print(JSON.stringify({ ok: false, problems: shop.problems }));
    else
      print([`${file} is wrong; nothing was written:`, ...shop.problems.map(problemLine)].join('\n'), process.stderr);
    return 1;
  }
  const changes = await withCommandDatabase(readConfig('command'), (url) => importInto(url, shop.shop, dryRun));
  print(json ? JSON.stringify({ ok: true, dryRun, changes }) : report(shop.shop.wholesaler.id, changes, dryRun));
  return 0;
});

function readArguments(): { file: string; dryRun: boolean; json: boolean } {
  try {
    const { values, positionals } = parseArgs({
      options: { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new SetupError('One file is needed.', USAGE);
    return { file, dryRun: values['dry-run'] === true, json: values.json === true };
  } catch (error) {
    throw error instanceof SetupError ? error : new SetupError(messageOf(error), USAGE, error);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new SetupError(`${file} cannot be read.`, USAGE, error);
  }
}

async function importInto(url: string, shop: Shop, dryRun: boolean): Promise<Change[]> {
  const database = await createDatabase({ url, poolMax: 1, applicationName: 'orderlock import' });
  try {
    return (await importShop(database, shop, { dryRun })).changes;
  } catch (error) {
    throw explainDatabaseTrouble(error);
  } finally {
    await database.stop();
  }
}

function report(wholesalerId: string, changes: Change[], dryRun: boolean): string {
  if (changes.length === 0) return `Nothing to change: ${wholesalerId} is as the file says.`;
  const wide = (column: 'kind' | 'id'): number => Math.max(...changes.map((change) => change[column].length));
  const [kindWidth, idWidth] = [wide('kind'), wide('id')];
  const lines = changes.map(({ kind, id, what }) => `  ${kind.padEnd(kindWidth)}  ${id.padEnd(idWidth)}  ${what}`);
  const count = changes.length === 1 ? '1 change' : `${changes.length} changes`;
  return [...lines, dryRun ? `${count} would be made; nothing was written.` : `${count} made.`].join('\n');
}

function problemLine({ path, message }: ShopProblem): string {
  return `  ${path}: ${message}`;
}

function print(text: string, to: NodeJS.WriteStream = process.stdout): void {
  to.write(`${text}\n`);
}
