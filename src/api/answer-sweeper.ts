import type { Database } from '../db/index.ts';
import type { Logger } from '../shared/logger.ts';
import { sweepAnswers } from './kept-answers.ts';

const SWEEP_EVERY_MS = 10 * 60_000;

/** Removes kept answers that are old enough, every ten minutes; several processes may do so at once. */
export function createAnswerSweeper({ db, logger }: { db: Database; logger: Logger }): {
  start(): void;
  stop(): Promise<void>;
} {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function sweep(): Promise<void> {
    try {
      const removed = await sweepAnswers(db.prisma);
      if (removed > 0) logger.debug({ removed }, 'old answers removed');
    } catch (error) {
      logger.warn({ err: error }, 'old answers stay until the next sweep');
    }
  }

  return {
    start() {
      timer = setInterval(() => {
        running = sweep();
      }, SWEEP_EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
