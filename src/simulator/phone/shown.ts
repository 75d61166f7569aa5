import { type LocalTemplate, localTemplates } from '../../templates/local-templates.ts';
import { PLACEHOLDER } from '../../templates/template-reply.ts';
import type { GraphMessage } from '../message-rules.ts';
import type { SentMessage } from '../sent-log.ts';

/** Something under a message that can be tapped. */
export type ShownChoice =
  | { on: 'button' | 'list' | 'template'; id: string; title: string; description?: string | undefined }
  /** WhatsApp's own button that shares the phone's number. */
  | { on: 'share_phone'; title: string };

/** A message of the business as the phone shows it. */
export type ShownMessage = {
  wamid: string;
  at: string;
  header?: string | undefined;
  body: string;
  footer?: string | undefined;
  choices: ShownChoice[];
  /** The button that opens the rows of a list. */
  listButton?: string | undefined;
  link?: { title: string; url: string } | undefined;
  filename?: string | undefined;
  /** Of a catalogue message. */
  skus?: string[] | undefined;
  /** The message that this one answers, by id. */
  quotes?: string | undefined;
  /** An emoji beside this message instead of one of its own. */
  reactionTo?: string | undefined;
};

/** What the person sees of a message that Meta accepted. */
export function shownMessage({ wamid, at, message }: Pick<SentMessage, 'wamid' | 'at' | 'message'>): ShownMessage {
  return { wamid, at: at.toISOString(), quotes: message.context?.message_id, ...contentOf(message) };
}

type Shown = Omit<ShownMessage, 'wamid' | 'at' | 'quotes'>;

function contentOf(message: GraphMessage): Shown {
  switch (message.type) {
    case 'text':
      return { body: message.text.body, choices: [] };
    case 'interactive':
      return interactiveOf(message.interactive);
    case 'document': {
      const { caption, filename } = message.document;
      return { body: caption ?? '', choices: [], filename: filename ?? 'document' };
    }
    case 'reaction':
      return { body: message.reaction.emoji, choices: [], reactionTo: message.reaction.message_id };
    case 'template':
      return templateOf(message.template);
  }
}

type Interactive = Extract<GraphMessage, { type: 'interactive' }>['interactive'];

function interactiveOf(interactive: Interactive): Shown {
  const body = interactive.body?.text ?? '';
  switch (interactive.type) {
    case 'button': {
      const choices = interactive.action.buttons.map(({ reply }) => ({ on: 'button' as const, ...reply }));
      return { header: interactive.header?.text, body, footer: interactive.footer?.text, choices };
    }
    case 'list': {
      const { button, sections } = interactive.action;
      const choices = sections.flatMap(({ rows }) => rows.map((row) => ({ on: 'list' as const, ...row })));
      const { header, footer } = interactive;
      return { header: header?.text, body, footer: footer?.text, choices, listButton: button };
    }
    case 'cta_url': {
      const { display_text: title, url } = interactive.action.parameters;
      return { header: interactive.header?.text, body, choices: [], link: { title, url } };
    }
    case 'product':
      return { body, choices: [], skus: [interactive.action.product_retailer_id] };
    case 'product_list': {
      const skus = interactive.action.sections.flatMap(({ product_items: items }) =>
        items.map((item) => item.product_retailer_id),
      );
      return { header: interactive.header.text, body, choices: [], skus };
    }
    case 'contact_request':
      return { body, choices: [{ on: 'share_phone', title: 'Share phone number' }] };
  }
}

type Template = Extract<GraphMessage, { type: 'template' }>['template'];

let ourTemplates: Map<string, LocalTemplate> | undefined;

/** Meta fills its own copy of the template; one that is not ours is shown by its name. */
function templateOf({ name, language, components = [] }: Template): Shown {
  ourTemplates ??= new Map(localTemplates().map((one) => [`${one.name} ${one.language}`, one]));
  const ours = ourTemplates.get(`${name} ${language.code}`);
  if (ours === undefined) return { body: name, choices: [] };
  const values = new Map<string, string>();
  const payloads = new Map<number, string>();
  for (const component of components) {
    if (component.type === 'button') payloads.set(component.index, component.parameters[0].payload);
    else for (const { parameter_name: key = '', text } of component.parameters) values.set(key, text);
  }
  return {
    body: ours.body.replaceAll(PLACEHOLDER, (whole, key: string) => values.get(key) ?? whole),
    choices: ours.buttons.map((title, index) => ({ on: 'template', id: payloads.get(index) ?? title, title })),
  };
}
