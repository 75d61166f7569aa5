import type { Tx } from '../db/index.ts';
import type { IncomingMessage, WorkItem } from '../inbox/index.ts';
import {
  answerLink,
  type Claim,
  type Encounter,
  hearChanges,
  hearPhones,
  idsOf,
  idsOfKey,
  joinConversations,
  proposeLinks,
  recognise,
  requestRegistrations,
  type Standing,
  type Unknown,
  type Visit,
  type VisitEnd,
} from '../people/index.ts';
import { readButtonId } from './button-ids.ts';
import { joinStates } from './join-states.ts';
import { toConversationEvent } from './to-event.ts';
import type { ConversationEvent } from './types.ts';

/** An event with who sent it. */
export type Met = {
  item: WorkItem;
  /** Null for what came from within. */
  message: IncomingMessage | null;
  standing: Standing;
  /** Set when the event must not be decided in this transaction. */
  end: VisitEnd | null;
  /** What people made of the message already: it is answered instead of what the message says. */
  instead: ConversationEvent | null;
};

/**
 * Finds out who everybody is: learns, joins, hears changes and answers to links, and asks for what has to be confirmed. All
 * of it before any account is locked, since rows of people come before accounts in the order of locks.
 */
export async function meetPeople(
  tx: Tx,
  wholesaler: { id: string; policies: { unknownPersons: 'register' | 'refuse' } },
  items: WorkItem[],
  readMessage: (payload: unknown) => IncomingMessage,
): Promise<Met[]> {
  const { id: wholesalerId } = wholesaler;
  const read = items.map((item) => ({
    item,
    message: item.event.kind === 'message' ? readMessage(item.event.payload) : null,
  }));
  const recognised = await recognise(tx, wholesalerId, read.flatMap(encounterOf));
  const met = read.map(
    ({ item, message }): Met => ({
      item,
      message,
      standing: recognised.get(item.event.id)?.standing ?? { kind: 'stranger' },
      end: null,
      instead: null,
    }),
  );
  const phones = met.flatMap((one) => phoneGivenBy(one));
  const { claims: phoneClaims, kept } = await hearPhones(tx, wholesalerId, phones);
  const ends = await joinConversations(
    tx,
    wholesalerId,
    met.flatMap((one) => visitOf(one, kept)),
    joinStates,
  );
  for (const one of met) one.end = ends.get(one.item.event.id) ?? null;
  const changed = await hearChanges(tx, wholesalerId, met.flatMap(changeOf));
  const claims = [...[...recognised.values()].flatMap((one) => one.claims), ...phoneClaims, ...changed];
  await settleClaims(tx, wholesalerId, met, claims);
  for (const one of met) {
    if (kept.has(one.item.event.id)) one.instead = { kind: 'phone_kept' };
    else if (one.standing.kind !== 'retailer' && phoneGivenBy(one).length > 0) one.instead = { kind: 'phone_given' };
    one.instead ??= await hearLinkAnswer(tx, wholesalerId, one);
  }
  if (wholesaler.policies.unknownPersons === 'register') {
    await requestRegistrations(tx, wholesalerId, met.flatMap(unknownOf));
  }
  return met;
}

type Read = Pick<Met, 'item' | 'message'>;

// Meta's notes are about somebody, and not said by them: ids that stand together in one are no proof of anything.
function encounterOf({ item, message }: Read): Encounter[] {
  const { event, conversation } = item;
  const { lineId } = conversation;
  if (message?.type === 'system') return [];
  if (message === null) {
    const ids = idsOfKey(conversation.personKey);
    return [{ eventId: event.id, lineId, ids, username: undefined, isMessage: false }];
  }
  return [{ eventId: event.id, lineId, ids: idsOf(event.sender), username: event.sender.username, isMessage: true }];
}

function visitOf({ item, message, standing }: Met, kept: ReadonlySet<string>): Visit[] {
  const { event, conversation } = item;
  const { lineId, personKey, bsuid, phone } = conversation;
  // News from within may be that a link was confirmed, and with it that two conversations are one.
  const isFresh = message === null || conversation.state === null || kept.has(event.id);
  const isNote = message?.type === 'system';
  return [
    {
      eventId: event.id,
      lineId,
      personKey,
      ids: message === null || isNote ? {} : idsOf(event.sender),
      standing,
      remembers: { isFresh: isFresh && !isNote, bsuid, phone },
    },
  ];
}

/** The phone on the card that WhatsApp's own button shares; cards of others, and several at once, say nothing of the sender. */
function phoneGivenBy({ item, message, standing }: Met) {
  if (message?.type !== 'contacts' || message.cards.length !== 1) return [];
  const [card] = message.cards;
  if (card?.origin !== 'contact_request') return [];
  const phone = (card.phones[0]?.waId ?? card.phones[0]?.phone)?.replace(/[^\d]/g, '');
  if (phone === undefined || !/^\d{5,20}$/.test(phone)) return [];
  const { lineId } = item.conversation;
  return [{ phone, ids: idsOf(item.event.sender), standing, lineId, eventId: item.event.id }];
}

function changeOf({ item, message }: Met) {
  if (message?.type !== 'system' || message.change === undefined) return [];
  return [{ ...message.change, lineId: item.conversation.lineId, eventId: item.event.id }];
}

async function settleClaims(tx: Tx, wholesalerId: string, met: Met[], claims: Claim[]): Promise<void> {
  const going = new Map(met.filter(({ end }) => end === null).map((one) => [one.item.event.id, one]));
  // What leaves the set comes again and claims again.
  const held = claims.filter(({ eventId }) => going.has(eventId));
  await proposeLinks(tx, wholesalerId, held);
  for (const { eventId, reason } of held) {
    const one = going.get(eventId);
    if (reason === 'contact_card' && one?.standing.kind === 'stranger') one.standing = { kind: 'waiting' };
  }
}

/** A tap on the question whether a new identity is this shop's: obeyed only when the old identity gives it. */
async function hearLinkAnswer(
  tx: Tx,
  wholesalerId: string,
  { item, message, standing, end }: Met,
): Promise<ConversationEvent | null> {
  if (message?.type !== 'tap' || end !== null || standing.kind !== 'retailer') return null;
  const button = readButtonId(message.id);
  if (button?.act !== 'own_link' && button?.act !== 'foreign_link') return null;
  const decided = await answerLink(tx, {
    wholesalerId,
    linkId: button.linkId,
    confirmed: button.act === 'own_link',
    who: { retailerId: standing.retailer.id, personId: standing.personId, ids: idsOf(item.event.sender) },
  });
  return { kind: 'link_answered', outcome: decided.kind };
}

function unknownOf({ item, message, standing, end }: Met): Unknown[] {
  if (
    end !== null ||
    standing.kind !== 'stranger' ||
    message === null ||
    toConversationEvent(message, item.event.id) === null
  )
    return [];
  const { event, conversation } = item;
  const [given] = phoneGivenBy({ item, message, standing, end, instead: null });
  return [
    {
      lineId: conversation.lineId,
      personKey: conversation.personKey,
      ids: idsOf(event.sender),
      phoneGiven: given?.phone,
      profileName: event.sender.profileName ?? null,
    },
  ];
}
