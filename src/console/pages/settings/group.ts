import type { SafeHtml } from '@remix-run/html-template';
import type { SettingName, Settings, SettingsChange } from '../../../settings/index.ts';
import type { PageRequest } from '../../route.ts';
import type { FormState } from '../../view/form.ts';

/** Settings of one matter: one form, which is saved by itself. */
export type SettingsGroup = {
  /** Its place in the address, and its name in the menu. */
  key: string;
  label: string;
  lead: string;
  names: readonly SettingName[];
  /** What each field is called, for words about it elsewhere than beside it. */
  labels: Readonly<Record<string, string>>;
  /** The settings as the fields of the form show them. */
  fill(settings: Settings, request: PageRequest): URLSearchParams;
  /**
   * What the form says, by the names of the import file. Only what cannot be written down at all is wrong here, such as
   * words in the place of an amount: the rest is for the schema.
   */
  read(form: URLSearchParams, request: PageRequest): { change: SettingsChange; errors: Record<string, string> };
  /** The field in which a value of the import file stands. */
  fieldOf(path: readonly PropertyKey[]): string;
  view(state: FormState, request: PageRequest): SafeHtml[];
};

/** A number as it was typed; what is none stays as it is, and the schema says so. */
export const numberIn = (form: URLSearchParams, name: string): unknown => {
  const text = (form.get(name) ?? '').trim();
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
};

export const textIn = (form: URLSearchParams, name: string): string => (form.get(name) ?? '').trim();

/** Values by the names of fields; a list is a field that is there several times. */
export function filled(values: Record<string, string | number | readonly string[]>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of typeof value === 'object' ? value : [value]) params.append(name, String(one));
  }
  return params;
}

/** Parts of a text that stand between commas, semicolons or line breaks. */
export const listIn = (form: URLSearchParams, name: string): string[] =>
  textIn(form, name)
    .split(/[,;\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
