import { html, type SafeHtml } from '@remix-run/html-template';
import type { Clarify, ParsedLine, ParseResult, Span } from '../../parser/index.ts';
import type { Formats } from './formats.ts';

type Intent = ParseResult['intent'];

const INTENTS: Record<Intent, string> = {
  order: 'an order',
  add: 'something to add',
  remove: 'something to take out',
  change: 'a change',
  repeat: 'the last order again',
  confirm: 'a yes',
  decline: 'a no',
  cancel: 'a cancellation',
  balance: 'a question about the balance',
  statement: 'a wish for a statement',
  paid: 'word of a payment',
  status: 'a question about an order',
  query: 'a question about a product',
  help: 'a call for help',
  greeting: 'a greeting',
  human: 'a wish for a person',
  language: 'a choice of language',
  why: 'a question why',
  unknown: 'nothing that was understood',
};

type Reading = { body: string; parsed: ParseResult; names: Readonly<Record<string, string>>; format: Formats };

/** What a text was taken for, and how sure that is: "an order and a question about the balance, 93% sure". */
export const readAs = ({ intent, alsoIntents, confidence }: ParseResult, format: Formats): string =>
  `${[intent, ...alsoIntents].map((one) => INTENTS[one] ?? one).join(' and ')}, ${format.percent(confidence)} sure`;

/** How a text was read: its words with the place of each line marked in them, and each line with how sure that is. */
export function spansView({ body, parsed, names, format }: Reading): SafeHtml {
  const lines = [
    ...parsed.lines.map((line, index) => lineView(line, index, names, format)),
    ...parsed.clarify.map((question) => questionView(question, names)),
  ];
  return html`<p class="spans" dir="auto">${marked(body, parsed)}</p>
    ${lines.length === 0 ? '' : html`<ul class="span-lines">${lines}</ul>`}
    ${parsed.reasons.length === 0 ? '' : html`<p class="hint">${parsed.reasons.map(inWords).join(', ')}</p>`}`;
}

const inWords = (code: string): string => code.replaceAll('_', ' ');

function lineView(line: ParsedLine, index: number, names: Readonly<Record<string, string>>, format: Formats): SafeHtml {
  const amount = [line.quantity ?? 'all', line.unit ?? ''].join(' ').trim();
  return html`<li><span class="mark-no">${index + 1}</span><span>${line.act === 'add' ? '' : `${line.act} `}<b>${amount}</b>
    ${names[line.sku] ?? line.sku}</span><span class="num muted">${format.percent(line.confidence)}</span></li>`;
}

function questionView(question: Clarify, names: Readonly<Record<string, string>>): SafeHtml {
  const candidates = question.candidates.map((sku) => names[sku] ?? sku).join(', ');
  return html`<li class="unsure"><span class="mark-no">?</span><span>asked about: <b dir="auto">${question.text}</b>
    (${inWords(question.kind)}${candidates === '' ? '' : `: ${candidates}`})</span></li>`;
}

/** The text exactly as it was received. Lines may share a place ("2 each of coke and sprite"): the first has it. */
function marked(text: string, { lines, clarify }: ParseResult): (string | SafeHtml)[] {
  const marks = [
    ...lines.map(({ span }, index) => ({ span, label: String(index + 1), look: 'sure' })),
    ...clarify.map(({ span }) => ({ span, label: '?', look: 'unsure' })),
  ].sort((a, b) => a.span.start - b.span.start);
  const parts: (string | SafeHtml)[] = [];
  let done = 0;
  for (const { span, label, look } of marks) {
    if (!isInside(span, text, done)) continue;
    parts.push(text.slice(done, span.start));
    parts.push(html`<mark class="${look}">${text.slice(span.start, span.end)}<sub>${label}</sub></mark>`);
    done = span.end;
  }
  parts.push(text.slice(done));
  return parts;
}

const isInside = ({ start, end }: Span, text: string, from: number): boolean =>
  start >= from && end > start && end <= text.length;
