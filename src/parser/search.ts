/**
 * Finds the products that a query may mean. First every product that carries any of the terms gets a rough score
 * by adding up term weights; only the best of those are looked at closely.
 */
import { type CatalogueIndex, termWeight } from './catalogue-index.ts';
import { readPieces } from './pieces.ts';
import { buildQuery, type QueryTerm } from './query.ts';
import type { SearchHit } from './types.ts';

export type Candidate = {
  product: number;
  /** 0 to 1: how much of the query the product accounts for. */
  coverage: number;
  /** 0 to 1: how much of its best fitting name or alias the query accounts for. */
  fit: number;
  /** The query is one of the names or aliases, word for word (in any order, typing slips aside). */
  exact: boolean;
  /** How well each query term is met, by position in the query. */
  met: Float32Array;
  score: number;
};

const CLOSE_LOOKS_MAX = 160;

/** Products for a free text, best first. */
export function search(index: CatalogueIndex, text: string, options: { limit: number }): SearchHit[] {
  const query = buildQuery(index, readPieces(text, pieceOptions(index)));
  return rank(index, query)
    .slice(0, Math.max(0, options.limit))
    .map((candidate) => ({ sku: index.products[candidate.product]?.sku ?? '', score: candidate.score }));
}

/** Options for reading pieces of a message against a catalogue. */
export function pieceOptions(index: CatalogueIndex) {
  return { shopUnits: index.shopUnits, knowsTerm: (term: string) => index.vocabulary.ids.has(term) };
}

/** Candidates for a query, best first, from the whole catalogue or `only` from some products. Equal scores keep the order of the catalogue. */
export function rank(index: CatalogueIndex, query: readonly QueryTerm[], only?: readonly number[]): Candidate[] {
  const likely = only ?? roughly(index, query);
  const candidates = likely.map((product) => lookClosely(index, query, product));
  candidates.sort((a, b) => b.score - a.score || a.product - b.product);
  return candidates;
}

// Scratch space shared by all indexes: rough scores by product and the last query term that added to one.
let roughScores = new Float32Array(0);
let lastTerm = new Int32Array(0);

function roughly(index: CatalogueIndex, query: readonly QueryTerm[]): number[] {
  const count = index.products.length;
  if (roughScores.length < count) {
    roughScores = new Float32Array(count);
    lastTerm = new Int32Array(count);
  }
  const touched: number[] = [];
  const { starts, values } = index.postings;
  query.forEach((term, position) => {
    const mark = position + 1;
    const factor = term.soft ? 0.1 : 1;
    for (const match of term.matches) {
      const gain = match.likeness * factor * Math.min(term.weight, termWeight(index, match.term));
      for (let i = starts[match.term] ?? 0; i < (starts[match.term + 1] ?? 0); i++) {
        const product = values[i] ?? 0;
        // A term counts once per product, by its best match: matches come best first.
        if (lastTerm[product] === mark) continue;
        if (lastTerm[product] === 0) touched.push(product);
        lastTerm[product] = mark;
        roughScores[product] = (roughScores[product] ?? 0) + gain;
      }
    }
  });
  const chosen = bestOf(touched);
  for (const product of touched) {
    roughScores[product] = 0;
    lastTerm[product] = 0;
  }
  return chosen;
}

function bestOf(touched: number[]): number[] {
  let best = 0;
  for (const product of touched) best = Math.max(best, roughScores[product] ?? 0);
  let chosen = touched;
  for (const share of [0.5, 0.7, 0.85, 0.95]) {
    if (chosen.length <= CLOSE_LOOKS_MAX) break;
    chosen = chosen.filter((product) => (roughScores[product] ?? 0) >= share * best);
  }
  if (chosen.length <= CLOSE_LOOKS_MAX) return chosen;
  return chosen
    .map((product) => ({ product, score: roughScores[product] ?? 0 }))
    .sort((a, b) => b.score - a.score || a.product - b.product)
    .slice(0, CLOSE_LOOKS_MAX)
    .map((entry) => entry.product);
}

function lookClosely(index: CatalogueIndex, query: readonly QueryTerm[], product: number): Candidate {
  const met = new Float32Array(query.length);
  const { starts, values } = index.texts;
  let fit = 0;
  let exact = false;
  for (let text = index.textsOf[product] ?? 0; text < (index.textsOf[product + 1] ?? 0); text++) {
    const from = starts[text] ?? 0;
    const to = starts[text + 1] ?? 0;
    let total = 0;
    let reached = 0;
    let missing = 0;
    let used = 0;
    for (let i = from; i < to; i++) {
      const term = values[i] ?? 0;
      const weight = termWeight(index, term);
      total += weight;
      let best = 0;
      for (let q = 0; q < query.length; q++) {
        const likeness = likenessOf(index, query[q], term);
        if (likeness > (met[q] ?? 0)) met[q] = likeness;
        if (likeness > best) best = likeness;
      }
      reached += best * weight;
      if (best < 0.6) missing++;
    }
    for (let q = 0; q < query.length; q++) if (!query[q]?.soft) used += textHas(index, query[q], from, to) ? 0 : 1;
    if (total > 0) fit = Math.max(fit, reached / total);
    if (missing === 0 && used === 0 && to > from) exact = true;
  }
  let asked = 0;
  let answered = 0;
  query.forEach((term, q) => {
    if (term.soft) return;
    asked += term.weight;
    answered += term.weight * (met[q] ?? 0);
  });
  const coverage = asked > 0 ? answered / asked : 0;
  return { product, coverage, fit, exact, met, score: 0.82 * coverage + 0.18 * fit };
}

function likenessOf(index: CatalogueIndex, query: QueryTerm | undefined, term: number): number {
  if (!query) return 0;
  for (const match of query.matches) {
    if (match.term === term) return match.likeness;
    if (query.kind === 'number' && index.numbersOfSize.get(term)?.includes(match.term)) return 0.97;
  }
  return 0;
}

function textHas(index: CatalogueIndex, query: QueryTerm | undefined, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (likenessOf(index, query, index.texts.values[i] ?? 0) >= 0.6) return true;
  return false;
}
