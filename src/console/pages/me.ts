import { html, type SafeHtml } from '@remix-run/html-template';
import { passwordProblem } from '../../staff/index.ts';
import { refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { emptyForm, type FormState, form, input } from '../view/form.ts';
import { roleLabel } from '../view/words.ts';

/** One's own password and devices. */
export const meRoutes: readonly ConsoleRoute[] = [
  page('/console/me', 'own', async (request) => showMe(request, emptyForm(), 200)),
  action('/console/me/password', 'own', changePassword),
  action('/console/sign-out', 'own', async ({ deps, sessionToken }) => {
    await deps.desk.signOut(sessionToken);
    return { kind: 'redirect', to: '/console/sign-in', notice: 'signed_out', session: { kind: 'close' } };
  }),
  action('/console/sign-out-everywhere', 'own', async ({ deps, staff }) => {
    await deps.desk.signOutEverywhere(staff);
    return { kind: 'redirect', to: '/console/sign-in', notice: 'signed_out_everywhere', session: { kind: 'close' } };
  }),
];

async function changePassword(request: PageRequest): Promise<PageAnswer> {
  const { deps, staff, form: given, sessionToken } = request;
  const next = given.get('next') ?? '';
  const problem = passwordProblem(next, staff);
  if (problem !== null) return showMe(request, refuse(given, { next: problem }), 422);
  const present = given.get('present') ?? '';
  const changed = await deps.desk.changePassword(staff, { present, next, token: sessionToken });
  switch (changed.kind) {
    case 'changed':
      return { kind: 'redirect', to: '/console/me', notice: 'password_changed' };
    case 'wrong':
      return showMe(request, refuse(given, { present: 'This is not your present password.' }), 422);
    case 'too_many':
      return showMe(request, refuse(given, { present: 'Too many tries. Wait a few minutes, then try again.' }), 429);
  }
}

function showMe({ staff, csrfToken }: PageRequest, state: FormState, status: 200 | 422 | 429): PageAnswer {
  const body: SafeHtml = html`<h1>${staff.name}</h1>
    <p class="lead">${staff.email}, ${roleLabel(staff.role)}</p>
    <section class="card narrow" aria-labelledby="h-password">
      <h2 id="h-password">Change password</h2>
      ${form({ action: '/console/me/password', csrfToken, state, submit: 'Change password' }, [
        input({
          name: 'present',
          label: 'Present password',
          type: 'password',
          state,
          autocomplete: 'current-password',
        }),
        input({
          name: 'next',
          label: 'New password',
          type: 'password',
          state,
          hint: 'At least 10 characters. Your other devices are signed out.',
          autocomplete: 'new-password',
        }),
      ])}
    </section>
    <section class="card narrow" aria-labelledby="h-devices">
      <h2 id="h-devices">Devices</h2>
      <p>Lost a phone, or signed in on somebody else's computer?</p>
      ${form({ action: '/console/sign-out-everywhere', csrfToken, submit: 'Sign out everywhere', danger: true }, [])}
    </section>`;
  return { kind: 'page', title: 'Password and devices', place: 'me', body, status };
}
