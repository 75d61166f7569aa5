import { html, type SafeHtml } from '@remix-run/html-template';

export const PATH = '/console/settings';

/** Matters in the order in which a new wholesaler comes to them. */
const TABS = [
  ['business', 'Business'],
  ['ordering', 'Ordering'],
  ['hours', 'Opening hours'],
  ['people', 'People and languages'],
  ['credit', 'Credit'],
  ['approvers', 'Approvers'],
  ['notices', 'Notices'],
  ['lines', 'WhatsApp numbers'],
] as const;

/** The head of every page of settings: what else there is. */
export const settingsHead = (current: string): SafeHtml => html`<div class="page-head"><h1>Settings</h1></div>
  <nav class="tabs" aria-label="Settings"><ul>${TABS.map(
    ([key, label]) =>
      html`<li><a href="${PATH}/${key}" ${key === current ? html`aria-current="page"` : ''}>${label}</a></li>`,
  )}</ul></nav>`;
