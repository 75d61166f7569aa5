import { html, type SafeHtml } from '@remix-run/html-template';
import { countOpenAlerts } from '../../alerts/index.ts';
import { type SetupSteps, setupSteps } from '../../catalogue/index.ts';
import { bookFigures, proofOf } from '../../credit/index.ts';
import { countParked } from '../../inbox/index.ts';
import { type DayOfOrders, openOrders, ordersByDay } from '../../orders/index.ts';
import { outboxTroubles } from '../../outbox/index.ts';
import { countOpenClaims } from '../../payments/index.ts';
import { countWaitingPeople } from '../../people/index.ts';
import type { Right } from '../../staff/index.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { barChart, meter } from '../view/charts.ts';
import { badge } from '../view/components.ts';

const DAYS = 14;

export const todayRoutes: readonly ConsoleRoute[] = [page('/console', 'look', today)];

/** What needs somebody now, then how the day goes, then how much is lent. Refreshes itself while it is looked at. */
async function today(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, format, may } = request;
  const db = deps.db.prisma;
  const [days, open, book, proof, people, alerts, sending, steps, parked, claims] = await Promise.all([
    ordersByDay(db, wholesaler.id, DAYS),
    openOrders(db, wholesaler.id),
    bookFigures(db, wholesaler.id),
    proofOf(db, wholesaler.id),
    countWaitingPeople(db, wholesaler.id),
    countOpenAlerts(db, wholesaler.id),
    outboxTroubles(db, wholesaler.id),
    setupSteps(db, wholesaler.id),
    countParked(db, wholesaler.id),
    countOpenClaims(db, wholesaler.id),
  ]);
  const work: Work[] = [
    {
      count: open.waiting_for_approval.count,
      what: 'Orders to approve',
      to: may('approve_orders') ? '/console/approvals' : '/console/orders?state=waiting_for_approval',
      right: 'look',
    },
    {
      count: open.waiting_on_credit.count,
      what: 'Orders waiting on credit',
      to: '/console/orders?state=waiting_on_credit',
      right: 'look',
    },
    {
      count: people.chats,
      what: 'Chats that ask for a person',
      to: '/console/conversations?only=waiting',
      right: 'read_chats',
    },
    { count: claims, what: 'Claimed payments to check', to: '/console/payments/claims', right: 'take_payments' },
    { count: people.registrations, what: 'Registrations to decide', to: '/console/people', right: 'link_people' },
    { count: people.links, what: 'Identities to confirm', to: '/console/people', right: 'link_people' },
    {
      count: parked,
      what: 'Messages that could not be processed',
      to: '/console/deliveries?state=parked',
      right: 'inspect',
    },
    { count: alerts, what: 'Open alerts', to: '/console/alerts', right: 'watch_sending' },
    {
      count: sending.failed + sending.uncertain,
      what: 'Replies that are stuck',
      to: '/console/outbox',
      right: 'watch_sending',
    },
    {
      count: open.approved.count + open.part_delivered.count,
      what: 'Orders to deliver',
      to: '/console/orders?state=approved',
      right: 'look',
    },
  ];
  const now = days.at(-1);
  const body = html`<div class="page-head"><div><h1>Today</h1><p class="lead">${format.day(request.now)}</p></div>
      ${proofBadge(proof, request)}</div>
    <div id="live" hx-get="/console" hx-select="#live" hx-trigger="every 20s" hx-swap="outerHTML">
      <div class="stack-gap">
        ${nextSteps(steps, request)}
        ${workList(work, request)}
        <dl class="figures">
          <div><dt>Orders today</dt><dd>${format.count(now?.count ?? 0)}<small>${wholesaler.currency} ${format.money(now?.amountMinor ?? 0n)}</small></dd></div>
          <div><dt>On hold for orders</dt><dd>${format.money(book?.heldMinor ?? 0n)}<small>${format.counted(open.approved.count + open.part_delivered.count, 'open order')}</small></dd></div>
          <div><dt>Owed</dt><dd>${format.money(book?.owedMinor ?? 0n)}<small>${format.counted(book?.accounts ?? 0, 'account')}</small></dd></div>
          <div><dt>Overdue</dt><dd>${format.money(book?.overdueMinor ?? 0n)}<small>${format.counted(book?.overdueAccounts ?? 0, 'account')}</small></dd></div>
        </dl>
        <div class="grid">${ordersChart(days, request)}${book === undefined ? '' : creditChart(book, request)}</div>
      </div>
    </div>`;
  return { kind: 'page', title: 'Today', place: 'today', body };
}

