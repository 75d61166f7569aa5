import type { CatalogueCache } from '../catalogue/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { ConversationHandler, IncomingMessage, Worked, WorkItem } from '../inbox/index.ts';
import type { MediaToFetch } from '../media/index.ts';
import { takeOrderNumbers } from '../orders/index.ts';
import { idsOf, recognise, type Standing } from '../people/index.ts';
import { mustExist } from '../shared/assert.ts';
import { apology } from './apology.ts';
import { findBusy } from './busy-accounts.ts';
import { callStaff } from './call-staff.ts';
import { type CarriedOut, carryOutEffects } from './carry-out.ts';
import { type Decision, decide, heardIn } from './decide.ts';
import { languageOf } from './language.ts';
import { keepLessons, type TaughtLesson } from './learned-aliases.ts';
import { meetPeople } from './meet-people.ts';
import { keepWishes } from './notice-wishes.ts';
import { retailerOf } from './read-facts.ts';
import { readWholesaler } from './read-wholesaler.ts';
import { type Outcome, saveConversations } from './save-conversations.ts';
import { readState } from './state.ts';
import { eventOf, traceOf } from './trace.ts';
import type { Effect } from './types.ts';

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
