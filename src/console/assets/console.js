// Small conveniences. Every page works without them.

// A form that was sent is not sent again by a second click; the server would do it once anyway.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-once')) return;
  if (form.dataset.sent === 'yes') {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  // Not at once: a disabled button would leave its own value out of what is sent.
  setTimeout(() => {
    for (const button of form.querySelectorAll('button[type=submit]')) button.disabled = true;
  });
});

// Coming back with the browser's back button finds the form usable again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('button[type=submit]')) button.disabled = false;
  }
});

// What is wrong with a form is read out first.
document.querySelector('[data-focus]')?.focus();

// "/" goes to the search in the head, as in many tools.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest('input, textarea, select')) return;
  const search = document.getElementById('find');
  if (!(search instanceof HTMLInputElement)) return;
  event.preventDefault();
  search.select();
  search.focus();
});

// One open menu at a time; Escape closes it.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll('.top details[open]')) {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
});
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('.top details[open]')) {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  }
});

// The first-run form starts with the time zone of the browser.
const zone = document.querySelector('select[data-guess-zone]');
if (zone instanceof HTMLSelectElement) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((option) => option.value === own)) zone.value = own;
}

// Printing is a browser's own; the button is there for those who do not know its key.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// A session that ended while somebody was typing must not cost them what they typed: it is kept in this tab until the page
// that comes next. When that is the sign-in page, it goes back into the same form afterwards, for the same person and no
// other. Passwords, files and hidden fields are never kept.
const KEPT = 'orderlock-form';
const KEPT_LENGTH_MAX = 64_000;
const KEPT_MS_MAX = 12 * 3_600_000;
const who = document.body.dataset.who ?? '';
let touched = null;

const canBeKept = (control) =>
  control.name !== '' && !['hidden', 'password', 'file', 'submit', 'button'].includes(control.type);
const controlsOf = (form) => [...form.elements].filter((control) => 'value' in control && canBeKept(control));

document.addEventListener('input', (event) => {
  const form = event.target instanceof Element ? event.target.closest('form[method=post]') : null;
  if (form !== null) touched = form;
});
document.addEventListener('submit', (event) => {
  if (event.target instanceof HTMLFormElement) touched = controlsOf(event.target).length > 0 ? event.target : null;
});
window.addEventListener('pagehide', () => {
  if (who === '') return;
  if (touched === null) return keep(null);
  const fields = controlsOf(touched).map(({ name, type, value, checked }) => ({ name, type, value, checked }));
  keep({ action: touched.getAttribute('action'), who, fields, at: Date.now(), isLost: false });
});

function keep(form) {
  try {
    const text = form === null ? '' : JSON.stringify(form);
    if (text === '' || text.length > KEPT_LENGTH_MAX) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, text);
  } catch {
    // A browser that keeps nothing for us: then nothing comes back, and all else works.
  }
}

function readKept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  } catch {
    return null;
  }
}

const kept = readKept();
if (kept !== null) {
  const isSignIn = location.pathname === '/console/sign-in';
  const form = [...document.forms].find((one) => one.getAttribute('action') === kept.action);
  if (isSignIn) keep({ ...kept, isLost: true });
  else if (!kept.isLost || kept.who !== who || Date.now() - kept.at > KEPT_MS_MAX) keep(null);
  else if (form !== undefined) putBack(form, kept.fields);
}

function putBack(form, fields) {
  keep(null);
  const left = [...fields];
  for (const control of controlsOf(form)) {
    const isChoice = control.type === 'radio' || control.type === 'checkbox';
    const at = left.findIndex(({ name, value }) => name === control.name && (!isChoice || value === control.value));
    if (at < 0) continue;
    const [field] = left.splice(at, 1);
    if (isChoice) control.checked = field.checked;
    else control.value = field.value;
  }
  touched = form;
  const words = document.createElement('p');
  words.className = 'notice';
  words.setAttribute('role', 'status');
  words.textContent = 'You were signed out before this was sent. What you wrote is here again: look, and send it.';
  form.prepend(words);
  for (let box = form.closest('details'); box !== null; box = box.parentElement.closest('details')) box.open = true;
  controlsOf(form)[0]?.focus();
}
// A page that nobody looks at does not ask for itself: what it showed would count as read.
document.addEventListener('htmx:beforeRequest', (event) => {
  if (document.visibilityState === 'hidden') event.preventDefault();
});
