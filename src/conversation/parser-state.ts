import type { Clarify, OrderLine, ParserState, PendingQuestion } from '../parser/index.ts';
import { toMilli } from './quantities.ts';
import type { ConversationState, Facts, OpenQuestion, OrderSummary, Pending } from './types.ts';

/** Orders that never went anywhere are not what "same as last time" means, unless there is no other. */
const NOT_REPEATED = new Set(['cancelled', 'rejected', 'expired']);

/** What the parser has to know of the conversation to read the next message. */
export function toParserState(state: ConversationState, facts: Facts): ParserState {
  const last = lastOrderOf(facts);
  return {
    cart: state.cart.map(toOrderLine),
    lastOrder: last === null ? null : last.lines.map(toOrderLine),
    pending: state.pending === null ? null : toPendingQuestion(state.pending),
    usual: [...new Set(facts.orders.flatMap((order) => order.lines.map((line) => line.sku)))],
  };
}

/** The order that "the same again" speaks of: the newest that was not cancelled or refused, else the newest. */
export function lastOrderOf(facts: Facts): OrderSummary | null {
  return facts.orders.find((order) => !NOT_REPEATED.has(order.status)) ?? facts.orders[0] ?? null;
}

/** The parser's question as one of ours; `act` says what its answer does to the cart. */
export function toOpenQuestion(clarify: Clarify, act: OpenQuestion['act']): OpenQuestion {
  const quantity = clarify.kind === 'quantity' ? null : clarify.quantity;
  return {
    kind: clarify.kind,
    candidates: [...clarify.candidates],
    quantityMilli: quantity === null ? null : toMilli(quantity),
    unit: clarify.unit,
    text: clarify.text,
    words: (asksForProduct(clarify) && clarify.words) || null,
    act,
  };
}

function asksForProduct({ kind }: Clarify): boolean {
  return kind === 'product' || kind === 'unknown_product';
}

function toOrderLine(line: { sku: string; quantityMilli: number; unit: string }): OrderLine {
  return { sku: line.sku, quantity: line.quantityMilli / 1000, unit: line.unit };
}

function toPendingQuestion(pending: Pending): PendingQuestion | null {
  if (pending.kind === 'short_of_credit') return { kind: 'confirm_order' };
  // How much was paid is no question about goods.
  if (pending.kind === 'claim') return null;
  if (pending.kind !== 'question') return { kind: pending.kind };
  const { kind, candidates, quantityMilli, unit } = pending.question;
  const [sku] = candidates;
  if (sku === undefined) return null;
  if (kind === 'quantity' || kind === 'check_quantity') return { kind: 'ask_quantity', sku };
  const quantity = quantityMilli === null ? null : quantityMilli / 1000;
  return { kind: 'choose_product', candidates, quantity, unit };
}
