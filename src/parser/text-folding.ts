/**
 * First stage: one spelling for every way of typing the same thing. Phones send accents composed or not, digits of
 * four scripts, curly quotes, zero-width joiners and bidi marks; product files are no cleaner. Folding works code
 * point by code point so that every folded character still knows where it stood in the raw text.
 */

export type FoldedText = {
  /** Lower case, compatibility forms resolved, accents dropped. */
  text: string;
  /** Raw start of each folded UTF-16 unit; null when folding moved nothing (plain ASCII, the usual case). */
  starts: Int32Array | null;
  /** Raw end of each folded UTF-16 unit; null as above. */
  ends: Int32Array | null;
};

/** Longer texts than any chat message (WhatsApp stops at 4,096) are cut, so that work stays bounded. */
const TEXT_LENGTH_MAX = 16_384;

/** Folds a text; never throws, also not on lone surrogates. */
export function foldText(raw: string): FoldedText {
  const limit = Math.min(raw.length, TEXT_LENGTH_MAX);
  if (PLAIN_ASCII.test(raw) && raw.length === limit && !raw.includes('`')) {
    return { text: raw.toLowerCase(), starts: null, ends: null };
  }
  const parts: string[] = [];
  // Compatibility forms can grow (one ligature, several letters); the arrays are cut to size at the end.
  let capacity = limit * 2 + 32;
  let starts = new Int32Array(capacity);
  let ends = new Int32Array(capacity);
  let length = 0;
  for (let at = 0; at < limit; ) {
    const code = raw.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    const folded = code < 128 ? ASCII_FOLD[code] : foldCodePoint(code);
    if (folded) {
      if (length + folded.length > capacity) {
        capacity = capacity * 2 + folded.length;
        starts = grown(starts, capacity);
        ends = grown(ends, capacity);
      }
      parts.push(folded);
      for (let i = 0; i < folded.length; i++) {
        starts[length] = at;
        ends[length] = at + width;
        length++;
      }
    }
    at += width;
  }
  return { text: parts.join(''), starts, ends };
}

/** Folds a word or name for which no positions are needed. */
export function foldPlain(raw: string): string {
  return foldText(raw).text;
}

export type Script = 'latin' | 'arabic' | 'devanagari' | 'other';

/** The script of a word, by its first letter. */
export function scriptOf(word: string): Script {
  const code = word.charCodeAt(0);
  if (code < 0x0250) return 'latin';
  if (code >= 0x0600 && code <= 0x06ff) return 'arabic';
  return code >= 0x0900 && code <= 0x097f ? 'devanagari' : 'other';
}

/**
 * One spelling where the script allows several for one sound. Devanagari writes a nasal before a consonant as a dot
 * or as half a letter; which one is a matter of taste.
 */
export function foldWord(word: string): string {
  return scriptOf(word) === 'devanagari' ? word.replace(HALF_NASAL, '\u0902') : word;
}

const HALF_NASAL = /[\u0919\u091e\u0923\u0928]\u094d(?=[\u0915-\u0939])|\u092e\u094d(?=[\u092a\u092b\u092c\u092d])/g;

const PLAIN_ASCII = /^[ -~\n]*$/;

const ASCII_FOLD: string[] = Array.from({ length: 128 }, (_, code) => {
  if (code === 10) return '\n';
  if (code < 32 || code === 127) return ' ';
  return String.fromCharCode(code).toLowerCase();
});

/** Zero of every decimal script that the eight languages and their neighbours type. */
const DIGIT_ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0xff10];

const REPLACED: Record<string, string> = {
  '٫': '.',
  '٬': ',',
  '،': ',',
  '؛': ';',
  '؟': '?',
  '।': ';',
  '、': ',',
  '“': '"',
  '”': '"',
  '″': '"',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '`': "'",
  '´': "'",
  '×': '*',
  '✕': '*',
  '✖': '*',
  '·': '•',
  '●': '•',
  '▪': '•',
  '◦': '•',
  '‣': '•',
  '➢': '•',
  '➤': '•',
  '…': '...',
  '\u2028': '\n',
  '\u2029': '\n',
  '\u0085': '\n',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ى: 'ي',
  ة: 'ه',
  ک: 'ك',
  ی: 'ي',
  ٱ: 'ا',
  گ: 'ك',
  ہ: 'ه',
  ھ: 'ه',
  // Chandrabindu as the plain nasal dot, the English "o" as a long a.
  '\u0901': '\u0902',
  '\u0911': '\u0906',
  '\u0949': '\u093e',
  '\u0945': '\u0947',
};

const VULGAR_FRACTION = /[\u00bc-\u00be\u2150-\u215e\u2189]/;
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u20e3|\u3164/u;
const CONTROL = /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]/u;
const DASH = /\p{Pd}|\u2212/u;
// Accents of Latin, the vowel signs of Arabic, the dot below of Devanagari; the vowel signs of Indian scripts are
// letters in all but name.
const ACCENTS = /[\u0300-\u036f\u064b-\u065f\u0670\u0640\u093c]/g;
const SKIN_TONE = /\p{Emoji_Modifier}/u;

function foldCodePoint(code: number): string {
  for (const zero of DIGIT_ZEROS) {
    if (code >= zero && code <= zero + 9) return String(code - zero);
  }
  const char = String.fromCodePoint(code);
  const replaced = REPLACED[char];
  if (replaced !== undefined) return replaced;
  if (VULGAR_FRACTION.test(char)) return char;
  if (INVISIBLE.test(char) || SKIN_TONE.test(char)) return '';
  if (CONTROL.test(char)) return ' ';
  if (DASH.test(char)) return '-';
  const lower = char.normalize('NFKD').toLowerCase().replace(ACCENTS, '');
  return REPLACED[lower] ?? lower;
}

function grown(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}
