import { html, type SafeHtml } from '@remix-run/html-template';
import { inTransaction } from '../../db/index.ts';
import {
  type CashCount,
  countCash,
  expectedCash,
  newestCounts,
  type SheetEntry,
  type SheetTotal,
  sheetEntries,
  sheetTotals,
} from '../../payments/index.ts';
import { isId } from '../../shared/ids.ts';
import { staffNames } from '../../staff/index.ts';
import { refuse } from '../read-form.ts';
import { readMoney } from '../read-money.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { badge, emptyState, pager, withQuery } from '../view/components.ts';
import { emptyForm, type FormState, form, input } from '../view/form.ts';
import { actorWords, methodWords } from '../view/words.ts';

const PATH = '/console/payments/cash-sheet';
const ENTRIES_PER_PAGE = 100;

export const cashSheetRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'take_payments', (request) => withSheet(request, (sheet) => showSheet(request, sheet))),
  action(PATH, 'take_payments', (request) => withSheet(request, (sheet) => count(request, sheet))),
];

/** Which day and whose drawer; `cashier` is '' for everybody's. */
type Sheet = { day: string; cashier: string; names: ReadonlyMap<string, string> };

/** Reads day and drawer from the address or the form. A drawer of nobody who ever worked here is not found. */
async function withSheet(request: PageRequest, work: (sheet: Sheet) => Promise<PageAnswer>): Promise<PageAnswer> {
  const { deps, wholesaler, query, form: given, format, now } = request;
  const asked = (name: string): string => given.get(name) ?? query.get(name) ?? '';
  const today = format.dayOf(now);
  const day = isDay(asked('day')) && asked('day') <= today ? asked('day') : today;
  const cashier = asked('cashier');
  const names = await staffNames(deps.db.prisma, wholesaler.id);
  const isKnown = cashier === '' || cashier.startsWith('api:') || names.has(cashier);
  return isKnown ? work({ day, cashier, names }) : { kind: 'not_found' };
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** What each cashier took on a day, what of it was taken back, and what their drawers were counted at; fit to be printed. */
async function showSheet(
  request: PageRequest,
  { day, cashier, names }: Sheet,
  state?: FormState,
  warning: string | null = null,
): Promise<PageAnswer> {
  const { deps, wholesaler, query, format } = request;
  const db = deps.db.prisma;
  const of = { wholesalerId: wholesaler.id, day, ...(cashier !== '' && { cashier }) };
  const after = query.get('after') ?? '';
  const afterId = isId(after) ? after : undefined;
  const [totals, found, counts] = await Promise.all([
    sheetTotals(db, of),
    sheetEntries(db, { ...of, afterId, limit: ENTRIES_PER_PAGE + 1 }),
    newestCounts(db, of),
  ]);
  const entries = found.slice(0, ENTRIES_PER_PAGE);
  const last = entries.at(-1);
  const next = found.length > ENTRIES_PER_PAGE && last ? withQuery(PATH, query, { after: last.entryId }) : null;
  const who = cashier === '' ? 'all cashiers' : actorWords(cashier, names);
  const body = html`<div class="page-head"><div><p class="crumb no-print"><a href="/console/payments">Payments</a></p>
      <h1>Cash sheet</h1><p class="lead">${wholesaler.name}, ${format.calendarDay(day)}, ${who}</p></div>
      <button class="no-print" type="button" data-print hidden>Print</button></div>
    ${warning === null ? '' : html`<p class="warning" role="alert">${warning}</p>`}
    ${filters(request, { day, cashier, names }, totals)}
    ${totals.length === 0 ? emptyState('Nothing was booked on this day', 'Payments appear here as they are recorded.') : totalsTable(totals, request, names)}
    ${drawers({ day, cashier, names }, { totals, counts }, request)}
    ${cashier === '' || !mayCount(request, cashier) ? '' : countForm({ day, cashier, names }, counts[0], request, state)}
    ${entries.length === 0 ? '' : entriesTable(entries, request, names)}
    ${pager({ next, first: afterId === undefined ? null : withQuery(PATH, query, { after: '' }) })}`;
  const status = warning !== null ? 409 : state === undefined ? 200 : 422;
  return { kind: 'page', title: `Cash sheet of ${format.calendarDay(day)}`, place: 'payments', body, status };
}

function filters({ now, format }: PageRequest, { day, cashier, names }: Sheet, totals: SheetTotal[]): SafeHtml {
  const today = format.dayOf(now);
  const beside = (days: number): string =>
    new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  const link = (to: string): string => withQuery(PATH, new URLSearchParams({ day: to }), { cashier });
  const known = new Set([...totals.map((row) => row.cashier), ...names.keys(), ...(cashier === '' ? [] : [cashier])]);
  return html`<form class="filters no-print" method="get" action="${PATH}">
      <div class="field"><label for="f-day">Day</label><input type="date" id="f-day" name="day" value="${day}" max="${today}"></div>
      <div class="field"><label for="f-cashier">Cashier</label><select id="f-cashier" name="cashier">
        <option value="">Everybody</option>
        ${[...known].map((one) => html`<option value="${one}" ${one === cashier ? html`selected` : ''}>${actorWords(one, names)}</option>`)}
      </select></div>
      <button type="submit">Show</button>
      <a class="button" href="${link(beside(-1))}">Day before</a>
      ${day < today ? html`<a class="button" href="${link(beside(1))}">Day after</a>` : ''}
    </form>`;
}

function totalsTable(totals: SheetTotal[], { format, wholesaler }: PageRequest, names: Sheet['names']): SafeHtml {
  const net = (row: Pick<SheetTotal, 'paidMinor' | 'reversedMinor'>): string =>
    signed(row.paidMinor - row.reversedMinor, format);
  const sum = (of: (row: SheetTotal) => bigint): bigint => totals.reduce((all, row) => all + of(row), 0n);
  const whole = { paidMinor: sum((row) => row.paidMinor), reversedMinor: sum((row) => row.reversedMinor) };
  return html`<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Cashier</th><th scope="col">How</th><th scope="col" class="num">Payments</th>
      <th scope="col" class="num">Taken, ${wholesaler.currency}</th><th scope="col" class="num">Taken back</th><th scope="col" class="num">Together</th></tr></thead>
    <tbody>${totals.map(
      (
        row,
      ) => html`<tr><th scope="row">${actorWords(row.cashier, names)}</th><td data-label="How">${methodWords(row.method)}</td>
        <td data-label="Payments" class="num">${format.count(row.payments)}</td>
        <td data-label="Taken" class="num">${format.money(row.paidMinor)}</td>
        <td data-label="Taken back" class="num">${row.reversals === 0 ? '' : format.money(row.reversedMinor)}</td>
        <td data-label="Together" class="num">${net(row)}</td></tr>`,
    )}</tbody>
    <tfoot><tr><th scope="row" colspan="3">Total</th><td data-label="Taken" class="num">${format.money(whole.paidMinor)}</td>
      <td data-label="Taken back" class="num">${format.money(whole.reversedMinor)}</td><td data-label="Together" class="num">${net(whole)}</td></tr></tfoot></table></div>`;
}

/** Each drawer with cash in it, or that somebody counted: what it should hold, what it held, and what lies between. */
function drawers(
  { day, cashier, names }: Sheet,
  { totals, counts }: { totals: SheetTotal[]; counts: CashCount[] },
  request: PageRequest,
): SafeHtml {
  const withCash = totals.filter(({ method }) => method === 'cash').map((row) => row.cashier);
  const all = [...new Set([...withCash, ...counts.map((one) => one.cashier)])].sort();
  if (all.length === 0) return html``;
  const { format } = request;
  const row = (one: string): SafeHtml => {
    const expected = expectedCash(totals.filter((total) => total.cashier === one));
    const counted = counts.find((each) => each.cashier === one);
    const toCount = withQuery(PATH, new URLSearchParams({ day, cashier: one }), {});
    return html`<tr><th scope="row">${actorWords(one, names)}</th><td data-label="In the books" class="num">${signed(expected, format)}</td>
        <td data-label="Counted" class="num">${
          counted === undefined
            ? cashier === '' && mayCount(request, one)
              ? html`<a class="no-print" href="${toCount}">Count it</a>`
              : 'not yet'
            : format.money(counted.countedMinor)
        }</td>
        <td data-label="Difference">${counted === undefined ? '' : difference(counted.countedMinor - expected, format)}</td>
        <td data-label="By">${
          counted === undefined
            ? ''
            : html`<span>${actorWords(counted.countedBy, names)}, ${format.moment(counted.countedAt)}
              ${counted.nth === 1 ? '' : html`<span class="hint">counted ${format.count(counted.nth)} times</span>`}
              ${counted.expectedMinor === expected ? '' : html`<span class="hint">booked since: ${signed(expected - counted.expectedMinor, format)}</span>`}
              ${counted.note === null ? '' : html`<span class="hint">${counted.note}</span>`}</span>`
        }</td></tr>`;
  };
  return html`<section class="stack-gap" aria-labelledby="h-cash"><h2 id="h-cash">Cash in the drawer</h2>
    <div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Cashier</th><th scope="col" class="num">In the books</th><th scope="col" class="num">Counted</th>
      <th scope="col">Difference</th><th scope="col">By</th></tr></thead><tbody>${all.map(row)}</tbody></table></div></section>`;
}

type Format = PageRequest['format'];

const signed = (minor: bigint, format: Format): string =>
  `${minor < 0n ? '-' : ''}${format.money(minor < 0n ? -minor : minor)}`;

function difference(minor: bigint, format: Format): SafeHtml {
  if (minor === 0n) return badge('it is right', 'good');
  return minor > 0n
    ? badge(`${format.money(minor)} too much`, 'warn')
    : badge(`${format.money(-minor)} missing`, 'bad');
}

/** A cashier counts their own drawer; whoever may take payments back may count everybody's. */
function mayCount({ actor, may }: Pick<PageRequest, 'actor' | 'may'>, cashier: string): boolean {
  return cashier.startsWith('staff:') && (cashier === actor || may('reverse_payments'));
}

function countForm(
  { day, cashier, names }: Sheet,
  newest: CashCount | undefined,
  { csrfToken, wholesaler }: PageRequest,
  given: FormState | undefined,
): SafeHtml {
  const state = given ?? emptyForm();
  return html`<details class="card narrow no-print" ${newest === undefined || given !== undefined ? html`open` : ''}>
      <summary>${newest === undefined ? 'Count' : 'Count again'} the drawer of ${actorWords(cashier, names)}</summary>
      ${form({ action: PATH, csrfToken, state, submit: 'Keep the count' }, [
        html`<input type="hidden" name="day" value="${day}"><input type="hidden" name="cashier" value="${cashier}">
          <input type="hidden" name="seen" value="${String(newest?.nth ?? 0)}">`,
        input({
          name: 'counted',
          label: 'Cash counted',
          state,
          inputmode: 'decimal',
          unit: wholesaler.currency,
          hint: 'What this day brought, without the change that the day began with.',
        }),
        input({ name: 'note', label: 'Note', state, optional: true, maxlength: 200, hint: 'Such as why it differs.' }),
      ])}</details>`;
}

async function count(request: PageRequest, sheet: Sheet): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, format, actor } = request;
  const { day, cashier, names } = sheet;
  if (!names.has(cashier)) return { kind: 'not_found' };
  if (!mayCount(request, cashier)) {
    return showSheet(
      request,
      sheet,
      undefined,
      'You may count your own drawer. Ask a credit controller to count this one.',
    );
  }
  const countedMinor = readMoney(given.get('counted') ?? '', wholesaler.currency, format.locale);
  if (countedMinor === null) {
    const errors = { counted: `Write what you counted, such as ${format.money(150_000n)}, or 0.` };
    return showSheet(request, sheet, refuse(given, errors));
  }
  const seen = given.get('seen') ?? '';
  const note = (given.get('note') ?? '').trim().slice(0, 300);
  const answer = await inTransaction(deps.db, (tx) =>
    countCash(tx, {
      ...{ wholesalerId: wholesaler.id, day, cashier, countedMinor, currency: wholesaler.currency, actor },
      note: note === '' ? null : note,
      seenNth: /^\d{1,6}$/.test(seen) ? Number(seen) : 0,
      key: `console:${(given.get('_key') ?? '').slice(0, 100)}`,
    }),
  );
  if (answer.kind === 'changed') return showSheet(request, sheet, refuse(given, {}), MEANWHILE);
  return { kind: 'redirect', to: withQuery(PATH, new URLSearchParams({ day, cashier }), {}), notice: 'cash_counted' };
}

