import { expect } from 'vitest';
import { readState } from '../../src/conversation/state.ts';
import { transition } from '../../src/conversation/transition.ts';
import type {
  AccountFigures,
  ApprovalAnswer,
  CancelAnswer,
  ConversationEvent,
  ConversationState,
  Effect,
  Facts,
  KeepAnswer,
  OrderAnswer,
  OrderStored,
  OrderSummary,
  Step,
} from '../../src/conversation/types.ts';
import { type Reply, wordsOf } from '../../src/outbox/index.ts';
import { type Books, CLAIM_ID, foundFor } from './books.ts';
import { expectWithinLimits } from './limits.ts';
import { factsFor, type ShopOptions } from './shop.ts';

type CartItems = Extract<ConversationEvent, { kind: 'cart' }>['items'];

export type Chat = ReturnType<typeof chat>;

/**
 * A whole chat in memory: it plays the shell around the pure transition, with a ledger just good enough to answer orders
 * and cancellations. Every state on the way passes through the schema, as it would through its database row.
 */
export function chat(options: ShopOptions = {}) {
  let state: ConversationState = readState(null);
  let facts: Facts = factsFor(options);
  let replies: Reply[] = [];
  let lastStep: Step | null = null;
  let made = 0;
  const effects: Effect[] = [];
  let books: Books = {};
  let nextRefusal: { code: string; retryable: boolean } | null = null;

  function decide(event: ConversationEvent): Step {
    made += 1;
    facts = { ...facts, freshOrderId: `fresh-${made}` };
    const before = JSON.stringify(state);
    const step = transition(state, event, facts);
    expect(JSON.stringify(state), 'a transition leaves the state it was given alone').toBe(before);
    state = readState(JSON.parse(JSON.stringify(step.next)));
    expect(state, 'a state survives its row').toEqual(step.next);
    lastStep = step;
    return step;
  }

  function hear(event: ConversationEvent): void {
    const step = decide(event);
    replies = [...step.replies];
    expectWithinLimits(replies);
    if (step.effect === null) return;
    effects.push(step.effect);
    replies.push(...decide(carryOut(step.effect)).replies);
    expectWithinLimits(replies);
  }

  function carryOut(effect: Effect): ConversationEvent {
    switch (effect.kind) {
      case 'place_order':
        return { kind: 'order_answered', answer: place(effect) };
      case 'cancel_order':
        return { kind: 'cancel_answered', answer: cancel(effect.orderId) };
      case 'store_order':
        return { kind: 'order_stored', answer: store(effect) };
      case 'keep_held':
        return { kind: 'keep_answered', answer: keep(effect.orderId) };
      case 'claim_payment':
        return { kind: 'claim_answered', claim: effect, answer: books.claim ?? { kind: 'noted', claimId: CLAIM_ID } };
      case 'decide_approval':
        return { kind: 'approval_answered', answer: decideRequest(effect) };
      case 'look_up':
        return { kind: 'looked_up', found: effect.lookUps.map((asked) => foundFor(asked, facts, books)) };
    }
  }

  function keep(orderId: string): KeepAnswer {
    const order = facts.orders.find(({ id, status }) => id === orderId && status === 'approved');
    if (order === undefined) return { kept: false, number: null };
    return { kept: true, number: order.number, until: new Date(facts.now.getTime() + 72 * 3_600_000) };
  }

  function place(effect: Extract<Effect, { kind: 'place_order' }>): OrderAnswer {
    const { orderId, amountMinor } = effect;
    const { account } = facts;
    const refuse = (code: string, retryable: boolean): OrderAnswer => {
      const short = account === null ? null : amountMinor - account.availableMinor;
      return { placed: false, orderId, amountMinor, code, account, shortByMinor: short, retryable };
    };
    if (nextRefusal !== null) {
      const { code, retryable } = nextRefusal;
      nextRefusal = null;
      return refuse(code, retryable);
    }
    if (account === null) return refuse('CREDIT_ACCOUNT_NOT_FOUND', false);
    if (account.status === 'blocked') return refuse('CREDIT_BLOCKED', false);
    if (account.availableMinor < amountMinor) return refuse('INSUFFICIENT_CREDIT', false);
    hold(amountMinor);
    const number = effect.waitedNumber ?? 1042 + facts.orders.length;
    const order: OrderSummary = {
      id: orderId,
      number,
      status: 'approved',
      amountMinor,
      placedAt: facts.now,
      lines: effect.lines.map(({ sku, name, unit, quantityMilli }) => ({ sku, name, unit, quantityMilli })),
    };
    facts = { ...facts, orders: [order, ...facts.orders.filter(({ id }) => id !== orderId)].slice(0, 5) };
    const availableMinor = facts.account?.availableMinor ?? 0n;
    return { placed: true, replayed: false, orderId, number, amountMinor, availableMinor };
  }

  function store({ orderId, status, amountMinor, lines }: Extract<Effect, { kind: 'store_order' }>): OrderStored {
    const known = facts.orders.find(({ id }) => id === orderId);
    if (known !== undefined) return { orderId, number: known.number, amountMinor, status: known.status };
    const number = 1042 + facts.orders.length;
    const kept = lines.map(({ sku, name, unit, quantityMilli }) => ({ sku, name, unit, quantityMilli }));
    const order: OrderSummary = { id: orderId, number, status, amountMinor, placedAt: facts.now, lines: kept };
    facts = { ...facts, orders: [order, ...facts.orders] };
    return { orderId, number, amountMinor, status };
  }

  function decideRequest({ approvalId, approve }: Extract<Effect, { kind: 'decide_approval' }>): ApprovalAnswer {
    const asked = facts.approvals.find(({ id }) => id === approvalId);
    if (asked === undefined) return { kind: 'not_found', approvalId };
    facts = { ...facts, approvals: facts.approvals.filter((one) => one !== asked) };
    const { orderId, number, shop, amountMinor } = asked;
    const about = { approvalId, orderId, number, shop, amountMinor };
    return approve ? { kind: 'approved', ...about, availableMinor: 0n } : { kind: 'rejected', ...about };
  }

  function cancel(orderId: string): CancelAnswer {
    const order = facts.orders.find(({ id }) => id === orderId);
    if (order === undefined) return { cancelled: false, orderId, number: null, because: 'not_found' };
    const { number } = order;
    if (order.status === 'delivered') return { cancelled: false, orderId, number, because: 'delivered' };
    if (order.status === 'waiting_for_approval' || order.status === 'waiting_on_credit') {
      setStatus(number, 'cancelled');
      return { cancelled: true, orderId, number, releasedMinor: 0n, availableMinor: null };
    }
    if (order.status !== 'approved') return { cancelled: false, orderId, number, because: 'already_closed' };
    hold(-order.amountMinor);
    setStatus(number, 'cancelled');
    const availableMinor = facts.account?.availableMinor ?? 0n;
    return { cancelled: true, orderId, number, releasedMinor: order.amountMinor, availableMinor };
  }

  function hold(amountMinor: bigint): void {
    const { account } = facts;
    if (account === null) return;
    const heldMinor = account.heldMinor + amountMinor;
    facts = { ...facts, account: { ...account, heldMinor, availableMinor: account.availableMinor - amountMinor } };
  }

  function setStatus(number: number, status: string): void {
    facts = { ...facts, orders: facts.orders.map((one) => (one.number === number ? { ...one, status } : one)) };
  }

  function text(): string {
    return replies.map(wordsOf).join('\n---\n');
  }

  const self = {
    says(body: string) {
      hear({ kind: 'text', body });
      return self;
    },
    /** Swipes a message of ours, or one that we do not know, and answers it. */
    answers(shown: readonly Reply[] | null, body: string) {
      const choices = (shown ?? []).flatMap((reply) =>
        reply.kind === 'buttons' ? reply.buttons : reply.kind === 'list' ? reply.rows : [],
      );
      const ours = {
        body: (shown ?? []).map(wordsOf).join('\n'),
        choices: choices.map(({ id }) => id),
        isNewest: shown === replies,
      };
      facts = { ...facts, quoted: { wamid: 'wamid.older', ours: shown === null ? null : ours } };
      hear({ kind: 'text', body });
      facts = { ...facts, quoted: null };
      return self;
    },
    taps(title: string | RegExp) {
      return self.tapsId(self.idOf(title));
    },
    tapsId(id: string) {
      hear({ kind: 'tap', id, title: 'whatever the phone shows' });
      return self;
    },
    sendsCart(items: CartItems) {
      hear({ kind: 'cart', items });
      return self;
    },
    sends(event: ConversationEvent) {
      hear(event);
      return self;
    },
    hears(...patterns: (RegExp | string)[]) {
      for (const pattern of patterns) {
        if (typeof pattern === 'string') expect(text()).toContain(pattern);
        else expect(text()).toMatch(pattern);
      }
      return self;
    },
    hearsExactly(body: string) {
      expect(text()).toBe(body);
      return self;
    },
    doesNotHear(pattern: RegExp) {
      expect(text()).not.toMatch(pattern);
      return self;
    },
    hearsMessages(count: number) {
      expect(replies, text()).toHaveLength(count);
      return self;
    },
    /** The titles of the buttons or rows under the last message, all of them and in order. */
    offers(...titles: (string | RegExp)[]) {
      const shown = choices().map(({ title }) => title);
      expect(shown).toEqual(titles.map((title) => (typeof title === 'string' ? title : expect.stringMatching(title))));
      return self;
    },
    idOf(title: string | RegExp): string {
      const found = choices().find((one) => (typeof title === 'string' ? one.title === title : title.test(one.title)));
      expect(found, `a choice ${title} under: ${text()}`).toBeDefined();
      return found?.id ?? '';
    },
    /** Time passes; the next message is sent at the new time. */
    later(minutes: number) {
      const now = new Date(facts.now.getTime() + minutes * 60_000);
      facts = { ...facts, now, sentAt: now };
      return self;
    },
    /** We were down: the next messages were sent now and are read only after so many minutes. */
    afterOutageOf(minutes: number) {
      facts = { ...facts, now: new Date(facts.now.getTime() + minutes * 60_000) };
      return self;
    },
    withFacts(change: (facts: Facts) => Facts) {
      facts = change(facts);
      return self;
    },
    product(sku: string, change: object) {
      const products = new Map(facts.catalogue.products);
      const product = products.get(sku);
      if (product === undefined) throw new Error(`no product ${sku} in the shop`);
      products.set(sku, { ...product, ...change });
      facts = { ...facts, catalogue: { ...facts.catalogue, products } };
      return self;
    },
    account(change: Partial<AccountFigures>) {
      if (facts.account !== null) facts = { ...facts, account: { ...facts.account, ...change } };
      return self;
    },
    /** What the ledger shows when it is asked. */
    books(shown: Books) {
      books = { ...books, ...shown };
      return self;
    },
    order(number: number, status: string) {
      setStatus(number, status);
      return self;
    },
    nextOrderIsRefused(code: string, retryable = false) {
      nextRefusal = { code, retryable };
      return self;
    },
    claimed: () => effects.filter((effect) => effect.kind === 'claim_payment'),
    effects: (): readonly Effect[] => effects,
    placed: () => effects.filter((effect) => effect.kind === 'place_order'),
    cancelled: () => effects.filter((effect) => effect.kind === 'cancel_order'),
    state: () => state,
    facts: () => facts,
    step: () => lastStep,
    replies: () => replies,
    text,
  };

  function choices(): { id: string; title: string }[] {
    const last = replies.at(-1);
    if (last?.kind === 'buttons') return last.buttons;
    return last?.kind === 'list' ? last.rows : [];
  }

  return self;
}
