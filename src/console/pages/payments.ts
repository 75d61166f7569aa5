import { html, type SafeHtml } from '@remix-run/html-template';
import {
  listPayments,
  type PaymentFigures,
  type PaymentFilter,
  type PaymentSheet,
  paymentSheet,
} from '../../credit/index.ts';
import { inTransaction } from '../../db/index.ts';
import { orderNumbersOf } from '../../orders/index.ts';
import { countOpenClaims, reversePayment } from '../../payments/index.ts';
import { isId } from '../../shared/ids.ts';
import { refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { badge, emptyState, pager, withQuery } from '../view/components.ts';
import { dayField, readDays } from '../view/days.ts';
import { emptyForm, type FormState, form, input, select } from '../view/form.ts';
import { methodWords, PAYMENT_METHODS } from '../view/words.ts';
import { paymentTabs } from './claims.ts';

const PATH = '/console/payments';
const PER_PAGE = 50;

export const paymentRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'look', list),
  page(`${PATH}/:paymentId`, 'look', (request) => withPayment(request, (payment) => receipt(request, payment))),
  action(`${PATH}/:paymentId/reverse`, 'reverse_payments', (request) =>
    withPayment(request, (payment) => reverse(request, payment)),
  ),
];

/** Which payments an address asks for. */
export const readPaymentFilter = ({ query, wholesaler }: Pick<PageRequest, 'query' | 'wholesaler'>): PaymentFilter => ({
  search: (query.get('q') ?? '').trim().slice(0, 100),
  method: PAYMENT_METHODS.find(({ value }) => value === query.get('method'))?.value,
  ...readDays(query, wholesaler.timeZone),
});

async function list(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, query, format, may } = request;
  const filter = readPaymentFilter(request);
  const before = query.get('before') ?? '';
  const beforeId = isId(before) ? before : undefined;
  const [found, claimed] = await Promise.all([
    listPayments(deps.db.prisma, { wholesalerId: wholesaler.id, ...filter, beforeId, limit: PER_PAGE + 1 }),
    countOpenClaims(deps.db.prisma, wholesaler.id),
  ]);
  const payments = found.slice(0, PER_PAGE);
  const last = payments.at(-1);
  const row = (payment: PaymentFigures): SafeHtml => html`<tr>
    <th scope="row"><a href="${PATH}/${payment.paymentId}">${format.moment(payment.receivedAt)}</a></th>
    <td data-label="Shop"><a href="/console/accounts/${encodeURIComponent(payment.retailerId)}">${payment.retailerName}</a></td>
    <td data-label="How">${methodWords(payment.method)}${payment.reversedBy === null ? '' : html` ${badge('taken back', 'bad')}`}</td>
    <td data-label="Reference">${payment.reference ?? ''}</td>
    <td data-label="Amount" class="num">${format.money(payment.amountMinor)}</td></tr>`;
  const body = html`<div class="page-head"><h1>Payments</h1>
      <div class="actions">${may('take_payments') ? html`<a class="button" href="${PATH}/cash-sheet">Cash sheet</a>` : ''}
        <a class="button" href="${withQuery('/console/export/payments.csv', query, { before: '' })}">Download CSV</a></div></div>
    ${paymentTabs('recorded', claimed, request)}
    ${filters(query)}
    ${
      payments.length === 0
        ? nothing(filter)
        : html`<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Received</th><th scope="col">Shop</th><th scope="col">How</th>
        <th scope="col">Reference</th><th scope="col" class="num">Amount, ${wholesaler.currency}</th></tr></thead><tbody>${payments.map(row)}</tbody></table></div>`
    }
    ${pager({
      next: found.length > PER_PAGE && last ? withQuery(PATH, query, { before: last.paymentId }) : null,
      first: beforeId === undefined ? null : withQuery(PATH, query, { before: '' }),
    })}`;
  return { kind: 'page', title: 'Payments', place: 'payments', body };
}

function filters(query: URLSearchParams): SafeHtml {
  const state = emptyForm({ method: query.get('method') ?? '' });
  return html`<form class="filters" method="get" action="${PATH}" role="search">
      <div class="field"><label for="f-q">Shop or reference</label><input type="search" id="f-q" name="q" value="${query.get('q') ?? ''}" maxlength="100"></div>
      ${select({ name: 'method', label: 'How it was paid', state, choices: [{ value: '', label: 'Every way' }, ...PAYMENT_METHODS] })}
      ${dayField('from', 'From day', query)}${dayField('to', 'To day', query)}
      <button type="submit">Show</button>
    </form>`;
}

