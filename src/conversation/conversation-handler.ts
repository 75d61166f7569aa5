import type { CatalogueCache } from '../catalogue/index.ts';
import { lockFreeAccounts, readAccounts } from '../credit/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { ConversationHandler, IncomingMessage, Worked, WorkItem } from '../inbox/index.ts';
import { type RecentOrder, recentOrders, takeOrderNumbers } from '../orders/index.ts';
import { mustExist } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';
import { apology } from './apology.ts';
import { carryOutEffects } from './carry-out.ts';
import { toInternalEvent } from './internal-event.ts';
import { type RetailerRow, readRetailers, readWholesaler, type WholesalerRow } from './read-people.ts';
import { type Outcome, saveConversations } from './save-conversations.ts';
import { readState } from './state.ts';
import { toConversationEvent } from './to-event.ts';
import { transition } from './transition.ts';
import type { AccountFigures, ConversationEvent, ConversationState, Facts, Step } from './types.ts';

export type ConversationHandlerOptions = {
  /** For what must not happen inside the set's transaction: taking order numbers. */
  db: Database;
  catalogues: CatalogueCache;
  /** Meta's message as our code speaks of it. */
  readMessage: (payload: unknown) => IncomingMessage;
};

/** How many of a shop's newest orders a decision may know. */
const ORDERS_KNOWN = 5;

/** One event on its way through a set. */
export type Decision = {
  item: WorkItem;
  event: ConversationEvent | null;
  priorState: ConversationState;
  facts: Facts;
  step: Step;
};

/**
 * The shell around the pure transition: loads, decides, carries out effects, decides again on their answers and saves,
 * for a whole set of conversations with a handful of statements.
 */
export function createConversationHandler(options: ConversationHandlerOptions): ConversationHandler {
  return {
    async work(tx, items, wait) {
      const first = items[0];
      if (first === undefined) return [];
      const { wholesalerId } = first.conversation;
      const wholesaler = mustExist(await readWholesaler(tx, wholesalerId), 'the wholesaler of a conversation');
      const decisions = await decide(tx, options, wholesaler, items);
      // Before any account is locked: a slow answer here must not be time that everybody on those accounts waits.
      const placing = decisions.filter(({ step }) => step.effect?.kind === 'place_order').length;
      const firstOrderNumber = placing > 0 ? await takeOrderNumbers(options.db, wholesalerId, placing) : 0;
      const busy = wait === 'none' ? await findBusy(tx, wholesalerId, decisions) : new Set<string>();
      const going = decisions.filter((decision) => !busy.has(decision.item.event.id));
      const carried = await carryOutEffects(tx, wholesaler, going, { wait, firstOrderNumber });
      const outcomes = carried.flatMap(({ decision, finalStep }): Outcome[] =>
        finalStep === null
          ? []
          : [
              {
                item: decision.item,
                state: finalStep.next,
                retailerId: decision.facts.retailer?.id ?? null,
                replies: decision.event === null ? [] : [...decision.step.replies, ...finalStep.replies],
                wantsPerson: decision.step.wantsPerson === true || finalStep.wantsPerson === true,
              },
            ],
      );
      await saveConversations(tx, wholesalerId, outcomes);
      return [
        ...decisions
          .filter((decision) => busy.has(decision.item.event.id))
          .map((decision): Worked => ({ item: decision.item, kind: 'busy' })),
        ...carried.map(
          ({ decision, finalStep, answer }): Worked =>
            finalStep === null
              ? { item: decision.item, kind: 'busy' }
              : { item: decision.item, kind: 'done', trace: traceOf(decision, answer) },
        ),
      ];
    },

    async apologise(tx, item) {
      const { wholesalerId } = item.conversation;
      // Groups, reactions and people who talk with staff hear nothing from us, also when something went wrong.
      if (!mayBeAnswered(item, options.readMessage)) return;
      const wholesaler = mustExist(await readWholesaler(tx, wholesalerId), 'the wholesaler of a conversation');
      const retailer = (await readRetailers(tx, wholesalerId, [item])).get(item.event.id) ?? null;
      await saveConversations(tx, wholesalerId, [
        {
          item,
          state: item.conversation.state,
          retailerId: retailer?.id ?? item.conversation.retailerId,
          replies: [apology(retailer?.language ?? wholesaler.language)],
          wantsPerson: true,
        },
      ]);
    },
  };
}

