import type { Logger } from '../shared/logger.ts';
import type { GraphClient } from './graph-client.ts';

// Marks messages as read and shows that we are typing while their answer is made. A courtesy: it never delays or fails
// anything, so it has a queue of its own with a bound, and what does not fit is dropped.

/** A message that will be answered, as Meta sent it. */
export type MessageInWork = { wholesalerId: string; lineId: string; payload: unknown };
/** Where a line sends; undefined when it may not send now. */
export type LineAddress = { phoneNumberId: string; tokenRef: string };

export type ReadReceiptsOptions = {
  markRead: GraphClient['markRead'];
  lineOf(message: MessageInWork): Promise<LineAddress | undefined>;
  logger: Logger;
  /** Messages that wait for their turn. */
  queueMax?: number;
  atOnce?: number;
  /** After this long the answer has probably gone out: typing would then be shown behind it. */
  typingWithinMs?: number;
  /** How long a line whose receipt failed is left alone. */
  restMs?: number;
};

export type ReadReceipts = {
  /** Takes what is being worked on; returns at once and never throws. */
  show(messages: readonly MessageInWork[]): void;
  counters(): { marked: number; failed: number; dropped: number };
  /** Forgets what waits, and waits for what is under way. */
  stop(): Promise<void>;
};

type Waiting = MessageInWork & { wamid: string; sinceMs: number };

/** A queue of courtesies. Work that is tried again shows its message again; Meta takes that as nothing new. */
export function createReadReceipts(options: ReadReceiptsOptions): ReadReceipts {
  const { markRead, lineOf, logger, queueMax = 200, atOnce = 4, typingWithinMs = 1_000, restMs = 30_000 } = options;
  const counters = { marked: 0, failed: 0, dropped: 0 };
  const resting = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  let queue: Waiting[] = [];
  let stopped = false;

  function show(messages: readonly MessageInWork[]): void {
    if (stopped) return;
    for (const message of messages) {
      const wamid = wamidOf(message.payload);
      if (wamid === undefined || (resting.get(message.lineId) ?? 0) > performance.now()) continue;
      if (queue.length >= queueMax) counters.dropped += 1;
      else queue.push({ ...message, wamid, sinceMs: performance.now() });
    }
    fill();
  }

  function fill(): void {
    while (!stopped && underWay.size < atOnce) {
      const next = queue.shift();
      if (next === undefined) return;
      const marking = mark(next).finally(() => {
        underWay.delete(marking);
        fill();
      });
      underWay.add(marking);
    }
  }

  async function mark(message: Waiting): Promise<void> {
    const { lineId, wamid, sinceMs } = message;
    try {
      const line = await lineOf(message);
      if (line === undefined) {
        counters.dropped += 1;
        return;
      }
      const typing = performance.now() - sinceMs < typingWithinMs;
      if (await markRead({ ...line, wamid, typing })) {
        counters.marked += 1;
        return;
      }
      fail(lineId);
    } catch (error) {
      fail(lineId, error);
    }
  }

  function fail(lineId: string, error?: unknown): void {
    counters.failed += 1;
    // A token that is wrong or a line that is limited fails every receipt: one look in a while is enough.
    resting.set(lineId, performance.now() + restMs);
    logger.debug({ lineId, err: error }, 'a message was not marked as read');
  }

  return {
    show,
    counters: () => ({ ...counters }),
    async stop() {
      stopped = true;
      queue = [];
      await Promise.all(underWay);
    },
  };
}

function wamidOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('id' in payload)) return undefined;
  return typeof payload.id === 'string' && /^\S{1,500}$/.test(payload.id) ? payload.id : undefined;
}
