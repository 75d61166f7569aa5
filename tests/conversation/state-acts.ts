/**
 * Every state that something may be heard in, and everything that may be heard, as tables that the compiler holds to the
 * types: a new kind of question, act, button or event does not compile until it stands here.
 */
import { type ButtonId, type CartButton, writeButtonId } from '../../src/conversation/button-ids.ts';
import { proposalOf } from '../../src/conversation/pending.ts';
import type {
  ConversationEvent,
  ConversationState,
  Facts,
  OpenQuestion,
  Pending,
} from '../../src/conversation/types.ts';
import type { Intent } from '../../src/parser/index.ts';
import { type Chat, chat } from './chat.ts';
import { earlierOrder, NOON } from './shop.ts';

export type Waiting = 'idle' | 'open_cart' | Exclude<Pending['kind'], 'question'> | `question_${OpenQuestion['kind']}`;

/** How a chat comes to wait for each thing, from whatever is in its cart already. */
const REACHED: Record<Waiting, (asha: Chat) => Chat> = {
  idle: (asha) => asha,
  // Only what lapsed leaves a cart without a question; then the next message shows it.
  open_cart: (asha) => asha.says('1 case coke 500'),
  confirm_order: (asha) => asha.says('add 1 case coke 500'),
  // With a cart open "cancel" means the cart; a named order is asked about where the message came late.
  confirm_cancel: (asha) => asha.afterOutageOf(61).says('cancel order 1042').later(0),
  short_of_credit: (asha) =>
    asha.account({ heldMinor: 7_910_000n, availableMinor: 90_000n }).says('add 3 case coke 500'),
  // Asked only where nothing else is: the order that was shown before has lapsed by then.
  claim: (asha) => asha.later(61).says('I have paid').later(0),
  question_product: (asha) => asha.says('5 sugar'),
  question_quantity: (asha) => asha.says('add surf excel'),
  question_unknown_product: (asha) => asha.says('5 qwrtzu'),
  question_check_quantity: (asha) => asha.says('add 9999 bag sona masoori'),
};

/** What was ordered before it came to that. */
const BEFORE = { 'with nothing ordered': [], 'with an order open': ['2 case coke 500, 3 packet maggi'] } as const;

export type Before = keyof typeof BEFORE;

/** Every state with every beginning; idle is that nothing is ordered. */
export const SITUATIONS = (Object.keys(REACHED) as Waiting[]).flatMap((waiting) =>
  (Object.keys(BEFORE) as Before[])
    .filter((before) => waiting !== 'idle' || before === 'with nothing ordered')
    .map((before) => ({ waiting, before })),
);

export type Situation = { state: ConversationState; facts: Facts };

/** Kept until there is credit for it. */
const WAITED = earlierOrder(1040, { status: 'waiting_on_credit' });

/** A chat that waits for `waiting`. */
export function situationOf(waiting: Waiting, before: Before): Situation {
  const asha = chat({ orders: [earlierOrder(1042), WAITED], policies: { quantityCap: 1000 } });
  for (const body of BEFORE[before]) asha.says(body);
  const state = REACHED[waiting](asha).state();
  return { state: waiting === 'open_cart' ? { ...state, pending: null } : state, facts: asha.facts() };
}

/** What may have changed around the chat by the time that it hears the next thing. */
export type Condition =
  | 'at once'
  | 'too late'
  | 'after an outage'
  | 'at new prices'
  | 'below the minimum'
  | 'closed'
  | 'on hold'
  | 'with a limit that has expired';
