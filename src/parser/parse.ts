import type { CatalogueIndex } from './catalogue-index.ts';
import type { ParseResult, ParserState } from './types.ts';

export function parse(_text: string, _context: { index: CatalogueIndex; state: ParserState }): ParseResult {
  return { intent: 'unknown', alsoIntents: [], lines: [], clarify: [], confidence: 0, reasons: [] };
}
