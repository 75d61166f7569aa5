import { html, type SafeHtml } from '@remix-run/html-template';
import { countParked, type EventKind, type ListedEvent, listEvents } from '../../inbox/index.ts';
import { isId } from '../../shared/ids.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { badge, emptyState, pager, withQuery } from '../view/components.ts';
import { dayField, readDays } from '../view/days.ts';
import { DELIVERY_STATES, KIND_WORDS, wordsOfDelivery } from '../view/delivery-words.ts';
import { emptyForm, select } from '../view/form.ts';

const PATH = '/console/deliveries';
const PER_PAGE = 50;

export const deliveryListRoutes: readonly ConsoleRoute[] = [page(PATH, 'inspect', list)];

const TABS = [
  { state: undefined, label: 'All' },
  { state: 'parked', label: 'Needs you' },
  { state: 'waiting', label: 'Waiting' },
] as const;

async function list({ deps, wholesaler, query, format }: PageRequest): Promise<PageAnswer> {
  const db = deps.db.prisma;
  const sought = soughtIn(query, wholesaler.timeZone);
  const [{ events, next }, parked] = await Promise.all([
    listEvents(db, { wholesalerId: wholesaler.id, ...sought, limit: PER_PAGE }),
    countParked(db, wholesaler.id),
  ]);
  const tab = ({
    state,
    label,
  }: (typeof TABS)[number]): SafeHtml => html`<li><a href="${withQuery(PATH, query, { state: state ?? '', before: '' })}"
      ${state === sought.state ? html`aria-current="page"` : ''}><span>${label}</span>${state === 'parked' && parked > 0 ? html`<strong>${format.count(parked)}</strong>` : ''}</a></li>`;
  const row = (event: ListedEvent): SafeHtml => {
    const { words, look } = DELIVERY_STATES[event.state];
    return html`<tr><th scope="row"><a href="${PATH}/${event.id}">${format.moment(event.receivedAt)}</a></th>
      <td data-label="What"><span class="break">${KIND_WORDS[event.kind]}: <bdi>${wordsOfDelivery(event)}</bdi></span></td>
      <td data-label="Shop">${event.retailerName ?? ''}</td>
      <td data-label="State"><span>${badge(words, look)}${event.lastError === null ? '' : html` <small class="hint">tried ${format.counted(event.tries, 'time')}</small>`}</span></td></tr>`;
  };
  const values = emptyForm({ kind: query.get('kind') ?? '' });
  const body = html`<div class="page-head"><div><h1>Deliveries</h1>
      <p class="lead">What WhatsApp delivered, as it came, and what was made of it.</p></div></div>
    <nav class="tabs" aria-label="States"><ul>${TABS.map(tab)}</ul></nav>
    <form class="filters" method="get" action="${PATH}" role="search">
      ${sought.state === undefined ? '' : html`<input type="hidden" name="state" value="${sought.state}">`}
      ${select({ name: 'kind', label: 'Kind', state: values, choices: KINDS })}
      ${dayField('from', 'From day', query)}${dayField('to', 'To day', query)}
      <button type="submit">Show</button>
    </form>
    ${
      events.length === 0
        ? nothing(sought.state, next)
        : html`<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Received</th><th scope="col">What</th>
        <th scope="col">Shop</th><th scope="col">State</th></tr></thead><tbody>${events.map(row)}</tbody></table></div>`
    }
    ${pager({ next: next === null ? null : withQuery(PATH, query, { before: next }), first: sought.beforeId === undefined ? null : withQuery(PATH, query, { before: '' }) })}`;
  return { kind: 'page', title: 'Deliveries', place: 'deliveries', body };
}

const KINDS = [
  { value: '', label: 'Every kind' },
  { value: 'message', label: 'Messages' },
  { value: 'status', label: 'Reports on replies' },
  { value: 'notice', label: 'Account news' },
  { value: 'internal', label: 'From within the service' },
];

const nothing = (state: string | undefined, next: string | null): SafeHtml =>
  next !== null
    ? emptyState('Nothing here yet', 'The newest ten thousand were looked through. The next page looks further back.')
    : state === 'parked'
      ? emptyState('Nothing needs you', 'What could not be processed appears here, with the reason.')
      : emptyState('No deliveries', 'What WhatsApp delivers appears here, as far as it fits what is asked for above.');

/** What the address asks for; what cannot be read asks for nothing. */
function soughtIn(query: URLSearchParams, timeZone: string) {
  const [state, kind, before] = ['state', 'kind', 'before'].map((name) => query.get(name) ?? '');
  return {
    state: TABS.find((one) => one.state === state)?.state,
    kind: Object.hasOwn(KIND_WORDS, kind ?? '') ? (kind as EventKind) : undefined,
    ...readDays(query, timeZone),
    beforeId: isId(before ?? '') ? before : undefined,
  };
}
