/** Where the reading of tokens stands: the tokens ahead, the pieces so far, and what words mean. */
import type { UnitWord } from './compiled-table.ts';
import type { Lexicon } from './lexicon.ts';
import type { Shop } from './number-words.ts';
import type { Piece } from './pieces.ts';
import { readSpelledNumber } from './spelled-numbers.ts';
import type { Token } from './tokens.ts';

type Known = { shopUnits?: Map<string, UnitWord>; knowsTerm?: (term: string) => boolean };

export class PieceCursor {
  readonly pieces: Piece[] = [];
  readonly lexicon: Lexicon;
  at = 0;
  readonly tokens: Token[];
  readonly shop: Shop;
  readonly shopUnits: Map<string, UnitWord>;
  justSawTimes = false;

  constructor(tokens: Token[], lexicon: Lexicon, options: Known) {
    this.tokens = tokens;
    this.lexicon = lexicon;
    this.shop = {
      lexicon,
      isUnit: (word) => this.unitOf(word) !== undefined,
      knowsTerm: options.knowsTerm ?? (() => true),
      isMessage: options.knowsTerm !== undefined,
    };
    this.shopUnits = options.shopUnits ?? new Map();
  }

  push(piece: Piece, used: number): void {
    this.pieces.push(piece);
    this.at += used;
  }

  peek(offset: number): Token | undefined {
    return this.tokens[this.at + offset];
  }

  wordAt(offset: number): string | null {
    const token = this.peek(offset);
    return token?.kind === 'word' ? token.text : null;
  }

  unitOf(word: string | null): UnitWord | undefined {
    if (word === null) return undefined;
    return this.lexicon.units.get(word) ?? this.shopUnits.get(word);
  }

  /** The number that begins some tokens further on, in digits or in words. */
  numberBehind(offset: number): { value: number; used: number } | null {
    const token = this.peek(offset);
    if (token?.kind === 'number' && !token.glued) return { value: token.value, used: 1 };
    return token?.kind === 'word' ? readSpelledNumber((next) => this.wordAt(offset + next), this.lexicon) : null;
  }
}
