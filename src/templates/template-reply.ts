import type { ReplyButton, TemplateContent } from '../outbox/types.ts';
import { fitTitle, TEMPLATE_BODY_MAX } from '../shared/message-limits.ts';
import { type ButtonOf, type ParameterOf, type TemplateName, templates } from './catalogue.ts';
import { nearestLanguage } from './languages.ts';
import { type LocalTemplate, localTemplate, localTemplates } from './local-templates.ts';

type Filling<N extends TemplateName> = {
  /** A language tag of ours; the nearest language that has templates is taken. */
  language: string;
  /** Readable: amounts and dates formatted for the language. */
  values: { [P in ParameterOf<N>]: string };
  /** What a tap on each button sends back. */
  payloads: { [B in ButtonOf<N>]: string };
};

/** What stands for a value that is empty, which Meta refuses. */
const NOTHING = '-';

/**
 * A template filled in, as a reply of its own or as what goes `outsideWindow` instead of another. Values are brought
 * to one line, and the longest are shortened where the whole would be more than Meta takes.
 */
export function templateReply<N extends TemplateName>(name: N, filling: Filling<N>): TemplateContent {
  const local = localTemplate(name, nearestLanguage(filling.language));
  const values: Record<string, string> = filling.values;
  const payloads: Record<string, string> = filling.payloads;
  const body = local.parameters.map((parameter) => ({
    name: parameter.name,
    text: fitTitle(values[parameter.name] ?? '', TEMPLATE_BODY_MAX) || NOTHING,
  }));
  const room = TEMPLATE_BODY_MAX - local.body.replaceAll(PLACEHOLDER, '').length;
  return {
    kind: 'template',
    name: local.name,
    language: local.language,
    body: shorten(body, room),
    payloads: templates[name].buttons.map((button) => payloads[button] ?? button),
  };
}

/** The same words twice: as an ordinary message for the open window, and as the template for the closed one. */
export type SaidBothWays = { body: string; buttons: ReplyButton[]; template: TemplateContent };

/**
 * What a template says, for whoever may be written to freely: there it costs nothing, and it must not depend on an
 * approval of Meta's. A template has as many buttons as WhatsApp shows under a message, or fewer.
 */
export function sayBothWays<N extends TemplateName>(name: N, filling: Filling<N>): SaidBothWays {
  const template = templateReply(name, filling);
  const local = localTemplate(name, nearestLanguage(filling.language));
  const values = new Map(template.body.map((one) => [one.name, one.text]));
  const body = local.body.replace(PLACEHOLDER, (whole, parameter: string) => values.get(parameter) ?? whole);
  const buttons = local.buttons.map((title, at) => ({ id: template.payloads?.[at] ?? title, title }));
  return { body, buttons, template };
}

/** A placeholder in a body: `{{shop}}`. */
export const PLACEHOLDER = /\{\{([a-z_]+)\}\}/g;

let byName: ReadonlyMap<string, LocalTemplate> | undefined;

/** What a template said to whoever got it, its values in their places; null where it is none of ours. */
export function wordsOfTemplate({ name, language, body }: TemplateContent): string | null {
  byName ??= new Map(localTemplates().map((one) => [`${one.name} ${one.language}`, one]));
  const values = new Map(body.map((one) => [one.name, one.text]));
  const local = byName.get(`${name} ${language}`);
  return local?.body.replace(PLACEHOLDER, (whole, parameter: string) => values.get(parameter) ?? whole) ?? null;
}

function shorten(body: TemplateContent['body'], room: number): TemplateContent['body'] {
  const shortened = body.map((one) => ({ ...one }));
  // Each round brings the longest value to its bound or below the next longest, so as many rounds as values are enough.
  for (let round = 0; round < shortened.length; round += 1) {
    const excess = shortened.reduce((sum, { text }) => sum + text.length, 0) - room;
    const longest = shortened.reduce((most, one) => (one.text.length > most.text.length ? one : most));
    if (excess <= 0) break;
    const fairShare = Math.floor(room / shortened.length);
    longest.text = fitTitle(longest.text, Math.max(fairShare, longest.text.length - excess));
  }
  return shortened;
}
