import { html, type SafeHtml } from '@remix-run/html-template';
import { inTransaction } from '../../db/index.ts';
import {
  type LineHealth,
  type LineTrouble,
  type ListedMessage,
  listMessages,
  type OutboxState,
  outboxTroubles,
  readLineHealth,
  stateWords,
  tryLineNow,
  wordsOf,
} from '../../outbox/index.ts';
import { isId } from '../../shared/ids.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { withoutMarks } from '../view/chat.ts';
import { badge, emptyState, pager, withQuery } from '../view/components.ts';
import { short } from '../view/delivery-words.ts';
import { form } from '../view/form.ts';
import { TROUBLE_WORDS, whyOf } from '../view/reply-words.ts';

const PATH = '/console/outbox';
const PER_PAGE = 50;

export const outboxRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'watch_sending', list),
  action(`${PATH}/lines/:lineId/try`, 'work_sending', tryLine),
];

type Tab = { show: string; label: string; states?: readonly OutboxState[]; empty: [title: string, words: string] };

const TABS: readonly Tab[] = [
  {
    show: '',
    label: 'Needs you',
    states: ['failed', 'uncertain'],
    empty: ['Nothing is stuck', 'Replies that do not go by themselves appear here, with the reason.'],
  },
  {
    show: 'waiting',
    label: 'Waiting',
    states: ['queued', 'sending'],
    empty: ['Nothing waits', 'Replies leave within a second, unless WhatsApp asks for a rest.'],
  },
  { show: 'all', label: 'All', empty: ['No replies yet', 'What shops are told appears here.'] },
];

async function list(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, query, format } = request;
  const db = deps.db.prisma;
  const tab = TABS.find(({ show }) => show === query.get('show')) ?? TABS[0];
  const before = query.get('before') ?? '';
  const beforeId = isId(before) ? before : undefined;
  const [{ messages, next }, lines, counts] = await Promise.all([
    listMessages(db, { wholesalerId: wholesaler.id, states: tab?.states, beforeId, limit: PER_PAGE }),
    readLineHealth(db, wholesaler.id),
    outboxTroubles(db, wholesaler.id),
  ]);
  const counted: Record<string, number> = { '': counts.failed + counts.uncertain, waiting: counts.waiting };
  const tabs = TABS.map(
    ({
      show,
      label,
    }) => html`<li><a href="${withQuery(PATH, query, { show, before: '' })}" ${show === tab?.show ? html`aria-current="page"` : ''}>
      <span>${label}</span>${counted[show] ? html`<strong>${format.count(counted[show])}</strong>` : ''}</a></li>`,
  );
  const stuck = lines.filter(({ troubles }) => troubles.length > 0);
  const body = html`<div class="page-head"><div><h1>Outbox</h1>
      <p class="lead">What shops are told, and what keeps it from reaching them.</p></div></div>
    <div id="live" class="stack-gap" hx-get="${request.here}" hx-select="#live" hx-trigger="every 10s" hx-swap="outerHTML">
    ${stuck.length === 0 ? '' : html`<div class="grid">${stuck.map((line) => lineCard(line, request))}</div>`}
    <nav class="tabs" aria-label="Replies"><ul>${tabs}</ul></nav>
    ${messages.length === 0 ? emptyState(...(tab?.empty ?? ['Nothing', ''])) : messageTable(messages, request)}
    </div>
    ${pager({ next: next === null ? null : withQuery(PATH, query, { before: next }), first: beforeId === undefined ? null : withQuery(PATH, query, { before: '' }) })}`;
  return { kind: 'page', title: 'Outbox', place: 'outbox', body };
}

function messageTable(messages: readonly ListedMessage[], { format }: PageRequest): SafeHtml {
  const row = (message: ListedMessage): SafeHtml => {
    const { words, look } = stateWords(message.state);
    const why = whyOf(message);
    return html`<tr><th scope="row"><a href="${PATH}/${message.id}">${format.moment(message.createdAt)}</a></th>
      <td data-label="To">${message.toName ?? 'somebody unknown'}</td>
      <td data-label="Words"><span class="break" dir="auto">${short(withoutMarks(wordsOf(message.reply)))}</span></td>
      <td data-label="State"><span>${badge(words, look)}${why === null ? '' : html` <small class="hint break">${short(why)}</small>`}</span></td></tr>`;
  };
  return html`<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Queued</th><th scope="col">To</th>
    <th scope="col">Words</th><th scope="col">State</th></tr></thead><tbody>${messages.map(row)}</tbody></table></div>`;
}

/** A number that does not send as it should: why, since when, and what ends it. */
export function lineCard(line: LineHealth, { format, may, csrfToken, now }: PageRequest): SafeHtml {
  const trouble = ({ kind, since, until, metaCode, tries, hint }: LineTrouble): SafeHtml => {
    const { words, means, look } = TROUBLE_WORDS[kind];
    return html`<p>${badge(words, look)} ${means}</p>${hint === null ? '' : html`<p><strong>What to do:</strong> ${hint}</p>`}
      <dl class="facts">${since === null ? '' : html`<dt>Since</dt><dd>${format.moment(since)}</dd>`}
        ${metaCode === null ? '' : html`<dt>Meta's code</dt><dd>${metaCode}</dd>`}
        <dt>Tried</dt><dd>${format.counted(tries, 'time')}</dd>
        <dt>Tried next</dt><dd>${until > now ? format.moment(until) : 'with the next reply'}</dd></dl>`;
  };
  const rests = line.troubles.some(({ kind, until }) => kind !== 'slowed' && until > now);
  return html`<article class="card"><div class="card-head"><h2>${line.displayPhone}</h2>
      <span class="muted">${line.waiting === 0 ? 'nothing waits' : html`${format.count(line.waiting)} waiting${line.waitingSince === null ? '' : html`, since ${format.moment(line.waitingSince)}`}`}</span></div>
    ${line.troubles.map(trouble)}
    ${rests && may('work_sending') ? form({ action: `${PATH}/lines/${line.lineId}/try`, csrfToken, submit: 'Try now' }, [html`<p class="hint">Once it is mended. One reply is tried; when WhatsApp takes it, the others leave.</p>`]) : ''}</article>`;
}

async function tryLine({ deps, wholesaler, param, actor }: PageRequest): Promise<PageAnswer> {
  const lineId = param('lineId');
  const lines = isId(lineId) ? await readLineHealth(deps.db.prisma, wholesaler.id) : [];
  if (!lines.some((line) => line.lineId === lineId)) return { kind: 'not_found' };
  const asked = { wholesalerId: wholesaler.id, lineId, by: actor };
  const isTried = await inTransaction(deps.db, (tx) => tryLineNow(tx, asked));
  return { kind: 'redirect', to: PATH, notice: isTried ? 'line_tried' : 'line_not_resting' };
}
