/**
 * How much the words of a message speak for each language, for whoever has to answer in one. Unlike `languagesOf`, which
 * gathers every language that may help to read a message, this counts only what a person says in a language of their
 * own: names of goods, words of the trade ("ctn", "case") and measures are the same in every shop of the world, so "10
 * ctn coke 500" speaks for no language at all.
 */
import type { CatalogueIndex } from './catalogue-index.ts';
import { tables } from './lexicon.ts';
import { elidedEvidence, evidenceOf, languageCodes } from './message-languages.ts';
import { scriptOf } from './text-folding.ts';
import { tokenise } from './tokens.ts';

/** Words of a message that are looked at; its language does not change after that. */
const WORDS_MAX = 200;
/** A word in a script that one language alone is written in here, whether a table knows it or not. */
const SCRIPT_WORD = 1;
/** A unit by its own word in a language ("cajas", "katoni") is said by its speakers, and by traders around them. */
const UNIT_SHARE = 0.5;
/** Ways to pay and what stands on their slips: the same words wherever they are used. */
const PAYMENT_WORDS = new Set('upi ref utr txn neft rtgs imps eft mpesa gpay phonepe paytm pix'.split(' '));
/** Words for goods travel farther still. */
const GOODS_SHARE = 0.5;

/** Points per language: about one for each different word that only this language knows. */
export function spokenLanguages(text: string, index: CatalogueIndex): Map<string, number> {
  const scores = new Map<string, number>();
  const add = (code: string, points: number): void => {
    if (points > 0) scores.set(code, (scores.get(code) ?? 0) + points);
  };
  const words = new Set(tokenise(text).flatMap((token) => (token.kind === 'word' ? [token.text] : [])));
  for (const word of [...words].slice(0, WORDS_MAX)) {
    const script = scriptOf(word);
    if (script === 'devanagari') add('hi', SCRIPT_WORD);
    else if (script === 'arabic') add('ar', SCRIPT_WORD);
    else if (script === 'latin' && !isTradeWord(word, index)) {
      const known = evidenceOf(word) ?? elidedEvidence(word);
      languageCodes.forEach((code, at) => {
        add(code, (known?.[at] ?? 0) * shareOf(word, code));
      });
    }
  }
  return scores;
}

function isTradeWord(word: string, index: CatalogueIndex): boolean {
  if (word.length < 2 || PAYMENT_WORDS.has(word) || index.vocabulary.ids.has(word)) return true;
  const english = tables.get('en');
  if (english?.units.has(word) || english?.bunches.has(word)) return true;
  return [...tables.values()].some(({ measures }) => measures.has(word));
}

function shareOf(word: string, code: string): number {
  const table = tables.get(code);
  if (table?.units.has(word)) return UNIT_SHARE;
  return table?.goods.has(word) ? GOODS_SHARE : 1;
}
