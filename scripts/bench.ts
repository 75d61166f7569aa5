import { parseArgs } from 'node:util';
import { SetupError } from '../src/shared/errors.ts';
import { runCommand } from '../src/shared/run-command.ts';
import { benchConsole } from './bench/console.ts';
import { benchCredit } from './bench/credit.ts';
import { benchOrders } from './bench/orders.ts';
import { benchParser } from './bench/parser.ts';
import { type Bench, jsonLine, table } from './bench/results.ts';
import { benchWebhook } from './bench/webhook.ts';

const USAGE = `Usage: npm run bench -- NAME [options]
  NAME      console: weight and server time of every page of the console on a year of books, 100,000 orders
            credit: accepted holds, beside a plain INSERT and beside the original design
            orders: whole orders and messages, from the webhook to the reply accepted by a fake Graph API
            parser: messages of one line and of twenty on 131 and 50,000 products, beside MiniSearch and Fuse.js
            webhook: deliveries acknowledged, beside a route that only answers and one with a plain INSERT
  --json    a last line {"bench":NAME,"results":[...]}
  --quick   a short run that shows that the bench works; its figures mean nothing`;

const benches = new Map<string, Bench>([
  ['console', benchConsole],
  ['credit', benchCredit],
  ['orders', benchOrders],
  ['parser', benchParser],
  ['webhook', benchWebhook],
]);

await runCommand(async () => {
  const { name, bench, json, quick } = readArguments();
  // Progress goes to stderr, so that stdout holds nothing but the result.
  const { measured, notes = [] } = await bench({ quick, progress: (line) => void process.stderr.write(`${line}\n`) });
  process.stdout.write(`${[table(measured), ...notes].join('\n')}\n`);
  if (json) process.stdout.write(`${jsonLine(name, measured)}\n`);
  return 0;
});

function readArguments(): { name: string; bench: Bench; json: boolean; quick: boolean } {
  const { values, positionals } = parsed();
  const [name = '', ...more] = positionals;
  const bench = benches.get(name);
  if (bench === undefined || more.length > 0) throw new SetupError('Name one bench.', USAGE);
  return { name, bench, json: values.json === true, quick: values.quick === true };
}

function parsed() {
  try {
    return parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' } }, allowPositionals: true });
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error), USAGE, error);
  }
}
