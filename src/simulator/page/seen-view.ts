import { html, type SafeHtml } from '@remix-run/html-template';
import { wordsOfMessage } from '../../inbox/index.ts';
import { stateWords } from '../../outbox/index.ts';
import type { Clarify, ParsedLine, ParseResult, Span } from '../../parser/index.ts';
import { formatMinor } from '../../shared/money.ts';
import { type EventTrace, type TracedEntry, type TracedReply, tellDecision } from '../../trace/index.ts';
import { readMessage } from '../../whatsapp/message.ts';

// What the service saw of each message, newest first: the delivery, the reading, the decision, the ledger, the replies.

/** How many of the newest messages are shown opened. */
const OPEN = 1;

/** One block for each event, with an id of its own. */
export function seenView(traces: readonly EventTrace[], phoneId: string): SafeHtml {
  if (traces.length === 0) {
    return html`<p class="empty" id="${phoneId}-unseen">Nothing has reached the webhook from this phone.</p>`;
  }
  return html`${traces.map((trace, index) => traceView(trace, index < OPEN))}`;
}

function traceView(trace: EventTrace, isOpen: boolean): SafeHtml {
  const { eventId, state, payload } = trace;
  return html`<details class="trace" id="trace-${eventId}" ${isOpen ? 'open' : ''}>
    <summary><span class="heard" dir="auto">${headline(trace)}</span> ${state === 'done' ? '' : html`<span class="state ${state}">${state}</span>`}</summary>
    ${readingView(trace)}
    ${decisionView(trace)}
    ${ledgerView(trace)}
    ${repliesView(trace.replies)}
    ${trace.lastError === null ? '' : html`<p class="bad">Tried ${trace.tries} times: ${trace.lastError}</p>`}
    <details class="payload" id="payload-${eventId}">
      <summary>Delivery${latencyOf(trace)}</summary>
      <pre tabindex="0" aria-label="The message as Meta delivers it">${JSON.stringify(payload, null, 2)}</pre>
    </details>
  </details>`;
}

function latencyOf({ receivedAt, doneAt }: EventTrace): string {
  return doneAt === null ? '' : `, worked on within ${Math.max(0, doneAt.getTime() - receivedAt.getTime())} ms`;
}

function headline({ kind, payload }: EventTrace): string {
  if (kind === 'internal') return `from within: ${String((payload as { type?: unknown }).type ?? 'event')}`;
  return wordsOfMessage(readMessage(payload));
}

function readingView({ kind, payload, parsed, productNames }: EventTrace): SafeHtml | string {
  const message = kind === 'message' ? readMessage(payload) : null;
  if (parsed === null || message?.type !== 'text') return '';
  const intents = [parsed.intent, ...parsed.alsoIntents].join(' + ');
  return html`<section class="reading">
    <h4>Reading <span class="intent">${intents}</span> ${certainty(parsed.confidence)}</h4>
    <p class="spans" dir="auto">${highlight(message.body, parsed)}</p>
    ${parsed.lines.length + parsed.clarify.length === 0 ? '' : html`<ul class="lines">${parsed.lines.map((line, index) => lineView(line, index, productNames))}${parsed.clarify.map((question) => questionView(question, productNames))}</ul>`}
    ${parsed.reasons.length === 0 ? '' : html`<p class="reasons">${parsed.reasons.join(' · ')}</p>`}
  </section>`;
}

function lineView(line: ParsedLine, index: number, names: Readonly<Record<string, string>>): SafeHtml {
  const amount = [line.quantity ?? 'all', line.unit ?? ''].join(' ').trim();
  return html`<li><span class="number">${index + 1}</span> <span>${line.act} <b>${amount}</b> ${names[line.sku] ?? line.sku}</span> ${certainty(line.confidence)}</li>`;
}

function questionView(question: Clarify, names: Readonly<Record<string, string>>): SafeHtml {
  const candidates = question.candidates.map((sku) => names[sku] ?? sku).join(', ');
  return html`<li class="unsure"><span class="number">?</span> <span>${question.kind.replaceAll('_', ' ')}: <b dir="auto">${question.text}</b>${candidates === '' ? '' : html` (${candidates})`}</span></li>`;
}

