import { LANGUAGES, type Language } from '../shared/policies.ts';

/** Each language by the name that its own speakers read at once; short enough for a row of a list. */
export const OWN_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  hi: 'हिन्दी',
  'hi-Latn': 'Hindi (Hinglish)',
  es: 'Español',
  pt: 'Português',
  ar: 'العربية',
  sw: 'Kiswahili',
  fr: 'Français',
  id: 'Bahasa Indonesia',
};

/** What a language is called in all of ours, as people type it, without accents. */
const CALLED: Readonly<Record<Language, string>> = {
  en: 'english inglish ingles anglais inggris kiingereza kizungu angrezi angreji अंग्रेजी अंग्रेज़ी इंग्लिश انجليزي انجليزيه انكليزي englizi ingleezi',
  hi: 'hindi hindhi indi kihindi हिंदी हिन्दी هندي هنديه hindou',
  'hi-Latn': 'hinglish हिंग्लिश',
  es: 'spanish espanol castellano espagnol espanhol spanyol kihispania kihispanyola स्पेनिश اسباني اسبانيه',
  pt: 'portuguese portugues portugais portugis kireno पुर्तगाली برتغالي برتغاليه',
  ar: 'arabic arabe arabi araby 3arabi 3araby arab kiarabu अरबी عربي عربيه',
  sw: 'swahili kiswahili suajili suaili souahili स्वाहिली سواحيلي سواحيليه',
  fr: 'french francais francai frances prancis perancis kifaransa फ्रेंच फ्रांसीसी فرنسي فرنسيه',
  id: 'indonesian indonesia indonesio indonesien kiindonesia indo इंडोनेशियाई اندونيسي اندونيسيه',
};

const byWord = new Map<string, Language>(
  LANGUAGES.flatMap((language) => CALLED[language].split(' ').map((word) => [folded(word), language] as const)),
);
const byOwnName = new Map<string, Language>(LANGUAGES.map((language) => [folded(OWN_NAMES[language]), language]));

/** "No hablo inglés" asks for anything but English. */
const NEGATIONS = new Set(
  'no not dont doesnt cant nao ne pas sielewi sijui sio nahi nahin nai नहीं tidak nggak gak bukan لا مش ما'
    .split(' ')
    .map(folded),
);

/** The language that the words name, the last one where they name several; null where they name none, or refuse it. */
export function namedLanguage(text: string): Language | null {
  const own = ownName(text);
  if (own !== null) return own;
  const words = folded(text).split(/[^\p{L}\p{M}\p{N}]+/u);
  if (words.some((word) => NEGATIONS.has(word))) return null;
  // Arabic writes "in the" as a part of the word: "bil-arabi".
  const named = words.map((word) => byWord.get(word) ?? byWord.get(word.replace(/^(?:بال|ب|ال)/, '')));
  return named.findLast((language) => language !== undefined) ?? null;
}

/** The language whose name is all that the text says. */
export function ownName(text: string): Language | null {
  const whole = folded(text).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N})]+$/gu, '');
  return byOwnName.get(whole) ?? byWord.get(whole) ?? null;
}

/** One spelling for accents and case, and for the letters that Arabic writes in several ways. */
function folded(text: string): string {
  const plain = text.normalize('NFKD').replace(/[\u0300-\u036f\u064b-\u0655]/g, '');
  return plain.toLowerCase().replace(/ة/g, 'ه').trim();
}
