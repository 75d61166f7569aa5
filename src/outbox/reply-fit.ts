import {
  BUTTON_TITLE_MAX,
  CAPTION_MAX,
  FILENAME_MAX,
  fitTitle,
  fitTitles,
  HEADER_MAX,
  INTERACTIVE_BODY_MAX,
  LINK_BUTTON_MAX,
  LIST_BUTTON_MAX,
  LIST_ROWS_MAX,
  PRODUCTS_MAX,
  pagesOf,
  ROW_DESCRIPTION_MAX,
  ROW_TITLE_MAX,
  SECTION_TITLE_MAX,
  SECTIONS_MAX,
  splitBeforeEnd,
  splitText,
  TEMPLATE_BODY_MAX,
} from '../shared/message-limits.ts';
import type { ListRow, ProductSection, ReplyButton, ReplyContent, TemplateParameter } from './types.ts';

type Content<K extends ReplyContent['kind']> = Extract<ReplyContent, { kind: K }>;

/**
 * A reply as the fewest messages that WhatsApp takes, so that whoever words one need not count. Words are never lost:
 * what is too long for a place goes before it as texts, rows and products beyond the limit go on further pages. Only
 * titles and descriptions are shortened. What no cutting can mend (no rows, four buttons, an id too long) stays, and is
 * refused when it is sent.
 */
export function fitReply(reply: ReplyContent): ReplyContent[] {
  switch (reply.kind) {
    case 'text':
      return splitText(reply.body).map((body) => ({ ...reply, body }));
    case 'buttons':
      return afterTexts(reply.body, (body) => [{ ...reply, body, buttons: fitButtons(reply.buttons) }]);
    case 'list': {
      const pages = pagesOf(fitRows(reply.rows), LIST_ROWS_MAX);
      const list = { ...reply, button: fitTitle(reply.button, LIST_BUTTON_MAX) };
      return afterTexts(
        reply.body,
        (body) => onPages(pages, (rows, mark) => ({ ...list, body: body + mark, rows })),
        INTERACTIVE_BODY_MAX - longestMark(pages),
      );
    }
    case 'link':
      return afterTexts(reply.body, (body) => [{ ...reply, body, button: fitTitle(reply.button, LINK_BUTTON_MAX) }]);
    case 'product':
      if (!reply.body?.trim()) return [{ ...reply, body: undefined }];
      return afterTexts(reply.body, (body) => [{ ...reply, body }]);
    case 'product_list':
      return afterTexts(reply.body, (body) => productPages(reply, body));
    case 'document': {
      const filename = fitFilename(reply.filename);
      if (!reply.caption?.trim()) return [{ ...reply, filename, caption: undefined }];
      return afterTexts(reply.caption, (caption) => [{ ...reply, filename, caption }], CAPTION_MAX);
    }
    case 'contact_request':
      return afterTexts(reply.body, (body) => [{ ...reply, body }]);
    case 'template':
      return [{ ...reply, body: fitParameters(reply.body) }];
    case 'reaction':
      return [reply];
  }
}

function afterTexts(words: string, last: (words: string) => ReplyContent[], max = INTERACTIVE_BODY_MAX) {
  const parts = splitBeforeEnd(words, max);
  const end = parts.pop() ?? '';
  return [...parts.map((body): ReplyContent => ({ kind: 'text', body })), ...last(end)];
}

function fitButtons(buttons: readonly ReplyButton[]): ReplyButton[] {
  const titles = fitTitles(
    buttons.map(({ title }) => title),
    BUTTON_TITLE_MAX,
  );
  return buttons.map((button, at) => ({ ...button, title: titles[at] ?? '' }));
}

function fitRows(rows: readonly ListRow[]): ListRow[] {
  return rows.map(({ id, title, description, section }) => ({
    id,
    title: fitTitle(title, ROW_TITLE_MAX),
    description: description?.trim() ? fitTitle(description, ROW_DESCRIPTION_MAX) : undefined,
    section: section?.trim() ? fitTitle(section, SECTION_TITLE_MAX) : undefined,
  }));
}

function productPages(list: Content<'product_list'>, body: string): ReplyContent[] {
  const pages = pagesOf(fullSections(list.sections), SECTIONS_MAX).flatMap(pagesOfProducts);
  const header = fitTitle(list.header, HEADER_MAX - longestMark(pages));
  return onPages(pages, (sections, mark) => ({ ...list, header: header + mark, body, sections }));
}

/** One message per page, told apart by "(1/2)". Nothing at all still makes one message, which is then refused aloud. */
function onPages<T>(pages: T[][], make: (page: T[], mark: string) => ReplyContent): ReplyContent[] {
  if (pages.length <= 1) return [make(pages[0] ?? [], '')];
  return pages.map((page, at) => make(page, pageMark(at + 1, pages.length)));
}

const pageMark = (page: number, count: number): string => ` (${page}/${count})`;
const longestMark = ({ length }: unknown[]): number => (length <= 1 ? 0 : pageMark(length, length).length);

/** Sections without products are left out, and those with too many become several of the same title. */
function fullSections(sections: readonly ProductSection[]): ProductSection[] {
  return sections.flatMap(({ title, skus }) =>
    pagesOf(skus, PRODUCTS_MAX).map((part) => ({ title: fitTitle(title, SECTION_TITLE_MAX), skus: part })),
  );
}

function pagesOfProducts(sections: ProductSection[]): ProductSection[][] {
  const pages: ProductSection[][] = [];
  let room = 0;
  for (const section of sections) {
    if (section.skus.length > room) {
      pages.push([]);
      room = PRODUCTS_MAX;
    }
    pages.at(-1)?.push(section);
    room -= section.skus.length;
  }
  return pages;
}

/** Each on one line; together too long, each gets its equal share of the room. */
function fitParameters(parameters: readonly TemplateParameter[]): TemplateParameter[] {
  const fitted = parameters.map((one) => ({ ...one, text: fitTitle(one.text, TEMPLATE_BODY_MAX) }));
  if (fitted.reduce((sum, { text }) => sum + text.length, 0) <= TEMPLATE_BODY_MAX) return fitted;
  const share = Math.floor(TEMPLATE_BODY_MAX / fitted.length);
  return fitted.map((one) => ({ ...one, text: fitTitle(one.text, share) }));
}

/** A name that every phone can save: one line without slashes, its ending kept when it has to be shortened. */
export function fitFilename(filename: string): string {
  const name = filename.replace(/[\\/\p{Cc}]+/gu, ' ').trim() || 'file';
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - ending.length) || 'file';
  return `${fitTitle(stem, FILENAME_MAX - ending.length)}${ending}`;
}
