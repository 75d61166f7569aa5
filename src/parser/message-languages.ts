/**
 * Which languages a message is written in, from its words. A word that one language alone knows says most, a word
 * that five know says little, and the script of a word says much. Shops mix English into everything, so English is
 * always among the languages; the language of the conversation is believed a little before any word is read.
 */
import type { PhraseTag } from './language-table.ts';
import { type Lexicon, lexiconOf, tables, unitsOfAllLanguages } from './lexicon.ts';
import { scriptOf } from './text-folding.ts';
import type { Token } from './tokens.ts';

const PRIOR = 0.75;
const PRIOR_OTHER_SCRIPT = 0.5;
const ENGLISH_PRIOR = 0.3;
const HINT_SHARE = 0.5;
const LETTER_SHARE = 0.6;
const NAME_SHARE = 0.4;
const SCRIPT_WORD = 0.5;
const COUNT_BESIDE_UNIT = 1;
const JOIN_BEFORE_COUNT = 0.4;
const JOIN_REACH = 3;
const OPENING_VERB = 0.4;
const ELIDED_REST_MIN = 4;
const UNIT_BEHIND_DIGITS = 0.5;
/** With less than this a language is not believed in. */
const SCORE_MIN = 0.4;
/** Nor with less than this share of the likeliest one's score: long messages collect stray words. */
const SHARE_MIN = 0.15;
const OPENING_TAGS: ReadonlySet<PhraseTag> = new Set(['add', 'remove', 'change', 'swap', 'repeat', 'cancel']);
const LANGUAGES_MAX = 4;
/** Words of a message that are looked at; its language does not change after that. */
const WORDS_MAX = 400;

const codes: readonly string[] = [...tables.keys()];
/** The languages in the order in which evidence counts them. */
export const languageCodes = codes;
const ENGLISH = codes.indexOf('en');
const ONLY_ENGLISH: readonly string[] = ['en'];

/** Languages that know a word, with how much the word speaks for each. */
const evidence: ReadonlyMap<string, Float32Array> = collectEvidence();

/** `knowsTerm` says whether a word stands in the catalogue: a name may be a word in some language. */
type LanguageContext = { language?: string; knowsTerm?: (term: string) => boolean };

/** The lexicon to read a text with. `language` is the language of the conversation, if known. */
export function lexiconFor(tokens: readonly Token[], context: LanguageContext = {}): Lexicon {
  return lexiconOf(languagesOf(tokens, context));
}

/** How much a word speaks for each language; undefined where none knows it. */
export function evidenceOf(word: string): Float32Array | undefined {
  return evidence.get(word);
}

/** "Nenvoie" for "n'envoie": what is left behind an elided letter speaks for the language that elides it. */
export function elidedEvidence(word: string): Float32Array | undefined {
  for (const [code, table] of tables) {
    const rest = word.slice(1);
    const known = table.prefixes.elided.has(word[0] ?? '') && table.claims.has(rest) ? evidence.get(rest) : undefined;
    if (!known || rest.length < ELIDED_REST_MIN) continue;
    const own = new Float32Array(codes.length);
    own[codes.indexOf(code)] = known[codes.indexOf(code)] ?? 0;
    return own;
  }
  return undefined;
}

/** Whether any language has a use for the word. */
export function isLanguageWord(word: string): boolean {
  return evidence.has(word);
}

/** Codes of the languages of a message, most likely first. */
export function languagesOf(tokens: readonly Token[], context: LanguageContext): readonly string[] {
  const { knowsTerm } = context;
  const language = codeOf(context.language);
  const scores = new Float32Array(codes.length);
  addPrior(scores, language);
  const words = Math.min(tokens.length, WORDS_MAX);
  for (let at = 0; at < words; at++) {
    const token = tokens[at];
    if (token?.kind !== 'word') continue;
    const known = evidence.get(token.text) ?? elidedEvidence(token.text);
    if (known) {
      const share = knowsTerm?.(token.text) && !standsBesideNumber(tokens, at) ? NAME_SHARE : 1;
      for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? 0) + share * (known[i] ?? 0);
    }
    const script = scriptOf(token.text);
    const written = script === 'arabic' ? 'ar' : script === 'devanagari' ? 'hi' : null;
    if (written !== null) addTo(scores, written, SCRIPT_WORD);
    if (known) addCounts(scores, tokens, at);
    if (known) addJoins(scores, tokens, at);
    if (at === 0) addOpening(scores, token.text, tokens[1]?.kind);
  }
  return rank(scores, language);
}

/** The table for a language tag: "pt-BR" is read with Portuguese; null where no table fits. */
function codeOf(tag: string | undefined): string | null {
  if (tag === undefined) return null;
  const [primary = ''] = tag.toLowerCase().split('-');
  return (
    codes.find((code) => code.toLowerCase() === tag.toLowerCase()) ?? codes.find((code) => code === primary) ?? null
  );
}

