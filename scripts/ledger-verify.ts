import { readConfig } from '../src/config.ts';
import { type LedgerProof, verifyLedger } from '../src/credit/index.ts';
import { withCommandDatabase } from '../src/db/command-database.ts';
import { createDatabase, explainDatabaseTrouble } from '../src/db/index.ts';
import { readFlags } from '../src/shared/read-flags.ts';
import { runCommand } from '../src/shared/run-command.ts';

/** An account with millions of entries is summed in one statement. */
const STATEMENT_TIMEOUT_MS = 600_000;

await runCommand(async () => {
  const { json } = readFlags('npm run ledger:verify [-- --json]', ['json']);
  const proof = await withCommandDatabase(readConfig('command'), (url) =>
    prove(url, !json && process.stderr.isTTY === true),
  );
  process.stdout.write(`${json ? JSON.stringify(proof) : report(proof)}\n`);
  return proof.ok ? 0 : 1;
});

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
