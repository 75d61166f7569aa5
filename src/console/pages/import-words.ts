import { html, type SafeHtml } from '@remix-run/html-template';
import { ANY_QUANTITY, type ChangedProduct, type PriceChange, type WholeProduct } from '../../catalogue/index.ts';
import type { Formats } from '../view/formats.ts';
import { unitWords } from './catalogue.ts';

/** What a price is of. */
export const priceWords = ({ unit, priceList }: PriceChange): string =>
  priceList === null ? (unit ?? 'one') : `one, on "${priceList}"`;

/** "+12%"; nothing where there is nothing to compare with. */
export function priceShare({ fromMinor: from, toMinor: to }: PriceChange): string {
  if (from === null || to === null || from === 0n) return '';
  const tenths = Number(((to - from) * 1000n) / from);
  return `${tenths > 0 ? '+' : ''}${(tenths / 10).toFixed(1)}%`;
}

/** Everything but prices, one sentence for each thing. */
export function otherChanges({ before, after }: ChangedProduct, format: Formats): SafeHtml[] {
  const units = (product: WholeProduct): string =>
    Object.keys(product.units)
      .map((unit) => unitWords(product, unit, format.quantity))
      .join(', ');
  const least = (value: number): string =>
    value <= ANY_QUANTITY ? 'any' : format.quantity(BigInt(Math.round(value * 1000)));
  const rows: [what: string, from: string, to: string][] = [
    ['name', before.name, after.name],
    ['size', before.size ?? 'none', after.size ?? 'none'],
    ['units', units(before), units(after)],
    ['usual unit', before.defaultUnit, after.defaultUnit],
    ['unit in carts', before.cartUnit, after.cartUnit],
    ['called', before.aliases.join(', ') || 'nothing else', after.aliases.join(', ') || 'nothing else'],
    ['stock', before.stock, after.stock],
    ['for sale', yesNo(before.active), yesNo(after.active)],
    ['least quantity', least(before.minimum), least(after.minimum)],
    ['steps', least(before.step), least(after.step)],
  ];
  return rows
    .filter(([, from, to]) => from !== to)
    .map(
      ([what, from, to]) =>
        html`<li><span class="muted">${what}:</span> ${from} <span aria-label="becomes">&rarr;</span> ${to}</li>`,
    );
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
