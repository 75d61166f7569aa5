import { html, type SafeHtml } from '@remix-run/html-template';
import { inTransaction, type Tx } from '../../db/index.ts';
import {
  asRead,
  type Decided,
  dropReply,
  type MessageSheet,
  parkReply,
  readMessageSheet,
  sendAgain,
  stateWords,
} from '../../outbox/index.ts';
import { isId } from '../../shared/ids.ts';
import { staffNames } from '../../staff/index.ts';
import { refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { withBold } from '../view/chat.ts';
import { badge } from '../view/components.ts';
import { emptyForm, type FormState, form, input } from '../view/form.ts';
import { NOT_NOW_WORDS, whyOf } from '../view/reply-words.ts';
import { actorWords } from '../view/words.ts';

const LIST = '/console/outbox';
const PATH = `${LIST}/:messageId`;

type Doing = 'again' | 'park' | 'drop';
type Wanted = { wholesalerId: string; id: string; by: string; seen: string; reason: string };

const DOING: Record<Doing, { decide(tx: Tx, wanted: Wanted): Promise<Decided>; notice: string; needsReason: boolean }> =
  {
    again: { decide: sendAgain, notice: 'reply_again', needsReason: false },
    park: { decide: parkReply, notice: 'reply_parked', needsReason: true },
    drop: { decide: dropReply, notice: 'reply_dropped', needsReason: true },
  };

export const replyRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'watch_sending', (request) => withMessage(request, (message) => show(request, message))),
  ...(['again', 'park', 'drop'] as const).map((doing) =>
    action(`${PATH}/${doing}`, 'work_sending', (request) =>
      withMessage(request, (message) => decide(request, message, doing)),
    ),
  ),
];

async function withMessage(
  { deps, wholesaler, param }: PageRequest,
  work: (message: MessageSheet) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  const id = param('messageId');
  const message = isId(id) ? await readMessageSheet(deps.db.prisma, { wholesalerId: wholesaler.id, id }) : null;
  return message === null ? { kind: 'not_found' } : work(message);
}

async function decide(request: PageRequest, message: MessageSheet, doing: Doing): Promise<PageAnswer> {
  const { deps, wholesaler, actor, form: given } = request;
  const { decide, notice, needsReason } = DOING[doing];
  const reason = (given.get(`${doing}Reason`) ?? '').trim().slice(0, 300);
  if (needsReason && reason === '') {
    return show(request, message, {
      [doing]: refuse(given, { [`${doing}Reason`]: 'Say why: the next person will ask.' }),
    });
  }
  const wanted = { wholesalerId: wholesaler.id, id: message.id, by: actor, seen: given.get('seen') ?? '', reason };
  const answer = await inTransaction(deps.db, (tx) => decide(tx, wanted));
  switch (answer.kind) {
    case 'done':
      return { kind: 'redirect', to: `${LIST}/${message.id}`, notice };
    case 'not_found':
      return { kind: 'not_found' };
    case 'not_now': {
      // As it is now, which is what the next decision is about.
      const now = await readMessageSheet(deps.db.prisma, { wholesalerId: wholesaler.id, id: message.id });
      return show(request, now ?? message, {}, NOT_NOW_WORDS[answer.because]);
    }
  }
}

async function show(
  request: PageRequest,
  message: MessageSheet,
  states: Partial<Record<Doing, FormState>> = {},
  trouble: string | null = null,
): Promise<PageAnswer> {
  const { deps, wholesaler, may } = request;
  const names = await staffNames(deps.db.prisma, wholesaler.id);
  const { words, look } = stateWords(message.state);
  const why = whyOf(message);
  const status = trouble !== null ? 409 : Object.keys(states).length > 0 ? 422 : 200;
  const body = html`<div class="page-head"><div><p class="crumb"><a href="${LIST}">Outbox</a></p>
      <h1>Reply to ${message.toName ?? 'somebody unknown'} ${badge(words, look)}</h1></div></div>
    ${trouble === null ? '' : html`<p class="warning" role="alert">${trouble}</p>`}
    ${why === null ? '' : html`<p class="break">${why}</p>`}
    <div class="columns">
      <div><section class="card" aria-labelledby="h-words"><h2 id="h-words">What it says</h2>
        <p class="answer-words" dir="auto">${withBold(asRead(message.reply))}</p></section>${wayCard(message, request)}</div>
      <div>${factsCard(message, request, names)}${may('work_sending') ? forms(message, request, states) : ''}</div>
    </div>`;
  return { kind: 'page', title: 'Reply', place: 'outbox', body, status };
}