const CHANGED: Record<Condition, (facts: Facts) => Facts> = {
  'at once': (facts) => facts,
  'too late': (facts) => later(facts, 61, 61),
  'after an outage': (facts) => later(facts, 61, 0),
  'at new prices': (facts) => {
    const products = new Map(
      [...facts.catalogue.products].map(([sku, product]) => {
        const dearer = Object.entries(product.unitPricesMinor).map(([unit, price]) => [unit, price + 100n] as const);
        return [sku, { ...product, unitPricesMinor: Object.fromEntries(dearer) }] as const;
      }),
    );
    return { ...facts, catalogue: { ...facts.catalogue, products } };
  },
  'below the minimum': (facts) => withPolicies(facts, { minimumOrderMinor: 1_000_000_000 }),
  closed: (facts) =>
    withPolicies(facts, { outsideHours: 'refuse', openingHours: { sun: [{ from: '08:00', to: '09:00' }] } }),
  'on hold': (facts) => ({ ...facts, account: facts.account && { ...facts.account, status: 'blocked' } }),
  'with a limit that has expired': (facts) => ({
    ...facts,
    account: facts.account && { ...facts.account, limitValidUntil: new Date(facts.now.getTime() - 1) },
  }),
};
export const CONDITIONS = Object.keys(CHANGED) as Condition[];

export function under(condition: Condition, { state, facts }: Situation): Situation {
  return { state, facts: CHANGED[condition]({ ...facts, freshOrderId: 'fresh-now' }) };
}

function later(facts: Facts, nowMinutes: number, sentMinutes: number): Facts {
  const after = (date: Date, minutes: number) => new Date(date.getTime() + minutes * 60_000);
  return { ...facts, now: after(facts.now, nowMinutes), sentAt: after(facts.sentAt, sentMinutes) };
}

function withPolicies(facts: Facts, policies: Partial<Facts['wholesaler']['policies']>): Facts {
  const { wholesaler } = facts;
  return { ...facts, wholesaler: { ...wholesaler, policies: { ...wholesaler.policies, ...policies } } };
}

/** Every act as somebody types it; the first of each is read as that act also by itself. */
export const TYPED: Record<Intent, readonly string[]> = {
  order: ['3 bag sona masoori', '5 sugar'],
  add: ['add 2 case coke 500'],
  remove: ['remove coke 500', 'remove maggi'],
  change: ['change coke 500 to 7 case'],
  repeat: ['same as last time', 'same as last time but 3 coke 500'],
  confirm: ['yes', 'haan', '👍'],
  decline: ['no'],
  cancel: ['cancel', 'cancel order 1042', 'cancel order 999'],
  balance: ['balance'],
  statement: ['statement'],
  paid: ['paid 5000 by UPI, ref 123'],
  status: ['where is my order'],
  query: ['price of sugar 1kg'],
  help: ['help'],
  greeting: ['hello'],
  human: ['I want to talk to a person'],
  language: ['language', 'hindi please'],
  why: ['why was it refused'],
  unknown: ['qwrtz plmk', '🙂', '', '2', '99', '0', '-3'],
};

/** Acts that only want to know. What was asked is asked again, and nothing changes. */
export const ASIDES: ReadonlySet<Intent> = new Set([
  'balance',
  'statement',
  'paid',
  'status',
  'query',
  'help',
  'greeting',
  'human',
  'language',
  'why',
]);

const LINK = '01890000-0000-7000-8000-000000000000';

