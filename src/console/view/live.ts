import { createHash } from 'node:crypto';
import { html, type SafeHtml } from '@remix-run/html-template';
import type { PageRequest } from '../route.ts';
import { withQuery } from './components.ts';

type LivePart = {
  /** Of the page: a form that was refused is answered elsewhere. */
  path: string;
  everySeconds: number;
  body: SafeHtml;
  /** Parts elsewhere on the page that change with it, by the ids of their elements. */
  also?: Readonly<Record<string, SafeHtml>>;
};

/**
 * A part of a page that asks for its own page again. What it shows is named in what it asks, and where that is still so
 * nothing is sent or drawn anew: a voice note plays on, and what was opened stays open. Null: answer `unchanged`.
 */
export function livePart(request: PageRequest, { path, everySeconds, body, also = {} }: LivePart): SafeHtml | null {
  const shown = [body, ...Object.values(also)].map(String).join('\n');
  const seen = createHash('sha256').update(shown).digest('base64url').slice(0, 22);
  if (request.isPoll && request.query.get('seen') === seen) return null;
  const others = Object.keys(also).map((id) => `#${id}`);
  return html`<div id="live" hx-get="${withQuery(path, request.query, { seen })}" hx-select="#live" hx-swap="outerHTML"
    ${others.length === 0 ? '' : html`hx-select-oob="${others.join(',')}"`} hx-trigger="every ${everySeconds}s">${body}</div>`;
}