async function decide(
  tx: Tx,
  options: ConversationHandlerOptions,
  wholesaler: WholesalerRow,
  items: WorkItem[],
): Promise<Decision[]> {
  const retailers = await readRetailers(tx, wholesaler.id, items);
  const retailerIds = [...new Set([...retailers.values()].map((retailer) => retailer.id))];
  const accounts = await readAccounts(
    tx,
    retailerIds.map((retailerId) => ({ wholesalerId: wholesaler.id, retailerId })),
  );
  const figures = new Map(accounts.map((account) => [account.retailerId, account]));
  const orders = await recentOrders(tx, wholesaler.id, retailerIds, ORDERS_KNOWN);
  const catalogue = await options.catalogues.load(tx, wholesaler.id, wholesaler.catalogueVersion);
  return items.map((item) => {
    const retailer = retailers.get(item.event.id) ?? null;
    const event = eventOf(item, options.readMessage);
    const priorState = readState(item.conversation.state);
    const facts = factsOf({
      item,
      wholesaler,
      retailer,
      account: retailer === null ? null : (figures.get(retailer.id) ?? null),
      orders: orders.filter((order) => order.retailerId === retailer?.id),
      catalogue: { index: catalogue.index, products: catalogue.productsFor(retailer?.priceList ?? null) },
    });
    const step: Step =
      event === null
        ? { next: priorState, replies: [], effect: null, parsed: null }
        : transition(priorState, event, facts);
    return { item, event, priorState, facts, step };
  });
}

// A person who talks with staff gets no answers from the bot, and groups, reactions and system notes are not answered.
// What happened to an order is no answer: it is told once, whoever leads the conversation.
function eventOf(item: WorkItem, readMessage: (payload: unknown) => IncomingMessage): ConversationEvent | null {
  if (item.event.kind === 'internal') return toInternalEvent(item.event.payload);
  if (item.conversation.handledBy === 'person') return null;
  return toConversationEvent(readMessage(item.event.payload));
}

// What made the message fail may be the reading of it: then a person wrote something, and an apology is due. Nobody wrote
// what came from within.
function mayBeAnswered(item: WorkItem, readMessage: (payload: unknown) => IncomingMessage): boolean {
  if (item.event.kind === 'internal') return false;
  try {
    return eventOf(item, readMessage) !== null;
  } catch {
    return true;
  }
}

type FactsInput = {
  item: WorkItem;
  wholesaler: WholesalerRow;
  retailer: RetailerRow | null;
  account: AccountFigures | null;
  orders: RecentOrder[];
  catalogue: Facts['catalogue'];
};

function factsOf({ item, wholesaler, retailer, account, orders, catalogue }: FactsInput): Facts {
  return {
    now: wholesaler.now,
    sentAt: item.event.sentAt,
    freshOrderId: newId(),
    wholesaler: {
      name: wholesaler.name,
      currency: wholesaler.currency,
      language: wholesaler.language,
      timeZone: wholesaler.timeZone,
      policies: wholesaler.policies,
    },
    retailer: retailer === null ? null : { id: retailer.id, name: retailer.name, language: retailer.language },
    profileName: item.event.sender.profileName ?? item.conversation.profileName,
    account,
    catalogue,
    orders,
  };
}

/**
 * Locks the credit accounts that this set needs, as far as nobody else holds them, and names the events whose account
 * is held. A set never waits for an account: one slow caller must not delay everybody else's messages.
 */
async function findBusy(tx: Tx, wholesalerId: string, decisions: Decision[]): Promise<Set<string>> {
  const needing = decisions.filter(({ step, facts }) => step.effect !== null && facts.account !== null);
  const retailerIds = [...new Set(needing.map(({ facts }) => mustExist(facts.retailer, 'a retailer').id))];
  if (retailerIds.length === 0) return new Set();
  const free = await lockFreeAccounts(
    tx,
    retailerIds.map((retailerId) => ({ wholesalerId, retailerId })),
  );
  const freeIds = new Set(free.map((key) => key.retailerId));
  return new Set(
    needing.filter(({ facts }) => !freeIds.has(facts.retailer?.id ?? '')).map(({ item }) => item.event.id),
  );
}

// The catalogue is not copied: its version names it. Everything else that the decision saw is small.
function traceOf(decision: Decision, answer: unknown): { priorState: unknown; facts: unknown; results: unknown } {
  const { catalogue: _catalogue, ...facts } = decision.facts;
  return {
    priorState: decision.priorState,
    facts: plain(facts),
    results: plain({
      parsed: decision.step.parsed,
      effect: decision.step.effect,
      answer: answer ?? null,
    }),
  };
}

/** The value as JSON holds it, with bigints as decimal strings. By hand, which is cheaper than through text and back. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
