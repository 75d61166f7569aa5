import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError } from '../src/shared/errors.ts';
import { runCommand } from '../src/shared/run-command.ts';
import { type EdgeResult, runEdge } from './edge/run.ts';
import { startThrowAwayServer } from './throw-away-server.ts';

const USAGE = `Usage: npm run edge:run -- [options]
  --messages N      incoming messages, each of which asks for an answer (20000)
  --seed N          of all dice (1)
  --persons N       who write (a tenth of the messages)
  --lines N         numbers of the business (one per 250 persons)
  --percent N       of calls for each kind of fault, all at once (5)
  --per-second N    incoming messages a second (100)
  --kill-every S    kill -9 of the service so often (never)
  --rest-scale N    Meta's rests are divided by this (40)
  --json            a last line {"edge":...}`;

await runCommand(async () => {
  const options = readArguments();
  const server = await startThrowAwayServer();
  const logFile = path.join(tmpdir(), `orderlock-edge-${process.pid}.log`);
  try {
    const progress = (line: string): void => void process.stderr.write(`${line}\n`);
    progress(`the service logs to ${logFile}`);
    const result = await runEdge({ ...options, databaseUrl: server.url, logFile, progress });
    process.stdout.write(describe(result));
    if (options.json) process.stdout.write(`${JSON.stringify({ edge: result })}\n`);
    return result.ok ? 0 : 1;
  } finally {
    await server.stop();
  }
});

function readArguments() {
  const options = { type: 'string' } as const;
  const read = () => {
    try {
      return parseArgs({
        options: {
          messages: options,
          seed: options,
          persons: options,
          lines: options,
          percent: options,
          'per-second': options,
          'kill-every': options,
          'rest-scale': options,
          json: { type: 'boolean' },
        },
      }).values;
    } catch (error) {
      throw new SetupError(error instanceof Error ? error.message : String(error), USAGE, error);
    }
  };
  const values = read();
  const number = (name: Exclude<keyof typeof values, 'json'>, otherwise: number, min: number, max: number): number => {
    const value = values[name] === undefined ? otherwise : Number(values[name]);
    if (Number.isFinite(value) && value >= min && value <= max) return value;
    throw new SetupError(`--${name} must be a number from ${min} to ${max}.`, USAGE);
  };
  const messages = number('messages', 20_000, 1, 1_000_000);
  const persons = number('persons', Math.max(10, Math.ceil(messages / 10)), 1, 100_000);
  return {
    messages,
    persons,
    lines: number('lines', Math.max(1, Math.round(persons / 250)), 1, 100),
    seed: number('seed', 1, 0, 2 ** 32),
    faultShare: number('percent', 5, 0, 5) / 100,
    perSecond: number('per-second', 100, 1, 10_000),
    killEveryS: number('kill-every', 0, 0, 3_600),
    restScale: number('rest-scale', 40, 1, 1_000),
    json: values.json === true,
  };
}

function describe(result: EdgeResult): string {
  const { twice, lost, outOfOrder, unasked, statuses } = result;
  const bad = [
    ['twice although a status came', twice],
    ['lost', lost],
    ['out of order', outOfOrder],
    ['asked by nobody', unasked],
  ] as const;
  return `${[
    `${result.expected} answers expected in ${result.seconds} s, ${result.faultKinds} kinds of faults at once, ${result.kills} kills`,
    `calls to the fake Graph API    ${result.calls}, accepted ${result.accepted}, of which failed later ${result.acceptedThenFailed}`,
    `statuses posted                ${statuses.posted}, given up ${statuses.lost}`,
    `arrived exactly once           ${result.once}`,
    `arrived again, no status came  ${result.again}`,
    `refused for good, staff told   ${result.refused}`,
    `failed, and never reported     ${result.unreported}`,
    `messages with several answers  ${result.merged}`,
    `arrived after Meta failed them  ${result.afterFailure}`,
    `overtook one after a minute    ${result.afterMinute}`,
    ...bad.map(
      ([what, list]) => `${what.padEnd(31)}${list.length}${list.length > 0 ? `: ${list.slice(0, 10).join('; ')}` : ''}`,
    ),
    `orders                         ${result.orders} of ${result.ordersExpected}, ledger ${result.ledgerOk ? 'proved' : 'WRONG'}`,
    `failures nobody was told       ${result.untold}, alerts open ${result.openAlerts}`,
    result.ok ? 'all answers accounted for' : 'ANSWERS WENT WRONG',
  ].join('\n')}\n`;
}
