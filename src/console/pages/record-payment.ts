import { html, type SafeHtml } from '@remix-run/html-template';
import { retailerName } from '../../credit/index.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { emptyForm, type FormState, form } from '../view/form.ts';
import { bookForm, paidAccount, paymentFields } from './payment-form.ts';

const PATH = '/console/accounts/:retailerId/payment';

export const recordPaymentRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'take_payments', (request) => showForm(request, emptyForm({ method: 'cash', how: 'oldest' }))),
  action(PATH, 'take_payments', record),
];

/** Money that came in: how, when, under which reference, and against which debts. */
async function showForm(request: PageRequest, state: FormState, warning: SafeHtml | null = null): Promise<PageAnswer> {
  const { param, format, csrfToken } = request;
  const paid = await paidAccount(request, param('retailerId'));
  if (paid === null) return { kind: 'not_found' };
  const { name, account } = paid;
  const to = `/console/accounts/${encodeURIComponent(paid.retailerId)}`;
  const isRight = Object.keys(state.errors).length === 0;
  const body = html`<div class="page-head"><div><p class="crumb"><a href="${to}">${name}</a></p><h1>Record a payment</h1>
      <p class="lead">${format.moneyIn(account.owedMinor, account.currency)} owed${account.overdueMinor > 0n ? `, ${format.money(account.overdueMinor)} of it overdue` : ''}</p></div></div>
    ${warning === null ? '' : html`<div class="warning" role="alert">${warning}</div>`}
    <section class="card narrow">${form(
      { action: `${to}/payment`, csrfToken, state, submit: 'Record payment', cancel: to },
      paymentFields(paid, { state, isWarned: warning !== null, autofocus: isRight }, request),
    )}</section>`;
  const status = warning === null && isRight ? 200 : 422;
  return { kind: 'page', title: 'Record a payment', place: 'accounts', body, status };
}

async function record(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, param } = request;
  const retailerId = param('retailerId');
  if ((await retailerName(deps.db.prisma, wholesaler.id, retailerId)) === null) return { kind: 'not_found' };
  const booked = await bookForm(request, { retailerId });
  if (booked.kind === 'again') return showForm(request, booked.state, booked.warning);
  return { kind: 'redirect', to: `/console/payments/${booked.paymentId}`, notice: 'payment_recorded' };
}
