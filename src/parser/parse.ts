import { type Annotation, annotate } from './annotate.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { learnedOverlay } from './learned-aliases.ts';
import { MessageReading } from './message-reading.ts';
import { readPieces } from './piece-reader.ts';
import { readProposal } from './proposal-lines.ts';
import { pieceOptions } from './search.ts';
import { cutSegments } from './segments.ts';
import { asReceived, readSheet } from './spreadsheet.ts';
import type { LearnedAlias, ParseResult, ParserState } from './types.ts';
import { withUnitNames } from './unit-names.ts';

/**
 * `language` is the language that the conversation is held in, where that is known, as its tag ("hi-Latn", "pt-BR");
 * `learned` is what this shop was learned to call its products.
 */
type ParseContext = {
  index: CatalogueIndex;
  state: ParserState;
  language?: string;
  learned?: readonly LearnedAlias[];
};

/** Reads a message. Pure, and total: any string gives an answer, if only "unknown". */
export function parse(text: string, context: ParseContext): ParseResult {
  const sheet = readProposal(text) ?? readSheet(text);
  return sheet ? asReceived(parseText(sheet.text, context), sheet, text) : parseText(text, context);
}

function parseText(text: string, context: ParseContext): ParseResult {
  const { index, state, learned = [] } = context;
  const { pieces: said, lexicon } = readPieces(text, { ...pieceOptions(index), language: context.language });
  const pieces = withUnitNames(said, lexicon, index);
  const annotation: Annotation = {
    ...annotate(pieces, lexicon, index),
    ...(learned.length > 0 && { learned: learnedOverlay(learned, index) }),
  };
  const segments = cutSegments(annotation, index);
  const reading = new MessageReading(text, annotation, segments, index, state);
  return reading.result();
}
