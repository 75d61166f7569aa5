import { html, type SafeHtml } from '@remix-run/html-template';
import {
  type BoardOrder,
  type DecisionFigures,
  ORDER_STATUSES,
  type OrderStatus,
  openOrders,
  orderBoard,
} from '../../orders/index.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { emptyState, orderBadge, pager, readPlace, withQuery, writePlace } from '../view/components.ts';
import { ORDER_WORDS, refusalWords } from '../view/words.ts';

const PATH = '/console/orders';
const PER_PAGE = 30;

export const orderBoardRoutes: readonly ConsoleRoute[] = [page(PATH, 'look', board)];

/** The lanes of the board. Those that wait for somebody come first; what is over comes last. */
const LANES: { key: string; label: string; statuses: readonly OrderStatus[] }[] = [
  { key: '', label: 'All', statuses: [] },
  { key: 'waiting_for_approval', label: 'To approve', statuses: ['waiting_for_approval'] },
  { key: 'waiting_on_credit', label: 'Waiting on credit', statuses: ['waiting_on_credit'] },
  { key: 'approved', label: 'To deliver', statuses: ['approved', 'part_delivered'] },
  { key: 'delivered', label: 'Delivered', statuses: ['delivered'] },
  { key: 'over', label: 'Not delivered', statuses: ['cancelled', 'rejected', 'expired'] },
];

/** Which orders an address asks for: a lane of the board or a single state. */
export function readOrderFilter(query: URLSearchParams): { statuses: readonly OrderStatus[]; search: string } {
  const state = query.get('state') ?? '';
  const single = ORDER_STATUSES.filter((status) => status === state);
  const lane = LANES.find(({ key }) => key === state);
  return { statuses: lane?.statuses ?? single, search: (query.get('q') ?? '').trim().slice(0, 100) };
}

const laneLabel = (state: string): string =>
  LANES.find(({ key }) => key === state)?.label ?? ORDER_WORDS[state as OrderStatus] ?? ORDER_WORDS.approved;

async function board(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, query, format } = request;
  const db = deps.db.prisma;
  const state = query.get('state') ?? '';
  const { statuses: asked, search } = readOrderFilter(query);
  const place = readPlace(query.get('after'));
  const [open, found] = await Promise.all([
    openOrders(db, wholesaler.id),
    orderBoard(db, {
      wholesalerId: wholesaler.id,
      statuses: asked,
      search,
      before: place && { placedAt: place.at, id: place.id },
      limit: PER_PAGE + 1,
    }),
  ]);
  const orders = found.slice(0, PER_PAGE);
  const last = orders.at(-1);
  const next =
    found.length > PER_PAGE && last ? withQuery(PATH, query, { after: writePlace(last.placedAtExact, last.id) }) : null;
  const count = (statuses: readonly OrderStatus[]): number =>
    statuses.reduce((sum, status) => sum + (status in open ? open[status as keyof typeof open].count : 0), 0);
  const tabs = LANES.map(({ key, label, statuses }) => {
    const waiting = count(statuses);
    return html`<li><a href="${withQuery(PATH, query, { state: key, after: '' })}" ${key === state ? html`aria-current="page"` : ''}>
      <span>${label}</span>${waiting === 0 ? '' : html`<strong>${format.count(waiting)}</strong>`}</a></li>`;
  });
  const body = html`<div class="page-head"><h1>Orders</h1>
      <a class="button" href="${withQuery('/console/export/orders.csv', query, { after: '' })}">Download CSV</a></div>
    <nav class="tabs" aria-label="Lanes"><ul>${tabs}</ul></nav>
    <form class="filters" method="get" action="${PATH}" role="search">
      ${state === '' ? '' : html`<input type="hidden" name="state" value="${state}">`}
      <div class="field"><label for="f-q">Number or shop</label><input type="search" id="f-q" name="q" value="${search}"></div>
      <button type="submit">Search</button>
    </form>
    <div id="live" hx-get="${request.here}" hx-select="#live" hx-trigger="every 20s" hx-swap="outerHTML">
      ${orders.length === 0 ? nothing(search, laneLabel(state)) : orderTable(orders, request, true)}
    </div>
    ${pager({ next, first: place === undefined ? null : withQuery(PATH, query, { after: '' }) })}`;
  return { kind: 'page', title: 'Orders', place: 'orders', body };
}

function nothing(search: string, lane: string): SafeHtml {
  if (search === '' && lane === 'All') {
    return emptyState('No orders yet', 'They appear as shops send them; this page looks again by itself.');
  }
  return search === ''
    ? emptyState('No orders here', `Orders in "${lane}" appear as shops send them; this page looks again by itself.`)
    : emptyState(`No order for "${search}"`, 'Search by the order number, or by a part of the name of the shop.');
}

/** Orders as rows; also on the page of an account, which names the shop already. */
export function orderTable(orders: readonly BoardOrder[], request: PageRequest, withShop: boolean): SafeHtml {
  const { format, wholesaler } = request;
  return html`<div class="table-wrap"><table class="cards">
    <thead><tr><th scope="col">Order</th>${withShop ? html`<th scope="col">Shop</th>` : ''}<th scope="col">Placed</th>
      <th scope="col">State</th><th scope="col" class="num">Amount, ${wholesaler.currency}</th><th scope="col">Credit decision</th></tr></thead>
    <tbody>${orders.map(
      (order) => html`<tr>
      <th scope="row"><a href="/console/orders/${encodeURIComponent(order.id)}">${order.number}</a></th>
      ${withShop ? html`<td data-label="Shop"><a href="/console/accounts/${encodeURIComponent(order.retailerId)}">${order.retailerName}</a></td>` : ''}
      <td data-label="Placed">${format.moment(order.placedAt)}</td>
      <td data-label="State">${orderBadge(order.status)}</td>
      <td data-label="Amount" class="num">${format.money(order.amountMinor)}</td>
      <td data-label="Decision" class="${withShop ? 'sum-cell' : ''}">${order.now !== null ? waitingSum(order, order.now, request) : order.decision === null ? html`<span class="muted">none kept</span>` : shortSum(order.decision, order.amountMinor, request)}</td>
    </tr>`,
    )}</tbody></table></div>`;
}

/** Of an order that waits only what is missing now is of use: what was decided when it was sent is over. */
function waitingSum(
  { amountMinor, status }: BoardOrder,
  now: NonNullable<BoardOrder['now']>,
  { format }: PageRequest,
): SafeHtml {
  if (now.shortByMinor !== null) {
    const free = amountMinor - now.shortByMinor;
    return html`<span><strong>${format.money(now.shortByMinor)} short</strong> <small class="hint">${format.money(free)} free now</small></span>`;
  }
  if (now.code !== null) return html`<span>${refusalWords(now.code)}</span>`;
  return html`<span>fits now ${status === 'waiting_on_credit' ? html`<small class="hint">the shop is asked</small>` : ''}</span>`;
}

function shortSum(decision: DecisionFigures, amountMinor: bigint, { format }: PageRequest): SafeHtml {
  const { limitMinor, owedMinor, heldMinor, availableMinor } = decision;
  const verdict = availableMinor >= amountMinor ? 'fits' : `${format.money(amountMinor - availableMinor)} short`;
  return html`<span>${format.money(availableMinor)} free, ${verdict}
    <small class="hint">${format.money(limitMinor)} - ${format.money(owedMinor)} owed - ${format.money(heldMinor)} held</small></span>`;
}
