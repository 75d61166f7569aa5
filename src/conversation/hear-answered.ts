import { readButtonId } from './button-ids.ts';
import type { Ask } from './compose.ts';
import { momentText } from './dates.ts';
import { lessonsOf } from './learning.ts';
import { afterHoursText } from './obstacles.ts';
import { proposalOf } from './pending.ts';
import { propose, withoutCart } from './proposal.ts';
import { proposalAsk, shortnessOf, stoppedByDebtText } from './proposal-ask.ts';
import { type Draft, figuresOf, leftMinor, type Scene, say } from './scene.ts';
import { resume } from './settle.ts';
import type { AccountFigures, CancelAnswer, ConversationState, KeepAnswer, OrderAnswer } from './types.ts';

type Refusal = Extract<OrderAnswer, { placed: false }>;

const NO_FIGURES = { owed: null, held: null };

/** Hears the verdict on an order that was to be placed: the cart is gone when it was, and kept when it was not. */
export function hearOrderAnswered(state: ConversationState, answer: OrderAnswer, scene: Scene): Draft {
  const { placing } = scene.t;
  if (!answer.placed) return refused(state, answer, scene);
  const { number } = answer;
  const amount = scene.money(answer.amountMinor);
  const left = scene.money(leftMinor(answer.availableMinor));
  const line = answer.replayed ? placing.alreadyPlaced({ number, amount }) : placing.placed({ number, amount, left });
  const isThisCart = proposalOf(state)?.orderId === answer.orderId;
  const later = answer.replayed ? null : afterHoursText(scene);
  const lines = later === null ? [line] : [line, later];
  if (!isThisCart) return resume(state, lines, scene);
  const lessons = answer.replayed ? [] : lessonsOf(state);
  return { ...say(withoutCart(state), lines), lessons };
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
  const { availableMinor, releasedMinor } = answer;
  if (facts.account === null || availableMinor === null) return scene;
  return withAccount({ ...facts.account, availableMinor, heldMinor: facts.account.heldMinor - releasedMinor }, scene);
}

/** The account as the credit lock judged it: overdue debt stops orders like a block does. */
function withWhatWasSeen({ code, account }: Refusal, scene: Scene): Scene {
  const { account: known } = scene.facts;
  const judged = account === null ? known : { limitValidUntil: known?.limitValidUntil ?? null, ...account };
  if (judged === null) return scene;
  return withAccount(code === 'CREDIT_BLOCKED' ? { ...judged, status: 'blocked' } : judged, scene);
}

function withAccount(account: AccountFigures, scene: Scene): Scene {
  return { ...scene, facts: { ...scene.facts, account } };
}

/**
 * A refusal in one sentence with its figures, and the choices that there are. The proposal stays pending, so that a
 * later "yes" tries again (after a payment, say); a key that was used up gets a new proposal instead.
 */
function refused(state: ConversationState, answer: Refusal, scene: Scene): Draft {
  if (answer.code === 'ORDER_NOT_WAITING') {
    const isThisCart = proposalOf(state)?.orderId === answer.orderId;
    return resume(isThisCart ? withoutCart(state) : state, [scene.t.waiting.notWaiting], scene);
  }
  if (answer.code === 'DUPLICATE_ORDER') {
    return propose(unasked(state), scene, [scene.t.placing.refusedDuplicate]);
  }
  const line = refusalText(answer, scene);
  const pending = proposalOf(state);
  if (pending === null) return resume(state, [line], scene);
  // The facts were read before the credit lock looked: what it saw decides what can be offered.
  const seen = withWhatWasSeen(answer, scene);
  const isShort = shortnessOf(answer.amountMinor, seen) !== 'none';
  const next = { ...state, pending: { ...pending, kind: isShort ? 'short_of_credit' : 'confirm_order' } as const };
  if (!isShort) return say(next, [], refusalAsk(next, answer, line, scene));
  return say(next, [], proposalAsk(next, seen, [line, scene.t.waiting.whatNow]));
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
      return (
        stoppedByDebtText(scene) ??
        placing.refusedBlocked({ wholesaler, ...(account === null ? NO_FIGURES : figuresOf(account, scene)) })
      );
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
  const ask = proposalAsk(state, scene, [line]);
  if (ask.kind !== 'buttons') return ask;
  const confirm = ask.buttons.find(({ id }) => readButtonId(id)?.act === 'confirm');
  const others = ask.buttons.filter((button) => button !== confirm);
  const canRetry = answer.retryable && confirm !== undefined;
  return { ...ask, buttons: canRetry ? [{ ...confirm, title: scene.t.buttons.tryAgain }, ...others] : others };
}

function unasked(state: ConversationState): ConversationState {
  return proposalOf(state) === null ? state : { ...state, pending: null };
}

function cancelText(answer: CancelAnswer, scene: Scene): string {
  const { cancelling } = scene.t;
  if (answer.cancelled) {
    const { number } = answer;
    if (answer.availableMinor === null) return scene.t.waiting.withdrawn({ number });
    return cancelling.cancelled({
      number,
      released: scene.money(answer.releasedMinor),
      available: scene.money(leftMinor(answer.availableMinor)),
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

/** The answer to "keep it": until when, or that there is nothing to keep. */
export function hearKeepAnswered(state: ConversationState, answer: KeepAnswer, scene: Scene): Draft {
  const { notices, cancelling } = scene.t;
  if (!answer.kept) {
    const { number } = answer;
    return resume(state, [number === null ? cancelling.notFound({ number }) : notices.notKept({ number })], scene);
  }
  return resume(state, [notices.kept({ number: answer.number, until: momentText(answer.until, scene) })], scene);
}
