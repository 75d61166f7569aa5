import { readMoney } from '../../read-money.ts';
import { radios } from '../../view/choices.ts';
import { input } from '../../view/form.ts';
import { filled, numberIn, type SettingsGroup, textIn } from './group.ts';

export const ordering: SettingsGroup = {
  key: 'ordering',
  label: 'Ordering',
  lead: 'When an order is placed at once, and when the shop is asked first.',
  names: ['confirm', 'minimumOrderMinor', 'quantityCap', 'questionMinutes'],
  labels: {
    confirm: 'Confirmation',
    minimumOrderMinor: 'Smallest order',
    quantityCap: 'Ask above this quantity',
    questionMinutes: 'Minutes to answer',
  },
  fill: ({ policies: { confirm, minimumOrderMinor, quantityCap, questionMinutes } }, { format }) =>
    filled({
      confirm,
      minimumOrderMinor: minimumOrderMinor === 0 ? '' : format.money(BigInt(minimumOrderMinor)),
      quantityCap,
      questionMinutes,
    }),
  read(form, { wholesaler, format }) {
    const typed = textIn(form, 'minimumOrderMinor');
    const amount = typed === '' ? 0n : readMoney(typed, wholesaler.currency, format.locale);
    const errors: Record<string, string> = {};
    if (amount === null) errors.minimumOrderMinor = `Write an amount such as ${format.money(500_000n)}.`;
    return {
      change: {
        policies: {
          confirm: textIn(form, 'confirm'),
          minimumOrderMinor: Number(amount ?? 0n),
          quantityCap: numberIn(form, 'quantityCap'),
          questionMinutes: numberIn(form, 'questionMinutes'),
        },
      },
      errors,
    };
  },
  fieldOf: ([, name]) => String(name),
  view: (state, { wholesaler }) => [
    radios({
      name: 'confirm',
      legend: 'Before an order from a chat is placed',
      hint: 'A cart from the WhatsApp catalogue was put together product by product: it is placed at once.',
      state,
      choices: [
        { value: 'always', label: 'Always ask', hint: 'The shop sees every order and confirms it.' },
        {
          value: 'when_unsure',
          label: 'Ask when unsure',
          hint: 'What was read to the letter is placed at once; what was guessed, corrected or is unusually large is asked about.',
        },
        { value: 'never', label: 'Never ask', hint: 'Placed as soon as nothing is unclear.' },
      ],
    }),
    input({
      name: 'minimumOrderMinor',
      label: 'Smallest order',
      state,
      optional: true,
      inputmode: 'decimal',
      unit: wholesaler.currency,
      hint: 'A smaller one is kept, and the shop reads what is missing. Empty: none is too small.',
    }),
    input({
      name: 'quantityCap',
      label: 'Ask above this quantity',
      state,
      inputmode: 'numeric',
      hint: 'More of one thing than this is asked about before it is believed. At most 10000.',
    }),
    input({
      name: 'questionMinutes',
      label: 'Minutes to answer a question',
      state,
      inputmode: 'numeric',
      hint: 'After that the question lapses; the order stays in the chat and is shown again. 1 to 1440.',
    }),
  ],
};
