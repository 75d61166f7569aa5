import { html, type SafeHtml } from '@remix-run/html-template';
import type { HeardMessage, SaidMessage } from '../../chats/index.ts';
import type { IncomingMessage } from '../../inbox/index.ts';
import type { IncomingMedia } from '../../media/index.ts';
import { type Reply, stateWords, wordsOf } from '../../outbox/index.ts';
import { wordsOfTemplate } from '../../templates/template-reply.ts';
import type { PageRequest } from '../route.ts';
import { actorWords } from './words.ts';

/** What surrounds the messages of a chat: of whom, what of files is there, and what products are called. */
export type ChatFrame = {
  shop: string;
  staff: ReadonlyMap<string, string>;
  media: ReadonlyMap<string, Omit<IncomingMedia, 'bytes'>>;
  /** How a message was read and what was decided about it. */
  reading(message: HeardMessage): SafeHtml;
};

/** Messages as bubbles, oldest first, under the days on which they were said. */
export function bubbles(
  messages: readonly (HeardMessage | SaidMessage)[],
  frame: ChatFrame,
  request: PageRequest,
): SafeHtml {
  const { format } = request;
  let day = '';
  return html`<ol class="bubbles">${messages.map((message) => {
    const today = format.dayOf(message.at);
    const head = today === day ? '' : html`<li class="day">${format.day(message.at)}</li>`;
    day = today;
    return html`${head}${message.from === 'shop' ? heard(message, frame, request) : said(message, frame, request)}`;
  })}</ol>`;
}

function heard(message: HeardMessage, frame: ChatFrame, { deps, format }: PageRequest): SafeHtml {
  const content = deps.readMessage(message.payload);
  const file = frame.media.get(message.id);
  const state =
    message.state === 'done' ? '' : message.state === 'waiting' ? ', being worked on' : ', could not be worked on';
  return html`<li class="bubble theirs"><span class="visually-hidden">${frame.shop}:</span>
    ${file === undefined ? '' : fileOf(message.id, file, frame)}
    ${file !== undefined && content.type === 'media' ? captionOf(content.caption) : html`<p class="said" dir="auto">${heardWords(content)}</p>`}
    ${frame.reading(message)}
    <p class="meta"><span>${format.moment(message.at)}${state}</span></p></li>`;
}

const captionOf = (caption: string | undefined): SafeHtml =>
  caption === undefined || caption === '' ? html`` : html`<p class="said" dir="auto">${caption}</p>`;

/** What somebody did, in one line or their own words. */
export function heardWords(message: IncomingMessage): string {
  switch (message.type) {
    case 'text':
      return message.body;
    case 'tap':
      return message.title;
    case 'cart': {
      const items = message.items.map(({ sku, quantity }) => `${quantity ?? '?'} x ${sku}`).join('\n');
      return `Cart:\n${items}${message.text === undefined ? '' : `\n${message.text}`}`;
    }
    case 'media':
      return `${FILES[message.media]}${message.caption === undefined ? '' : `: ${message.caption}`}`;
    case 'location': {
      const { name, address, latitude, longitude } = message.place ?? {};
      const where = [name, address].filter((part) => part !== undefined).join(', ');
      return `Location${where === '' ? '' : `: ${where}`}${latitude === undefined ? '' : ` (${latitude}, ${longitude})`}`;
    }
    case 'contacts':
      return message.cards
        .map(({ name, phones }) => `Contact: ${[name, ...phones.map(({ phone }) => phone)].filter(Boolean).join(', ')}`)
        .join('\n');
    case 'reaction':
      return message.emoji === undefined ? 'takes a reaction back' : `reacts ${message.emoji}`;
    case 'edit':
      return `edits a message${message.now === undefined ? '' : `: ${heardWords(message.now)}`}`;
    case 'revoke':
      return 'deletes a message';
    case 'form':
      return 'fills in a form';
    case 'call_permission':
      return 'answers whether calls are allowed';
    case 'system':
      return 'A note by WhatsApp: the number or identity changed';
    case 'group':
      return 'A message in a group, which is never answered';
    case 'unsupported':
      return `Something that WhatsApp does not pass on (${message.what})`;
  }
}

