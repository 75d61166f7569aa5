/**
 * What goes into the parser and what comes out of it. Everything is plain data: the caller owns the state, the
 * parser only reads it, and two calls with the same arguments give the same result.
 */

/** A product as the shop sells it. `units` says how many base units each unit name holds. */
export type ParserProduct = {
  sku: string;
  name: string;
  size?: string | null;
  units: Record<string, number>;
  defaultUnit: string;
  aliases: string[];
};

/** A line that the shop's own records hold: the cart, or the order before. */
export type OrderLine = { sku: string; quantity: number; unit: string | null };

/** The one question that may be open. */
export type PendingQuestion =
  | { kind: 'confirm_order' }
  | { kind: 'confirm_cancel' }
  | { kind: 'choose_product'; candidates: string[]; quantity: number | null; unit: string | null }
  | { kind: 'ask_quantity'; sku: string };

/** What the conversation knows when the message arrives. `usual` holds the SKUs this retailer buys regularly. */
export type ParserState = {
  cart: OrderLine[];
  lastOrder: OrderLine[] | null;
  pending: PendingQuestion | null;
  usual: string[];
};

/** What one shop has chosen to call a product; `words` as the parser gave them with the question. */
export type LearnedAlias = { words: string; sku: string };

export type Intent =
  | 'order'
  | 'add'
  | 'remove'
  | 'change'
  | 'repeat'
  | 'confirm'
  | 'decline'
  | 'cancel'
  | 'balance'
  | 'statement'
  | 'paid'
  | 'status'
  | 'query'
  | 'help'
  | 'greeting'
  | 'human'
  | 'language'
  | 'why'
  | 'unknown';

/** A half-open range of UTF-16 positions in the text exactly as it was received. */
export type Span = { start: number; end: number };

/**
 * What a line does to the cart: is added to it, is the new total, goes out (all of it, where no quantity is said), or
 * is only asked about. One message may hold all four ("2 maggi; remove lux. price of coke?").
 */
export type LineAct = 'add' | 'set' | 'remove' | 'ask';

/**
 * A line that was read with enough certainty to act on. A null quantity stands for "this product as a whole"
 * (asked about, or taken out); a null unit means that none was said and the product's default unit counts.
 */
export type ParsedLine = {
  act: LineAct;
  sku: string;
  quantity: number | null;
  unit: string | null;
  span: Span;
  confidence: number;
  reasons?: string[];
  /** The learned alias that decided the product. */
  words?: string;
};

/**
 * A question to put to the retailer instead of guessing; `act` is what its answer does. `words`: where the product is
 * asked about, how the choice can be learned as an alias of this shop; where its quantity is, the alias that decided it.
 */
export type Clarify = Question & { act: LineAct };

/** Candidates come best first, at most ten. */
export type Question = { words?: string } & (
  | {
      kind: 'product';
      candidates: string[];
      quantity: number | null;
      unit: string | null;
      span: Span;
      text: string;
    }
  | { kind: 'quantity'; candidates: [string]; unit: string | null; span: Span; text: string }
  | {
      kind: 'unknown_product';
      candidates: string[];
      quantity: number | null;
      unit: string | null;
      span: Span;
      text: string;
    }
  | {
      kind: 'check_quantity';
      candidates: [string];
      quantity: number | null;
      unit: string | null;
      span: Span;
      text: string;
    }
);

/** The reading of one message. `reasons` are stable codes for the audit trail, never text for people. */
export type ParseResult = {
  intent: Intent;
  alsoIntents: Intent[];
  lines: ParsedLine[];
  clarify: Clarify[];
  confidence: number;
  reasons: string[];
};

/** One search hit; scores run from 0 to 1 and are only comparable within one answer. */
export type SearchHit = { sku: string; score: number };

/** A line read without any catalogue: "2 cups rice" is 2, "cups", "rice". A range gives its two ends. */
export type QuantityLine = { quantity: number | [number, number] | null; unit: string; name: string };
