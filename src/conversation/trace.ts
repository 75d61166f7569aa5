/**
 * What an event keeps of its decision, and how it is read back to be decided again: both sides in one file, so that
 * whoever gives decisions another fact sees what older events have in its place.
 */
import type { IncomingMessage } from '../inbox/types.ts';
import { readPolicies } from '../shared/policies.ts';

import { toInternalEvent } from './internal-event.ts';
import { aliasesUsed } from './learning.ts';
import { noticeWish } from './opt-out.ts';
import { readState } from './state.ts';
import { toConversationEvent } from './to-event.ts';
import type { ConversationEvent, ConversationState, Effect, EffectAnswered, Facts, Step } from './types.ts';

/** What a decision rests on beside its facts. */
export type Basis = {
  /** Names the goods and prices, which are not copied: the catalogue keeps its versions. */
  catalogue: { version: number; priceList: string | null };
  handledBy: 'bot' | 'person';
  /** What people made of the message already: it is answered instead of what the message says. */
  instead: ConversationEvent | null;
};

export type Heard = Omit<Basis, 'catalogue'> & {
  /** Null for what came from within. */
  message: IncomingMessage | null;
  payload: unknown;
  eventId: string;
};

/**
 * What is answered; null for silence. A person who talks with staff gets no answers from the bot, and groups, reactions
 * and system notes are not answered. What happened to an order is no answer: it is told once, whoever leads the chat.
 */
export function eventOf({ eventId, message, payload, handledBy, instead }: Heard): ConversationEvent | null {
  if (message === null) return toInternalEvent(payload);
  if (instead !== null) return instead;
  if (handledBy === 'bot') return toConversationEvent(message, eventId);
  // Staff may miss a wish that has to be obeyed.
  return message.type === 'text' && noticeWish(message.body) !== null ? toConversationEvent(message, eventId) : null;
}

type Decided = { priorState: ConversationState; facts: Facts; basis: Basis; step: Step };

/**
 * What is kept with the event. Of the learned aliases those are kept that the decision rests on: a shop may have hundreds,
 * and the same code decides the same without the others. Everything else that it saw is small.
 */
export function traceOf(
  { priorState, facts, basis, step }: Decided,
  answer: EffectAnswered | null,
): { priorState: unknown; facts: unknown; results: unknown } {
  const { catalogue: _catalogue, learned, ...rest } = facts;
  return {
    priorState,
    facts: plain({ ...rest, learned: aliasesUsed(step.parsed, learned), basis }),
    results: plain({
      parsed: step.parsed,
      effect: step.effect,
      // As it always was kept: the answer itself, and beside it the event that carried it.
      answer: answer === null ? null : 'answer' in answer ? answer.answer : answer.found,
      answeredAs: answer?.kind ?? null,
    }),
  };
}

/** A decision read back. */
export type Kept = {
  event: ConversationEvent | null;
  priorState: ConversationState;
  facts: Omit<Facts, 'catalogue'>;
  basis: Basis;
  effect: Effect | null;
  answer: EffectAnswered | null;
};

export type KeptRow = {
  eventId: string;
  payload: unknown;
  /** Null for what came from within. */
  message: IncomingMessage | null;
  priorState: unknown;
  facts: unknown;
  results: unknown;
};

/** Null for an event that kept no decision, or whose texts were erased, or that an older release decided. */
export function readKept({ eventId, payload, message, priorState, facts, results }: KeptRow): Kept | null {
  if (!isRecord(facts) || !isRecord(facts.basis) || !isRecord(results)) return null;
  const { basis: keptBasis, ...rest } = facts;
  const basis = revived(keptBasis) as Basis;
  const known = revived(rest) as Omit<Facts, 'catalogue'>;
  return {
    event: eventOf({ eventId, message, payload, handledBy: basis.handledBy, instead: basis.instead }),
    priorState: readState(priorState),
    // Each fact by name: a new one needs a word here about what it was before it was kept.
    facts: {
      now: known.now,
      sentAt: known.sentAt,
      freshOrderId: known.freshOrderId,
      wholesaler: { ...known.wholesaler, policies: readPolicies(known.wholesaler.policies) },
      retailer: known.retailer,
      awaitsLink: known.awaitsLink,
      profileName: known.profileName,
      // Newer than the first decisions: nobody was asked for a phone.
      hidesPhone: known.hidesPhone ?? false,
      // Newer than the first decisions: what somebody swiped was not looked at.
      quoted: known.quoted ?? null,
      // Newer than the first decisions: nobody approved anything in a chat.
      // ... and approvers had no language of their own.
      approver: known.approver == null ? null : { ...known.approver, language: known.approver.language ?? null },
      approvals: known.approvals ?? [],
      account: known.account,
      learned: known.learned,
      orders: known.orders,
      // Newer than the first decisions: nobody could say STOP, and nobody was told of debts.
      debts: known.debts ?? [],
      hasStopped: known.hasStopped ?? false,
      withStaff: known.withStaff ?? basis.handledBy === 'person',
    },
    basis,
    effect: revived(results.effect) as Effect | null,
    answer: answerOf(results),
  };
}

function answerOf({ effect, answer, answeredAs }: Record<string, unknown>): EffectAnswered | null {
  if (typeof answeredAs !== 'string') return null;
  if (answeredAs === 'claim_answered') {
    return { kind: answeredAs, claim: revived(effect), answer: revived(answer) } as EffectAnswered;
  }
  const carried = answeredAs === 'looked_up' ? { found: revived(answer) } : { answer: revived(answer) };
  return { kind: answeredAs, ...carried } as EffectAnswered;
}

/** The value as JSON holds it, with bigints as decimal strings. By hand, which is cheaper than through text and back. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** `plain` undone, by the names that our data go by: amounts end in Minor, and nothing but a time is written as one. */
function revived(value: unknown, key = ''): unknown {
  if (typeof value === 'string') {
    if (/Minor$/.test(key) && /^-?\d+$/.test(value)) return BigInt(value);
    return TIME.test(value) ? new Date(value) : value;
  }
  if (Array.isArray(value)) return value.map((one) => revived(one));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revived(inner, name)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
