import { html, type SafeHtml } from '@remix-run/html-template';
import {
  type ChatRow,
  type HeardMessage,
  handBack,
  leaderActor,
  markConversationRead,
  type NotNow,
  readChat,
  readConversation,
  type SaidMessage,
  sendAsStaff,
  takeOver,
} from '../../chats/index.ts';
import { inTransaction, type Tx } from '../../db/index.ts';
import { listMedia } from '../../media/index.ts';
import { isId, newId } from '../../shared/ids.ts';
import { staffNames } from '../../staff/index.ts';
import { readProductNames } from '../../trace/index.ts';
import { refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { bubbles } from '../view/chat.ts';
import { badge, emptyState, withQuery } from '../view/components.ts';
import { textOfMessage } from '../view/delivery-words.ts';
import { emptyForm, type FormState, form, textarea } from '../view/form.ts';
import { livePart } from '../view/live.ts';
import { readingOf } from '../view/reading.ts';
import { actorWords } from '../view/words.ts';
import { chatName } from './conversations.ts';

const PATH = '/console/conversations/:chatId';
const PER_PAGE = 50;
/** Of one message on WhatsApp. */
const WORDS_MAX = 4096;

export const conversationRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'read_chats', (request) => withChat(request, (chat) => showChat(request, chat))),
  action(`${PATH}/take`, 'answer_chats', (request) => withChat(request, (chat) => take(request, chat))),
  action(`${PATH}/hand-back`, 'answer_chats', (request) => withChat(request, (chat) => giveBack(request, chat))),
  action(`${PATH}/send`, 'answer_chats', (request) => withChat(request, (chat) => send(request, chat))),
];

async function withChat(
  { deps, wholesaler, param }: PageRequest,
  work: (chat: ChatRow) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  const chat = await readChat(deps.db.prisma, wholesaler.id, param('chatId'));
  return chat === null ? { kind: 'not_found' } : work(chat);
}

async function take(request: PageRequest, chat: ChatRow): Promise<PageAnswer> {
  const from = request.form.get('from') ?? '';
  const { staff } = request;
  const taken = await inChat(request, chat, (tx, of) =>
    takeOver(tx, { ...of, staff, ...(from === '' ? {} : { takeFrom: from }) }),
  );
  return taken.kind === 'taken' ? done(chat, 'chat_taken') : notNow(request, taken);
}

async function giveBack(request: PageRequest, chat: ChatRow): Promise<PageAnswer> {
  const given = await inChat(request, chat, (tx, of) =>
    handBack(tx, { ...of, by: request.actor, because: 'handed_back' }),
  );
  // Twice is as good as once.
  return given.kind === 'handed_back' || given.kind === 'not_taken'
    ? done(chat, 'chat_handed_back')
    : notNow(request, given);
}

async function send(request: PageRequest, chat: ChatRow): Promise<PageAnswer> {
  const { form: given, staff } = request;
  const key = given.get('_key') ?? '';
  // Forms end their lines as mail does; on a phone that would be one sign more.
  const body = (given.get('body') ?? '').replaceAll('\r\n', '\n');
  if (body.length > WORDS_MAX) {
    return showChat(request, chat, refuse(given, { body: `WhatsApp takes ${WORDS_MAX} letters at most.` }));
  }
  const sent = await inChat(request, chat, (tx, of) =>
    sendAsStaff(tx, { ...of, staff, body, requestId: isId(key) ? key : newId() }),
  );
  switch (sent.kind) {
    case 'queued':
      return done(chat);
    case 'empty':
      return showChat(request, chat, refuse(given, { body: 'Write something first.' }));
    case 'window_closed':
      return showChat(request, chat, refuse(given, { body: `Not sent: ${WINDOW_CLOSED}` }));
    default:
      return notNow(request, sent, given);
  }
}

const WINDOW_CLOSED =
  'nobody of the shop wrote within 24 hours, and WhatsApp passes on free words only until then. Call them, or wait until they write.';

