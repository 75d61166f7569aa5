import { html, type SafeHtml } from '@remix-run/html-template';
import { ANY_QUANTITY, type WholeProduct } from '../../catalogue/index.ts';
import { readMoney, readQuantity } from '../read-money.ts';
import type { PageRequest } from '../route.ts';
import { type FormState, input, select, textarea } from '../view/form.ts';

/** Units and price lists that one form takes; a file takes more. */
const UNITS_MAX = 50;
const LISTS_MAX = 100;
const ALIASES_MAX = 500;
/** Rows for units that are still to be named. */
const SPARE_UNITS = 2;

/** The fields as they stand for a product. */
export function valuesOf(product: WholeProduct, { format }: PageRequest): Record<string, string> {
  const quantity = (value: number): string =>
    value <= ANY_QUANTITY ? '' : format.quantity(BigInt(Math.round(value * 1000)));
  const money = (minor: number): string => format.money(BigInt(minor));
  const units = Object.entries(product.units);
  return {
    name: product.name,
    size: product.size ?? '',
    price: money(product.priceMinor),
    ...Object.fromEntries(
      units.flatMap(([unit, size], at) => [
        [`unit-${at}`, unit],
        [`holds-${at}`, format.quantity(BigInt(Math.round(size * 1000)))],
        [
          `unitPrice-${at}`,
          product.unitPricesMinor[unit] === undefined ? '' : money(product.unitPricesMinor[unit] ?? 0),
        ],
      ]),
    ),
    usual: String(units.findIndex(([unit]) => unit === product.defaultUnit)),
    cart: String(units.findIndex(([unit]) => unit === product.cartUnit)),
    ...Object.fromEntries(
      Object.entries(product.prices).flatMap(([list, minor], at) => [
        [`list-${at}`, list],
        [`listPrice-${at}`, money(minor)],
      ]),
    ),
    aliases: product.aliases.join('\n'),
    stock: product.stock,
    sold: product.active ? 'yes' : 'no',
    minimum: quantity(product.minimum),
    step: quantity(product.step),
  };
}

/** The fields of a product; `lists` are the price lists that there are. */
export function productFields(state: FormState, request: PageRequest, lists: readonly string[]): SafeHtml[] {
  const { wholesaler } = request;
  const { currency } = wholesaler;
  const { values } = state;
  const typed = (name: string): boolean => (values.get(name) ?? '') !== '';
  const rows = Math.min(UNITS_MAX, lastRow(values, 'unit-', UNITS_MAX) + 1 + SPARE_UNITS);
  const named = Array.from({ length: lastRow(values, 'list-', LISTS_MAX) + 1 }, (_, at) => values.get(`list-${at}`));
  const listNames = [...new Set([...named.flatMap((list) => list || []), ...lists])].slice(0, LISTS_MAX);
  return [
    input({ name: 'name', label: 'Name', state, maxlength: 200 }),
    input({ name: 'size', label: 'Size', state, optional: true, maxlength: 200, hint: 'Such as 500ml or 25kg.' }),
    html`<div class="pair">${select({ name: 'stock', label: 'Stock', state, choices: STOCK })}
      ${select({ name: 'sold', label: 'For sale', state, choices: SOLD })}</div>`,
    html`<fieldset><legend>Price and units</legend>
      ${input({ name: 'price', label: 'Price of one', state, inputmode: 'decimal', unit: currency, hint: 'Of one single piece (each), tax included.' })}
      ${Array.from({ length: rows }, (_, at) => unitRow(at, state, currency))}
      <p class="hint">A unit without a price of its own costs as much as the pieces it holds. Empty rows are left out.</p>
    </fieldset>`,
    textarea({
      name: 'aliases',
      label: 'What shops call it',
      state,
      optional: true,
      rows: Math.min(8, Math.max(3, (values.get('aliases') ?? '').split('\n').length + 1)),
      hint: 'One on each line. Messages with these words mean this product.',
    }),
    html`<details ${typed('minimum') || typed('step') || listNames.some((_, at) => typed(`listPrice-${at}`)) ? html`open` : ''}>
      <summary>Least quantity, steps and price lists</summary><div class="stack-gap">
      ${input({ name: 'minimum', label: 'Least quantity', state, optional: true, inputmode: 'decimal', hint: 'In the usual unit. Empty: any.' })}
      ${input({ name: 'step', label: 'In steps of', state, optional: true, inputmode: 'decimal', hint: 'In the usual unit. Empty: any.' })}
      ${[...listNames, ''].map((list, at) => listRow(list, at, state, currency))}</div></details>`,
  ];
}

const STOCK = [
  { value: 'in', label: 'In stock' },
  { value: 'low', label: 'Low' },
  { value: 'out', label: 'Out of stock' },
];
const SOLD = [
  { value: 'yes', label: 'Yes, shops can order it' },
  { value: 'no', label: 'No, not at present' },
];

