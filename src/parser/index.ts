/** Text to order lines: pure, deterministic, no network. See README.md in this folder for the stages. */
export type { CatalogueIndex } from './catalogue-index.ts';
export { buildCatalogueIndex } from './index-builder.ts';
export { parse } from './parse.ts';
export { parseLine } from './parse-line.ts';
export { search } from './search.ts';
export { spokenLanguages } from './spoken-languages.ts';
export type {
  Clarify,
  Intent,
  LearnedAlias,
  LineAct,
  OrderLine,
  ParsedLine,
  ParseResult,
  ParserProduct,
  ParserState,
  PendingQuestion,
  QuantityLine,
  SearchHit,
  Span,
} from './types.ts';
