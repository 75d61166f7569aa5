import { html } from '@remix-run/html-template';
import { NOTICE_KINDS, type NoticeKind } from '../../../shared/policies.ts';
import { checks } from '../../view/choices.ts';
import { input } from '../../view/form.ts';
import { filled, listIn, numberIn, type SettingsGroup, textIn } from './group.ts';

const KINDS: Record<NoticeKind, string> = {
  payment_due_soon: 'A debt is due soon',
  payment_overdue: 'A debt is overdue',
  order_delivered: 'An order was delivered',
  order_cancelled: 'An order was cancelled for it',
  payment_received: 'A payment was received',
  payment_bounced: 'A payment was taken back',
  limit_changed: 'The limit changed',
  account_blocked: 'The account was blocked',
  account_unblocked: 'The account is open again',
  hold_expiring: 'The credit for an order is let go soon',
  hold_expired: 'The credit for an order was let go',
};

export const notices: SettingsGroup = {
  key: 'notices',
  label: 'Notices',
  lead: 'What shops are told without having asked. WhatsApp charges for a message to somebody who was silent for 24 hours.',
  names: ['notices'],
  labels: {
    send: 'Notices',
    daysBeforeDue: 'Days before due',
    daysAfterDue: 'Days after due',
    remindAt: 'Reminders go at',
    holdWarningHours: 'Hours of warning',
    quietFrom: 'Quiet from',
    quietTo: 'Quiet until',
  },
  fill: ({ policies: { notices: now } }) =>
    filled({
      send: now.send,
      daysBeforeDue: now.daysBeforeDue.join(', '),
      daysAfterDue: now.daysAfterDue.join(', '),
      remindAt: now.remindAt,
      holdWarningHours: now.holdWarningHours,
      quietFrom: now.quietHours?.from ?? '',
      quietTo: now.quietHours?.to ?? '',
    }),
  read(form) {
    const [from, to] = [textIn(form, 'quietFrom'), textIn(form, 'quietTo')];
    const daysIn = (name: string) => listIn(form, name).map((day) => (/^\d{1,4}$/.test(day) ? Number(day) : day));
    const send = form.getAll('send');
    return {
      change: {
        policies: {
          notices: {
            send: [...NOTICE_KINDS.filter((kind) => send.includes(kind)), ...send.filter((kind) => !isKind(kind))],
            daysBeforeDue: daysIn('daysBeforeDue'),
            daysAfterDue: daysIn('daysAfterDue'),
            remindAt: textIn(form, 'remindAt'),
            holdWarningHours: numberIn(form, 'holdWarningHours'),
            quietHours: from === '' && to === '' ? null : { from, to },
          },
        },
      },
      errors: {},
    };
  },
  fieldOf: ([, , name, part]) => (name === 'quietHours' ? (part === 'to' ? 'quietTo' : 'quietFrom') : String(name)),
  view: (state) => [
    checks({
      name: 'send',
      legend: 'Tell a shop when',
      hint: 'A shop that wrote STOP gets none of it.',
      state,
      choices: NOTICE_KINDS.map((value) => ({ value, label: KINDS[value] })),
    }),
    html`<fieldset><legend>Reminders of debts</legend>
      ${input({ name: 'daysBeforeDue', label: 'Days before they are due', state, optional: true, hint: 'Such as 3, 0. 0 is the day itself.' })}
      ${input({ name: 'daysAfterDue', label: 'Days after, while they are not paid', state, optional: true, hint: 'Such as 1, 7, 14.' })}
      ${input({ name: 'remindAt', label: 'They go at', state, hint: 'By your clock, such as 10:00.' })}</fieldset>`,
    input({
      name: 'holdWarningHours',
      label: 'Hours before the credit for an order is let go',
      state,
      inputmode: 'numeric',
      hint: 'So long before it the shop hears of it. 1 to 720.',
    }),
    html`<fieldset><legend>Quiet hours</legend><p class="hint">No notice goes then; it waits until they are over. Both empty: none are quiet.</p>
      ${input({ name: 'quietFrom', label: 'From', state, optional: true })}
      ${input({ name: 'quietTo', label: 'Until', state, optional: true })}</fieldset>`,
  ],
};

const isKind = (kind: string): boolean => (NOTICE_KINDS as readonly string[]).includes(kind);
