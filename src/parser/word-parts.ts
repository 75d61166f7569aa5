/**
 * Words that are written together though they are several, and one word that is written in parts. Arabic glues "and"
 * and the article to the next word, French its articles with an apostrophe, and some scripts are typed in Latin with
 * digits for the letters that Latin lacks ("3ayez").
 */
import { type Lexicon, measuresOfAllLanguages } from './lexicon.ts';
import { isLanguageWord } from './message-languages.ts';
import { scriptOf } from './text-folding.ts';
import type { Token } from './tokens.ts';

const PARTS_MAX = 5;
const REST_LENGTH_MIN = 2;
const NAME_LENGTH_MIN = 3;

/** Letters and digits that touch and are a word of some language together. */
export function joinLetters(tokens: Token[], isWord: (text: string) => boolean): Token[] {
  const touches = (token: Token, at: number): boolean =>
    token.glued && (token.kind === 'word' || tokens[at - 1]?.kind === 'word');
  if (!tokens.some(touches)) return tokens;
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    const end = isLetterOrDigit(token) ? runEnd(tokens, at) : at;
    const length = end > at ? longestWord(tokens, at, end, isWord) : 0;
    const last = tokens[at + length];
    if (length > 0 && last) {
      joined.push({ ...token, kind: 'word', text: textOf(tokens, at, at + length), value: 0, end: last.end });
      at += length;
    } else joined.push(token);
  }
  return joined;
}

/** The last of the tokens that touch one another from here on. */
function runEnd(tokens: readonly Token[], from: number): number {
  let end = from;
  while (end + 1 < tokens.length && end - from + 1 < PARTS_MAX) {
    const next = tokens[end + 1];
    if (!next?.glued || !isLetterOrDigit(next)) break;
    end++;
  }
  return end;
}

function longestWord(tokens: readonly Token[], from: number, end: number, isWord: (text: string) => boolean): number {
  for (let to = end; to > from; to--) {
    if (isWord(textOf(tokens, from, to)) && !isMeasured(tokens, from, to)) return to - from;
  }
  return 0;
}

/** "3L" is three litres of whatever is sold, though "3l" is "on" where Arabic is typed in Latin. */
function isMeasured(tokens: readonly Token[], from: number, to: number): boolean {
  return to === from + 1 && tokens[from]?.kind === 'number' && measuresOfAllLanguages.has(tokens[to]?.text ?? '');
}

function textOf(tokens: readonly Token[], from: number, to: number): string {
  return tokens
    .slice(from, to + 1)
    .map((token) => token.text)
    .join('');
}

function isLetterOrDigit(token: Token): boolean {
  return token.kind === 'word' || (token.kind === 'number' && /^\d+$/.test(token.text));
}

/** "Vingt-cinq", "coca-cola": a hyphen between two words joins nothing that a space would not. */
export function withoutHyphens(tokens: Token[]): Token[] {
  const isHyphen = (token: Token, at: number): boolean => {
    const next = tokens[at + 1];
    return (
      token.text === '-' &&
      token.glued &&
      next?.glued === true &&
      next.kind === 'word' &&
      tokens[at - 1]?.kind === 'word'
    );
  };
  return tokens.some(isHyphen) ? tokens.filter((token, at) => !isHyphen(token, at)) : tokens;
}

type Known = {
  knowsTerm?: (term: string) => boolean;
  resembles?: (word: string) => boolean;
  /** Says whether a word names something of the catalogue, be it in other letters. */
  names?: (word: string) => boolean;
};

/** Cuts off what the languages of the message write together with the next word, where the rest is a known word. */
export function withoutPrefixes(tokens: Token[], lexicon: Lexicon, known: Known): Token[] {
  const { joins, dropped, elided } = lexicon.prefixes;
  if (joins.length + dropped.length + elided.size + lexicon.suffixes.length === 0) return tokens;
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'word') return [token];
    if (token.apostropheAt !== undefined) return cutElision(token, token.apostropheAt, elided, lexicon, known);
    if (scriptOf(token.text) === 'latin') return [cutSuffix(token, lexicon, known)];
    return cutDual(token, tokens[at - 1], lexicon, known) ?? cutPrefixes(token, lexicon, known);
  });
}

/** The catalogue is read without `knowsTerm`: there "huile d'olive" is cut for good, so that "olive" finds it. */
function cutElision(token: Token, at: number, elided: ReadonlySet<string>, lexicon: Lexicon, known: Known): Token[] {
  const prefix = token.text.slice(0, at);
  const rest = token.text.slice(at);
  if (!elided.has(prefix) || rest.length < REST_LENGTH_MIN || lexicon.claims(token.text)) return [token];
  // "Merci d'avance": the tables spell their phrases as one word.
  if (known.knowsTerm?.(token.text) || isLanguageWord(token.text)) return [token];
  // The apostrophe stands between the two.
  return [restOf(token, rest, at + 1)];
}

