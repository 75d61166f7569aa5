import { html } from '@remix-run/html-template';
import {
  type ProductSaved,
  priceListsOf,
  priceOf,
  readProducts,
  saveProduct,
  versionOfProduct,
  type WholeProduct,
} from '../../catalogue/index.ts';
import { inTransaction } from '../../db/index.ts';
import { refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { emptyForm, type FormState, form, input } from '../view/form.ts';
import { productBadge, productPath, unitWords } from './catalogue.ts';
import { productFields, readProduct, valuesOf } from './product-form.ts';

const PATH = '/console/catalogue';

export const productRoutes: readonly ConsoleRoute[] = [
  page(`${PATH}/new`, 'change_catalogue', (request) => showNew(request, emptyForm(NEW))),
  action(`${PATH}/new`, 'change_catalogue', add),
  page(`${PATH}/products/:sku`, 'look', (request) => showProduct(request)),
  action(`${PATH}/products/:sku`, 'change_catalogue', change),
];

// No unit for carts is chosen: it follows the usual one.
const NEW = { 'unit-0': 'each', 'holds-0': '1', usual: '0', stock: 'in', sold: 'yes' };

async function showNew(request: PageRequest, state: FormState): Promise<PageAnswer> {
  const lists = await priceListsOf(request.deps.db.prisma, request.wholesaler.id);
  const body = html`<div class="page-head"><div><p class="crumb"><a href="${PATH}">Catalogue</a></p><h1>Add a product</h1></div></div>
    <section class="card narrow">${form(
      { action: `${PATH}/new`, csrfToken: request.csrfToken, state, submit: 'Add product', cancel: PATH },
      [
        input({
          name: 'sku',
          label: 'SKU',
          state,
          maxlength: 200,
          hint: 'Your own short code. It stays as it is: orders, files and WhatsApp carts name the product by it.',
        }),
        ...productFields(state, request, lists),
      ],
    )}</section>`;
  return { kind: 'page', title: 'Add a product', place: 'catalogue', body, status: statusOf(state) };
}

async function add(request: PageRequest): Promise<PageAnswer> {
  const sku = (request.form.get('sku') ?? '').trim();
  const read = readProduct(sku, request);
  if (sku === '') read.errors.sku = 'Write a code for the product.';
  if (Object.keys(read.errors).length > 0) return showNew(request, refuse(request.form, read.errors));
  const saved = await save(request, read.product, null);
  if (saved.kind === 'saved') return { kind: 'redirect', to: productPath(sku), notice: 'product_added' };
  return showNew(request, refuse(request.form, problemsOf(saved)));
}

/** A product: what it costs by unit, and for those who may, all that can be changed of it. */
async function showProduct(request: PageRequest, state?: FormState, warning?: string): Promise<PageAnswer> {
  const { deps, wholesaler, param, format, may, csrfToken } = request;
  const db = deps.db.prisma;
  const product = (await readProducts(db, wholesaler.id, [param('sku')])).get(param('sku'));
  if (product === undefined) return { kind: 'not_found' };
  const mayChange = may('change_catalogue');
  const shown = state ?? emptyForm(valuesOf(product, request));
  const lists = mayChange ? await priceListsOf(db, wholesaler.id) : [];
  const here = productPath(product.sku);
  const body = html`<div class="page-head"><div><p class="crumb"><a href="${PATH}">Catalogue</a></p>
      <h1>${product.name} ${productBadge(product)}</h1><p class="lead mono break">${product.sku}</p></div></div>
    ${warning === undefined ? '' : html`<p class="warning" role="alert">${warning}</p>`}
    <div class="columns"><div>${
      mayChange
        ? html`<section class="card" aria-labelledby="h-change"><h2 id="h-change">Change it</h2>${form(
            { action: here, csrfToken, state: shown, submit: 'Save', cancel: PATH },
            [
              html`<input type="hidden" name="seen" value="${versionOfProduct(product)}">`,
              ...productFields(shown, request, lists),
            ],
          )}</section>`
        : ''
    }</div>
    <div><section class="card" aria-labelledby="h-prices"><h2 id="h-prices">What it costs, ${wholesaler.currency}</h2><dl class="facts">
      ${Object.keys(product.units).map((unit) => html`<dt>${unitWords(product, unit, format.quantity)}</dt><dd class="num">${format.money(priceOf(product, unit))}</dd>`)}
      ${Object.entries(product.prices).map(([list, minor]) => html`<dt>one, on "${list}"</dt><dd class="num">${format.money(BigInt(minor))}</dd>`)}
    </dl></section>
    ${mayChange || product.aliases.length === 0 ? '' : html`<section class="card" aria-labelledby="h-aliases"><h2 id="h-aliases">What shops call it</h2><p>${product.aliases.join(', ')}</p></section>`}</div></div>`;
  const status = warning === undefined ? statusOf(shown) : 409;
  return { kind: 'page', title: product.name, place: 'catalogue', body, status };
}

async function change(request: PageRequest): Promise<PageAnswer> {
  const { param, form: given } = request;
  const sku = param('sku');
  const { product, errors } = readProduct(sku, request);
  if (Object.keys(errors).length > 0) return showProduct(request, refuse(given, errors));
  const saved = await save(request, product, given.get('seen') ?? '');
  switch (saved.kind) {
    case 'saved':
      return { kind: 'redirect', to: productPath(sku), notice: 'product_saved' };
    case 'not_found':
      return { kind: 'not_found' };
    case 'changed_meanwhile':
      return showProduct(request, refuse(given, {}), meanwhile(saved.now, request));
    default:
      return showProduct(request, refuse(given, problemsOf(saved)));
  }
}

function meanwhile({ priceMinor, stock, active }: WholeProduct, { format }: PageRequest): string {
  return (
    `Somebody else changed this product while you were writing: one now costs ${format.money(BigInt(priceMinor))}, stock ` +
    `is "${stock}", and it is ${active ? 'for sale' : 'not sold'}. Nothing of yours was saved. The fields show what you ` +
    'wrote: save again if it is still right.'
  );
}

function save(request: PageRequest, product: WholeProduct, seen: string | null): Promise<ProductSaved> {
  const { deps, wholesaler, actor: by } = request;
  return inTransaction(deps.db, (tx) => saveProduct(tx, wholesaler.id, { product, seen, by }));
}

const FIELDS: Record<string, string> = { priceMinor: 'price', defaultUnit: 'unit-0', cartUnit: 'unit-0' };

function problemsOf(saved: Exclude<ProductSaved, { kind: 'saved' }>): Record<string, string> {
  if (saved.kind === 'sku_taken') return { sku: 'Another product has this SKU already.' };
  if (saved.kind !== 'faulty') return { '': 'The product could not be saved. Look at it again.' };
  const known = new Set(['sku', 'name', 'size', 'aliases', 'minimum', 'step']);
  return Object.fromEntries(
    saved.problems.map(({ path, message }) => {
      const top = path.split(/[.[]/)[0] ?? '';
      const field = FIELDS[top] ?? (known.has(top) ? top : top.startsWith('unit') ? 'unit-0' : '');
      return [field, `${field === '' ? `${path} ` : 'This '}${message}.`];
    }),
  );
}

const statusOf = ({ errors }: FormState): 200 | 422 => (Object.keys(errors).length > 0 ? 422 : 200);
