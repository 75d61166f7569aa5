// Accepted holds a second: the credit core beside a plain INSERT and beside the design that the product began with,
// all on one server, in turns of well under a second, so that whatever else the machine does meets each of them alike.
// The callers share the machine's cores with the server: the figures are lower bounds, and the ratios are the point.
import Table from 'cli-table3';
import { verifyLedger } from '../../src/credit/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { type Group, WHOLESALER_ID } from './credit-accounts.ts';
import type { Design } from './credit-designs.ts';
import { askFor, type Slice } from './credit-load.ts';
import { reachLines } from './credit-reaches.ts';
import { type CreditStage, startCreditStage } from './credit-stage.ts';
import { lost } from './crowd.ts';
import { type BenchOptions, interval, type Measured, median, type Outcome, shown } from './results.ts';

type Plan = {
  rounds: number;
  /** How much of the begin of a load does not count, and how long it goes on after that. */
  warmMs: number;
  forMs: number;
  /** The original design gets longer: until its callers sleep out of step, the first of them have the lock alone. */
  originalWarmMs: number;
  spread: number;
  short: number;
  long: number;
};

// Eight rounds: the second lowest and the second highest of them enclose the median with 93 % confidence.
const FULL: Plan = {
  rounds: 8,
  warmMs: 100,
  forMs: 400,
  originalWarmMs: 700,
  spread: 10_000,
  short: 10_000,
  long: 100_000,
};
const QUICK: Plan = { rounds: 2, warmMs: 50, forMs: 100, originalWarmMs: 50, spread: 64, short: 128, long: 1_024 };

/** A load: so many callers in so many processes on one account, or on many. */
type Load = {
  name: string;
  callers: number;
  processes: 1 | 2;
  accounts: number;
  history: number;
  designs: readonly Design[];
};

const COMPARED: readonly Design[] = ['credit', 'insert', 'original'];

const loadsOf = ({ spread, short, long }: Plan): Load[] => {
  const hot = { callers: 32, processes: 1, accounts: 1, history: 0, designs: COMPARED } as const;
  return [
    { ...hot, name: 'one-1', callers: 1 },
    { ...hot, name: 'hot-8', callers: 8 },
    { ...hot, name: 'hot-32' },
    { ...hot, name: 'spread-32', accounts: spread },
    { ...hot, name: 'hot-32-history-10000', history: short },
    { ...hot, name: 'hot-32-history-100000', history: long },
    { ...hot, name: 'processes-2', processes: 2 },
    { ...hot, name: 'capture', designs: ['capture'] },
    { ...hot, name: 'release', designs: ['release'] },
    { ...hot, name: 'payment', designs: ['payment'] },
  ];
};

/** Measures in interleaved rounds. Throws when an acknowledged entry is missing or the ledger does not prove. */
export async function benchCredit({ quick, progress }: BenchOptions): Promise<Outcome> {
  const plan = quick ? QUICK : FULL;
  const loads = loadsOf(plan);
  progress(`starting PostgreSQL with ${plan.spread} accounts and one of ${plan.long} entries`);
  const stage = await startCreditStage(loads.flatMap((load) => groupsOf(load, plan)));
  try {
    const before = await countEntries(stage);
    const series = await measure(stage, loads, plan, progress);
    await checkLedger(stage, before, [...series.values()], progress);
    return outcomeOf(loads, series);
  } catch (error) {
    for (const caller of stage.callers) for (const warning of await caller.warnings()) progress(`caller: ${warning}`);
    throw error;
  } finally {
    await stage.stop();
  }
}

/**
 * A hot account without history is a new one in each round, since the round before has given it some. One with history
 * stays: ours, being faster, then has more of it than the original's, never less.
 */
const groupOf = ({ name, accounts, history }: Load, round: number): string =>
  accounts > 1 || history > 0 ? name : `${name}#${round}`;

function groupsOf(load: Load, { rounds }: Plan): Group[] {
  const names = Array.from({ length: rounds + 1 }, (_, round) => groupOf(load, round));
  return [...new Set(names)].map((group) => ({ group, accounts: load.accounts, history: load.history }));
}

/** What was measured of one design under one load: a slice that warms up and does not count, and one for each round. */
type Series = { load: Load; design: Design; slices: Slice[] };

const counted = (slices: readonly Slice[]): Slice[] => slices.slice(1);

const seriesKey = (load: string, design: Design): string => `${load} ${design}`;

async function measure(
  stage: CreditStage,
  loads: readonly Load[],
  plan: Plan,
  progress: (line: string) => void,
): Promise<Map<string, Series>> {
  const series = new Map<string, Series>();
  for (const load of loads) {
    for (const design of load.designs) series.set(seriesKey(load.name, design), { load, design, slices: [] });
  }
  for (let round = 0; round <= plan.rounds; round += 1) {
    for (const load of loads) {
      // Each round begins with another design, so that none always meets what the same one leaves behind.
      for (let turn = 0; turn < load.designs.length; turn += 1) {
        const design = mustExist(load.designs[(turn + round) % load.designs.length], 'a design');
        const slice = await slicedOver(stage, load, design, groupOf(load, round), plan);
        mustExist(series.get(seriesKey(load.name, design)), 'its series').slices.push(slice);
      }
    }
    const newest = [...series.values()].map(({ load, design, slices }) => {
      const label = load.designs.length === 1 ? load.name : `${load.name} ${design}`;
      return `${label} ${shown(slices.at(-1)?.perSecond ?? 0)}`;
    });
    progress(`${round === 0 ? 'warmed up' : `round ${round}/${plan.rounds}`}: ${newest.join(', ')}`);
  }
  return series;
}