const MEANWHILE =
  'Somebody else counted this drawer while you were writing. Nothing of yours was kept: look at their count, and send ' +
  'yours again if it is still right.';

function entriesTable(entries: SheetEntry[], { format }: PageRequest, names: Sheet['names']): SafeHtml {
  const row = (entry: SheetEntry): SafeHtml => {
    const isBack = entry.kind === 'PAYMENT_REVERSAL';
    const by =
      entry.actor === entry.cashier ? '' : html` <span class="hint">by ${actorWords(entry.actor, names)}</span>`;
    return html`<tr><th scope="row"><a href="/console/payments/${entry.paymentId}">${format.moment(entry.at)}</a></th>
      <td data-label="Shop"><a href="/console/accounts/${encodeURIComponent(entry.retailerId)}">${entry.retailerName}</a></td>
      <td data-label="Cashier">${actorWords(entry.cashier, names)}</td>
      <td data-label="How"><span>${methodWords(entry.method)}${isBack ? html` ${badge('taken back', 'bad')}${by}` : ''}</span></td>
      <td data-label="Reference">${entry.reference ?? ''}</td>
      <td data-label="Amount" class="num">${signed(isBack ? -entry.amountMinor : entry.amountMinor, format)}</td></tr>`;
  };
  return html`<section class="stack-gap" aria-labelledby="h-entries"><h2 id="h-entries">One by one</h2>
    <div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Booked</th><th scope="col">Shop</th><th scope="col">Cashier</th><th scope="col">How</th>
      <th scope="col">Reference</th><th scope="col" class="num">Amount</th></tr></thead><tbody>${entries.map(row)}</tbody></table></div></section>`;
}
