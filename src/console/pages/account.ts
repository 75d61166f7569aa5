import { html, type SafeHtml } from '@remix-run/html-template';
import { type AccountFigures, type Ageing, newestEntries, retailerName } from '../../credit/index.ts';
import { orderBoard, orderNumbersOf } from '../../orders/index.ts';
import { staffNames } from '../../staff/index.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { meter } from '../view/charts.ts';
import { accountBadge, emptyState } from '../view/components.ts';
import type { FormState } from '../view/form.ts';
import { actorWords, entryWords } from '../view/words.ts';
import { accountForms, lastDayOf } from './account-forms.ts';
import { orderTable } from './orders.ts';

const PATH = '/console/accounts/:retailerId';
const ENTRIES_PER_PAGE = 25;
const ORDERS_SHOWN = 5;
/** Read at the most, and shown before the others are asked for. */
const HOLDS_MAX = 200;
const HOLDS_SHOWN = 6;

export const accountRoutes: readonly ConsoleRoute[] = [page(PATH, 'look', (request) => showAccount(request))];

export type AccountFormStates = Partial<Record<'limit' | 'override' | 'status' | 'terms', FormState>>;

/** The account of a shop: figures, ageing, what can be done, holds, orders and the ledger. */
export async function showAccount(
  request: PageRequest,
  states: AccountFormStates = {},
  warning: string | null = null,
): Promise<PageAnswer> {
  const { deps, wholesaler, query, param, format, may } = request;
  const db = deps.db.prisma;
  const key = { wholesalerId: wholesaler.id, retailerId: param('retailerId') };
  const name = await retailerName(db, key.wholesalerId, key.retailerId);
  if (name === null) return { kind: 'not_found' };
  const account = await deps.credit.getAccount(key, { tx: db });
  if (account === null) return { kind: 'page', title: name, place: 'accounts', body: withoutAccount(name, request) };
  const beforeText = query.get('before') ?? '';
  const beforeSeq = /^\d{1,18}$/.test(beforeText) ? BigInt(beforeText) : undefined;
  const [ageing, holds, entries, orders, names] = await Promise.all([
    deps.credit.ageing(key, { tx: db }),
    deps.credit.listHolds({ ...key, limit: HOLDS_MAX }, { tx: db }),
    newestEntries(db, key, { beforeSeq, limit: ENTRIES_PER_PAGE }),
    orderBoard(db, { ...key, statuses: [], search: '', limit: ORDERS_SHOWN }),
    staffNames(db, wholesaler.id),
  ]);
  const numbers = await orderNumbersOf(
    db,
    wholesaler.id,
    [...entries, ...holds].flatMap(({ orderId }) => orderId ?? []),
  );
  const here = `/console/accounts/${encodeURIComponent(key.retailerId)}`;
  const isWrong = Object.keys(states).length > 0;
  const body = html`<div class="page-head">
      <div><p class="crumb"><a href="/console/accounts">Credit accounts</a></p>
        <h1>${name} ${accountBadge(account.status, isLapsed(account, request))}</h1>
        <p class="lead mono">${key.retailerId}</p></div>
      <div class="actions no-print">
        ${may('link_people') ? html`<a class="button" href="/console/shops/${encodeURIComponent(key.retailerId)}">The shop</a>` : ''}
        ${may('read_chats') ? html`<a class="button" href="/console/conversations?shop=${encodeURIComponent(key.retailerId)}">Conversations</a>` : ''}
        ${may('take_payments') ? html`<a class="button primary" href="${here}/payment">Record a payment</a>` : ''}</div>
    </div>
    ${warning === null ? '' : html`<p class="warning" role="alert">${warning}</p>`}
    ${account.blockReason === null ? '' : html`<p class="warning">Blocked: ${account.blockReason}</p>`}
    ${isLapsed(account, request) ? lapsedWarning(account, request) : ''}
    ${figures(account, request)}
    <div class="columns">
      <div>
        ${ageing.accounts[0] === undefined ? '' : ageingCard(ageing.accounts[0], request)}
        ${holdsCard(holds, request)}
      </div>
      <div>${termsCard(account, request)}${accountForms(account, request, states)}</div>
    </div>
    <section class="stack-gap" aria-labelledby="h-orders"><h2 id="h-orders">Newest orders</h2>
      ${orders.length === 0 ? emptyState('No orders yet') : orderTable(orders, request, false)}</section>
    <section class="stack-gap" aria-labelledby="h-ledger"><div class="page-head"><h2 id="h-ledger">Ledger</h2>${statementForm(here, request)}</div>
      ${entries.length === 0 ? emptyState('Nothing was booked yet') : ledgerTable(entries, names, request)}
      ${pages(entries.at(-1)?.seq, beforeSeq, here)}
    </section>`;
  return { kind: 'page', title: name, place: 'accounts', body, status: isWrong ? (warning === null ? 422 : 409) : 200 };

  function pages(lastSeq: bigint | undefined, before: bigint | undefined, to: string): SafeHtml {
    const more = lastSeq !== undefined && lastSeq > 1n;
    if (!more && before === undefined) return html``;
    return html`<nav class="pager" aria-label="Pages of the ledger">
      ${before === undefined ? html`<span></span>` : html`<a class="button" href="${to}#h-ledger">Newest entries</a>`}
      ${more ? html`<a class="button" href="${to}?before=${String(lastSeq)}#h-ledger">Earlier entries</a>` : ''}</nav>`;
  }

  function figures(one: AccountFigures, { format: say }: PageRequest): SafeHtml {
    return html`<dl class="figures">
        <div><dt>Available</dt><dd>${say.money(one.availableMinor)}<small>${one.currency}</small></dd></div>
        <div><dt>Limit</dt><dd>${say.money(one.limitMinor)}<small>${limitEnd(one, request)}</small></dd></div>
        <div><dt>Owed</dt><dd>${say.money(one.owedMinor)}<small>${one.overdueMinor > 0n ? html`<span class="error">${say.money(one.overdueMinor)} overdue</span>` : 'nothing overdue'}</small></dd></div>
        <div><dt>On hold</dt><dd>${say.money(one.heldMinor)}<small>for open orders</small></dd></div>
        ${one.unappliedMinor > 0n ? html`<div><dt>Paid ahead</dt><dd>${say.money(one.unappliedMinor)}<small>for debts to come</small></dd></div>` : ''}
      </dl>
      ${meter({
        name: `Of the limit of ${say.money(one.limitMinor)}: owed ${say.money(one.owedMinor)}, on hold ${say.money(one.heldMinor)}`,
        parts: [
          { value: one.owedMinor, look: 'bar' },
          { value: one.heldMinor, look: 'bar-2' },
        ],
        whole: one.limitMinor,
      })}`;
  }

  function termsCard(one: AccountFigures, { format: say }: PageRequest): SafeHtml {
    return html`<section class="card" aria-labelledby="h-terms"><h2 id="h-terms">Terms</h2><dl class="facts">
      <dt>To pay within</dt><dd>${say.counted(one.termsDays, 'day')}</dd>
      <dt>Grace</dt><dd>${say.counted(one.graceDays, 'day')}</dd>
      <dt>Overdue tolerated</dt><dd>${say.money(one.overdueToleranceMinor)}</dd>
      ${one.oldestDueOn === null ? '' : html`<dt>Oldest due</dt><dd>${say.calendarDay(one.oldestDueOn.toISOString().slice(0, 10))}</dd>`}
    </dl></section>`;
  }

  function ledgerTable(rows: typeof entries, by: ReadonlyMap<string, string>, { format: say }: PageRequest): SafeHtml {
    const delta = (value: bigint): SafeHtml =>
      value === 0n ? html`` : html`${value > 0n ? '+' : '-'}${say.money(value < 0n ? -value : value)}`;
    return html`<div class="table-wrap"><table class="cards">
      <thead><tr><th scope="col">Entry</th><th scope="col">When</th><th scope="col">What</th><th scope="col">By</th>
        <th scope="col" class="num">On hold</th><th scope="col" class="num">Owed</th><th scope="col" class="num">Owed after</th></tr></thead>
      <tbody>${rows.map(
        (entry) => html`<tr><th scope="row" data-label="Entry" class="num">${String(entry.seq)}</th>
        <td data-label="When">${say.moment(entry.at)}</td>
        <td data-label="What"><span>${entryWords(entry.kind)}${entry.orderId === null ? '' : orderLink(entry.orderId)}${entry.limitDelta === 0n ? '' : html` <span class="num">${delta(entry.limitDelta)}</span>`}
          ${entry.reason === null ? '' : html`<span class="hint">${entry.reason}</span>`}</span></td>
        <td data-label="By">${actorWords(entry.actor, by)}</td>
        <td data-label="On hold" class="num">${delta(entry.heldDelta)}</td>
        <td data-label="Owed" class="num">${delta(entry.owedDelta)}</td>
        <td data-label="Owed after" class="num">${say.money(entry.owedMinor)}</td></tr>`,
      )}</tbody></table></div>`;
  }

  function orderLink(orderId: string): SafeHtml {
    const number = numbers.get(orderId);
    return number === undefined
      ? html` <span class="mono">${orderId}</span>`
      : html` <a href="/console/orders/${encodeURIComponent(orderId)}">order ${number}</a>`;
  }

  function holdsCard(rows: typeof holds, { format: say }: PageRequest): SafeHtml {
    const list = (some: typeof holds): SafeHtml =>
      html`<ul class="work">${some.map(
        (
          hold,
        ) => html`<li><span class="item"><span>${orderLink(hold.orderId)}, until ${say.moment(hold.expiresAt)}</span>
          <strong>${say.money(hold.leftMinor)}</strong></span></li>`,
      )}</ul>`;
    const rest = rows.slice(HOLDS_SHOWN);
    const isAll = rows.length < HOLDS_MAX;
    return html`<section class="card" aria-labelledby="h-holds"><h2 id="h-holds">Open holds</h2>
      ${rows.length === 0 ? html`<p class="muted">Nothing is on hold.</p>` : list(rows.slice(0, HOLDS_SHOWN))}
      ${
        rest.length === 0
          ? ''
          : html`<details><summary>${isAll ? `${rest.length} more` : `The next ${rest.length} to expire`}</summary>${list(rest)}</details>`
      }</section>`;
  }

  function withoutAccount(shop: string, { may: mayDo }: PageRequest): SafeHtml {
    const to = `/console/shops/${encodeURIComponent(key.retailerId)}`;
    return html`<div class="page-head"><div><p class="crumb"><a href="/console/accounts">Credit accounts</a></p><h1>${shop}</h1></div>
      ${mayDo('link_people') ? html`<a class="button" href="${to}">The shop</a>` : ''}</div>
      ${emptyState(
        'No credit account',
        mayDo('change_credit')
          ? html`<a class="button primary" href="${to}/account">Open a credit account</a>`
          : 'Somebody who may change credit can open one.',
      )}`;
  }

  function statementForm(to: string, { now }: PageRequest): SafeHtml {
    const today = format.dayOf(now);
    return html`<form class="row no-print" method="get" action="${to}/statement">
      <div class="field"><label for="f-from">Statement from</label><input type="date" id="f-from" name="from" value="${today.slice(0, 8)}01" required></div>
      <div class="field"><label for="f-until">to</label><input type="date" id="f-until" name="until" value="${today}" required></div>
      <button type="submit" name="as" value="pdf">PDF</button><button type="submit" name="as" value="csv">CSV</button></form>`;
  }
}