/** Buttons of messages that are not the newest any more, by what they do. */
const OLD: Record<ButtonId['act'], (state: ConversationState) => ButtonId[]> = {
  confirm: (state) => oldProposal('confirm', state),
  change: (state) => oldProposal('change', state),
  cancel: (state) => oldProposal('cancel', state),
  fit: (state) => oldProposal('fit', state),
  approval: (state) => oldProposal('approval', state),
  pay: (state) => oldProposal('pay', state),
  choose: ({ cartVersion }) => [{ act: 'choose', cartVersion: cartVersion + 1, choice: 1 }],
  accept: ({ cartVersion }) => [{ act: 'accept', cartVersion: cartVersion + 1 }],
  leave_out: ({ cartVersion }) => [{ act: 'leave_out', cartVersion: cartVersion + 1 }],
  cancel_order: () => [{ act: 'cancel_order', orderId: 'order-gone' }],
  keep_order: () => [{ act: 'keep_order', orderId: 'order-gone' }],
  take_up: () => [
    { act: 'take_up', orderId: 'order-gone' },
    { act: 'take_up', orderId: 'order-1042' },
  ],
  order_again: () => [
    { act: 'order_again', number: 999 },
    { act: 'order_again', number: 1042 },
  ],
  keep_held: () => [{ act: 'keep_held', orderId: 'order-1042' }],
  approve: () => [{ act: 'approve', approvalId: LINK }],
  reject: () => [{ act: 'reject', approvalId: LINK }],
  ask: () => [
    { act: 'ask', what: 'statement' },
    { act: 'ask', what: 'human' },
  ],
  slip: () => [{ act: 'slip', photo: LINK }],
  no_slip: () => [{ act: 'no_slip', photo: LINK }],
  product: () => [
    { act: 'product', sku: 'SONA25' },
    { act: 'product', sku: 'GONE' },
  ],
  products: () => [
    { act: 'products', from: 0, words: '' },
    { act: 'products', from: 9_999, words: 'nothing of ours' },
  ],
  own_link: () => [{ act: 'own_link', linkId: LINK }],
  foreign_link: () => [{ act: 'foreign_link', linkId: LINK }],
  language: () => [{ act: 'language', language: 'es' }],
};

export function oldButtons(state: ConversationState): { act: ButtonId['act']; id: string }[] {
  const acts = Object.keys(OLD) as ButtonId['act'][];
  return acts.flatMap((act) => OLD[act](state).map((button) => ({ act, id: writeButtonId(button) })));
}

function oldProposal(act: CartButton['act'], { cartVersion, pending }: ConversationState): ButtonId[] {
  const orderId = proposalOf({ pending })?.orderId ?? 'order-gone';
  return [
    { act, cartVersion: cartVersion + 1, orderId },
    { act, cartVersion, orderId: 'order-gone' },
    // Of the order that is placed already.
    { act, cartVersion, orderId: 'order-1042' },
  ];
}

type Happening = { what: string; event: ConversationEvent; isSilent?: true };
type Kind = ConversationEvent['kind'];
const loud = (kind: Kind, ...events: ConversationEvent[]): Happening[] =>
  events.map((event, at) => ({ what: `${kind} ${at + 1}`, event }));
/** Documented silences: news for a shop whose chat this is not, or about an order that is decided by now. */
const silent = (kind: Kind, ...events: ConversationEvent[]): Happening[] =>
  events.map((event, at) => ({ what: `${kind} of others ${at + 1}`, event, isSilent: true }));

const lapsed = { kind: 'hold_lapsed', number: 1042, amountMinor: 432_000n, currency: 'INR', isRest: false } as const;
const amountMinor = 432_000n;
const bounced = { kind: 'payment_bounced', amountMinor, receivedAt: NOON } as const;
const waited = { orderId: 'order-1040', number: 1040, amountMinor, currency: 'INR' } as const;

const claim = {
  kind: 'claim_payment',
  completes: null,
  amountMinor,
  method: 'upi',
  reference: '123',
  photo: null,
} as const;
const receipt = {
  kind: 'payment_recorded',
  currency: 'INR',
  amountMinor,
  method: 'upi',
  reference: '123',
  debts: [{ orderNumber: 1042, amountMinor, restMinor: 0n }],
  debtsLeftOut: 0,
  keptMinor: 0n,
  owedMinor: 0n,
  availableMinor: 1n,
} as const;
const refusedClaim = {
  kind: 'claim_refused',
  currency: 'INR',
  amountMinor,
  reference: null,
  reason: 'not found',
} as const;

