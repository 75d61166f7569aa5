import { listOpenApprovals, readApprovers } from '../approvals/index.ts';
import type { CatalogueCache } from '../catalogue/index.ts';
import { lockFreeAccounts, readAccounts } from '../credit/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { ConversationHandler, IncomingMessage, Worked, WorkItem } from '../inbox/index.ts';
import type { MediaToFetch } from '../media/index.ts';
import { type RecentOrder, recentOrders, takeOrderNumbers } from '../orders/index.ts';
import { idsOf, type RetailerRow, recognise, type Standing } from '../people/index.ts';
import { mustExist } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';
import { apology } from './apology.ts';
import { callStaff } from './call-staff.ts';
import { type CarriedOut, carryOutEffects } from './carry-out.ts';
import { languageOf } from './language.ts';
import { keepLessons, readLearned, type TaughtLesson } from './learned-aliases.ts';
import { type Met, meetPeople } from './meet-people.ts';
import { keepWishes, readStopped } from './notice-wishes.ts';
import { readDebts } from './read-debts.ts';
import { readQuoted } from './read-quoted.ts';
import { readWholesaler, type WholesalerRow } from './read-wholesaler.ts';
import { type Outcome, saveConversations } from './save-conversations.ts';
import { initialState, readState } from './state.ts';
import { type Basis, eventOf, type Heard, traceOf } from './trace.ts';
import { transition } from './transition.ts';
import type { AccountFigures, ConversationEvent, ConversationState, Effect, Facts, Step } from './types.ts';

export type ConversationHandlerOptions = {
  /** For what must not happen inside the set's transaction: taking order numbers. */
  db: Database;
  catalogues: CatalogueCache;
  /** Meta's message as our code speaks of it. */
  readMessage: (payload: unknown) => IncomingMessage;
  /** Notes files that staff may want to see, in the set's transaction. Without it none are fetched. */
  noteMedia?: ((tx: Tx, media: MediaToFetch[]) => Promise<void>) | undefined;
  /** Told of the messages that are being answered, before they are. Returns at once and never throws. */
  onWork?: (messages: { wholesalerId: string; lineId: string; payload: unknown }[]) => void;
};

/** How many of a shop's newest orders a decision may know. */
const ORDERS_KNOWN = 5;

/** How many open requests an approver's decision may know. */
const APPROVALS_KNOWN = 20;

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
      const met = await meetPeople(tx, wholesaler, items, options.readMessage);
      const decisions = await decide(
        tx,
        options,
        wholesaler,
        met.filter(({ end }) => end === null),
      );
      options.onWork?.(decisions.filter(willBeAnswered).map(({ item }) => ({ ...item.conversation, ...item.event })));
      // Before any account is locked: a slow answer here must not be time that everybody on those accounts waits.
      const numbered = decisions.filter(({ step }) => getsNumber(step.effect)).length;
      const firstOrderNumber = numbered > 0 ? await takeOrderNumbers(options.db, wholesalerId, numbered) : 0;
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
                // A conversation stays the shop's whose state it holds, also while somebody else writes in it.
                retailerId: decision.facts.retailer?.id ?? decision.item.conversation.retailerId,
                replies: decision.event === null ? [] : [...decision.step.replies, ...finalStep.replies],
                wantsPerson: decision.step.wantsPerson === true || finalStep.wantsPerson === true,
                isSaidToUs: isSaidToUs(decision.message),
                language: finalStep.next.language?.code ?? null,
              },
            ],
      );
      await keepWishes(tx, wholesalerId, carried);
      await keepLessons(tx, wholesalerId, carried.flatMap(lessonsTaught));
      await saveConversations(tx, wholesalerId, outcomes);
      await options.noteMedia?.(tx, going.flatMap(mediaOf));
      await callStaff(tx, wholesalerId, outcomes);
      return [
        ...met.flatMap(({ item, end }): Worked[] => (end === null ? [] : [{ item, kind: end }])),
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
      const retailer = retailerOf(await recogniseAlone(tx, wholesalerId, item));
      const spoken = readState(item.conversation.state);
      const outcomes = [
        {
          item,
          state: item.conversation.state,
          retailerId: retailer?.id ?? item.conversation.retailerId,
          replies: [apology(languageOf(spoken, { retailer, wholesaler }))],
          wantsPerson: true,
          isSaidToUs: item.event.kind === 'message',
          language: spoken.language?.code ?? null,
        },
      ];
      await saveConversations(tx, wholesalerId, outcomes);
      await callStaff(tx, wholesalerId, outcomes);
    },
  };
}