/** Beside a number a word is more likely a unit than part of a name. */
function standsBesideNumber(tokens: readonly Token[], at: number): boolean {
  return tokens[at - 1]?.kind === 'number' && unitsOfAllLanguages.has(tokens[at]?.text ?? '');
}

/** "Do carton": a word that can be a number, right before a unit word of the same language or of English, is one. */
function addCounts(scores: Float32Array, tokens: readonly Token[], at: number): void {
  const word = tokens[at]?.text ?? '';
  const next = tokens[at + 1];
  const english = tables.get('en');
  if (tokens[at - 1]?.kind === 'number') {
    // "Pampers 3 bal": right behind digits a word that is somebody's unit is rather that than a word of English.
    if (english?.units.has(word)) return;
    codes.forEach((code, i) => {
      if (tables.get(code)?.units.has(word)) scores[i] = (scores[i] ?? 0) + UNIT_BEHIND_DIGITS;
    });
    return;
  }
  if (next?.kind !== 'word') return;
  if (english?.numbers.has(word)) return;
  codes.forEach((code, i) => {
    const table = tables.get(code);
    if (!table?.numbers.has(word)) return;
    if (table.units.has(next.text) || english?.units.has(next.text)) scores[i] = (scores[i] ?? 0) + COUNT_BESIDE_UNIT;
  });
}

/** "Y 4", "et 3 cartons": a joining word between something and a number says more than a short word by itself. */
function addJoins(scores: Float32Array, tokens: readonly Token[], at: number): void {
  const word = tokens[at]?.text ?? '';
  if (at === 0 || !tokens.slice(at + 1, at + 1 + JOIN_REACH).some((token) => token.kind === 'number')) return;
  codes.forEach((code, i) => {
    if (tables.get(code)?.joins.has(word)) scores[i] = (scores[i] ?? 0) + JOIN_BEFORE_COUNT;
  });
}

/** "Tira a espuma": the word that a message opens with is rather a verb than the unit that it is elsewhere. */
function addOpening(scores: Float32Array, word: string, next: Token['kind'] | undefined): void {
  if (next !== 'word') return;
  codes.forEach((code, i) => {
    const phrases = tables.get(code)?.phrases.get(word) ?? [];
    const isVerb = phrases.some(({ tag, wordsMin }) => wordsMin === 1 && OPENING_TAGS.has(tag));
    if (isVerb) scores[i] = (scores[i] ?? 0) + OPENING_VERB;
  });
}

function addPrior(scores: Float32Array, language: string | null): void {
  scores[ENGLISH] = ENGLISH_PRIOR;
  if (language === null) return;
  addTo(scores, language, PRIOR);
  if (language === 'hi') addTo(scores, 'hi-Latn', PRIOR_OTHER_SCRIPT);
  if (language === 'hi-Latn') addTo(scores, 'hi', PRIOR_OTHER_SCRIPT);
}

function addTo(scores: Float32Array, code: string, amount: number): void {
  const at = codes.indexOf(code);
  if (at >= 0) scores[at] = (scores[at] ?? 0) + amount;
}

function rank(scores: Float32Array, language: string | null): readonly string[] {
  let best = 0;
  let believed = 0;
  for (const score of scores) {
    best = Math.max(best, score);
    if (score >= SCORE_MIN) believed++;
  }
  if (believed === 0 || (believed === 1 && (scores[ENGLISH] ?? 0) >= SCORE_MIN)) return ONLY_ENGLISH;
  const twin = otherScriptOf(codes[scores.indexOf(best)]);
  const chosen = codes
    .map((code, i) => ({ code, score: scores[i] ?? 0 }))
    .filter(
      ({ code, score }) => score >= SCORE_MIN && (score >= best * SHARE_MIN || code === language || code === twin),
    )
    .sort((a, b) => b.score - a.score)
    .slice(0, LANGUAGES_MAX)
    .map(({ code }) => code);
  if (!chosen.includes('en')) chosen.push('en');
  return chosen;
}

/** The same language in another script: one "haan" in a Devanagari message is Hindi too, however long the rest is. */
function otherScriptOf(code: string | undefined): string | undefined {
  const base = code?.split('-')[0];
  return codes.find((other) => other !== code && other.split('-')[0] === base);
}

function collectEvidence(): Map<string, Float32Array> {
  const found = new Map<string, Float32Array>();
  const compiled = [...tables.values()];
  const note = (word: string, language: number, share: number): void => {
    const list = found.get(word) ?? new Float32Array(compiled.length);
    list[language] = Math.max(list[language] ?? 0, share);
    found.set(word, list);
  };
  compiled.forEach((table, i) => {
    for (const word of table.claims) note(word, i, 1);
    for (const word of table.hints) note(word, i, HINT_SHARE);
  });
  for (const [word, shares] of found) {
    const knowing = shares.reduce((sum, share) => sum + share, 0);
    const worth = (word.length === 1 && scriptOf(word) === 'latin' ? LETTER_SHARE : 1) / knowing;
    for (let i = 0; i < shares.length; i++) shares[i] = (shares[i] ?? 0) * worth;
  }
  return found;
}
