import { isWaiting } from '../orders/lifecycle.ts';
import { type ButtonId, type CartButton, readButtonId } from './button-ids.ts';
import { accept, choose, leaveOut } from './hear-answer.ts';
import { askToCancel, cancelEffect, cancelStale, dropCart, lookUpOrder } from './hear-cancel.ts';
import { acceptSlip, declineSlip } from './hear-claim.ts';
import { hearConfirm } from './hear-confirm.ts';
import { hearListTap } from './hear-list.ts';
import { hearShort } from './hear-short.ts';
import { understood } from './hear-unknown.ts';
import { hearTakeUp, stillText } from './hear-waiting.ts';
import { proposalOf } from './pending.ts';
import { exampleOfCart, propose } from './proposal.ts';
import { type Draft, isStale, type Scene, say } from './scene.ts';
import { resume } from './settle.ts';
import type { ConversationState, OrderSummary } from './types.ts';

type OrderButton = { act: 'cancel_order' | 'keep_order'; orderId: string };
type SlipButton = Extract<ButtonId, { act: 'slip' | 'no_slip' }>;
type QuestionButton = Extract<ButtonId, { act: 'choose' | 'accept' | 'leave_out' }>;

/**
 * Hears a tap on a button or a row. Messages stay on the screen for ever, so an id is obeyed only when it belongs to what
 * is being waited for now; any other is answered with how things stand.
 */
export function hearTap(heard: ConversationState, id: string, scene: Scene): Draft {
  const state = understood(heard);
  const button = readButtonId(id);
  if (button === null) return outdated(state, scene);
  switch (button.act) {
    case 'confirm':
    case 'change':
    case 'cancel':
    case 'fit':
    case 'approval':
    case 'pay':
      return tapOnProposal(state, button, scene);
    case 'choose':
    case 'accept':
    case 'leave_out':
      return tapOnQuestion(state, button, scene);
    case 'cancel_order':
    case 'keep_order':
      return tapOnCancel(state, { ...button, act: button.act }, scene);
    case 'take_up':
      return hearTakeUp(state, { id: button.orderId }, scene);
    case 'order_again':
      return hearTakeUp(state, { number: button.number }, scene);
    case 'keep_held':
      return { next: state, lines: [], ask: null, effect: { kind: 'keep_held', orderId: button.orderId } };
    case 'slip':
    case 'no_slip':
      return tapOnSlip(state, button, scene);
    case 'product':
    case 'products':
      return hearListTap(state, button, scene);
    // Heard before this point: as if they were typed, or where the one who taps may decide and the language is offered.
    case 'approve':
    case 'reject':
    case 'ask':
    case 'language':
    case 'own_link':
    case 'foreign_link':
      return outdated(state, scene);
  }
}

function tapOnProposal(state: ConversationState, button: CartButton, scene: Scene): Draft {
  const isCurrent = proposalOf(state)?.orderId === button.orderId && state.cartVersion === button.cartVersion;
  if (!isCurrent) {
    const placed = scene.facts.orders.find(({ id }) => id === button.orderId);
    return placed === undefined ? outdated(state, scene) : tapOnPlaced(state, button, placed, scene);
  }
  if (button.act === 'confirm') return hearConfirm(state, scene);
  if (button.act === 'cancel') return dropCart(state, scene);
  if (button.act !== 'change') return hearShort(state, button.act, scene);
  return say(state, [scene.t.proposal.howToChange({ product: exampleOfCart(state, scene) })]);
}

/** A second tap on Confirm, or any tap under a proposal that became an order: nothing is ordered again. */
function tapOnPlaced(state: ConversationState, button: CartButton, order: OrderSummary, scene: Scene): Draft {
  const isBusy = state.pending !== null || state.cart.length > 0;
  if (button.act === 'cancel' && !isBusy) return askToCancel(state, order, scene);
  const { number, status } = order;
  const { placing, cancelling, account } = scene.t;
  if (isWaiting(status)) return resume(state, [stillText(order, scene)], scene);
  if (status === 'cancelled' || status === 'rejected' || status === 'expired') {
    return resume(state, [cancelling.alreadyClosed({ number, status: account.status({ status }) })], scene);
  }
  return resume(state, [placing.alreadyPlaced({ number, amount: scene.money(order.amountMinor) })], scene);
}

function tapOnQuestion(state: ConversationState, button: QuestionButton, scene: Scene): Draft {
  const { pending } = state;
  if (pending?.kind !== 'question' || state.cartVersion !== button.cartVersion) {
    return resume(state, [scene.t.questions.oldChoice], scene);
  }
  if (button.act === 'choose') return choose(state, pending, button.choice, scene);
  return button.act === 'accept' ? accept(state, pending, scene) : leaveOut(state, pending, scene);
}

function tapOnCancel(state: ConversationState, button: OrderButton, scene: Scene): Draft {
  const { pending } = state;
  const order = scene.facts.orders.find(({ id }) => id === button.orderId);
  if (pending?.kind === 'confirm_cancel' && pending.orderId === button.orderId) {
    if (button.act === 'keep_order') {
      return resume({ ...state, pending: null }, [scene.t.cancelling.kept({ number: pending.number })], scene);
    }
    return isStale(scene.facts) ? cancelStale(state, scene) : cancelEffect(state, button.orderId);
  }
  const isBusy = state.pending !== null || state.cart.length > 0;
  if (button.act === 'keep_order') {
    return order === undefined
      ? outdated(state, scene)
      : resume(state, [scene.t.cancelling.kept({ number: order.number })], scene);
  }
  if (isBusy) return outdated(state, scene);
  // A notice may be about an order that is no longer among the newest.
  return order === undefined ? lookUpOrder(state, 'cancel', { id: button.orderId }) : askToCancel(state, order, scene);
}

function tapOnSlip(state: ConversationState, { act, photo }: SlipButton, scene: Scene): Draft {
  const { pending } = state;
  if (pending?.kind !== 'claim' || pending.photo !== photo) return outdated(state, scene);
  return act === 'slip' ? acceptSlip(state, pending, scene) : declineSlip(state, pending, scene);
}

/** An old button: a pending proposal is shown whole, since it is what the person should look at instead. */
function outdated(state: ConversationState, scene: Scene): Draft {
  const note = scene.t.proposal.oldButton;
  if (proposalOf(state) !== null) return propose(state, scene, [note]);
  if (state.pending === null && state.cart.length === 0) return say(state, [note, scene.t.proposal.empty]);
  return resume(state, [note], scene);
}
