import { html, type SafeHtml } from '@remix-run/html-template';
import type { AccountFigures } from '../../credit/index.ts';
import type { PageRequest } from '../route.ts';
import { emptyForm, form, input } from '../view/form.ts';
import type { AccountFormStates } from './account.ts';

/**
 * What staff last saw of an account when they opened its forms. Orders and payments that come meanwhile do not matter;
 * another person's decision does.
 */
export function versionOf(account: AccountFigures): string {
  const { limitMinor, limitValidUntil, status, blockReason, termsDays, graceDays, overdueToleranceMinor } = account;
  const until = limitValidUntil?.toISOString() ?? '';
  return JSON.stringify([
    `${limitMinor}`,
    until,
    status,
    blockReason,
    termsDays,
    graceDays,
    `${overdueToleranceMinor}`,
  ]);
}

/** The last day on which the limit counts, as its form has it; '' when it counts without end. */
export function lastDayOf({ limitValidUntil }: AccountFigures, format: PageRequest['format']): string {
  return limitValidUntil === null ? '' : format.dayOf(new Date(limitValidUntil.getTime() - 1));
}

/** Limit, one order above it, terms, block and unblock, each with its reason; for those who may. */
export function accountForms(account: AccountFigures, request: PageRequest, states: AccountFormStates): SafeHtml {
  if (!request.may('change_credit')) return html``;
  const { csrfToken, format, now } = request;
  const to = `/console/accounts/${encodeURIComponent(account.retailerId)}`;
  const seen = html`<input type="hidden" name="seen" value="${versionOf(account)}">`;
  // Opened where that is what has to be done, and without the day that is over.
  const isLapsed = account.limitValidUntil !== null && account.limitValidUntil < now;
  const until = isLapsed ? '' : lastDayOf(account, format);
  const limit = states.limit ?? emptyForm({ limit: format.money(account.limitMinor), until });
  const override = states.override ?? emptyForm();
  const status = states.status ?? emptyForm();
  const terms =
    states.terms ?? emptyForm({ termsDays: String(account.termsDays), graceDays: String(account.graceDays) });
  const blocking = account.status === 'active';
  const open = (state: unknown): SafeHtml => (state === undefined ? html`` : html`open`);
  const reason = (name: string, state: typeof limit): SafeHtml =>
    input({ name, label: 'Why', state, maxlength: 200, hint: 'Stands in the ledger under your name.' });
  return html`<details class="card" ${open(states.limit ?? (isLapsed || undefined))}><summary>Change the limit</summary>
      ${form({ action: `${to}/limit`, csrfToken, state: limit, submit: 'Change limit' }, [
        seen,
        input({ name: 'limit', label: 'New limit', state: limit, inputmode: 'decimal', unit: account.currency }),
        input({
          name: 'until',
          label: 'Valid until',
          type: 'date',
          state: limit,
          optional: true,
          hint: 'Its last day. Empty: without end.',
        }),
        reason('limitReason', limit),
      ])}</details>
    <details class="card" ${open(states.override)}><summary>Let one order pass the limit</summary>
      ${form({ action: `${to}/override`, csrfToken, state: override, submit: 'Let it pass' }, [
        seen,
        input({
          name: 'overrideOrder',
          label: 'Order',
          state: override,
          maxlength: 200,
          hint: 'The id under which your own system will place it. Orders that wait in a chat stand under Approvals.',
        }),
        input({
          name: 'above',
          label: 'Above the limit by at most',
          state: override,
          inputmode: 'decimal',
          unit: account.currency,
          hint: 'Lifts no block and no overdue debt.',
        }),
        input({ name: 'overrideUntil', label: 'To be placed until', type: 'date', state: override }),
        reason('overrideReason', override),
      ])}</details>
    <details class="card" ${open(states.status)}><summary>${blocking ? 'Block this account' : 'Unblock this account'}</summary>
      ${form(
        {
          action: `${to}/${blocking ? 'block' : 'unblock'}`,
          csrfToken,
          state: status,
          submit: blocking ? 'Block' : 'Unblock',
          danger: blocking,
        },
        [
          seen,
          html`<p class="hint">${blocking ? 'Stops new orders only. What is on hold can still be delivered, and payments are taken.' : 'New orders are taken again, up to the limit.'}</p>`,
          reason('statusReason', status),
        ],
      )}</details>
    <details class="card" ${open(states.terms)}><summary>Change the terms</summary>
      ${form({ action: `${to}/terms`, csrfToken, state: terms, submit: 'Change terms' }, [
        seen,
        input({
          name: 'termsDays',
          label: 'Days to pay',
          state: terms,
          inputmode: 'numeric',
          hint: 'For deliveries from now on.',
        }),
        input({
          name: 'graceDays',
          label: 'Days of grace',
          state: terms,
          inputmode: 'numeric',
          hint: 'Overdue debt stops orders only after these.',
        }),
        reason('termsReason', terms),
      ])}</details>`;
}
