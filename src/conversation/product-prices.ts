import { sizeOf } from '../orders/quantity-rules.ts';
import { unitPrice } from './quantities.ts';
import { countText, type Scene } from './scene.ts';
import type { CatalogueProduct } from './types.ts';

/**
 * What a product costs by each of its units: "18.00 a piece, 432.00 a case (24)"; null where it has no price. The smallest
 * comes first, since the database keeps no order of them.
 */
export function pricesOf(product: CatalogueProduct, scene: Scene): string | null {
  const units = Object.keys(product.units).toSorted((one, other) => sizeOf(product, one) - sizeOf(product, other));
  const prices = units.flatMap((unit) => {
    const each = unitPrice(product, unit);
    if (each === null) return [];
    const size = sizeOf(product, unit);
    const name = scene.t.unitName(unit);
    const unitText = size > 1 ? `${name} (${countText(Math.round(size * 1000), scene)})` : name;
    return [scene.t.questions.price({ amount: scene.money(each), unit: unitText })];
  });
  return prices.length === 0 ? null : prices.join(`${scene.t.comma} `);
}