function unitRow(at: number, state: FormState, currency: string): SafeHtml {
  const chosen = (name: string): SafeHtml => (state.values.get(name) === String(at) ? html`checked` : html``);
  return html`<div class="unit-row" role="group" aria-label="Unit ${at + 1}">
    ${input({ name: `unit-${at}`, label: 'Unit', state, optional: true, maxlength: 40 })}
    ${input({ name: `holds-${at}`, label: 'Holds', state, optional: true, inputmode: 'decimal' })}
    ${input({ name: `unitPrice-${at}`, label: `Own price, ${currency}`, state, optional: true, inputmode: 'decimal' })}
    <div class="field check"><label><input type="radio" name="usual" value="${at}" ${chosen('usual')}> usual unit</label>
      <label><input type="radio" name="cart" value="${at}" ${chosen('cart')}> counts in carts</label></div></div>`;
}

/** A list that exists keeps its name; the last row makes a new one. */
function listRow(list: string, at: number, state: FormState, currency: string): SafeHtml {
  const price = input({
    name: `listPrice-${at}`,
    label: list === '' ? 'Its price of one' : `Price of one on the list "${list}"`,
    state,
    optional: true,
    inputmode: 'decimal',
    unit: currency,
  });
  if (list !== '') return html`<input type="hidden" name="list-${at}" value="${list}">${price}`;
  return html`<div class="pair">${input({ name: `list-${at}`, label: 'Another price list', state, optional: true, maxlength: 200 })}${price}</div>`;
}

function lastRow(values: URLSearchParams, prefix: string, max: number): number {
  let last = -1;
  for (let at = 0; at < max; at += 1) if ((values.get(`${prefix}${at}`) ?? '') !== '') last = at;
  return last;
}

export type ReadProduct = { product: WholeProduct; errors: Record<string, string> };

/** What the form says; what is wrong with it stands under the name of its field. */
export function readProduct(sku: string, { form, wholesaler, format }: PageRequest): ReadProduct {
  const errors: Record<string, string> = {};
  const text = (name: string): string => (form.get(name) ?? '').trim();
  const money = (name: string): number => {
    const minor = readMoney(text(name), wholesaler.currency, format.locale);
    if (minor === null) errors[name] = `Write an amount such as ${format.money(1_850n)}.`;
    return Number(minor ?? 0n);
  };
  const quantity = (name: string): number => {
    const milli = readQuantity(text(name), format.locale);
    if (milli === null || milli === 0) errors[name] = `Write a quantity such as ${format.quantity(12_500n)}.`;
    return (milli ?? 0) / 1000;
  };

  const units: Record<string, number> = {};
  const unitPricesMinor: Record<string, number> = {};
  const names = new Map<string, string>();
  for (let at = 0; at < UNITS_MAX; at += 1) {
    const unit = text(`unit-${at}`);
    const [holds, price] = [text(`holds-${at}`), text(`unitPrice-${at}`)];
    if (unit === '') {
      if (holds !== '' || price !== '') errors[`unit-${at}`] = 'Name this unit, or empty its row.';
      continue;
    }
    if (Object.hasOwn(units, unit)) errors[`unit-${at}`] = 'This unit is there twice.';
    names.set(String(at), unit);
    // A unit alone on its row is a single piece, as "each" is.
    units[unit] = holds === '' ? 1 : quantity(`holds-${at}`);
    if (unit === 'each' && units[unit] !== 1 && errors[`holds-${at}`] === undefined) {
      errors[`holds-${at}`] = 'One each is always 1: the other units are counted in it.';
    }
    if (price !== '') unitPricesMinor[unit] = money(`unitPrice-${at}`);
  }
  if (names.size === 0) errors['unit-0'] = 'Name at least one unit, such as each.';
  const [only] = names.size === 1 ? names.values() : [];
  const defaultUnit = names.get(text('usual')) ?? only ?? '';
  if (defaultUnit === '' && names.size > 0) errors[`unit-${[...names.keys()][0]}`] ??= 'Choose the usual unit.';

  const prices: Record<string, number> = {};
  for (let at = 0; at < LISTS_MAX; at += 1) {
    const [list, price] = [text(`list-${at}`), text(`listPrice-${at}`)];
    if (price === '') continue;
    if (list === '') errors[`list-${at}`] = 'Name the price list.';
    else prices[list] = money(`listPrice-${at}`);
  }
  const aliases = [
    ...new Set(
      text('aliases')
        .split('\n')
        .map((line) => line.trim()),
    ),
  ].filter((line) => line !== '');
  if (aliases.length > ALIASES_MAX) errors.aliases = `At most ${ALIASES_MAX} are kept.`;
  if (text('name') === '') errors.name = 'Write the name of the product.';
  const product: WholeProduct = {
    sku,
    name: text('name'),
    size: text('size') === '' ? null : text('size'),
    units,
    defaultUnit,
    cartUnit: names.get(text('cart')) ?? defaultUnit,
    priceMinor: money('price'),
    unitPricesMinor,
    prices,
    aliases,
    active: text('sold') !== 'no',
    stock: STOCK_VALUES.find((stock) => stock === text('stock')) ?? 'in',
    minimum: text('minimum') === '' ? ANY_QUANTITY : quantity('minimum'),
    step: text('step') === '' ? ANY_QUANTITY : quantity('step'),
  };
  return { product, errors };
}

const STOCK_VALUES = ['in', 'low', 'out'] as const;
