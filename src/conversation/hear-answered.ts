import type { Ask } from './compose.ts';
import { confirmAsk, propose, withoutCart } from './proposal.ts';
import { type Draft, figuresOf, type Scene, say } from './scene.ts';
import { resume } from './settle.ts';
import type { CancelAnswer, ConversationState, OrderAnswer } from './types.ts';

type Refusal = Extract<OrderAnswer, { placed: false }>;

/** Hears the verdict on an order that was to be placed: the cart is gone when it was, and kept when it was not. */
export function hearOrderAnswered(state: ConversationState, answer: OrderAnswer, scene: Scene): Draft {
  const { placing } = scene.t;
  if (!answer.placed) return refused(state, answer, scene);
  const { number } = answer;
  const amount = scene.money(answer.amountMinor);
  const left = scene.money(answer.availableMinor);
  const line = answer.replayed ? placing.alreadyPlaced({ number, amount }) : placing.placed({ number, amount, left });
  const isThisCart = state.pending?.kind === 'confirm_order' && state.pending.orderId === answer.orderId;
  return isThisCart ? say(withoutCart(state), [line]) : resume(state, [line], scene);
}

/** Hears what became of a cancellation, and goes on with whatever else was open. */
export function hearCancelAnswered(state: ConversationState, answer: CancelAnswer, scene: Scene): Draft {
  const isThisOrder = state.pending?.kind === 'confirm_cancel' && state.pending.orderId === answer.orderId;
  const next = isThisOrder ? { ...state, pending: null } : state;
  return resume(next, [cancelText(answer, scene)], answer.cancelled ? withCreditBack(answer, scene) : scene);
}

/** The facts were read before the cancellation: an order that is proposed beside its answer sees the credit it freed. */
function withCreditBack(answer: Extract<CancelAnswer, { cancelled: true }>, scene: Scene): Scene {
  const { facts } = scene;
  if (facts.account === null) return scene;
  const { availableMinor, releasedMinor } = answer;
  const account = { ...facts.account, availableMinor, heldMinor: facts.account.heldMinor - releasedMinor };
  return { ...scene, facts: { ...facts, account } };
}

/**
 * A refusal in one sentence with its figures, and the choices that there are. The proposal stays pending, so that a
 * later "yes" tries again (after a payment, say); a key that was used up gets a new proposal instead.
 */
function refused(state: ConversationState, answer: Refusal, scene: Scene): Draft {
  if (answer.code === 'DUPLICATE_ORDER') {
    return propose(unasked(state), scene, [scene.t.placing.refusedDuplicate]);
  }
  const line = refusalText(answer, scene);
  if (state.pending?.kind !== 'confirm_order') return resume(state, [line], scene);
  return say(state, [], refusalAsk(state, answer, line, scene));
}

function refusalText(answer: Refusal, scene: Scene): string {
  const { placing } = scene.t;
  const wholesaler = scene.facts.wholesaler.name;
  const amount = scene.money(answer.amountMinor);
  const account = answer.account ?? scene.facts.account;
  switch (answer.code) {
    case 'INSUFFICIENT_CREDIT': {
      if (account === null) return placing.refusedOtherwise({ wholesaler });
      const shortMinor = answer.shortByMinor ?? answer.amountMinor - account.availableMinor;
      return placing.refusedShort({ ...figuresOf(account, scene), amount, short: scene.money(shortMinor) });
    }
    case 'CREDIT_BLOCKED':
      return placing.refusedBlocked({ wholesaler, figures: account === null ? null : figuresOf(account, scene) });
    case 'CREDIT_INACTIVE':
      return placing.refusedInactive({ wholesaler });
    case 'CREDIT_ACCOUNT_NOT_FOUND':
      return placing.refusedNoAccount({ wholesaler });
    case 'MAX_RETRIES_EXCEEDED':
      return placing.refusedBusy;
    case 'DATABASE_ERROR':
      return placing.refusedBroken;
    case 'INVALID_AMOUNT':
      return placing.refusedAmount({ amount });
    default:
      return answer.retryable ? placing.refusedBroken : placing.refusedOtherwise({ wholesaler });
  }
}

/** Changing or cancelling always works; trying again is offered where the next try may end differently by itself. */
function refusalAsk(state: ConversationState, answer: Refusal, line: string, scene: Scene): Ask {
  const ask = confirmAsk(state, scene, [line]);
  if (ask.kind !== 'buttons') return ask;
  const [confirm, ...others] = ask.buttons;
  const canRetry = answer.retryable && confirm !== undefined;
  return { ...ask, buttons: canRetry ? [{ ...confirm, title: scene.t.buttons.tryAgain }, ...others] : others };
}

function unasked(state: ConversationState): ConversationState {
  return state.pending?.kind === 'confirm_order' ? { ...state, pending: null } : state;
}

function cancelText(answer: CancelAnswer, scene: Scene): string {
  const { cancelling } = scene.t;
  if (answer.cancelled) {
    const { number } = answer;
    return cancelling.cancelled({
      number,
      released: scene.money(answer.releasedMinor),
      available: scene.money(answer.availableMinor),
    });
  }
  const { number } = answer;
  switch (answer.because) {
    case 'delivered':
      return cancelling.delivered({ number });
    case 'already_closed':
      return cancelling.alreadyClosed({ number, status: null });
    case 'not_found':
      return cancelling.notFound({ number });
  }
}