/** One slice, in one process or in several at once; of several, the speeds add up and the worst wait counts. */
async function slicedOver(stage: CreditStage, load: Load, design: Design, group: string, plan: Plan): Promise<Slice> {
  const { callers, accounts } = load;
  const contended = callers > 1 && accounts === 1;
  const warmMs = design === 'original' && contended ? plan.originalWarmMs : plan.warmMs;
  const asked = { design, group, accounts, callers, warmMs, forMs: plan.forMs };
  const slices = await Promise.all(stage.callers.slice(0, load.processes).map(({ url }) => askFor(url, asked)));
  const sum = (of: (slice: Slice) => number): number => slices.reduce((total, slice) => total + of(slice), 0);
  return {
    perSecond: sum(({ perSecond }) => perSecond),
    p50: Math.max(...slices.map(({ p50 }) => p50)),
    p99: Math.max(...slices.map(({ p99 }) => p99)),
    calls: sum(({ calls }) => calls),
    refused: addedUp(slices),
    acknowledged: sum(({ acknowledged }) => acknowledged),
  };
}

function addedUp(slices: readonly Slice[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const { refused } of slices) {
    for (const [code, times] of Object.entries(refused)) total[code] = (total[code] ?? 0) + times;
  }
  return total;
}

type Entries = { captures: number; releases: number; payments: number; answering: number };

async function countEntries({ db }: CreditStage): Promise<Entries> {
  const [row] = await db.prisma.$queryRaw<Entries[]>`
    select count(*) filter (where kind = 'CAPTURE')::int as captures,
           count(*) filter (where kind = 'RELEASE')::int as releases,
           count(*) filter (where kind = 'PAYMENT')::int as payments,
           count(*) filter (where kind = 'HOLD' and source = 'library')::int as answering
      from ledger_entry where wholesaler_id = ${WHOLESALER_ID}`;
  return mustExist(row, 'the counts');
}

/** Every acknowledged entry is in the ledger once, and the whole ledger proves. */
async function checkLedger(
  stage: CreditStage,
  before: Entries,
  series: readonly Series[],
  progress: (line: string) => void,
): Promise<void> {
  progress('proving the ledger');
  const after = await countEntries(stage);
  for (const [design, written] of [
    ['credit', after.answering - before.answering],
    ['capture', after.captures - before.captures],
    ['release', after.releases - before.releases],
    ['payment', after.payments - before.payments],
  ] as const) {
    const slices = series.filter((one) => one.design === design).flatMap((one) => one.slices);
    const acknowledged = slices.reduce((total, slice) => total + slice.acknowledged, 0);
    // A call that ended in DATABASE_ERROR may have been written or not.
    const unknown = addedUp(slices).DATABASE_ERROR ?? 0;
    if (written < acknowledged || written > acknowledged + unknown) {
      throw lost(`${design}: ${acknowledged} acknowledged, ${unknown} unknown, but ${written} in the ledger`);
    }
  }
  const proof = await verifyLedger(stage.db);
  if (!proof.ok) throw lost(`the ledger does not prove: ${JSON.stringify(proof.firstBad)}`);
  progress(
    `${proof.entries} entries of ${proof.accounts} accounts proved in ${(proof.durationMs / 1000).toFixed(1)} s`,
  );
}

function outcomeOf(loads: readonly Load[], series: Map<string, Series>): Outcome {
  const slicesOf = (load: string, design: Design): readonly Slice[] =>
    counted(mustExist(series.get(seriesKey(load, design)), 'a series').slices);
  const rounds = (load: string, design: Design): number[] => slicesOf(load, design).map(({ perSecond }) => perSecond);
  const measured = loads.flatMap(({ name, designs }): Measured[] => {
    const [ours, ...baselines] = designs;
    const own = { name, unit: '/s', rounds: rounds(name, mustExist(ours, 'our own design')) };
    if (baselines.length === 0) return [{ ...own, baseline: null }];
    return baselines.map((baseline) => ({ ...own, baseline: { name: baseline, rounds: rounds(name, baseline) } }));
  });
  return { measured, notes: [waitsTable([...series.values()]), ...reachLines(slicesOf)] };
}

/** How long callers waited for an answer of any kind, in ms, and who was sent away. */
function waitsTable(series: readonly Series[]): string {
  const head = ['', 'design', 'p50 ms', 'p99 ms', 'p99 90 % interval', 'calls', 'refused'];
  const lines = new Table({ head, style: { head: [], border: [] } });
  for (const { load, design, slices: all } of series) {
    const slices = counted(all);
    const p99 = slices.map((slice) => slice.p99);
    const calls = slices.reduce((total, slice) => total + slice.calls, 0);
    const refused = Object.entries(addedUp(slices)).map(
      ([code, times]) => `${code} ${times} (${((100 * times) / calls).toFixed(1)} %)`,
    );
    lines.push([
      load.name,
      load.designs.length === 1 ? '' : design,
      shown(median(slices.map(({ p50 }) => p50))),
      shown(median(p99)),
      interval(p99),
      String(calls),
      refused.join(', ') || 'none',
    ]);
  }
  return lines.toString();
}
