import {
  ActionButtons,
  ActionContactRequest,
  ActionCTA,
  ActionList,
  ActionProduct,
  ActionProductList,
  Body,
  BodyComponent,
  BodyParameter,
  Button,
  CatalogProduct,
  Document,
  Header,
  Interactive,
  ListSection,
  PayloadComponent,
  Product,
  ProductSection,
  Reaction,
  Row,
  Template,
  Text,
} from 'whatsapp-api-js/messages';
import type { ListRow, ReplyContent, TemplateContent } from '../outbox/types.ts';
import {
  BUTTONS_MAX,
  CAPTION_MAX,
  FILENAME_MAX,
  LINK_BUTTON_MAX,
  LIST_ROWS_MAX,
  PRODUCTS_MAX,
  SECTIONS_MAX,
  TEMPLATE_BODY_MAX,
  URL_MAX,
} from '../shared/message-limits.ts';
import { emojiOf } from './emoji.ts';
import { demand, filled, idOf, messageIdOf } from './sendable.ts';
import { makeTextStorable } from './storable-json.ts';

// The library's builders give the shape and check most lengths. Beside each stands what they let through and Meta
// refuses, or refuse and Meta takes: this file is the list of their known holes (6.3.0), closed.

/**
 * Meta documents `contact_request` (business-scoped user ids, May 2026); the library writes `request_contact_info`,
 * which is the name of the action inside. Should Meta refuse it on a real number, this is the word to change.
 */
const CONTACT_REQUEST_TYPE = 'contact_request';

type Content<K extends ReplyContent['kind']> = Extract<ReplyContent, { kind: K }>;
type InteractiveKind = 'buttons' | 'list' | 'link' | 'product' | 'product_list' | 'contact_request';

/** `type` and the object of that name for POST /messages. Throws `UnsendableMessageError`, or the builders' errors. */
export function buildContent(reply: ReplyContent): Record<string, unknown> {
  switch (reply.kind) {
    case 'text':
      return { type: 'text', text: new Text(filled(reply.body, 'body'), reply.previewUrl) };
    case 'document':
      return { type: 'document', document: buildDocument(reply) };
    case 'template':
      return { type: 'template', template: buildTemplate(reply) };
    case 'reaction':
      return { type: 'reaction', reaction: buildReaction(reply) };
    default:
      return { type: 'interactive', interactive: buildInteractive(reply) };
  }
}

function buildInteractive(reply: Content<InteractiveKind>): object {
  switch (reply.kind) {
    case 'buttons': {
      const [first, ...others] = reply.buttons.map(
        ({ id, title }) => new Button(idOf(id), filled(title, 'button title')),
      );
      demand(first, `a button message needs 1 to ${BUTTONS_MAX} buttons`);
      return new Interactive(new ActionButtons(first, ...others), bodyOf(reply));
    }
    case 'list': {
      const [first, ...others] = sectionsOf(reply.rows);
      demand(first, 'a list needs at least one row');
      return new Interactive(new ActionList(filled(reply.button, 'list button'), first, ...others), bodyOf(reply));
    }
    case 'link': {
      // The library checks neither of the two.
      demand(reply.button.length <= LINK_BUTTON_MAX, `a link button has at most ${LINK_BUTTON_MAX} characters`);
      demand(isWebAddress(reply.url), 'the link is no web address');
      return new Interactive(new ActionCTA(filled(reply.button, 'link button'), reply.url), bodyOf(reply));
    }
    case 'product': {
      const product = new CatalogProduct(filled(reply.sku, 'sku'), filled(reply.catalogId, 'catalogue id'));
      return new Interactive(new ActionProduct(product), reply.body === undefined ? undefined : bodyOf(reply));
    }
    case 'product_list':
      return buildProductList(reply);
    case 'contact_request':
      return { ...new Interactive(new ActionContactRequest(), bodyOf(reply)), type: CONTACT_REQUEST_TYPE };
  }
}

