// The parser beside two search engines that read names and messages by the same normaliser, on a shop's catalogue and
// on a large one. The engines take turns on the same messages. Fuse.js looks at every product for every word, two
// seconds a query on the large catalogue: there it is asked a few queries a round, and hears no lists.
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { mustExist } from '../../src/shared/assert.ts';
import { build, type Engine, type EngineName } from './parser-engines.ts';
import { type Ground, largeGround, messagesOf, type Query, shopGround } from './parser-messages.ts';
import { type BenchOptions, type Measured, median, type Outcome, percentile } from './results.ts';

type Plan = {
  rounds: number;
  /** Messages of one line, and lists of twenty, that a round has. */
  lines: number;
  lists: number;
  /** Queries that a round has for an engine that takes seconds for each, and that its recall is measured on. */
  few: number;
  fewForRecall: number;
  /** Of the large catalogue. */
  products: number;
};

const FULL: Plan = { rounds: 5, lines: 150, lists: 30, few: 2, fewForRecall: 20, products: 50_000 };
const QUICK: Plan = { rounds: 1, lines: 20, lists: 2, few: 1, fewForRecall: 1, products: 2_000 };

const LIST_LINES = 20;
/** Queries that every engine answers before it is timed; the last ones of the set, which no round gets to. */
const WARM_QUERIES = 200;

const BASELINES = ['minisearch', 'fuse.js'] as const;

/** Figures by name and engine, one per round. */
type Series = Map<string, Map<EngineName, number[]>>;

/** Measures in interleaved rounds. */
export async function benchParser({ quick, progress }: BenchOptions): Promise<Outcome> {
  const plan = quick ? QUICK : FULL;
  const measured = [
    ...measureGround('131', shopGround(), plan, progress),
    ...measureGround('50000', largeGround(plan.products), plan, progress),
  ];
  return { measured, notes: [reachLine(measured)] };
}

function measureGround(size: string, ground: Ground, plan: Plan, progress: BenchOptions['progress']): Measured[] {
  const series: Series = new Map();
  progress(`${size} products: building`);
  const engines = buildAll(size, ground, plan, series);
  const slow = size === '131' ? null : 'fuse.js';
  for (const engine of engines) warmUp(engine, ground.noisy.slice(-(engine.name === slow ? 1 : WARM_QUERIES)));
  for (let round = 0; round < plan.rounds; round++) {
    progress(`${size} products: round ${round + 1} of ${plan.rounds}`);
    for (const kind of ['clean', 'noisy'] as const) {
      const queries = slice(ground[kind], round, plan.lines);
      const lists = messagesOf(slice(ground[kind], round, plan.lists * LIST_LINES), LIST_LINES);
      const texts = queries.map(({ text }) => text);
      for (const engine of inTurn(engines, round)) {
        const isSlow = engine.name === slow;
        const some = <T>(all: T[]): T[] => (isSlow ? all.slice(0, plan.few) : all);
        const time = (name: string, asked: readonly string[], ask: (text: string) => unknown): void =>
          noteTimes(series, `${name}-${kind}-${size}`, engine, asked, ask);
        time('line', some(messagesOf(queries, 1)), (message) => engine.hear(message));
        if (!isSlow) time('list', lists, (message) => engine.hear(message));
        time('lookup', some(texts), (text) => engine.lookUp(text));
      }
    }
  }
  progress(`${size} products: recall`);
  const fast = engines.filter(({ name }) => name !== slow);
  noteRecall(size, ground.noisy, fast, series);
  if (slow !== null) {
    const pair = engines.filter(({ name }) => name !== 'minisearch');
    noteRecall(`${size}-sample`, ground.noisy.slice(0, plan.fewForRecall), pair, series);
  }
  return measuredOf(series);
}

function warmUp(engine: Engine, queries: readonly Query[]): void {
  for (const { text } of queries) engine.lookUp(text);
  for (const message of messagesOf(queries, 1)) engine.hear(message);
}

