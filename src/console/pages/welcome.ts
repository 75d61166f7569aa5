import { html } from '@remix-run/html-template';
import { passwordProblem } from '../../staff/index.ts';
import { refuse } from '../read-form.ts';
import type { ConsoleRoute, PageAnswer, PublicRequest } from '../route.ts';
import { emptyForm, type FormState, form, input } from '../view/form.ts';

const PATH = '/console/welcome';

/** Where a one-time link leads. Looking does not use it up: programs that check links in messages look, too. */
export const welcomeRoutes: readonly ConsoleRoute[] = [
  {
    method: 'GET',
    path: PATH,
    right: 'public',
    handle: ({ deps, query }) => welcome(deps, query.get('token') ?? '', emptyForm(), 200),
  },
  { method: 'POST', path: PATH, right: 'public', handle: setPassword },
];

async function welcome(
  deps: PublicRequest['deps'],
  token: string,
  state: FormState,
  status: 200 | 422,
): Promise<PageAnswer> {
  const link = await deps.desk.openLink(token);
  if (link.kind === 'gone' || link.staff === null) return linkGone();
  const body = html`<h1>Welcome, ${link.staff.name}</h1>
    <p>Choose a password for ${link.wholesalerName ?? 'your shop'}. You sign in as <strong>${link.staff.email}</strong>.</p>
    ${form({ action: PATH, csrfToken: '', state, submit: 'Set password and sign in' }, [
      html`<input type="hidden" name="token" value="${token}">`,
      html`<input type="hidden" name="username" autocomplete="username" value="${link.staff.email}">`,
      input({
        name: 'password',
        label: 'New password',
        type: 'password',
        state,
        hint: 'At least 10 characters; a few words are easiest to remember.',
        autocomplete: 'new-password',
        autofocus: true,
      }),
    ])}`;
  return { kind: 'page', title: 'Welcome', place: null, body, status };
}

async function setPassword({ deps, form: given }: PublicRequest): Promise<PageAnswer> {
  const token = given.get('token') ?? '';
  const password = given.get('password') ?? '';
  const link = await deps.desk.openLink(token);
  if (link.kind === 'gone' || link.staff === null) return linkGone();
  const problem = passwordProblem(password, link.staff);
  if (problem !== null) return welcome(deps, token, refuse(given, { password: problem }), 422);
  const opened = await deps.desk.acceptInvitation(token, password);
  if (opened === null) return linkGone();
  return { kind: 'redirect', to: '/console', notice: 'password_set', session: { kind: 'open', token: opened.token } };
}

function linkGone(): PageAnswer {
  const body = html`<h1>This link has done its work</h1>
    <p>A sign-in link works once and for 24 hours. If you have set a password, sign in with it; otherwise ask an admin of
      your shop for a new link.</p>
    <p><a class="button primary" href="/console/sign-in">Sign in</a></p>`;
  return { kind: 'page', title: 'Link used', place: null, body, status: 422 };
}
