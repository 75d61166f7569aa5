#!/usr/bin/env node
import { readConfig } from '../src/config.ts';
import { type LedgerProof, verifyLedger } from '../src/credit/index.ts';
import { withCommandDatabase } from '../src/db/command-database.ts';
import { createDatabase, explainDatabaseTrouble } from '../src/db/index.ts';
import { readFlags } from '../src/shared/read-flags.ts';
import { runCommand } from '../src/shared/run-command.ts';

const CONNECTIONS = 2;

await runCommand(async () => {
  const { json } = readFlags('npm run ledger:verify [-- --json]', ['json']);
  const proof = await withCommandDatabase(readConfig('command'), (url) =>
    prove(url, !json && process.stderr.isTTY === true),
  );
  process.stdout.write(`${json ? JSON.stringify(proof) : report(proof)}\n`);
  return proof.ok ? 0 : 1;
});

async function prove(url: string, showProgress: boolean): Promise<LedgerProof> {
  const db = await createDatabase({ url, poolMax: CONNECTIONS, applicationName: 'orderlock ledger:verify' });
  try {
    return await verifyLedger(db, {
      connections: CONNECTIONS,
      onProgress: ({ accounts, entries, accountsInAll, entriesInAll }) => {
        if (!showProgress) return;
        // Entries take most of the time. What came meanwhile may carry a count beyond what was seen at first.
        const share = Math.floor(80 * part(entries, entriesInAll) + 20 * part(accounts, accountsInAll));
        process.stderr.write(
          `\r${share} %: ${entries} of about ${entriesInAll} entries, ${accounts} of ${accountsInAll} accounts `,
        );
      },
    });
  } catch (error) {
    throw explainDatabaseTrouble(error);
  } finally {
    if (showProgress) process.stderr.write('\n');
    await db.stop();
  }
}

function part(done: number, inAll: number): number {
  return inAll === 0 ? 1 : Math.min(1, done / inAll);
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
