import type { Effect, EffectAnswered } from '../conversation/index.ts';
import { asRead } from '../outbox/index.ts';
import { formatMinor } from '../shared/money.ts';
import { isSameAsStored, type Turn } from './decide-again.ts';

export type Difference = {
  what: 'reply' | 'order' | 'ledger';
  /** What happened; null where nothing did. */
  before: string | null;
  /** What would happen today. */
  after: string | null;
  /** Set where both read the same. */
  note?: string;
};

/** What today's turn has otherwise than the one that happened, as a person would say it. */
export function differencesOf(before: Turn, after: Turn, currency: string): Difference[] {
  return [
    ...replyDifferences(before, after),
    ...different('order', orderText(before, currency), orderText(after, currency)),
    ...different('ledger', ledgerText(before, currency), ledgerText(after, currency)),
  ];
}

function replyDifferences(before: Turn, after: Turn): Difference[] {
  const count = Math.max(before.replies.length, after.replies.length);
  return Array.from({ length: count }, (_, at): Difference[] => {
    const [then, today] = [before.replies[at], after.replies[at]];
    if (isSameAsStored(then, today)) return [];
    const one = { what: 'reply' as const, before: read(then), after: read(today) };
    if (one.before !== one.after) return [one];
    return [{ ...one, note: 'the same words, but other ids under its buttons or another way of sending' }];
  }).flat();
}

function read(reply: Turn['replies'][number] | undefined): string | null {
  return reply === undefined ? null : asRead(reply);
}

function different(what: Difference['what'], before: string | null, after: string | null): Difference[] {
  return before === after ? [] : [{ what, before, after }];
}

function orderText({ effect, answer }: Turn, currency: string): string | null {
  if (effect === null || effect.kind === 'look_up') return null;
  return `${askedText(effect, currency)}: ${answerText(answer)}`;
}

type Acting = Exclude<Effect, { kind: 'look_up' }>;

function askedText(effect: Acting, currency: string): string {
  const money = (minor: bigint): string => formatMinor(minor, currency, 'en');
  switch (effect.kind) {
    case 'place_order':
    case 'store_order': {
      const lines = effect.lines.map(
        (line) => `${line.quantityMilli / 1000} ${line.unit} ${line.sku} = ${money(line.totalMinor)}`,
      );
      const total = `${lines.join(', ')}; total ${money(effect.amountMinor)}`;
      return effect.kind === 'store_order' ? `${total}; ${effect.status}` : total;
    }
    case 'decide_approval':
      return `${effect.approve ? 'approve' : 'reject'} request ${effect.approvalId}`;
    case 'cancel_order':
      return `cancel order ${effect.orderId}`;
    case 'keep_held':
      return `keep the credit of order ${effect.orderId}`;
    case 'claim_payment': {
      const amount = effect.amountMinor === null ? 'a picture' : money(effect.amountMinor);
      return `claim ${amount}, ${effect.method ?? 'no method'}, ${effect.reference ?? 'no reference'}`;
    }
  }
}

function answerText(heard: EffectAnswered | null): string {
  switch (heard?.kind) {
    case 'order_answered':
      return heard.answer.placed ? `placed as ${heard.answer.number}` : `refused, ${heard.answer.code}`;
    case 'cancel_answered':
      return heard.answer.cancelled ? `order ${heard.answer.number} cancelled` : `kept, ${heard.answer.because}`;
    case 'approval_answered':
      return heard.answer.kind;
    case 'order_stored':
      return `kept as ${heard.answer.number}, ${heard.answer.status}`;
    case 'keep_answered':
      return heard.answer.kept ? `kept for order ${heard.answer.number}` : 'not kept';
    case 'claim_answered':
      return heard.answer.kind;
    default:
      return 'no answer';
  }
}

function ledgerText({ answer: heard }: Turn, currency: string): string | null {
  const money = (minor: bigint): string => formatMinor(minor, currency, 'en');
  if (heard?.kind === 'order_answered' && heard.answer.placed && !heard.answer.replayed) {
    return `${money(heard.answer.amountMinor)} held, ${money(heard.answer.availableMinor)} available`;
  }
  if (heard?.kind === 'cancel_answered' && heard.answer.cancelled && heard.answer.availableMinor !== null) {
    return `${money(heard.answer.releasedMinor)} released, ${money(heard.answer.availableMinor)} available`;
  }
  return null;
}