/** "Berasnya", "indomienya": the rest must be a word that is known, else the ending belongs to a name. */
function cutSuffix(token: Token, lexicon: Lexicon, { knowsTerm, resembles }: Known): Token {
  if (!knowsTerm || lexicon.suffixes.length === 0 || lexicon.claims(token.text) || knowsTerm(token.text)) return token;
  for (const suffix of lexicon.suffixes) {
    const stem = token.text.slice(0, -suffix.length);
    if (!token.text.endsWith(suffix) || stem.length <= REST_LENGTH_MIN) continue;
    if (lexicon.claims(stem) || knowsTerm(stem) || resembles?.(stem)) {
      return { ...token, text: stem, end: Math.max(token.start + 1, token.end - suffix.length) };
    }
  }
  return token;
}

/** "مريلتين" is two bibs, "ومريلتين" and two bibs, where the catalogue knows a single one letter by letter. */
function cutDual(
  token: Token,
  before: Token | undefined,
  { duals, knows, prefixes }: Lexicon,
  { knowsTerm }: Known,
): Token[] | null {
  if (!knowsTerm || duals.length === 0 || knows(token.text) || knowsTerm(token.text)) return null;
  for (const [ending, single] of duals) {
    if (!token.text.endsWith(ending)) continue;
    const stem = token.text.slice(0, -ending.length) + single;
    const prefix = ['', ...prefixes.joins].find(
      (join) =>
        stem.startsWith(join) && stem.length - join.length >= NAME_LENGTH_MIN && knowsTerm(stem.slice(join.length)),
    );
    if (prefix === undefined) continue;
    const start = Math.min(token.start + prefix.length, token.end - 1);
    const name: Token = { ...token, text: stem.slice(prefix.length), start, glued: false };
    const two: Token = { ...name, kind: 'number', text: '2', value: 2, end: start };
    const joined: Token[] = prefix === '' ? [] : [{ ...token, text: prefix, end: start }];
    // "5 مريلتين": a number before it counts already.
    return before?.kind === 'number' ? [...joined, name] : [...joined, two, name];
  }
  return null;
}

function cutPrefixes(token: Token, lexicon: Lexicon, known: Known): Token[] {
  const { knowsTerm, resembles, names } = known;
  if (!knowsTerm || lexicon.knows(token.text) || knowsTerm(token.text)) return [token];
  const { joins, dropped, links } = lexicon.prefixes;
  const isKnown = (word: string): boolean => word.length >= REST_LENGTH_MIN && (lexicon.knows(word) || knowsTerm(word));
  // A name in other letters than the catalogue's sounds like it only without what is written before it.
  const isName = (word: string): boolean => word.length >= NAME_LENGTH_MIN && (names?.(word) ?? false);
  // "وحط": "and put" is two letters behind the "and", and sounds like half a catalogue.
  const isVerb = (word: string, isLink: boolean): boolean => !isLink && lexicon.claims(word);
  const withoutDropped = (word: string, fits: (rest: string) => boolean): string | null => {
    for (const prefix of dropped) {
      if (word.startsWith(prefix) && fits(word.slice(prefix.length))) return word.slice(prefix.length);
    }
    return null;
  };
  const bare = withoutDropped(token.text, isKnown);
  if (bare !== null) {
    const cut = token.text.length - bare.length;
    // "بالكبير": "for the big one" links, "the big one" does not.
    const link = links.find((prefix) => prefix.length < cut && token.text.startsWith(prefix));
    const rest = restOf(token, bare, cut);
    if (link === undefined || !(lexicon.larger.has(bare) || lexicon.smaller.has(bare))) return [rest];
    return [
      { ...token, text: link, end: token.start + link.length },
      { ...rest, glued: false },
    ];
  }
  // A mistyped name is not taken apart, unless what is left without "and" stands there letter by letter.
  const whole = (resembles?.(token.text) ?? false) || isName(token.text);
  for (const prefix of [...joins, ...links]) {
    if (!token.text.startsWith(prefix) || token.text.length < prefix.length + REST_LENGTH_MIN) continue;
    const rest = token.text.slice(prefix.length);
    const exact = isKnown(rest) ? rest : withoutDropped(rest, isKnown);
    const alike = (): string | null =>
      resembles?.(rest) || isName(rest) ? rest : withoutDropped(rest, (word) => isName(word));
    const found = exact ?? (whole ? null : alike());
    // What only links two goods ("for cola") is cut off a name of goods alone.
    const isLink = !joins.includes(prefix);
    if (found === null || ((whole || isLink) && found.length <= REST_LENGTH_MIN && !isVerb(found, isLink))) continue;
    if (isLink && !knowsTerm(found) && !isName(found)) continue;
    const prefixToken: Token = { ...token, text: prefix, end: token.start + prefix.length };
    return [prefixToken, { ...restOf(token, found, token.text.length - found.length), glued: false }];
  }
  const name = whole ? null : withoutDropped(token.text, isName);
  return name === null ? [token] : [restOf(token, name, token.text.length - name.length)];
}

/** Folding keeps one character for one in these scripts, so that positions can be counted on. */
function restOf(token: Token, rest: string, cut: number): Token {
  const start = Math.min(token.start + cut, token.end - 1);
  return { ...token, text: rest, start, apostropheAt: undefined };
}
