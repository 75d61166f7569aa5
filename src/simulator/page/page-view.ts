import { html, type SafeHtml } from '@remix-run/html-template';
import { formatMinor } from '../../shared/money.ts';
import { ASSET_PATHS } from './assets.ts';
import { chatView } from './chat-view.ts';
import { FAULTS, type FaultSwitches, STATUS_MODES } from './fault-switches.ts';
import { icon } from './icons.ts';
import type { Parts } from './live.ts';
import { type Phone, sharedShops } from './phones.ts';
import type { Product } from './products.ts';
import { seenView } from './seen-view.ts';
import type { Station, StationAccount } from './station.ts';

type PageData = {
  stations: readonly Station[];
  phones: readonly Phone[];
  products: ReadonlyMap<string, Product[]>;
  switches: ReturnType<FaultSwitches['state']>;
};

/** The whole page, as it is before the first change arrives. */
export function pageView({ stations, phones, products, switches }: PageData): string {
  const open = stations.map(({ phone }) => phone.key);
  const page = html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Phones · orderlock simulator</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <link rel="icon" href="${ASSET_PATHS.icon}">
  <link rel="stylesheet" href="${ASSET_PATHS.css}">
  <script type="module" src="${ASSET_PATHS.js}"></script>
</head>
<body data-open="${open.join(',')}">
  <header class="bar">
    <h1>Phones</h1>
    ${chooserView(phones, open)}
    ${twoOrdersView(phones)}
    ${faultsView(switches)}
  </header>
  <main>
    ${stations.length === 0 ? html`<p class="empty">There is nobody here yet: import a shop, then reload.</p>` : ''}
    ${stations.map((station) => stationView(station, open))}
  </main>
  <p class="toast" role="status" id="toast"></p>
  ${attachView()}
  ${[...products].map(([wholesalerId, list]) => cartView(wholesalerId, list))}
</body>
</html>`;
  return String(page);
}

/** Ids in the page of what belongs to a phone. */
const idOf = (phone: Phone): string => `phone-${phone.key.replaceAll(/\W/g, '-')}`;

/** What changes while one looks, by the id of the element that it fills. */
export function partsOf({ phone, chat, traces, account }: Station): Parts {
  const id = idOf(phone);
  return {
    [`${id}-chat`]: String(chatView(chat, phone, id)),
    [`${id}-about`]: chat.isTyping ? 'typing…' : 'online',
    [`${id}-account`]: String(accountView(account, phone)),
    [`${id}-seen`]: String(seenView(traces, id)),
  };
}

function stationView(station: Station, open: readonly string[]): SafeHtml {
  const { phone } = station;
  const id = idOf(phone);
  const parts = partsOf(station);
  const part = (name: string): SafeHtml => html.raw`${parts[`${id}-${name}`] ?? ''}`;
  const others = open.filter((key) => key !== phone.key);
  return html`<article class="station" id="${id}" data-phone="${phone.key}" data-wholesaler="${phone.wholesaler.id}" aria-labelledby="${id}-name">
    <header class="station-head">
      <h2 id="${id}-name">${phone.name}</h2>
      <span class="note">${addressOf(phone)}</span>
      <a class="close" href="/simulator?phones=${others.join(',')}" aria-label="Put away the phone of ${phone.name}, ${addressOf(phone)}">Put away</a>
    </header>
    <section class="phone" aria-label="Phone of ${phone.name}, ${addressOf(phone)}">
      <div class="phone-head">
        <span class="avatar" aria-hidden="true">${initials(phone.wholesaler.name)}</span>
        <div><b>${phone.wholesaler.name}</b><span class="note" id="${id}-about">${part('about')}</span></div>
      </div>
      <div class="log" id="${id}-chat" role="log" aria-label="Chat with ${phone.wholesaler.name}" tabindex="0">${part('chat')}</div>
      <form class="composer" data-do="say" autocomplete="off">
        <p class="quoting" hidden><span dir="auto"></span><button type="button" data-do="unquote" aria-label="Do not reply to that message">✕</button></p>
        <button type="button" class="round plain" data-do="attach" aria-haspopup="dialog" aria-label="Send something else"><span aria-hidden="true">+</span></button>
        <textarea name="body" rows="1" dir="auto" maxlength="4096" aria-label="Message of ${phone.name}, ${addressOf(phone)}" placeholder="Message"></textarea>
        <button class="round send" aria-label="Send"><span aria-hidden="true">➤</span></button>
      </form>
    </section>
    <section class="seen" aria-label="What the service saw of ${phone.name}, ${addressOf(phone)}">
      <h3>What the service saw</h3>
      <div id="${id}-account">${part('account')}</div>
      <div class="traces" id="${id}-seen">${part('seen')}</div>
    </section>
  </article>`;
}

function accountView(account: StationAccount | null, phone: Phone): SafeHtml {
  if (account === null)
    return html`<p class="note" id="${idOf(phone)}-figures">No credit account: ${phone.retailerId === null ? 'not a shop that is known' : 'none was opened'}.</p>`;
  const { currency, status, limitMinor, owedMinor, heldMinor, availableMinor } = account;
  const money = (minor: bigint): string => formatMinor(minor, currency, 'en');
  const share = (minor: bigint): number =>
    limitMinor <= 0n ? 0 : Math.max(0, Math.min(100, Number((minor * 1000n) / limitMinor) / 10));
  return html`<div class="account" id="${idOf(phone)}-figures">
    <svg class="gauge" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="${money(owedMinor)} owed and ${money(heldMinor)} held of ${money(limitMinor)}"><rect class="gauge-free" width="100" height="4"></rect><rect class="gauge-held" width="${Math.min(100, share(owedMinor) + share(heldMinor))}" height="4"></rect><rect class="gauge-owed" width="${share(owedMinor)}" height="4"></rect></svg>
    <dl>
      <div><dt>Limit</dt><dd>${money(limitMinor)}</dd></div>
      <div class="owed"><dt>Owed</dt><dd>${money(owedMinor)}</dd></div>
      <div class="held"><dt>Held</dt><dd>${money(heldMinor)}</dd></div>
      <div class="available"><dt>Available</dt><dd>${money(availableMinor)}</dd></div>
    </dl>
    ${status === 'active' ? '' : html`<p class="bad">The account is ${status}.</p>`}
  </div>`;
}

function chooserView(phones: readonly Phone[], open: readonly string[]): SafeHtml {
  const closed = phones.filter(({ key }) => !open.includes(key));
  return html`<form class="chooser" method="get" action="/simulator">
    <input type="hidden" name="phones" value="${open.join(',')}">
    <label for="add">Add a phone</label>
    <input id="add" name="add" list="people" placeholder="name or number" required>
    <datalist id="people">${closed.map((phone) => html`<option value="${phone.key}">${phone.name}${phone.retailerId === null && phone.name !== 'Somebody unknown' ? ' (approver)' : ''}</option>`)}</datalist>
    <button class="plain">Add</button>
    <output class="news" id="news" for="add"></output>
  </form>`;
}

function twoOrdersView(phones: readonly Phone[]): SafeHtml {
  const shops = sharedShops(phones);
  if (shops.length === 0) return html``;
  return html`<button type="button" class="strong" data-do="open" data-dialog="two-orders" aria-haspopup="dialog">Two orders at once</button>
  <dialog id="two-orders" class="panel" aria-labelledby="two-orders-title">
    <h2 id="two-orders-title">Two orders at once</h2>
    <p>Two phones of one shop order at the same instant. Each order fits the credit that is left, both together do not. Both confirm, each in a delivery of its own, sent before the other is answered.</p>
    <form data-do="two-orders">
      <label>Shop <select name="shop">${shops.map(({ wholesalerId, retailerId, name }) => html`<option value="${JSON.stringify({ wholesalerId, retailerId })}">${name}</option>`)}</select></label>
      <button class="strong">Confirm both now</button>
    </form>
    <div id="two-orders-result" role="status"></div>
    <form method="dialog"><button class="plain">Close</button></form>
  </dialog>`;
}

function faultsView({ always, statuses }: PageData['switches']): SafeHtml {
  const count = always.size + (statuses === 'normal' ? 0 : 1);
  return html`<details class="faults">
    <summary>Faults of WhatsApp <span class="count" id="fault-count">${count === 0 ? '' : String(count)}</span></summary>
    <div class="panel">
      <table>
        <caption>What goes wrong with replies on their way out</caption>
        <thead><tr><th scope="col">Fault</th><th scope="col">Next reply</th><th scope="col">Every reply</th></tr></thead>
        <tbody>${FAULTS.map(
          ({ id, label, means }) => html`<tr>
          <th scope="row">${label}<span class="note">${means}</span></th>
          <td><button type="button" class="plain" data-do="fault-once" data-fault="${id}" aria-label="Once: ${label}">Once</button></td>
          <td><input type="checkbox" data-do="fault-always" data-fault="${id}" aria-label="Every reply: ${label}" ${always.has(id) ? 'checked' : ''}></td>
        </tr>`,
        )}</tbody>
      </table>
      <label>Statuses of replies come <select data-do="statuses">${STATUS_MODES.map((mode) => html`<option value="${mode.id}" ${mode.id === statuses ? 'selected' : ''}>${mode.label}</option>`)}</select></label>
    </div>
  </details>`;
}

function attachView(): SafeHtml {
  return html`<dialog id="attach" class="sheet" aria-labelledby="attach-title">
    <h3 id="attach-title">Send something else</h3>
    <div class="grid">
      <button type="button" class="choice" data-do="open-cart">${icon('cart')} Catalogue cart</button>
      <button type="button" class="choice" data-do="send" data-kind="photo">${icon('photo')} Photo</button>
      <button type="button" class="choice" data-do="send" data-kind="voice">${icon('voice')} Voice note</button>
      <button type="button" class="choice" data-do="send" data-kind="document">${icon('file')} Document</button>
      <button type="button" class="choice" data-do="share-phone">${icon('call')} My own number</button>
    </div>
    <p class="note">What is typed already goes along with a photo.</p>
    <form data-do="contact">
      <h4>Contact</h4>
      <label>Name <input name="name" required maxlength="100" value="Ravi"></label>
      <label>Phone <input name="phone" required pattern="[0-9]{5,20}" inputmode="numeric" value="919800000099"></label>
      <button class="plain">Send contact</button>
    </form>
    <form data-do="location">
      <h4>Location</h4>
      <label>Latitude <input name="latitude" type="number" step="any" min="-90" max="90" required value="19.0760"></label>
      <label>Longitude <input name="longitude" type="number" step="any" min="-180" max="180" required value="72.8777"></label>
      <button class="plain">Send location</button>
    </form>
    <form method="dialog"><button class="plain">Close</button></form>
  </dialog>`;
}

function cartView(wholesalerId: string, products: readonly Product[]): SafeHtml {
  return html`<dialog class="sheet cart" data-cart="${wholesalerId}" aria-label="Catalogue">
    <form data-do="cart">
      <h3>Catalogue</h3>
      <ul class="products">${products.map(
        ({ sku, name, cartUnit, price }) =>
          html`<li><label><span><b>${name}</b><span class="note">${price} a ${cartUnit}</span></span><input name="${sku}" type="number" min="0" step="any" inputmode="decimal" aria-label="${name}, ${cartUnit}"></label></li>`,
      )}</ul>
      <button class="strong">Send cart</button>
    </form>
    <form method="dialog"><button class="plain">Close</button></form>
  </dialog>`;
}

const addressOf = ({ phone, bsuid }: Phone): string => (phone === undefined ? `${bsuid} (number hidden)` : `+${phone}`);

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('');
}
