import { html, type SafeHtml } from '@remix-run/html-template';
import { type Ageing, type AgeingTotals, ageingTotals } from '../../credit/index.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { emptyState, pager, withQuery } from '../view/components.ts';

const PATH = '/console/ageing';
const PER_PAGE = 100;

export const ageingRoutes: readonly ConsoleRoute[] = [page(PATH, 'look', ageing)];

type Buckets = Pick<
  AgeingTotals,
  'notDueMinor' | 'days1To30Minor' | 'days31To60Minor' | 'days61To90Minor' | 'over90Minor'
>;

const BUCKETS: readonly { label: string; name: keyof Buckets }[] = [
  { label: 'Not due', name: 'notDueMinor' },
  { label: '1 to 30 days', name: 'days1To30Minor' },
  { label: '31 to 60', name: 'days31To60Minor' },
  { label: '61 to 90', name: 'days61To90Minor' },
  { label: 'Over 90', name: 'over90Minor' },
];

/** How old what is owed is: all of it, then shop by shop. */
async function ageing({ deps, wholesaler, query, format, now }: PageRequest): Promise<PageAnswer> {
  const db = deps.db.prisma;
  const after = (query.get('after') ?? '').slice(0, 200);
  const of = { wholesalerId: wholesaler.id, limit: PER_PAGE, ...(after !== '' && { after }) };
  const [totals, { accounts, next }] = await Promise.all([
    ageingTotals(db, wholesaler.id),
    deps.credit.ageing(of, { tx: db }),
  ]);
  const owing = accounts.filter(({ owedMinor }) => owedMinor > 0n);
  const { overdueShops } = totals;
  const late =
    overdueShops === 0 ? 'Nobody is' : overdueShops === 1 ? '1 shop is' : `${format.count(overdueShops)} shops are`;
  const figures = BUCKETS.map(
    ({ label, name }) => html`<div><dt>${label}</dt><dd>${format.money(totals[name])}</dd></div>`,
  );
  const body = html`<div class="page-head"><div><p class="crumb no-print"><a href="/console/accounts">Credit accounts</a></p>
      <h1>Ageing</h1><p class="lead">What is owed on ${format.day(now)} by days past the due date, in ${wholesaler.currency}. ${late} late.</p></div></div>
    <dl class="figures">${figures}</dl>
    ${owing.length > 0 ? table(owing) : next === null && after === '' ? emptyState('Nothing is owed', 'Deliveries on credit appear here until they are paid.') : emptyState('None of these shops owes anything', 'Go on to the next page.')}
    ${pager({ next: next === null ? null : withQuery(PATH, query, { after: next }), first: after === '' ? null : PATH })}`;
  return { kind: 'page', title: 'Ageing', place: 'accounts', body };

  function table(rows: readonly Ageing[]): SafeHtml {
    return html`<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Shop</th>
        ${BUCKETS.map(({ label }) => html`<th scope="col" class="num">${label}</th>`)}
        <th scope="col" class="num">Owed</th><th scope="col">Oldest due</th></tr></thead>
      <tbody>${rows.map(
        (
          row,
        ) => html`<tr><th scope="row" class="name"><a href="/console/accounts/${encodeURIComponent(row.retailerId)}">${row.retailerName}</a></th>
        ${BUCKETS.map(({ label, name }) => html`<td class="num" data-label="${label}">${row[name] === 0n ? '' : format.money(row[name])}</td>`)}
        <td class="num" data-label="Owed">${format.money(row.owedMinor)}</td>
        <td data-label="Oldest due">${row.oldestDueOn === null ? '' : format.calendarDay(row.oldestDueOn)}</td></tr>`,
      )}</tbody></table></div>`;
  }
}