function nothing({ search, method, from, until }: PaymentFilter): SafeHtml {
  const isFiltered = search !== '' || [method, from, until].some((asked) => asked !== undefined);
  return isFiltered
    ? emptyState('No such payment', html`<a href="${PATH}">Show all payments</a>`)
    : emptyState('No payments yet', html`Open an <a href="/console/accounts">account</a> to record one.`);
}

async function withPayment(
  { deps, wholesaler, param }: PageRequest,
  work: (payment: PaymentSheet) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  const payment = await paymentSheet(deps.db.prisma, wholesaler.id, param('paymentId'));
  return payment === null ? { kind: 'not_found' } : work(payment);
}

/** The receipt, fit to be printed as it is. */
async function receipt(request: PageRequest, payment: PaymentSheet, state?: FormState): Promise<PageAnswer> {
  const { deps, wholesaler, format, may, csrfToken } = request;
  const { paymentId, currency, debts } = payment;
  const orderIds = debts.flatMap(({ orderId }) => orderId ?? []);
  const numbers = await orderNumbersOf(deps.db.prisma, wholesaler.id, orderIds);
  const canReverse = payment.reversedBy === null && payment.kind === 'payment' && may('reverse_payments');
  const shown = state ?? emptyForm();
  const body = html`<div class="page-head"><div><p class="crumb no-print"><a href="${PATH}">Payments</a></p>
      <h1>Receipt ${payment.reversedBy === null ? '' : badge('taken back', 'bad')}</h1><p class="lead">${wholesaler.name}</p></div>
      <p class="total num">${format.moneyIn(payment.amountMinor, currency)}</p></div>
    <section class="card narrow"><dl class="facts">
      <dt>From</dt><dd><a href="/console/accounts/${encodeURIComponent(payment.retailerId)}">${payment.retailerName}</a></dd>
      <dt>Received</dt><dd>${format.day(payment.receivedAt)}</dd>
      <dt>How</dt><dd>${methodWords(payment.method)}</dd>
      ${payment.reference === null ? '' : html`<dt>Reference</dt><dd>${payment.reference}</dd>`}
      <dt>Receipt no.</dt><dd class="mono">${paymentId}</dd></dl></section>
    ${
      debts.length === 0
        ? ''
        : html`<div class="table-wrap narrow"><table><thead><tr><th scope="col">Paid</th><th scope="col">Was due</th><th scope="col" class="num">Amount</th></tr></thead>
      <tbody>${debts.map(
        (debt) => html`<tr><th scope="row">${paidFor(debt, numbers)}</th><td>${format.calendarDay(debt.dueOn)}</td>
        <td class="num">${format.money(debt.amountMinor)}</td></tr>`,
      )}</tbody></table></div>`
    }
    ${payment.unappliedMinor === 0n ? '' : html`<p>${format.money(payment.unappliedMinor)} is kept for debts to come.</p>`}
    ${
      canReverse
        ? html`<details class="card narrow no-print" ${state === undefined ? '' : html`open`}><summary>Take this payment back</summary>
          ${form(
            { action: `${PATH}/${paymentId}/reverse`, csrfToken, state: shown, submit: 'Take back', danger: true },
            [
              html`<p class="hint">For a cheque that came back or a mistake. The debts are open again, due as before.</p>`,
              input({
                name: 'reason',
                label: 'Why',
                state: shown,
                maxlength: 200,
                hint: 'Stands in the ledger under your name.',
              }),
            ],
          )}</details>`
        : ''
    }`;
  return { kind: 'page', title: 'Receipt', place: 'payments', body, status: state === undefined ? 200 : 422 };
}

/** The invoice or the order that a debt came from; the receipt is kept, so it names the order by its number. */
function paidFor(
  { reference, orderId }: PaymentSheet['debts'][number],
  numbers: ReadonlyMap<string, number>,
): SafeHtml {
  if (orderId === null) return html`${reference ?? 'what was owed before'}`;
  const number = numbers.get(orderId);
  const order = html`<a href="/console/orders/${encodeURIComponent(orderId)}">Order ${number ?? orderId}</a>`;
  return reference === null ? order : html`${reference}, ${order}`;
}

async function reverse(request: PageRequest, payment: PaymentSheet): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, actor } = request;
  const reason = (given.get('reason') ?? '').trim();
  if (reason === '') return receipt(request, payment, refuse(given, { reason: 'Say why: the next person will ask.' }));
  const { paymentId } = payment;
  const result = await inTransaction(deps.db, (tx) =>
    reversePayment(tx, { wholesalerId: wholesaler.id, paymentId, reason, actor, source: 'console' }),
  );
  if (result.kind === 'refused') return receipt(request, payment, refuse(given, { '': result.message }));
  return { kind: 'redirect', to: `${PATH}/${paymentId}`, notice: 'payment_reversed' };
}
