import { writeButtonId } from './button-ids.ts';
import type { Ask } from './compose.ts';
import { type PricedCart, type PricedLine, priceCart } from './pricing.ts';
import { costOf, sizeOf } from './quantities.ts';
import { countText, type Draft, figuresOf, productName, quantityText, type Scene, say } from './scene.ts';
import type { CartLine, ConversationState } from './types.ts';

/**
 * Shows the cart at today's prices and asks for the confirmation. A proposal that is word for word the pending one keeps
 * its order id and version, so that the buttons of both messages work; any other gets a fresh id and a new version.
 */
export function propose(state: ConversationState, scene: Scene, notes: string[] = []): Draft {
  const priced = priceCart(state.cart, scene);
  const said = [...notes, ...priced.leftOut];
  if (priced.lines.length === 0) return say(withoutCart(state), [...said, scene.t.proposal.nothingLeft]);
  const next = awaitingConfirm(state, priced, scene);
  const lines = said.length === 0 ? [] : [...said, ''];
  lines.push(scene.t.proposal.heading, ...priced.lines.map((line, at) => lineText(line, at + 1, scene)));
  const ask = confirmAsk(next, scene, [
    scene.t.proposal.total({ amount: scene.money(priced.amountMinor) }),
    creditLine(priced.amountMinor, scene),
  ]);
  return say(next, lines, ask);
}

/** The state that waits for the confirmation of `priced`. */
export function awaitingConfirm(state: ConversationState, priced: PricedCart, scene: Scene): ConversationState {
  const { pending } = state;
  const lineTotalsMinor = priced.lines.map((line) => line.totalMinor.toString());
  const isSame = pending?.kind === 'confirm_order' && isSameList(pending.lineTotalsMinor, lineTotalsMinor);
  return {
    ...state,
    cart: priced.cart,
    cartVersion: isSame ? state.cartVersion : state.cartVersion + 1,
    pending: {
      kind: 'confirm_order',
      askedAtMs: scene.facts.now.getTime(),
      orderId: isSame ? pending.orderId : scene.facts.freshOrderId,
      amountMinor: priced.amountMinor.toString(),
      lineTotalsMinor,
      fromText: isSame ? pending.fromText : null,
    },
  };
}

/** The state after the cart was emptied; counting its version up makes every older button old. */
export function withoutCart(state: ConversationState): ConversationState {
  return { ...state, cart: [], cartVersion: state.cartVersion + 1, cartSource: 'chat', pending: null };
}

/** The state with another cart. Whatever was asked about the old one is no longer asked. */
export function withCart(state: ConversationState, cart: CartLine[]): ConversationState {
  return { ...state, cart, pending: null };
}

/** The buttons under a proposal, or under a short reminder of one. */
export function confirmAsk(state: ConversationState, scene: Scene, body: string[]): Ask {
  const orderId = state.pending?.kind === 'confirm_order' ? state.pending.orderId : '';
  const id = (act: 'confirm' | 'change' | 'cancel') => writeButtonId({ act, cartVersion: state.cartVersion, orderId });
  const { buttons } = scene.t;
  return {
    kind: 'buttons',
    body: body.join('\n'),
    buttons: [
      { id: id('confirm'), title: buttons.confirm },
      { id: id('change'), title: buttons.change },
      { id: id('cancel'), title: buttons.cancel },
    ],
  };
}

/** The name of a product in the cart, for an example of how to change it. */
export function exampleOfCart(state: ConversationState, scene: Scene): string {
  const sku = state.cart[0]?.sku ?? '';
  const product = scene.facts.catalogue.products.get(sku);
  return product === undefined ? sku : productName(product);
}

function lineText(line: PricedLine, position: number, scene: Scene): string {
  const { product, unit, quantityMilli } = line;
  return scene.t.proposal.line({
    position,
    product: productName(product),
    quantity: quantityText(quantityMilli, unit, scene),
    contents: contentsText(line, scene),
    total: scene.money(costOf(quantityMilli, line.unitPriceMinor)),
  });
}

/** How many of the smallest unit a line comes to: "240" for 10 cases, "100 kg" where that unit is a measure. */
function contentsText({ product, unit, quantityMilli }: PricedLine, scene: Scene): string | null {
  const size = sizeOf(product, unit);
  if (size <= 1) return null;
  const contained = Math.round(quantityMilli * size);
  const base = Object.keys(product.units).find((name) => product.units[name] === 1) ?? 'each';
  return base === 'each' ? countText(contained, scene) : quantityText(contained, base, scene);
}

function creditLine(amountMinor: bigint, scene: Scene): string {
  const { account, wholesaler } = scene.facts;
  const { proposal } = scene.t;
  if (account === null) return proposal.accountMissing({ wholesaler: wholesaler.name });
  if (account.status === 'blocked') return proposal.accountBlocked({ wholesaler: wholesaler.name });
  if (account.status === 'closed') return proposal.accountClosed({ wholesaler: wholesaler.name });
  const left = account.availableMinor - amountMinor;
  if (left >= 0n) return proposal.creditLeft({ left: scene.money(left) });
  return proposal.doesNotFit({ ...figuresOf(account, scene), short: scene.money(-left) });
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, at) => item === other[at]);
}
