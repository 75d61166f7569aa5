import { html, type SafeHtml } from '@remix-run/html-template';
import { writeAudit } from '../../audit/index.ts';
import { addRetailer, priceListsOf, readHoldLifetime, readRetailer } from '../../catalogue/index.ts';
import { inTransaction, type Tx } from '../../db/index.ts';
import { refuse } from '../read-form.ts';
import { readPhone, readTerms, type Terms } from '../read-shop.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { emptyForm, type FormState, form, input } from '../view/form.ts';
import { basicsFields, idOf, phoneProblem, problemsByField, readBasics } from './shop-form.ts';

const PATH = '/console/shops';
const DEFAULTS = { termsDays: '14', graceDays: '0' };

export const newShopRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'change_credit', (request) => showNew(request, emptyForm(DEFAULTS))),
  action(PATH, 'change_credit', add),
  page(`${PATH}/:retailerId/account`, 'change_credit', (request) => showOpening(request, emptyForm(DEFAULTS))),
  action(`${PATH}/:retailerId/account`, 'change_credit', open),
];

export const accountPath = (retailerId: string): string => `/console/accounts/${encodeURIComponent(retailerId)}`;

/** A shop, the phone that it orders from, and how much it may owe. */
async function showNew(request: PageRequest, state: FormState): Promise<PageAnswer> {
  const { deps, wholesaler, csrfToken } = request;
  const lists = await priceListsOf(deps.db.prisma, wholesaler.id);
  const body = html`<div class="page-head"><div><p class="crumb"><a href="/console/accounts">Credit accounts</a></p><h1>Add a shop</h1>
      <p class="lead">It can order on WhatsApp as soon as it is saved.</p></div></div>
    <section class="card narrow">${form(
      { action: PATH, csrfToken, state, submit: 'Add shop', cancel: '/console/accounts' },
      [
        html`<fieldset><legend>The shop</legend>${basicsFields(state, lists)}
          ${phoneInput(state, 'Its WhatsApp number')}
          ${input({ name: 'id', label: 'Short id', state, optional: true, maxlength: 100, hint: 'For files and programs. Left empty, it is made from the name.' })}</fieldset>`,
        termsFields(state, request),
      ],
    )}</section>`;
  return { kind: 'page', title: 'Add a shop', place: 'accounts', body, status: statusOf(state) };
}

export const phoneInput = (state: FormState, label: string): SafeHtml =>
  input({
    name: 'phone',
    label,
    state,
    type: 'tel',
    inputmode: 'tel',
    optional: true,
    maxlength: 30,
    hint: 'With the country code: +91 98000 00001. Whoever writes from it orders on the account.',
  });

function termsFields(state: FormState, { wholesaler }: PageRequest): SafeHtml {
  const unit = wholesaler.currency;
  return html`<fieldset><legend>Credit</legend>
    ${input({ name: 'limit', label: 'Limit', state, inputmode: 'decimal', unit, hint: 'The most that it may owe, with its open orders. 0: it pays first.' })}
    <div class="pair">${input({ name: 'termsDays', label: 'Days to pay', state, inputmode: 'numeric' })}
      ${input({ name: 'graceDays', label: 'Days of grace', state, inputmode: 'numeric' })}</div>
    ${input({ name: 'owed', label: 'Owes already', state, optional: true, inputmode: 'decimal', unit, hint: 'From before. It is due after the days to pay.' })}
  </fieldset>`;
}

