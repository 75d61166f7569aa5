import { Buffer } from 'node:buffer';
import { html, type SafeHtml } from '@remix-run/html-template';
import { inTransaction } from '../../db/index.ts';
import { type EventSheet, processAgain, readEvent, setAside } from '../../inbox/index.ts';
import { messageOfStatus } from '../../outbox/index.ts';
import { isId } from '../../shared/ids.ts';
import { type EventTrace, readTrace } from '../../trace/index.ts';
import { refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { badge } from '../view/components.ts';
import { DELIVERY_STATES, KIND_WORDS, wordsOfDelivery } from '../view/delivery-words.ts';
import { emptyForm, type FormState, form, input } from '../view/form.ts';
import { traceCards } from '../view/trace-cards.ts';

const LIST = '/console/deliveries';
const PATH = `${LIST}/:deliveryId`;
/** So much of a delivery stands on its page; the whole of it can be downloaded. */
const SHOWN_MAX = 20_000;

export const deliveryRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'inspect', (request) => withEvent(request, (event) => show(request, event))),
  page(`${PATH}/payload`, 'inspect', (request) => withEvent(request, async (event) => payloadFile(event))),
  action(`${PATH}/again`, 'inspect', (request) => withEvent(request, (event) => again(request, event))),
  action(`${PATH}/set-aside`, 'inspect', (request) => withEvent(request, (event) => aside(request, event))),
];

async function withEvent(
  { deps, wholesaler, param }: PageRequest,
  work: (event: EventSheet) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  const id = param('deliveryId');
  const event = isId(id) ? await readEvent(deps.db.prisma, { wholesalerId: wholesaler.id, id }) : null;
  return event === null ? { kind: 'not_found' } : work(event);
}

async function show(request: PageRequest, event: EventSheet, state?: FormState): Promise<PageAnswer> {
  const { deps, wholesaler } = request;
  const db = deps.db.prisma;
  const trace = await readTrace(db, { wholesalerId: wholesaler.id, id: event.id });
  const replyId =
    event.kind === 'status' ? await messageOfStatus(db, { wholesalerId: wholesaler.id, eventId: event.id }) : null;
  const { words, look } = DELIVERY_STATES[event.state];
  // What waits is looked at again until it was worked on; the answer to that has no trigger any more.
  const again =
    event.state === 'waiting' && state === undefined
      ? html`hx-get="${LIST}/${event.id}" hx-select="#live" hx-trigger="every 1s" hx-swap="outerHTML"`
      : '';
  const body = html`<div id="live" class="stack-gap" ${again}><div class="page-head"><div><p class="crumb"><a href="${LIST}">Deliveries</a></p>
      <h1>${KIND_WORDS[event.kind]} ${badge(words, look)}</h1>
      <p class="lead break" dir="auto">${wordsOfDelivery(event)}</p>
      ${replyId === null ? '' : html`<p><a href="/console/outbox/${replyId}">The reply that it speaks of</a></p>`}</div></div>
    ${event.state === 'parked' ? decide(request, event, state) : decided(event)}
    <div class="columns">
      <div>${trace === null ? '' : traceCards(trace, request.format)}${payloadCard(event)}</div>
      <div>${factsCard(request, event, trace)}</div>
    </div></div>`;
  return { kind: 'page', title: 'Delivery', place: 'deliveries', body, status: state === undefined ? 200 : 422 };
}

/** What can be done about one that could not be processed. */
function decide({ csrfToken, format }: PageRequest, event: EventSheet, state = emptyForm()): SafeHtml {
  const to = `${LIST}/${event.id}`;
  return html`<section class="card" aria-labelledby="h-decide"><h2 id="h-decide">It could not be processed</h2>
    <p>It was tried ${format.counted(event.tries, 'time')}, changed nothing, and its sender was told that somebody will look at it.</p>
    ${event.lastError === null ? '' : html`<pre tabindex="0" aria-label="The error">${event.lastError}</pre>`}
    ${form({ action: `${to}/again`, csrfToken, submit: 'Process again' }, [
      html`<p class="hint">Once the reason is mended. It is decided on as things are today, once, however often this is pressed; an order
        that is more than an hour old is shown to the shop again before it is placed.</p>`,
    ])}
    <details ${state.errors.reason === undefined ? '' : html`open`}><summary>Nothing more is to be done</summary>
      ${form({ action: `${to}/set-aside`, csrfToken, state, submit: 'Set aside' }, [
        input({
          name: 'reason',
          label: 'Why',
          state,
          maxlength: 200,
          hint: 'Stands in the audit under your name, such as: called the shop.',
        }),
      ])}</details></section>`;
}

