import { html, type SafeHtml } from '@remix-run/html-template';
import { changeRetailer, priceListsOf, readRetailer, versionOfRetailer } from '../../catalogue/index.ts';
import { inTransaction } from '../../db/index.ts';
import { refuse } from '../read-form.ts';
import { readPhone } from '../read-shop.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { emptyForm, type FormState, form } from '../view/form.ts';
import { basicsFields, phoneProblem, problemsByField, readBasics } from './shop-form.ts';
import { accountPath, phoneInput } from './shop-new.ts';

const PATH = '/console/shops/:retailerId';

export const shopRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'link_people', (request) => showShop(request)),
  action(PATH, 'link_people', change),
];

const KINDS: Record<string, string> = {
  phone: 'phone',
  bsuid: 'WhatsApp id',
  parent_bsuid: 'WhatsApp id of the business',
  username: 'WhatsApp name',
};

/** What a shop is called, how it is spoken to, and who can order on its account. */
async function showShop(request: PageRequest, state?: FormState, warning?: string): Promise<PageAnswer> {
  const { deps, wholesaler, param, csrfToken } = request;
  const db = deps.db.prisma;
  const shop = await readRetailer(db, wholesaler.id, param('retailerId'));
  if (shop === null) return { kind: 'not_found' };
  const lists = await priceListsOf(db, wholesaler.id);
  const { name, language, priceList, identities } = shop;
  const shown = state ?? emptyForm({ name, language: language ?? '', priceList: priceList ?? '' });
  const leaving = shown.values.getAll('remove');
  const row = ({ kind, value }: { kind: string; value: string }): SafeHtml => {
    const key = `${kind} ${value}`;
    return html`<div class="field check"><label><input type="checkbox" name="remove" value="${key}" ${leaving.includes(key) ? html`checked` : ''}>
      <span>Remove ${KINDS[kind] ?? kind} <span class="mono break">${kind === 'phone' ? `+${value}` : value}</span></span></label></div>`;
  };
  const body = html`<div class="page-head"><div><p class="crumb"><a href="${accountPath(shop.id)}">${name}</a></p><h1>The shop</h1><p class="lead mono break">${shop.id}</p></div></div>
    ${warning === undefined ? '' : html`<p class="warning" role="alert">${warning}</p>`}
    <section class="card narrow">${form(
      { action: shopPath(shop.id), csrfToken, state: shown, submit: 'Save', cancel: accountPath(shop.id) },
      [
        html`<input type="hidden" name="seen" value="${versionOfRetailer(shop)}">`,
        ...basicsFields(shown, lists),
        html`<fieldset><legend>Who orders on its account</legend>
          ${identities.length === 0 ? html`<p class="hint">Nobody yet: write its number below.</p>` : identities.map(row)}
          ${phoneInput(shown, 'Another number')}</fieldset>`,
      ],
    )}</section>`;
  const isWrong = Object.keys(shown.errors).length > 0;
  return {
    kind: 'page',
    title: name,
    place: 'accounts',
    body,
    status: warning !== undefined ? 409 : isWrong ? 422 : 200,
  };
}

export const shopPath = (retailerId: string): string => `/console/shops/${encodeURIComponent(retailerId)}`;

async function change(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, param, form: given, actor } = request;
  const id = param('retailerId');
  const errors: Record<string, string> = {};
  const basics = readBasics(given, errors);
  const phone = readPhone(given.get('phone') ?? '');
  if (phone === null && (given.get('phone') ?? '').trim() !== '') errors.phone = phoneProblem;
  if (Object.keys(errors).length > 0) return showShop(request, refuse(given, errors));
  const removed = given.getAll('remove').map((key) => {
    const at = key.indexOf(' ');
    return { kind: key.slice(0, at), value: key.slice(at + 1) };
  });
  const phones = phone === null ? [] : [phone];
  const asked = { id, seen: given.get('seen') ?? '', change: { ...basics, phones, removed }, by: actor };
  const saved = await inTransaction(deps.db, (tx) => changeRetailer(tx, wholesaler.id, asked));
  switch (saved.kind) {
    case 'saved':
      return { kind: 'redirect', to: accountPath(id), notice: 'shop_saved' };
    case 'not_found':
      return { kind: 'not_found' };
    case 'changed_meanwhile':
      return showShop(
        request,
        refuse(given, {}),
        'Somebody else changed this shop while you were writing. Nothing of yours was saved. The fields show what you wrote: save again if it is still right.',
      );
    case 'phone_taken':
      return showShop(
        request,
        refuse(given, { phone: `This number belongs to ${saved.shop}. Remove it there first.` }),
      );
    case 'faulty':
      return showShop(request, refuse(given, problemsByField(saved.problems)));
  }
}
