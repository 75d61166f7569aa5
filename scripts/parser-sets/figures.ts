/**
 * How well the parser reads messages that people marked, by the annotation guideline: the intent, the lines (a unit
 * that was not said is the product's own; 24 pieces are a carton of 24), and whether it asked where a person would.
 */
import {
  buildCatalogueIndex,
  type CatalogueIndex,
  type ParseResult,
  type ParserProduct,
  parse,
  search,
} from '../../src/parser/index.ts';
import {
  type Gold,
  type GoldLine,
  largeCatalogue,
  type MarkedMessage,
  markedMessages,
  markedQueries,
  readCatalogue,
} from './sets.ts';

/** Shares in percent; `messages` counts what they are shares of. */
export type Figures = { messages: number; exact: number; intent: number; lineRecall: number; linePrecision: number };

export type Misread = { message: MarkedMessage; got: ParseResult };

type Verdict = { intent: boolean; lines: LineCount; asked: boolean; exact: boolean };
type LineCount = { right: number; marked: number; read: number };

// The scorer outside knows fewer acts than the conversation does; sets mark these as their neighbours.
const NEIGHBOURS: Partial<Record<string, Gold['intent']>> = {
  paid: 'unknown',
  statement: 'balance',
  language: 'unknown',
  why: 'unknown',
};

/** Figures by set and language ("development hi"), by set ("open all"), and every message that was misread. */
export function measureMessages(
  languages?: readonly string[],
  fresh = false,
): { figures: Map<string, Figures>; misread: Misread[] } {
  const indexes = new Map<string, CatalogueIndex>();
  const verdicts = new Map<string, Verdict[]>();
  const misread: Misread[] = [];
  for (const message of markedMessages(fresh)) {
    const language = languageOf(message);
    if (languages && !languages.includes(language)) continue;
    const index = indexes.get(message.catalogue) ?? buildCatalogueIndex(readCatalogue(message.catalogue));
    indexes.set(message.catalogue, index);
    const got = parse(message.text, { index, state: message.state });
    const verdict = judge(message.gold, got, index);
    if (!verdict.exact) misread.push({ message, got });
    for (const key of [`${message.set} ${language}`, `${message.set} all`]) {
      verdicts.set(key, [...(verdicts.get(key) ?? []), verdict]);
    }
  }
  const figures = [...verdicts].map(([key, list]) => [key, figuresOf(list)] as const);
  return { figures: new Map(figures.sort(([a], [b]) => (a < b ? -1 : 1))), misread };
}

/** How often the right product is first, or among the first five, for mistyped queries in 50,000 products. */
export function measureSearch(): { queries: number; first: number; amongFive: number } {
  const index = buildCatalogueIndex(largeCatalogue());
  const queries = markedQueries();
  const found = queries.map(({ text, gold }) => search(index, text, { limit: 5 }).findIndex((hit) => hit.sku === gold));
  return {
    queries: queries.length,
    first: percent(found.filter((at) => at === 0).length, queries.length),
    amongFive: percent(found.filter((at) => at >= 0).length, queries.length),
  };
}

function languageOf({ lang }: MarkedMessage): string {
  return lang === 'hi-Latn' ? lang : (lang.split('-')[0] ?? lang);
}

function judge(gold: Gold, got: ParseResult, index: CatalogueIndex): Verdict {
  const heard = NEIGHBOURS[got.intent] ?? got.intent;
  const intent = heard === gold.intent || (gold.intent_alt ?? []).includes(heard);
  const skuOnly = gold.intent === 'query';
  const readings = [gold.lines, ...(gold.lines_alt ?? [])].map((lines) => countLines(lines, got, index, skuOnly));
  const lines = readings.reduce((best, count) => (missesOf(count) < missesOf(best) ? count : best));
  const asked = askedAlike(gold, got);
  return { intent, lines, asked, exact: intent && asked && missesOf(lines) === 0 };
}

function missesOf({ right, marked, read }: LineCount): number {
  return marked - right + (read - right);
}

function countLines(marked: GoldLine[], got: ParseResult, index: CatalogueIndex, skuOnly: boolean): LineCount {
  const left = [...got.lines];
  let right = 0;
  for (const line of marked) {
    const at = left.findIndex((read) => read.sku === line.sku && (skuOnly || isSameAmount(line, read, index)));
    if (at < 0) continue;
    left.splice(at, 1);
    right++;
  }
  return { right, marked: marked.length, read: got.lines.length };
}

function isSameAmount(marked: GoldLine, read: GoldLine, index: CatalogueIndex): boolean {
  if (marked.quantity === null || read.quantity === null) return marked.quantity === read.quantity;
  const product = index.products[index.bySku.get(marked.sku) ?? -1];
  return product !== undefined && Math.abs(inBase(marked, product) - inBase(read, product)) < 1e-6;
}

function inBase({ quantity, unit }: GoldLine, product: ParserProduct): number {
  return (quantity ?? 0) * (product.units[unit ?? product.defaultUnit] ?? 1);
}

function askedAlike(gold: Gold, got: ParseResult): boolean {
  const marked = gold.clarify ?? [];
  if (marked.length > 0 !== got.clarify.length > 0) return false;
  const wanted = marked.flatMap((question) => question.candidates);
  const offered = new Set(got.clarify.flatMap((question) => question.candidates));
  return wanted.length === 0 || offered.size === 0 || wanted.some((sku) => offered.has(sku));
}

function figuresOf(verdicts: readonly Verdict[]): Figures {
  const sum = (count: (verdict: Verdict) => number): number => verdicts.reduce((total, one) => total + count(one), 0);
  const right = sum((one) => one.lines.right);
  return {
    messages: verdicts.length,
    exact: percent(
      sum((one) => Number(one.exact)),
      verdicts.length,
    ),
    intent: percent(
      sum((one) => Number(one.intent)),
      verdicts.length,
    ),
    lineRecall: percent(
      right,
      sum((one) => one.lines.marked),
    ),
    linePrecision: percent(
      right,
      sum((one) => one.lines.read),
    ),
  };
}

/** With nothing to find, nothing was missed. */
function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.round((1000 * part) / whole) / 10;
}
