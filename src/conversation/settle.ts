import { writeButtonId } from './button-ids.ts';
import type { CartChange } from './cart.ts';
import { claimAsk } from './claim-ask.ts';
import type { Ask } from './compose.ts';
import { obstacleText, obstacleTo } from './obstacles.ts';
import { proposalOf } from './pending.ts';
import { placeOrder, priceCart } from './pricing.ts';
import { awaitingConfirm, propose, withCart, withoutCart } from './proposal.ts';
import { proposalAsk, shortnessOf } from './proposal-ask.ts';
import { asking, overflow, questionAsk } from './questions.ts';
import { type Draft, isStale, type Scene, say } from './scene.ts';
import { isDoubtful } from './sureness.ts';
import type { CartLine, ConversationState, OpenQuestion, OrderSummary } from './types.ts';

/** Up to this many clear lines are named while another is asked about; more are only counted. */
const NOTED_MAX = 3;

/**
 * What follows a change of the cart: the next open question, else the order is placed where nothing more has to be
 * asked (`isConfirmed`), else it is proposed.
 */
export function settle(
  state: ConversationState,
  change: CartChange,
  options: { queue?: OpenQuestion[]; isConfirmed: boolean; notes?: string[] },
  scene: Scene,
): Draft {
  const notes = [...(options.notes ?? []), ...change.told];
  const [question, ...queue] = [...change.questions, ...(options.queue ?? [])];
  if (question !== undefined) return askNext({ ...state, cart: change.cart }, question, queue, change, notes, scene);
  const next = withCart(state, change.cart);
  if (change.cart.length === 0) {
    const wasEmpty = state.cart.length === 0;
    // What was taken out last may be what a learned alias had put in: that is remembered until the next order.
    const emptied = { ...withoutCart(next), choices: next.choices };
    return say(emptied, notes.length > 0 && wasEmpty ? notes : [...notes, emptyText(wasEmpty, scene)]);
  }
  if (options.isConfirmed && notes.length === 0 && !isStale(scene.facts) && !isDoubtful(next, change.cart, scene)) {
    const placed = placeNow(next, scene);
    if (placed !== null) return placed;
  }
  // An unchanged cart keeps its pending proposal, and with it the buttons that are already on the screen.
  const kept = isSameCart(state.cart, change.cart) && proposalOf(state) !== null ? state : next;
  return propose(
    kept,
    scene,
    isStale(scene.facts) && options.isConfirmed ? [scene.t.proposal.sentLongAgo, ...notes] : notes,
  );
}

/** Answers something by the way and then asks again for what was being waited for, in the same message. */
export function resume(state: ConversationState, lines: string[], scene: Scene): Draft {
  // A cart without a question stems from one that lapsed: it is shown again rather than forgotten.
  if (state.pending === null && state.cart.length > 0) return propose(state, scene, lines);
  const ask = waitingAsk(state, scene);
  return say(state, ask === null || lines.length === 0 ? lines : [...lines, ''], ask);
}

/**
 * The effect that places the cart as it is priced now; null when a product had to be left out and must be told first, or
 * when a policy is in the way.
 */
export function placeNow(state: ConversationState, scene: Scene): Draft | null {
  const priced = priceCart(state.cart, scene);
  if (priced.leftOut.length > 0 || priced.lines.length === 0) return null;
  if (obstacleTo(priced.amountMinor, scene) !== null) return null;
  const next = awaitingConfirm(state, priced, scene);
  const orderId = proposalOf(next)?.orderId ?? scene.facts.freshOrderId;
  const order = { orderId, source: state.cartSource, waitedNumber: state.waited?.number ?? null };
  return { next, lines: [], ask: null, effect: placeOrder(priced, order) };
}

/** What is being waited for, as a short question that can close any message. */
export function waitingAsk(state: ConversationState, scene: Scene): Ask | null {
  const { pending } = state;
  if (pending === null) return null;
  if (pending.kind === 'question') return questionAsk(pending.question, state.cartVersion, scene);
  if (pending.kind === 'claim') return claimAsk(pending, scene);
  if (pending.kind === 'confirm_cancel') return cancelAsk(pending.orderId, pending.number, scene);
  return proposalAsk(state, scene, [waitingText(state, BigInt(pending.amountMinor), scene)]);
}

/** Asks for the confirmation; an order that would be refused now is not offered as if nothing were wrong. */
function waitingText(state: ConversationState, amountMinor: bigint, scene: Scene): string {
  const { account } = scene.facts;
  const obstacle = obstacleTo(amountMinor, scene);
  if (obstacle !== null) return obstacleText(obstacle, state.cart, scene);
  const { proposal } = scene.t;
  const amount = scene.money(amountMinor);
  const shortness = shortnessOf(amountMinor, scene);
  if (account === null || shortness === 'blocked' || shortness === 'over') return proposal.waitingBlocked({ amount });
  const shortMinor = amountMinor - account.availableMinor;
  return shortMinor > 0n
    ? proposal.waitingShort({ amount, short: scene.money(shortMinor) })
    : proposal.waiting({ amount });
}

/** Whether to cancel a placed order, with the amount where the order is at hand or among the facts. */
export function cancelAsk(orderId: string, number: number, scene: Scene, asked?: OrderSummary): Ask {
  const order = asked ?? scene.facts.orders.find(({ id }) => id === orderId);
  const amount = order === undefined ? null : scene.money(order.amountMinor);
  return {
    kind: 'buttons',
    body: scene.t.cancelling.askWhetherToCancel({ number, amount }),
    buttons: [
      { id: writeButtonId({ act: 'cancel_order', orderId }), title: scene.t.buttons.cancelOrder },
      { id: writeButtonId({ act: 'keep_order', orderId }), title: scene.t.buttons.keepOrder },
    ],
  };
}

function askNext(
  state: ConversationState,
  question: OpenQuestion,
  queue: OpenQuestion[],
  change: CartChange,
  notes: string[],
  scene: Scene,
): Draft {
  const { questions } = scene.t;
  const noted = change.noted.length <= NOTED_MAX ? change.noted : [questions.notedMany({ count: change.noted.length })];
  const tooMany = overflow(queue);
  const lines = [...notes, ...noted];
  if (tooMany > 0) lines.push(questions.tooManyQuestions({ count: tooMany }));
  const next = asking(state, question, queue, scene);
  return say(next, lines, questionAsk(question, next.cartVersion, scene));
}

function emptyText(wasEmpty: boolean, scene: Scene): string {
  return wasEmpty ? scene.t.proposal.empty : scene.t.proposal.nothingLeft;
}

function isSameCart(one: readonly CartLine[], other: readonly CartLine[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
