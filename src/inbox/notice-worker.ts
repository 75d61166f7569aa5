import { createRepeater } from '../shared/repeater.ts';
import { closeKnownLines, type NoticeHandling, workNotices } from './work-notices.ts';

export type NoticeWorkerOptions = NoticeHandling & { pollMs?: number };

export type NoticeWorker = {
  start(): void;
  stop(): Promise<void>;
};

const SET_MAX = 100;
/** How often it is looked whether unknown lines became known. */
const LINES_EVERY_MS = 10_000;

/**
 * Looks at account news and strays after they were stored. On its own beside the inbox worker, and without a wake-up: an
 * alert may come a second later, an answer to a shop may not.
 */
export function createNoticeWorker(options: NoticeWorkerOptions): NoticeWorker {
  const { logger, pollMs = 1_000 } = options;
  const rounds = createRepeater({
    round: work,
    everyMs: pollMs,
    onFailure: (error) => logger.warn({ err: error }, 'notices could not be read, tried again later'),
  });
  let linesLookedAt = 0;

  async function work(): Promise<void> {
    while (!rounds.isStopping() && (await workNotices(options, SET_MAX)) > 0);
    if (performance.now() - linesLookedAt < LINES_EVERY_MS) return;
    linesLookedAt = performance.now();
    await closeKnownLines(options.db);
  }

  return { start: rounds.start, stop: rounds.stop };
}
