import { html, type SafeHtml } from '@remix-run/html-template';
import { z } from 'zod';
import { readForm, refuse } from '../read-form.ts';
import type { ConsoleRoute, PageAnswer, PublicRequest } from '../route.ts';
import { safeNext } from '../same-origin.ts';
import { type Choice, emptyForm, type FormState, form, input, select } from '../view/form.ts';

const PATH = '/console/sign-in';

const schema = z.object({
  email: z.email('Write your e-mail address, such as asha@example.com.').max(200),
  password: z.string().min(1, 'Write your password.').max(400),
  wholesaler: z.string().max(200).optional(),
  next: z.string().max(2000).optional(),
});

export const signInRoutes: readonly ConsoleRoute[] = [
  { method: 'GET', path: PATH, right: 'public', handle: showSignIn },
  { method: 'POST', path: PATH, right: 'public', handle: signIn },
];

async function showSignIn({ deps, query, sessionToken }: PublicRequest): Promise<PageAnswer> {
  const next = safeNext(query.get('next'));
  if (sessionToken !== null && (await deps.desk.sessionOf(sessionToken, { touch: false })) !== null) {
    return { kind: 'redirect', to: next };
  }
  return signInPage(emptyForm({ next }), 200);
}

async function signIn({ deps, form: given, address }: PublicRequest): Promise<PageAnswer> {
  const read = readForm(schema, given);
  if (!read.ok) return signInPage(read.state, 422);
  const { email, wholesaler } = read.value;
  // As it was typed: a password may end in a space.
  const password = given.get('password') ?? '';
  const result = await deps.desk.signIn({ email, password, wholesalerId: wholesaler, address });
  switch (result.kind) {
    case 'signed_in':
      return {
        kind: 'redirect',
        to: safeNext(read.value.next ?? null),
        session: { kind: 'open', token: result.token },
      };
    case 'which': {
      const choices = result.choices.map(({ wholesalerId, name }) => ({ value: wholesalerId, label: name }));
      const errors = { wholesaler: 'You work for several. Choose one and write your password again.' };
      return signInPage(refuse(given, errors), 422, choices);
    }
    case 'too_many': {
      const errors = { '': `Too many tries. Wait ${waitText(result.retryAfterSeconds)}, then try again.` };
      return signInPage(refuse(given, errors), 429);
    }
    case 'wrong':
      return signInPage(refuse(given, { '': 'This address and password do not belong together.' }), 422);
  }
}

function signInPage(state: FormState, status: 200 | 422 | 429, shops: Choice[] = []): PageAnswer {
  const body: SafeHtml = html`<h1>Sign in</h1>
    ${form({ action: PATH, csrfToken: '', state, submit: 'Sign in' }, [
      html`<input type="hidden" name="next" value="${state.values.get('next') ?? '/console'}">`,
      input({
        name: 'email',
        label: 'E-mail',
        type: 'email',
        state,
        autocomplete: 'username',
        autofocus: status === 200,
      }),
      input({ name: 'password', label: 'Password', type: 'password', state, autocomplete: 'current-password' }),
      shops.length === 0 ? html`` : select({ name: 'wholesaler', label: 'Wholesaler', state, choices: shops }),
    ])}
    <p class="hint">No password yet, or forgotten? Ask an admin of your shop for a sign-in link.</p>`;
  return { kind: 'page', title: 'Sign in', place: null, body, status };
}

function waitText(seconds: number): string {
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
