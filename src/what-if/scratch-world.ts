/**
 * Where today's code asks credit or orders for something else than was asked then, nobody has an answer to it. Verdicts
 * are made in SQL, under the lock, and nowhere else; so the account is set up once more with the figures of then, for a
 * wholesaler that exists in this transaction only, and the real code decides there. Then all of it is rolled back: no row
 * of a real account is read or locked, and nobody else ever sees these. A model of the verdicts in TypeScript was the other
 * choice; it would be one more thing that has to agree with the credit lock.
 */
import { carryOutEffects, type EffectAnswered, type Facts, type Kept, type Step } from '../conversation/index.ts';
import { acquireBatch, openAccount } from '../credit/index.ts';
import { type Database, inTransaction, type Tx } from '../db/index.ts';
import type { WorkItem } from '../inbox/index.ts';
import { isWaiting, placeBatch, storeWaiting } from '../orders/index.ts';
import { assert, mustExist } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';
import type { KeptEvent } from './kept-events.ts';

type Account = NonNullable<Facts['account']> & {
  blockReason?: string | null;
  limitValidUntil?: Date | null;
  overdueMinor?: bigint;
  overdueToleranceMinor?: bigint;
};

/** What was decided anew and needs a verdict. */
export type ToJudge = { event: KeptEvent; kept: Kept; facts: Facts; step: Step };

const LIMITS = { maxWaitMs: 10_000, timeoutMs: 30_000 };
/** Longer than any run: nothing of the scratch world may lapse meanwhile. */
const HOLD_MINUTES = 1_000_000;

/** The verdict on the effect of `step`, from the account as it was; null when the real code gives none. */
export async function judgeInScratch(db: Database, toJudge: ToJudge): Promise<EffectAnswered | null> {
  try {
    await inTransaction(
      db,
      async (tx) => {
        throw new RolledBack(await judge(tx, toJudge));
      },
      LIMITS,
    );
  } catch (error) {
    if (error instanceof RolledBack) return error.answer;
    throw error;
  }
  return null;
}

/** Leaves the transaction: throwing is the only way to roll one back. */
class RolledBack extends Error {
  readonly answer: EffectAnswered | null;

  constructor(answer: EffectAnswered | null) {
    super('the verdict is known');
    this.answer = answer;
  }
}

async function judge(tx: Tx, { event, kept, facts, step }: ToJudge): Promise<EffectAnswered | null> {
  // What was true then of dues, orders and decisions is kept as the answer to what was asked then, and no further.
  if (step.effect?.kind === 'look_up' || step.effect?.kind === 'decide_approval') return null;
  // A claim that nobody made then would have been a new one.
  if (step.effect?.kind === 'claim_payment') {
    return { kind: 'claim_answered', claim: step.effect, answer: { kind: 'noted', claimId: event.id } };
  }
  const wholesalerId = `what-if:${newId()}`;
  const lineId = newId();
  const retailer = mustExist(facts.retailer, 'the shop that an effect is for');
  await tx.$executeRaw`
    insert into wholesaler (id, name, currency, language, time_zone, policies)
    select ${wholesalerId}, name, currency, language, time_zone, policies from wholesaler where id = ${event.wholesalerId}`;
  await tx.$executeRaw`
    insert into retailer (wholesaler_id, id, name) values (${wholesalerId}, ${retailer.id}, ${retailer.name})`;
  await tx.$executeRaw`
    insert into line (id, wholesaler_id, phone_number_id, display_phone)
    values (${lineId}::uuid, ${wholesalerId}, ${wholesalerId}, 'what if')`;
  await tx.$executeRaw`
    insert into conversation (wholesaler_id, line_id, person_key, retailer_id)
    values (${wholesalerId}, ${lineId}::uuid, ${event.personKey}, ${retailer.id})`;
  await tx.$executeRaw`
    insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, person_key, payload, sent_at, state, done_at)
    values (${wholesalerId}, ${event.id}::uuid, ${lineId}::uuid, 'what-if', 'message', ${event.personKey}, '{}',
            app_clock(), 'done', app_clock())`;
  const account = figuresUnderLock(kept, facts);
  if (account !== null) await restore(tx, { wholesalerId, retailerId: retailer.id, account, facts, step });
  const conversation = { wholesalerId, lineId, personKey: event.personKey };
  const item = { conversation, event: { id: event.id, kind: event.kind } } as WorkItem;
  const decision = { ...kept, item, message: null, facts, step };
  const { policies } = facts.wholesaler;
  // The scratch account has a hold time of its own.
  const world = { id: wholesalerId, currency: event.currency, policies, holdLifetimeMinutes: null };
  const [carried] = await carryOutEffects(tx, world, [decision], {
    wait: 'promised',
    firstOrderNumber: numberOf(kept, facts),
  });
  const answer = carried?.answer ?? null;
  return answer !== null && isOverdue(account) ? asOverdue(answer) : answer;
}