/** What may become an order in this set. One that waited has a number already, and the one taken for it is left out. */
function getsNumber(effect: Effect | null): boolean {
  return effect?.kind === 'place_order' || effect?.kind === 'store_order';
}

function lessonsTaught({ decision, finalStep }: CarriedOut): TaughtLesson[] {
  const { retailer } = decision.facts;
  if (retailer === null) return [];
  return (finalStep?.lessons ?? []).map((lesson) => ({
    ...lesson,
    retailerId: retailer.id,
    eventId: decision.item.event.id,
  }));
}

async function decide(
  tx: Tx,
  options: ConversationHandlerOptions,
  wholesaler: WholesalerRow,
  met: Met[],
): Promise<Decision[]> {
  if (met.length === 0) return [];
  const retailerIds = [...new Set(met.flatMap(({ standing }) => retailerOf(standing)?.id ?? []))];
  const accounts = await readAccounts(
    tx,
    retailerIds.map((retailerId) => ({ wholesalerId: wholesaler.id, retailerId })),
  );
  const figures = new Map(accounts.map((account) => [account.retailerId, account]));
  const orders = await recentOrders(tx, wholesaler.id, retailerIds, ORDERS_KNOWN);
  const catalogue = await options.catalogues.load(tx, wholesaler.id, wholesaler.catalogueVersion);
  const learned = await readLearned(tx, wholesaler.id, retailerIds);
  const quoted = await readQuoted(tx, wholesaler.id, met);
  const stopped = await readStopped(tx, wholesaler.id, met);
  const debts = await readDebts(tx, wholesaler.id, met.flatMap(shopToldOfDebts));
  const approverIds = [...new Set(met.flatMap(({ standing }) => approverIdOf(standing) ?? []))];
  const approvers = await readApprovers(tx, wholesaler.id, approverIds);
  const approvals = approvers.size === 0 ? [] : await listOpenApprovals(tx, wholesaler.id, APPROVALS_KNOWN);
  return met.map((one) => {
    const { item, message, standing } = one;
    const retailer = retailerOf(standing);
    const approver = approvers.get(approverIdOf(standing) ?? '') ?? null;
    const event = eventOf(heardIn(one));
    const priorState = priorStateOf(item, retailer);
    const facts = factsOf({
      item,
      wholesaler,
      retailer,
      awaitsLink: standing.kind === 'waiting',
      account: retailer === null ? null : (figures.get(retailer.id) ?? null),
      orders: orders.filter((order) => order.retailerId === retailer?.id),
      catalogue: { index: catalogue.index, products: catalogue.productsFor(retailer?.priceList ?? null) },
      learned: retailer === null ? [] : (learned.get(retailer.id) ?? []),
      quoted: quoted.get(item.event.id) ?? null,
      debts: retailer === null ? [] : (debts.get(retailer.id) ?? []),
      hasStopped: stopped.has(item.event.id),
      approver,
      approvals: approver === null ? [] : approvals,
    });
    const step: Step =
      event === null
        ? { next: priorState, replies: [], effect: null, parsed: null }
        : transition(priorState, event, facts);
    const basis = {
      catalogue: { version: catalogue.version, priceList: retailer?.priceList ?? null },
      handledBy: item.conversation.handledBy,
      instead: one.instead,
    };
    return { item, message, event, priorState, facts, basis, step };
  });
}

function heardIn({ item, message, instead }: Pick<Met, 'item' | 'message' | 'instead'>): Heard {
  return {
    eventId: item.event.id,
    message,
    payload: item.event.payload,
    handledBy: item.conversation.handledBy,
    instead,
  };
}

/** Debts are looked up for notices about them alone. */
function shopToldOfDebts({ message, item, standing }: Met): string[] {
  const isNotice = message === null && (item.event.payload as { type?: unknown }).type === 'notice';
  return isNotice && standing.kind === 'retailer' ? [standing.retailer.id] : [];
}

function approverIdOf(standing: Standing): string | null {
  return standing.kind === 'approver' || standing.kind === 'retailer' ? standing.approverId : null;
}

function retailerOf(standing: Standing): RetailerRow | null {
  return standing.kind === 'retailer' ? standing.retailer : null;
}

/** A cart belongs to the shop that it was made for: whoever writes here for another one begins anew. */
function priorStateOf({ conversation }: WorkItem, retailer: RetailerRow | null): ConversationState {
  const isOthers = retailer !== null && conversation.retailerId !== null && conversation.retailerId !== retailer.id;
  return isOthers ? initialState() : readState(conversation.state);
}

