import type { Tx } from '../db/index.ts';
import type { WorkItem } from './claim.ts';
import type { IncomingStatus } from './types.ts';

/** Kept with each processed event, so that any day can be replayed as it was. */
export type Trace = { priorState: unknown; facts: unknown; results: unknown };

export type Worked =
  | { item: WorkItem; kind: 'done'; trace: Trace }
  /** The credit account was held by somebody else: nothing was changed for this item. */
  | { item: WorkItem; kind: 'busy' }
  /** The event waits in another conversation of the same person now: claimed again, there and in order. */
  | { item: WorkItem; kind: 'moved' };

/** What the inbox needs of whoever understands messages. */
export type ConversationHandler = {
  /**
   * Decides and saves for at most one event per conversation, all in `tx`. With `wait: 'none'` an item whose credit
   * account is held elsewhere comes back as busy; with `'promised'` it waits as the credit lock promises.
   */
  work(tx: Tx, items: WorkItem[], wait: 'none' | 'promised'): Promise<Worked[]>;
  /** Tells the person that their message could not be processed and that staff will look at it. */
  apologise(tx: Tx, item: WorkItem): Promise<void>;
};

export type StatusItem = {
  wholesalerId: string;
  lineId: string;
  eventId: string;
  status: IncomingStatus;
  reportedAt: Date;
  receivedAt: Date;
};

/** What the inbox needs of the outbox: moves replies forward by what Meta reported of them. */
export type StatusHandler = (tx: Tx, items: StatusItem[]) => Promise<void>;
