import { html } from '@remix-run/html-template';
import { LANGUAGES } from '../../../shared/policies.ts';
import { input, select } from '../../view/form.ts';
import { filled, type SettingsGroup, textIn } from './group.ts';

const names = new Intl.DisplayNames('en', { type: 'language' });
/** Named as people know them: the code alone says little. */
export const languageChoices = LANGUAGES.map((value) => ({
  value,
  label: value === 'hi-Latn' ? 'Hindi in Latin letters' : (names.of(value) ?? value),
}));

const timeZones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));

export const business: SettingsGroup = {
  key: 'business',
  label: 'Business',
  lead: 'Who you are, and the clock and language that you keep.',
  names: ['name', 'language', 'timeZone'],
  labels: { name: 'Name', language: 'Language', timeZone: 'Time zone' },
  fill: ({ name, language, timeZone }) => filled({ name, language, timeZone }),
  read: (form) => ({
    change: { name: textIn(form, 'name'), language: textIn(form, 'language'), timeZone: textIn(form, 'timeZone') },
    errors: {},
  }),
  fieldOf: ([name]) => String(name),
  view: (state, { wholesaler }) => [
    input({ name: 'name', label: 'Name', state, maxlength: 200, hint: 'Shops read it in messages and on statements.' }),
    select({
      name: 'language',
      label: 'Language',
      state,
      choices: languageChoices,
      hint: 'Each shop is answered in its own language, and in this one when in doubt.',
    }),
    select({
      name: 'timeZone',
      label: 'Time zone',
      state,
      // A name that this list lacks (an older spelling) stays what it is.
      choices: timeZones.some(({ value }) => value === state.values.get('timeZone'))
        ? timeZones
        : [{ value: state.values.get('timeZone') ?? '', label: state.values.get('timeZone') ?? '' }, ...timeZones],
      hint: 'Days, due dates and opening hours are counted in it.',
    }),
    html`<p class="hint">Currency: ${wholesaler.currency}. All credit is kept in it, so it stays.</p>`,
  ],
};
