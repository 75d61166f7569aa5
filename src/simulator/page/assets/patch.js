// Exchanges the children of an element for newer ones, by id, and leaves alone what is the same: so focus, selection and
// what a person opened stay as they are, and a screen reader hears of what is new only.

/** @type {WeakMap<Element, string>} What the server said an element is; a person may have changed it since. */
const served = new WeakMap();

/**
 * @param {Element} container
 * @param {string} newer HTML of the server
 */
export function patch(container, newer) {
  const template = document.createElement('template');
  template.innerHTML = newer;
  const fresh = [...template.content.children];
  if (fresh.length === 0 || fresh.some((child) => child.id === '')) {
    if (container.innerHTML !== newer) container.innerHTML = newer;
    return;
  }
  const known = new Map([...container.children].map((child) => [child.id, child]));
  const wanted = fresh.map((child) => keepOrExchange(known.get(child.id), child));
  for (const child of [...container.childNodes]) {
    if (!(child instanceof Element) || !wanted.includes(child)) child.remove();
  }
  for (const [place, child] of wanted.entries()) {
    if (container.children[place] !== child) container.insertBefore(child, container.children[place] ?? null);
  }
}

/**
 * @param {Element | undefined} old
 * @param {Element} fresh
 */
function keepOrExchange(old, fresh) {
  const text = fresh.outerHTML;
  if (old !== undefined && (served.get(old) ?? old.outerHTML) === text) return old;
  served.set(fresh, text);
  if (old === undefined) return fresh;
  keepOpened(old, fresh);
  old.replaceWith(fresh);
  return fresh;
}

/** What a person opened or closed themselves stays so; `data-kept` is written by the click. */
function keepOpened(/** @type {Element} */ old, /** @type {Element} */ fresh) {
  for (const details of [old, ...old.querySelectorAll('details[id]')]) {
    if (!(details instanceof HTMLDetailsElement) || details.dataset.kept === undefined) continue;
    const twin = fresh.id === details.id ? fresh : fresh.querySelector(`#${CSS.escape(details.id)}`);
    if (!(twin instanceof HTMLDetailsElement)) continue;
    twin.open = details.open;
    twin.dataset.kept = details.dataset.kept;
  }
}
