import type { Database } from '../db/index.ts';

export type LineAddresses = {
  /** Where a line sends; undefined when it rests or is retired. What was read within two seconds is believed. */
  find(line: {
    wholesalerId: string;
    lineId: string;
  }): Promise<{ phoneNumberId: string; tokenRef: string } | undefined>;
};

const BELIEVED_MS = 2_000;
const KNOWN_MAX = 1_000;

/** Addresses of lines for what is sent beside the outbox, such as read receipts. */
export function createLineAddresses(db: Database): LineAddresses {
  const known = new Map<string, { atMs: number; found: ReturnType<LineAddresses['find']> }>();

  return {
    find({ wholesalerId, lineId }) {
      const key = JSON.stringify([wholesalerId, lineId]);
      const before = known.get(key);
      if (before !== undefined && performance.now() - before.atMs < BELIEVED_MS) return before.found;
      const found = read(wholesalerId, lineId);
      // Those who wait for the same answer share it, and a failure is not remembered.
      found.catch(() => known.delete(key));
      if (known.size >= KNOWN_MAX) known.clear();
      known.set(key, { atMs: performance.now(), found });
      return found;
    },
  };

  async function read(wholesalerId: string, lineId: string): ReturnType<LineAddresses['find']> {
    const [line] = await db.prisma.$queryRaw<{ phone_number_id: string; token_ref: string }[]>`
      select l.phone_number_id, l.token_ref
        from line l
       where l.wholesaler_id = ${wholesalerId} and l.id = ${lineId}::uuid and l.retired_at is null
         and not exists (select from line_pause p
                          where p.wholesaler_id = l.wholesaler_id and p.line_id = l.id and p.until > app_clock())`;
    return line && { phoneNumberId: line.phone_number_id, tokenRef: line.token_ref };
  }
}