const isLapsed = ({ limitValidUntil }: AccountFigures, { now }: PageRequest): boolean =>
  limitValidUntil !== null && limitValidUntil < now;

function limitEnd(account: AccountFigures, request: PageRequest): SafeHtml {
  if (account.limitValidUntil === null) return html`without end`;
  const lastDay = request.format.calendarDay(lastDayOf(account, request.format));
  return isLapsed(account, request)
    ? html`<span class="error">expired, last day ${lastDay}</span>`
    : html`until ${lastDay}`;
}

/** What it means, and where it ends: with whoever may change the limit. */
function lapsedWarning(account: AccountFigures, request: PageRequest): SafeHtml {
  const lastDay = request.format.calendarDay(lastDayOf(account, request.format));
  return html`<p class="warning">The limit expired after ${lastDay}, so new orders are refused. ${
    request.may('change_credit')
      ? html`<a href="#f-limit">Renew it</a> with a later last day, or none.`
      : 'Ask a credit controller to renew it.'
  }</p>`;
}

function ageingCard(ageing: Ageing, { format }: PageRequest): SafeHtml {
  const parts: [label: string, minor: bigint][] = [
    ['not due', ageing.notDueMinor],
    ['1 to 30 days', ageing.days1To30Minor],
    ['31 to 60', ageing.days31To60Minor],
    ['61 to 90', ageing.days61To90Minor],
    ['over 90', ageing.over90Minor],
  ];
  return html`<section class="card" aria-labelledby="h-ageing"><h2 id="h-ageing">Ageing of what is owed</h2>
    <div class="table-wrap"><table class="cards"><thead><tr>${parts.map(([label]) => html`<th scope="col" class="num">${label}</th>`)}</tr></thead>
      <tbody><tr>${parts.map(([label, minor]) => html`<td class="num" data-label="${label}">${format.money(minor)}</td>`)}</tr></tbody></table></div></section>`;
}