function certainty(confidence: number): SafeHtml {
  const percent = Math.round(confidence * 100);
  return html`<span class="certainty"><meter min="0" max="100" low="60" high="85" optimum="100" value="${percent}" aria-label="Confidence"></meter> ${percent}%</span>`;
}

/** The text exactly as it was received, with the place of each line marked in it. */
function highlight(text: string, { lines, clarify }: ParseResult): SafeHtml {
  const marks = [
    ...lines.map(({ span }, index) => ({ span, label: String(index + 1), kind: 'sure' })),
    ...clarify.map(({ span }) => ({ span, label: '?', kind: 'unsure' })),
  ].sort((a, b) => a.span.start - b.span.start);
  const parts: (string | SafeHtml)[] = [];
  let done = 0;
  for (const { span, label, kind } of marks) {
    if (!isInside(span, text, done)) continue;
    parts.push(
      text.slice(done, span.start),
      html`<mark class="${kind}">${text.slice(span.start, span.end)}<sub>${label}</sub></mark>`,
    );
    done = span.end;
  }
  parts.push(text.slice(done));
  return html`${parts}`;
}

/** Lines may share a place ("2 cases each of coke and sprite"): the first to be drawn has it. */
function isInside({ start, end }: Span, text: string, from: number): boolean {
  return start >= from && end > start && end <= text.length;
}

function decisionView({ answer, accountBefore, currency }: EventTrace): SafeHtml | string {
  const told = tellDecision(answer, currency);
  if (told.length === 0) return '';
  const money = (minor: bigint): string => formatMinor(minor, currency, 'en');
  const isGood = answer?.placed === true || answer?.cancelled === true;
  // A refusal tells the figures that it was decided on.
  const figures = isGood ? accountBefore : null;
  return html`<section class="decision ${isGood ? 'good' : 'refused'}">
    <h4>Decision</h4>
    ${figures === null ? '' : html`<p class="sum">limit ${money(figures.limitMinor)} - owed ${money(figures.owedMinor)} - held ${money(figures.heldMinor)} = available ${money(figures.availableMinor)}</p>`}
    ${told.map((line) => html`<p class="sum">${line}</p>`)}
  </section>`;
}

function ledgerView({ ledger, currency }: EventTrace): SafeHtml | string {
  if (ledger.length === 0) return '';
  return html`<section class="ledger"><h4>Ledger</h4><ul>${ledger.map((entry) => html`<li><b>#${String(entry.seq)} ${entry.kind}</b> ${movements(entry, currency)}</li>`)}</ul></section>`;
}

function movements(entry: TracedEntry, currency: string): string {
  const money = (minor: bigint): string => formatMinor(minor, currency, 'en');
  const signed = (minor: bigint): string => `${minor > 0n ? '+' : ''}${money(minor)}`;
  const moved = (
    [
      ['limit', entry.limitDelta, entry.limitAfter],
      ['held', entry.heldDelta, entry.heldAfter],
      ['owed', entry.owedDelta, entry.owedAfter],
    ] as const
  ).filter(([, delta]) => delta !== 0n);
  return moved.map(([what, delta, after]) => `${what} ${signed(delta)} → ${money(after)}`).join(', ');
}

function repliesView(replies: readonly TracedReply[]): SafeHtml | string {
  if (replies.length === 0) return '';
  return html`<section class="replies"><h4>Replies</h4><ul>${replies.map((reply) => html`<li><span class="kind">${reply.reply.kind}</span> ${roadOf(reply)}${reply.errorDetail === null ? '' : html` <span class="bad">${reply.errorClass}: ${reply.errorDetail}</span>`}</li>`)}</ul></section>`;
}

/** How far a reply got: tries at the Graph API, then what Meta reported. */
function roadOf({ state, attempts, wamid, statuses, resentAt }: TracedReply): SafeHtml {
  const reported = [...new Set(statuses.map(({ status }) => status))];
  const steps = wamid === null ? [state] : ['accepted', ...reported];
  const tries = attempts > 1 ? `, ${attempts} tries` : '';
  const again = resentAt === null ? '' : ', sent again';
  return html`<span class="road">${steps.map((step) => stateWords(step).words).join(' → ')}${tries}${again}</span>`;
}
