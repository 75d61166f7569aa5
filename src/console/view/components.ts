import { html, type SafeHtml } from '@remix-run/html-template';
import type { AccountStatus } from '../../credit/index.ts';
import type { OrderStatus } from '../../orders/index.ts';
import { ORDER_WORDS } from './words.ts';

type Look = 'good' | 'warn' | 'bad' | 'accent' | '';

export const badge = (text: string, look: Look = ''): SafeHtml => html`<span class="badge ${look}">${text}</span>`;

const ORDER_LOOKS: Record<OrderStatus, Look> = {
  waiting_for_approval: 'warn',
  waiting_on_credit: 'warn',
  approved: 'accent',
  part_delivered: 'accent',
  delivered: 'good',
  cancelled: '',
  rejected: 'bad',
  expired: '',
};

export const orderBadge = (status: OrderStatus): SafeHtml => badge(ORDER_WORDS[status], ORDER_LOOKS[status]);

export function accountBadge(status: AccountStatus, isLapsed: boolean): SafeHtml {
  if (status === 'active' && isLapsed) return badge('limit expired', 'bad');
  return status === 'active' ? badge('active', 'good') : badge(status, status === 'blocked' ? 'bad' : '');
}

/** Says that a list is empty, and what would be in it. */
export const emptyState = (title: string, words: string | SafeHtml = ''): SafeHtml =>
  html`<div class="empty"><strong>${title}</strong><p>${words}</p></div>`;

/** On from the last row of a page; back is the browser's own. */
export function pager({ next, first }: { next: string | null; first: string | null }): SafeHtml {
  if (next === null && first === null) return html``;
  return html`<nav class="pager" aria-label="Pages">
    ${first === null ? html`<span></span>` : html`<a class="button" href="${first}">Back to the first page</a>`}
    ${next === null ? '' : html`<a class="button" href="${next}" rel="next">Next page</a>`}
  </nav>`;
}

/** The same page with some of its query changed; an empty value takes a name out. */
export function withQuery(path: string, query: URLSearchParams, changes: Record<string, string>): string {
  const changed = new URLSearchParams(query);
  changed.delete('notice');
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') changed.delete(name);
    else changed.set(name, value);
  }
  const text = changed.toString();
  return text === '' ? path : `${path}?${text}`;
}

/**
 * A place within a list, as the address carries it: what cannot be read is the beginning. Times to the microsecond, as
 * PostgreSQL keeps them: a Date would lose the rows of its own millisecond.
 */
export function readPlace(text: string | null): { at: string; id: string } | undefined {
  if (text === null) return undefined;
  const at = text.slice(0, text.indexOf('~'));
  const id = text.slice(text.indexOf('~') + 1);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(at) && !Number.isNaN(Date.parse(at));
  return isTime && id !== '' && id.length <= 300 ? { at, id } : undefined;
}

export const writePlace = (at: string, id: string): string => `${at}~${id}`;
