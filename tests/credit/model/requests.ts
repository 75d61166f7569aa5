import { type Credit, expireDueHolds } from '../../../src/credit/index.ts';
import type { Database, Tx } from '../../../src/db/index.ts';

export type Chosen = { receivableId: string; amountMinor: bigint }[];

/** Everything that can be asked of the accounts of one wholesaler, as data that can be kept, sent again and replayed. */
export type Request = { wholesalerId: string } & (
  | {
      do: 'hold';
      retailerId: string;
      orderId: string;
      amountMinor: bigint;
      key: string;
      holdLifetimeMinutes?: number;
    }
  | { do: 'adjust'; holdId: string; amountMinor: bigint; key: string }
  | { do: 'capture'; holdId: string; amountMinor: bigint; key: string; releaseRest?: boolean }
  | { do: 'release'; holdId: string }
  | { do: 'releasePart'; holdId: string; amountMinor: bigint; key: string }
  | { do: 'extend'; holdId: string; expiresAt: Date; key: string }
  | { do: 'pay'; retailerId: string; amountMinor: bigint; key: string; allocations?: Chosen; receivedAt?: Date }
  | { do: 'creditNote' | 'writeOff'; retailerId: string; amountMinor: bigint; key: string; allocations?: Chosen }
  | { do: 'allocate'; paymentId: string; key: string; allocations?: Chosen }
  | { do: 'reverse'; paymentId: string }
  | { do: 'adjustBalance'; retailerId: string; amountMinor: bigint; key: string; dueOn?: string }
  | { do: 'limit'; retailerId: string; limitMinor?: bigint; validUntil?: Date | null; key: string }
  | {
      do: 'terms';
      retailerId: string;
      termsDays?: number;
      graceDays?: number;
      overdueToleranceMinor?: bigint;
      overCaptureBasisPoints?: number;
    }
  | { do: 'block' | 'unblock' | 'close'; retailerId: string }
  | { do: 'override'; retailerId: string; orderId: string; amountMinor: bigint; expiresAt: Date; key: string }
);

/** What was answered, without the words for people. */
export type Refusal = { success: false; code: string; availableMinor?: bigint; shortByMinor?: bigint };
/** What an answer tells beside its success: always these two, and what else the call is about. */
export type Told = { replayed: boolean; ledgerEntryId: string | null; [fact: string]: unknown };
export type Done = { success: true } & Told;
export type Answer = Refusal | Done;

/** Makes the call that a request stands for, alone or in a transaction. */
export async function send(credit: Credit, request: Request, on: { tx?: Tx } = {}): Promise<Answer> {
  const {
    message: _,
    retryable: __,
    ...answer
  } = (await call(credit, request, on)) as Answer & Record<string, unknown>;
  return answer as Answer;
}

function call(credit: Credit, asked: Request, on: { tx?: Tx }): Promise<unknown> {
  const why = { reason: 'as the test says', actor: 'asha' };
  switch (asked.do) {
    case 'hold':
      return credit.acquireAndValidateCredit({ ...asked, orderAmount: asked.amountMinor }, on);
    case 'adjust':
      return credit.adjustHold({ ...asked, ledgerEntryId: asked.holdId, ...why }, on);
    case 'capture':
      return credit.captureHold({ ...asked, ledgerEntryId: asked.holdId, ...why }, on);
    case 'release':
      return credit.releaseCreditLock(asked.holdId, why.reason, { wholesalerId: asked.wholesalerId, ...on });
    case 'releasePart':
      return credit.releasePart({ ...asked, ledgerEntryId: asked.holdId, ...why }, on);
    case 'extend':
      return credit.extendHold({ ...asked, ledgerEntryId: asked.holdId, ...why }, on);
    case 'pay':
      return credit.recordPayment({ ...asked, method: 'cash', actor: why.actor }, on);
    case 'creditNote':
      return credit.issueCreditNote({ ...asked, ...why }, on);
    case 'writeOff':
      return credit.writeOff({ ...asked, ...why }, on);
    case 'allocate':
      return credit.allocatePayment({ ...asked, actor: why.actor }, on);
    case 'reverse':
      return credit.reversePayment({ ...asked, ...why }, on);
    case 'adjustBalance':
      return credit.adjustBalance({ ...asked, ...why }, on);
    case 'limit':
      return credit.changeLimit({ ...asked, ...why }, on);
    case 'terms': {
      const { do: _, ...terms } = asked;
      return credit.setTerms({ ...terms, ...why }, on);
    }
    case 'block':
      return credit.blockAccount({ ...asked, ...why }, on);
    case 'unblock':
      return credit.unblockAccount({ ...asked, ...why }, on);
    case 'close':
      return credit.closeAccount({ ...asked, ...why }, on);
    case 'override':
      return credit.grantOverride({ ...asked, ...why }, on);
  }
}

/** Lapses whatever is due, as the timer does. */
export const sweep = (db: Pick<Database, 'prisma'>): Promise<unknown> => expireDueHolds(db.prisma, 10_000);
