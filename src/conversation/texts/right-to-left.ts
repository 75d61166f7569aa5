/**
 * Names in Latin letters inside right-to-left sentences. By the rules that phones order letters by, "Coca-Cola 500ml, 10 ..."
 * takes the comma and the 10 along to its left-to-right side, so that "10" reads as a part of the name, and a line that
 * begins with such a name turns round as a whole. So each stands between two invisible marks that set it apart.
 */
const SET_APART = '\u2068';
const TO_HERE = '\u2069';

/** Whether texts of this locale run from right to left. */
export function isRightToLeft(locale: string): boolean {
  return locale.split('-')[0] === 'ar';
}

/** The words, set apart where they hold Latin letters and stand in a right-to-left text. */
export function setApart(words: string, locale: string): string {
  return isRightToLeft(locale) && /\p{Script=Latin}/u.test(words) ? `${SET_APART}${words}${TO_HERE}` : words;
}
