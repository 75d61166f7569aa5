import { LANGUAGES, type Language } from '../shared/policies.ts';

/**
 * What our buttons and rows carry back to us. An id names the cart version (or the order) that it was shown for, so that
 * a tap on an old message can be told from one on the newest. Outsiders only ever echo these.
 */
export type ButtonId =
  | CartButton
  /** One of the numbered choices of the question asked at `cartVersion`; `choice` counts from 1. */
  | { act: 'choose'; cartVersion: number; choice: number }
  | { act: 'accept' | 'leave_out'; cartVersion: number }
  /** About an order that is stored; `take_up` puts its goods into the cart. */
  | { act: 'cancel_order' | 'keep_order' | 'take_up'; orderId: string }
  /** The goods of an order once more, by its number: an order that lapsed. */
  | { act: 'order_again'; number: number }
  /** An approver's word. */
  | { act: 'approve' | 'reject'; approvalId: string }
  /** The credit kept for an order is about to be let go, and should not be. */
  | { act: 'keep_held'; orderId: string }
  /** Asks for something in one word, as if it had been typed; under news that nobody asked for. */
  | { act: 'ask'; what: AskedByTap }
  /** Whether the picture that this event brought is the slip of a payment. */
  | { act: 'slip' | 'no_slip'; photo: string }
  /** One product of a list of products, or more of the list of those that `words` name; all of them for none. */
  | { act: 'product'; sku: string }
  | { act: 'products'; from: number; words: string }
  /** Whether a new identity is this shop's. */
  | { act: 'own_link' | 'foreign_link'; linkId: string }
  /** The language to be answered in; obeyed whenever it is tapped, since it moves nothing but words. */
  | { act: 'language'; language: Language };

/** Under a proposal: what to do with it, and, where credit is short, what to do about that. */
export type CartButton = {
  act: 'confirm' | 'change' | 'cancel' | 'fit' | 'approval' | 'pay';
  cartVersion: number;
  orderId: string;
};

export type AskedByTap = 'statement' | 'paid' | 'human' | 'repeat';

/** The id of a button; well below WhatsApp's 200 and 256 units as long as order ids are (they are uuids here). */
export function writeButtonId(button: ButtonId): string {
  switch (button.act) {
    case 'confirm':
    case 'change':
    case 'cancel':
    case 'fit':
    case 'approval':
    case 'pay':
      return `${button.act}:${button.cartVersion}:${button.orderId}`;
    case 'choose':
      return `choose:${button.cartVersion}:${button.choice}`;
    case 'accept':
    case 'leave_out':
      return `${button.act}:${button.cartVersion}`;
    case 'cancel_order':
    case 'keep_order':
    case 'take_up':
    case 'keep_held':
      return `${button.act}:${button.orderId}`;
    case 'order_again':
      return `order_again:${button.number}`;
    case 'ask':
      return `ask:${button.what}`;
    case 'approve':
    case 'reject':
      return `${button.act}:${button.approvalId}`;
    case 'slip':
    case 'no_slip':
      return `${button.act}:${button.photo}`;
    case 'product':
      return `product:${button.sku}`;
    case 'products':
      return `products:${button.from}:${button.words}`;
    case 'own_link':
    case 'foreign_link':
      return `${button.act}:${button.linkId}`;
    case 'language':
      return `language:${button.language}`;
  }
}

const CART_BUTTON = /^(confirm|change|cancel|fit|approval|pay):(\d{1,15}):(.+)$/s;
const CHOICE = /^choose:(\d{1,15}):(\d{1,3})$/;
const SUGGESTION = /^(accept|leave_out):(\d{1,15})$/;
const ORDER_BUTTON = /^(cancel_order|keep_order|take_up):(.+)$/s;
const AGAIN_BUTTON = /^order_again:(\d{1,10})$/;
const HELD_BUTTON = /^keep_held:(.+)$/s;

const ASK_BUTTON = /^ask:(statement|paid|human|repeat)$/;
const APPROVAL_BUTTON = /^(approve|reject):([0-9a-f-]{36})$/;
const SLIP_BUTTON = /^(slip|no_slip):([0-9a-f-]{36})$/;
const PRODUCT_ROW = /^product:(.{1,200})$/s;
const PRODUCTS_ROW = /^products:(\d{1,6}):(.{0,200})$/s;
const LINK_BUTTON = /^(own_link|foreign_link):([0-9a-f-]{36})$/;

/** Reads an id back; null when it is none of ours. */
export function readButtonId(id: string): ButtonId | null {
  const cart = CART_BUTTON.exec(id);
  if (cart !== null) {
    return { act: cart[1] as CartButton['act'], cartVersion: Number(cart[2]), orderId: cart[3] ?? '' };
  }
  const choice = CHOICE.exec(id);
  if (choice !== null) return { act: 'choose', cartVersion: Number(choice[1]), choice: Number(choice[2]) };
  const suggestion = SUGGESTION.exec(id);
  if (suggestion !== null) {
    return { act: suggestion[1] as 'accept' | 'leave_out', cartVersion: Number(suggestion[2]) };
  }
  const order = ORDER_BUTTON.exec(id);
  if (order !== null) return { act: order[1] as 'cancel_order' | 'keep_order' | 'take_up', orderId: order[2] ?? '' };
  const again = AGAIN_BUTTON.exec(id);
  if (again !== null) return { act: 'order_again', number: Number(again[1]) };
  const approval = APPROVAL_BUTTON.exec(id);
  if (approval !== null) return { act: approval[1] as 'approve' | 'reject', approvalId: approval[2] ?? '' };
  const held = HELD_BUTTON.exec(id);
  if (held !== null) return { act: 'keep_held', orderId: held[1] ?? '' };
  const ask = ASK_BUTTON.exec(id);
  if (ask !== null) return { act: 'ask', what: ask[1] as AskedByTap };
  const slip = SLIP_BUTTON.exec(id);
  if (slip !== null) return { act: slip[1] as 'slip' | 'no_slip', photo: slip[2] ?? '' };
  const product = PRODUCT_ROW.exec(id);
  if (product !== null) return { act: 'product', sku: product[1] ?? '' };
  const products = PRODUCTS_ROW.exec(id);
  if (products !== null) return { act: 'products', from: Number(products[1]), words: products[2] ?? '' };
  const link = LINK_BUTTON.exec(id);
  if (link !== null) return { act: link[1] as 'own_link' | 'foreign_link', linkId: link[2] ?? '' };
  const language = LANGUAGES.find((one) => id === `language:${one}`);
  if (language !== undefined) return { act: 'language', language };
  return null;
}
