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
  /** The query's words and sizes are those of one name or alias, in any order, typing slips aside. */
  exact: boolean;
  /** How well each query term is met, by position in the query. */
  met: Float32Array;
  score: number;
};

const CLOSE_LOOKS_MAX = 64;
const HISTOGRAM_STEPS = 64;

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
  const look = closeLook(index, query);
  const candidates = likely.map((product) => look(product));
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
  let mark = 0;
  for (const term of query) {
    mark++;
    // A number is as likely the quantity as part of the name, so it must not decide who gets a closer look.
    const factor = term.soft ? 0.1 : term.kind === 'number' ? 0.25 : 1;
    for (const match of term.matches) {
      const gain = match.likeness * factor * Math.min(term.weight, termWeight(index, match.term));
      const to = starts[match.term + 1] ?? 0;
      for (let i = starts[match.term] ?? 0; i < to; i++) {
        const product = values[i] ?? 0;
        // A term counts once per product, by its best match: matches come best first.
        if (lastTerm[product] === mark) continue;
        if (lastTerm[product] === 0) touched.push(product);
        lastTerm[product] = mark;
        roughScores[product] = (roughScores[product] ?? 0) + gain;
      }
    }
  }
  const chosen = bestOf(touched);
  for (const product of touched) {
    roughScores[product] = 0;
    lastTerm[product] = 0;
  }
  return chosen;
}

/** The most promising of the touched products; a histogram finds the cut without sorting thousands. */
function bestOf(touched: number[]): number[] {
  let best = 0;
  for (const product of touched) best = Math.max(best, roughScores[product] ?? 0);
  const counts = new Int32Array(HISTOGRAM_STEPS + 1);
  const stepOf = (product: number): number => Math.floor(((roughScores[product] ?? 0) / best) * HISTOGRAM_STEPS);
  for (const product of touched) {
    const step = stepOf(product);
    counts[step] = (counts[step] ?? 0) + 1;
  }
  let cut = HISTOGRAM_STEPS;
  let total = counts[cut] ?? 0;
  while (cut > HISTOGRAM_STEPS / 3 && total + (counts[cut - 1] ?? 0) <= CLOSE_LOOKS_MAX) {
    cut--;
    total += counts[cut] ?? 0;
  }
  const chosen: number[] = [];
  for (const product of touched) if (stepOf(product) >= cut) chosen.push(product);
  if (chosen.length <= CLOSE_LOOKS_MAX) return chosen;
  return chosen.sort((a, b) => (roughScores[b] ?? 0) - (roughScores[a] ?? 0) || a - b).slice(0, CLOSE_LOOKS_MAX);
}

type Meeting = { query: number; likeness: number };

/** Which query terms a catalogue term meets, and how well. */
function meetings(index: CatalogueIndex, query: readonly QueryTerm[]): Map<number, Meeting[]> {
  const met = new Map<number, Meeting[]>();
  const put = (term: number, meeting: Meeting): void => {
    const list = met.get(term);
    if (list) list.push(meeting);
    else met.set(term, [meeting]);
  };
  query.forEach((term, position) => {
    for (const match of term.matches) {
      put(match.term, { query: position, likeness: match.likeness });
      if (term.kind !== 'number') continue;
      for (const size of index.sizesOfNumber.get(match.term) ?? [])
        put(size, { query: position, likeness: SIZE_AS_NUMBER });
    }
  });
  return met;
}

const SIZE_AS_NUMBER = 0.97;
const MET_MIN = 0.6;

/** Scores products closely against one query. */
export function closeLook(index: CatalogueIndex, query: readonly QueryTerm[]): (product: number) => Candidate {
  const metBy = meetings(index, query);
  const hard = query.filter((term) => !term.soft && term.kind !== 'number').length;
  const inText = new Float32Array(query.length);
  return (product) => {
    const met = new Float32Array(query.length);
    const { starts, values } = index.texts;
    let fit = 0;
    let exact = false;
    for (let text = index.textsOf[product] ?? 0; text < (index.textsOf[product + 1] ?? 0); text++) {
      const to = starts[text + 1] ?? 0;
      let total = 0;
      let reached = 0;
      let missing = 0;
      inText.fill(0);
      for (let i = starts[text] ?? 0; i < to; i++) {
        const term = values[i] ?? 0;
        const weight = termWeight(index, term);
        total += weight;
        let best = 0;
        for (const meeting of metBy.get(term) ?? NO_MEETINGS) {
          const { query: q, likeness } = meeting;
          if (likeness > (inText[q] ?? 0)) inText[q] = likeness;
          if (likeness > best) best = likeness;
        }
        reached += best * weight;
        if (best < MET_MIN) missing++;
      }
      let used = 0;
      for (let q = 0; q < query.length; q++) {
        const likeness = inText[q] ?? 0;
        if (likeness > (met[q] ?? 0)) met[q] = likeness;
        if (likeness >= MET_MIN && !query[q]?.soft && query[q]?.kind !== 'number') used++;
      }
      if (total > 0) fit = Math.max(fit, reached / total);
      if (missing === 0 && used === hard) exact = true;
    }
    let asked = 0;
    let answered = 0;
    for (let q = 0; q < query.length; q++) {
      const term = query[q];
      if (!term || term.soft) continue;
      asked += term.weight;
      answered += term.weight * (met[q] ?? 0);
    }
    const coverage = asked > 0 ? answered / asked : 0;
    return { product, coverage, fit, exact, met, score: 0.82 * coverage + 0.18 * fit };
  };
}

const NO_MEETINGS: readonly Meeting[] = [];
