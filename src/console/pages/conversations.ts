import { html, type SafeHtml } from '@remix-run/html-template';
import { type ChatRow, type ChatsQuery, leaderActor, listConversations } from '../../chats/index.ts';
import { retailerName } from '../../credit/index.ts';
import { staffNames } from '../../staff/index.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { heardWords, saidWords, withoutMarks } from '../view/chat.ts';
import { badge, emptyState, pager, withQuery } from '../view/components.ts';
import { livePart } from '../view/live.ts';
import { actorWords } from '../view/words.ts';

const PATH = '/console/conversations';
const PER_PAGE = 30;
const WORDS_SHOWN = 140;

export const conversationListRoutes: readonly ConsoleRoute[] = [page(PATH, 'read_chats', list)];

const FILTERS: { only: ChatsQuery['only']; label: string }[] = [
  { only: undefined, label: 'All' },
  { only: 'waiting', label: 'Wait for a person' },
  { only: 'with_staff', label: 'With staff' },
  { only: 'unread', label: 'Not read' },
];

/** Who wrote last, and who waits for somebody. */
async function list(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, query } = request;
  const db = deps.db.prisma;
  const filter = FILTERS.find(({ only }) => only !== undefined && only === query.get('only')) ?? FILTERS[0];
  const search = (query.get('q') ?? '').trim().slice(0, 100);
  const shop = (query.get('shop') ?? '').slice(0, 200);
  const after = query.get('after') ?? undefined;
  const [{ chats, next }, names, shopName] = await Promise.all([
    listConversations(db, {
      wholesalerId: wholesaler.id,
      only: filter?.only,
      retailerId: shop === '' ? undefined : shop,
      search,
      after,
      max: PER_PAGE,
    }),
    staffNames(db, wholesaler.id),
    shop === '' ? null : retailerName(db, wholesaler.id, shop),
  ]);
  const tabs = FILTERS.map(
    ({ only = '', label }) =>
      html`<li><a href="${withQuery(PATH, query, { only, after: '' })}" ${only === (filter?.only ?? '') ? html`aria-current="page"` : ''}>${label}</a></li>`,
  );
  const live = livePart(request, {
    path: PATH,
    everySeconds: 10,
    body:
      chats.length === 0
        ? nothing(search, filter?.only)
        : html`<ul class="chat-list">${chats.map((chat) => row(chat, names, request))}</ul>`,
  });
  if (live === null) return { kind: 'unchanged' };
  const body = html`<div class="page-head"><div><h1>Conversations</h1>
      ${shop === '' ? '' : html`<p class="lead">Of ${shopName ?? shop}. <a href="${withQuery(PATH, query, { shop: '', after: '' })}">Show all</a></p>`}</div></div>
    <nav class="tabs" aria-label="Which conversations"><ul>${tabs}</ul></nav>
    <form class="filters" method="get" action="${PATH}" role="search">
      ${filter?.only === undefined ? '' : html`<input type="hidden" name="only" value="${filter.only}">`}
      ${shop === '' ? '' : html`<input type="hidden" name="shop" value="${shop}">`}
      <div class="field"><label for="f-q">Shop, person or phone</label><input type="search" id="f-q" name="q" value="${search}"></div>
      <button type="submit">Search</button>
    </form>
    ${live}
    ${pager({
      next: next === null ? null : withQuery(PATH, query, { after: next }),
      first: after === undefined ? null : withQuery(PATH, query, { after: '' }),
    })}`;
  return { kind: 'page', title: 'Conversations', place: 'conversations', body };
}

function nothing(search: string, only: ChatsQuery['only']): SafeHtml {
  if (search !== '') return emptyState(`No conversation for "${search}"`, 'Search by shop, person or phone.');
  switch (only) {
    case 'waiting':
      return emptyState('Nobody waits for a person', 'Whoever asks for one appears here, and the assistant says so.');
    case 'with_staff':
      return emptyState('The assistant leads every chat', 'Chats that somebody took over appear here.');
    case 'unread':
      return emptyState('Everything is read', 'What comes while a person is wanted or leads the chat appears here.');
    case undefined:
      return emptyState('Nobody has written yet', 'Each shop that writes has one conversation here.');
  }
}

/** Whose chat it is, in words. */
export const chatName = ({ retailerName: shop, profileName, phone }: ChatRow): string =>
  shop ?? profileName ?? (phone === null ? 'Somebody without a name' : `+${phone}`);

function row(chat: ChatRow, names: ReadonlyMap<string, string>, { format, deps }: PageRequest): SafeHtml {
  const { last } = chat;
  const said =
    last === null
      ? ''
      : last.from === 'shop'
        ? heardWords(deps.readMessage(last.payload))
        : `${last.saidBy === null ? 'Assistant' : actorWords(last.saidBy, names)}: ${saidWords(last.reply)}`;
  const who = chat.retailerName === null ? 'not a known shop' : chat.profileName;
  return html`<li><a class="chat-row ${chat.unread > 0 ? 'unread' : ''}" href="${PATH}/${chat.id}">
    <span class="chat-who"><strong dir="auto">${chatName(chat)}</strong>${who === null || who === chatName(chat) ? '' : html` <span class="muted" dir="auto">${who}</span>`}</span>
    <span class="chat-when muted">${last === null ? '' : format.moment(last.at)}</span>
    <span class="chat-last" dir="auto">${withoutMarks(said).replaceAll(/\s+/g, ' ').slice(0, WORDS_SHOWN)}</span>
    <span class="chat-state">${states(chat, names, format)}</span></a></li>`;
}

function states(chat: ChatRow, names: ReadonlyMap<string, string>, format: PageRequest['format']): SafeHtml {
  const { wantsPersonAt, handledBy, takenBy, unread } = chat;
  return html`${unread === 0 ? '' : badge(`${format.count(unread)} not read`, 'accent')}
    ${wantsPersonAt === null ? '' : badge('waits for a person', 'warn')}
    ${handledBy === 'bot' ? '' : badge(`with ${actorWords(leaderActor(takenBy ?? ''), names)}`, 'good')}`;
}
