import type { CreditRequest } from '../../src/credit/credit.ts';
import type { AdjustInput, CaptureInput } from '../../src/credit/hold-library.ts';
import type { CaptureResult, HoldResult, PaymentResult } from '../../src/credit/index.ts';
import type { PaymentInput } from '../../src/credit/money-library.ts';
import { type CreditBench, newOrderId, W } from './shop.ts';

type Keyed<Result> = Result & { key: string };

/** What the tests do with holds and debts, in words as short as they can be. A key is new unless it is given. */
export type Passage = {
  /** Holds credit for an order and returns the entry; throws when it is refused. */
  hold(retailerId: string, amount: bigint, more?: Partial<CreditRequest>): Promise<string>;
  adjust(hold: string, amount: bigint, more?: Partial<AdjustInput>): Promise<Keyed<HoldResult>>;
  capture(hold: string, amount: bigint, more?: Partial<CaptureInput>): Promise<Keyed<CaptureResult>>;
  releasePart(hold: string, amount: bigint): Promise<HoldResult>;
  extend(hold: string, expiresAt: Date): Promise<HoldResult>;
  pay(retailerId: string, amount: bigint, more?: Partial<PaymentInput>): Promise<Keyed<PaymentResult>>;
  /** Puts the hold's time of expiry into the past, as the passing of time does. */
  letPass(hold: string): Promise<void>;
};

export function createPassage(bench: Pick<CreditBench, 'credit' | 'order' | 'ownerSql'>): Passage {
  const { credit } = bench;
  const person = { wholesalerId: W, actor: 'asha' };
  return {
    async hold(retailerId, amount, more) {
      const held = await bench.order(retailerId, amount, more);
      if (!held.success) throw new Error(held.message);
      return held.ledgerEntryId;
    },
    async adjust(ledgerEntryId, amountMinor, { key = newOrderId(), ...more } = {}) {
      return { ...(await credit.adjustHold({ ...person, ledgerEntryId, amountMinor, key, ...more })), key };
    },
    async capture(ledgerEntryId, amountMinor, { key = newOrderId(), ...more } = {}) {
      return { ...(await credit.captureHold({ ...person, ledgerEntryId, amountMinor, key, ...more })), key };
    },
    releasePart: (ledgerEntryId, amountMinor) =>
      credit.releasePart({ ...person, ledgerEntryId, amountMinor, reason: 'less was wanted' }),
    extend: (ledgerEntryId, expiresAt) =>
      credit.extendHold({ ...person, ledgerEntryId, expiresAt, reason: 'the truck is late' }),
    async pay(retailerId, amountMinor, { key = newOrderId(), ...more } = {}) {
      return {
        ...(await credit.recordPayment({ ...person, retailerId, amountMinor, method: 'cash', key, ...more })),
        key,
      };
    },
    async letPass(hold) {
      await bench.ownerSql(`update credit_hold set expires_at = app_clock() - interval '1 second' where id = $1`, [
        hold,
      ]);
    },
  };
}
