import { html, type SafeHtml } from '@remix-run/html-template';
import { type ProductFilter, priceOf, productBoard, type WholeProduct } from '../../catalogue/index.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { badge, emptyState, pager, withQuery } from '../view/components.ts';

const PATH = '/console/catalogue';
const PER_PAGE = 50;

export const catalogueRoutes: readonly ConsoleRoute[] = [page(PATH, 'look', board)];

const FILTERS: { key: ProductFilter; label: string }[] = [
  { key: 'all', label: 'All' },
  { key: 'sold', label: 'For sale' },
  { key: 'out', label: 'Out of stock' },
  { key: 'off', label: 'Not sold' },
];

async function board({ deps, wholesaler, query, format, may }: PageRequest): Promise<PageAnswer> {
  const filter = FILTERS.find(({ key }) => key === query.get('filter'))?.key ?? 'all';
  const search = (query.get('q') ?? '').trim().slice(0, 100);
  const [name, sku] = [query.get('name'), query.get('after')];
  const after = name === null || sku === null ? undefined : { name, sku };
  const found = await productBoard(deps.db.prisma, {
    wholesalerId: wholesaler.id,
    search,
    filter,
    after,
    limit: PER_PAGE + 1,
  });
  const products = found.slice(0, PER_PAGE);
  const last = products.at(-1);
  const next = found.length > PER_PAGE && last ? withQuery(PATH, query, { name: last.name, after: last.sku }) : null;
  const first = after === undefined ? null : withQuery(PATH, query, { name: '', after: '' });
  const tabs = FILTERS.map(
    ({ key, label }) =>
      html`<li><a href="${withQuery(PATH, query, { filter: key === 'all' ? '' : key, name: '', after: '' })}"
        ${key === filter ? html`aria-current="page"` : ''}>${label}</a></li>`,
  );
  const body = html`<div class="page-head"><h1>Catalogue</h1>
      <div class="actions"><a class="button" href="${PATH}/export.csv">Download CSV</a>
        ${
          may('change_catalogue')
            ? html`<a class="button" href="${PATH}/import">Import a file</a><a class="button primary" href="${PATH}/new">Add a product</a>`
            : ''
        }</div></div>
    <nav class="tabs" aria-label="Which products"><ul>${tabs}</ul></nav>
    <form class="filters" method="get" action="${PATH}" role="search">
      ${filter === 'all' ? '' : html`<input type="hidden" name="filter" value="${filter}">`}
      <div class="field"><label for="f-q">SKU, name or alias</label><input type="search" id="f-q" name="q" value="${search}"></div>
      <button type="submit">Search</button>
    </form>
    ${products.length === 0 ? nothing(search, filter, may('change_catalogue')) : table(products)}
    ${pager({ next, first })}`;
  return { kind: 'page', title: 'Catalogue', place: 'catalogue', body };

  function table(rows: WholeProduct[]): SafeHtml {
    return html`<div class="table-wrap"><table class="cards">
      <thead><tr><th scope="col">Product</th><th scope="col">SKU</th><th scope="col">State</th><th scope="col">Sold by</th>
        <th scope="col" class="num">Price, ${wholesaler.currency}</th></tr></thead>
      <tbody>${rows.map(
        (row) => html`<tr>
        <th scope="row"><a href="${productPath(row.sku)}">${row.name}</a></th>
        <td data-label="SKU"><span class="mono break">${row.sku}</span></td>
        <td data-label="State">${productBadge(row)}</td>
        <td data-label="Sold by">${unitWords(row, row.defaultUnit, format.quantity)}</td>
        <td data-label="Price" class="num">${format.money(priceOf(row, row.defaultUnit))}</td></tr>`,
      )}</tbody></table></div>`;
  }
}

function nothing(search: string, filter: ProductFilter, mayAdd: boolean): SafeHtml {
  if (search !== '') return emptyState(`No product like "${search}"`, 'Search by a part of its name, SKU or alias.');
  if (filter !== 'all') return emptyState('No such product');
  return emptyState(
    'No products yet',
    mayAdd
      ? html`Shops can order by name as soon as there are some. <a href="${PATH}/import">Import a price list</a> or
          <a href="${PATH}/new">add one by hand</a>.`
      : 'Shops can order by name as soon as there are some.',
  );
}

export const productPath = (sku: string): string => `${PATH}/products/${encodeURIComponent(sku)}`;

export function productBadge({ active, stock }: WholeProduct): SafeHtml {
  if (!active) return badge('not sold');
  if (stock === 'out') return badge('out of stock', 'bad');
  return stock === 'low' ? badge('low', 'warn') : badge('in stock', 'good');
}

/** "case of 24" */
export function unitWords({ units }: WholeProduct, unit: string, quantity: (milli: bigint) => string): string {
  const size = units[unit] ?? 1;
  return size === 1 ? unit : `${unit} of ${quantity(BigInt(Math.round(size * 1000)))}`;
}
