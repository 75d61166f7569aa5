import { html, type SafeHtml } from '@remix-run/html-template';
import { formatMinor } from '../../shared/money.ts';
import { type TracedFigures, tellDecision } from '../../trace/index.ts';
import type { TwoOrders } from './two-orders.ts';

/** Both verdicts side by side, and the account before and after. */
export function twoOrdersView({ shop, currency, order, before, after, verdicts, tookMs }: TwoOrders): SafeHtml {
  const approved = verdicts.filter(({ answer }) => answer.placed === true).length;
  return html`<p>Both phones of <b>${shop}</b> ordered <b dir="auto">${order}</b> and confirmed at the same instant; both verdicts stood after ${tookMs} ms.</p>
    <ul class="verdicts">${verdicts.map(({ phone, answer }) => {
      const isGood = answer.placed === true;
      return html`<li class="${isGood ? 'good' : 'refused'}"><b>${phone}: ${isGood ? `approved, order ${answer.number}` : 'refused'}</b>${tellDecision(answer, currency).map((line) => html`<span class="sum">${line}</span>`)}</li>`;
    })}</ul>
    <table>
      <caption>The account</caption>
      <thead><tr><th scope="col"></th><th scope="col">Limit</th><th scope="col">Owed</th><th scope="col">Held</th><th scope="col">Available</th></tr></thead>
      <tbody>${figuresRow('Before', before, currency)}${figuresRow('After', after, currency)}</tbody>
    </table>
    <p><b>${approved} of ${verdicts.length} approved.</b></p>`;
}

function figuresRow(name: string, figures: TracedFigures, currency: string): SafeHtml {
  const cell = (minor: bigint): SafeHtml => html`<td>${formatMinor(minor, currency, 'en')}</td>`;
  return html`<tr><th scope="row">${name}</th>${cell(figures.limitMinor)}${cell(figures.owedMinor)}${cell(figures.heldMinor)}${cell(figures.availableMinor)}</tr>`;
}
