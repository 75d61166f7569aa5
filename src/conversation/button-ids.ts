/**
 * What our buttons and rows carry back to us. An id names the cart version (or the order) that it was shown for, so that
 * a tap on an old message can be told from one on the newest. Outsiders only ever echo these.
 */
export type ButtonId =
  | { act: 'confirm' | 'change' | 'cancel'; cartVersion: number; orderId: string }
  /** One of the numbered choices of the question asked at `cartVersion`; `choice` counts from 1. */
  | { act: 'choose'; cartVersion: number; choice: number }
  | { act: 'accept' | 'leave_out'; cartVersion: number }
  | { act: 'cancel_order' | 'keep_order'; orderId: string };

/** The id of a button; well below WhatsApp's 200 and 256 units as long as order ids are (they are uuids here). */
export function writeButtonId(button: ButtonId): string {
  switch (button.act) {
    case 'confirm':
    case 'change':
    case 'cancel':
      return `${button.act}:${button.cartVersion}:${button.orderId}`;
    case 'choose':
      return `choose:${button.cartVersion}:${button.choice}`;
    case 'accept':
    case 'leave_out':
      return `${button.act}:${button.cartVersion}`;
    case 'cancel_order':
    case 'keep_order':
      return `${button.act}:${button.orderId}`;
  }
}

const CART_BUTTON = /^(confirm|change|cancel):(\d{1,15}):(.+)$/s;
const CHOICE = /^choose:(\d{1,15}):(\d{1,3})$/;
const SUGGESTION = /^(accept|leave_out):(\d{1,15})$/;
const ORDER_BUTTON = /^(cancel_order|keep_order):(.+)$/s;

/** Reads an id back; null when it is none of ours. */
export function readButtonId(id: string): ButtonId | null {
  const cart = CART_BUTTON.exec(id);
  if (cart !== null) {
    const act = cart[1] as 'confirm' | 'change' | 'cancel';
    return { act, cartVersion: Number(cart[2]), orderId: cart[3] ?? '' };
  }
  const choice = CHOICE.exec(id);
  if (choice !== null) return { act: 'choose', cartVersion: Number(choice[1]), choice: Number(choice[2]) };
  const suggestion = SUGGESTION.exec(id);
  if (suggestion !== null) {
    return { act: suggestion[1] as 'accept' | 'leave_out', cartVersion: Number(suggestion[2]) };
  }
  const order = ORDER_BUTTON.exec(id);
  if (order !== null) return { act: order[1] as 'cancel_order' | 'keep_order', orderId: order[2] ?? '' };
  return null;
}
