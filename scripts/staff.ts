#!/usr/bin/env node
import { z } from 'zod';
import { readConfig } from '../src/config.ts';
import { withCommandDatabase } from '../src/db/command-database.ts';
import { createDatabase, explainDatabaseTrouble } from '../src/db/index.ts';
import { SetupError } from '../src/shared/errors.ts';
import { readArguments } from '../src/shared/read-flags.ts';
import { runCommand } from '../src/shared/run-command.ts';
import { createStaffDesk, ROLES } from '../src/staff/index.ts';

const USAGE = `npm run staff -- --wholesaler ID --email E --role ${ROLES.join('|')} [--name N] [--json]`;

const argumentsSchema = z.object({
  wholesaler: z.string({ error: '--wholesaler is missing' }).min(1),
  email: z.email({ error: '--email must be an e-mail address' }).max(200),
  role: z.enum(ROLES, { error: `--role must be one of ${ROLES.join(', ')}` }),
  name: z.string().min(1).max(200).optional(),
  json: z.boolean().optional(),
});

// Adds somebody of the staff, or gives them another role, and prints a link that signs them in once.
await runCommand(async () => {
  const person = readPerson();
  const config = readConfig('command');
  const made = await withCommandDatabase(config, async (url) => {
    const database = await createDatabase({ url, poolMax: 1, applicationName: 'orderlock staff' });
    try {
      const desk = createStaffDesk({ db: database, secret: config.sessionSecret });
      const { wholesaler: wholesalerId, email, role, name = null } = person;
      return await desk.invite({ wholesalerId, email, role, name }, 'command');
    } catch (error) {
      throw explainDatabaseTrouble(error);
    } finally {
      await database.stop();
    }
  });
  if (made === null) {
    throw new SetupError(
      `There is no wholesaler ${person.wholesaler}.`,
      'Import it first (npm run import -- FILE.json), or look at the id.',
    );
  }
  const base = config.publicUrl ?? `http://${config.host}:${config.port}`;
  const link = `${base}/console/welcome?token=${made.token}`;
  const { id, email, name, role } = made.staff;
  if (person.json === true) print(JSON.stringify({ id, email, name, role, link }));
  else {
    print(`${name} <${email}> signs in here as ${role}, once and within 24 hours:`);
    print(`  ${link}`);
    if (!config.isGiven('SESSION_SECRET') && config.databaseUrl !== undefined) {
      print('SESSION_SECRET is not set here. The link works only if the service runs without one, too.');
    }
  }
  return 0;
});

function readPerson(): z.infer<typeof argumentsSchema> {
  const text = { type: 'string' } as const;
  const given = readArguments(USAGE, {
    wholesaler: text,
    email: text,
    role: text,
    name: text,
    json: { type: 'boolean' },
  });
  const read = argumentsSchema.safeParse(given);
  if (read.success) return read.data;
  throw new SetupError(read.error.issues.map(({ message }) => message).join('; '), `Usage: ${USAGE}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
