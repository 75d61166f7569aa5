// WhatsApp's limits on outgoing messages and the cutters that keep text within them. They live here, and not beside
// the client, because the conversation must respect them by construction and may not import the whatsapp folder.
// Lengths are UTF-16 units: Meta says "characters" without saying which, and UTF-16 units are never the looser reading.

export const TEXT_BODY_MAX = 4096;
export const INTERACTIVE_BODY_MAX = 1024;
export const BUTTONS_MAX = 3;
export const BUTTON_TITLE_MAX = 20;
export const LIST_ROWS_MAX = 10;
export const LIST_BUTTON_MAX = 20;
export const ROW_TITLE_MAX = 24;
export const ROW_DESCRIPTION_MAX = 72;
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
export function fitTitle(text: string, max: number): string {
  const trimmed = text.trim();
  if (trimmed.length <= max) return trimmed;
  return `${graphemePrefix(trimmed, max - 1).trimEnd()}…`;
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
