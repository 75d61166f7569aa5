import { html, type SafeHtml } from '@remix-run/html-template';
import type { ParseResult } from '../../parser/index.ts';
import { type TracedAnswer, tellDecision } from '../../trace/index.ts';
import type { PageRequest } from '../route.ts';
import { badge } from './components.ts';
import { readAs, spansView } from './spans.ts';

type Reading = {
  /** Of the element: what a person opened stays open while the page asks for itself. */
  id: string;
  /** The text that was read; null where the message was none. */
  body: string | null;
  parsed: ParseResult | null;
  answer: TracedAnswer | null;
  currency: string;
  names: Readonly<Record<string, string>>;
};

/** How a message was read, how sure that was, and what was decided about it; nothing where it was neither. */
export function readingOf({ id, body, parsed, answer, currency, names }: Reading, { format }: PageRequest): SafeHtml {
  const decided = tellDecision(answer, currency, format.locale);
  if (parsed === null && decided.length === 0) return html``;
  const summary = parsed === null ? 'Decision' : `Read as ${readAs(parsed, format)}`;
  return html`<details class="reading" id="${id}" hx-preserve="true"><summary>${summary} ${verdict(answer)}</summary>
    ${parsed === null || body === null ? '' : spansView({ body, parsed, names, format })}
    ${decided.map((line) => html`<p class="sum">${line}</p>`)}</details>`;
}

function verdict(answer: TracedAnswer | null): SafeHtml {
  if (answer?.placed === true) return badge(answer.replayed === true ? 'placed before' : 'placed', 'good');
  if (answer?.placed === false) return badge('refused by credit', 'bad');
  return answer?.cancelled === true ? badge('cancelled') : html``;
}
