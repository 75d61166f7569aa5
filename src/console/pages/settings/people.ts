import { checks, radios } from '../../view/choices.ts';
import { input } from '../../view/form.ts';
import { languageChoices } from './business.ts';
import { filled, numberIn, type SettingsGroup, textIn } from './group.ts';

export const people: SettingsGroup = {
  key: 'people',
  label: 'People and languages',
  lead: 'Whom the bot talks to, and in which languages.',
  names: ['unknownPersons', 'languages', 'handBackMinutes'],
  labels: {
    unknownPersons: 'Unknown people',
    languages: 'Languages',
    handBackMinutes: 'Minutes until the bot takes over',
  },
  fill: ({ policies: { unknownPersons, languages, handBackMinutes } }) =>
    filled({ unknownPersons, languages, handBackMinutes }),
  read: (form) => ({
    change: {
      policies: {
        unknownPersons: textIn(form, 'unknownPersons'),
        languages: form.getAll('languages'),
        handBackMinutes: numberIn(form, 'handBackMinutes'),
      },
    },
    errors: {},
  }),
  fieldOf: ([, name]) => String(name),
  view: (state) => [
    radios({
      name: 'unknownPersons',
      legend: 'When somebody writes whom nobody knows',
      hint: 'They are told nothing of products, prices or credit.',
      state,
      choices: [
        {
          value: 'register',
          label: 'Ask me to register them',
          hint: 'They appear under People, and read that you were told.',
        },
        { value: 'refuse', label: 'Refuse', hint: 'They read that the number is not registered, and whom to ask.' },
      ],
    }),
    checks({
      name: 'languages',
      legend: 'Languages that the bot answers in',
      hint: 'Who writes in another is understood as far as possible, and answered in yours. They are offered in this order.',
      state,
      choices: inOrder(state.values.getAll('languages')),
    }),
    input({
      name: 'handBackMinutes',
      label: 'Minutes until the bot takes a chat back',
      state,
      inputmode: 'numeric',
      hint: 'When staff took a chat over and said nothing for so long. 0: never by itself.',
    }),
  ],
};

/** Those that are chosen first, in the order in which they are offered: a form sends them as it shows them. */
function inOrder(chosen: readonly string[]) {
  const place = (value: string): number => (chosen.includes(value) ? chosen.indexOf(value) : chosen.length);
  return languageChoices.toSorted((a, b) => place(a.value) - place(b.value));
}
