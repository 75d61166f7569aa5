import { IntlMessageFormat } from 'intl-messageformat';
import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import { isRightToLeft, setApart } from './right-to-left.ts';
import type { Texts } from './types.ts';
import { englishPlural, knownUnit, plainUnit } from './units.ts';

/** What a message may be given; a missing one is null. */
type Given = Readonly<Record<string, string | number | null>>;
type Branch = { readonly [key: string]: string | Branch };
type Say = (of: Given) => string;

/**
 * Makes a language's texts from its catalogue. Messages are read when they are first said and kept: reading one takes
 * 24 us, saying it 0.4 us.
 */
export function buildTexts(locale: string, catalogue: Catalogue): Texts {
  const { units, quantity, ...messages } = catalogue;
  const unitMessages = new Map<string, IntlMessageFormat>();
  const isEnglish = locale.split('-')[0] === 'en';
  const sayQuantity = sayer(quantity, locale);

  function unitText(unit: string, count: number): string {
    const word = knownUnit(unit, units);
    if (word !== undefined) return String(kept(unitMessages, word, () => units[word], locale).format({ count }));
    const plain = plainUnit(unit);
    return isEnglish && count !== 1 ? englishPlural(plain) : plain;
  }

  const said = sayable(messages, en, locale) as Omit<Texts, 'quantity' | 'unitName'>;
  return {
    ...said,
    quantity: ({ count, shown, unit }) => sayQuantity({ shown, unit: unitText(unit, count) }),
    unitName: (unit) => unitText(unit, 1),
  };
}

/** The catalogue with a function in the place of each message that takes arguments in English, else with its text. */
function sayable(messages: Branch, english: Branch, locale: string): unknown {
  const entries = Object.entries(messages).map(([key, message]) => {
    const original = english[key];
    if (typeof message !== 'string' || typeof original !== 'string') {
      return [key, sayable(message as Branch, original as Branch, locale)] as const;
    }
    if (!takesArguments(original)) return [key, new IntlMessageFormat(message, locale).format()] as const;
    return [key, sayer(message, locale)] as const;
  });
  return Object.fromEntries(entries);
}

function sayer(message: string, locale: string): Say {
  let read: IntlMessageFormat | undefined;
  const isMixed = isRightToLeft(locale);
  return (of) => {
    read ??= new IntlMessageFormat(message, locale);
    return isMixed ? saySetApart(read, of, locale) : String(read.format(withoutNull(of)));
  };
}

/** As an object, an argument is a part of its own in what is said; for choosing it is still the word that it holds. */
function saySetApart(message: IntlMessageFormat, of: Given, locale: string): string {
  const given = Object.entries(withoutNull(of)).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : { toString: () => value },
  ]);
  return message
    .formatToParts<{ toString(): string }>(Object.fromEntries(given))
    .map(({ value }) => (typeof value === 'string' ? value : setApart(String(value), locale)))
    .join('');
}

function kept(
  read: Map<string, IntlMessageFormat>,
  key: string,
  message: () => string,
  locale: string,
): IntlMessageFormat {
  const known = read.get(key);
  if (known !== undefined) return known;
  const made = new IntlMessageFormat(message(), locale);
  read.set(key, made);
  return made;
}

const takesArguments = (message: string): boolean => /\{/.test(message);

/** ICU can only choose by a word. */
function withoutNull(of: Given): Record<string, string | number> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, value ?? 'none']));
}
