// What a run of a scenario leaves behind: who did what from when to when. Drawn by draw.ts, told by tell.ts.

/** works: a statement on its way. holds: has the account's lock. queues: waits for it. sleeps: waits for nobody. */
export type SpanKind = 'works' | 'holds' | 'queues' | 'sleeps';
/** tries: asked for the lock and found it taken. lost: gave up although it may fit. crash: the process was killed. */
export type MarkKind = 'approved' | 'refused' | 'lost' | 'tries' | 'crash' | 'note';

export type Span = { lane: string; kind: SpanKind; fromMs: number; toMs: number };
export type Mark = { lane: string; kind: MarkKind; atMs: number; label: string };

/** How much credit is out, as it rises and falls, beside the limit; in minor units. */
export type Level = { label: string; limitMinor: number; steps: { atMs: number; minor: number }[] };

export type Panel = {
  title: string;
  lanes: string[];
  spans: Span[];
  marks: Mark[];
  level?: Level;
  /** What came of it, in one sentence with the figures of this run. */
  outcome: string;
};

export type Scenario = {
  /** Name of the file, and of the place in the document. */
  name: string;
  title: string;
  /** Whether both panels share one time axis; else each has its own. */
  sameAxis: boolean;
  before: Panel;
  after: Panel;
};

export type Recorder = {
  panel(about: { title: string; lanes: string[]; outcome: string; level?: Level }): Panel;
  /** Milliseconds since the recorder was started. */
  now(): number;
  /** The same for a time of the server, in milliseconds since 1970. */
  at(serverMs: number): number;
  span(lane: string, kind: SpanKind, fromMs: number, toMs?: number): void;
  mark(lane: string, kind: MarkKind, label: string, atMs?: number): void;
};

/** Starts at 0. `serverAheadMs`: how far the server's clock is ahead of ours. */
export function startRecorder(serverAheadMs: number): Recorder {
  const start = performance.timeOrigin + performance.now();
  const spans: Span[] = [];
  const marks: Mark[] = [];
  const now = (): number => performance.timeOrigin + performance.now() - start;
  return {
    panel: (about) => ({ ...about, spans: oneHolderAtATime(spans), marks }),
    now,
    at: (serverMs) => serverMs - serverAheadMs - start,
    span: (lane, kind, fromMs, toMs = now()) => void spans.push({ lane, kind, fromMs, toMs }),
    mark: (lane, kind, label, atMs = now()) => void marks.push({ lane, kind, label, atMs }),
  };
}

/**
 * A caller hears of its COMMIT a little after the lock is free, and meanwhile the next one may have it: nobody can hold it
 * longer than until then. Callers that hold it from the same instant are one batch.
 */
function oneHolderAtATime(spans: readonly Span[]): Span[] {
  const takenMs = spans.filter(({ kind }) => kind === 'holds').map(({ fromMs }) => fromMs);
  return spans.flatMap((span) => {
    const nextMs = Math.min(...takenMs.filter((atMs) => atMs > span.fromMs));
    if (span.kind !== 'holds' || span.toMs <= nextMs) return [span];
    return [
      { ...span, toMs: nextMs },
      { ...span, kind: 'works' as const, fromMs: nextMs },
    ];
  });
}

/** 75,000 for 7500000 minor units of a currency with two decimals. */
export const units = (minor: number | bigint): string => (Number(minor) / 100).toLocaleString('en-US');

export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
