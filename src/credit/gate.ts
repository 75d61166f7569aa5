import type { Wait } from './types.ts';

export type Gate<Item, Answer> = {
  /** Takes the item through: alone and at once when nobody is ahead, else with those who arrived meanwhile. */
  enter(item: Item): Promise<Answer>;
};

export type GateOptions<Item, Answer> = {
  /** The credit account of an item. */
  accountOf: (item: Item) => string;
  /** Asks for all items in one round trip and gives their answers in their order. */
  call: (items: Item[], wait: Wait) => Promise<Answer[]>;
  /** True for the answer that an account is held by another process. */
  isBusy: (answer: Answer) => boolean;
  /** Asks for one item by itself, replaying its key until the outcome is known: for items whose call broke. */
  alone: (item: Item) => Promise<Answer>;
  /** The answer of an item whose time ran out before it could leave. */
  late: (item: Item) => Answer;
  /** Items in one call. */
  batchMax?: number;
  /** Calls under way that wait for nobody. One more than needed to keep the database busy while the next gathers. */
  callsMax?: number;
  /** Calls under way that queue for an account which another process holds. */
  waitingCallsMax?: number;
  /** How long an item may stand at the gate, from its arrival. */
  deadlineMs?: number;
  /** Items standing at the gate; further ones are late at once. */
  queueMax?: number;
};

type Caller<Item, Answer> = {
  item: Item;
  account: string;
  /** When it stops waiting, by performance.now(). */
  deadline: number;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

/**
 * The gate in front of single credit calls, one per process.
 *
 * Callers of one account that meet in the database queue for its row lock, each with a round trip and a COMMIT of its
 * own. Here they meet before it: an account is never in two calls of this process at once, and whoever arrives meanwhile
 * leaves with the next call, up to 64 together. Measured with 32 callers on one account: 3,905-4,086 holds a second
 * against 495-528 without. A lone caller goes at once; there is no timer to gather by, so nothing is ever slower.
 *
 * Callers who were answered together and ask again do so in the same turn of the event loop. The next call leaves at the
 * end of that turn and takes them along: left at once, it would take only those who waited, and the others would be the
 * next ones left behind, so that full calls and calls of one took turns.
 *
 * Nobody stands here with a connection or a transaction. Each call first waits for nobody; only callers whose account
 * another process holds then queue for it, in a call of that account's own, so that no stranger's lock holds them all.
 */
export function createGate<Item, Answer>(options: GateOptions<Item, Answer>): Gate<Item, Answer> {
  const { batchMax = 64, callsMax = 2, waitingCallsMax = 4, deadlineMs = 1_500, queueMax = 10_000 } = options;
  type One = Caller<Item, Answer>;
  let queue: One[] = [];
  let held: One[][] = [];
  const accountsUnderWay = new Set<string>();
  let calls = 0;
  let waitingCalls = 0;
  let timer: NodeJS.Timeout | undefined;
  /** Those who were just answered may still come: see above. */
  let gathering = false;

  function pump(): void {
    while (calls < callsMax) {
      const batch = takeBatch();
      if (batch.length === 0) break;
      calls += 1;
      void leave(batch, 'none').then((busy) => {
        calls -= 1;
        for (const group of byAccount(busy)) held.push(group);
        if (!gathering) pump();
      });
    }
    while (waitingCalls < waitingCallsMax) {
      const group = held.shift();
      if (group === undefined) break;
      waitingCalls += 1;
      void leave(group, 'promised').then(() => {
        waitingCalls -= 1;
        if (!gathering) pump();
      });
    }
    watchDeadline();
  }

  /** Has the next call leave at the end of this turn, with those who come until then. */
  function gather(): void {
    if (gathering) return;
    gathering = true;
    setImmediate(() => {
      gathering = false;
      pump();
    });
  }

  /** The first callers in order of arrival whose account is in no call; their accounts are under way from here on. */
  function takeBatch(): One[] {
    const batch: One[] = [];
    const taken = new Set<string>();
    const rest: One[] = [];
    for (const caller of queue) {
      const mayLeave = batch.length < batchMax && (taken.has(caller.account) || !accountsUnderWay.has(caller.account));
      if (!mayLeave) {
        rest.push(caller);
        continue;
      }
      batch.push(caller);
      taken.add(caller.account);
      accountsUnderWay.add(caller.account);
    }
    queue = rest;
    return batch;
  }

  /** Makes one call and answers its callers; returns those whose account is held, still marked as under way. */
  async function leave(batch: One[], wait: Wait): Promise<One[]> {
    const busy: One[] = [];
    try {
      const answers = await options.call(
        batch.map((caller) => caller.item),
        wait,
      );
      // Before anybody is answered. A lone caller with nobody behind has nobody to wait for.
      if (batch.length > 1 || queue.length > 0) gather();
      batch.forEach((caller, index) => {
        const answer = answers[index];
        if (answer === undefined) caller.reject(new Error('a caller at the gate got no answer'));
        else if (wait === 'none' && options.isBusy(answer)) busy.push(caller);
        else caller.resolve(answer);
      });
    } catch {
      // Whether any of it counted is unknown, so each key is asked again by itself, which also tells the one item that
      // broke the call from those that only travelled with it.
      for (const caller of batch) await options.alone(caller.item).then(caller.resolve, caller.reject);
    }
    const stillHeld = new Set(busy.map((caller) => caller.account));
    for (const { account } of batch) if (!stillHeld.has(account)) accountsUnderWay.delete(account);
    return busy;
  }

  function byAccount(callers: One[]): One[][] {
    const groups = new Map<string, One[]>();
    for (const caller of callers) {
      const group = groups.get(caller.account);
      if (group === undefined) groups.set(caller.account, [caller]);
      else group.push(caller);
    }
    return [...groups.values()];
  }

  /** One timer for whoever has waited longest: all wait equally long, so that is always the first in line. */
  function watchDeadline(): void {
    const first = Math.min(queue[0]?.deadline ?? Infinity, held[0]?.[0]?.deadline ?? Infinity);
    if (first === Infinity) {
      clearTimeout(timer);
      timer = undefined;
    }
    // One that is set may be for somebody who has left since: it then looks again.
    else timer ??= setTimeout(turnAwayLate, Math.max(0, first - performance.now()));
  }

  function turnAwayLate(): void {
    timer = undefined;
    const now = performance.now();
    const isLate = (caller: One): boolean => caller.deadline <= now;
    const late = [...queue.filter(isLate), ...held.flat().filter(isLate)];
    queue = queue.filter((caller) => !isLate(caller));
    held = held.flatMap((group) => {
      const rest = group.filter((caller) => !isLate(caller));
      const account = group[0]?.account;
      if (rest.length === 0 && account !== undefined) accountsUnderWay.delete(account);
      return rest.length > 0 ? [rest] : [];
    });
    for (const caller of late) caller.resolve(options.late(caller.item));
    pump();
  }

  return {
    enter(item) {
      if (queue.length >= queueMax) return Promise.resolve(options.late(item));
      return new Promise((resolve, reject) => {
        const account = options.accountOf(item);
        queue.push({ item, account, deadline: performance.now() + deadlineMs, resolve, reject });
        if (gathering || calls === callsMax || accountsUnderWay.has(account)) watchDeadline();
        else pump();
      });
    },
  };
}
