import { html } from '@remix-run/html-template';
import { z } from 'zod';
import { importShopWithin, readShopFile } from '../../catalogue/index.ts';
import { LANGUAGES } from '../../shared/policies.ts';
import { passwordProblem } from '../../staff/index.ts';
import { readForm, refuse } from '../read-form.ts';
import type { ConsoleRoute, PageAnswer, PublicRequest } from '../route.ts';
import { type Choice, emptyForm, type FormState, form, input, select } from '../view/form.ts';
import { idOf } from './shop-form.ts';

const PATH = '/console/first-run';

/**
 * Opened with the link that the service prints while there is no wholesaler: makes the wholesaler and its first admin. The
 * next steps (products, the first shop, the WhatsApp line) are listed on Today until they are done.
 */
export const firstRunRoutes: readonly ConsoleRoute[] = [
  {
    method: 'GET',
    path: PATH,
    right: 'public',
    handle: ({ deps, query }) => firstRun(deps, query.get('token') ?? '', emptyForm(DEFAULTS), 200),
  },
  { method: 'POST', path: PATH, right: 'public', handle: makeShop },
];

const DEFAULTS = { currency: 'INR', language: 'en', timeZone: 'Asia/Kolkata' };

const schema = z.object({
  token: z.string().max(100),
  shopName: z.string().min(1, 'Write the name of your business.').max(200),
  shopId: z
    .string()
    .max(100)
    .regex(/^[a-z0-9-]*$/, 'Use small letters, digits and hyphens.'),
  currency: z.string(),
  language: z.string(),
  timeZone: z.string(),
  name: z.string().min(1, 'Write your name.').max(200),
  email: z.email('Write your e-mail address, such as asha@example.com.').max(200),
});

async function firstRun(
  deps: PublicRequest['deps'],
  token: string,
  state: FormState,
  status: 200 | 422,
): Promise<PageAnswer> {
  const link = await deps.desk.openLink(token);
  if (link.kind === 'gone' || link.staff !== null) return linkGone();
  const fields = { state };
  const body = html`<div class="wide stack-gap"><div><p class="muted">Step 1 of 4: your business. Then your products, your first shop and your WhatsApp number.</p><h1>Set up orderlock</h1></div>
    ${form({ action: PATH, csrfToken: '', state, submit: 'Create and sign in' }, [
      html`<input type="hidden" name="token" value="${token}">`,
      html`<fieldset><legend>Business</legend>
        ${input({ ...fields, name: 'shopName', label: 'Name', autocomplete: 'organization', autofocus: status === 200 })}
        ${input({ ...fields, name: 'shopId', label: 'Short id', optional: true, hint: 'For programs that call the API. Left empty, it is made from the name.' })}
        ${select({ ...fields, name: 'currency', label: 'Currency', hint: 'All credit is kept in it. It cannot be changed later.', choices: currencies() })}
        ${select({ ...fields, name: 'language', label: 'Language', hint: 'The bot answers each shop in its own language, and in this one when in doubt.', choices: languages() })}
        ${select({ ...fields, name: 'timeZone', label: 'Time zone', hint: 'Days, due dates and opening hours are counted in it.', choices: timeZones(), guessZone: status === 200 })}
      </fieldset>`,
      html`<fieldset><legend>You</legend>
        ${input({ ...fields, name: 'name', label: 'Your name', autocomplete: 'name' })}
        ${input({ ...fields, name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username', hint: 'You sign in with it.' })}
        ${input({ ...fields, name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password', hint: 'At least 10 characters; a few words are easiest to remember.' })}
      </fieldset>`,
    ])}</div>`;
  return { kind: 'page', title: 'Set up', place: null, body, status };
}

async function makeShop({ deps, form: given }: PublicRequest): Promise<PageAnswer> {
  const token = given.get('token') ?? '';
  const read = readForm(schema, given);
  if (!read.ok) return firstRun(deps, token, read.state, 422);
  const { shopName, currency, language, timeZone, name, email } = read.value;
  const password = given.get('password') ?? '';
  const problem = passwordProblem(password, { email, name });
  if (problem !== null) return firstRun(deps, token, refuse(given, { password: problem }), 422);
  const id = read.value.shopId === '' ? idOf(shopName) : read.value.shopId;
  const shop = readShopFile(JSON.stringify({ wholesaler: { id, name: shopName, currency, language, timeZone } }));
  if (!shop.ok) return firstRun(deps, token, refuse(given, problemsByField(shop.problems)), 422);
  const founded = await deps.desk.foundShop(token, { wholesalerId: id, email, name, password }, async (tx) => {
    await importShopWithin(tx, shop.shop);
  });
  if (founded === null) return linkGone();
  return { kind: 'redirect', to: '/console', notice: 'shop_founded', session: { kind: 'open', token: founded.token } };
}

const FIELDS: Record<string, string> = { 'wholesaler.name': 'shopName', 'wholesaler.id': 'shopId' };

function problemsByField(problems: readonly { path: string; message: string }[]): Record<string, string> {
  return Object.fromEntries(
    problems.map(({ path, message }) => [FIELDS[path] ?? path.replace('wholesaler.', ''), `This ${message}.`]),
  );
}

function linkGone(): PageAnswer {
  const body = html`<h1>This link cannot be used</h1>
    <p>The first-run link works once, for 24 hours, and only while there is no wholesaler yet. The service prints a new one
      when it starts.</p>
    <p><a class="button primary" href="/console/sign-in">Sign in</a></p>`;
  return { kind: 'page', title: 'Link used', place: null, body, status: 422 };
}

const named = (type: 'currency' | 'language', codes: readonly string[]): Choice[] => {
  const names = new Intl.DisplayNames('en', { type });
  return codes.map((value) => ({
    value,
    label: type === 'currency' ? `${value} - ${names.of(value)}` : `${names.of(value)}`,
  }));
};
const currencies = (): Choice[] => named('currency', Intl.supportedValuesOf('currency'));
const languages = (): Choice[] => named('language', LANGUAGES);
const timeZones = (): Choice[] =>
  Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
