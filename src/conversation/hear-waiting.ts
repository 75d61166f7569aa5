import { isWaiting } from '../orders/lifecycle.ts';
import { templateReply } from '../templates/template-reply.ts';
import { writeButtonId } from './button-ids.ts';
import { lookUpOrder } from './hear-cancel.ts';
import { proposalOf } from './pending.ts';
import { propose, withoutCart } from './proposal.ts';
import { type Draft, leftMinor, type Scene, say } from './scene.ts';
import { resume } from './settle.ts';
import type {
  AboutWaiting,
  ConversationEvent,
  ConversationState,
  OrderName,
  OrderStored,
  OrderSummary,
} from './types.ts';

/**
 * Orders that wait. Nothing is asked in the chat meanwhile: that an order waits stands in the order itself, which every
 * act can look up, so the shop may order something else, ask for anything, or take the order back by its number.
 */

/** Whether an event is about an order that waited on credit. */
export function isAboutWaiting(event: ConversationEvent): event is AboutWaiting {
  return event.kind === 'order_fits' || event.kind === 'wait_lapsed';
}

/** Hears that an order was stored to wait: its cart is done with. */
export function hearOrderStored(state: ConversationState, answer: OrderStored, scene: Scene): Draft {
  const { waiting } = scene.t;
  const { number, status } = answer;
  const said = { number, amount: scene.money(answer.amountMinor) };
  const next = proposalOf(state)?.orderId === answer.orderId ? withoutCart(state) : state;
  if (status === 'waiting_for_approval') return resume(next, [waiting.forApproval(said)], scene);
  if (status === 'waiting_on_credit') return resume(next, [waiting.onCredit(said)], scene);
  return resume(next, [waiting.still({ ...said, status: scene.t.account.status({ status }) })], scene);
}

/** Tells a shop about its order that waited on credit: there is room for it now, or it waited long enough. */
export function hearAboutWaiting(state: ConversationState, event: AboutWaiting, scene: Scene): Draft {
  // A number may have changed hands since, and the order may be decided.
  if (scene.facts.retailer?.id !== event.retailerId) return say(state, []);
  const order = scene.facts.orders.find(({ id }) => id === event.orderId);
  if (event.kind === 'wait_lapsed') return hearWaitLapsed(state, event, scene);
  if (order?.status !== 'waiting_on_credit') return say(state, []);
  const outsideWindow = fitsTemplate(order, scene);
  if (state.pending === null && state.cart.length === 0) {
    return { ...takeUp(state, order, scene, [scene.t.waiting.fits({ number: order.number })]), outsideWindow };
  }
  const { number } = order;
  // Another order is open: this one is only called to mind, and taken up when that is done with.
  const draft = say(state, [], {
    kind: 'buttons',
    body: scene.t.waiting.fitsToo({ number, amount: scene.money(order.amountMinor) }),
    buttons: [{ id: writeButtonId({ act: 'take_up', orderId: order.id }), title: scene.t.waiting.takeUp }],
  });
  return { ...draft, outsideWindow };
}

/** Hears that the goods of an order are wanted; one that is not among the newest is looked up. */
export function hearTakeUp(state: ConversationState, by: OrderName, scene: Scene): Draft {
  const order = scene.facts.orders.find(({ id, number }) => ('id' in by ? id === by.id : number === by.number));
  return order === undefined ? lookUpOrder(state, 'take_up', by) : takeUpOrder(state, order, scene);
}

/** Puts the goods of a stored order into the cart and shows them at today's prices. */
export function takeUpOrder(state: ConversationState, order: OrderSummary, scene: Scene): Draft {
  if (state.waited?.orderId === order.id && state.cart.length > 0) return propose(state, scene);
  if (order.status === 'waiting_for_approval') return resume(state, [stillText(order, scene)], scene);
  if (order.status === 'approved' || order.status === 'part_delivered' || order.status === 'delivered') {
    const { number, amountMinor } = order;
    return resume(state, [scene.t.placing.alreadyPlaced({ number, amount: scene.money(amountMinor) })], scene);
  }
  if (state.pending !== null || state.cart.length > 0) return resume(state, [scene.t.waiting.finishFirst], scene);
  return takeUp(state, order, scene, []);
}

/** How an order that waits stands. */
export function stillText({ number, amountMinor, status }: OrderSummary, scene: Scene): string {
  const said = scene.t.account.status({ status });
  return scene.t.waiting.still({ number, amount: scene.money(amountMinor), status: said });
}

/** An order that waits is confirmed under its own number; one that is closed begins again as a new one. */
function takeUp(state: ConversationState, order: OrderSummary, scene: Scene, notes: string[]): Draft {
  const { id: orderId, number, status } = order;
  const cart = order.lines.map(({ sku, unit, quantityMilli }) => ({ sku, unit, quantityMilli }));
  return propose({ ...state, cart, waited: isWaiting(status) ? { orderId, number } : null }, scene, notes);
}

function hearWaitLapsed(state: ConversationState, event: AboutWaiting, scene: Scene): Draft {
  const { number, orderId } = event;
  const amount = scene.money(event.amountMinor);
  const { account } = scene.facts;
  // Its goods may lie in the cart: they stay there, as an order of their own.
  const next = state.waited?.orderId === orderId ? { ...state, waited: null, pending: null } : state;
  const outsideWindow = templateReply('hold_expired', {
    language: scene.language,
    values: {
      shop: scene.facts.retailer?.name ?? '',
      order: String(number),
      amount,
      available: account === null ? '' : scene.money(leftMinor(account.availableMinor)),
    },
    payloads: { order_again: writeButtonId({ act: 'take_up', orderId }) },
  });
  return { ...say(next, [scene.t.waiting.lapsed({ number, amount })]), outsideWindow };
}

function fitsTemplate(order: OrderSummary, scene: Scene) {
  const { id: orderId, number, amountMinor } = order;
  return templateReply('order_fits', {
    language: scene.language,
    values: {
      shop: scene.facts.retailer?.name ?? '',
      order: String(number),
      amount: scene.money(amountMinor),
    },
    payloads: {
      show: writeButtonId({ act: 'take_up', orderId }),
      cancel: writeButtonId({ act: 'cancel_order', orderId }),
    },
  });
}
