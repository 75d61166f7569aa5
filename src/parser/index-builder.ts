/**
 * Builds the index of a catalogue. Reading the names is most of the work, so a catalogue that replaces an earlier
 * one takes over what was read for every product whose texts are the same; all else is done afresh by the same steps
 * in the same order. The index of an update is therefore equal to one built from nothing, and the earlier index,
 * which conversations may still be using, stays as it is.
 */
import { type CatalogueIndex, pairKey, type SizeTerm } from './catalogue-index.ts';
import type { UnitWord } from './compiled-table.ts';
import { Growing, groupByKey, sortedDistinct } from './flat-lists.ts';
import { measuresOfAllLanguages, unitsOfAllLanguages } from './lexicon.ts';
import { readPieces } from './piece-reader.ts';
import { numberTerm, type Piece, round, type SizePiece, termOf } from './pieces.ts';
import { foldPlain } from './text-folding.ts';
import type { ParserProduct } from './types.ts';
import { createVocabulary, internTerm } from './vocabulary.ts';
import { singular } from './word-similarity.ts';

/**
 * Builds the index; with the index of an earlier version of the catalogue several times faster where little changed.
 * Products with the same SKU: the later one is found under that SKU.
 */
export function buildCatalogueIndex(products: readonly ParserProduct[], previous?: CatalogueIndex): CatalogueIndex {
  const shopUnits = collectShopUnits(products);
  // Unit names decide how every text is read.
  const earlier = previous && haveSameKeys(previous.shopUnits, shopUnits) ? previous : null;
  const builder = new IndexBuilder(shopUnits, earlier);
  for (const product of products) builder.add(product);
  return builder.finish(products);
}

class IndexBuilder {
  private readonly vocabulary = createVocabulary();
  private readonly shopUnits: Map<string, UnitWord>;
  private readonly earlier: CatalogueIndex | null;
  /** Terms of the earlier index by their id there; -1 where this index has not met the term yet. */
  private readonly translated: Int32Array;
  private readonly texts = new Growing(new Int32Array(1024));
  private readonly afterBreak = new Growing(new Uint8Array(1024));
  private readonly textStarts = new Growing(new Int32Array(1024));
  private readonly textsOf = new Growing(new Int32Array(1024));
  private readonly sizeNumbers = new Growing(new Int32Array(1024));
  private readonly sizeNumberStarts = new Growing(new Int32Array(1024));
  private readonly neighbours = new Growing(new Float64Array(1024));
  private readonly carriedTerms = new Growing(new Int32Array(1024));
  private readonly carriers = new Growing(new Int32Array(1024));
  /** The last product that was noted under a term, plus one. */
  private readonly lastCarrier: number[] = [];
  private readonly sizeTerms = new Map<number, SizeTerm>();
  private readonly sizesOfNumber = new Map<number, number[]>();
  private readonly aloneNames = new Set<string>();
  private readonly wholeNames = new Set<string>();
  private product = 0;

  constructor(shopUnits: Map<string, UnitWord>, earlier: CatalogueIndex | null) {
    this.shopUnits = shopUnits;
    this.earlier = earlier;
    this.translated = new Int32Array(earlier?.vocabulary.terms.length ?? 0).fill(-1);
    this.textStarts.push(0);
    this.textsOf.push(0);
    this.sizeNumberStarts.push(0);
  }

  add(product: ParserProduct): void {
    const known = this.earlier?.bySku.get(product.sku);
    const before = known === undefined ? undefined : this.earlier?.products[known];
    if (this.earlier && known !== undefined && before && haveSameTexts(before, product))
      this.takeOver(this.earlier, known);
    else this.read(product);
    this.textsOf.push(this.textStarts.length - 1);
    this.sizeNumberStarts.push(this.sizeNumbers.length);
    this.product++;
  }

  finish(products: readonly ParserProduct[]): CatalogueIndex {
    const { vocabulary } = this;
    const postings = groupByKey(this.carriedTerms.finish(), this.carriers.finish(), vocabulary.terms.length);
    return {
      products,
      bySku: new Map(products.map((product, number) => [product.sku, number])),
      vocabulary,
      postings,
      texts: { starts: this.textStarts.finish(), values: this.texts.finish() },
      afterBreak: this.afterBreak.finish(),
      textsOf: this.textsOf.finish(),
      sizeNumbers: { starts: this.sizeNumberStarts.finish(), values: this.sizeNumbers.finish() },
      neighbours: sortedDistinct(this.neighbours.finish()),
      sizeTerms: this.sizeTerms,
      sizesOfNumber: this.sizesOfNumber,
      weights: weigh(postings.starts, products.length),
      shopUnits: this.shopUnits,
      aloneNames: this.aloneNames,
      wholeNames: this.wholeNames,
    };
  }

  private read(product: ParserProduct): void {
    for (const text of textsOfProduct(product)) {
      const { pieces } = readPieces(text, { shopUnits: this.shopUnits });
      const named = countAlone(pieces);
      if (named !== null) this.aloneNames.add(named);
      if (pieces.length === 1 && pieces[0]?.kind === 'word') this.wholeNames.add(pieces[0].text);
      let broken = false;
      for (const piece of pieces) {
        const spelled = named ?? termOf(piece);
        if (spelled === null) {
          broken ||= piece.kind === 'break';
          continue;
        }
        const term = internTerm(this.vocabulary, spelled);
        this.addTerm(term, broken);
        broken = false;
        if (piece.kind === 'size') this.addSize(piece, term);
      }
      this.textStarts.push(this.texts.length);
    }
  }

