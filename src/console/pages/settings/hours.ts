import { html, type SafeHtml } from '@remix-run/html-template';
import { WEEKDAYS, type Weekday } from '../../../shared/policies.ts';
import { radios } from '../../view/choices.ts';
import { type FormState, input, textarea } from '../../view/form.ts';
import { filled, listIn, type SettingsGroup, textIn } from './group.ts';

const DAYS: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const SPAN = /^(\d{1,2}:\d\d)\s*(?:-|–|to)\s*(\d{1,2}:\d\d)$/;

export const hours: SettingsGroup = {
  key: 'hours',
  label: 'Opening hours',
  lead: 'When orders are worked on. Questions are answered around the clock.',
  names: ['openingHours', 'holidays', 'outsideHours'],
  labels: { always: 'Open', ...DAYS, holidays: 'Holidays', outsideHours: 'Outside the hours' },
  fill: ({ policies: { openingHours, holidays, outsideHours } }) =>
    filled({
      always: openingHours === null ? 'yes' : 'no',
      ...Object.fromEntries(
        WEEKDAYS.map((day) => [day, (openingHours?.[day] ?? []).map(({ from, to }) => `${from}-${to}`).join(', ')]),
      ),
      holidays: holidays.join('\n'),
      outsideHours,
    }),
  read(form) {
    const errors: Record<string, string> = {};
    const spansOf = (day: Weekday) =>
      listIn(form, day).map((text) => {
        const [, from, to] = SPAN.exec(text) ?? [];
        if (from === undefined || to === undefined) errors[day] = 'Write hours such as 08:00-12:30, 14:00-18:00.';
        return { from: twoDigits(from), to: twoDigits(to) };
      });
    const isAlways = form.get('always') === 'yes';
    const openingHours = isAlways
      ? null
      : Object.fromEntries(WEEKDAYS.map((day) => [day, spansOf(day)]).filter(([, spans]) => (spans ?? []).length > 0));
    return {
      change: {
        policies: { openingHours, holidays: listIn(form, 'holidays'), outsideHours: textIn(form, 'outsideHours') },
      },
      errors,
    };
  },
  fieldOf: ([, name, day]) =>
    name === 'openingHours' ? (WEEKDAYS.find((one) => one === day) ?? 'always') : String(name),
  view: (state, { wholesaler }) => [
    radios({
      name: 'always',
      legend: 'Open',
      state,
      choices: [
        { value: 'yes', label: 'Always' },
        { value: 'no', label: 'In these hours' },
      ],
    }),
    html`<fieldset><legend>Hours, by the clock of ${wholesaler.timeZone.replaceAll('_', ' ')}</legend>
      <p class="hint">Such as 08:00-12:30, 14:00-18:00. Empty: closed. Hours over midnight are two: until 24:00, and from 00:00 on the next day.</p>
      <div class="days">${WEEKDAYS.map((day) => dayField(day, state))}</div></fieldset>`,
    textarea({
      name: 'holidays',
      label: 'Holidays',
      state,
      optional: true,
      rows: 4,
      hint: 'Days on which nobody works, one in a line, such as 2026-12-25.',
    }),
    radios({
      name: 'outsideHours',
      legend: 'An order outside the hours',
      state,
      choices: [
        {
          value: 'take',
          label: 'is taken',
          hint: 'It holds its credit, and the shop reads when it will be worked on.',
        },
        {
          value: 'refuse',
          label: 'waits for the shop',
          hint: 'It is kept in the chat, and the shop reads from when it can be confirmed.',
        },
      ],
    }),
  ],
};

const dayField = (day: Weekday, state: FormState): SafeHtml =>
  input({ name: day, label: DAYS[day], state, optional: 'quietly', maxlength: 200 });

const twoDigits = (time: string | undefined): string => (time ?? '').padStart(5, '0');