const goods = [{ name: 'Coca-Cola 500ml', unit: 'case', quantityMilli: 10_000 }];
const part = {
  kind: 'order_delivered',
  currency: 'INR',
  number: 1042,
  outcome: 'rest_kept',
  amountMinor,
  dueOn: '2026-12-15',
  restMinor: 1n,
  came: goods,
  cameLeftOut: 0,
  missing: goods,
  missingLeftOut: 2,
  owedMinor: amountMinor,
  availableMinor: 1n,
} as const;
const whole = {
  ...part,
  outcome: 'whole',
  restMinor: 0n,
  dueOn: null,
  came: [],
  missing: [],
  missingLeftOut: 0,
} as const;
const released = { ...part, outcome: 'rest_released', came: [], missing: [], missingLeftOut: 0 } as const;

const taken = {
  kind: 'order_cancelled',
  currency: 'INR',
  number: 1042,
  amountMinor,
  reason: 'out of stock.',
  releasedMinor: amountMinor,
  availableMinor: 1n,
} as const;

/** Everything that is neither typed nor tapped. */
const HAPPENINGS: Record<Kind, Happening[]> = {
  // The rest of what is typed goes by its act; these are no acts of the parser's.
  text: loud('text', { kind: 'text', body: 'STOP' }, { kind: 'text', body: 'START' }),
  tap: [],
  cart: loud(
    'cart',
    { kind: 'cart', items: [{ sku: 'SONA25', quantity: 2 }] },
    { kind: 'cart', items: [{ sku: 'GHOST', quantity: 2 }] },
    { kind: 'cart', items: [{ sku: 'SONA25', quantity: null }] },
    { kind: 'cart', items: [] },
  ),
  media: loud(
    'media',
    ...(['voice', 'audio', 'image', 'video', 'document', 'sticker'] as const).map((media) => ({
      kind: 'media' as const,
      media,
    })),
  ),
  unreadable: loud(
    'unreadable',
    ...['location', 'contacts', 'edit', 'revoke', 'order', 'button', 'text.too_long', 'of tomorrow'].map((what) => ({
      kind: 'unreadable' as const,
      what,
    })),
  ),
  order_answered: loud(
    'order_answered',
    {
      kind: 'order_answered',
      answer: { placed: true, replayed: true, orderId: 'order-1042', number: 1042, amountMinor, availableMinor: 0n },
    },
    {
      kind: 'order_answered',
      answer: {
        placed: false,
        orderId: 'order-gone',
        amountMinor,
        code: 'INSUFFICIENT_CREDIT',
        account: null,
        shortByMinor: 1n,
        retryable: false,
      },
    },
  ),
  cancel_answered: loud(
    'cancel_answered',
    {
      kind: 'cancel_answered',
      answer: { cancelled: true, orderId: 'order-1042', number: 1042, releasedMinor: 1n, availableMinor: 2n },
    },
    {
      kind: 'cancel_answered',
      answer: { cancelled: false, orderId: 'order-1042', number: 1042, because: 'delivered' },
    },
  ),
  order_stored: loud('order_stored', {
    kind: 'order_stored',
    answer: { orderId: 'order-gone', number: 1050, amountMinor, status: 'waiting_for_approval' },
  }),
  order_fits: [
    ...loud('order_fits', { ...waited, kind: 'order_fits', retailerId: 'asha' }),
    ...silent(
      'order_fits',
      { ...waited, kind: 'order_fits', retailerId: 'another' },
      { ...waited, kind: 'order_fits', retailerId: 'asha', orderId: 'order-1042' },
    ),
  ],
  wait_lapsed: [
    ...loud('wait_lapsed', { ...waited, kind: 'wait_lapsed', retailerId: 'asha' }),
    ...silent('wait_lapsed', { ...waited, kind: 'wait_lapsed', retailerId: 'another' }),
  ],
  handed_back: loud('handed_back', { kind: 'handed_back', isLate: false }, { kind: 'handed_back', isLate: true }),
  // Said to whoever has no shop alone.
  registration_refused: silent('registration_refused', { kind: 'registration_refused' }),
  // To somebody who approves nothing; approvers have tests of their own.
  approval_asked: silent('approval_asked', { kind: 'approval_asked', approvalId: LINK }),
  approval_lapsed: silent('approval_lapsed', { kind: 'approval_lapsed', number: 1040, shop: 'Bela' }),
  approval_answered: silent('approval_answered', {
    kind: 'approval_answered',
    answer: { kind: 'not_found', approvalId: LINK },
  }),
  approval_decided: [
    ...loud(
      'approval_decided',
      ...(['approved', 'rejected', 'refused', 'expired'] as const).map((outcome) => ({
        ...waited,
        kind: 'approval_decided' as const,
        retailerId: 'asha',
        outcome,
        availableMinor: null,
      })),
    ),
    ...silent('approval_decided', {
      ...waited,
      kind: 'approval_decided',
      retailerId: 'another',
      outcome: 'approved',
      availableMinor: 0n,
    }),
  ],
  keep_answered: loud('keep_answered', {
    kind: 'keep_answered',
    answer: { kept: false, number: 1042 },
  }),
  notice: [
    ...loud('notice', { kind: 'notice', retailerId: 'asha', notice: bounced }),
    ...silent(
      'notice',
      { kind: 'notice', retailerId: 'another', notice: bounced },
      // The limit is another one again by now.
      { kind: 'notice', retailerId: 'asha', notice: { kind: 'limit_changed', limitMinor: 1n, beforeMinor: 2n } },
    ),
  ],
  claim_answered: loud(
    'claim_answered',
    { kind: 'claim_answered', claim, answer: { kind: 'noted', claimId: LINK } },
    { kind: 'claim_answered', claim, answer: { kind: 'again', claimId: LINK, state: 'open', claimedAt: NOON } },
  ),
  payment_recorded: [
    ...loud('payment_recorded', { ...receipt, debts: [...receipt.debts], retailerId: 'asha' }),
    ...silent('payment_recorded', { ...receipt, debts: [...receipt.debts], retailerId: 'another' }),
  ],
  claim_refused: [
    ...loud('claim_refused', { ...refusedClaim, retailerId: 'asha' }),
    ...silent('claim_refused', { ...refusedClaim, retailerId: 'another' }),
  ],
  order_delivered: [
    ...loud('order_delivered', ...[whole, part, released].map((news) => ({ ...news, retailerId: 'asha' }))),
    ...silent('order_delivered', { ...part, retailerId: 'another' }),
  ],
  order_cancelled: [
    ...loud(
      'order_cancelled',
      { ...taken, retailerId: 'asha' },
      { ...taken, retailerId: 'asha', releasedMinor: null, availableMinor: null },
    ),
    ...silent('order_cancelled', { ...taken, retailerId: 'another' }),
  ],
  looked_up: loud('looked_up', { kind: 'looked_up', found: [{ kind: 'dues', dues: null }] }),
  hold_lapsed: [
    ...loud('hold_lapsed', { ...lapsed, retailerId: 'asha' }),
    ...silent('hold_lapsed', { ...lapsed, retailerId: 'another' }),
  ],
  link_asked: loud('link_asked', { kind: 'link_asked', linkId: LINK }),
  link_answered: loud(
    'link_answered',
    ...(['confirmed', 'refused', 'not_found', 'already', 'needs_staff'] as const).map((outcome) => ({
      kind: 'link_answered' as const,
      outcome,
    })),
  ),
  link_decided: [
    ...loud('link_decided', { kind: 'link_decided', confirmed: true, retailerId: 'asha' }),
    ...silent(
      'link_decided',
      { kind: 'link_decided', confirmed: true, retailerId: 'another' },
      { kind: 'link_decided', confirmed: false, retailerId: 'asha' },
    ),
  ],
  registered: [
    ...loud('registered', { kind: 'registered', retailerId: 'asha' }),
    ...silent('registered', { kind: 'registered', retailerId: 'another' }),
  ],
  phone_kept: loud('phone_kept', { kind: 'phone_kept' }),
  phone_given: loud('phone_given', { kind: 'phone_given' }),
};
export const happenings: readonly Happening[] = Object.values(HAPPENINGS).flat();
