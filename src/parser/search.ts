/**
 * Finds the products that a query may mean. First every product that carries any of the terms gets a rough score
 * by adding up term weights; only the best of those are looked at closely.
 */
import { areNeighbours, type CatalogueIndex, termWeight } from './catalogue-index.ts';
import { relatedGoods } from './goods.ts';
import { readPieces } from './piece-reader.ts';
import { buildQuery, type QueryTerm } from './query.ts';
import { scriptOf } from './text-folding.ts';
import type { SearchHit } from './types.ts';
import { findWords, nameTerm, type Vocabulary } from './vocabulary.ts';

export type Candidate = {
  product: number;
  /** 0 to 1: how much of the query the product accounts for. */
  coverage: number;
  /** 0 to 1: how much of its best fitting name or alias the query accounts for. */
  fit: number;
  /** The query's words and sizes are those of one name or alias, in any order, typing slips aside. */
  exact: boolean;
  /** And no other of its texts says a word better, as the name "Golden Raisins" says "raisins" better than "kishmish". */
  exactAsSaid: boolean;
  /** One text holds every word but those that only say what kind of thing it is: "galletas Oreo" for "Oreo". */
  namedButKind: boolean;
  /** How well each query term is met, by position in the query. */
  met: Float32Array;
  /** The same with translated words counted as if the catalogue said them; `met` itself where nothing is translated. */
  metAsSaid: Float32Array;
  score: number;
};

/** From here on a word is a slip of one that the catalogue spells. */
const RESEMBLING = 0.75;
const CLOSE_LOOKS_MAX = 64;
const HISTOGRAM_STEPS = 64;
/** Products below this share of the best rough score are never looked at closely. */
const CUT_MIN = 1 / 3;

/** Products for a free text, best first. */
export function search(index: CatalogueIndex, text: string, options: { limit: number }): SearchHit[] {
  const query = buildQuery(index, readPieces(text, pieceOptions(index)).pieces);
  return rank(index, query)
    .slice(0, Math.max(0, options.limit))
    .map((candidate) => ({ sku: index.products[candidate.product]?.sku ?? '', score: candidate.score }));
}

/** Options for reading pieces of a message against a catalogue. */
export function pieceOptions(index: CatalogueIndex) {
  const { vocabulary, shopUnits, aloneNames } = index;
  return {
    shopUnits,
    aloneNames,
    knowsTerm: (term: string) => vocabulary.ids.has(term),
    resembles: (word: string) => resembles(vocabulary, word),
    names: (word: string) => nameTerm(vocabulary, word) !== undefined,
    standInName: (left: string, right: string) => {
      const [a, b] = [vocabulary.ids.get(left), vocabulary.ids.get(right)];
      return a !== undefined && b !== undefined && areNeighbours(index, a, b);
    },
  };
}

/** Words of other scripts sound like so many things that their likeness proves nothing. */
function resembles(vocabulary: Vocabulary, word: string): boolean {
  const script = scriptOf(word);
  return findWords(vocabulary, word).some(
    ({ term, likeness }) => likeness >= RESEMBLING && scriptOf(vocabulary.terms[term] ?? '') === script,
  );
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
  const terms = [...query].sort((a, b) => gainOf(b) - gainOf(a));
  let ahead = terms.reduce((total, term) => total + gainOf(term), 0);
  let best = 0;
  let mark = 0;
  for (const term of terms) {
    mark++;
    // Once the terms ahead cannot lift a new product over the cut, only products seen before are worth adding to.
    const closed = ahead < best * CUT_MIN;
    ahead -= gainOf(term);
    const share = shareOf(term);
    for (const match of term.matches) {
      const gain = match.likeness * share * Math.min(term.weight, termWeight(index, match.term));
      const to = starts[match.term + 1] ?? 0;
      for (let i = starts[match.term] ?? 0; i < to; i++) {
        const product = values[i] ?? 0;
        const last = lastTerm[product] ?? 0;
        // A term counts once per product, by its best match: matches come best first.
        if (last === mark || (closed && last === 0)) continue;
        if (last === 0) touched.push(product);
        lastTerm[product] = mark;
        const score = (roughScores[product] ?? 0) + gain;
        roughScores[product] = score;
        if (score > best) best = score;
      }
    }
  }
  const chosen = bestOf(touched, best);
  for (const product of touched) {
    roughScores[product] = 0;
    lastTerm[product] = 0;
  }
  return chosen;
}

/** The most that a term can add to a product's rough score. */
function gainOf(term: QueryTerm): number {
  return term.matches.length > 0 ? term.weight * shareOf(term) : 0;
}

/** A number is as likely the quantity as part of the name, so it must not decide who gets a closer look. */
function shareOf(term: QueryTerm): number {
  if (term.soft) return 0.1;
  return term.kind === 'number' ? 0.25 : 1;
}