/** Where credit gave a verdict then, it saw the account under its lock; else the figures that were read before it. */
function figuresUnderLock({ answer: heard }: Kept, { account }: Facts): Account | null {
  if (account === null || heard?.kind !== 'order_answered') return account;
  const { answer } = heard;
  if (!answer.placed) return answer.account === null ? account : { ...account, ...answer.account };
  if (answer.replayed) return account;
  const availableMinor = answer.availableMinor + answer.amountMinor;
  return { ...account, availableMinor, heldMinor: account.limitMinor - account.owedMinor - availableMinor };
}

function isOverdue(account: Account | null): boolean {
  return account?.status === 'active' && (account.overdueMinor ?? 0n) > (account.overdueToleranceMinor ?? 0n);
}

/** A debt cannot be opened in the past, so what stood in the way of new orders does so as a block of the account. */
function asOverdue(heard: EffectAnswered): EffectAnswered {
  if (heard.kind !== 'order_answered' || heard.answer.placed || heard.answer.code !== 'CREDIT_BLOCKED') return heard;
  const answer = { ...heard.answer, because: 'overdue' };
  return { ...heard, answer };
}

type ToRestore = { wholesalerId: string; retailerId: string; account: Account; facts: Facts; step: Step };

/** Opens the account with limit, debt, holds and status of then; an order that is to be cancelled stands on its hold. */
async function restore(tx: Tx, { wholesalerId, retailerId, account, facts, step }: ToRestore): Promise<void> {
  const key = { wholesalerId, retailerId };
  const { currency, limitMinor, owedMinor } = account;
  const room = owedMinor + account.heldMinor + MOST_MINOR / 4n;
  const opened = await openAccount(tx, {
    ...key,
    currency,
    owedMinor,
    limitMinor: room,
    holdLifetimeMinutes: HOLD_MINUTES,
  });
  assert(opened.kind === 'open', 'the account of then could not be opened again');
  let heldMinor = account.heldMinor;
  const effect = step.effect;
  const isAbout = effect?.kind === 'cancel_order' || (effect?.kind === 'place_order' && effect.waitedNumber !== null);
  const order = isAbout ? facts.orders.find(({ id }) => id === effect.orderId) : undefined;
  if (order !== undefined) {
    const { id: orderId, number, amountMinor, status } = order;
    const item = { ...key, orderId, number, currency, amountMinor, source: 'chat' as const, lines: [], cause: null };
    if (isWaiting(status)) {
      await storeWaiting(tx, [{ ...item, status, waitMinutes: HOLD_MINUTES }]);
    } else {
      await placeBatch(tx, [item], { wait: 'promised' });
      await tx.$executeRaw`
        update orders set status = ${status} where wholesaler_id = ${wholesalerId} and id = ${orderId}`;
      heldMinor -= amountMinor;
    }
  }
  if (heldMinor > 0n) {
    const held = { ...key, key: 'held before', orderId: 'held before', amountMinor: heldMinor, currency };
    await acquireBatch(tx, [held], { wait: 'promised' });
  }
  const blocked = isOverdue(account) ? { status: 'blocked' as const, blockReason: 'overdue' } : undefined;
  const lapsed = (account.limitValidUntil?.getTime() ?? Number.POSITIVE_INFINITY) < facts.now.getTime();
  const final = await openAccount(tx, {
    ...key,
    limitMinor,
    limitValidUntil: lapsed ? account.limitValidUntil?.toISOString() : null,
    status: account.status,
    blockReason: account.blockReason ?? undefined,
    ...blocked,
  });
  assert(final.kind === 'open', 'the account of then could not be made what it was');
}

/** The largest amount that the database takes. */
const MOST_MINOR = 9_007_199_254_740_991n;

/** The number that the order got then, else the one that follows the shop's last. */
function numberOf({ answer }: Kept, { orders }: Facts): number {
  if (answer?.kind === 'order_answered' && answer.answer.placed) return answer.answer.number;
  return Math.max(0, ...orders.map(({ number }) => number)) + 1;
}
