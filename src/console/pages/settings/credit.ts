import { html } from '@remix-run/html-template';
import { input, select } from '../../view/form.ts';
import { filled, numberIn, type SettingsGroup, textIn } from './group.ts';

const OFFERS = [
  { value: '', label: 'nothing' },
  { value: 'trim_to_fit', label: 'cut the order down to the credit' },
  { value: 'ask_approval', label: 'ask you for approval' },
  { value: 'pay_first', label: 'pay first' },
];
const PLACES = ['offer1', 'offer2', 'offer3'] as const;

export const credit: SettingsGroup = {
  key: 'credit',
  label: 'Credit',
  lead: 'What a shop is offered when an order does not fit its credit, and how long things wait.',
  names: ['shortOfCredit', 'approvalHours', 'waitOnCreditDays', 'holdLifetimeHours'],
  labels: {
    offer1: 'First offer',
    offer2: 'Second offer',
    offer3: 'Third offer',
    approvalHours: 'Hours to approve',
    waitOnCreditDays: 'Days to wait for credit',
    holdLifetimeHours: 'Hours that credit is kept',
  },
  fill: ({ policies: { shortOfCredit, approvalHours, waitOnCreditDays }, given }) =>
    filled({
      ...Object.fromEntries(PLACES.map((place, at) => [place, shortOfCredit[at] ?? ''])),
      approvalHours,
      waitOnCreditDays,
      holdLifetimeHours: given.holdLifetimeHours ?? '',
    }),
  read: (form) => ({
    change: {
      policies: {
        shortOfCredit: PLACES.map((place) => textIn(form, place)).filter((offer) => offer !== ''),
        approvalHours: numberIn(form, 'approvalHours'),
        waitOnCreditDays: numberIn(form, 'waitOnCreditDays'),
        holdLifetimeHours: textIn(form, 'holdLifetimeHours') === '' ? undefined : numberIn(form, 'holdLifetimeHours'),
      },
    },
    errors: {},
  }),
  fieldOf: ([, name]) => (name === 'shortOfCredit' ? 'offer1' : String(name)),
  view: (state) => [
    html`<fieldset><legend>When credit is short, the shop is offered</legend>
      <p class="hint">In this order. Cancelling is always possible. While an account is blocked, only paying first is offered.</p>
      ${PLACES.map((name, at) => select({ name, label: ['First', 'Second', 'Third'][at] ?? name, state, choices: OFFERS }))}</fieldset>`,
    input({
      name: 'approvalHours',
      label: 'Hours to approve',
      state,
      inputmode: 'numeric',
      hint: 'How long an approver may answer; then the order lapses, and everybody is told. 1 to 720.',
    }),
    input({
      name: 'waitOnCreditDays',
      label: 'Days to wait for credit',
      state,
      inputmode: 'numeric',
      hint: 'How long an order waits for a payment or a higher limit. 1 to 90.',
    }),
    input({
      name: 'holdLifetimeHours',
      label: 'Hours that an order keeps its credit',
      state,
      optional: true,
      inputmode: 'numeric',
      hint: 'When nobody delivers or cancels it; for orders from chats. Empty: as long as each account says, 72 as a rule.',
    }),
  ],
};
