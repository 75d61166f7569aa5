import { html, type SafeHtml } from '@remix-run/html-template';
import { type LineHealth, readLineHealth } from '../../../outbox/index.ts';
import { type ConsoleRoute, page } from '../../route.ts';
import { badge, emptyState } from '../../view/components.ts';
import { TROUBLE_WORDS } from '../../view/reply-words.ts';
import { PATH, settingsHead } from './tabs.ts';

/** The wholesaler's WhatsApp numbers, to look at: which are here is decided by the import, with Meta's side beside it. */
export const lineRoutes: readonly ConsoleRoute[] = [
  page(`${PATH}/lines`, 'settings', async ({ deps, wholesaler, format }) => {
    const lines = await readLineHealth(deps.db.prisma, wholesaler.id);
    const state = ({ troubles: [first] }: LineHealth): SafeHtml =>
      first === undefined
        ? badge('works', 'good')
        : badge(TROUBLE_WORDS[first.kind].words, TROUBLE_WORDS[first.kind].look);
    const body = html`${settingsHead('lines')}
      <section class="stack-gap" aria-labelledby="h-lines"><div><h2 id="h-lines">WhatsApp numbers</h2>
        <p class="lead">A number is added by the import (lines in the shop file), once Meta shows it.</p></div>
      ${
        lines.length === 0
          ? emptyState(
              'No number yet',
              html`Put it into the shop file and run <code>npm run import -- shop.json</code>.`,
            )
          : html`<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Number</th><th scope="col">Meta's id of it</th>
          <th scope="col">State</th><th scope="col" class="num">Replies that wait</th></tr></thead><tbody>${lines.map(
            (
              line,
            ) => html`<tr><th scope="row">${line.displayPhone}</th><td data-label="Meta's id"><span class="mono">${line.phoneNumberId}</span></td>
            <td data-label="State">${state(line)}</td><td class="num" data-label="Waiting">${format.count(line.waiting)}</td></tr>`,
          )}</tbody></table></div>
          <p>What keeps a number from sending, and how to mend it, is in the <a href="/console/outbox">outbox</a>.</p>`
      }</section>`;
    return { kind: 'page', title: 'WhatsApp numbers', place: 'settings', body };
  }),
];
