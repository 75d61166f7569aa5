import { html, type SafeHtml } from '@remix-run/html-template';
import { type ApiKey, grantApiKey, isRight, listApiKeys, RIGHTS, type Right, withdrawApiKey } from '../../api/index.ts';
import { inTransaction } from '../../db/index.ts';
import { isId, newId } from '../../shared/ids.ts';
import { staffNames } from '../../staff/index.ts';
import { refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { checks } from '../view/choices.ts';
import { badge, emptyState, pager } from '../view/components.ts';
import { emptyForm, type FormState, form, input, sureForm } from '../view/form.ts';
import { actorWords } from '../view/words.ts';

const PATH = '/console/api-keys';
const PER_PAGE = 25;

export const apiKeyRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'manage_keys', (request) => show(request, emptyForm())),
  action(PATH, 'manage_keys', make),
  action(`${PATH}/:keyId/revoke`, 'manage_keys', revoke),
];

const RIGHT_WORDS: Record<Right, { label: string; hint: string }> = {
  'orders:write': { label: 'Orders', hint: 'places, cancels, delivers and reopens orders' },
  'credit:read': { label: 'Look at credit', hint: 'accounts, ledger, statements, payments and orders' },
  'credit:write': { label: 'Change credit', hint: 'limits, terms, blocks, credit above the limit' },
  'payments:write': { label: 'Payments', hint: 'records payments and takes them back' },
  'catalogue:write': { label: 'Catalogue', hint: 'products and prices' },
  admin: {
    label: 'Everything',
    hint: 'all of these, and shops, people, chats, settings, staff, keys, deliveries and alerts',
  },
};

async function show(request: PageRequest, state: FormState, made: string | null = null): Promise<PageAnswer> {
  const { deps, wholesaler, csrfToken, query } = request;
  const db = deps.db.prisma;
  const before = query.get('before') ?? '';
  const beforeId = isId(before) ? before : null;
  const [found, names] = await Promise.all([
    listApiKeys(db, { wholesalerId: wholesaler.id, beforeId, limit: PER_PAGE + 1 }),
    staffNames(db, wholesaler.id),
  ]);
  const keys = found.slice(0, PER_PAGE);
  const last = keys.at(-1);
  const body = html`<div class="page-head"><div><h1>API keys</h1>
      <p class="lead">A key lets a program work for you; <a href="/docs">what it can call</a>.</p></div></div>
    ${
      made === null
        ? ''
        : html`<section class="card" role="status"><h2>Copy this key now</h2>
      <p>It is shown this once: only a hash of it is kept. Give it to the program as <code>Authorization: Bearer KEY</code>.</p><p class="link-box">${made}</p></section>`
    }
    ${keys.length === 0 ? emptyState('No keys yet', 'A key is for one program, so that one can be taken away without the others.') : keyTable(keys, names, request)}
    ${pager({
      next: found.length > PER_PAGE && last ? `${PATH}?before=${last.id}` : null,
      first: beforeId === null ? null : PATH,
    })}
    <section class="card narrow" aria-labelledby="h-make"><h2 id="h-make">Make a key</h2>
      ${form({ action: PATH, csrfToken, state, submit: 'Make the key' }, [
        input({ name: 'name', label: 'For which program', state, maxlength: 100, hint: 'Such as: our bookkeeping.' }),
        checks({
          name: 'rights',
          legend: 'It may',
          state,
          choices: RIGHTS.map((value) => ({ value, ...RIGHT_WORDS[value] })),
        }),
      ])}</section>`;
  const status = Object.keys(state.errors).length > 0 ? 422 : 200;
  return { kind: 'page', title: 'API keys', place: 'api-keys', body, status };
}

function keyTable(keys: readonly ApiKey[], names: ReadonlyMap<string, string>, request: PageRequest): SafeHtml {
  const { format, csrfToken } = request;
  const row = ({ id, name, rights, createdAt, createdBy, lastUsedAt, revokedAt }: ApiKey): SafeHtml => html`<tr>
    <th scope="row">${name} ${revokedAt === null ? '' : badge('revoked', 'bad')}</th>
    <td data-label="May">${rights.map((right) => (isRight(right) ? RIGHT_WORDS[right].label : right)).join(', ')}</td>
    <td data-label="Last used">${lastUsedAt === null ? 'never' : format.moment(lastUsedAt)}</td>
    <td data-label="Made"><span>${format.moment(createdAt)} <span class="muted">by ${actorWords(createdBy, names)}</span></span></td>
    <td>${revokedAt === null ? sureForm('Revoke', 'Programs that use it are refused at once. It cannot be given back.', { action: `${PATH}/${id}/revoke`, csrfToken, submit: 'Revoke for good' }) : html`<span class="muted">${format.moment(revokedAt)}</span>`}</td></tr>`;
  return html`<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Program</th><th scope="col">May</th>
    <th scope="col">Last used</th><th scope="col">Made</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
    <tbody>${keys.map(row)}</tbody></table></div>`;
}

/** The key is shown once, in the answer itself: an address that others may see in a history must not carry it. */
async function make(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, actor } = request;
  const name = (given.get('name') ?? '').trim();
  const rights = given.getAll('rights').filter(isRight);
  const errors: Record<string, string> = {};
  if (name === '' || name.length > 100) errors.name = 'Write what the key is for, in a few words.';
  if (rights.length === 0) errors.rights = 'Choose what it may do.';
  if (Object.keys(errors).length > 0) return show(request, refuse(given, errors));
  const key = given.get('_key') ?? '';
  // One form, one key: its second sending finds the first, whose secret nobody can show again.
  const wanted = { wholesalerId: wholesaler.id, name, rights, by: actor, id: isId(key) ? key : newId() };
  const made = await inTransaction(deps.db, (tx) => grantApiKey(tx, wanted));
  if (made !== null) return show(request, emptyForm(), made.key);
  const again = new URLSearchParams(given);
  again.delete('_key');
  return show(
    request,
    refuse(again, {
      '': 'This key was made already, and was shown in the answer before. If it is lost, revoke it and make another.',
    }),
  );
}

async function revoke({ deps, wholesaler, param, actor }: PageRequest): Promise<PageAnswer> {
  const id = param('keyId');
  if (!isId(id)) return { kind: 'not_found' };
  const asked = { wholesalerId: wholesaler.id, id, by: actor };
  const revoked = await inTransaction(deps.db, (tx) => withdrawApiKey(tx, asked));
  return revoked.kind === 'not_found' ? revoked : { kind: 'redirect', to: PATH, notice: 'key_revoked' };
}