/** What came of one that staff decided about, and of what it came. */
function decided({ againAs, againOf, state, lastError }: EventSheet): SafeHtml {
  if (againOf !== null) {
    return html`<p class="hint">This is <a href="${LIST}/${againOf}">an earlier delivery</a>, processed again.</p>`;
  }
  if (againAs !== null) {
    return html`<p class="notice">It could not be processed at first, and was <a href="${LIST}/${againAs}">processed again</a>.</p>`;
  }
  if (state !== 'kept' || lastError === null) return html``;
  return html`<p class="notice">It could not be processed (${lastError}), and somebody set it aside; the audit says who, and why.</p>`;
}

function payloadCard(event: EventSheet): SafeHtml {
  const whole = JSON.stringify(event.payload, null, 2);
  const isCut = whole.length > SHOWN_MAX;
  return html`<section class="card" aria-labelledby="h-payload"><div class="card-head"><h2 id="h-payload">As it was delivered</h2>
      <a href="${LIST}/${event.id}/payload">Download</a></div>
    ${isCut ? html`<p class="hint">The first ${SHOWN_MAX} of ${whole.length} characters.</p>` : ''}
    <pre class="payload" tabindex="0" aria-label="The delivery as JSON">${isCut ? `${whole.slice(0, SHOWN_MAX)}\n...` : whole}</pre></section>`;
}

function payloadFile(event: EventSheet): PageAnswer {
  const body = Buffer.from(`${JSON.stringify(event.payload, null, 2)}\n`);
  return { kind: 'file', contentType: 'application/json; charset=utf-8', filename: `delivery-${event.id}.json`, body };
}

function factsCard({ format }: PageRequest, event: EventSheet, trace: EventTrace | null): SafeHtml {
  const { sentAt, receivedAt, doneAt, codeVersion, tries } = event;
  const tookMs = doneAt === null ? null : Math.max(0, doneAt.getTime() - receivedAt.getTime());
  const { profileName, phone, bsuid } = trace?.sender ?? {};
  const rows: [label: string, value: string | SafeHtml | null | undefined][] = [
    [
      'Shop',
      trace?.retailer &&
        html`<a href="/console/accounts/${encodeURIComponent(trace.retailer.id)}">${trace.retailer.name}</a>`,
    ],
    ['Name shown', profileName],
    ['Phone', phone && `+${phone}`],
    ['WhatsApp id', bsuid],
    ['Line', event.linePhone],
    ['Sent', format.moment(sentAt)],
    ['Received', format.moment(receivedAt)],
    ['Worked on', doneAt && html`${format.moment(doneAt)}, ${format.count(tookMs ?? 0)} ms after it came`],
    ['Tried alone', tries === 0 ? null : format.count(tries)],
    ['By release', codeVersion],
    ['Key', html`<span class="mono">${event.eventKey}</span>`],
    ['Id', html`<span class="mono">${event.id}</span>`],
  ];
  return html`<section class="card" aria-labelledby="h-facts"><h2 id="h-facts">Where it came from</h2><dl class="facts">
    ${rows.map(([label, value]) => (value === null || value === undefined || value === '' ? '' : html`<dt>${label}</dt><dd>${value}</dd>`))}</dl></section>`;
}

async function again({ deps, wholesaler, actor }: PageRequest, event: EventSheet): Promise<PageAnswer> {
  const asked = { wholesalerId: wholesaler.id, id: event.id, by: actor };
  const answer = await inTransaction(deps.db, (tx) => processAgain(tx, asked));
  if (answer.kind === 'queued') return { kind: 'redirect', to: `${LIST}/${answer.id}`, notice: 'delivery_again' };
  // Somebody decided meanwhile, or there is nothing to decide: the page says how it stands.
  return { kind: 'redirect', to: `${LIST}/${event.id}`, notice: 'delivery_decided' };
}

async function aside(request: PageRequest, event: EventSheet): Promise<PageAnswer> {
  const { deps, wholesaler, actor, form: given } = request;
  const reason = (given.get('reason') ?? '').trim().slice(0, 300);
  const to = `${LIST}/${event.id}`;
  if (reason === '' && event.state === 'parked') {
    return show(request, event, refuse(given, { reason: 'Say why: the next person will ask.' }));
  }
  const asked = { wholesalerId: wholesaler.id, id: event.id, by: actor, reason };
  const answer = await inTransaction(deps.db, (tx) => setAside(tx, asked));
  const notice = answer.kind === 'set_aside' ? 'delivery_aside' : 'delivery_decided';
  return { kind: 'redirect', to, notice };
}
