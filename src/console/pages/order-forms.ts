import { html, type SafeHtml } from '@remix-run/html-template';
import type { OrderSheet } from '../../orders/index.ts';
import type { PageRequest } from '../route.ts';
import { emptyForm, type FormState, form, input } from '../view/form.ts';
import { lineField, seenOf } from './order-delivery.ts';

export type OrderFormStates = Partial<Record<'deliver' | 'cancel' | 'reopen', FormState>>;

/** What can be done with an order as it stands: deliver it, cancel it, open it again. */
export function orderForms(order: OrderSheet, request: PageRequest, states: OrderFormStates): SafeHtml {
  const isOpen = order.status === 'approved' || order.status === 'part_delivered';
  const mayCancel = order.status === 'approved' || order.status.startsWith('waiting');
  const mayReopen = order.status === 'cancelled' || order.status === 'expired';
  return html`${isOpen ? deliverForm(order, request, states.deliver) : ''}
    ${mayCancel ? cancelForm(order, request, states.cancel) : ''}
    ${mayReopen ? reopenForm(order, request, states.reopen) : ''}`;
}

const pathOf = (order: OrderSheet): string => `/console/orders/${encodeURIComponent(order.id)}`;

function deliverForm(order: OrderSheet, { csrfToken, format }: PageRequest, given: FormState | undefined): SafeHtml {
  const state = given ?? emptyForm({ how: 'all' });
  const chosen = state.values.get('how') ?? 'all';
  const choice = (value: string, label: string): SafeHtml =>
    html`<div class="field check"><label><input type="radio" name="how" value="${value}" ${chosen === value ? html`checked` : ''}> ${label}</label></div>`;
  const open = order.lines.filter(({ quantityMilli, deliveredMilli }) => deliveredMilli < quantityMilli);
  const quantities = open.map(({ position, name, unit, quantityMilli, deliveredMilli }) =>
    input({
      name: lineField(position),
      label: name,
      state,
      optional: 'quietly',
      inputmode: 'decimal',
      maxlength: 20,
      hint: `of ${format.quantity(quantityMilli - deliveredMilli)} ${unit}`,
    }),
  );
  const error = state.errors.how;
  return html`<section class="card" aria-labelledby="h-deliver"><h2 id="h-deliver">Deliver</h2>
      ${form({ action: `${pathOf(order)}/deliver`, csrfToken, state, submit: 'Book delivery' }, [
        html`<input type="hidden" name="seen" value="${seenOf(order)}">
        <fieldset id="f-how" tabindex="-1"><legend>What was delivered</legend>
          ${error === undefined ? '' : html`<p class="error">${error}</p>`}
          ${choice('all', `All that is left: ${format.money(order.hold?.leftMinor ?? 0n)}`)}
          ${choice('part', 'A part; the rest follows')}
          ${choice('last', 'A part; the rest is given back')}
          ${quantities.length === 0 ? '' : html`<div class="quantities" role="group" aria-label="How much of each came">${quantities}</div>`}
          ${input({
            name: 'amount',
            label: 'Amount of the part',
            state,
            optional: true,
            inputmode: 'decimal',
            unit: order.currency,
            ...(quantities.length > 0 && { hint: 'Instead of quantities, where you know only what it comes to.' }),
          })}
        </fieldset>`,
        input({ name: 'reference', label: 'Invoice number', state, optional: true, maxlength: 100 }),
      ])}</section>`;
}

function cancelForm(order: OrderSheet, { csrfToken }: PageRequest, given: FormState | undefined): SafeHtml {
  const state = given ?? emptyForm();
  return html`<details class="card" ${given === undefined ? '' : html`open`}><summary>Cancel this order</summary>
      ${form({ action: `${pathOf(order)}/cancel`, csrfToken, state, submit: 'Cancel order', danger: true }, [
        input({
          name: 'reason',
          label: 'Why',
          state,
          maxlength: 200,
          hint: 'The shop reads it, and it stands in the ledger. What is on hold for the order is free again.',
        }),
      ])}</details>`;
}

function reopenForm(order: OrderSheet, { csrfToken }: PageRequest, given: FormState | undefined): SafeHtml {
  return html`<section class="card" aria-labelledby="h-reopen"><h2 id="h-reopen">Open it again</h2>
      <p class="hint">Its credit is tested like that of a new order, at the prices of the day it was placed.</p>
      ${form({ action: `${pathOf(order)}/reopen`, csrfToken, state: given ?? emptyForm(), submit: 'Reopen order' }, [])}</section>`;
}
