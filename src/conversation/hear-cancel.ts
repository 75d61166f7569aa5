import { understood } from './hear-unknown.ts';
import { withoutCart } from './proposal.ts';
import { numbersIn } from './said-numbers.ts';
import { type Draft, isStale, type Scene, say } from './scene.ts';
import { cancelAsk, resume } from './settle.ts';
import type { ConversationState, OlderOrderAct, OrderName, OrderSummary } from './types.ts';

/** Orders that may still be cancelled by the retailer. */
const CANCELLABLE = new Set(['waiting_for_approval', 'waiting_on_credit', 'approved']);
/** Goods have left: nothing of these can be taken back by a message. */
const DELIVERED = new Set(['delivered', 'part_delivered']);

const REASON = 'cancelled by the retailer in chat';

/** Hears "cancel": an order named by number, else the cart, else the last order after asking. */
export function hearCancel(heard: ConversationState, body: string, scene: Scene): Draft {
  const state = understood(heard);
  const numbers = numbersIn(body);
  const named = scene.facts.orders.find((order) => numbers.includes(order.number));
  if (named !== undefined) return cancelNamed(state, named, scene);
  const [unknown] = numbers;
  // "Cancel order 999" is about that order: the open cart is not thrown away for it.
  if (unknown !== undefined) return lookUpOrder(state, 'cancel', { number: unknown });
  if (state.pending?.kind === 'confirm_cancel') {
    return isStale(scene.facts) ? cancelStale(state, scene) : cancelEffect(state, state.pending.orderId);
  }
  if (state.cart.length > 0 || state.pending !== null) return dropCart(state, scene);
  return askAboutLast(state, scene);
}

/** Empties the cart and forgets what was asked about it. */
export function dropCart(state: ConversationState, scene: Scene): Draft {
  // The goods of an order that waited: it is taken back with them, or it would be asked about again.
  if (state.waited !== null) return cancelEffect(withoutCart(state), state.waited.orderId);
  return say(withoutCart(state), [scene.t.proposal.dropped]);
}

/** Asks whether to cancel a placed order, or says why that is no longer possible. */
export function askToCancel(state: ConversationState, order: OrderSummary, scene: Scene, notes: string[] = []): Draft {
  const refusal = whyNot(order, scene);
  if (refusal !== null) return resume(state, [...notes, refusal], scene);
  // What is unclear in the order that is open would be forgotten over another question.
  if (state.pending?.kind === 'question') return resume(state, [...notes, scene.t.waiting.finishFirst], scene);
  const { id, number } = order;
  // A cart that is being built is not given up for the question: it is proposed again when this one is answered.
  const pending = { kind: 'confirm_cancel' as const, askedAtMs: scene.facts.now.getTime(), orderId: id, number };
  return say({ ...state, pending }, notes, cancelAsk(id, number, scene, order));
}

/** The effect that reads an order which is not among the newest. */
export function lookUpOrder(state: ConversationState, act: OlderOrderAct, by: OrderName): Draft {
  return {
    next: state,
    lines: [],
    ask: null,
    effect: { kind: 'look_up', lookUps: [{ kind: 'older_order', act, by }] },
  };
}

/** The effect that cancels an order; the answer to it is what the retailer hears. */
export function cancelEffect(state: ConversationState, orderId: string): Draft {
  return { next: state, lines: [], ask: null, effect: { kind: 'cancel_order', orderId, reason: REASON } };
}

/** A yes to a cancellation that was sent long ago: asked once more. */
export function cancelStale(state: ConversationState, scene: Scene): Draft {
  return resume(refreshed(state, scene), [scene.t.cancelling.sentLongAgo], scene);
}

function cancelNamed(state: ConversationState, order: OrderSummary, scene: Scene): Draft {
  const refusal = whyNot(order, scene);
  if (refusal !== null) return resume(state, [refusal], scene);
  if (isStale(scene.facts)) return askToCancel(state, order, scene, [scene.t.cancelling.sentLongAgo]);
  return cancelEffect(state, order.id);
}

function askAboutLast(state: ConversationState, scene: Scene): Draft {
  const order = scene.facts.orders.find(({ status }) => CANCELLABLE.has(status)) ?? scene.facts.orders[0];
  return order === undefined ? say(state, [scene.t.cancelling.nothing]) : askToCancel(state, order, scene);
}

function whyNot({ number, status }: OrderSummary, scene: Scene): string | null {
  const { cancelling, account } = scene.t;
  if (CANCELLABLE.has(status)) return null;
  if (DELIVERED.has(status)) return cancelling.delivered({ number });
  return cancelling.alreadyClosed({ number, status: account.status({ status }) });
}

function refreshed(state: ConversationState, scene: Scene): ConversationState {
  if (state.pending === null) return state;
  return { ...state, pending: { ...state.pending, askedAtMs: scene.facts.now.getTime() } };
}