async function add(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, actor } = request;
  const errors: Record<string, string> = {};
  const basics = readBasics(given, errors);
  const terms = readTerms(request, errors);
  const phone = readPhone(given.get('phone') ?? '');
  if (phone === null && (given.get('phone') ?? '').trim() !== '') errors.phone = phoneProblem;
  const typedId = (given.get('id') ?? '').trim();
  if (Object.keys(errors).length > 0) return showNew(request, refuse(given, errors));
  const id = typedId === '' ? idOf(basics.name) : typedId;

  const answer = await orRefused(() =>
    inTransaction(deps.db, async (tx) => {
      const phones = phone === null ? [] : [phone];
      const added = await addRetailer(tx, wholesaler.id, { id, ...basics, phones });
      if (added.kind !== 'added' || !added.isNew) return added;
      const subject = { retailerId: id };
      await writeAudit(tx, [{ wholesalerId: wholesaler.id, actor, action: 'retailer_added', subject }]);
      await openAccount(request, tx, id, terms);
      return added;
    }),
  );
  switch (answer.kind) {
    case 'added':
      return { kind: 'redirect', to: accountPath(id), notice: 'shop_added' };
    case 'refused':
      return showNew(request, refuse(given, { '': answer.message }));
    case 'phone_taken':
      return showNew(request, refuse(given, { phone: `This number belongs to ${answer.shop} already.` }));
    case 'id_taken':
      return showNew(request, refuse(given, { id: `There is a shop "${id}" already. Give this one another id.` }));
    case 'faulty':
      return showNew(request, refuse(given, problemsByField(answer.problems)));
  }
}

/** For a shop that came without one. */
async function showOpening(request: PageRequest, state: FormState): Promise<PageAnswer> {
  const { deps, wholesaler, param, csrfToken } = request;
  const shop = await readRetailer(deps.db.prisma, wholesaler.id, param('retailerId'));
  if (shop === null) return { kind: 'not_found' };
  const to = `${PATH}/${encodeURIComponent(shop.id)}/account`;
  const body = html`<div class="page-head"><div><p class="crumb"><a href="${accountPath(shop.id)}">${shop.name}</a></p><h1>Open a credit account</h1></div></div>
    <section class="card narrow">${form(
      { action: to, csrfToken, state, submit: 'Open account', cancel: accountPath(shop.id) },
      termsFields(state, request),
    )}</section>`;
  return { kind: 'page', title: 'Open a credit account', place: 'accounts', body, status: statusOf(state) };
}

/** An account that is there already stays as it is: its own page changes it, with a reason. */
async function open(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, param, form: given } = request;
  const shop = await readRetailer(deps.db.prisma, wholesaler.id, param('retailerId'));
  if (shop === null) return { kind: 'not_found' };
  if (shop.hasAccount) return { kind: 'redirect', to: accountPath(shop.id), notice: 'account_there' };
  const errors: Record<string, string> = {};
  const terms = readTerms(request, errors);
  if (Object.keys(errors).length > 0) return showOpening(request, refuse(given, errors));
  const answer = await orRefused(() =>
    inTransaction(deps.db, async (tx) => {
      await openAccount(request, tx, shop.id, terms);
      return { kind: 'opened' as const };
    }),
  );
  if (answer.kind === 'refused') return showOpening(request, refuse(given, { '': answer.message }));
  return { kind: 'redirect', to: accountPath(shop.id), notice: 'account_opened' };
}

async function openAccount(
  { deps, wholesaler, actor }: PageRequest,
  tx: Tx,
  retailerId: string,
  terms: Terms,
): Promise<void> {
  const opened = await deps.credit.openAccount(
    {
      wholesalerId: wholesaler.id,
      retailerId,
      currency: wholesaler.currency,
      ...terms,
      holdLifetimeMinutes: await readHoldLifetime(tx, wholesaler.id),
      actor,
      source: 'console',
    },
    { tx },
  );
  if (!opened.success) throw new AccountRefused(opened.message);
}

/** Takes the shop back with the account that could not be opened: throwing is the only way to roll back. */
class AccountRefused extends Error {}

async function orRefused<T>(work: () => Promise<T>): Promise<T | { kind: 'refused'; message: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AccountRefused) return { kind: 'refused', message: error.message };
    throw error;
  }
}

const statusOf = ({ errors }: FormState): 200 | 422 => (Object.keys(errors).length > 0 ? 422 : 200);
