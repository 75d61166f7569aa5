import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type EdgeOptions, runEdge } from '../../scripts/edge/run.ts';
import { createTestDatabase } from '../support/database.ts';

/** A small edition of `npm run edge:run`, with 5 % of every kind of fault at once. */
async function runSmall(more: Partial<EdgeOptions>) {
  const database = await createTestDatabase();
  try {
    return await runEdge({
      databaseUrl: database.url,
      messages: 200,
      persons: 40,
      lines: 2,
      seed: 7,
      faultShare: 0.05,
      perSecond: 50,
      killEveryS: 0,
      restScale: 200,
      logFile: path.join(tmpdir(), `orderlock-edge-test-${process.pid}.log`),
      progress: () => undefined,
      ...more,
    });
  } finally {
    await database.drop();
  }
}

const NOTHING_WRONG = { twice: [], lost: [], outOfOrder: [], unasked: [], untold: 0, ledgerOk: true, ok: true };

it('while everything goes wrong at once, each reply arrives once and in order, or staff are told', async () => {
  const result = await runSmall({});
  expect(result).toMatchObject({ expected: 200, ...NOTHING_WRONG });
  expect(result.calls, 'faults cost calls').toBeGreaterThan(result.accepted);
  expect(result.acceptedThenFailed + result.refused + result.merged).toBeGreaterThan(0);
}, 240_000);

it('and so it does when the service is killed every few seconds meanwhile', async () => {
  const result = await runSmall({ killEveryS: 4, seed: 8, messages: 120, persons: 24 });
  expect(result).toMatchObject({ expected: 120, ...NOTHING_WRONG });
  expect(result.kills).toBeGreaterThan(0);
}, 480_000);
