import { type Database, inTransaction, type Tx } from '../db/index.ts';
import type { Logger } from '../shared/logger.ts';
import { readPolicies } from '../shared/policies.ts';
import { createRepeater } from '../shared/repeater.ts';
import { handBack } from './take-over.ts';

export type SilenceTimer = {
  start(): void;
  /** One look over all wholesalers. */
  run(): Promise<void>;
  stop(): Promise<void>;
};

const CHATS_MAX = 100;

/**
 * Gives chats back to the bot whose staff have been silent for longer than the wholesaler allows: a shop must not wait for
 * somebody who went home. Runs in every process; each chat is given back by one of them, since its row is held.
 */
export function createSilenceTimer(options: { db: Database; logger: Logger; everyMs?: number }): SilenceTimer {
  const { db, logger, everyMs = 30_000 } = options;
  const rounds = createRepeater({
    round: run,
    everyMs,
    onFailure: (error) => logger.warn({ err: error }, 'silent chats could not be looked for, tried again later'),
  });

  async function run(): Promise<void> {
    for (const { wholesalerId, chatId, handBackMinutes } of await takenChats(db.prisma)) {
      if (rounds.isStopping() || handBackMinutes === 0) continue;
      const isBack = await inTransaction(db, async (tx) => {
        if (!(await isSilent(tx, wholesalerId, chatId, handBackMinutes))) return false;
        const done = await handBack(tx, { wholesalerId, chatId, by: 'system', because: 'staff_silent' });
        return done.kind === 'handed_back';
      });
      if (isBack) logger.info({ wholesalerId, chatId }, 'chat given back to the bot: staff were silent');
    }
  }

  return { start: rounds.start, run, stop: rounds.stop };
}

type Taken = { wholesalerId: string; chatId: string; handBackMinutes: number };

/** Chats that staff have held the longest; few at any time. */
async function takenChats(db: Tx): Promise<Taken[]> {
  const rows = await db.$queryRaw<{ wholesalerId: string; chatId: string; policies: unknown }[]>`
    select w.id as "wholesalerId", c.id as "chatId", w.policies
      from wholesaler w
     cross join lateral (
       select id from conversation
        where wholesaler_id = w.id and handled_by = 'person' and taken_at is not null and home_key is null
        order by taken_at limit ${CHATS_MAX}) c`;
  return rows.map(({ policies, ...row }) => ({ ...row, handBackMinutes: readPolicies(policies).handBackMinutes }));
}

/** Looked at under the lock: a message of staff may have come in between. */
async function isSilent(tx: Tx, wholesalerId: string, chatId: string, minutes: number): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from conversation
     where wholesaler_id = ${wholesalerId} and id = ${chatId}::uuid and handled_by = 'person'
       and greatest(taken_at, staff_spoke_at) < app_clock() - make_interval(mins => ${minutes}::int)
       for no key update skip locked`;
  return rows.length > 0;
}
