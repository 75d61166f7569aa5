import { html, type SafeHtml } from '@remix-run/html-template';
import { addApprover, type ListedApprover, listApprovers, removeApprover } from '../../../approvals/index.ts';
import { shopApproverSchema } from '../../../catalogue/index.ts';
import { inTransaction } from '../../../db/index.ts';
import { isId } from '../../../shared/ids.ts';
import { refuse } from '../../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../../route.ts';
import { emptyState } from '../../view/components.ts';
import { emptyForm, type FormState, form, input, select } from '../../view/form.ts';
import { languageChoices } from './business.ts';
import { PATH, settingsHead } from './tabs.ts';

const HERE = `${PATH}/approvers`;

export const approverRoutes: readonly ConsoleRoute[] = [
  page(HERE, 'settings', (request) => show(request, emptyForm())),
  action(HERE, 'settings', add),
  action(`${HERE}/:approverId/remove`, 'settings', remove),
];

async function show({ deps, wholesaler, csrfToken }: PageRequest, state: FormState): Promise<PageAnswer> {
  const approvers = await listApprovers(deps.db.prisma, wholesaler.id);
  const row = ({ id, name, language, identities }: ListedApprover): SafeHtml => html`<tr><th scope="row">${name}</th>
    <td data-label="Known by"><span>${identities.map(
      ({ kind, value, shop }) =>
        html`<span class="break">${kind === 'phone' ? `+${value}` : value}${shop === null ? '' : html` <span class="muted">(also ${shop})</span>`}</span> `,
    )}</span></td>
    <td data-label="Language">${languageChoices.find(({ value }) => value === language)?.label ?? 'yours'}</td>
    <td>${form({ action: `${HERE}/${id}/remove`, csrfToken, submit: 'Remove', danger: true }, [])}</td></tr>`;
  const body = html`${settingsHead('approvers')}
    <section class="stack-gap" aria-labelledby="h-approvers"><div><h2 id="h-approvers">Approvers</h2>
      <p class="lead">They get every order above the credit on WhatsApp, with Approve and Reject. The first answer counts.</p></div>
    ${
      approvers.length === 0
        ? emptyState('Nobody yet', 'Orders above the credit can then be decided in the console alone.')
        : html`<div class="table-wrap narrow"><table class="cards"><thead><tr><th scope="col">Name</th><th scope="col">Known by</th><th scope="col">Language</th>
        <th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead><tbody>${approvers.map(row)}</tbody></table></div>`
    }</section>
    <section class="card narrow" aria-labelledby="h-add"><h2 id="h-add">Add an approver, or another phone of one</h2>
      ${form({ action: HERE, csrfToken, state, submit: 'Add' }, [
        input({ name: 'name', label: 'Name', state, maxlength: 200 }),
        input({
          name: 'phone',
          label: 'WhatsApp phone',
          state,
          type: 'tel',
          inputmode: 'tel',
          maxlength: 30,
          hint: 'With the country code, such as +91 98000 00099.',
        }),
        select({
          name: 'language',
          label: 'Language',
          state,
          hint: 'Requests come in it, until they write in another.',
          choices: [{ value: '', label: 'Yours' }, ...languageChoices],
        }),
      ])}</section>`;
  const status = Object.keys(state.errors).length > 0 ? 422 : 200;
  return { kind: 'page', title: 'Approvers', place: 'settings', body, status };
}

async function add(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, actor } = request;
  const name = (given.get('name') ?? '').trim();
  const phone = (given.get('phone') ?? '').replaceAll(/[\s().-]/g, '').replace(/^(\+|00)/, '');
  const language = given.get('language') || undefined;
  const read = shopApproverSchema.safeParse({ name, language, identities: [{ kind: 'phone', value: phone }] });
  if (!read.success) {
    const errors: Record<string, string> = {};
    for (const { path } of read.error.issues) {
      if (path[0] === 'name') errors.name = 'Write the name.';
      else if (path[0] === 'language') errors.language = 'Choose one of those that are offered.';
      else errors.phone = 'Write the number with its country code, such as +91 98000 00099.';
    }
    return show(request, refuse(given, errors));
  }
  const answer = await inTransaction(deps.db, (tx) =>
    addApprover(tx, { wholesalerId: wholesaler.id, name, phone, language: language ?? null, by: actor }),
  );
  if (answer.kind === 'taken') return show(request, refuse(given, { phone: `This is the phone of ${answer.by}.` }));
  return { kind: 'redirect', to: HERE, notice: 'approver_added' };
}

async function remove({ deps, wholesaler, param, actor }: PageRequest): Promise<PageAnswer> {
  const id = param('approverId');
  if (!isId(id)) return { kind: 'not_found' };
  const removed = await inTransaction(deps.db, (tx) =>
    removeApprover(tx, { wholesalerId: wholesaler.id, id, by: actor }),
  );
  return removed.kind === 'removed'
    ? { kind: 'redirect', to: HERE, notice: 'approver_removed' }
    : { kind: 'not_found' };
}