  /** The same as `read`, for a product that the earlier index has read. */
  private takeOver(earlier: CatalogueIndex, product: number): void {
    const { texts, textsOf, sizeNumbers } = earlier;
    let numberAt = sizeNumbers.starts[product] ?? 0;
    for (let text = textsOf[product] ?? 0; text < (textsOf[product + 1] ?? 0); text++) {
      for (let i = texts.starts[text] ?? 0; i < (texts.starts[text + 1] ?? 0); i++) {
        const old = texts.values[i] ?? 0;
        const term = this.translate(earlier, old);
        const word = earlier.vocabulary.terms[old] ?? '';
        if (earlier.aloneNames.has(word)) this.aloneNames.add(word);
        if (earlier.wholeNames.has(word)) this.wholeNames.add(word);
        this.addTerm(term, earlier.afterBreak[i] === 1);
        const size = earlier.sizeTerms.get(old);
        if (!size) continue;
        if (!this.sizeTerms.has(term)) this.sizeTerms.set(term, { ...size, term });
        this.addSizeNumber(term, this.translate(earlier, sizeNumbers.values[numberAt++] ?? 0));
        this.addSizeNumber(term, this.translate(earlier, sizeNumbers.values[numberAt++] ?? 0));
      }
      this.textStarts.push(this.texts.length);
    }
  }

  private translate({ vocabulary }: CatalogueIndex, old: number): number {
    const known = this.translated[old] ?? -1;
    if (known >= 0) return known;
    const term = internTerm(this.vocabulary, vocabulary.terms[old] ?? '', vocabulary.keys[old]);
    this.translated[old] = term;
    return term;
  }

  private addTerm(term: number, broken: boolean): void {
    const isFirst = this.texts.length === this.textStarts.at(this.textStarts.length - 1);
    if (!isFirst && !broken) this.neighbours.push(pairKey(this.texts.at(this.texts.length - 1), term));
    this.texts.push(term);
    this.afterBreak.push(broken ? 1 : 0);
    this.addCarrier(term);
  }

  /** A pack size is also found by its bare number. */
  private addSize(size: SizePiece, term: number): void {
    if (!this.sizeTerms.has(term)) this.sizeTerms.set(term, { term, dimension: size.dimension, base: size.base });
    this.addSizeNumber(term, internTerm(this.vocabulary, numberTerm(round(size.value))));
    this.addSizeNumber(term, internTerm(this.vocabulary, numberTerm(round(size.base))));
  }

  private addSizeNumber(size: number, number: number): void {
    this.sizeNumbers.push(number);
    this.addCarrier(number);
    const sizes = this.sizesOfNumber.get(number);
    if (!sizes) this.sizesOfNumber.set(number, [size]);
    else if (!sizes.includes(size)) sizes.push(size);
  }

  private addCarrier(term: number): void {
    if (this.lastCarrier[term] === this.product + 1) return;
    this.lastCarrier[term] = this.product + 1;
    this.carriedTerms.push(term);
    this.carriers.push(this.product);
  }
}

/** The number or unit word that a whole name or alias is; a number in digits names nothing by itself. */
function countAlone([only, ...others]: readonly Piece[]): string | null {
  if (!only || others.length > 0) return null;
  return only.kind === 'unit' || (only.kind === 'number' && only.spelled) ? only.text : null;
}

/** The rarer a term, the more it says. */
function weigh(postingStarts: Int32Array, products: number): Float64Array {
  const weights = new Float64Array(postingStarts.length - 1);
  for (let term = 0; term < weights.length; term++) {
    const carriers = (postingStarts[term + 1] ?? 0) - (postingStarts[term] ?? 0);
    weights[term] = Math.log(1 + products / Math.max(1, carriers));
  }
  return weights;
}

function textsOfProduct(product: ParserProduct): string[] {
  const { size } = product;
  // A size that the name does not show still belongs to the product.
  const isHidden = size && !foldPlain(product.name).replaceAll(' ', '').includes(foldPlain(size).replaceAll(' ', ''));
  return [isHidden ? `${product.name} ${size}` : product.name, ...product.aliases];
}

function haveSameTexts(a: ParserProduct, b: ParserProduct): boolean {
  if (a.name !== b.name || (a.size || null) !== (b.size || null) || a.aliases.length !== b.aliases.length) return false;
  return a.aliases.every((alias, at) => alias === b.aliases[at]);
}

function haveSameKeys(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}

function collectShopUnits(products: readonly ParserProduct[]): Map<string, UnitWord> {
  const units = new Map<string, UnitWord>();
  const seen = new Set<string>();
  for (const product of products) {
    for (const key in product.units) {
      if (seen.has(key)) continue;
      seen.add(key);
      const word = foldPlain(key).trim();
      const known = units.has(word) || unitsOfAllLanguages.has(word) || measuresOfAllLanguages.has(word);
      if (known || !/^[\p{L}\p{M}]+$/u.test(word)) continue;
      const unit: UnitWord = { canonical: word, classes: ['single'] };
      units.set(word, unit);
      units.set(singular(word), unit);
      units.set(`${word}s`, unit);
    }
  }
  return units;
}
