import { html, type SafeHtml } from '@remix-run/html-template';
import type { Decision } from '../../credit/index.ts';
import { type OrderSheet, orderSheet } from '../../orders/index.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { orderBadge } from '../view/components.ts';
import { sourceWords } from '../view/words.ts';
import { type OrderFormStates, orderForms } from './order-forms.ts';

export const orderRoutes: readonly ConsoleRoute[] = [
  page('/console/orders/:orderId', 'look', (request) => withOrder(request, (order) => showOrder(request, order))),
];

/** Works on the order that the path names; another wholesaler's is not found. */
export async function withOrder(
  { deps, wholesaler, param }: PageRequest,
  work: (order: OrderSheet) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  const order = await orderSheet(deps.db.prisma, wholesaler.id, param('orderId'));
  return order === null ? { kind: 'not_found' } : work(order);
}

/** The order: its lines, how its credit was decided, where it stands, and what can be done with it. */
export async function showOrder(
  request: PageRequest,
  order: OrderSheet,
  states: OrderFormStates = {},
  warning: string | null = null,
): Promise<PageAnswer> {
  const { deps, wholesaler, format, may } = request;
  const key = { wholesalerId: wholesaler.id, retailerId: order.retailerId };
  const decisions = await deps.credit.explain({ ...key, orderId: order.id, limit: 10 });
  const isWrong = Object.keys(states).length > 0;
  const body = html`<div class="page-head">
      <div><p class="crumb"><a href="/console/orders">Orders</a></p>
        <h1>Order ${order.number} ${orderBadge(order.status)}</h1>
        <p class="lead"><a href="/console/accounts/${encodeURIComponent(order.retailerId)}">${order.retailerName}</a>,
          ${format.moment(order.placedAt)} by ${sourceWords(order.source)}</p></div>
      <p class="total num">${format.moneyIn(order.amountMinor, order.currency)}</p>
    </div>
    ${warning === null ? '' : html`<p class="warning" role="alert">${warning}</p>`}
    <div class="columns">
      <div>${linesTable(order, request)}${decisionCards(decisions, request)}</div>
      <div>${stateCard(order, request)}${may('work_orders') ? orderForms(order, request, states) : ''}</div>
    </div>`;
  return {
    kind: 'page',
    title: `Order ${order.number}`,
    place: 'orders',
    body,
    status: isWrong ? (warning === null ? 422 : 409) : 200,
  };
}

function linesTable(order: OrderSheet, { format }: PageRequest): SafeHtml {
  if (order.lines.length === 0) {
    return html`<section class="card"><h2>Lines</h2><p class="muted">Its lines are kept by the program that placed it.</p></section>`;
  }
  const isPart = order.lines.some(({ deliveredMilli }) => deliveredMilli > 0n);
  const columns = isPart ? 4 : 3;
  return html`<div class="table-wrap"><table class="cards">
    <thead><tr><th scope="col">Product</th><th scope="col" class="num">Quantity</th>${isPart ? html`<th scope="col" class="num">Delivered</th>` : ''}<th scope="col" class="num">Price</th><th scope="col" class="num">Total</th></tr></thead>
    <tbody>${order.lines.map(
      (line) => html`<tr><th scope="row">${line.name} <span class="muted">${line.sku}</span></th>
        <td class="num" data-label="Quantity">${format.quantity(line.quantityMilli)} ${line.unit}</td>
        ${isPart ? html`<td class="num" data-label="Delivered">${format.quantity(line.deliveredMilli)}</td>` : ''}
        <td class="num" data-label="Price">${format.money(line.unitPriceMinor)}</td>
        <td class="num" data-label="Total">${format.money(line.totalMinor)}</td></tr>`,
    )}</tbody>
    <tfoot><tr><th scope="row" colspan="${columns}">Total${order.linesLeftOut > 0 ? ` with ${format.counted(order.linesLeftOut, 'more line')}` : ''}</th>
      <td class="num">${format.money(order.amountMinor)}</td></tr></tfoot></table></div>`;
}

/** How the credit lock decided, with the sum it made, newest first. */
function decisionCards(decisions: (Decision & { text: string })[], { format }: PageRequest): SafeHtml {
  return html`<section class="card" aria-labelledby="h-decisions"><h2 id="h-decisions">Credit decision</h2>
    ${decisions.length === 0 ? html`<p class="muted">Credit was not asked about this order yet.</p>` : ''}
    ${decisions.map((decision) => {
      const { limitMinor, owedMinor, heldMinor, availableMinor, overrideMinor, amountMinor } = decision;
      const figures =
        limitMinor === null || owedMinor === null || heldMinor === null || availableMinor === null
          ? html`<p>${decision.text}</p>`
          : html`<dl class="sum-list">
              <dt>Limit</dt><dd>${format.money(limitMinor)}</dd>
              <dt>- owed</dt><dd>${format.money(owedMinor)}</dd>
              <dt>- on hold for other orders</dt><dd>${format.money(heldMinor)}</dd>
              ${overrideMinor === 0n ? '' : html`<dt>+ granted above the limit</dt><dd>${format.money(overrideMinor)}</dd>`}
              <dt class="line">= available</dt><dd class="line">${format.money(availableMinor)}</dd>
              <dt>asked for</dt><dd>${amountMinor === null ? '?' : format.money(amountMinor)}</dd>
            </dl>`;
      const verdict = decision.approved
        ? html`<span class="badge good">fitted</span>`
        : html`<span class="badge bad">refused${decision.shortByMinor === null ? '' : `: ${format.money(decision.shortByMinor)} short`}</span>`;
      return html`<article class="sum"><div class="card-head"><span>${format.moment(decision.at)}</span>${verdict}</div>${figures}
        ${decision.approved || decision.shortByMinor !== null ? '' : html`<p class="hint">${decision.text}</p>`}</article>`;
    })}</section>`;
}

function stateCard(order: OrderSheet, { format, may }: PageRequest): SafeHtml {
  const { hold } = order;
  return html`<section class="card" aria-labelledby="h-state"><h2 id="h-state">Where it stands</h2>
    ${order.status === 'waiting_for_approval' && may('approve_orders') ? html`<p><a class="button primary" href="/console/approvals">Approve or reject</a></p>` : ''}
    <dl class="facts">
    ${
      hold === null
        ? ''
        : html`<dt>Delivered</dt><dd>${format.money(hold.capturedMinor)}</dd>
      <dt>Given back</dt><dd>${format.money(hold.releasedMinor)}</dd>
      <dt>Still on hold</dt><dd>${format.money(hold.leftMinor)}</dd>`
    }
    ${hold !== null && hold.leftMinor > 0n ? html`<dt>Held until</dt><dd>${format.moment(hold.expiresAt)}</dd>` : ''}
    ${order.waitsUntil === null || order.closedAt !== null || hold !== null ? '' : html`<dt>Waits until</dt><dd>${format.moment(order.waitsUntil)}</dd>`}
    ${order.closedAt === null ? '' : html`<dt>Closed</dt><dd>${format.moment(order.closedAt)}</dd>`}
    ${order.closeReason === null ? '' : html`<dt>Why</dt><dd>${order.closeReason}</dd>`}
    ${order.conversation !== null && may('read_chats') ? html`<dt>Sent in</dt><dd><a href="/console/conversations?shop=${encodeURIComponent(order.retailerId)}">its conversation</a></dd>` : ''}
    <dt>Id</dt><dd class="mono">${order.id}</dd></dl></section>`;
}
