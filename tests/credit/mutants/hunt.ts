/** Lets the checks loose on a mutant and tells which of them caught it. */
import { verifyLedger } from '../../../src/credit/index.ts';
import { createRandom } from '../../../src/simulator/random.ts';
import { createTestDatabase } from '../../support/database.ts';
import { startCaller } from '../history/callers.ts';
import { createLoad, raceTwins, runLoad } from '../history/load.ts';
import { gatherAt, judgeOn, setStage } from '../history/stage.ts';
import { openTable, type PlayOptions, play, tellsTo } from '../model/play.ts';
import { type Mutant, mutate } from './wound.ts';

export type Hunt = {
  /** Which check found something, and what. */
  caughtBy: Partial<Record<'model' | 'history' | 'invariants' | 'database', string>>;
  calls: number;
};

/** Games, one call at a time, until one goes wrong. */
export async function huntByGames(
  mutant: Mutant,
  options: Pick<PlayOptions, 'runs'> & Partial<PlayOptions>,
): Promise<Hunt & { error: string }> {
  const table = await openTable();
  try {
    await mutate(table.ownerSql, mutant);
    const error = await messageOf(play(table, { seed: 1, movesMax: 80, shrinks: false, proves: false, ...options }));
    const proof = await verifyLedger(table.db);
    const caughtBy: Hunt['caughtBy'] = {
      ...(error !== '' && !error.includes('invariant') && { model: firstLine(error) }),
      ...(proof.firstBad !== null && { invariants: proof.firstBad.check }),
      ...saidBy(table.troubles),
    };
    return { caughtBy, calls: table.counts.calls, error };
  } finally {
    await table.drop();
  }
}

/** Many callers at once, on one account. */
export async function huntByHistory(mutant: Mutant, { calls, twins }: { calls: number; twins: number }): Promise<Hunt> {
  const database = await createTestDatabase();
  try {
    await mutate(database.ownerSql, mutant);
    const stage = await setStage(database, 1);
    const troubles: string[] = [];
    const callers = Array.from({ length: 4 }, () => startCaller(database.url, 4, tellsTo(troubles)));
    const random = createRandom(20_261_125);
    const caller = () => callers[Math.floor(random() * callers.length)] as (typeof callers)[number];
    const { wholesalerId, shops } = stage;
    const retailerId = shops[0] ?? '';
    const gather = gatherAt(database.url, retailerId, callers.length);
    const made = await raceTwins(callers, { wholesalerId, retailerId, rounds: twins, gather });
    made.push(...(await runLoad({ load: createLoad({ random, ...stage }), caller, calls, lanes: 6 })));
    await Promise.all(callers.map((one) => one.stop()));
    const { faults } = await judgeOn(database.db, stage, made);
    const broken = faults.find((fault) => fault.includes('invariant'));
    const other = faults.find((fault) => !fault.includes('invariant'));
    const caughtBy: Hunt['caughtBy'] = {
      ...(other !== undefined && { history: other.slice(0, 60) }),
      ...(broken !== undefined && { invariants: broken.slice(0, 60) }),
      ...saidBy(troubles),
    };
    return { caughtBy, calls: made.length };
  } finally {
    await database.drop();
  }
}

/** The constraint or trigger that refused to take part. */
function saidBy(troubles: string[]): Hunt['caughtBy'] {
  const said = troubles.find((line) => /violates|does not show/.test(line));
  if (said === undefined) return {};
  return { database: /constraint \\*"(\w+)/.exec(said)?.[1] ?? 'credit_account_matches' };
}

/** What fast-check says, and then what it was about. */
const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error: Error) => `${error.message}\n${BELOW}${(error.cause as Error | undefined)?.message ?? ''}`,
  );

const BELOW = 'Because: ';
const firstLine = (text: string): string => text.slice(text.indexOf(BELOW) + BELOW.length).split('\n')[0] ?? '';
