import { type Database, inTransaction, isTransient, type Tx } from '../db/index.ts';
import type { Logger } from '../shared/logger.ts';
import { readPolicies } from '../shared/policies.ts';
import { createRepeater } from '../shared/repeater.ts';
import { tellDue } from './tell-due.ts';
import { type Watched, watchBooks } from './watch-books.ts';

export type NoticeTimerOptions = { db: Database; logger: Logger; everyMs?: number };

export type NoticeTimer = {
  start(): void;
  /** One round over all wholesalers; tests call it instead of waiting for the timer. */
  run(): Promise<void>;
  stop(): Promise<void>;
};

const TOLD_AT_ONCE = 50;
/** Steps of one wholesaler in one round: the others come next, the rest in the next round. */
const STEPS_MAX = 40;
const WHOLESALERS_MAX = 1_000;

/**
 * Looks for what shops should be told, and tells it when its time has come. Runs in every process: what two do at once is
 * done once, by the rows that they lock, and nothing is kept in memory.
 */
export function createNoticeTimer({ db, logger, everyMs = 15_000 }: NoticeTimerOptions): NoticeTimer {
  const rounds = createRepeater({
    round: run,
    everyMs,
    onFailure: (error) => logger.warn({ err: error }, 'notices could not be looked for, tried again later'),
  });

  async function run(): Promise<void> {
    for (let after: string | null = ''; after !== null && !rounds.isStopping(); ) {
      const page: Watched[] = await readWatched(db.prisma, after);
      for (const watched of page) {
        // One wholesaler's trouble keeps no other one's shops from being told.
        await runFor(watched).catch((error: unknown) => {
          const level = isTransient(error) ? 'warn' : 'error';
          logger[level]({ wholesalerId: watched.wholesalerId, err: error }, 'notices failed, tried again later');
        });
      }
      after = page.length === WHOLESALERS_MAX ? (page.at(-1)?.wholesalerId ?? null) : null;
    }
  }

  async function runFor(watched: Watched): Promise<void> {
    const { wholesalerId } = watched;
    for (let step = 0; step < STEPS_MAX && !rounds.isStopping(); step += 1) {
      const looked = await inTransaction(db, (tx) => watchBooks(tx, watched));
      if (looked !== null && looked.queued > 0) logger.info({ wholesalerId, notices: looked.queued }, 'notices queued');
      if (looked === null || !looked.more) break;
    }
    for (let step = 0; step < STEPS_MAX && !rounds.isStopping(); step += 1) {
      const { claimed, told, dropped } = await inTransaction(db, (tx) => tellDue(tx, watched, TOLD_AT_ONCE));
      if (told > 0) logger.info({ wholesalerId, notices: told }, 'notices told');
      for (const { id, why } of dropped) logger.info({ wholesalerId, noticeId: id, why }, 'notice dropped');
      if (claimed < TOLD_AT_ONCE) break;
    }
  }

  return { start: rounds.start, run, stop: rounds.stop };
}

/** Wholesalers that want notices, or have some waiting that they wanted before. */
async function readWatched(db: Tx, after: string): Promise<Watched[]> {
  type Row = { id: string; timeZone: string; policies: unknown; now: Date };
  const rows = await db.$queryRaw<Row[]>`
    select w.id, w.time_zone as "timeZone", w.policies, app_clock() as now
      from wholesaler w
     where w.id > ${after}
       and (coalesce(w.policies #>> '{notices,send}', '[]') <> '[]'
            or exists (select from notice n where n.wholesaler_id = w.id and n.state = 'waiting'))
     order by w.id limit ${WHOLESALERS_MAX}`;
  return rows.map(({ id, timeZone, policies, now }) => ({
    wholesalerId: id,
    timeZone,
    policies: readPolicies(policies).notices,
    now,
  }));
}