/** Rows that follow each other under one title are one section. The library bounds each section, Meta their sum. */
function sectionsOf(rows: readonly ListRow[]): ListSection[] {
  demand(rows.length <= LIST_ROWS_MAX, `a list has at most ${LIST_ROWS_MAX} rows over all sections`);
  demand(new Set(rows.map(({ id }) => id)).size === rows.length, 'the rows of a list have unique ids');
  const groups: { title: string | undefined; rows: Row[] }[] = [];
  for (const { id, title, description, section } of rows) {
    if (groups.length === 0 || groups.at(-1)?.title !== section) groups.push({ title: section, rows: [] });
    const shown = description?.trim() ? makeTextStorable(description) : undefined;
    groups.at(-1)?.rows.push(new Row(idOf(id), filled(title, 'row title'), shown));
  }
  return groups.map(({ title, rows: [first, ...others] }) => {
    demand(first, 'a section of a list has rows');
    return new ListSection(title === undefined ? undefined : filled(title, 'section title'), first, ...others);
  });
}

function buildProductList(reply: Content<'product_list'>): Interactive {
  const { sections } = reply;
  demand(sections.length <= SECTIONS_MAX, `a product list has at most ${SECTIONS_MAX} sections`);
  const count = sections.reduce((sum, { skus }) => sum + skus.length, 0);
  demand(count <= PRODUCTS_MAX, `a product list has at most ${PRODUCTS_MAX} products over all sections`);
  const [first, ...others] = sections.map(({ title, skus }) => {
    const [one, ...more] = skus.map((sku) => new Product(filled(sku, 'sku')));
    demand(one, 'a section of a product list has products');
    return new ProductSection(filled(title, 'section title'), one, ...more);
  });
  demand(first, 'a product list needs at least one section');
  const action = new ActionProductList(filled(reply.catalogId, 'catalogue id'), first, ...others);
  return new Interactive(action, bodyOf(reply), new Header(filled(reply.header, 'header')));
}

function buildDocument({ file, filename, caption }: Content<'document'>): Document {
  demand('mediaId' in file, 'the file has not been uploaded yet');
  demand(filename.length <= FILENAME_MAX, `a file name has at most ${FILENAME_MAX} characters`);
  demand((caption ?? '').length <= CAPTION_MAX, `a caption has at most ${CAPTION_MAX} characters`);
  const words = caption === undefined ? undefined : filled(caption, 'caption');
  return new Document(filled(file.mediaId, 'media id'), true, words, filled(filename, 'file name'));
}

/** Parameters stand in one line; Meta refuses line ends, tabs, long gaps and nothing. */
function buildTemplate({ name, language, body, payloads = [] }: TemplateContent): Template {
  demand(/^[a-z0-9_]{1,512}$/.test(name), 'the template has a name that is none');
  const parameters = body.map((one) => {
    demand(!/[\n\r\t]| {5,}/.test(one.text), 'a template parameter has a line end, a tab or a gap');
    return new BodyParameter(filled(one.text, 'template parameter'), one.name);
  });
  const length = body.reduce((sum, { text }) => sum + text.length, 0);
  demand(length <= TEMPLATE_BODY_MAX, `template parameters have at most ${TEMPLATE_BODY_MAX} characters together`);
  const [first, ...others] = parameters;
  return new Template(
    name,
    language,
    ...(first === undefined ? [] : [new BodyComponent(first, ...others)]),
    ...payloads.map((payload) => new PayloadComponent(filled(payload, 'payload'))),
  );
}

/** The library refuses hearts, flags, families and thumbs with a skin tone, so it builds without and we put ours in. */
function buildReaction({ wamid, emoji }: Content<'reaction'>): object {
  return { ...new Reaction(messageIdOf(wamid)), emoji: emoji === '' ? '' : emojiOf(emoji) };
}

function bodyOf({ body }: { body?: string | undefined }): Body {
  return new Body(filled(body ?? '', 'body'));
}

function isWebAddress(url: string): boolean {
  return url.length <= URL_MAX && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
