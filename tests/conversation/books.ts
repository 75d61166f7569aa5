import type { DecisionFound, Dues, Facts, Found, LookUp, OrderSummary } from '../../src/conversation/types.ts';
import type { StatementSummary } from '../../src/credit/index.ts';
import type { OrderDetails } from '../../src/orders/types.ts';
import type { ClaimAnswer } from '../../src/payments/index.ts';

/** What the ledger of a chat in memory shows. */
export type Books = {
  dues?: Partial<Dues>;
  decision?: DecisionFound | null;
  orders?: Partial<OrderDetails>[];
  /** Orders that are not among the newest. */
  older?: OrderSummary[];
  claim?: ClaimAnswer;
  movements?: StatementSummary['last'];
  isTooLong?: boolean;
};

export const FILE_ID = '0192f0c1-0000-7000-8000-000000000002';
export const CLAIM_ID = '0192f0c1-0000-7000-8000-000000000001';

const NOTHING_DUE: Dues = { pastMinor: 0n, pastSince: null, nextMinor: 0n, nextOn: null, unappliedMinor: 0n };

/** What would be read for a question. */
export function foundFor(asked: LookUp, facts: Facts, books: Books = {}): Found {
  const dues = { ...NOTHING_DUE, ...books.dues };
  switch (asked.kind) {
    case 'dues':
      return { kind: 'dues', dues };
    case 'statement': {
      const { from, to, filename } = asked;
      const balance = facts.account?.owedMinor ?? 0n;
      const summary = {
        kind: 'summary' as const,
        from,
        to,
        currency: 'INR',
        closingSeq: 1n,
        closingBalanceMinor: balance,
      };
      const found = { kind: 'statement' as const, dues, filename, fileId: books.isTooLong === true ? null : FILE_ID };
      if (facts.account === null) return { ...found, summary: null, fileId: null };
      return { ...found, summary: { ...summary, count: 2, last: books.movements ?? [] } };
    }
    case 'why':
      return { kind: 'why', number: asked.number, decision: books.decision ?? null, dues };
    case 'older_order': {
      const { act, by } = asked;
      const known = [...(books.older ?? []), ...facts.orders];
      const order = known.find(({ id, number }) => ('id' in by ? id === by.id : number === by.number)) ?? null;
      return { kind: 'older_order', act, number: 'number' in by ? by.number : null, order };
    }
    case 'order': {
      const { number } = asked;
      const order = facts.orders.find((one) => one.number === number);
      const more = books.orders?.find((one) => one.number === number);
      if (order === undefined) return { kind: 'order', number, order: null };
      return { kind: 'order', number, order: { ...order, ...NOTHING_DELIVERED, ...more } };
    }
  }
}

const NOTHING_DELIVERED = { linesLeftOut: 0, chargedMinor: 0n, heldMinor: 0n, dueOn: null };
