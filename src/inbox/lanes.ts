import type { Logger } from '../shared/logger.ts';

export type Lanes = {
  start(): void;
  wake(id: string): void;
  stop(): Promise<void>;
};

type LanesOptions = {
  name: string;
  /** How many runs are under way at once. */
  lanes: number;
  logger: Logger;
  backOffMaxMs: number;
  /** Does one piece of work for `id`; true when there may be more. `again` lets another lane join at once. */
  run: (id: string, again: () => void) => Promise<boolean>;
};

/**
 * A bounded number of loops over a set of ids that may have work. An id is at most once in the set, however often it is
 * woken. A run that throws rests with back-off and its id is tried again: the work is still in the database.
 */
export function createLanes(options: LanesOptions): Lanes {
  const { lanes, logger, backOffMaxMs, run } = options;
  const ids = new Set<string>();
  const sleepers = new Set<() => void>();
  let running: Promise<void>[] = [];
  let stopping = false;

  function wake(id: string): void {
    if (stopping) return;
    ids.add(id);
    const [sleeper] = sleepers;
    sleeper?.();
  }

  async function lane(): Promise<void> {
    let failures = 0;
    while (!stopping) {
      const [id] = ids;
      if (id === undefined) {
        await rest(null);
        continue;
      }
      ids.delete(id);
      try {
        if (await run(id, () => wake(id))) wake(id);
        failures = 0;
      } catch (error) {
        failures += 1;
        logger.warn({ id, err: error }, `${options.name} rest after trouble`);
        await rest(Math.min(backOffMaxMs, 25 * 2 ** Math.min(failures, 10)));
        wake(id);
      }
    }
  }

  // Sleeps until woken or, with a time, until it is over; a lane that backs off is not woken by new work.
  function rest(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        if (timer !== null) clearTimeout(timer);
        sleepers.delete(end);
        enders.delete(end);
        resolve();
      };
      const timer = ms === null ? null : setTimeout(end, ms);
      enders.add(end);
      if (ms === null) sleepers.add(end);
    });
  }
  const enders = new Set<() => void>();

  return {
    start() {
      running = Array.from({ length: lanes }, lane);
    },
    wake,
    async stop() {
      stopping = true;
      for (const end of [...enders]) end();
      await Promise.all(running);
    },
  };
}