/** The most promising of the touched products; a histogram finds the cut without sorting thousands. */
function bestOf(touched: readonly number[], best: number): number[] {
  const counts = new Int32Array(HISTOGRAM_STEPS + 1);
  const scale = best > 0 ? HISTOGRAM_STEPS / best : 0;
  for (const product of touched) {
    const step = Math.floor((roughScores[product] ?? 0) * scale);
    counts[step] = (counts[step] ?? 0) + 1;
  }
  let cut = HISTOGRAM_STEPS;
  let total = counts[cut] ?? 0;
  while (cut > HISTOGRAM_STEPS * CUT_MIN && total + (counts[cut - 1] ?? 0) <= CLOSE_LOOKS_MAX) {
    cut--;
    total += counts[cut] ?? 0;
  }
  const chosen: number[] = [];
  for (const product of touched) if (Math.floor((roughScores[product] ?? 0) * scale) >= cut) chosen.push(product);
  chosen.sort((a, b) => (roughScores[b] ?? 0) - (roughScores[a] ?? 0) || a - b);
  return chosen.length <= CLOSE_LOOKS_MAX ? chosen : chosen.slice(0, CLOSE_LOOKS_MAX);
}

type Meeting = { query: number; likeness: number; asSaid: number };

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
      put(match.term, { query: position, likeness: match.likeness, asSaid: match.translated ? 1 : match.likeness });
      if (term.kind !== 'number') continue;
      for (const size of index.sizesOfNumber.get(match.term) ?? [])
        put(size, { query: position, likeness: SIZE_AS_NUMBER, asSaid: SIZE_AS_NUMBER });
    }
  });
  return met;
}

const SIZE_AS_NUMBER = 0.97;
const MET_MIN = 0.6;
const BRAND_MET_MIN = 0.8;
const EXACT_SLACK = 0.02;

/** Scores products closely against one query. */
export function closeLook(index: CatalogueIndex, query: readonly QueryTerm[]): (product: number) => Candidate {
  const metBy = meetings(index, query);
  const hard = query.filter((term) => !term.soft && term.kind !== 'number').length;
  const inText = new Float32Array(query.length);
  const isTranslated = query.some((term) => term.matches.some((match) => match.translated));
  return (product) => {
    const met = new Float32Array(query.length);
    const metAsSaid = isTranslated ? new Float32Array(query.length) : met;
    const { starts, values } = index.texts;
    let fit = 0;
    // How well the words meet the text that holds them all and no more.
    let exactly = 0;
    let namedButKind = false;
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
          const { query: q, likeness, asSaid } = meeting;
          if (isTranslated && asSaid > (metAsSaid[q] ?? 0)) metAsSaid[q] = asSaid;
          if (likeness > (inText[q] ?? 0)) inText[q] = likeness;
          if (likeness > best) best = likeness;
        }
        reached += best * weight;
        if (best < MET_MIN) missing++;
      }
      let used = 0;
      let omitted = 0;
      let joining = 0;
      let metHere = 0;
      for (let q = 0; q < query.length; q++) {
        const likeness = inText[q] ?? 0;
        if (likeness > (met[q] ?? 0)) met[q] = likeness;
        if (query[q]?.soft || query[q]?.kind === 'number') continue;
        metHere += likeness;
        if (likeness >= MET_MIN) used++;
        else if (query[q]?.kinds?.length) omitted++;
        else if (query[q]?.slight) joining++;
      }
      if (total > 0) fit = Math.max(fit, reached / total);
      if (missing === 0 && used === hard && metHere > exactly) exactly = metHere;
      if (omitted > 0 && used === hard - omitted - joining && (hasBrand(query, inText) || (missing === 0 && used > 0)))
        namedButKind = true;
    }
    let asked = 0;
    let answered = 0;
    let metAnywhere = 0;
    for (let q = 0; q < query.length; q++) {
      const term = query[q];
      if (!term || term.soft) continue;
      if (term.kind !== 'number') metAnywhere += met[q] ?? 0;
      asked += term.weight;
      answered += term.weight * (met[q] ?? 0);
    }
    const coverage = asked > 0 ? answered / asked : 0;
    const exact = exactly > 0;
    const exactAsSaid = exact && exactly >= metAnywhere - EXACT_SLACK;
    return {
      product,
      coverage,
      fit,
      exact,
      exactAsSaid,
      namedButKind,
      met,
      metAsSaid,
      score: 0.82 * coverage + 0.18 * fit,
    };
  };
}

/** A word that no language knows for a thing or a colour, and so a name, is met letter by letter or nearly so. */
function hasBrand(query: readonly QueryTerm[], inText: Float32Array): boolean {
  return query.some(
    (term, q) =>
      term.kind === 'word' && !term.soft && (inText[q] ?? 0) >= BRAND_MET_MIN && relatedGoods(term.text).length === 0,
  );
}

const NO_MEETINGS: readonly Meeting[] = [];