/** What a new wholesaler does before its first order; gone once it is done. */
function nextSteps({ hasProducts, hasShops, hasLine }: SetupSteps, { may }: PageRequest): SafeHtml {
  const steps = [
    { isDone: true, what: 'Your business', how: html`set up` },
    {
      isDone: hasProducts,
      what: 'Your products',
      how: html`<a class="button primary" href="/console/catalogue/import">Import them from a spreadsheet</a>
        <a class="button" href="/console/catalogue/new">Add one by hand</a>`,
    },
    {
      isDone: hasShops,
      what: 'Your first shop',
      how: html`<a class="button" href="/console/shops">Add a shop with its credit</a>`,
    },
    {
      isDone: hasLine,
      what: 'Your WhatsApp number',
      how: html`<span>Whoever runs the service connects it: see docs/real-phone.md.</span>`,
    },
  ];
  if (!may('settings') || steps.every(({ isDone }) => isDone)) return html``;
  return html`<section class="card" aria-labelledby="h-steps"><h2 id="h-steps">Before the first order</h2><ol class="steps">${steps.map(
    ({ isDone, what, how }) =>
      html`<li><strong>${what}</strong> ${isDone ? badge('done', 'good') : html`<span class="actions">${how}</span>`}</li>`,
  )}</ol></section>`;
}

type Work = { count: number; what: string; to: string | null; right: Right };

function workList(work: Work[], { may, format }: PageRequest): SafeHtml {
  const waiting = work.filter(({ count, right }) => count > 0 && may(right));
  return html`<section class="card" aria-labelledby="h-work"><h2 id="h-work">Waiting for you</h2>
    ${
      waiting.length === 0
        ? html`<p class="muted">Nothing waits. Orders that fit their credit are placed without you.</p>`
        : html`<ul class="work many">${waiting.map(
            ({ count, what, to }) =>
              html`<li>${workItem(html`<span>${what}</span><strong>${format.count(count)}</strong>`, to)}</li>`,
          )}</ul>`
    }</section>`;
}

const workItem = (what: SafeHtml, to: string | null): SafeHtml =>
  to === null ? html`<span class="item">${what}</span>` : html`<a class="item" href="${to}">${what}</a>`;

function ordersChart(days: DayOfOrders[], { format }: PageRequest): SafeHtml {
  const bars = days.map(({ day, count, amountMinor }) => ({
    label: String(Number(day.slice(8))),
    value: count,
    title: `${format.calendarDay(day)}: ${format.counted(count, 'order')}, ${format.money(amountMinor)}`,
  }));
  const total = days.reduce((sum, { count }) => sum + count, 0);
  return html`<section class="card" aria-labelledby="h-days"><div class="card-head"><h2 id="h-days">Orders, last ${DAYS} days</h2>
    <span class="muted">${format.count(total)} in all</span></div>
    ${total === 0 ? html`<p class="muted">None in these days.</p>` : barChart({ name: `Orders per day: ${days.map(({ count }) => count).join(', ')}`, bars })}</section>`;
}

function creditChart(book: NonNullable<Awaited<ReturnType<typeof bookFigures>>>, { format }: PageRequest): SafeHtml {
  const { limitMinor, owedMinor, heldMinor, overdueMinor } = book;
  const used = owedMinor + heldMinor;
  const share = limitMinor === 0n ? 0 : Number((used * 1000n) / limitMinor) / 1000;
  return html`<section class="card" aria-labelledby="h-credit"><div class="card-head"><h2 id="h-credit">Credit in use</h2>
    <span class="muted">${format.percent(share)} of ${format.money(limitMinor)}</span></div>
    ${meter({
      name: `Owed ${format.money(owedMinor)}, on hold ${format.money(heldMinor)}, of limits of ${format.money(limitMinor)}`,
      parts: [
        { value: overdueMinor, look: 'bar-3' },
        { value: owedMinor - overdueMinor, look: 'bar' },
        { value: heldMinor, look: 'bar-2' },
      ],
      whole: limitMinor,
    })}
    <ul class="legend">
      <li><i class="bar-3"></i>overdue ${format.money(overdueMinor)}</li>
      <li><i class="bar"></i>owed, not due ${format.money(owedMinor - overdueMinor)}</li>
      <li><i class="bar-2"></i>on hold ${format.money(heldMinor)}</li>
      <li><i class="ground"></i>free ${format.money(limitMinor > used ? limitMinor - used : 0n)}</li>
    </ul></section>`;
}

function proofBadge(proof: Awaited<ReturnType<typeof proofOf>>, { format }: PageRequest): SafeHtml {
  if (proof === null) return html`<span class="badge">Ledger not proved yet</span>`;
  if (proof.firstBad === null) {
    return html`<span class="badge good">Ledger proved ${format.moment(proof.finishedAt)}</span>`;
  }
  const { retailerId, seq, check } = proof.firstBad;
  return html`<span class="badge bad">Ledger broken: account ${retailerId}, entry ${String(seq)} (${check})</span>`;
}
