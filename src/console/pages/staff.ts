import { html, type SafeHtml } from '@remix-run/html-template';
import { z } from 'zod';
import { listStaff, ROLES, type StaffRow } from '../../staff/index.ts';
import { readForm, refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { badge } from '../view/components.ts';
import { emptyForm, type FormState, form, input, select, sureForm } from '../view/form.ts';
import { roleLabel } from '../view/words.ts';

const PATH = '/console/staff';

export const staffRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'manage_staff', (request) => showStaff(request, emptyForm({ role: 'sales' }))),
  action(`${PATH}/invite`, 'manage_staff', invite),
  action(`${PATH}/:staffId/leave`, 'manage_staff', leave),
];

const schema = z.object({
  email: z.email('Write an e-mail address, such as om@example.com.').max(200),
  name: z.string().min(1, 'Write the name.').max(200),
  role: z.enum(ROLES, 'Choose a role.'),
});

const ROLE_HINTS: Record<(typeof ROLES)[number], string> = {
  viewer: 'looks',
  sales: 'delivers and cancels orders, answers chats, keeps the catalogue',
  cashier: 'records payments',
  credit_controller: 'limits, blocks, approvals, payments taken back, who is who',
  admin: 'everything',
};

async function showStaff(request: PageRequest, state: FormState, link: string | null = null): Promise<PageAnswer> {
  const { deps, wholesaler, format, csrfToken, staff: me } = request;
  const people = await listStaff(deps.db.prisma, wholesaler.id);
  const row = (
    person: StaffRow,
  ): SafeHtml => html`<tr><th scope="row">${person.name}</th><td data-label="E-mail">${person.email}</td>
    <td data-label="Role">${roleLabel(person.role)}</td>
    <td data-label="State">${person.leftAt !== null ? badge('left') : person.hasPassword ? badge('may sign in', 'good') : badge('link not used yet', 'warn')}</td>
    <td data-label="Last seen">${person.seenAt === null ? '' : format.moment(person.seenAt)}</td>
    <td>${person.leftAt !== null || person.id === me.id ? '' : sureForm('Mark as left', 'They are signed out at once. A new link lets them in again.', { action: `${PATH}/${person.id}/leave`, csrfToken, submit: 'They left' })}</td></tr>`;
  const body = html`<div class="page-head"><h1>Staff</h1></div>
    ${
      link === null
        ? ''
        : html`<section class="card" role="status"><h2>Send this link</h2>
      <p>It signs its person in once, within 24 hours, to choose a password. Links made for them before are void.</p><p class="link-box">${link}</p></section>`
    }
    <div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Name</th><th scope="col">E-mail</th><th scope="col">Role</th><th scope="col">State</th>
      <th scope="col">Last seen</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead><tbody>${people.map(row)}</tbody></table></div>
    <section class="card narrow" aria-labelledby="h-invite"><h2 id="h-invite">Add somebody, or change a role</h2>
      <p class="hint">The same e-mail again gives its person another role, or another link when the password is forgotten.</p>
      ${form({ action: `${PATH}/invite`, csrfToken, state, submit: 'Save and make a link' }, [
        input({ name: 'name', label: 'Name', state, maxlength: 200 }),
        input({ name: 'email', label: 'E-mail', type: 'email', state, maxlength: 200 }),
        select({
          name: 'role',
          label: 'Role',
          state,
          choices: ROLES.map((role) => ({ value: role, label: `${roleLabel(role)}: ${ROLE_HINTS[role]}` })),
        }),
      ])}</section>`;
  const status = Object.keys(state.errors).length > 0 ? 422 : 200;
  return { kind: 'page', title: 'Staff', place: 'staff', body, status };
}

/** The link is shown once, in the answer itself: an address that others may see in a history must not carry it. */
async function invite(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, actor, staff: me, baseUrl } = request;
  const read = readForm(schema, given);
  if (!read.ok) return showStaff(request, read.state);
  const { email, name, role } = read.value;
  if (email.toLowerCase() === me.email.toLowerCase() && role !== 'admin') {
    return showStaff(request, refuse(given, { role: 'You would lock yourself out. Ask another admin.' }));
  }
  const invited = await deps.desk.invite({ wholesalerId: wholesaler.id, email, name, role }, actor);
  if (invited === null) return { kind: 'not_found' };
  return showStaff(request, emptyForm({ role: 'sales' }), `${baseUrl}/console/welcome?token=${invited.token}`);
}

async function leave(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, param, actor, staff: me } = request;
  if (param('staffId') === me.id)
    return showStaff(request, refuse(request.form, { '': 'Ask another admin to do this.' }));
  const left = await deps.desk.leave({ wholesalerId: wholesaler.id, id: param('staffId') }, actor);
  return left ? { kind: 'redirect', to: PATH, notice: 'staff_left' } : { kind: 'not_found' };
}