const inChat = <T>(
  { deps, wholesaler }: PageRequest,
  { id: chatId }: ChatRow,
  work: (tx: Tx, of: { wholesalerId: string; chatId: string }) => Promise<T>,
): Promise<T> => inTransaction(deps.db, (tx) => work(tx, { wholesalerId: wholesaler.id, chatId }));

const done = ({ id }: ChatRow, notice?: string): PageAnswer => ({
  kind: 'redirect',
  to: `/console/conversations/${id}`,
  ...(notice === undefined ? {} : { notice }),
});

/** Somebody came first: the page as it is now says who, and what was typed stays. */
function notNow(request: PageRequest, why: NotNow, given = request.form): Promise<PageAnswer> {
  return withChat(request, async (chat) => {
    if (why.kind === 'not_found') return { kind: 'not_found' };
    const names = await staffNames(request.deps.db.prisma, request.wholesaler.id);
    const trouble =
      why.kind === 'not_taken'
        ? 'The assistant leads this chat again. Take it over before you write.'
        : `${actorWords(leaderActor(why.by), names)} leads this chat. Talk to them before you take it.`;
    const state = given.has('body') ? refuse(given, { '': `Not sent: ${trouble}` }) : undefined;
    return showChat(request, chat, state, state === undefined ? trouble : null);
  });
}

async function showChat(
  request: PageRequest,
  before: ChatRow,
  state?: FormState,
  trouble: string | null = null,
): Promise<PageAnswer> {
  const { deps, wholesaler, query, staff, may } = request;
  const db = deps.db.prisma;
  // First, so that what comes while the page is made counts as unread still.
  if (may('answer_chats') && before.unread > 0) await markConversationRead(db, wholesaler.id, before.id);
  const after = query.get('after') ?? undefined;
  const found = await readConversation(db, {
    wholesalerId: wholesaler.id,
    chatId: before.id,
    max: PER_PAGE,
    ...(after === undefined ? {} : { after }),
  });
  const chat = await readChat(db, wholesaler.id, before.id);
  if (found === null || chat === null) return { kind: 'not_found' };
  const names = await staffNames(db, wholesaler.id);
  const talk = await talkOf(found.messages, chat, names, request);
  const path = `/console/conversations/${chat.id}`;
  const messages = html`${found.next === null ? '' : html`<p class="earlier"><a class="button" href="${withQuery(path, query, { after: found.next, seen: '' })}">Earlier messages</a></p>`}${talk}`;
  const lead = leadOf(chat, names, request);
  const live =
    after === undefined ? livePart(request, { path, everySeconds: 5, body: messages, also: { lead } }) : messages;
  if (live === null) return { kind: 'unchanged' };
  const leads = chat.handledBy === 'person' && chat.takenBy === staff.id;
  const body = html`<div class="page-head"><div><p class="crumb"><a href="/console/conversations">Conversations</a></p>
      <h1 dir="auto">${chatName(chat)}</h1><p class="lead">${aboutOf(chat)}</p></div></div>
    ${trouble === null ? '' : html`<p class="warning" role="alert">${trouble}</p>`}
    <section class="card lead-bar" id="lead" aria-label="Who leads this chat">${lead}</section>
    <section class="chat" tabindex="0" aria-label="Messages"><div>${live}</div></section>
    ${after === undefined ? '' : html`<p><a class="button" href="${path}">Newest messages</a></p>`}
    ${may('answer_chats') && after === undefined ? composer(chat, leads, request, state) : ''}`;
  const status = trouble !== null ? 409 : state === undefined ? 200 : 422;
  return { kind: 'page', title: chatName(chat), place: 'conversations', body, status };
}

function aboutOf({ retailerId, profileName, phone }: ChatRow): SafeHtml {
  const parts = [
    ...(profileName === null ? [] : [html`<span dir="auto">${profileName}</span>`]),
    ...(phone === null ? [] : [html`<a href="tel:+${phone}">+${phone}</a>`]),
    retailerId === null
      ? html`not a known shop: <a href="/console/people">People</a>`
      : html`<a href="/console/accounts/${encodeURIComponent(retailerId)}">Account</a>`,
  ];
  return html`${parts.map((part, at) => html`${at === 0 ? '' : ' · '}${part}`)}`;
}

