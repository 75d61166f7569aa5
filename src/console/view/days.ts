import { html, type SafeHtml } from '@remix-run/html-template';
import { addDays, instantOf } from '../../shared/local-time.ts';

/** A day of a filter, as the address has it. */
export const dayField = (name: 'from' | 'to', label: string, query: URLSearchParams): SafeHtml =>
  html`<div class="field"><label for="f-${name}">${label}</label><input type="date" id="f-${name}" name="${name}" value="${dayIn(query, name) ?? ''}"></div>`;

/** The days that an address asks for, on the wholesaler's calendar and both to their ends; what is no day asks for nothing. */
export function readDays(
  query: URLSearchParams,
  timeZone: string,
): { from?: Date | undefined; until?: Date | undefined } {
  const from = dayIn(query, 'from');
  const to = dayIn(query, 'to');
  return {
    from: from === undefined ? undefined : instantOf({ day: from, time: '00:00' }, timeZone),
    until: to === undefined ? undefined : instantOf({ day: addDays(to, 1), time: '00:00' }, timeZone),
  };
}

function dayIn(query: URLSearchParams, name: string): string | undefined {
  const day = query.get(name) ?? '';
  return /^[12]\d{3}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined;
}
