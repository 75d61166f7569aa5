// WhatsApp's limits on outgoing messages and the cutters that keep text within them. They live here, and not beside
// the client, because the conversation must respect them by construction and may not import the whatsapp folder.
// Lengths are UTF-16 units: Meta says "characters" without saying which, and UTF-16 units are never the looser reading.

export const TEXT_BODY_MAX = 4096;
export const INTERACTIVE_BODY_MAX = 1024;
export const HEADER_MAX = 60;
export const CAPTION_MAX = 1024;
export const BUTTONS_MAX = 3;
export const BUTTON_TITLE_MAX = 20;
/** Of all sections together; the library's builders count each section for itself. */
export const LIST_ROWS_MAX = 10;
export const LIST_BUTTON_MAX = 20;
export const ROW_TITLE_MAX = 24;
export const ROW_DESCRIPTION_MAX = 72;
export const SECTIONS_MAX = 10;
export const SECTION_TITLE_MAX = 24;
export const LINK_BUTTON_MAX = 20;
export const URL_MAX = 2000;
/** Of all sections together. */
export const PRODUCTS_MAX = 30;
export const FILENAME_MAX = 240;
/** All that replaces the placeholders of one template, and the template's own text with it. */
export const TEMPLATE_BODY_MAX = 1024;
/** Longest `biz_opaque_callback_data` that Meta echoes. */
export const CALLBACK_DATA_MAX = 512;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The longest start of `text` within `max` units that ends between two characters as a person sees them. */
function graphemePrefix(text: string, max: number): string {
  let end = 0;
  // Only the part that could fit is segmented; a few units more let the segmenter see where the last character ends.
  for (const { index, segment } of graphemes.segment(text.slice(0, max + 64))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** `text` within `max` units, cut between characters and marked with an ellipsis when something had to go. */
export function fitText(text: string, max: number): string {
  const trimmed = text.trim();
  if (trimmed.length <= max) return trimmed;
  return `${graphemePrefix(trimmed, max - 1).trimEnd()}…`;
}

/** The same on one line: titles, headers, names and what goes into a template have no line ends, tabs or gaps. */
export function fitTitle(text: string, max: number): string {
  return fitText(text.replace(/\s+/g, ' '), max);
}

/** Titles within `max` units that all differ, as Meta wants them on one message: those that came out equal get numbers. */
export function fitTitles(titles: readonly string[], max: number): string[] {
  const taken = new Set<string>();
  return titles.map((title) => {
    let fitted = fitTitle(title, max);
    for (let copy = 2; taken.has(fitted); copy += 1) fitted = `${fitTitle(title, max - ` ${copy}`.length)} ${copy}`;
    taken.add(fitted);
    return fitted;
  });
}

/**
 * Cuts a long text into parts of at most `max` units: after a line where possible, else after a word, else between
 * characters. Nothing but the white space at the cuts is lost; an empty text gives no part.
 */
export function splitText(text: string, max: number = TEXT_BODY_MAX): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > max) {
    const cut = cutPoint(rest, max);
    const part = rest.slice(0, cut).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

/**
 * A long text whose end has to fit a smaller place than the rest: under buttons, or beside a file. The last part has at
 * most `endMax` units, those before it at most `max`.
 */
export function splitBeforeEnd(text: string, endMax: number, max: number = TEXT_BODY_MAX): string[] {
  const parts = splitText(text, max);
  const last = parts.pop() ?? '';
  const end = splitText(last, endMax).at(-1) ?? '';
  const before = last.slice(0, last.length - end.length).trimEnd();
  return [...parts, before, end].filter((part) => part !== '');
}

/** `items` in pages of at most `size`. */
export function pagesOf<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, page) => items.slice(page * size, (page + 1) * size));
}

function cutPoint(text: string, max: number): number {
  const line = text.lastIndexOf('\n', max);
  if (line > 0) return line;
  const word = text.lastIndexOf(' ', max);
  if (word > 0) return word;
  const character = graphemePrefix(text, max).length;
  // One "character" can be longer than a whole message (stacked accents): then a surrogate pair is all that is kept.
  if (character > 0) return character;
  return isHighSurrogate(text.charCodeAt(max - 1)) && max > 1 ? max - 1 : max;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
