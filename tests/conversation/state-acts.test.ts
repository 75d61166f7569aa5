/**
 * Every state x every act, under every change of the world around it: no pair leaves a person without an answer, loses an
 * order silently, obeys an old button or moves anything that was not just confirmed.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { choicesOf } from '../../src/conversation/compose.ts';
import { sceneOf } from '../../src/conversation/scene.ts';
import { waitingAsk } from '../../src/conversation/settle.ts';
import { conversationStateSchema } from '../../src/conversation/state.ts';
import { transition } from '../../src/conversation/transition.ts';
import type { ConversationEvent, ConversationState, Effect } from '../../src/conversation/types.ts';
import { type Reply, wordsOf } from '../../src/outbox/index.ts';
import { type Intent, parse } from '../../src/parser/index.ts';
import { CLAIM_ID, foundFor } from './books.ts';
import { expectWithinLimits } from './limits.ts';
import {
  ASIDES,
  CONDITIONS,
  type Condition,
  happenings,
  oldButtons,
  SITUATIONS,
  type Situation,
  situationOf,
  TYPED,
  under,
  type Waiting,
} from './state-acts.ts';

type Heard = { next: ConversationState; replies: Reply[]; effect: Effect | null; text: string };

/** Hears an event, with what it asks of the books, and what it claims, answered at once. */
function hear({ state, facts }: Situation, event: ConversationEvent): Heard {
  const first = transition(state, event, facts);
  const answer = answerTo(first.effect, facts);
  const step = answer === null ? first : transition(first.next, answer, facts);
  const replies = answer === null ? first.replies : [...first.replies, ...step.replies];
  return { next: step.next, replies, effect: step.effect, text: replies.map(wordsOf).join('\n') };
}

function answerTo(effect: Effect | null, facts: Situation['facts']): ConversationEvent | null {
  if (effect?.kind === 'look_up') {
    return { kind: 'looked_up', found: effect.lookUps.map((asked) => foundFor(asked, facts)) };
  }
  if (effect?.kind !== 'claim_payment') return null;
  return { kind: 'claim_answered', claim: effect, answer: { kind: 'noted', claimId: CLAIM_ID } };
}

const INTENTS = Object.keys(TYPED) as Intent[];
const pairs = new Set<string>();
let heardCount = 0;
afterAll(() => {
  console.info(`${pairs.size} pairs of state and act, ${heardCount} times under ${CONDITIONS.length} conditions`);
});

/** What holds for everything that is heard, whatever it is. */
function expectSound(
  was: Situation,
  heard: Heard,
  said: string,
  act: string,
  waiting: Waiting,
  isSilent = false,
): void {
  pairs.add(`${waiting} x ${act}`);
  heardCount += 1;
  const isAnswered = heard.replies.length > 0 || heard.effect !== null;
  expect(isAnswered, `${said}: answered`).toBe(!isSilent);
  expectWithinLimits(heard.replies);
  conversationStateSchema.parse(JSON.parse(JSON.stringify(heard.next)));
  if (isSilent) expect(heard.next, said).toEqual(was.state);
  expectNothingLost(was.state, heard, said, act);
}

/** What leaves the cart was asked to leave, or is told. */
function expectNothingLost(before: ConversationState, { next, text, effect }: Heard, said: string, act: string): void {
  const gone = before.cart.filter((line) => !next.cart.some(({ sku }) => sku === line.sku));
  if (gone.length === 0 || act === 'remove' || effect !== null) return;
  expect(text, `${said}: loses ${gone.map(({ sku }) => sku).join()} silently`).toMatch(
    /Cancelled|left out|leaves your order empty|not on sale|out of stock/,
  );
}

/** Orders that need no question: a cart from the catalogue, into nothing that is open. */
const MAY_PLACE: ReadonlySet<Condition> = new Set(['at once', 'on hold', 'with a limit that has expired']);

function expectEffect(
  effect: Effect | null,
  is: { place: boolean; cancel: boolean; store?: boolean },
  said: string,
): void {
  const allowed =
    (effect?.kind === 'place_order' && is.place) ||
    (effect?.kind === 'cancel_order' && is.cancel) ||
    (effect?.kind === 'store_order' && is.store === true);
  expect(effect === null || allowed, `${said}: moves something (${effect?.kind})`).toBe(true);
}

const isProposal = (waiting: Waiting): boolean => waiting === 'confirm_order' || waiting === 'short_of_credit';

function withoutTime({ pending, cart, cartVersion }: ConversationState): unknown {
  return { pending: pending === null ? null : { ...pending, askedAtMs: 0 }, cart, cartVersion };
}

function idsOf(reply: Reply | undefined): string[] {
  if (reply?.kind === 'buttons') return reply.buttons.map(({ id }) => id);
  return reply?.kind === 'list' ? reply.rows.map(({ id }) => id) : [];
}