const FILES = {
  voice: 'Voice note',
  audio: 'Sound file',
  image: 'Photo',
  video: 'Video',
  document: 'Document',
  sticker: 'Sticker',
} as const;

const NOT_THERE = {
  waiting: 'is being fetched from WhatsApp',
  refused: 'was not taken',
  lost: 'could not be fetched',
  removed: 'was removed, since it is old',
} as const;

function fileOf(eventId: string, media: Omit<IncomingMedia, 'bytes'>, { shop }: ChatFrame): SafeHtml {
  const what = FILES[media.kind];
  if (media.state !== 'kept') {
    return html`<p class="file muted">${what} ${NOT_THERE[media.state]}${media.why === null ? '' : html` <small class="hint">${media.why}</small>`}</p>`;
  }
  const to = `/console/media/${eventId}`;
  const title = media.filename ?? what;
  return html`<div class="file" id="file-${eventId}" hx-preserve="true">${
    media.kind === 'image'
      ? html`<a href="${to}"><img src="${to}" alt="Photo from ${shop}" loading="lazy"></a>`
      : media.kind === 'voice'
        ? html`<audio controls preload="none" src="${to}" aria-label="Voice note from ${shop}"></audio> <a href="${to}">Save</a>`
        : html`<a href="${to}" dir="auto">${title}</a>`
  }</div>
  ${media.transcript === null ? '' : html`<p class="said"><span class="muted">Heard:</span> <span dir="auto">${media.transcript}</span></p>`}`;
}

function said(message: SaidMessage, { staff }: ChatFrame, { format }: PageRequest): SafeHtml {
  const who = message.saidBy === null ? 'Assistant' : actorWords(message.saidBy, staff);
  const { reply } = message;
  const choices =
    reply.kind === 'buttons'
      ? reply.buttons
      : reply.kind === 'list'
        ? reply.rows
        : reply.kind === 'link'
          ? [{ title: reply.button }]
          : [];
  return html`<li class="bubble ours ${message.saidBy === null ? '' : 'by-staff'}">
    <p class="said" dir="auto">${withBold(saidWords(reply))}</p>
    ${choices.length === 0 ? '' : html`<ul class="choices" aria-label="To tap">${choices.map(({ title }) => html`<li class="choice" dir="auto">${title}</li>`)}</ul>`}
    <p class="meta">${who}, ${format.moment(message.at)} ${tick(message)}</p></li>`;
}

/** What the shop read, as far as we know it: Meta fills its own copy of a template. */
export function saidWords(reply: Reply): string {
  if (reply.kind === 'reaction') return `reacts ${reply.emoji}`;
  if (reply.kind === 'template') return wordsOfTemplate(reply) ?? wordsOf(reply);
  return reply.kind === 'document' ? `${reply.filename}\n${reply.caption ?? ''}`.trim() : wordsOf(reply);
}

/** *Bold* as WhatsApp shows it. */
export const withBold = (text: string): SafeHtml =>
  html`${text.split(/\*([^*\n]+)\*/).map((part, at) => (at % 2 === 1 ? html`<strong>${part}</strong>` : part))}`;

/** A message in one line has no room for marks. */
export const withoutMarks = (text: string): string => text.replaceAll(/\*([^*\n]+)\*/g, '$1');

/** How far a message got, in WhatsApp's signs and in words, and why not further. */
function tick({ state, why }: SaidMessage): SafeHtml {
  const { sign, words, look } = stateWords(state);
  const reason = why === null || sign !== '!' ? '' : html` <small class="hint">${why}</small>`;
  return html`<span class="tick ${state} ${look}"><span aria-hidden="true">${sign}</span> ${words}</span>${reason}`;
}
