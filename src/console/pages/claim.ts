import { html, type SafeHtml } from '@remix-run/html-template';
import { inTransaction } from '../../db/index.ts';
import { type IncomingMedia, listMedia } from '../../media/index.ts';
import { type QueuedClaim, refuseClaim, type SameReference } from '../../payments/index.ts';
import { staffNames } from '../../staff/index.ts';
import { refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { badge } from '../view/components.ts';
import { emptyForm, type FormState, form, textarea } from '../view/form.ts';
import { actorWords, methodWords } from '../view/words.ts';
import { claimOf } from './claims.ts';
import { bookForm, paidAccount, paymentFields } from './payment-form.ts';

const QUEUE = '/console/payments/claims';
const PATH = `${QUEUE}/:claimId`;
const REASON_MAX = 300;

export const claimRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'take_payments', (request) => withClaim(request, (claim) => showClaim(request, claim))),
  action(`${PATH}/accept`, 'take_payments', (request) => withClaim(request, (claim) => accept(request, claim))),
  action(`${PATH}/refuse`, 'take_payments', (request) => withClaim(request, (claim) => refuseIt(request, claim))),
];

async function withClaim(request: PageRequest, work: (claim: QueuedClaim) => Promise<PageAnswer>): Promise<PageAnswer> {
  const claim = await claimOf(request);
  return claim === null ? { kind: 'not_found' } : work(claim);
}

async function accept(request: PageRequest, claim: QueuedClaim): Promise<PageAnswer> {
  const { retailerId, claimId } = claim;
  const booked = await bookForm(request, { retailerId, claimId });
  if (booked.kind === 'recorded') {
    return { kind: 'redirect', to: `/console/payments/${booked.paymentId}`, notice: 'claim_recorded' };
  }
  if (booked.code === 'CLAIM_DECIDED') return decidedBefore(request);
  return showClaim(request, claim, { accept: booked.state }, booked.warning);
}

async function refuseIt(request: PageRequest, claim: QueuedClaim): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, actor } = request;
  const reason = (given.get('reason') ?? '').trim();
  if (reason === '') {
    const wrong = refuse(given, { reason: 'Say why: the shop is told in these words.' });
    return showClaim(request, claim, { refuse: wrong });
  }
  const refused = await inTransaction(deps.db, (tx) =>
    refuseClaim(tx, { wholesalerId: wholesaler.id, claimId: claim.claimId, reason, actor }),
  );
  if (refused.kind === 'claim_refused') {
    // A second click of one person is nobody else.
    if (!refused.replayed || claim.decidedBy === actor) return { kind: 'redirect', to: QUEUE, notice: 'claim_refused' };
    return decidedBefore(request);
  }
  if (refused.code === 'CLAIM_DECIDED') return decidedBefore(request);
  return showClaim(request, claim, { refuse: refuse(given, { reason: refused.message }) });
}

/** A colleague was first: the claim as it is now says what became of it. */
const decidedBefore = (request: PageRequest): Promise<PageAnswer> =>
  withClaim(request, (claim) =>
    showClaim(request, claim, {}, html`<p>Somebody else was first. Your answer changed nothing.</p>`),
  );

async function showClaim(
  request: PageRequest,
  claim: QueuedClaim,
  states: { accept?: FormState; refuse?: FormState } = {},
  warning: SafeHtml | null = null,
): Promise<PageAnswer> {
  const { deps, wholesaler, format } = request;
  const db = deps.db.prisma;
  const { photoEventId, retailerId, claimId } = claim;
  const [media, names] = await Promise.all([
    listMedia(db, { wholesalerId: wholesaler.id, eventIds: photoEventId === null ? [] : [photoEventId] }),
    staffNames(db, wholesaler.id),
  ]);
  const isOpen = claim.state === 'open';
  const body = html`<div class="page-head"><div><p class="crumb"><a href="${QUEUE}">Claimed payments</a></p>
      <h1>${claim.retailerName}: ${claim.amountMinor === null ? 'a payment' : format.moneyIn(claim.amountMinor, claim.currency)} ${isOpen ? '' : badge(claim.state, claim.state === 'recorded' ? 'good' : 'bad')}</h1>
      <p class="lead">Said ${format.moment(claim.claimedAt)}. The shop owes ${format.money(claim.owedMinor)}.</p></div></div>
    ${warning === null ? '' : html`<div class="warning" role="alert">${warning}</div>`}
    ${isOpen ? knownReference(claim, request) : ''}
    <div class="columns"><div>
      ${isOpen ? await acceptCard(claim, request, states.accept, warning !== null) : outcomeCard(claim, names, request)}</div>
    <div>${photoEventId === null ? '' : photoCard(claimId, media.get(photoEventId))}
      <section class="card" aria-labelledby="h-said"><h2 id="h-said">What the shop says</h2><dl class="facts">
        <dt>Shop</dt><dd><a href="/console/accounts/${encodeURIComponent(retailerId)}">${claim.retailerName}</a></dd>
        <dt>Amount</dt><dd>${claim.amountMinor === null ? 'not said' : format.moneyIn(claim.amountMinor, claim.currency)}</dd>
        <dt>How</dt><dd>${claim.method === null ? 'not said' : methodWords(claim.method)}</dd>
        <dt>Reference</dt><dd>${claim.reference ?? 'not said'}</dd></dl></section>
      ${isOpen ? refuseCard(claim, request, states.refuse) : ''}</div></div>`;
  const isWrong = states.accept !== undefined || states.refuse !== undefined;
  const status = isWrong ? 422 : warning === null ? 200 : 409;
  return { kind: 'page', title: 'Claimed payment', place: 'payments', body, status };
}

