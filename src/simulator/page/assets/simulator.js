import { patch } from './patch.js';

// The page comes whole from the server and hears of changes by server-sent events. What a person does is told to the
// server, which posts it to the signed webhook as Meta would; nothing is drawn here that did not happen there.

const open = (document.body.dataset.open ?? '').split(',').filter((key) => key !== '');
const toast = byId('toast');
/** Messages that came to phones which are not on the page. */
let elsewhere = 0;

for (const log of document.querySelectorAll('.log')) log.scrollTop = log.scrollHeight;

if (open.length > 0) {
  const live = new EventSource(`/simulator/live?phones=${open.map(encodeURIComponent).join(',')}`);
  live.addEventListener('changed', (event) => {
    for (const [id, html] of Object.entries(JSON.parse(event.data).parts)) show(id, html);
    document.body.dataset.live = 'true';
  });
  live.addEventListener('error', () => say('The service does not answer. Trying again…'));
  live.addEventListener('arrived', (event) => {
    const { address } = JSON.parse(event.data);
    if (open.includes(address)) return;
    elsewhere += 1;
    byId('news').textContent = `${elsewhere} new on other phones, last: ${address}`;
  });
}

function show(/** @type {string} */ id, /** @type {string} */ html) {
  const element = document.getElementById(id);
  if (element === null) return;
  const wasAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
  patch(element, html);
  if (element.classList.contains('log') && wasAtEnd) element.scrollTop = element.scrollHeight;
}

/** @type {Record<string, (element: HTMLElement) => unknown>} */
const clicks = {
  open: (button) => dialog(button.dataset.dialog ?? '').showModal(),
  attach(button) {
    const attach = dialog('attach');
    attach.dataset.phone = stationOf(button).dataset.phone;
    attach.showModal();
  },
  'open-cart'() {
    const attach = dialog('attach');
    const station = phoneStation(attach.dataset.phone ?? '');
    const cart = document.querySelector(`dialog[data-cart="${CSS.escape(station.dataset.wholesaler ?? '')}"]`);
    if (!(cart instanceof HTMLDialogElement)) return;
    attach.close();
    cart.dataset.phone = attach.dataset.phone;
    cart.showModal();
  },
  tap(button) {
    const { on, id, title, description } = button.dataset;
    const act = { kind: 'tap', on, id, title, description: description || undefined };
    const station = stationOf(button);
    closeDialog(button);
    return send(station, { ...act, replyTo: wamidOf(button) });
  },
  send(button) {
    const station = targetOf(button);
    const kind = button.dataset.kind;
    if (kind === 'document') return send(station, { kind, filename: 'order.pdf' });
    if (kind === 'voice') return send(station, { kind });
    const typed = textarea(station);
    const caption = typed.value.trim() || undefined;
    typed.value = '';
    return send(station, { kind, caption });
  },
  'share-phone': (button) => send(targetOf(button), { kind: 'own_phone', replyTo: wamidOf(button) }),
  quote(button) {
    const bubble = button.closest('.bubble');
    const quoting = stationOf(button).querySelector('.quoting');
    if (!(bubble instanceof HTMLElement) || !(quoting instanceof HTMLElement)) return;
    quoting.dataset.wamid = bubble.dataset.wamid;
    quoting.querySelector('span')?.replaceChildren(bubble.dataset.words ?? '');
    quoting.hidden = false;
    textarea(stationOf(button)).focus();
  },
  unquote: (button) => unquote(stationOf(button)),
  async 'fault-once'(button) {
    await tell('/simulator/faults', { change: 'once', fault: button.dataset.fault });
    say('The next reply will meet this.');
  },
};

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const summary = event.target.closest('summary');
  if (summary?.parentElement instanceof HTMLDetailsElement) summary.parentElement.dataset.kept = 'true';
  const element = event.target.closest('button[data-do]');
  if (element instanceof HTMLElement) run(clicks[element.dataset.do ?? ''], element);
});

/** @type {Record<string, (form: HTMLFormElement) => unknown>} */
const submits = {
  say(form) {
    const typed = textarea(stationOf(form));
    const body = typed.value.trim();
    if (body === '') return;
    const station = stationOf(form);
    const replyTo = quoted(station);
    typed.value = '';
    unquote(station);
    grow(typed);
    return send(station, { kind: 'text', body, replyTo });
  },
  contact(form) {
    const { name, phone } = fields(form);
    return send(targetOf(form), { kind: 'contact', name, phone });
  },
  location(form) {
    const { latitude, longitude } = fields(form);
    return send(targetOf(form), { kind: 'location', latitude: Number(latitude), longitude: Number(longitude) });
  },
  cart(form) {
    const lines = Object.entries(fields(form)).flatMap(([sku, quantity]) =>
      Number(quantity) > 0 ? [{ sku, quantity: Number(quantity) }] : [],
    );
    if (lines.length === 0) return say('The cart is empty.');
    const station = targetOf(form);
    form.reset();
    return send(station, { kind: 'cart', lines });
  },
  async 'two-orders'(form) {
    const result = byId('two-orders-result');
    const button = form.querySelector('button');
    if (button !== null) button.disabled = true;
    result.textContent = 'Both phones order…';
    try {
      const { html } = await tell('/simulator/two-orders', JSON.parse(fields(form).shop ?? '{}'));
      result.innerHTML = html;
    } catch (error) {
      result.textContent = '';
      throw error;
    } finally {
      if (button !== null) button.disabled = false;
    }
  },
};

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.do === undefined) return;
  event.preventDefault();
  run(submits[form.dataset.do], form);
});

