import { html, type SafeHtml } from '@remix-run/html-template';
import { newId } from '../../shared/ids.ts';

/** What was typed and what is wrong with it, by the names of the fields; '' is about the form as a whole. */
export type FormState = { values: URLSearchParams; errors: Readonly<Record<string, string>> };

export const emptyForm = (values: Record<string, string> = {}): FormState => ({
  values: new URLSearchParams(values),
  errors: {},
});

type FormOptions = {
  action: string;
  csrfToken: string;
  state?: FormState;
  submit: string;
  /** For what cannot be undone. */
  danger?: boolean;
  cancel?: string | undefined;
  /** Whether a file goes with it. */
  upload?: boolean;
  /** CSS class of the form. */
  look?: 'stack' | 'row';
};

/**
 * A form that posts once: it carries the session's token and a key that makes a second sending do nothing more. The
 * errors stand beside their fields and together at the top, where the focus goes.
 */
export function form(options: FormOptions, fields: SafeHtml | SafeHtml[]): SafeHtml {
  const { state = emptyForm(), look = 'stack' } = options;
  const key = state.values.get('_key') ?? newId();
  return html`<form class="${look}" method="post" action="${options.action}" ${options.upload ? html`enctype="multipart/form-data"` : ''} data-once novalidate>
    <input type="hidden" name="_csrf" value="${options.csrfToken}">
    <input type="hidden" name="_key" value="${key}">
    ${errorSummary(state)}
    ${fields}
    <div class="actions">
      <button class="${options.danger ? 'danger' : 'primary'}" type="submit">${options.submit}</button>
      ${options.cancel === undefined ? '' : html`<a class="button" href="${options.cancel}">Cancel</a>`}
    </div>
  </form>`;
}

/** For what one wrong click must not do: a first press says what will follow, a second does it. Works without a script. */
export function sureForm(ask: string, what: string, options: FormOptions): SafeHtml {
  return html`<details class="sure"><summary class="button danger">${ask}</summary>
    <p class="hint">${what}</p>${form({ ...options, danger: true }, [])}</details>`;
}

function errorSummary({ errors }: FormState): SafeHtml {
  const all = Object.entries(errors);
  if (all.length === 0) return html``;
  return html`<div class="errors" role="alert" tabindex="-1" data-focus>
    <p>${all.length === 1 ? 'One thing needs your attention:' : `${all.length} things need your attention:`}</p>
    <ul>${all.map(([name, message]) => html`<li>${name === '' ? message : html`<a href="#f-${name}">${message}</a>`}</li>`)}</ul>
  </div>`;
}

type FieldOptions = {
  name: string;
  label: string;
  state?: FormState;
  hint?: string | SafeHtml;
  /** `quietly`: may be left empty, as all of its many neighbours may, and does not say so. */
  optional?: boolean | 'quietly';
  /** Where a page has several fields of one name. */
  id?: string;
};

const idOf = ({ id, name }: FieldOptions): string => id ?? name;

/** A file from the person's disk; a browser never puts it back, so it is chosen anew after a mistake. */
export function fileInput(options: FieldOptions & { accept: string }): SafeHtml {
  return field(
    options,
    html`<input id="f-${idOf(options)}" name="${options.name}" type="file" accept="${options.accept}" ${describedBy(options)}>`,
  );
}

type InputOptions = FieldOptions & {
  type?: 'text' | 'email' | 'password' | 'date' | 'tel' | 'number' | 'search';
  autocomplete?: string;
  inputmode?: 'decimal' | 'numeric' | 'tel' | 'email';
  maxlength?: number;
  autofocus?: boolean;
  /** Shown before the field: a currency. */
  unit?: string;
};

/** A labelled line of text. A password is never written back. */
export function input(options: InputOptions): SafeHtml {
  const { name, type = 'text', state = emptyForm() } = options;
  const value = type === 'password' ? '' : (state.values.get(name) ?? '');
  const control = html`<input id="f-${idOf(options)}" name="${name}" type="${type}" value="${value}"
    ${attribute('autocomplete', options.autocomplete ?? 'off')} ${attribute('inputmode', options.inputmode)}
    ${attribute('maxlength', options.maxlength)} ${options.autofocus ? html`autofocus` : ''}
    ${options.optional ? '' : html`required`} ${describedBy(options)}>`;
  return field(
    options,
    options.unit === undefined
      ? control
      : html`<span class="with-unit"><span class="unit">${options.unit}</span>${control}</span>`,
  );
}

export type Choice = { value: string; label: string };

/** `guessZone`: the browser puts its own time zone there, see assets/console.js. */
export function select(options: FieldOptions & { choices: readonly Choice[]; guessZone?: boolean }): SafeHtml {
  const { name, state = emptyForm(), choices } = options;
  const chosen = state.values.get(name) ?? '';
  return field(
    options,
    html`<select id="f-${idOf(options)}" name="${name}" ${options.guessZone ? html`data-guess-zone` : ''} ${describedBy(options)}>${choices.map(
      ({ value, label }) => html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${label}</option>`,
    )}</select>`,
  );
}

/** Several lines of text. */
export function textarea(options: FieldOptions & { rows?: number; maxlength?: number }): SafeHtml {
  const { name, state = emptyForm(), rows = 4 } = options;
  // The line break behind the tag is the one that browsers leave out, so that a first empty line of the text stays.
  return field(
    options,
    html`<textarea id="f-${idOf(options)}" name="${name}" rows="${rows}" ${attribute('maxlength', options.maxlength)}
      ${options.optional ? '' : html`required`} ${describedBy(options)}>
${state.values.get(name) ?? ''}</textarea>`,
  );
}

function field(options: FieldOptions, control: SafeHtml): SafeHtml {
  const { name, label, state = emptyForm(), hint, optional } = options;
  const id = idOf(options);
  const error = state.errors[name];
  return html`<div class="field ${error === undefined ? '' : 'wrong'}">
    <label for="f-${id}">${label}${optional === true ? html` <span class="optional">optional</span>` : ''}</label>
    ${hint === undefined ? '' : html`<p class="hint" id="h-${id}">${hint}</p>`}
    ${control}
    ${error === undefined ? '' : html`<p class="error" id="e-${id}">${error}</p>`}
  </div>`;
}

function describedBy(options: FieldOptions): SafeHtml {
  const { name, state, hint } = options;
  const id = idOf(options);
  const error = state?.errors[name];
  const ids = [...(hint === undefined ? [] : [`h-${id}`]), ...(error === undefined ? [] : [`e-${id}`])];
  return html`${error === undefined ? '' : html`aria-invalid="true"`} ${ids.length === 0 ? '' : html`aria-describedby="${ids.join(' ')}"`}`;
}

function attribute(name: string, value: string | number | undefined): SafeHtml {
  return value === undefined ? html`` : html`${name}="${value}"`;
}
