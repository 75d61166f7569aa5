import { html, type SafeHtml } from '@remix-run/html-template';
import {
  type DecideAnswer,
  type DecidedApproval,
  decideApproval,
  listDecidedApprovals,
  listOpenApprovals,
  type OpenApproval,
} from '../../approvals/index.ts';
import { readAccounts } from '../../credit/index.ts';
import { inTransaction } from '../../db/index.ts';
import { ORDER_STATUSES, type OrderStatus } from '../../orders/index.ts';
import { isId } from '../../shared/ids.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { badge, emptyState, pager } from '../view/components.ts';
import { emptyForm, form } from '../view/form.ts';
import { livePart } from '../view/live.ts';
import { ORDER_WORDS, refusalWords } from '../view/words.ts';

const PATH = '/console/approvals';
const OPEN_SHOWN = 50;
const PER_PAGE = 25;

export const approvalRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'approve_orders', (request) => showApprovals(request)),
  action(`${PATH}/:approvalId/approve`, 'approve_orders', (request) => decide(request, true)),
  action(`${PATH}/:approvalId/reject`, 'approve_orders', (request) => decide(request, false)),
];

/** Answers as an approver on WhatsApp does: of all answers the first counts. */
async function decide(request: PageRequest, approve: boolean): Promise<PageAnswer> {
  const { deps, wholesaler, staff, param } = request;
  const approvalId = param('approvalId');
  if (!isId(approvalId)) return { kind: 'not_found' };
  const answer = await inTransaction(deps.db, (tx) =>
    decideApproval(tx, { wholesalerId: wholesaler.id, approvalId, approve, by: { kind: 'staff', id: staff.id } }),
  );
  switch (answer.kind) {
    case 'approved':
    case 'rejected':
      return done(approve);
    case 'not_found':
      return { kind: 'not_found' };
    default: {
      // A second click of one person is nobody else.
      const isOurs =
        answer.kind === 'already' && answer.by === staff.name && answer.state === (approve ? 'approved' : 'rejected');
      return isOurs ? done(approve) : showApprovals(request, whyNot(answer));
    }
  }
}

const done = (approve: boolean): PageAnswer => ({
  kind: 'redirect',
  to: PATH,
  notice: approve ? 'approval_granted' : 'approval_rejected',
});

function whyNot(answer: Exclude<DecideAnswer, { kind: 'approved' | 'rejected' | 'not_found' }>): string {
  switch (answer.kind) {
    case 'busy':
      return 'The account is busy with other orders. Nothing was decided: try again in a moment.';
    case 'refused':
      return `Order ${answer.number} of ${answer.shop} was not placed although you approved it: ${refusalWords(answer.code)}. Nothing was granted, and the shop was told.`;
    case 'already': {
      const by = answer.by === null ? '' : ` by ${answer.by}`;
      return `Order ${answer.number} of ${answer.shop} was ${STATE_WORDS[answer.state]} already${by}. Your answer changed nothing.`;
    }
  }
}

const STATE_WORDS: Record<DecidedApproval['state'], string> = {
  approved: 'approved',
  rejected: 'rejected',
  refused: 'approved and refused by credit',
  withdrawn: 'taken back by the shop',
  expired: 'not answered in time',
};

