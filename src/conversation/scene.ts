import { fitTitle } from '../shared/message-limits.ts';
import { formatMinor } from '../shared/money.ts';
import type { Ask } from './compose.ts';
import { localeFor, type Texts, textsFor } from './texts/index.ts';
import type { AccountFigures, CatalogueProduct, ConversationState, Effect, Facts } from './types.ts';

/** Facts, with the means to speak of them in the retailer's language. Made once per event and passed to every hearer. */
export type Scene = {
  facts: Facts;
  t: Texts;
  locale: string;
  /** An amount in the wholesaler's currency. */
  money(amountMinor: bigint): string;
};

/** What a hearer decides: the next state, lines to say, at most one closing question and at most one effect. */
export type Draft = {
  next: ConversationState;
  lines: string[];
  ask: Ask | null;
  effect: Effect | null;
  wantsPerson?: boolean;
};

/** A message older than this when it is processed is not acted on without asking again. */
const STALE_MS = 60 * 60 * 1000;

/** Longest piece of the retailer's own words, or of a product's name, that a reply repeats. */
const WORDS_MAX = 60;
const NAME_MAX = 120;

/** Sets the scene for one event. */
export function sceneOf(facts: Facts): Scene {
  const language = facts.retailer?.language ?? facts.wholesaler.language;
  const locale = localeFor(language);
  const { currency } = facts.wholesaler;
  return { facts, t: textsFor(language), locale, money: (amountMinor) => formatMinor(amountMinor, currency, locale) };
}

/** A draft that only says something. */
export function say(next: ConversationState, lines: string[], ask: Ask | null = null): Draft {
  return { next, lines, ask, effect: null };
}

/** True when the message waited so long for us that the person may have changed their mind. */
export function isStale(facts: Facts): boolean {
  return facts.now.getTime() - facts.sentAt.getTime() > STALE_MS;
}

/** The account's figures as text, in the account's own currency. */
export function figuresOf(account: AccountFigures, scene: Scene) {
  const money = (amountMinor: bigint) => formatMinor(amountMinor, account.currency, scene.locale);
  return {
    limit: money(account.limitMinor),
    owed: money(account.owedMinor),
    held: money(account.heldMinor),
    available: money(account.availableMinor),
  };
}

/** A quantity with its unit: "10 cases". */
export function quantityText(quantityMilli: number, unit: string, scene: Scene): string {
  return scene.t.quantity({ count: quantityMilli / 1000, shown: countText(quantityMilli, scene), unit });
}

/** A bare number in thousandths as the retailer reads it: 1500 is "1.5". */
export function countText(quantityMilli: number, scene: Scene): string {
  return countFormat(scene.locale).format(quantityMilli / 1000);
}

const countFormats = new Map<string, Intl.NumberFormat>();

/** Kept per locale: making a format takes longer than all the rest of a reply. */
function countFormat(locale: string): Intl.NumberFormat {
  const known = countFormats.get(locale);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  countFormats.set(locale, made);
  return made;
}

/** The product by name, with its pack size where the name does not hold it already; always on one line. */
export function productName(product: CatalogueProduct): string {
  const name = product.name.replace(/\s+/g, ' ').trim();
  const size = product.size?.trim() ?? '';
  const bare = (text: string) => text.toLowerCase().replace(/\s+/g, '');
  return fitTitle(size === '' || bare(name).includes(bare(size)) ? name : `${name} ${size}`, NAME_MAX);
}

/** The retailer's own words, short enough to be repeated in a reply and on one line. */
export function wordsText(text: string): string {
  return fitTitle(text.replace(/\s+/g, ' '), WORDS_MAX);
}
