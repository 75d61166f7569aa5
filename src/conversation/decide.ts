import type { Tx } from '../db/index.ts';
import type { IncomingMessage, WorkItem } from '../inbox/index.ts';
import type { RetailerRow } from '../people/index.ts';
import type { Met } from './meet-people.ts';
import { type FactsSources, readFacts, retailerOf } from './read-facts.ts';
import type { WholesalerRow } from './read-wholesaler.ts';
import { initialState, readState } from './state.ts';
import { type Basis, eventOf, type Heard } from './trace.ts';
import { transition } from './transition.ts';
import type { ConversationEvent, ConversationState, Facts, Step } from './types.ts';

/** One event on its way through a set. */
export type Decision = {
  item: WorkItem;
  /** What the person sent; null for what came from within. */
  message: IncomingMessage | null;
  event: ConversationEvent | null;
  priorState: ConversationState;
  facts: Facts;
  basis: Basis;
  step: Step;
};

/** Decides on the events of a set: all facts are read first, then the pure transition sees each event with its own. */
export async function decide(
  tx: Tx,
  sources: FactsSources,
  wholesaler: WholesalerRow,
  met: Met[],
): Promise<Decision[]> {
  const known = await readFacts(tx, sources, wholesaler, met);
  return known.map(({ met: one, facts, catalogue }): Decision => {
    const { item, message, standing, instead } = one;
    const event = eventOf(heardIn(one));
    const priorState = priorStateOf(item, retailerOf(standing));
    const step: Step =
      event === null
        ? { next: priorState, replies: [], effect: null, parsed: null }
        : transition(priorState, event, facts);
    return {
      item,
      message,
      event,
      priorState,
      facts,
      basis: { catalogue, handledBy: item.conversation.handledBy, instead },
      step,
    };
  });
}

/** What an event says, as the trace reads it back. */
export function heardIn({ item, message, instead }: Pick<Met, 'item' | 'message' | 'instead'>): Heard {
  return {
    eventId: item.event.id,
    message,
    payload: item.event.payload,
    handledBy: item.conversation.handledBy,
    instead,
  };
}

/** A cart belongs to the shop that it was made for: whoever writes here for another one begins anew. */
function priorStateOf({ conversation }: WorkItem, retailer: RetailerRow | null): ConversationState {
  const isOthers = retailer !== null && conversation.retailerId !== null && conversation.retailerId !== retailer.id;
  return isOthers ? initialState() : readState(conversation.state);
}
