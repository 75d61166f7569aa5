import { html, type SafeHtml } from '@remix-run/html-template';
import { findRetailers } from '../../catalogue/index.ts';
import { inTransaction } from '../../db/index.ts';
import {
  approveRegistration,
  confirmLink,
  type Link,
  listLinks,
  listRegistrations,
  type Registration,
  refuseLink,
  refuseRegistration,
} from '../../people/index.ts';
import { isId } from '../../shared/ids.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { emptyState } from '../view/components.ts';
import { emptyForm, form, select } from '../view/form.ts';

const PATH = '/console/people';
const SHOPS_OFFERED = 500;

export const peopleRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'link_people', (request) => showPeople(request, null)),
  action(`${PATH}/requests/:requestId/approve`, 'link_people', approve),
  action(`${PATH}/requests/:requestId/refuse`, 'link_people', refuseRequest),
  action(`${PATH}/links/:linkId/confirm`, 'link_people', (request) =>
    decideLink(request, confirmLink, 'link_confirmed'),
  ),
  action(`${PATH}/links/:linkId/refuse`, 'link_people', (request) => decideLink(request, refuseLink, 'link_refused')),
];

async function showPeople(request: PageRequest, trouble: string | null): Promise<PageAnswer> {
  const { deps, wholesaler } = request;
  const db = deps.db.prisma;
  const [requests, links, shops] = await Promise.all([
    listRegistrations(db, wholesaler.id),
    listLinks(db, wholesaler.id),
    findRetailers(db, { wholesalerId: wholesaler.id, words: '', limit: SHOPS_OFFERED }),
  ]);
  const choices = [
    { value: '', label: 'Choose the shop' },
    ...shops.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const body = html`<div class="page-head"><div><h1>People</h1>
      <p class="lead">Whoever is linked to a shop can order on its account.</p></div></div>
    ${trouble === null ? '' : html`<p class="warning" role="alert">${trouble}</p>`}
    <section class="stack-gap" aria-labelledby="h-requests"><h2 id="h-requests">Ask to be registered</h2>
      ${requests.length === 0 ? emptyState('Nobody waits', 'Whoever writes without being known appears here.') : html`<div class="grid">${requests.map(requestCard)}</div>`}</section>
    <section class="stack-gap" aria-labelledby="h-links"><h2 id="h-links">Say they belong to a shop</h2>
      ${links.length === 0 ? emptyState('Nothing to confirm', 'A new number of a known shop appears here until somebody is sure whose it is.') : html`<div class="grid">${links.map(linkCard)}</div>`}</section>`;
  return { kind: 'page', title: 'People', place: 'people', body, status: trouble === null ? 200 : 422 };

  function requestCard(one: Registration): SafeHtml {
    const to = `${PATH}/requests/${one.id}`;
    return html`<article class="card narrow"><h3>${one.profileName ?? 'No name shown'}</h3><dl class="facts">
        ${facts([
          ['Phone', phone(one.phone)],
          ['Phone, as they say', phone(one.givenPhone)],
          ['WhatsApp id', one.bsuid],
        ])}
        <dt>Asked</dt><dd>${request.format.moment(one.createdAt)}</dd></dl>
      ${form({ action: `${to}/approve`, csrfToken: request.csrfToken, submit: 'Link to this shop' }, [
        select({
          name: 'retailer',
          label: 'Shop',
          state: emptyForm(),
          choices,
          id: `retailer-${one.id}`,
          ...(request.may('change_credit') && {
            hint: html`Not in the list? <a href="/console/shops">Add the shop</a> first.`,
          }),
        }),
      ])}
      ${form({ action: `${to}/refuse`, csrfToken: request.csrfToken, submit: 'Refuse', danger: true }, [])}</article>`;
  }

  function linkCard(link: Link): SafeHtml {
    const to = `${PATH}/links/${link.id}`;
    const shop = shops.find(({ id }) => id === link.retailerId)?.name ?? link.retailerId;
    return html`<article class="card narrow"><h3>${shop}</h3><p>${LINK_REASONS[link.reason] ?? link.reason}</p><dl class="facts">
        ${facts([
          ['New phone', phone(link.phone)],
          ['New WhatsApp id', link.bsuid],
        ])}
        <dt>Since</dt><dd>${request.format.moment(link.createdAt)}</dd></dl>
      <p class="hint">Call the shop on the number that you know before you confirm.</p>
      <div class="actions">${form({ action: `${to}/confirm`, csrfToken: request.csrfToken, submit: 'It is them' }, [])}
        ${form({ action: `${to}/refuse`, csrfToken: request.csrfToken, submit: 'It is not', danger: true }, [])}</div></article>`;
  }
}

const LINK_REASONS: Record<string, string> = {
  number_changed: 'WhatsApp says that the shop changed its number.',
  id_changed: 'The phone is the same; the WhatsApp id behind it is new.',
  identity_changed: 'WhatsApp says that somebody else may use this chat.',
  known_phone: 'A new WhatsApp id writes from the phone of the shop.',
  known_parent: 'Somebody of the same business writes.',
  contact_card: 'The shop sent this contact.',
  id_of_two: 'Two shops are said to have this id.',
};

const phone = (digits: string | null): string | null => (digits === null ? null : `+${digits}`);

const facts = (rows: [label: string, value: string | null][]): SafeHtml[] =>
  rows.flatMap(([label, value]) => (value === null ? [] : [html`<dt>${label}</dt><dd>${value}</dd>`]));

async function approve(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, param, form: given, actor } = request;
  const requestId = param('requestId');
  if (!isId(requestId)) return { kind: 'not_found' };
  const retailerId = given.get('retailer') ?? '';
  const decision = { wholesalerId: wholesaler.id, requestId, by: actor, retailerId };
  const decided = await inTransaction(deps.db, (tx) => approveRegistration(tx, decision));
  switch (decided.kind) {
    case 'approved':
      return { kind: 'redirect', to: PATH, notice: 'registration_approved' };
    case 'not_found':
      return { kind: 'not_found' };
    case 'no_such_retailer':
      return showPeople(request, 'Choose the shop that this person belongs to.');
    case 'taken':
      return showPeople(request, 'This phone or id became known as a shop meanwhile. Look at the list again.');
    default:
      return showPeople(request, 'Somebody decided this meanwhile.');
  }
}

async function refuseRequest(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, param, actor } = request;
  const requestId = param('requestId');
  if (!isId(requestId)) return { kind: 'not_found' };
  const decision = { wholesalerId: wholesaler.id, requestId, by: actor };
  const decided = await inTransaction(deps.db, (tx) => refuseRegistration(tx, decision));
  if (decided.kind === 'not_found') return { kind: 'not_found' };
  if (decided.kind === 'refused') return { kind: 'redirect', to: PATH, notice: 'registration_refused' };
  return showPeople(request, 'Somebody decided this meanwhile.');
}

async function decideLink(request: PageRequest, decide: typeof confirmLink, notice: string): Promise<PageAnswer> {
  const { deps, wholesaler, param, actor } = request;
  const linkId = param('linkId');
  if (!isId(linkId)) return { kind: 'not_found' };
  const decided = await inTransaction(deps.db, (tx) => decide(tx, { wholesalerId: wholesaler.id, linkId, by: actor }));
  if (decided.kind === 'not_found') return { kind: 'not_found' };
  if (decided.kind === 'confirmed' || decided.kind === 'refused') return { kind: 'redirect', to: PATH, notice };
  return showPeople(request, 'Somebody decided this meanwhile, or it waited too long.');
}
