import type { Database } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import { suspectWhatWasNext } from './suspects.ts';

/** A worker that is silent for this long has died. */
const SILENT_SECONDS = 5;

export type Heartbeat = {
  /** Says that this worker lives, and marks what dead ones may have died of. Returns how many events that were. */
  beat(): Promise<number>;
  /** Says goodbye, so that nobody suspects what is waiting. */
  stop(): Promise<void>;
};

/** A worker process's sign of life. */
export function createHeartbeat(db: Database): Heartbeat {
  const id = newId();
  return {
    async beat() {
      await db.prisma.$executeRaw`
        insert into worker_heartbeat (id) values (${id}::uuid)
        on conflict (id) do update set seen_at = app_clock(), stopped_at = null`;
      const dead = await db.prisma.$queryRaw<{ seen_at: Date }[]>`
        update worker_heartbeat set stopped_at = app_clock()
         where stopped_at is null and seen_at < app_clock() - make_interval(secs => ${SILENT_SECONDS})
        returning seen_at`;
      let suspects = 0;
      for (const row of dead) {
        suspects += await suspectWhatWasNext(db, new Date(row.seen_at.getTime() + SILENT_SECONDS * 1000));
      }
      return suspects;
    },
    async stop() {
      await db.prisma.$executeRaw`update worker_heartbeat set stopped_at = app_clock() where id = ${id}::uuid`;
      await db.prisma.$executeRaw`
        delete from worker_heartbeat where stopped_at < app_clock() - interval '1 day'`;
    },
  };
}

/** How long ago any worker gave a sign of life, in milliseconds; null when none ever did. For readiness. */
export async function sinceLastBeatMs(db: Database): Promise<number | null> {
  const [row] = await db.prisma.$queryRaw<{ ms: number | null }[]>`
    select (extract(epoch from app_clock() - max(seen_at)) * 1000)::float8 as ms
      from worker_heartbeat where stopped_at is null`;
  return row?.ms ?? null;
}
