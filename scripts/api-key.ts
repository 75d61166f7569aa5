import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { createApiKey, listApiKeys, revokeApiKey } from '../src/api/api-keys.ts';
import { isRight, RIGHTS, type Right } from '../src/api/rights.ts';
import { readConfig } from '../src/config.ts';
import { withCommandDatabase } from '../src/db/command-database.ts';
import { createDatabase, type Database, explainDatabaseTrouble } from '../src/db/index.ts';
import { messageOf, SetupError } from '../src/shared/errors.ts';
import { runCommand } from '../src/shared/run-command.ts';

const USAGE = [
  'Usage: npm run api-key -- --wholesaler ID --name N --rights R,... [--json]   makes a key and shows it once',
  '       npm run api-key -- --wholesaler ID --list [--json]',
  '       npm run api-key -- --wholesaler ID --revoke KEY_ID [--json]',
  `Rights: ${RIGHTS.join(', ')} (admin includes all others)`,
].join('\n');

/** So many keys are more than anybody reads; the console has them page by page. */
const LISTED_MAX = 1000;

type Asked = { what: 'make'; name: string; rights: Right[] } | { what: 'list' } | { what: 'revoke'; id: string };

await runCommand(async () => {
  const { wholesalerId, asked, json } = readArguments();
  return withCommandDatabase(readConfig('command'), async (url) => {
    const db = await createDatabase({ url, poolMax: 1, applicationName: 'orderlock api-key' });
    try {
      print(await carryOut(db, wholesalerId, asked, json));
      return 0;
    } catch (error) {
      throw explainDatabaseTrouble(error);
    } finally {
      await db.stop();
    }
  });
});

function readArguments(): { wholesalerId: string; asked: Asked; json: boolean } {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { wholesaler: text, name: text, rights: text, revoke: text, list: flag, json: flag };
  try {
    const { wholesaler, json = false, ...given } = parseArgs({ options }).values;
    if (!wholesaler) throw new SetupError('--wholesaler is missing.', USAGE);
    return { wholesalerId: wholesaler, asked: readAsked(given), json };
  } catch (error) {
    throw error instanceof SetupError ? error : new SetupError(messageOf(error), USAGE, error);
  }
}

function readAsked(given: { name?: string; rights?: string; revoke?: string; list?: boolean }): Asked {
  const { name, rights, revoke, list } = given;
  if (list === true && name === undefined && rights === undefined && revoke === undefined) return { what: 'list' };
  if (revoke !== undefined && name === undefined && rights === undefined && list !== true) {
    if (!/^[0-9a-f-]{36}$/.test(revoke))
      throw new SetupError('--revoke takes the id of a key; --list shows it.', USAGE);
    return { what: 'revoke', id: revoke };
  }
  if (!name?.trim() || !rights || list === true || revoke !== undefined) {
    throw new SetupError('--name and --rights are needed.', USAGE);
  }
  if (name.trim().length > 100) throw new SetupError('--name must have at most 100 characters.', USAGE);
  const named = rights.split(',').map((right) => right.trim());
  const unknown = named.filter((right) => !isRight(right));
  if (unknown.length > 0) throw new SetupError(`There is no right "${unknown[0]}".`, USAGE);
  return { what: 'make', name: name.trim(), rights: named.filter(isRight) };
}

async function carryOut(db: Database, wholesalerId: string, asked: Asked, json: boolean): Promise<string> {
  const by = `command:${userInfo().username}`;
  switch (asked.what) {
    case 'make': {
      const made = await createApiKey(db.prisma, { wholesalerId, name: asked.name, rights: asked.rights, by });
      if (made === null) throw new SetupError(`There is no wholesaler "${wholesalerId}".`, 'Import its shop first.');
      if (json) return JSON.stringify(made);
      return [
        made.key,
        '',
        `This key is shown once. It may: ${made.rights.join(', ')}.`,
        `Its id is ${made.id}: npm run api-key -- --wholesaler ${wholesalerId} --revoke ${made.id}`,
      ].join('\n');
    }
    case 'list': {
      const keys = await listApiKeys(db.prisma, { wholesalerId, limit: LISTED_MAX });
      if (json) return JSON.stringify({ keys });
      if (keys.length === 0) return `${wholesalerId} has no API key.`;
      return keys
        .map(({ id, name, rights, lastUsedAt, revokedAt }) => {
          const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.toISOString().slice(0, 16)}Z`;
          const state = revokedAt === null ? used : `revoked ${revokedAt.toISOString().slice(0, 16)}Z`;
          return `${id}  ${name}  ${rights.join(',')}  ${state}`;
        })
        .join('\n');
    }
    case 'revoke': {
      const revoked = await revokeApiKey(db.prisma, { wholesalerId, id: asked.id, by });
      if (!revoked) throw new SetupError(`${wholesalerId} has no live key ${asked.id}.`, '--list shows its keys.');
      return json ? JSON.stringify({ id: asked.id, revoked: true }) : `${asked.id} is refused from now on.`;
    }
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