/** Builds every engine in every round, in turns; the last ones are used. */
function buildAll(size: string, { products }: Ground, { rounds }: Plan, series: Series): Engine[] {
  const engines = new Map<EngineName, Engine>();
  for (let round = 0; round < rounds; round++) {
    for (const name of inTurn(['parser', ...BASELINES] as const, round)) {
      engines.delete(name);
      const before = heapBytes();
      const start = process.cpuUsage();
      const engine = build(name, products);
      const { user, system } = process.cpuUsage(start);
      engines.set(name, engine);
      note(series, `index-${size}`, name, (user + system) / 1000);
      note(series, `memory-${size}`, name, (heapBytes() - before) / 1_000_000);
    }
  }
  return ['parser', ...BASELINES].map((name) => mustExist(engines.get(name as EngineName), 'an engine that was built'));
}

function noteTimes(
  series: Series,
  name: string,
  engine: Engine,
  texts: readonly string[],
  ask: (text: string) => unknown,
): void {
  // What the engine before left behind is not swept up on this one's time.
  heapBytes();
  const times = texts.map((text) => {
    const start = performance.now();
    ask(text);
    return (performance.now() - start) * 1000;
  });
  note(series, `${name}-p50`, engine.name, percentile(times, 50));
  note(series, `${name}-p99`, engine.name, percentile(times, 99));
}

/** How often the right product is first, or among the first five. */
function noteRecall(size: string, queries: readonly Query[], engines: readonly Engine[], series: Series): void {
  for (const engine of engines) {
    const places = queries.map(({ text, sku }) => engine.lookUp(text).indexOf(sku));
    const share = (right: (place: number) => boolean): number => (100 * places.filter(right).length) / places.length;
    note(
      series,
      `recall1-${size}`,
      engine.name,
      share((place) => place === 0),
    );
    note(
      series,
      `recall5-${size}`,
      engine.name,
      share((place) => place >= 0),
    );
  }
}

function measuredOf(series: Series): Measured[] {
  return [...series].flatMap(([name, byEngine]) => {
    const rounds = mustExist(byEngine.get('parser'), `the parser's figures of ${name}`);
    return BASELINES.flatMap((baseline): Measured[] => {
      const theirs = byEngine.get(baseline);
      return theirs ? [{ name, unit: unitOf(name), rounds, baseline: { name: baseline, rounds: theirs } }] : [];
    });
  });
}

function unitOf(name: string): string {
  if (name.startsWith('recall')) return '%';
  if (name.startsWith('memory')) return 'MB';
  return name.startsWith('index') ? 'ms' : 'µs';
}

/** Faster than MiniSearch by 10 x per lookup at equal or better recall: whether that was reached. */
function reachLine(measured: readonly Measured[]): string {
  const against = (name: string): { ours: number; theirs: number } => {
    const found = measured.find((one) => one.name === name && one.baseline?.name === 'minisearch');
    const { rounds, baseline } = mustExist(found, name);
    return { ours: median(rounds), theirs: median(mustExist(baseline, 'a baseline').rounds) };
  };
  const time = against('lookup-noisy-50000-p50');
  const first = against('recall1-50000');
  const five = against('recall5-50000');
  const times = time.theirs / time.ours;
  const isMet = times >= 10 && first.ours >= first.theirs && five.ours >= five.theirs;
  return `${isMet ? 'met   ' : 'missed'} lookup beside minisearch: ${times.toFixed(1)} x as fast, at least 10 x at equal or better recall`;
}

/** Who goes first changes from round to round. */
function inTurn<T>(all: readonly T[], round: number): T[] {
  const first = round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

/** The queries of one round: the next so many, and from the start again when they run out. */
function slice<T>(all: readonly T[], round: number, count: number): T[] {
  return Array.from({ length: count }, (_, at) => mustExist(all[(round * count + at) % all.length], 'a query'));
}

function note(series: Series, name: string, engine: EngineName, value: number): void {
  const byEngine = series.get(name) ?? new Map<EngineName, number[]>();
  series.set(name, byEngine);
  byEngine.set(engine, [...(byEngine.get(engine) ?? []), value]);
}

let collect: (() => void) | null = null;

/** What is held after everything that nobody holds is gone. */
function heapBytes(): number {
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
