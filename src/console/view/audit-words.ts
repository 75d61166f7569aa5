import { html, type SafeHtml } from '@remix-run/html-template';
import type { ListedAudit } from '../../audit/index.ts';
import { ORDER_STATUSES, type OrderStatus } from '../../orders/index.ts';
import { ROLES, type Role } from '../../staff/index.ts';
import type { Formats } from './formats.ts';
import { actorWords, ORDER_WORDS, roleLabel } from './words.ts';

type Value = ListedAudit['subject'][string];

/** What a page of the audit names, by ids. */
export type AuditNames = {
  staff: ReadonlyMap<string, string>;
  shops: ReadonlyMap<string, string>;
  /** Numbers of orders. */
  orders: ReadonlyMap<string, number>;
};

/** What was done, as people say it. */
export const actionWords = (action: string): string => action.replaceAll('_', ' ').replaceAll('retailer', 'shop');

/** What it was done to, with the way there where there is a page of it. */
export function subjectWords(subject: ListedAudit['subject'], names: AuditNames): SafeHtml[] {
  // The number stands in the link of its order.
  const shown = Object.entries(subject).filter(
    ([name, value]) => value !== null && !(name === 'number' && subject.orderId !== undefined),
  );
  return shown.map(([name, value]) => html`<span>${placeOf(name, String(value), names) ?? plain(name, value)}</span> `);
}

function placeOf(name: string, id: string, { staff, shops, orders }: AuditNames): SafeHtml | string | null {
  const link = (path: string, words: string): SafeHtml => html`<a href="/console/${path}">${words}</a>`;
  const safe = encodeURIComponent(id);
  switch (name) {
    case 'orderId':
      return orders.has(id) ? link(`orders/${safe}`, `order ${orders.get(id)}`) : null;
    case 'retailerId':
      return shops.has(id) ? link(`accounts/${safe}`, shops.get(id) ?? id) : null;
    case 'paymentId':
      return link(`payments/${safe}`, 'the payment');
    case 'claimId':
      return link(`payments/claims/${safe}`, 'the claim');
    case 'chatId':
      return link(`conversations/${safe}`, 'the chat');
    case 'delivery':
    case 'eventId':
      return link(`deliveries/${safe}`, 'the delivery');
    case 'reply':
      return link(`outbox/${safe}`, 'the reply');
    case 'importId':
      return link(`catalogue/import/${safe}`, 'the file');
    case 'sku':
      return link(`catalogue/products/${safe}`, id);
    case 'staffId':
      return staff.get(`staff:${id}`) ?? null;
    default:
      return null;
  }
}

/** What it became, or what it was before. */
export const fieldsWords = (fields: ListedAudit['subject'], { staff }: AuditNames, format: Formats): string =>
  Object.entries(fields)
    .map(([name, value]) => `${nameWords(name)} ${valueWords(name, value, staff, format)}`)
    .join(', ');

function valueWords(name: string, value: Value, staff: AuditNames['staff'], format: Formats): string {
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'number') {
    return name.endsWith('Minor') && Number.isSafeInteger(value) ? format.money(BigInt(value)) : format.count(value);
  }
  // Of a chat it is the bare id of whoever had it.
  if (name === 'by') return staff.get(`staff:${value}`) ?? actorWords(value, staff);
  if (name === 'role' && ROLES.includes(value as Role)) return roleLabel(value as Role);
  if (name === 'status' && ORDER_STATUSES.includes(value as OrderStatus)) return ORDER_WORDS[value as OrderStatus];
  return value.replaceAll('_', ' ');
}

const plain = (name: string, value: Value): SafeHtml =>
  html`<span class="muted">${nameWords(name)}</span> <span class="mono break">${Array.isArray(value) ? value.join(', ') : String(value)}</span>`;

/** "priceMinor" is "price". */
export const nameWords = (name: string): string =>
  name
    .replace(/Minor$/, '')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
