#!/usr/bin/env node
import { readConfig } from '../src/config.ts';
import { withCommandDatabase } from '../src/db/command-database.ts';
import { runDoctor } from '../src/doctor/run-doctor.ts';
import type { Finding } from '../src/doctor/types.ts';
import { readFlags } from '../src/shared/read-flags.ts';
import { runCommand } from '../src/shared/run-command.ts';

const MARKS = { ok: 'ok', warning: 'WARN', failed: 'FAIL', skipped: '-' };
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

await runCommand(async () => {
  const { json } = readFlags('npm run doctor [-- --json]', ['json']);
  const config = readConfig('command');
  const findings = await runDoctor({
    config,
    withDatabase: (work) => withCommandDatabase(config, work),
    now: () => new Date(),
    onFinding: (finding) => {
      if (!json) print(lineOf(finding));
    },
  });
  const count = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  const good = count('failed') === 0;
  if (json) print(JSON.stringify({ ok: good, checks: findings }));
  else print(`\n${good ? 'Nothing stands in the way' : `${count('failed')} to mend`}, ${count('warning')} warnings.`);
  return good ? 0 : 1;
});

function lineOf({ check, state, message, hint }: Finding): string {
  const line = `${MARKS[state].padEnd(5)} ${check.padEnd(21)} ${message}`;
  return hint === undefined || state === 'ok' ? line : `${line}\n${' '.repeat(28)}> ${hint}`;
}
