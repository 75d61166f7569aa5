import { html, type SafeHtml } from '@remix-run/html-template';
import { stateWords } from '../../outbox/index.ts';
import type { PhonePerson } from '../phone/people.ts';
import type { ShownChoice } from '../phone/shown.ts';
import { type Bubble, type Chat, type Said, type Tick, wordsOf } from './chat.ts';
import { formatText } from './format-text.ts';
import { icon } from './icons.ts';

const QUOTE_MAX = 90;

/** The bubbles of a phone, oldest first; each has an id of its own, so that the page exchanges only what changed. */
export function chatView({ bubbles, isTyping }: Chat, person: PhonePerson, phoneId: string): SafeHtml {
  const timeOf = clock(person);
  if (bubbles.length === 0) {
    return html`<p class="empty" id="${phoneId}-empty">Nothing said yet. Write an order as a shop would: “10 case coke 500, 5 bag sugar”.</p>`;
  }
  const newest = bubbles.at(-1);
  return html`${bubbles.map((bubble) => bubbleView(bubble, { phoneId, timeOf, isNewest: bubble === newest }))}
    ${isTyping ? html`<div class="bubble theirs typing" id="${phoneId}-typing"><span class="dots" aria-hidden="true">• • •</span><span class="visually-hidden">${person.wholesaler.name} is typing</span></div>` : ''}`;
}

type BubbleOptions = { phoneId: string; timeOf: (at: Date) => string; isNewest: boolean };

function bubbleView(bubble: Bubble, { phoneId, timeOf }: BubbleOptions): SafeHtml {
  const isMine = bubble.from === 'person';
  const id = `${phoneId}-${Buffer.from(bubble.wamid).toString('base64url').slice(-40)}`;
  return html`<div class="bubble ${isMine ? 'mine' : 'theirs'}" id="${id}" data-wamid="${bubble.wamid}" data-words="${cut(wordsOf(bubble))}">
    <span class="visually-hidden">${isMine ? 'You' : 'Business'}:</span>
    ${bubble.quoted === null ? '' : html`<blockquote class="quoted" dir="auto">${cut(bubble.quoted.words)}</blockquote>`}
    ${bubble.from === 'person' ? saidView(bubble.said) : shownView(bubble)}
    <div class="meta">
      <button type="button" class="quote" data-do="quote" title="Reply to this message" aria-label="Reply to this message"><span aria-hidden="true">↩</span></button>
      <time datetime="${bubble.at.toISOString()}">${timeOf(bubble.at)}</time>
      ${bubble.from === 'person' ? tickView(bubble.tick) : ''}
    </div>
    ${bubble.from === 'business' ? choicesView(bubble.shown.choices, bubble.shown.listButton, id) : ''}
    ${bubble.reactions.length === 0 ? '' : html`<span class="reactions">${bubble.reactions.join(' ')}</span>`}
  </div>`;
}

function tickView(tick: Tick): SafeHtml {
  const { sign, words } = stateWords(tick);
  return html`<span class="tick ${tick}" title="${words}"><span aria-hidden="true">${sign}</span><span class="visually-hidden">${words}</span></span>`;
}

function saidView(said: Said): SafeHtml {
  switch (said.kind) {
    case 'text':
      return html`<p class="words" dir="auto">${formatText(said.body)}</p>`;
    case 'tap':
      return html`<p class="words tapped" dir="auto">${said.title}</p>`;
    case 'cart':
      return html`<div class="card">${icon('cart')}<div><p class="card-title">Cart</p><ul>${said.lines.map(({ name, quantity }) => html`<li><b>${quantity} ×</b> ${name}</li>`)}</ul></div></div>`;
    case 'attachment':
      return html`<div class="card">${icon(said.icon)}<div><p class="card-title">${said.label}</p>${said.note === '' ? '' : html`<p class="note" dir="auto">${said.note}</p>`}</div></div>`;
  }
}

function shownView({ shown, mediaId }: Extract<Bubble, { from: 'business' }>): SafeHtml {
  return html`${shown.header === undefined ? '' : html`<p class="head" dir="auto">${shown.header}</p>`}
    ${shown.filename === undefined ? '' : fileView(shown.filename, mediaId)}
    ${shown.body === '' ? '' : html`<p class="words" dir="auto">${formatText(shown.body)}</p>`}
    ${shown.skus === undefined ? '' : html`<p class="note">Catalogue: ${shown.skus.join(', ')}</p>`}
    ${shown.footer === undefined ? '' : html`<p class="note" dir="auto">${shown.footer}</p>`}
    ${shown.link === undefined ? '' : html`<p class="note">${shown.link.title}: <span dir="ltr">${shown.link.url}</span></p>`}
`;
}

function fileView(filename: string, mediaId: string | null): SafeHtml {
  const inside = html`${icon('file')}<span class="card-title">${filename}</span>`;
  if (mediaId === null) return html`<div class="card">${inside}</div>`;
  return html`<a class="card" href="/simulator/files/${mediaId}" target="_blank" rel="noopener">${inside}</a>`;
}

function choicesView(choices: readonly ShownChoice[], listButton: string | undefined, id: string): SafeHtml | string {
  if (choices.length === 0) return '';
  if (listButton === undefined) {
    return html`<div class="choices">${choices.map((choice) => choiceView(choice))}</div>`;
  }
  return html`<div class="choices"><button type="button" class="choice" data-do="open" data-dialog="${id}-list" aria-haspopup="dialog"><span aria-hidden="true">☰ </span><span dir="auto">${listButton}</span></button></div>
    <dialog class="sheet" id="${id}-list" aria-labelledby="${id}-list-title">
      <h3 id="${id}-list-title" dir="auto">${listButton}</h3>
      <div class="rows">${choices.map((choice) => choiceView(choice))}</div>
      <form method="dialog"><button class="plain">Close</button></form>
    </dialog>`;
}

function choiceView(choice: ShownChoice): SafeHtml {
  if (choice.on === 'share_phone') {
    return html`<button type="button" class="choice" data-do="share-phone"><span dir="auto">${choice.title}</span></button>`;
  }
  const { on, id, title, description } = choice;
  return html`<button type="button" class="choice" data-do="tap" data-on="${on}" data-id="${id}" data-title="${title}" data-description="${description ?? ''}"><span class="choice-title" dir="auto">${title}</span>${description === undefined ? '' : html`<span class="note" dir="auto">${description}</span>`}</button>`;
}

/** A piece of a message on one line. */
function cut(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > QUOTE_MAX ? `${line.slice(0, QUOTE_MAX - 1)}…` : line;
}

function clock(person: PhonePerson): (at: Date) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: person.wholesaler.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => format.format(at);
}
