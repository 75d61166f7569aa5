import type { TemplateContent } from '../outbox/types.ts';
import { fitTitle } from '../shared/message-limits.ts';
import { formatMinor } from '../shared/money.ts';
import type { Ask } from './compose.ts';
import { languageOf } from './language.ts';
import { localeFor, type Texts, textsFor } from './texts/index.ts';
import type {
  AccountFigures,
  CatalogueProduct,
  ConversationState,
  Effect,
  Facts,
  Lesson,
  NoticeWish,
} from './types.ts';

/** Facts, with the means to speak of them in the retailer's language. Made once per event and passed to every hearer. */
export type Scene = {
  facts: Facts;
  t: Texts;
  /** The language that the chat is held in. */
  language: string;
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
  /** Goes instead where the window is closed; without it such a reply is dropped and staff are told. */
  outsideWindow?: TemplateContent;
  /** Dropped with a note when its turn comes later than this. */
  usefulForMs?: number;
  wantsPerson?: boolean;
  wish?: NoticeWish;
  lessons?: Lesson[];
  /** A file to send, with what is said of it; before anything else that is said. */
  document?: { fileId: string; filename: string; caption: string };
};

/** A message older than this when it is processed is not acted on without asking again. */
const STALE_MS = 60 * 60 * 1000;

/** Longest piece of the retailer's own words, or of a product's name, that a reply repeats. */
const WORDS_MAX = 60;
const NAME_MAX = 120;

/** The texts of a language. */
export type TextsOf = (language: string) => Texts;

/** Sets the scene for one event, in the language of the chat; other texts than ours only to see what they would say. */
export function sceneOf(facts: Facts, state: Pick<ConversationState, 'language'>, texts: TextsOf = textsFor): Scene {
  const language = languageOf(state, facts);
  const locale = localeFor(language);
  const { currency } = facts.wholesaler;
  const money = (amountMinor: bigint) => formatMinor(amountMinor, currency, locale);
  return { facts, t: texts(language), language, locale, money };
}

/** What the person calls themselves, short enough to be said; null where they say nothing. */
export function nameOf({ facts: { profileName } }: Scene): string | null {
  return profileName === null || profileName.trim() === '' ? null : wordsText(profileName);
}

/** To somebody who is said to be a known shop, until that is confirmed. */
export function awaitsLinkText(scene: Scene): string {
  return scene.t.people.awaitsLink({ wholesaler: scene.facts.wholesaler.name, name: nameOf(scene) });
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

/** What is left to order with: an account above its limit has nothing left, and "-500.00 left" is a riddle. */
export function leftMinor(availableMinor: bigint): bigint {
  return availableMinor > 0n ? availableMinor : 0n;
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