/** What was asked is asked again, in the same message and with the same choices. */
function expectAskedAgain(was: Situation, heard: Heard, said: string): void {
  const before = waitingAsk(was.state, sceneOf(was.facts, heard.next));
  if (before === null) return;
  const ids = before.kind === 'buttons' ? before.buttons : before.kind === 'list' ? before.rows : [];
  expect(idsOf(heard.replies.at(-1)), `${said}: asked again`).toEqual(ids.map(({ id }) => id));
  if (before.kind === 'words') expect(heard.text, `${said}: asked again`).toContain(before.body);
}

describe('the acts', () => {
  test.each(INTENTS)('%s is what its first phrase says', (intent) => {
    const idle = situationOf('idle', 'with nothing ordered');
    const [phrase] = TYPED[intent];
    const { index } = idle.facts.catalogue;
    const cart = [{ sku: 'COKE500', quantity: 2, unit: 'case' }];
    const state = { cart: intent === 'order' ? [] : cart, lastOrder: null, pending: null, usual: [] };
    expect(parse(phrase ?? '', { index, state, language: 'en' }).intent).toBe(intent);
  });
});

describe.each(SITUATIONS)('while $waiting is waited for, $before', ({ waiting, before }) => {
  const reached = situationOf(waiting, before);

  test('is what the chat waits for', () => {
    const { pending } = reached.state;
    const kind = pending?.kind === 'question' ? `question_${pending.question.kind}` : (pending?.kind ?? null);
    expect(kind).toBe(waiting === 'idle' || waiting === 'open_cart' ? null : waiting);
  });

  test.each(CONDITIONS)('%s: every act that is typed', (condition) => {
    for (const intent of INTENTS) {
      for (const body of TYPED[intent]) {
        const was = under(condition, reached);
        const heard = hear(was, { kind: 'text', body });
        const said = `${intent} "${body}" ${condition}: ${heard.text}`;
        expectSound(was, heard, said, intent, waiting);
        const isYes = intent === 'confirm';
        const isOnTime = condition !== 'too late' && condition !== 'after an outage';
        const named = body === 'cancel order 1042' && condition !== 'after an outage';
        expectEffect(
          heard.effect,
          {
            place: isYes && isProposal(waiting) && MAY_PLACE.has(condition),
            cancel: named || (waiting === 'confirm_cancel' && isOnTime && (isYes || body === 'cancel')),
          },
          said,
        );
        if (!ASIDES.has(intent) || condition !== 'at once') continue;
        // It answers the question how much was paid.
        if (intent === 'paid' && waiting === 'claim') continue;
        if (was.state.pending !== null) expect(withoutTime(heard.next), said).toEqual(withoutTime(was.state));
        expectAskedAgain(was, heard, said);
      }
    }
  });

  test.each(CONDITIONS)('%s: every button of older messages is answered and not obeyed', (condition) => {
    for (const { act, id } of oldButtons(reached.state)) {
      const was = under(condition, reached);
      const heard = hear(was, { kind: 'tap', id, title: 'x' });
      const said = `old ${act} ${id} ${condition}: ${heard.text}`;
      expectSound(was, heard, said, `old ${act}`, waiting);
      // It names its order, and asks for no more than that its credit is kept, which the order desk judges.
      if (act !== 'keep_held') expect(heard.effect, said).toBeNull();
      // What is no longer sold leaves the cart when it is shown, and here nothing is.
      expect(heard.next.cart, said).toEqual(was.state.cart);
    }
  });

  test.each(CONDITIONS)('%s: every button on the screen', (condition) => {
    const ask = waitingAsk(reached.state, sceneOf(reached.facts, reached.state));
    const choices = ask === null ? [] : choicesOf(ask);
    for (const { id } of choices) {
      const was = under(condition, reached);
      const heard = hear(was, { kind: 'tap', id, title: 'x' });
      const [act = ''] = id.split(':');
      const said = `${id} ${condition}: ${heard.text}`;
      expectSound(was, heard, said, `tapped ${act}`, waiting);
      const isOnTime = condition !== 'too late' && condition !== 'after an outage';
      const place = act === 'confirm' && MAY_PLACE.has(condition);
      const store = (act === 'approval' || act === 'pay') && MAY_PLACE.has(condition);
      expectEffect(heard.effect, { place, store, cancel: act === 'cancel_order' && isOnTime }, said);
    }
  });

  test.each(CONDITIONS)('%s: everything else that may happen', (condition) => {
    for (const { what, event, isSilent } of happenings) {
      const was = under(condition, reached);
      const heard = hear(was, event);
      const said = `${what} ${condition}: ${heard.text}`;
      expectSound(was, heard, said, event.kind, waiting, isSilent);
      const place = event.kind === 'cart' && was.state.cart.length === 0 && condition !== 'after an outage';
      expectEffect(heard.effect, { place, cancel: false }, said);
      if (heard.effect !== null) expect(['below the minimum', 'closed'], said).not.toContain(condition);
    }
  });
});
