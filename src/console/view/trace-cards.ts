import { html, type SafeHtml } from '@remix-run/html-template';
import { asRead, stateWords } from '../../outbox/index.ts';
import { type EventTrace, type TracedEntry, type TracedReply, tellDecision } from '../../trace/index.ts';
import { withBold } from './chat.ts';
import { badge } from './components.ts';
import { textOfMessage } from './delivery-words.ts';
import type { Formats } from './formats.ts';
import { readAs, spansView } from './spans.ts';
import { entryWords } from './words.ts';

/** What an event became: how it was read, what was decided with its arithmetic, the ledger, and the replies. */
export function traceCards(trace: EventTrace, format: Formats): SafeHtml {
  const cards = [
    readingCard(trace, format),
    decisionCard(trace, format),
    ledgerCard(trace, format),
    repliesCard(trace, format),
  ];
  if (cards.some((card) => card !== null) || trace.state !== 'done')
    return html`${cards.filter((card) => card !== null)}`;
  return html`<section class="card"><h2>What it became</h2><p class="muted">Nothing: it called for no answer.</p></section>`;
}

function readingCard({ payload, kind, parsed, productNames }: EventTrace, format: Formats): SafeHtml | null {
  const body = kind === 'message' ? textOfMessage(payload) : null;
  if (parsed === null || body === null) return null;
  return html`<section class="card" aria-labelledby="h-reading"><h2 id="h-reading">How it was read</h2>
    <p>Read as <strong>${readAs(parsed, format)}</strong></p>
    ${spansView({ body, parsed, names: productNames, format })}</section>`;
}

function decisionCard({ answer, accountBefore, currency }: EventTrace, format: Formats): SafeHtml | null {
  const told = tellDecision(answer, currency, format.locale);
  if (told.length === 0) return null;
  const isGood = answer?.placed === true || answer?.cancelled === true;
  return html`<section class="card" aria-labelledby="h-decision"><div class="card-head"><h2 id="h-decision">Credit decision</h2>
      ${isGood ? badge('fitted', 'good') : badge('refused', 'bad')}</div>
    ${
      accountBefore === null
        ? ''
        : html`<dl class="sum-list"><dt>Limit</dt><dd>${format.money(accountBefore.limitMinor)}</dd>
      <dt>- owed</dt><dd>${format.money(accountBefore.owedMinor)}</dd><dt>- on hold for other orders</dt><dd>${format.money(accountBefore.heldMinor)}</dd>
      <dt class="line">= available before</dt><dd class="line">${format.money(accountBefore.availableMinor)}</dd></dl>`
    }
    ${told.map((line) => html`<p class="sum">${line}</p>`)}</section>`;
}

function ledgerCard({ ledger, answer }: EventTrace, format: Formats): SafeHtml | null {
  if (ledger.length === 0) return null;
  const orderName = answer?.number ? `order ${answer.number}` : 'the order';
  return html`<section class="card" aria-labelledby="h-ledger"><h2 id="h-ledger">In the ledger</h2>
    <ul class="plain-list">${ledger.map(
      (
        entry,
      ) => html`<li>${entryWords(entry.kind)} ${entry.orderId === null ? '' : html`<a href="/console/orders/${encodeURIComponent(entry.orderId)}">${orderName}</a>: `}
      ${movements(entry, format)}</li>`,
    )}</ul></section>`;
}

function movements(entry: TracedEntry, format: Formats): string {
  const moved = (
    [
      ['limit', entry.limitDelta, entry.limitAfter],
      ['on hold', entry.heldDelta, entry.heldAfter],
      ['owed', entry.owedDelta, entry.owedAfter],
    ] as const
  ).filter(([, delta]) => delta !== 0n);
  return moved
    .map(([what, delta, after]) => `${what} ${delta > 0n ? '+' : ''}${format.money(delta)}, now ${format.money(after)}`)
    .join('; ');
}

function repliesCard({ replies }: EventTrace, format: Formats): SafeHtml | null {
  if (replies.length === 0) return null;
  return html`<section class="card" aria-labelledby="h-replies"><h2 id="h-replies">What was answered</h2>
    ${replies.map((reply) => replyView(reply, format))}</section>`;
}

function replyView(reply: TracedReply, format: Formats): SafeHtml {
  const { words, look } = stateWords(reply.state);
  return html`<article class="answer"><p class="answer-words" dir="auto">${withBold(asRead(reply.reply))}</p>
    <p>${badge(words, look)} ${reply.statuses.map(({ status, at }) => html`<span class="muted">${stateWords(status).words} ${format.moment(new Date(at))}</span> `)}
      ${reply.attempts > 1 ? html`<span class="muted">${reply.attempts} tries</span>` : ''} <a href="/console/outbox/${reply.id}">its way</a></p>
    ${reply.errorDetail === null ? '' : html`<p class="hint">${reply.errorDetail}</p>`}</article>`;
}
