import { type Database, inTransaction, isTransient, sqlStateOf, type Tx } from '../db/index.ts';
import { assert } from '../shared/assert.ts';
import { ServiceError } from '../shared/errors.ts';
import { type ClaimOptions, type Cursor, claimConversations, lockConversations, type WorkItem } from './claim.ts';
import type { ConversationHandler, Worked } from './handler.ts';

const LIMITS = { maxWaitMs: 5_000, timeoutMs: 15_000 };

export type SetOutcome = {
  claimed: number;
  done: number;
  /** Conversations whose credit account was busy: they run next, each in a transaction of its own. */
  busy: Cursor[];
  /** How many events wait in another conversation now. */
  moved: number;
  /** Where the next claim begins. */
  last: Cursor | null;
};

/** The set could not be committed for a reason that lies in one of its events. */
export class SetFailedError extends ServiceError {
  override name = 'SetFailedError';
  readonly items: WorkItem[];

  constructor(items: WorkItem[], cause: unknown) {
    super({ code: 'inbox_set_failed', message: 'a set of events could not be processed', cause });
    this.items = items;
  }
}

/**
 * Works on the oldest event of many conversations in one transaction: claim, read, decide, save, one COMMIT. Throws
 * transient database troubles as they are (the events simply stay), everything else as `SetFailedError`.
 */
export async function workSet(
  db: Database,
  handler: ConversationHandler,
  codeVersion: string,
  claim: ClaimOptions,
  onClaimed: () => void,
): Promise<SetOutcome> {
  let items: WorkItem[] = [];
  try {
    return await inTransaction(
      db,
      async (tx) => {
        items = await claimConversations(tx, claim);
        const last = items.at(-1)?.conversation ?? null;
        if (items.length === 0) return { claimed: 0, done: 0, busy: [], moved: 0, last };
        onClaimed();
        const worked = await handler.work(tx, items, 'none');
        const done = await markDone(tx, claim.wholesalerId, worked, codeVersion);
        const busy = worked.filter((one) => one.kind === 'busy').map((one) => one.item.conversation);
        const moved = worked.filter((one) => one.kind === 'moved').length;
        return { claimed: items.length, done, busy, moved, last };
      },
      LIMITS,
    );
  } catch (error) {
    if (items.length === 0 || isRetryable(error)) throw error;
    throw new SetFailedError(items, error);
  }
}

/**
 * Works on these conversations in one transaction, and says what became of those that nobody else had. A single one waits
 * for its credit account as promised; several wait for none, as in a set.
 */
export async function workThese(
  db: Database,
  handler: ConversationHandler,
  codeVersion: string,
  wholesalerId: string,
  keys: readonly Cursor[],
  leased = false,
): Promise<{ key: Cursor; kind: Worked['kind'] }[]> {
  return inTransaction(
    db,
    async (tx) => {
      const items = await lockConversations(tx, wholesalerId, keys, leased);
      if (items.length === 0) return [];
      const worked = await handler.work(tx, items, keys.length === 1 ? 'promised' : 'none');
      await markDone(tx, wholesalerId, worked, codeVersion);
      return worked.map(({ item, kind }) => ({ key: item.conversation, kind }));
    },
    LIMITS,
  );
}

/** Troubles of the database or of a lock: the event goes back and nothing is counted against it. */
export function isRetryable(error: unknown): boolean {
  return isTransient(error) || (error instanceof ServiceError && error.retryable);
}

/** The work itself took too long: Prisma's transaction limit (P2028) or the server's statement limit (57014). */
export function ranOutOfTime(error: unknown): boolean {
  return sqlStateOf(error) === '57014' || (error instanceof Error && 'code' in error && error.code === 'P2028');
}

// The row count must match: an event that somebody else finished meanwhile rolls the whole set back, so no effect of it
// can happen twice. The wholesaler comes from the rows and not as a constant: a table that was never analysed looks as if
// few of its events were one wholesaler's, and the planner would walk them all (198 ms instead of 2 at 55,000 events).
async function markDone(tx: Tx, wholesalerId: string, worked: Worked[], codeVersion: string): Promise<number> {
  const rows = worked.flatMap((one) =>
    one.kind === 'done'
      ? [
          {
            wholesaler_id: wholesalerId,
            id: one.item.event.id,
            prior_state: one.trace.priorState ?? null,
            facts: one.trace.facts ?? null,
            results: one.trace.results ?? null,
          },
        ]
      : [],
  );
  if (rows.length === 0) return 0;
  const updated = await tx.$executeRaw`
    update inbox_event e
       set state = 'done', done_at = app_clock(), prior_state = r.prior_state, facts = r.facts, results = r.results,
           code_version = ${codeVersion}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             as r (wholesaler_id text, id uuid, prior_state jsonb, facts jsonb, results jsonb)
     where e.wholesaler_id = r.wholesaler_id and e.id = r.id and e.state = 'waiting'`;
  assert(updated === rows.length, 'an event of the set was no longer waiting');
  return updated;
}