async function talkOf(
  messages: readonly (HeardMessage | SaidMessage)[],
  chat: ChatRow,
  names: ReadonlyMap<string, string>,
  request: PageRequest,
): Promise<SafeHtml> {
  const { deps, wholesaler } = request;
  const db = deps.db.prisma;
  const heard = messages.filter((one) => one.from === 'shop');
  const skus = heard.flatMap(({ parsed }) =>
    parsed === null
      ? []
      : [...parsed.lines.map(({ sku }) => sku), ...parsed.clarify.flatMap(({ candidates }) => candidates)],
  );
  const [products, media] = await Promise.all([
    readProductNames(db, wholesaler.id, skus),
    listMedia(db, { wholesalerId: wholesaler.id, eventIds: heard.map(({ id }) => id) }),
  ]);
  if (messages.length === 0) return emptyState('Nothing was said yet');
  return bubbles(
    messages.toReversed(),
    {
      shop: chatName(chat),
      staff: names,
      media,
      reading: ({ id, payload, parsed, answer }) =>
        readingOf(
          {
            id: `reading-${id}`,
            body: textOfMessage(payload),
            parsed,
            answer,
            currency: wholesaler.currency,
            names: products,
          },
          request,
        ),
    },
    request,
  );
}

/** Who leads the chat, and how that is changed. */
function leadOf(chat: ChatRow, names: ReadonlyMap<string, string>, request: PageRequest): SafeHtml {
  const { csrfToken, format, staff, may } = request;
  const path = `/console/conversations/${chat.id}`;
  const mayAnswer = may('answer_chats');
  // Without a key of its own, since nothing happens twice here: a new one would make every look at the page another page.
  const button = (to: string, submit: string, fields: SafeHtml[] = []): SafeHtml =>
    mayAnswer
      ? form({ action: `${path}/${to}`, csrfToken, submit, look: 'row', state: emptyForm({ _key: '-' }) }, fields)
      : html``;
  if (chat.handledBy === 'bot') {
    return chat.wantsPersonAt === null
      ? html`<p>The assistant answers this chat.</p>${button('take', 'Take over')}`
      : html`<p>${badge('waits for a person', 'warn')} since ${format.moment(chat.wantsPersonAt)}. The assistant goes on answering until somebody takes over.</p>${button('take', 'Take over')}`;
  }
  const since = chat.takenAt === null ? '' : html` since ${format.moment(chat.takenAt)}`;
  if (chat.takenBy === staff.id) {
    return html`<p>${badge('yours', 'good')}${since}. The assistant is silent; when you are silent for too long, it takes the chat back and says so.</p>${button('hand-back', 'Hand back')}`;
  }
  const who = actorWords(leaderActor(chat.takenBy ?? ''), names);
  return html`<p>${badge(`with ${who}`, 'good')}${since}. The assistant is silent.</p>
    ${button('take', `Take it from ${who}`, [html`<input type="hidden" name="from" value="${chat.takenBy ?? ''}">`])}
    ${button('hand-back', 'Hand back to the assistant')}`;
}

function composer(chat: ChatRow, leads: boolean, request: PageRequest, state: FormState | undefined): SafeHtml {
  const { csrfToken, format, now } = request;
  const until = chat.windowOpenUntil;
  const isOpen = until !== null && until > now;
  if (state === undefined && !isOpen) return html`<p class="hint">You cannot write now: ${WINDOW_CLOSED}</p>`;
  if (state === undefined && !leads) return html`<p class="hint">Take the chat over to write in it.</p>`;
  const shown = state ?? emptyForm();
  return html`<section class="card" aria-label="Write in this chat">${form(
    { action: `/console/conversations/${chat.id}/send`, csrfToken, state: shown, submit: 'Send' },
    [
      textarea({
        name: 'body',
        label: 'Your message',
        state: shown,
        maxlength: WORDS_MAX,
        ...(isOpen ? { hint: html`WhatsApp passes on free words until ${format.moment(until)}.` } : {}),
      }),
    ],
  )}</section>`;
}