/** Every step that is known of its way, in its order. */
function wayCard(message: MessageSheet, { format, now }: PageRequest): SafeHtml {
  const { createdAt, attemptedAt, attempts, notBefore, resentAt, settledAt, statuses, state } = message;
  const step = (what: string, at: Date | null): SafeHtml | null =>
    at === null ? null : html`<li><span>${what}</span> <span class="muted">${format.moment(at)}</span></li>`;
  const steps = [
    step('queued', createdAt),
    step(attempts > 1 ? `tried ${attempts} times, last` : 'handed to WhatsApp', attemptedAt),
    step('put back for another try', resentAt),
    ...statuses.map(({ status, at, errorCode, errorDetail }) =>
      step(
        `reported ${stateWords(status).words}${errorCode === null ? '' : ` (${errorCode}: ${errorDetail ?? ''})`}`,
        new Date(at),
      ),
    ),
    state === 'failed' || state === 'dropped' ? step(state === 'failed' ? 'given up' : 'dropped', settledAt) : null,
    state === 'queued' && notBefore > now ? step('tried again at', notBefore) : null,
  ];
  return html`<section class="card" aria-labelledby="h-way"><h2 id="h-way">Its way</h2><ol class="plain-list">${steps.filter((one) => one !== null)}</ol></section>`;
}

function factsCard(message: MessageSheet, { may }: PageRequest, names: ReadonlyMap<string, string>): SafeHtml {
  const { retailerId, chatId, toName, toPhone, linePhone, causeEventId, carriedBy, saidBy, wamid, id } = message;
  const link = (to: string, words: string): SafeHtml => html`<a href="${to}">${words}</a>`;
  const rows: [label: string, value: string | SafeHtml | null][] = [
    [
      'Shop',
      retailerId === null ? null : link(`/console/accounts/${encodeURIComponent(retailerId)}`, toName ?? retailerId),
    ],
    ['Chat', may('read_chats') ? link(`/console/conversations/${chatId}`, 'its conversation') : null],
    ['To', toPhone === null ? null : `+${toPhone}`],
    ['From', linePhone],
    ['By', saidBy === null ? 'the bot' : actorWords(saidBy, names)],
    [
      'Answers',
      causeEventId === null || !may('inspect') ? null : link(`/console/deliveries/${causeEventId}`, 'this delivery'),
    ],
    ['Travels with', carriedBy === null ? null : link(`${LIST}/${carriedBy}`, 'this reply')],
    ["WhatsApp's id", wamid === null ? null : html`<span class="mono">${wamid}</span>`],
    ['Id', html`<span class="mono">${id}</span>`],
  ];
  return html`<section class="card" aria-labelledby="h-facts"><h2 id="h-facts">Where it goes</h2><dl class="facts">
    ${rows.map(([label, value]) => (value === null ? '' : html`<dt>${label}</dt><dd>${value}</dd>`))}</dl></section>`;
}

function forms(message: MessageSheet, { csrfToken }: PageRequest, states: Partial<Record<Doing, FormState>>): SafeHtml {
  const { state, carriedBy } = message;
  if (carriedBy !== null || !['queued', 'uncertain', 'failed', 'dropped'].includes(state)) return html``;
  const seen = html`<input type="hidden" name="seen" value="${state}">`;
  const withReason = (doing: Doing, summary: string, submit: string, hint: string): SafeHtml => {
    const given = states[doing] ?? emptyForm();
    const field = input({ name: `${doing}Reason`, label: 'Why', state: given, maxlength: 200, hint });
    return html`<details class="card" ${states[doing] === undefined ? '' : html`open`}><summary>${summary}</summary>
      ${form({ action: `${LIST}/${message.id}/${doing}`, csrfToken, state: given, submit, danger: doing === 'drop' }, [seen, field])}</details>`;
  };
  const again = html`<section class="card" aria-labelledby="h-again"><h2 id="h-again">Send it again</h2>
    ${form({ action: `${LIST}/${message.id}/again`, csrfToken, submit: 'Send again' }, [
      seen,
      html`<p class="hint">${
        state === 'uncertain'
          ? 'Nobody knows whether it went: the shop may then read it twice. Left alone, it is settled as soon as reports come.'
          : 'Once the reason is mended. It takes its old place in the queue.'
      }</p>`,
    ])}</section>`;
  return html`${state === 'queued' ? '' : again}
    ${state === 'queued' ? withReason('park', 'Park it', 'Park', 'It waits here until somebody sends it again or drops it; those behind it go on.') : ''}
    ${state === 'dropped' ? '' : withReason('drop', 'Drop it', 'Drop', 'It is never sent. This stands in the audit under your name.')}`;
}
