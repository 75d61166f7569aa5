import { html, type SafeHtml } from '@remix-run/html-template';
import { retailersWithoutAccount } from '../../catalogue/index.ts';
import { type AccountFilter, accountBoard, type BoardAccount } from '../../credit/index.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { meter } from '../view/charts.ts';
import { accountBadge, emptyState, pager, withQuery } from '../view/components.ts';

const PATH = '/console/accounts';
const PER_PAGE = 50;

export const accountBoardRoutes: readonly ConsoleRoute[] = [page(PATH, 'look', board)];

const FILTERS: { key: AccountFilter; label: string }[] = [
  { key: 'all', label: 'All' },
  { key: 'overdue', label: 'Overdue' },
  { key: 'full', label: 'Nothing left' },
  { key: 'blocked', label: 'Blocked, closed or expired' },
];

/** Which accounts an address asks for. */
export const readAccountFilter = (query: URLSearchParams): { filter: AccountFilter; search: string } => ({
  filter: FILTERS.find(({ key }) => key === query.get('filter'))?.key ?? 'all',
  search: (query.get('q') ?? '').trim().slice(0, 100),
});

type Tab = AccountFilter | 'none';

const TABS: { key: Tab; label: string }[] = [...FILTERS, { key: 'none', label: 'Without an account' }];

async function board(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, query, format } = request;
  const { filter, search } = readAccountFilter(query);
  const [name, retailerId] = [query.get('name'), query.get('after')];
  const after = name === null || retailerId === null ? undefined : { name, retailerId };
  const asked = { wholesalerId: wholesaler.id, search, after, limit: PER_PAGE + 1 };
  if (query.get('filter') === 'none') {
    const shops = await retailersWithoutAccount(deps.db.prisma, asked);
    const places = shops.map((shop) => ({ ...shop, retailerId: shop.id }));
    return frame(request, 'none', places, withoutTable(shops.slice(0, PER_PAGE), request));
  }
  const found = await accountBoard(deps.db.prisma, { ...asked, filter });
  return frame(request, filter, found, table(found.slice(0, PER_PAGE)));

  function table(rows: BoardAccount[]): SafeHtml {
    return html`<div class="table-wrap"><table class="cards">
      <thead><tr><th scope="col">Shop</th><th scope="col">State</th><th scope="col">Credit in use</th><th scope="col" class="num">Limit</th>
        <th scope="col" class="num">Owed</th><th scope="col" class="num">On hold</th><th scope="col" class="num">Available</th></tr></thead>
      <tbody>${rows.map(
        (row) => html`<tr>
        <th scope="row" class="name"><a href="${PATH}/${encodeURIComponent(row.retailerId)}">${row.name}</a></th>
        <td data-label="State"><span>${accountBadge(row.status, row.isLapsed)}${row.overdueMinor > 0n ? html` <span class="badge bad">${format.money(row.overdueMinor)} overdue</span>` : ''}</span></td>
        <td data-label="In use" class="bar-cell">${meter({
          name: `${format.money(row.owedMinor)} owed and ${format.money(row.heldMinor)} on hold of ${format.money(row.limitMinor)}`,
          parts: [
            { value: row.owedMinor, look: 'bar' },
            { value: row.heldMinor, look: 'bar-2' },
          ],
          whole: row.limitMinor,
        })}</td>
        <td data-label="Limit" class="num">${format.money(row.limitMinor)}</td>
        <td data-label="Owed" class="num">${format.money(row.owedMinor)}</td>
        <td data-label="On hold" class="num">${format.money(row.heldMinor)}</td>
        <td data-label="Available" class="num">${format.money(row.availableMinor)}</td></tr>`,
      )}</tbody></table></div>`;
  }
}

/** What every tab has around its rows; `found` has one row more than a page, where there is a next one. */
function frame(
  { query, may }: PageRequest,
  tab: Tab,
  found: readonly { name: string; retailerId: string }[],
  rows: SafeHtml,
): PageAnswer {
  const { search } = readAccountFilter(query);
  const last = found.length > PER_PAGE ? found[PER_PAGE - 1] : undefined;
  const isFirst = query.get('name') === null || query.get('after') === null;
  const tabs = TABS.map(
    ({ key, label }) =>
      html`<li><a href="${withQuery(PATH, query, { filter: key === 'all' ? '' : key, name: '', after: '' })}"
        ${key === tab ? html`aria-current="page"` : ''}>${label}</a></li>`,
  );
  const body = html`<div class="page-head"><h1>Credit accounts</h1>
      <div class="actions"><a class="button" href="/console/ageing">Ageing</a>
        ${tab === 'none' ? '' : html`<a class="button" href="${withQuery('/console/export/accounts.csv', query, { name: '', after: '' })}">Download CSV</a>`}
        ${may('change_credit') ? html`<a class="button primary" href="/console/shops">Add a shop</a>` : ''}</div></div>
    <nav class="tabs" aria-label="Which accounts"><ul>${tabs}</ul></nav>
    <form class="filters" method="get" action="${PATH}" role="search">
      ${tab === 'all' ? '' : html`<input type="hidden" name="filter" value="${tab}">`}
      <div class="field"><label for="f-q">Shop</label><input type="search" id="f-q" name="q" value="${search}"></div>
      <button type="submit">Search</button>
    </form>
    ${found.length === 0 ? nothing(search, tab, may('change_credit')) : rows}
    ${pager({
      next: last === undefined ? null : withQuery(PATH, query, { name: last.name, after: last.retailerId }),
      first: isFirst ? null : withQuery(PATH, query, { name: '', after: '' }),
    })}`;
  return { kind: 'page', title: 'Credit accounts', place: 'accounts', body };
}

/** Shops that cannot order on credit yet, each with the way to change that. */
function withoutTable(shops: readonly { id: string; name: string }[], { may }: PageRequest): SafeHtml {
  const action = (id: string): SafeHtml =>
    may('change_credit')
      ? html`<a class="button" href="/console/shops/${encodeURIComponent(id)}/account">Open a credit account</a>`
      : html`<span class="muted">a credit controller can open one</span>`;
  return html`<div class="table-wrap"><table class="cards">
      <thead><tr><th scope="col">Shop</th><th scope="col">Short id</th><th scope="col">Credit account</th></tr></thead>
      <tbody>${shops.map(
        ({ id, name }) => html`<tr><th scope="row"><a href="${PATH}/${encodeURIComponent(id)}">${name}</a></th>
        <td data-label="Short id"><span class="mono break">${id}</span></td><td>${action(id)}</td></tr>`,
      )}</tbody></table></div>`;
}

function nothing(search: string, filter: Tab, mayAdd: boolean): SafeHtml {
  if (search !== '') return emptyState(`No shop like "${search}"`, 'Search by a part of its name, or by its id.');
  if (filter === 'none') return emptyState('Every shop has an account', 'A shop that came without one appears here.');
  if (filter !== 'all') return emptyState('No such account', 'That is good news.');
  return emptyState(
    'No accounts yet',
    mayAdd
      ? html`<a class="button primary" href="/console/shops">Add the first shop with its credit</a>`
      : 'A shop has one as soon as it is added with a credit limit.',
  );
}
