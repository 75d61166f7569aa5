import { html, type SafeHtml } from '@remix-run/html-template';
import type { RetailerBasics, ShopProblem } from '../../catalogue/index.ts';
import { LANGUAGES } from '../../shared/policies.ts';
import { type FormState, input, select } from '../view/form.ts';

/** Name, language and price list of a shop. */
export function basicsFields(state: FormState, lists: readonly string[]): SafeHtml[] {
  const chosen = state.values.get('priceList') ?? '';
  const known = [...new Set([...lists, ...(chosen === '' ? [] : [chosen])])];
  return [
    input({ name: 'name', label: 'Name', state, maxlength: 200, autocomplete: 'off' }),
    select({
      name: 'language',
      label: 'Language',
      state,
      hint: 'In which the bot writes first. It follows the shop when that writes in another.',
      choices: [{ value: '', label: 'The one that the shop writes in' }, ...languages()],
    }),
    known.length === 0
      ? html``
      : select({
          name: 'priceList',
          label: 'Price list',
          state,
          choices: [{ value: '', label: 'The usual prices' }, ...known.map((list) => ({ value: list, label: list }))],
        }),
  ];
}

function languages() {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return LANGUAGES.map((value) => ({ value, label: names.of(value) ?? value }));
}

/** What is said of a shop; what is wrong with it is added to `errors`. */
export function readBasics(given: URLSearchParams, errors: Record<string, string>): RetailerBasics {
  const text = (name: string): string => (given.get(name) ?? '').trim();
  if (text('name') === '') errors.name = 'Write the name of the shop.';
  const language = text('language');
  if (language !== '' && !(LANGUAGES as readonly string[]).includes(language)) errors.language = 'Choose a language.';
  return { name: text('name'), language: language || null, priceList: text('priceList') || null };
}

export const phoneProblem = 'Write it with + and the country code, such as +91 98000 00001.';

const FIELDS: Record<string, string> = { id: 'id', name: 'name', language: 'language', priceList: 'priceList' };

export const problemsByField = (problems: readonly ShopProblem[]): Record<string, string> =>
  Object.fromEntries(
    problems.map(({ path, message }) => {
      const field = FIELDS[path] ?? (path.startsWith('identities') ? 'phone' : '');
      return [field, field === '' ? `${path} ${message}.` : `This ${message}.`];
    }),
  );

/** "Sharma & Sons" becomes sharma-sons. */
export function idOf(name: string): string {
  const folded = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
  return folded === '' ? 'shop' : folded;
}
