import Table from 'cli-table3';
import { afterAll, describe, expect, test } from 'vitest';
import { mustExist } from '../../src/shared/assert.ts';
import { type Hunt, huntByGames, huntByHistory } from './mutants/hunt.ts';
import { mutants } from './mutants/mutants.ts';

/** Both kinds of check on every mutant, not only the one that is quick to find it: MUTANTS=all. */
const isThorough = process.env.MUTANTS === 'all';

const rows: string[][] = [];
function tell(name: string, how: string, { caughtBy, calls }: Hunt): void {
  const by = (['model', 'history', 'invariants', 'database'] as const).map((check) => caughtBy[check] ?? '');
  rows.push([name, how, String(calls), ...by.map((what) => what.slice(0, 40))]);
}

afterAll(() => {
  const head = ['mutant', 'hunted by', 'calls', 'model', 'history', 'invariants', 'database'];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  console.log(table.toString());
});

describe('a credit core with one thing wrong in it is caught', () => {
  for (const mutant of mutants) {
    test(mutant.name, async () => {
      const hunts: Hunt[] = [];
      if (mutant.isRace === true || isThorough) {
        const hunt = await huntByHistory(mutant, { calls: 30, twins: 2 });
        tell(mutant.name, 'history', hunt);
        hunts.push(hunt);
      }
      if (mutant.isRace !== true || isThorough) {
        const hunt = await huntByGames(mutant, {
          runs: mutant.games ?? 200,
          ...(mutant.only && { only: mutant.only }),
        });
        tell(mutant.name, 'games', hunt);
        hunts.push(hunt);
      }
      expect(hunts.some(({ caughtBy }) => Object.keys(caughtBy).length > 0)).toBe(true);
    }, 120_000);
  }
});

test('the core with nothing wrong in it passes the same hunts', async () => {
  const sound = { name: 'none', wounds: [] };
  expect((await huntByHistory(sound, { calls: 30, twins: 2 })).caughtBy).toEqual({});
  expect((await huntByGames(sound, { runs: 5 })).caughtBy).toEqual({});
}, 120_000);

test('a game that goes wrong is cut down to the few moves that matter, and says how to play it again', async () => {
  const blocked = mutants.find(({ name }) => name === 'a blocked account may order');
  const { error } = await huntByGames(mustExist(blocked, 'the mutant'), { runs: 60, shrinks: true });
  console.log(error);
  const moves = error.match(/\{"move":/g) ?? [];
  expect(moves.length).toBeGreaterThan(0);
  expect(moves.length).toBeLessThanOrEqual(3);
  expect(error).toMatch(/seed: \d+, path: "[\d:]+"/);
  expect(error).toMatch(/replayPath="/);
}, 120_000);

test('a mutant whose place in a function is gone says so', async () => {
  const lost = { name: 'lost', wounds: [{ of: 'credit_append', text: 'no such words', becomes: '' }] };
  await expect(huntByGames(lost, { runs: 1 })).rejects.toThrow('Move the mutant');
});
