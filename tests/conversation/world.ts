import { expect } from 'vitest';
import { aliasesUsed } from '../../src/conversation/learning.ts';
import { conversationStateSchema, initialState } from '../../src/conversation/state.ts';
import { transition } from '../../src/conversation/transition.ts';
import type { ConversationEvent, ConversationState, Effect, Facts, Step } from '../../src/conversation/types.ts';
import { type Reply, wordsOf } from '../../src/outbox/index.ts';
import { CLAIM_ID, foundFor } from './books.ts';
import { expectWithinLimits, readFigures } from './limits.ts';
import type { Move } from './random-moves.ts';
import { ACCOUNT, earlierOrder, factsFor } from './shop.ts';

/** A world that random moves act on. Every decision in it is held against what must always be true. */
export class World {
  state: ConversationState = initialState();
  facts: Facts = factsFor({
    orders: [earlierOrder(1042)],
    learned: [
      { words: 'sugar', sku: 'SUGAR50' },
      { words: 'flying carpets', sku: 'GHOST' },
    ],
  });
  seen: string[] = [];
  waiting: Effect[] = [];
  made = 0;

  act(move: Move): void {
    switch (move.kind) {
      case 'event':
        this.hear(move.event);
        break;
      case 'tap_seen':
        this.hear({ kind: 'tap', id: pick(this.seen.toReversed(), move.at) ?? 'none', title: 'x' });
        break;
      case 'answer_effect':
        this.answerEffect(move.at, move.code);
        break;
      case 'minutes': {
        const now = new Date(this.facts.now.getTime() + move.minutes * 60_000);
        this.facts = { ...this.facts, now, sentAt: move.isOutage ? this.facts.sentAt : now };
        break;
      }
      case 'product':
        this.changeProduct(move.sku, move.change);
        break;
      case 'credit': {
        const { availableMinor } = move;
        this.facts = { ...this.facts, account: availableMinor === null ? null : { ...ACCOUNT, availableMinor } };
        break;
      }
      case 'orders':
        this.facts = { ...this.facts, orders: this.facts.orders.map((one) => ({ ...one, status: move.status })) };
        break;
    }
  }

  private hear(heard: ConversationEvent): void {
    this.made += 1;
    this.facts = { ...this.facts, freshOrderId: `fresh-${this.made}` };
    const step = transition(this.state, heard, this.facts);
    expect(transition(this.state, heard, this.facts), 'the same arguments decide the same').toEqual(step);
    const used = { ...this.facts, learned: aliasesUsed(step.parsed, this.facts.learned) };
    expect(transition(this.state, heard, used), 'what the trace keeps is enough to decide again').toEqual(step);
    conversationStateSchema.parse(step.next);
    expectWithinLimits(step.replies);
    expectFigures(step.replies, this.facts);
    expect(step.replies.length > 0 || step.effect !== null, 'nobody is left without an answer').toBe(true);
    if (step.effect?.kind === 'place_order') expectOrderAddsUp(step.effect);
    expectLessons(step, heard);
    if (step.effect !== null) this.waiting.push(step.effect);
    this.seen.push(...step.replies.flatMap(idsOf));
    this.state = step.next;
  }

  private answerEffect(at: number, code: string | null): void {
    const effect = pick(this.waiting, at);
    if (effect === undefined) return;
    this.waiting = this.waiting.filter((other) => other !== effect);
    this.hear(answerTo(effect, code, this.facts));
  }

  private changeProduct(sku: string, change: 'off' | 'on' | 'out' | 'price'): void {
    const products = new Map(this.facts.catalogue.products);
    const product = products.get(sku);
    if (product === undefined) return;
    const dearer = Object.entries(product.unitPricesMinor).map(([unit, price]) => [unit, price + 100n] as const);
    const changes = {
      off: { active: false },
      on: { active: true, stock: 'in' as const },
      out: { stock: 'out' as const },
      price: { unitPricesMinor: Object.fromEntries(dearer) },
    };
    products.set(sku, { ...product, ...changes[change] });
    this.facts = { ...this.facts, catalogue: { ...this.facts.catalogue, products } };
  }
}

function pick<T>(items: readonly T[], at: number): T | undefined {
  return items[at % Math.max(1, items.length)];
}

function idsOf(reply: Reply): string[] {
  if (reply.kind === 'buttons') return reply.buttons.map(({ id }) => id);
  return reply.kind === 'list' ? reply.rows.map(({ id }) => id) : [];
}

function expectFigures(replies: readonly Reply[], facts: Facts): void {
  const figures = readFigures(replies.map(wordsOf).join('\n'));
  if (figures === null) return;
  expect(figures.lines.reduce((sum, line) => sum + line, 0n)).toBe(figures.total);
  if (figures.left !== null) expect(figures.left + figures.total).toBe(facts.account?.availableMinor);
}

/** Only a placed order teaches, and words stand for one product at a time. */
function expectLessons({ lessons, next }: Step, heard: ConversationEvent): void {
  const isPlaced = heard.kind === 'order_answered' && heard.answer.placed;
  if (!isPlaced) expect(lessons).toBeUndefined();
  const words = next.choices.map((choice) => choice.words);
  expect(new Set(words).size).toBe(words.length);
}

function expectOrderAddsUp({ lines, amountMinor }: Extract<Effect, { kind: 'place_order' }>): void {
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.reduce((sum, line) => sum + line.totalMinor, 0n)).toBe(amountMinor);
}

function answerTo(effect: Effect, code: string | null, facts: Facts): ConversationEvent {
  if (effect.kind === 'look_up') {
    return { kind: 'looked_up', found: effect.lookUps.map((asked) => foundFor(asked, facts)) };
  }
  if (effect.kind === 'claim_payment') {
    const noted = { kind: 'noted' as const, claimId: CLAIM_ID };
    const again = { kind: 'again' as const, claimId: CLAIM_ID, state: 'open' as const, claimedAt: facts.now };
    return { kind: 'claim_answered', claim: effect, answer: code === null ? noted : again };
  }
  if (effect.kind === 'decide_approval') {
    const { approvalId } = effect;
    return { kind: 'approval_answered', answer: { kind: 'not_found', approvalId } };
  }
  const { orderId } = effect;
  if (effect.kind === 'store_order') {
    const { amountMinor, status } = effect;
    return { kind: 'order_stored', answer: { orderId, number: 7, amountMinor, status } };
  }
  if (effect.kind === 'cancel_order') {
    return {
      kind: 'cancel_answered',
      answer:
        code === null
          ? { cancelled: true, orderId, number: 7, releasedMinor: 5n, availableMinor: 10n }
          : { cancelled: false, orderId, number: null, because: 'already_closed' },
    };
  }
  if (effect.kind === 'keep_held') {
    const kept = { kept: true, number: 7, until: facts.now } as const;
    return { kind: 'keep_answered', answer: code === null ? kept : { kept: false, number: null } };
  }
  const { amountMinor } = effect;
  return {
    kind: 'order_answered',
    answer:
      code === null
        ? { placed: true, replayed: false, orderId, number: 7, amountMinor, availableMinor: 10n }
        : { placed: false, orderId, amountMinor, code, account: facts.account, shortByMinor: 1n, retryable: false },
  };
}
