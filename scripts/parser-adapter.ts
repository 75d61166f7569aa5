/**
 * Lets an outside scorer drive the parser: the scorer hands over catalogues and messages in its own field names and
 * compares the answers with what people marked. Nothing of the service itself uses this file.
 */
import {
  buildCatalogueIndex,
  type CatalogueIndex,
  type ParserProduct,
  type ParserState,
  parse as parseMessage,
  parseLine as parseQuantityLine,
  search as searchIndex,
} from '../src/parser/index.ts';

type ScoredProduct = {
  sku: string;
  name: string;
  size?: string | null;
  units: Record<string, number>;
  default_unit: string;
  aliases: string[];
};

type Context = { catalogue: ScoredProduct[]; catalogueId: string; state?: ParserState | null; limit?: number };

const indexes = new Map<string, CatalogueIndex>();

export function loadCatalogue(items: ScoredProduct[], id: string): void {
  const products = items.map(
    (item): ParserProduct => ({
      sku: item.sku,
      name: item.name,
      size: item.size,
      units: item.units,
      defaultUnit: item.default_unit,
      aliases: item.aliases,
    }),
  );
  indexes.set(id, buildCatalogueIndex(products));
}

export function parse(text: string, context: Context) {
  const state = context.state ?? { cart: [], lastOrder: null, pending: null, usual: [] };
  const result = parseMessage(text, { index: indexOf(context), state });
  // The scorer knows fewer acts than the conversation does.
  const intents: Record<string, string> = {
    paid: 'unknown',
    statement: 'balance',
    language: 'unknown',
    why: 'unknown',
  };
  return {
    ...result,
    intent: intents[result.intent] ?? result.intent,
    clarify: result.clarify.length > 0 ? result.clarify : null,
  };
}

export function search(text: string, context: Context): string[] {
  return searchIndex(indexOf(context), text, { limit: context.limit ?? 5 }).map((hit) => hit.sku);
}

export function parseLine(text: string) {
  return parseQuantityLine(text);
}

function indexOf(context: Context): CatalogueIndex {
  if (!indexes.has(context.catalogueId)) loadCatalogue(context.catalogue, context.catalogueId);
  const index = indexes.get(context.catalogueId);
  if (!index) throw new Error(`no index for ${context.catalogueId}`);
  return index;
}