document.addEventListener('change', async (event) => {
  const field = event.target;
  if (field instanceof HTMLInputElement && field.dataset.do === 'fault-always') {
    run(() => count({ change: 'always', fault: field.dataset.fault, isOn: field.checked }), field);
  }
  if (field instanceof HTMLSelectElement && field.dataset.do === 'statuses') {
    run(() => count({ change: 'statuses', mode: field.value }), field);
  }
});

document.addEventListener('input', (event) => {
  if (event.target instanceof HTMLTextAreaElement) grow(event.target);
});

// Enter sends, as on WhatsApp Web; Shift and Enter begin a new line, and an input method may need Enter itself.
document.addEventListener('keydown', (event) => {
  const typed = event.target;
  if (!(typed instanceof HTMLTextAreaElement)) return;
  if (event.key === 'Escape') unquote(stationOf(typed));
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  typed.form?.requestSubmit();
});

async function count(/** @type {object} */ change) {
  const { count: on } = await tell('/simulator/faults', change);
  byId('fault-count').textContent = on === 0 ? '' : String(on);
}

async function send(/** @type {HTMLElement} */ station, /** @type {object} */ act) {
  const { status } = await tell('/simulator/act', { phone: station.dataset.phone, act });
  if (status !== 200) say(`The webhook answered ${status}; Meta would send it again.`);
  const log = station.querySelector('.log');
  if (log !== null) log.scrollTop = log.scrollHeight;
}

/** @param {string} path @param {object} body @returns {Promise<any>} */
async function tell(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const read = await answer.json();
  if (!answer.ok) throw new Error(read.detail ?? read.title);
  return read;
}

/** @param {((element: any) => unknown) | undefined} work @param {HTMLElement} element */
async function run(work, element) {
  try {
    await work?.(element);
  } catch (error) {
    say(error instanceof Error ? error.message : 'That did not work.');
  }
}

/** @type {number | undefined} */
let silence;
function say(/** @type {string} */ words) {
  toast.textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => toast.replaceChildren(), 6_000);
}

function byId(/** @type {string} */ id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}

function dialog(/** @type {string} */ id) {
  const element = byId(id);
  if (!(element instanceof HTMLDialogElement)) throw new Error(`#${id} is no dialog`);
  return element;
}

function closeDialog(/** @type {HTMLElement} */ inside) {
  const around = inside.closest('dialog');
  if (around instanceof HTMLDialogElement) around.close();
  return around;
}

/** The station that a control stands in. */
function stationOf(/** @type {HTMLElement} */ inside) {
  const station = inside.closest('.station');
  if (!(station instanceof HTMLElement)) throw new Error('there is no phone here');
  return station;
}

/** The same, also for a control in a dialog that was opened for a phone, which it closes. */
function targetOf(/** @type {HTMLElement} */ inside) {
  const key = closeDialog(inside)?.dataset.phone;
  return key === undefined ? stationOf(inside) : phoneStation(key);
}

function phoneStation(/** @type {string} */ key) {
  const station = document.querySelector(`.station[data-phone="${CSS.escape(key)}"]`);
  if (!(station instanceof HTMLElement)) throw new Error('that phone was put away');
  return station;
}

function wamidOf(/** @type {HTMLElement} */ inside) {
  const bubble = inside.closest('.bubble');
  return bubble instanceof HTMLElement ? bubble.dataset.wamid : undefined;
}

function textarea(/** @type {HTMLElement} */ station) {
  const typed = station.querySelector('textarea');
  if (typed === null) throw new Error('the phone has no keyboard');
  return typed;
}

/** As high as what is typed. Rows and not a height, which would be an inline style. */
function grow(/** @type {HTMLTextAreaElement} */ typed) {
  typed.rows = Math.min(5, typed.value.split('\n').length);
}

function quoted(/** @type {HTMLElement} */ station) {
  const quoting = station.querySelector('.quoting');
  return quoting instanceof HTMLElement && !quoting.hidden ? quoting.dataset.wamid : undefined;
}

function unquote(/** @type {HTMLElement} */ station) {
  const quoting = station.querySelector('.quoting');
  if (quoting instanceof HTMLElement) quoting.hidden = true;
}

/** @returns {Record<string, string>} */
function fields(/** @type {HTMLFormElement} */ form) {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}
