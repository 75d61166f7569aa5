import { html, type SafeHtml } from '@remix-run/html-template';
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

async function board({ deps, wholesaler, query, format, may }: PageRequest): Promise<PageAnswer> {
  const { filter, search } = readAccountFilter(query);
  const [name, retailerId] = [query.get('name'), query.get('after')];
  const after = name === null || retailerId === null ? undefined : { name, retailerId };
  const found = await accountBoard(deps.db.prisma, {
    wholesalerId: wholesaler.id,
    search,
    filter,
    after,
    limit: PER_PAGE + 1,
  });
  const accounts = found.slice(0, PER_PAGE);
  const last = accounts.at(-1);
  const next =
    found.length > PER_PAGE && last ? withQuery(PATH, query, { name: last.name, after: last.retailerId }) : null;
  const first = after === undefined ? null : withQuery(PATH, query, { name: '', after: '' });
  const tabs = FILTERS.map(
    ({ key, label }) =>
      html`<li><a href="${withQuery(PATH, query, { filter: key === 'all' ? '' : key, name: '', after: '' })}"
        ${key === filter ? html`aria-current="page"` : ''}>${label}</a></li>`,
  );
  const body = html`<div class="page-head"><h1>Credit accounts</h1>
      <div class="actions"><a class="button" href="/console/ageing">Ageing</a>
        <a class="button" href="${withQuery('/console/export/accounts.csv', query, { name: '', after: '' })}">Download CSV</a>
        ${may('change_credit') ? html`<a class="button primary" href="/console/shops">Add a shop</a>` : ''}</div></div>
    <nav class="tabs" aria-label="Which accounts"><ul>${tabs}</ul></nav>
    <form class="filters" method="get" action="${PATH}" role="search">
      ${filter === 'all' ? '' : html`<input type="hidden" name="filter" value="${filter}">`}
      <div class="field"><label for="f-q">Shop</label><input type="search" id="f-q" name="q" value="${search}"></div>
      <button type="submit">Search</button>
    </form>
    ${accounts.length === 0 ? nothing(search, filter) : table(accounts)}
    ${pager({ next, first })}`;
  return { kind: 'page', title: 'Credit accounts', place: 'accounts', body };

  function table(rows: BoardAccount[]): SafeHtml {
    return html`<div class="table-wrap"><table class="cards">
      <thead><tr><th scope="col">Shop</th><th scope="col">State</th><th scope="col">Credit in use</th><th scope="col" class="num">Limit</th>
        <th scope="col" class="num">Owed</th><th scope="col" class="num">On hold</th><th scope="col" class="num">Available</th></tr></thead>
      <tbody>${rows.map(
        (row) => html`<tr>
        <th scope="row"><a href="${PATH}/${encodeURIComponent(row.retailerId)}">${row.name}</a></th>
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

function nothing(search: string, filter: AccountFilter): SafeHtml {
  if (search !== '') return emptyState(`No shop like "${search}"`, 'Search by a part of its name, or by its id.');
  if (filter !== 'all') return emptyState('No such account', 'That is good news.');
  return emptyState('No accounts yet', 'A shop has one as soon as it is added or imported with a credit limit.');
}
