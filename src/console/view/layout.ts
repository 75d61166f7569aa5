import { html, type SafeHtml } from '@remix-run/html-template';
import { may, type Session } from '../../staff/index.ts';
import { CSS_PATH, HTMX_PATH, JS_PATH } from '../assets.ts';
import { NAV, type NavPlace } from './nav.ts';

type Frame = { title: string; body: SafeHtml; notice: string | null };

/** htmx may neither evaluate text nor write styles into the page: our Content-Security-Policy allows neither. */
const HTMX_CONFIG = JSON.stringify({
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
});

/** A page for somebody who is signed in: header, places, main. */
export function layout(
  frame: Frame & { session: Session; place: NavPlace | null; csrfToken: string; find?: string },
): string {
  const { staff, wholesaler } = frame.session;
  return document(
    frame,
    { site: wholesaler.name, who: staff.id },
    html`<div class="shell">
      <header class="top">
        <a class="brand" href="/console"><span class="brand-mark" aria-hidden="true">ol</span><span>${wholesaler.name}</span></a>
        ${find(frame.find ?? '')}
        <details class="menu">
          <summary>Menu</summary>
          ${navigation(frame)}
        </details>
        ${me(staff.name, frame.csrfToken)}
      </header>
      <div class="side">${navigation(frame)}</div>
      ${main(frame)}
    </div>`,
  );
}

/** Looks everywhere: "/" puts the cursor there. */
const find = (
  words: string,
): SafeHtml => html`<form class="find" method="get" action="/console/search" role="search" aria-label="Everything">
  <label class="visually-hidden" for="find">Find an order, a shop or a product</label>
  <input type="search" id="find" name="q" value="${words}" placeholder="Order, shop, phone, product" maxlength="100" autocomplete="off" aria-keyshortcuts="/">
</form>`;

function me(name: string, csrfToken: string): SafeHtml {
  return html`<details class="me">
    <summary><span class="visually-hidden">Signed in as </span>${name}</summary>
    <div class="sheet">
      <a href="/console/me">Password and devices</a>
      <form method="post" action="/console/sign-out">
        <input type="hidden" name="_csrf" value="${csrfToken}">
        <button class="plain" type="submit">Sign out</button>
      </form>
    </div>
  </details>`;
}

function navigation({ session, place }: { session: Session; place: NavPlace | null }): SafeHtml {
  const places = NAV.filter(({ right }) => may(session.staff.role, right));
  return html`<nav aria-label="Places"><ul>${places.map(
    (one) =>
      html`<li><a href="${one.path}" ${one.place === place ? html`aria-current="page"` : ''}>${one.label}</a></li>`,
  )}</ul></nav>`;
}

/** A page for somebody who is not: one card in the middle. */
export function bareLayout(frame: Frame): string {
  return document(
    frame,
    { site: 'orderlock', who: '' },
    html`<div class="bare">
      <header><a class="brand" href="/console"><span class="brand-mark" aria-hidden="true">ol</span><span>orderlock</span></a></header>
      ${main(frame)}
    </div>`,
  );
}

function main({ body, notice }: Frame): SafeHtml {
  return html`<main id="main" tabindex="-1">
    ${notice === null ? '' : html`<p class="notice" role="status">${notice}</p>`}
    ${body}
  </main>`;
}

/** `who`: whose page it is, so that what one person typed is never put before another. */
function document({ title }: Frame, { site, who }: { site: string; who: string }, body: SafeHtml): string {
  return String(html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
  <meta name="htmx-config" content="${HTMX_CONFIG}">
  <title>${title} - ${site}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="${CSS_PATH}">
  <script src="${HTMX_PATH}" defer></script>
  <script src="${JS_PATH}" defer></script>
</head>
<body data-who="${who}">
  <a class="skip" href="#main">Skip to content</a>
  ${body}
</body>
</html>`);
}