async function recogniseAlone(tx: Tx, wholesalerId: string, { event, conversation }: WorkItem): Promise<Standing> {
  const { lineId } = conversation;
  const encounter = { eventId: event.id, lineId, ids: idsOf(event.sender), username: undefined, isMessage: false };
  const recognised = await recognise(tx, wholesalerId, [encounter]);
  return recognised.get(event.id)?.standing ?? { kind: 'stranger' };
}

// Not for what happened within, nor for groups, reactions and people who talk with staff: they would see us typing.
function willBeAnswered({ item, event, step }: Decision): boolean {
  return item.event.kind === 'message' && event !== null && (step.replies.length > 0 || step.effect !== null);
}

// What made the message fail may be the reading of it: then a person wrote something, and an apology is due. Nobody wrote
// what came from within.
function mayBeAnswered(item: WorkItem, readMessage: (payload: unknown) => IncomingMessage): boolean {
  if (item.event.kind === 'internal') return false;
  try {
    return eventOf(heardIn({ item, message: readMessage(item.event.payload), instead: null })) !== null;
  } catch {
    return true;
  }
}

type FactsInput = {
  item: WorkItem;
  wholesaler: WholesalerRow;
  retailer: RetailerRow | null;
  awaitsLink: boolean;
  account: AccountFigures | null;
  orders: RecentOrder[];
  catalogue: Facts['catalogue'];
  learned: Facts['learned'];
  quoted: Facts['quoted'];
  debts: Facts['debts'];
  hasStopped: boolean;
  approver: Facts['approver'];
  approvals: Facts['approvals'];
};

function factsOf(input: FactsInput): Facts {
  const { item, wholesaler, retailer, awaitsLink, account, orders, catalogue, learned, quoted } = input;
  const { debts, hasStopped, approver, approvals } = input;
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
    awaitsLink,
    profileName: item.event.sender.profileName ?? item.conversation.profileName,
    hidesPhone: item.event.sender.phone === undefined && item.conversation.phone === null,
    hasStopped,
    withStaff: item.conversation.handledBy === 'person',
    account,
    quoted,
    catalogue,
    learned,
    approver,
    approvals,
    orders,
    debts,
  };
}

function isSaidToUs(message: IncomingMessage | null): boolean {
  return message !== null && message.type !== 'system' && message.type !== 'group';
}

/** The file of a known shop's message, also when staff lead the chat: they are the ones who look at it. */
function mediaOf({ item, message, facts }: Decision): MediaToFetch[] {
  if (message?.type !== 'media' || message.file === undefined || facts.retailer === null) return [];
  const { media: kind, file } = message;
  if (kind !== 'image' && kind !== 'document' && kind !== 'voice') return [];
  const { conversation, event } = item;
  const { wholesalerId, lineId } = conversation;
  const { id: mediaId, mimeType, filename, sha256 } = file;
  return [{ wholesalerId, eventId: event.id, lineId, kind, mediaId, mimeType, filename, sha256, sentAt: event.sentAt }];
}

/**
 * Locks the credit accounts that this set needs, as far as nobody else holds them, and names the events whose account
 * is held. A set never waits for an account: one slow caller must not delay everybody else's messages.
 */
async function findBusy(tx: Tx, wholesalerId: string, decisions: Decision[]): Promise<Set<string>> {
  const needing = new Map(
    decisions.flatMap((decision) => {
      const retailerId = accountOf(decision);
      return retailerId === null ? [] : [[decision.item.event.id, retailerId] as const];
    }),
  );
  const retailerIds = [...new Set(needing.values())];
  if (retailerIds.length === 0) return new Set();
  const free = await lockFreeAccounts(
    tx,
    retailerIds.map((retailerId) => ({ wholesalerId, retailerId })),
  );
  const freeIds = new Set(free.map((key) => key.retailerId));
  return new Set([...needing].flatMap(([eventId, retailerId]) => (freeIds.has(retailerId) ? [] : [eventId])));
}

/** The shop whose account an effect locks; null where it needs none. */
function accountOf({ step: { effect }, facts }: Decision): string | null {
  switch (effect?.kind) {
    case 'place_order':
    case 'cancel_order':
    case 'keep_held':
      return facts.account === null ? null : mustExist(facts.retailer, 'a retailer').id;
    // What is decided already locks nothing.
    case 'decide_approval':
      return facts.approvals.find(({ id }) => id === effect.approvalId)?.retailerId ?? null;
    default:
      return null;
  }
}
