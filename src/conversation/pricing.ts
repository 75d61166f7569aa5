import { costOf, unitPrice } from './quantities.ts';
import { productName, type Scene, wordsText } from './scene.ts';
import type { CartLine, CatalogueProduct, Effect } from './types.ts';

type PlaceOrder = Extract<Effect, { kind: 'place_order' }>;
type StoreOrder = Extract<Effect, { kind: 'store_order' }>;
export type PricedLine = PlaceOrder['lines'][number] & { product: CatalogueProduct };

/** A cart at today's prices. `cart` is what may be ordered; `leftOut` says by name what may not, and why. */
export type PricedCart = { cart: CartLine[]; lines: PricedLine[]; amountMinor: bigint; leftOut: string[] };

/** Prices a cart from the facts alone: what was shown earlier is never trusted. */
export function priceCart(cart: readonly CartLine[], scene: Scene): PricedCart {
  const priced: PricedCart = { cart: [], lines: [], amountMinor: 0n, leftOut: [] };
  for (const line of cart) {
    const product = scene.facts.catalogue.products.get(line.sku);
    const refused = whyNotForSale(product, line.sku, scene);
    if (product === undefined || refused !== null) {
      if (refused !== null && !priced.leftOut.includes(refused)) priced.leftOut.push(refused);
      continue;
    }
    const { sku, unit, quantityMilli } = line;
    const unitPriceMinor = unitPrice(product, unit);
    // A unit that was taken from the product is no longer sold: ten cases must not become ten pieces.
    if (unitPriceMinor === null) {
      priced.leftOut.push(scene.t.proposal.switchedOff({ product: productName(product) }));
      continue;
    }
    const totalMinor = costOf(quantityMilli, unitPriceMinor);
    priced.cart.push({ sku, unit, quantityMilli });
    priced.lines.push({ sku, name: product.name, unit, quantityMilli, unitPriceMinor, totalMinor, product });
    priced.amountMinor += totalMinor;
  }
  return priced;
}

/** The sentence that says why a product cannot be ordered now; null when it can. */
export function whyNotForSale(product: CatalogueProduct | undefined, sku: string, scene: Scene): string | null {
  const { proposal } = scene.t;
  if (product === undefined) return proposal.notSold({ product: wordsText(sku) });
  if (!product.active) return proposal.switchedOff({ product: productName(product) });
  if (product.stock === 'out') return proposal.outOfStock({ product: productName(product) });
  return null;
}

/** The effect that places a priced cart. */
export function placeOrder(
  priced: PricedCart,
  order: Pick<PlaceOrder, 'orderId' | 'source' | 'waitedNumber'>,
): PlaceOrder {
  return { kind: 'place_order', ...order, ...goodsOf(priced) };
}

/** The effect that stores a priced cart, to wait. */
export function storeOrder(priced: PricedCart, order: Pick<StoreOrder, 'orderId' | 'source' | 'status'>): StoreOrder {
  return { kind: 'store_order', ...order, ...goodsOf(priced) };
}

function goodsOf({ amountMinor, lines }: PricedCart): Pick<PlaceOrder, 'amountMinor' | 'lines'> {
  return { amountMinor, lines: lines.map(({ product: _product, ...line }) => line) };
}
