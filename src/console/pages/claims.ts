import { html, type SafeHtml } from '@remix-run/html-template';
import { countOpenClaims, listClaims, type QueuedClaim, readClaim } from '../../payments/index.ts';
import { isId } from '../../shared/ids.ts';
import { staffNames } from '../../staff/index.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { badge, emptyState, pager, withQuery } from '../view/components.ts';
import { actorWords, methodWords } from '../view/words.ts';
import { mediaFile } from './media.ts';

const PATH = '/console/payments/claims';
const PER_PAGE = 50;

export const claimListRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'take_payments', list),
  page(`${PATH}/:claimId/photo`, 'take_payments', async (request) => {
    const claim = await claimOf(request);
    return claim === null || claim.photoEventId === null
      ? { kind: 'not_found' }
      : mediaFile(request, claim.photoEventId);
  }),
];

/** The claim that the path names; null where this wholesaler has none. */
export async function claimOf({ deps, wholesaler, param }: PageRequest): Promise<QueuedClaim | null> {
  const claimId = param('claimId');
  return isId(claimId) ? readClaim(deps.db.prisma, wholesaler.id, claimId) : null;
}

/** What shops say that they paid: first what waits for the cashier, longest waiting first. */
async function list(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, query } = request;
  const db = deps.db.prisma;
  const isDecided = query.get('state') === 'decided';
  const after = query.get('after') ?? '';
  const afterId = isId(after) ? after : undefined;
  const [found, waiting, names] = await Promise.all([
    listClaims(db, {
      wholesalerId: wholesaler.id,
      state: isDecided ? 'decided' : 'open',
      afterId,
      limit: PER_PAGE + 1,
    }),
    countOpenClaims(db, wholesaler.id),
    staffNames(db, wholesaler.id),
  ]);
  const claims = found.slice(0, PER_PAGE);
  const last = claims.at(-1);
  const next = found.length > PER_PAGE && last ? withQuery(PATH, query, { after: last.claimId }) : null;
  const nothing = isDecided
    ? emptyState('Nothing was decided yet')
    : emptyState('No payment waits', 'What shops write of their payments, and pictures of their slips, appear here.');
  const body = html`<div class="page-head"><div><h1>Payments</h1>
      <p class="lead">What shops say that they paid. Nothing counts before you accept it.</p></div></div>
    ${paymentTabs(isDecided ? 'decided' : 'open', waiting, request)}
    ${claims.length === 0 ? nothing : isDecided ? decidedTable(claims, names, request) : openTable(claims, request)}
    ${pager({ next, first: afterId === undefined ? null : withQuery(PATH, query, { after: '' }) })}`;
  return { kind: 'page', title: 'Claimed payments', place: 'payments', body };
}

/** From recorded payments to claims and back, for those who may take payments. */
export function paymentTabs(
  here: 'recorded' | 'open' | 'decided',
  waiting: number,
  { format, may }: PageRequest,
): SafeHtml {
  if (!may('take_payments')) return html``;
  const tab = (key: typeof here, to: string, label: string, count = 0): SafeHtml =>
    html`<li><a href="${to}" ${key === here ? html`aria-current="page"` : ''}><span>${label}</span>${count === 0 ? '' : html`<strong>${format.count(count)}</strong>`}</a></li>`;
  return html`<nav class="tabs" aria-label="Payments"><ul>
    ${tab('recorded', '/console/payments', 'Recorded')}
    ${tab('open', PATH, 'Claimed, to check', waiting)}
    ${tab('decided', `${PATH}?state=decided`, 'Claimed, decided')}</ul></nav>`;
}

const amountOf = ({ amountMinor, currency }: QueuedClaim, { format }: PageRequest): SafeHtml =>
  amountMinor === null ? html`<span class="muted">not said</span>` : html`${format.moneyIn(amountMinor, currency)}`;

function openTable(claims: readonly QueuedClaim[], request: PageRequest): SafeHtml {
  const { format } = request;
  return html`<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Shop</th><th scope="col">Said</th><th scope="col">How</th>
      <th scope="col">Reference</th><th scope="col" class="num">Amount</th><th scope="col" class="num">Owed now</th><th scope="col">Picture</th></tr></thead>
    <tbody>${claims.map(
      (claim) => html`<tr><th scope="row"><a href="${PATH}/${claim.claimId}">${claim.retailerName}</a></th>
      <td data-label="Said">${format.moment(claim.claimedAt)}</td>
      <td data-label="How">${claim.method === null ? '' : methodWords(claim.method)}</td>
      <td data-label="Reference">${claim.reference ?? ''}${claim.sameReference.length === 0 ? '' : html` ${badge('known already', 'warn')}`}</td>
      <td data-label="Amount" class="num">${amountOf(claim, request)}</td>
      <td data-label="Owed now" class="num">${format.money(claim.owedMinor)}</td>
      <td data-label="Picture">${claim.photoEventId === null ? '' : 'yes'}</td></tr>`,
    )}</tbody></table></div>`;
}

function decidedTable(
  claims: readonly QueuedClaim[],
  names: ReadonlyMap<string, string>,
  request: PageRequest,
): SafeHtml {
  const { format } = request;
  return html`<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Shop</th><th scope="col">Said</th><th scope="col">Reference</th>
      <th scope="col">What became of it</th><th scope="col">By</th><th scope="col" class="num">Amount</th></tr></thead>
    <tbody>${claims.map(
      (claim) => html`<tr><th scope="row"><a href="${PATH}/${claim.claimId}">${claim.retailerName}</a></th>
      <td data-label="Said">${format.moment(claim.claimedAt)}</td>
      <td data-label="Reference">${claim.reference ?? ''}</td>
      <td data-label="What became of it"><span>${claim.state === 'recorded' ? badge('recorded', 'good') : html`${badge('refused', 'bad')} <small class="hint">${claim.refusal ?? ''}</small>`}</span></td>
      <td data-label="By">${claim.decidedBy === null ? '' : actorWords(claim.decidedBy, names)}</td>
      <td data-label="Amount" class="num">${amountOf(claim, request)}</td></tr>`,
    )}</tbody></table></div>`;
}
