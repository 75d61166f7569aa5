import { html, type SafeHtml } from '@remix-run/html-template';
import { type Comparison, type PriceChange, priceChanges, priceOf, type WholeProduct } from '../../catalogue/index.ts';
import type { PageRequest } from '../route.ts';
import { productPath, unitWords } from './catalogue.ts';
import { otherChanges, priceShare, priceWords } from './import-words.ts';

/** Rows of each table; the figures above them count all. */
const SHOWN = 100;

/** What a file would change: prices first, for they cost money. */
export function comparisonTables({ added, changed, missing }: Comparison, request: PageRequest): SafeHtml {
  const { format, wholesaler } = request;
  const prices: PriceChange[] = [];
  const others: { product: WholeProduct; what: SafeHtml[] }[] = [];
  // One more than is shown tells that there are more.
  for (const one of changed) {
    if (prices.length <= SHOWN) prices.push(...priceChanges(one));
    const what = others.length <= SHOWN ? otherChanges(one, format) : [];
    if (what.length > 0) others.push({ product: one.after, what });
  }
  const price = (minor: bigint | null): string => (minor === null ? 'none' : format.money(minor));
  return html`${section('Prices that change', prices.length, {
    head: html`<th scope="col">Product</th><th scope="col">Of</th><th scope="col" class="num">Now, ${wholesaler.currency}</th><th scope="col" class="num">Then</th><th scope="col" class="num">Change</th>`,
    rows: prices.slice(0, SHOWN).map(
      (
        one,
      ) => html`<tr><th scope="row"><a href="${productPath(one.sku)}">${one.name}</a></th><td data-label="Of">${priceWords(one)}</td>
      <td data-label="Now" class="num">${price(one.fromMinor)}</td><td data-label="Then" class="num">${price(one.toMinor)}</td><td data-label="Change" class="num">${priceShare(one)}</td></tr>`,
    ),
  })}${section('Other changes', others.length, {
    head: html`<th scope="col">Product</th><th scope="col">What changes</th>`,
    rows: others.slice(0, SHOWN).map(
      ({ product, what }) => html`<tr><th scope="row"><a href="${productPath(product.sku)}">${product.name}</a></th>
      <td data-label="Changes"><ul class="plain">${what}</ul></td></tr>`,
    ),
  })}${section('New products', added.length, {
    head: html`<th scope="col">Product</th><th scope="col">SKU</th><th scope="col">Sold by</th><th scope="col" class="num">Price, ${wholesaler.currency}</th>`,
    rows: added.slice(0, SHOWN).map((product) => newRow(product)),
  })}${section('For sale, and not in the file', missing.length, {
    head: html`<th scope="col">Product</th><th scope="col">SKU</th>`,
    rows: missing
      .slice(0, SHOWN)
      .map(
        ({ sku, name }) =>
          html`<tr><th scope="row"><a href="${productPath(sku)}">${name}</a></th><td data-label="SKU" class="mono">${sku}</td></tr>`,
      ),
  })}`;

  function section(title: string, count: number, { head, rows }: { head: SafeHtml; rows: SafeHtml[] }): SafeHtml {
    if (count === 0) return html``;
    return html`<section class="stack-gap"><h2>${title}</h2><div class="table-wrap"><table class="cards"><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>
      ${count > rows.length ? html`<p class="muted">The first ${format.count(rows.length)} are shown.</p>` : ''}</section>`;
  }

  function newRow(product: WholeProduct): SafeHtml {
    return html`<tr><th scope="row">${product.name}</th><td data-label="SKU" class="mono">${product.sku}</td>
      <td data-label="Sold by">${unitWords(product, product.defaultUnit, format.quantity)}</td>
      <td data-label="Price" class="num">${format.money(priceOf(product, product.defaultUnit))}</td></tr>`;
  }
}
