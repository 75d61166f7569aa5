import { sizeOf } from '../orders/quantity-rules.ts';
import { obstacleText, obstacleTo } from './obstacles.ts';
import { proposalOf } from './pending.ts';
import { type PricedCart, type PricedLine, priceCart } from './pricing.ts';
import { isLimitLapsed, proposalAsk, shortnessOf, stoppedByDebtText } from './proposal-ask.ts';
import { costOf } from './quantities.ts';
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
  const obstacle = obstacleTo(priced.amountMinor, scene);
  const ask = proposalAsk(next, scene, [
    scene.t.proposal.total({ amount: scene.money(priced.amountMinor) }),
    creditLine(priced.amountMinor, scene),
    ...(obstacle === null ? [] : [obstacleText(obstacle, priced.cart, scene)]),
  ]);
  return say(next, lines, ask);
}

/** The state that waits for the confirmation of `priced`. */
export function awaitingConfirm(state: ConversationState, priced: PricedCart, scene: Scene): ConversationState {
  const pending = proposalOf(state);
  const lineTotalsMinor = priced.lines.map((line) => line.totalMinor.toString());
  const isSame = pending !== null && isSameList(pending.lineTotalsMinor, lineTotalsMinor);
  return {
    ...state,
    cart: priced.cart,
    cartVersion: isSame ? state.cartVersion : state.cartVersion + 1,
    pending: {
      kind: shortnessOf(priced.amountMinor, scene) === 'none' ? 'confirm_order' : 'short_of_credit',
      askedAtMs: scene.facts.now.getTime(),
      orderId: state.waited?.orderId ?? (isSame ? pending.orderId : scene.facts.freshOrderId),
      amountMinor: priced.amountMinor.toString(),
      lineTotalsMinor,
      fromText: isSame ? pending.fromText : null,
    },
  };
}

/** The state after the cart was emptied; counting its version up makes every older button old. */
export function withoutCart(state: ConversationState): ConversationState {
  return {
    ...state,
    cart: [],
    cartVersion: state.cartVersion + 1,
    cartSource: 'chat',
    pending: null,
    waited: null,
    choices: [],
    hasGuess: false,
  };
}

/** The state with another cart. Whatever was asked about the old one is no longer asked. */
export function withCart(state: ConversationState, cart: CartLine[]): ConversationState {
  return { ...state, cart, pending: null };
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
  const { account, wholesaler, now } = scene.facts;
  const { proposal } = scene.t;
  if (account === null) return proposal.accountMissing({ wholesaler: wholesaler.name });
  if (account.status === 'blocked') return proposal.accountBlocked({ wholesaler: wholesaler.name });
  if (account.status === 'closed') return proposal.accountClosed({ wholesaler: wholesaler.name });
  if (isLimitLapsed(account, now)) return proposal.limitLapsed({ wholesaler: wholesaler.name });
  const stopped = stoppedByDebtText(scene);
  if (stopped !== null) return stopped;
  const left = account.availableMinor - amountMinor;
  if (left >= 0n) return proposal.creditLeft({ left: scene.money(left) });
  return proposal.doesNotFit({ ...figuresOf(account, scene), short: scene.money(-left) });
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, at) => item === other[at]);
}