async function showApprovals(request: PageRequest, trouble: string | null = null): Promise<PageAnswer> {
  const { deps, wholesaler, query, format } = request;
  const db = deps.db.prisma;
  const before = query.get('before') ?? '';
  const beforeId = isId(before) ? before : null;
  const [open, found] = await Promise.all([
    listOpenApprovals(db, wholesaler.id, OPEN_SHOWN),
    listDecidedApprovals(db, { wholesalerId: wholesaler.id, beforeId, limit: PER_PAGE + 1 }),
  ]);
  const accounts = await readAccounts(
    db,
    open.map(({ retailerId }) => ({ wholesalerId: wholesaler.id, retailerId })),
  );
  const nowOf = (retailerId: string) => accounts.find((account) => account.retailerId === retailerId);
  const decided = found.slice(0, PER_PAGE);
  const last = decided.at(-1);
  const live = livePart(request, {
    path: PATH,
    everySeconds: 10,
    body: html`<section class="stack-gap" aria-labelledby="h-open"><h2 id="h-open">Waiting for an answer${open.length === 0 ? '' : html` ${badge(format.count(open.length), 'warn')}`}</h2>
      ${open.length === 0 ? emptyState('Nothing to decide', 'Orders above the credit of their shop appear here when the shop asks for approval.') : html`<div class="grid">${open.map((one) => requestCard(one, nowOf(one.retailerId), request))}</div>`}</section>`,
  });
  if (live === null) return { kind: 'unchanged' };
  const body = html`<div class="page-head"><div><h1>Approvals</h1>
      <p class="lead">Orders above the credit of their shop. Approvers on WhatsApp are asked too; the first answer counts.</p></div></div>
    ${trouble === null ? '' : html`<p class="warning" role="alert">${trouble}</p>`}
    ${live}
    <section class="stack-gap" aria-labelledby="h-decided"><h2 id="h-decided">Answered before</h2>
      ${decided.length === 0 ? emptyState('Nothing was decided yet') : decidedTable(decided, request)}
      ${pager({
        next: found.length > PER_PAGE && last ? `${PATH}?before=${last.id}#h-decided` : null,
        first: beforeId === null ? null : PATH,
      })}</section>`;
  return { kind: 'page', title: 'Approvals', place: 'approvals', body, status: trouble === null ? 200 : 409 };
}

type AccountNow = Awaited<ReturnType<typeof readAccounts>>[number] | undefined;

/** One request with the sum that made it one, what changed since, and what the shop has done before. */
function requestCard(
  request: OpenApproval,
  account: AccountNow,
  { format, csrfToken, wholesaler, now }: PageRequest,
): SafeHtml {
  const { id, orderId, number, retailerId, shop, amountMinor, shortMinor, limitMinor, owedMinor, heldMinor } = request;
  const answer = (to: 'approve' | 'reject', submit: string): SafeHtml =>
    // Without a key of its own: a request is answered once, whatever is sent.
    form(
      { action: `${PATH}/${id}/${to}`, csrfToken, submit, danger: to === 'reject', state: emptyForm({ _key: '-' }) },
      [],
    );
  return html`<article class="card narrow" aria-labelledby="h-${id}"><div class="card-head">
      <h3 id="h-${id}"><a href="/console/accounts/${encodeURIComponent(retailerId)}">${shop}</a>, <a href="/console/orders/${encodeURIComponent(orderId)}">order ${number}</a></h3>
      ${badge(`${format.money(shortMinor)} short`, 'warn')}</div>
    <p class="hint">Asked ${format.moment(request.askedAt)}, ends ${format.moment(request.expiresAt)}</p>
    <dl class="sum-list">
      <dt>Limit</dt><dd>${format.money(limitMinor)}</dd>
      <dt>- owed</dt><dd>${format.money(owedMinor)}</dd>
      <dt>- on hold for other orders</dt><dd>${format.money(heldMinor)}</dd>
      <dt class="line">= available when asked</dt><dd class="line">${format.money(limitMinor - owedMinor - heldMinor)}</dd>
      <dt>This order, ${wholesaler.currency}</dt><dd>${format.money(amountMinor)}</dd>
      <dt class="line">= short by</dt><dd class="line">${format.money(shortMinor)}</dd>
    </dl>
    ${request.overdueMinor > 0n ? html`<p class="error">${format.money(request.overdueMinor)} was overdue when asked.</p>` : ''}
    ${account === undefined ? '' : changedSince(request, account, { format, now })}
    ${history(request, format)}
    <div class="actions">${answer('approve', 'Approve')}${answer('reject', 'Reject')}</div>
    <p class="hint">Approving lets ${format.money(shortMinor)} pass above the limit, for this order alone.</p></article>`;
}

function changedSince(
  request: OpenApproval,
  account: NonNullable<AccountNow>,
  { format, now }: Pick<PageRequest, 'format' | 'now'>,
): SafeHtml {
  const { amountMinor, shortMinor, limitMinor, owedMinor, heldMinor } = request;
  if (account.status !== 'active') {
    return html`<p class="error">The account is ${account.status} now: approving it would be refused.</p>`;
  }
  if (account.limitValidUntil !== null && account.limitValidUntil < now) {
    return html`<p class="error">The limit of the account has expired: approving it would be refused. Renew it first.</p>`;
  }
  const { availableMinor } = account;
  if (availableMinor === limitMinor - owedMinor - heldMinor) return html``;
  const verdict =
    availableMinor >= amountMinor
      ? 'it fits without being approved above the limit'
      : availableMinor + shortMinor >= amountMinor
        ? `${format.money(amountMinor - availableMinor)} short`
        : `${format.money(amountMinor - availableMinor)} short, which is more than was asked for: approving it would be refused`;
  return html`<p>Now ${format.money(availableMinor)} is available: ${verdict}.</p>`;
}

function history({ lastOrders, lastPayments }: OpenApproval, format: PageRequest['format']): SafeHtml {
  const statusOf = (status: string): string =>
    (ORDER_STATUSES as readonly string[]).includes(status) ? ORDER_WORDS[status as OrderStatus] : status;
  return html`<dl class="facts">
    <dt>Last orders</dt><dd>${
      lastOrders.length === 0
        ? 'none before'
        : lastOrders.map(
            ({ number, status, amountMinor, placedAt }) =>
              html`<div>${number}: ${format.money(amountMinor)}, ${statusOf(status)}, ${format.day(placedAt)}</div>`,
          )
    }</dd>
    <dt>Last payments</dt><dd>${
      lastPayments.length === 0
        ? 'none yet'
        : lastPayments.map(
            ({ amountMinor, receivedAt }) => html`<div>${format.money(amountMinor)}, ${format.day(receivedAt)}</div>`,
          )
    }</dd></dl>`;
}

const LOOKS = { approved: 'good', rejected: 'bad', refused: 'bad', withdrawn: '', expired: 'warn' } as const;

function decidedTable(decided: readonly DecidedApproval[], { format, wholesaler }: PageRequest): SafeHtml {
  return html`<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Order</th><th scope="col">Shop</th><th scope="col">Answer</th>
      <th scope="col">By</th><th scope="col">When</th><th scope="col" class="num">Amount, ${wholesaler.currency}</th><th scope="col" class="num">Was short</th></tr></thead>
    <tbody>${decided.map(
      (
        one,
      ) => html`<tr><th scope="row"><a href="/console/orders/${encodeURIComponent(one.orderId)}">${one.number}</a></th>
      <td data-label="Shop"><a href="/console/accounts/${encodeURIComponent(one.retailerId)}">${one.shop}</a></td>
      <td data-label="Answer">${badge(STATE_WORDS[one.state], LOOKS[one.state])}${one.refusalCode === null ? '' : html` <small class="hint">${refusalWords(one.refusalCode)}</small>`}</td>
      <td data-label="By">${one.by ?? ''}</td>
      <td data-label="When">${one.decidedAt === null ? '' : format.moment(one.decidedAt)}</td>
      <td data-label="Amount" class="num">${format.money(one.amountMinor)}</td>
      <td data-label="Was short" class="num">${format.money(one.shortMinor)}</td></tr>`,
    )}</tbody></table></div>`;
}
