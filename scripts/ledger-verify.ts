import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { type LedgerProof, verifyLedger } from '../src/credit/index.ts';
import { startEmbedded } from '../src/db/embedded.ts';
import { createDatabase, explainDatabaseTrouble } from '../src/db/index.ts';
import { SetupError } from '../src/shared/errors.ts';
import { runCommand } from '../src/shared/run-command.ts';

const USAGE = 'Usage: npm run ledger:verify [-- --json]';

/** An account with millions of entries is summed in one statement. */
const STATEMENT_TIMEOUT_MS = 600_000;

await runCommand(async () => {
  const json = readArguments();
  const proof = await withDatabaseUrl((url) => prove(url, !json && process.stderr.isTTY === true));
  process.stdout.write(`${json ? JSON.stringify(proof) : report(proof)}\n`);
  return proof.ok ? 0 : 1;
});

function readArguments(): boolean {
  try {
    return parseArgs({ options: { json: { type: 'boolean' } } }).values.json === true;
  } catch (error) {
    throw new SetupError(String(error), USAGE, error);
  }
}

/** The configured database, else the embedded one: the server that runs already, or one for the time of the proof. */
async function withDatabaseUrl<T>(work: (url: string) => Promise<T>): Promise<T> {
  const config = readConfig('command');
  if (config.databaseUrl !== undefined) return work(config.databaseUrl);
  const embedded = await startEmbedded({ dataDir: config.dataDir, role: 'command' });
  try {
    return await work(embedded.url);
  } finally {
    await embedded.stop();
  }
}

async function prove(url: string, showProgress: boolean): Promise<LedgerProof> {
  const db = await createDatabase({
    url,
    poolMax: 1,
    applicationName: 'orderlock ledger:verify',
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  try {
    return await verifyLedger(db, {
      onProgress: ({ accounts, entries }) => {
        if (showProgress) process.stderr.write(`\r${entries} entries, ${accounts} accounts `);
      },
    });
  } catch (error) {
    throw explainDatabaseTrouble(error);
  } finally {
    if (showProgress) process.stderr.write('\n');
    await db.stop();
  }
}

function report({ accounts, entries, durationMs, firstBad }: LedgerProof): string {
  const amount = `${entries} entries of ${accounts} accounts in ${(durationMs / 1000).toFixed(1)} s`;
  if (firstBad === null) return `The ledger is whole: ${amount}, every hash and every figure recomputed.`;
  return [
    `The ledger is NOT whole (${amount}).`,
    `First bad entry: wholesaler ${firstBad.wholesalerId}, retailer ${firstBad.retailerId}, number ${firstBad.seq}.`,
    `What does not hold: ${firstBad.check}.`,
    'Somebody changed stored money past the service. Keep the database as it is and compare it with a backup.',
  ].join('\n');
}
