import { isWaiting } from '../orders/lifecycle.ts';
import { accept, leaveOut } from './hear-answer.ts';
import { cancelEffect, cancelStale } from './hear-cancel.ts';
import { acceptSlip, declineSlip } from './hear-claim.ts';
import { understood } from './hear-unknown.ts';
import { stillText } from './hear-waiting.ts';
import { priceCart } from './pricing.ts';
import { exampleOfCart, propose } from './proposal.ts';
import { proposalAsk } from './proposal-ask.ts';
import { type Draft, isStale, type Scene, say } from './scene.ts';
import { placeNow, resume } from './settle.ts';
import type { ConversationState, Proposal } from './types.ts';

/** A second "yes" this soon after an order means that order, not another. */
const JUST_PLACED_MS = 15 * 60 * 1000;

/** Hears a yes, tapped or typed: it answers whatever is being waited for, and never places anything unseen. */
export function hearConfirm(heard: ConversationState, scene: Scene): Draft {
  const state = understood(heard);
  const { pending } = state;
  if (pending === null) return confirmNothing(state, scene);
  switch (pending.kind) {
    case 'question':
      return accept(state, pending, scene);
    case 'confirm_cancel':
      if (isStale(scene.facts)) return cancelStale(state, scene);
      return cancelEffect(state, pending.orderId);
    case 'confirm_order':
    case 'short_of_credit':
      return confirmOrder(state, pending, scene);
    case 'claim':
      return acceptSlip(state, pending, scene);
  }
}

/** Hears a no: to a question, its line is left out; to a proposal, nothing is placed and the cart stays. */
export function hearDecline(heard: ConversationState, scene: Scene): Draft {
  const state = understood(heard);
  const { pending } = state;
  const { proposal, talk, cancelling } = scene.t;
  if (pending === null) return resume(state, [talk.allRight], scene);
  switch (pending.kind) {
    case 'question':
      return leaveOut(state, pending, scene);
    case 'claim':
      return declineSlip(state, pending, scene);
    case 'confirm_cancel':
      return resume({ ...state, pending: null }, [cancelling.kept({ number: pending.number })], scene);
    case 'confirm_order':
    case 'short_of_credit':
      return say(state, [], proposalAsk(state, scene, [proposal.notPlaced({ product: exampleOfCart(state, scene) })]));
  }
}

function confirmOrder(state: ConversationState, pending: Proposal, scene: Scene): Draft {
  const { proposal } = scene.t;
  if (isStale(scene.facts)) return propose(state, scene, [proposal.sentLongAgo]);
  const priced = priceCart(state.cart, scene);
  const totals = priced.lines.map((line) => line.totalMinor.toString());
  const isAsShown = priced.leftOut.length === 0 && totals.join() === pending.lineTotalsMinor.join();
  // A price that moved is shown again before it counts; products that went away are named by the proposal itself.
  if (!isAsShown) return propose(state, scene, priced.leftOut.length === 0 ? [proposal.pricesChanged] : []);
  // What a policy has against it stands under the proposal already: said again, without the lines.
  return placeNow(state, scene) ?? resume(state, [], scene);
}

function confirmNothing(state: ConversationState, scene: Scene): Draft {
  if (state.cart.length > 0) return propose(state, scene);
  const waiting = scene.facts.orders.find(({ status }) => isWaiting(status));
  if (waiting !== undefined) return say(state, [stillText(waiting, scene)]);
  const [last] = scene.facts.orders;
  const ageMs = last === undefined ? Number.POSITIVE_INFINITY : scene.facts.now.getTime() - last.placedAt.getTime();
  if (last === undefined || ageMs > JUST_PLACED_MS || last.status === 'cancelled') {
    return say(state, [scene.t.placing.nothingToConfirm]);
  }
  const amount = scene.money(last.amountMinor);
  return say(state, [scene.t.placing.alreadyPlaced({ number: last.number, amount })]);
}
