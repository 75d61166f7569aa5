/**
 * As whom the embedded server runs. PostgreSQL refuses to run as root, so root starts it as the user `postgres`. That
 * user must be able to walk to the binaries and to the data folder, which a checkout under /root does not allow: then
 * the server gets the one capability that walking needs, and nothing about the folders has to be changed.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { messageOf, SetupError } from '../shared/errors.ts';

type Ids = { uid: number; gid: number };

export type Runner = {
  /** Who has to own the cluster's files; undefined when that is ourselves. */
  owner: Ids | undefined;
  /** How to run a program as the server's user. */
  wrap(binary: string): { command: string; prefix: string[]; ids: Partial<Ids> };
};

const run = promisify(execFile);

/** Finds a way to run PostgreSQL that reaches `dataFolder` and `binary`; refuses with what to do when there is none. */
export async function serverRunner(dataFolder: string, binary: string): Promise<Runner> {
  if (process.getuid?.() !== 0) return { owner: undefined, wrap: (command) => ({ command, prefix: [], ids: {} }) };
  const owner = await postgresUser();
  const plain: Runner = { owner, wrap: (command) => ({ command, prefix: [], ids: owner }) };
  if ((await obstacle(plain, dataFolder, binary)) === undefined) return plain;
  const capabilities = '+dac_override,+dac_read_search';
  const setpriv: Runner = {
    owner,
    wrap: (command) => ({
      command: 'setpriv',
      prefix: [
        ...[`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'],
        ...[`--inh-caps=${capabilities}`, `--ambient-caps=${capabilities}`, command],
      ],
      ids: {},
    }),
  };
  const reason = await obstacle(setpriv, dataFolder, binary);
  if (reason === undefined) return setpriv;
  throw new SetupError(
    `The embedded PostgreSQL runs as user postgres, who cannot use ${dataFolder} or ${path.dirname(binary)}: ${messageOf(reason)}`,
    'Move the project out of a private folder such as /root, run it as an ordinary user, or set DATABASE_URL.',
    reason,
  );
}

async function postgresUser(): Promise<Ids> {
  const known = await idsOfPostgres();
  if (known !== undefined) return known;
  try {
    await run('groupadd', ['--system', 'postgres']).catch(() => undefined);
    await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/bin/false', 'postgres']);
  } catch (error) {
    // Another process may have made the user at the same time; the second look decides.
    const made = await idsOfPostgres();
    if (made !== undefined) return made;
    throw new SetupError(
      'PostgreSQL does not run as root, and the user postgres could not be made.',
      'Make it (useradd --system postgres), run as an ordinary user, or set DATABASE_URL.',
      error,
    );
  }
  return (await idsOfPostgres()) ?? postgresUser();
}

async function idsOfPostgres(): Promise<Ids | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Undefined when it does, else what came in the way. */
async function obstacle(runner: Runner, dataFolder: string, binary: string): Promise<unknown> {
  try {
    for (const [program, args] of [
      [binary, ['--version']],
      ['/usr/bin/env', ['-C', dataFolder, 'true']],
    ] as const) {
      const { command, prefix, ids } = runner.wrap(program);
      await run(command, [...prefix, ...args], { ...ids, cwd: '/' });
    }
    return undefined;
  } catch (error) {
    return error;
  }
}
