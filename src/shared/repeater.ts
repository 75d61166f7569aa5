export type Repeater = {
  start(): void;
  /** True from the first word of stopping: long work looks at it between its steps. */
  isStopping(): boolean;
  /** No further round begins; the one that runs is waited for. */
  stop(): Promise<void>;
};

/** Does something again and again, each round so long after the one before has ended. A round that fails is told. */
export function createRepeater(options: {
  round: () => Promise<void>;
  everyMs: number;
  /** How long after the start the first round begins; at once where it is left out. */
  firstAfterMs?: number;
  onFailure: (error: unknown) => void;
}): Repeater {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  function tick(): void {
    running = options
      .round()
      .catch(options.onFailure)
      .finally(() => {
        if (!stopped) timer = setTimeout(tick, options.everyMs);
      });
  }

  return {
    start() {
      if (options.firstAfterMs === undefined) tick();
      else timer = setTimeout(tick, options.firstAfterMs);
    },
    isStopping: () => stopped,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
