import { html, type SafeHtml } from '@remix-run/html-template';
import { type Choice, emptyForm, type FormState } from './form.ts';

type Several = {
  name: string;
  legend: string;
  state?: FormState;
  hint?: string;
  choices: readonly (Choice & { hint?: string })[];
};

/** One of several, each with a word about what it means. */
export const radios = (options: Several): SafeHtml => group(options, 'radio');

/** Any of several. */
export const checks = (options: Several): SafeHtml => group(options, 'checkbox');

function group({ name, legend, state = emptyForm(), hint, choices }: Several, type: 'radio' | 'checkbox'): SafeHtml {
  const chosen = state.values.getAll(name);
  const error = state.errors[name];
  return html`<fieldset id="f-${name}" tabindex="-1" class="${error === undefined ? '' : 'wrong'}"><legend>${legend}</legend>
    ${hint === undefined ? '' : html`<p class="hint">${hint}</p>`}
    ${choices.map(
      (choice) => html`<div class="field check"><label><input type="${type}" name="${name}" value="${choice.value}"
        ${chosen.includes(choice.value) ? html`checked` : ''}> <span>${choice.label}${choice.hint === undefined ? '' : html`<small class="hint">${choice.hint}</small>`}</span></label></div>`,
    )}
    ${error === undefined ? '' : html`<p class="error" id="e-${name}">${error}</p>`}</fieldset>`;
}