/** Where else the reference stands: one transfer may pay for two shops, or one slip be shown twice. */
function knownReference({ sameReference, retailerId, reference }: QueuedClaim, { format }: PageRequest): SafeHtml {
  if (sameReference.length === 0) return html``;
  const place = ({ what, id, retailerId: whose, amountMinor, at }: SameReference): SafeHtml => html`<li><a href="${
    what === 'payment' ? `/console/payments/${id}` : `${QUEUE}/${id}`
  }">${what === 'payment' ? 'recorded' : 'claimed'} ${format.moment(at)}${amountMinor === null ? '' : `, ${format.money(amountMinor)}`}</a>
      ${whose === retailerId ? 'for this shop' : html`for <a href="/console/accounts/${encodeURIComponent(whose)}">${whose}</a>`}</li>`;
  return html`<div class="warning"><p>The reference ${reference} is known already:</p><ul>${sameReference.map(place)}</ul></div>`;
}

async function acceptCard(
  claim: QueuedClaim,
  request: PageRequest,
  state: FormState | undefined,
  isWarned: boolean,
): Promise<SafeHtml> {
  const { csrfToken, format } = request;
  const paid = await paidAccount(request, claim.retailerId);
  if (paid === null) {
    return html`<p class="warning">This shop has no account, so nothing can be recorded for it.</p>`;
  }
  const said = emptyForm({
    amount: claim.amountMinor === null ? '' : format.money(claim.amountMinor),
    method: claim.method ?? 'transfer',
    reference: claim.reference ?? '',
    how: 'oldest',
  });
  const shown = state ?? said;
  return html`<section class="card" aria-labelledby="h-accept"><h2 id="h-accept">Accept it</h2>
    <p class="hint">Look whether the money came. What you record is booked, and the shop gets its receipt.</p>
    ${form(
      { action: `${QUEUE}/${claim.claimId}/accept`, csrfToken, state: shown, submit: 'Record payment' },
      paymentFields(paid, { state: shown, isWarned, autofocus: false }, request),
    )}</section>`;
}

function refuseCard({ claimId }: QueuedClaim, { csrfToken }: PageRequest, state: FormState | undefined): SafeHtml {
  const shown = state ?? emptyForm();
  return html`<details class="card" ${state === undefined ? '' : html`open`}><summary>Refuse it</summary>
    ${form({ action: `${QUEUE}/${claimId}/refuse`, csrfToken, state: shown, submit: 'Refuse', danger: true }, [
      textarea({
        name: 'reason',
        label: 'Why',
        state: shown,
        rows: 2,
        maxlength: REASON_MAX,
        hint: 'The shop is told in these words, such as: nothing came into our bank.',
      }),
    ])}</details>`;
}

function outcomeCard(claim: QueuedClaim, names: ReadonlyMap<string, string>, { format }: PageRequest): SafeHtml {
  const { state, decidedAt, decidedBy, refusal, paymentId } = claim;
  return html`<section class="card" aria-labelledby="h-outcome"><h2 id="h-outcome">${state === 'recorded' ? 'Recorded' : 'Refused'}</h2><dl class="facts">
    ${decidedBy === null ? '' : html`<dt>By</dt><dd>${actorWords(decidedBy, names)}</dd>`}
    ${decidedAt === null ? '' : html`<dt>When</dt><dd>${format.moment(decidedAt)}</dd>`}
    ${refusal === null ? '' : html`<dt>Told to the shop</dt><dd dir="auto">${refusal}</dd>`}</dl>
    ${paymentId === null ? '' : html`<p><a class="button" href="/console/payments/${paymentId}">Look at the payment</a></p>`}</section>`;
}

const NOT_THERE: Record<Exclude<IncomingMedia['state'], 'kept'>, string> = {
  waiting: 'It is being fetched from WhatsApp: look again in a moment.',
  refused: 'It was not taken.',
  lost: 'It could not be fetched.',
  removed: 'It was removed, since it is old.',
};

function photoCard(claimId: string, media: Omit<IncomingMedia, 'bytes'> | undefined): SafeHtml {
  const to = `${QUEUE}/${claimId}/photo`;
  const shown =
    media === undefined
      ? html`<p class="muted">It was not kept.</p>`
      : media.state !== 'kept'
        ? html`<p class="muted">${NOT_THERE[media.state]}</p>`
        : media.kind === 'image'
          ? html`<a class="file" href="${to}"><img src="${to}" alt="The picture that the shop sent of its payment"></a>`
          : html`<a href="${to}">${media.filename ?? 'The file that the shop sent'}</a>`;
  return html`<section class="card" aria-labelledby="h-photo"><h2 id="h-photo">Picture</h2>${shown}</section>`;
}
