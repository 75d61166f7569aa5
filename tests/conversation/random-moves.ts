import type { ConversationEvent } from '../../src/conversation/types.ts';
import fc from '../support/properties.ts';
import { PRODUCTS } from './shop.ts';

/** What people write, in every act that the conversation knows, and some that it does not. */
export const PHRASES = [
  '10 case coke 500',
  '5 sugar',
  '5 sugar and 3 surf excel 1kg',
  'add 2 bags sona masoori',
  'remove maggi',
  'remove sugar',
  'change sugar to 4',
  '3 suger',
  'swap sugar for maggi',
  'change coke 500 to 3 case',
  'make it 4',
  '0 coke 500',
  '500000 case coke 500',
  '3 carton sunflower oil',
  '7 flying carpets',
  'coke 500',
  'yes',
  'no',
  '1',
  '2',
  '99',
  'cancel',
  'cancel order 1042',
  'same as last time',
  'balance',
  'statement',
  'paid 500',
  'paid',
  '5000 upi ref 123',
  'where is my order',
  'price of sugar',
  'help',
  'hi',
  'human please',
  'stop',
  'START',
  'why',
  'hindi please',
  '👍',
  '',
];

const skus = [...PRODUCTS.map(({ sku }) => sku), 'GHOST', ''];
const quantity = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(null, -1, 0.5, 1e12, Number.NaN, 1 / 3));

/** One thing that may happen next, to the chat or around it. */
export type Move =
  | { kind: 'event'; event: ConversationEvent }
  | { kind: 'tap_seen'; at: number }
  | { kind: 'answer_effect'; at: number; code: string | null }
  | { kind: 'minutes'; minutes: number; isOutage: boolean }
  | { kind: 'product'; sku: string; change: 'off' | 'on' | 'out' | 'price' }
  | { kind: 'credit'; availableMinor: bigint | null }
  | { kind: 'orders'; status: string };

const CODES = [
  'INSUFFICIENT_CREDIT',
  'CREDIT_BLOCKED',
  'CREDIT_INACTIVE',
  'CREDIT_ACCOUNT_NOT_FOUND',
  'DUPLICATE_ORDER',
  'MAX_RETRIES_EXCEEDED',
  'DATABASE_ERROR',
  'INVALID_AMOUNT',
];

/** Anything a person may send. */
export const event: fc.Arbitrary<ConversationEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PHRASES).map((body) => ({ kind: 'text' as const, body })) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }).map((body) => ({ kind: 'text' as const, body })),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }).map((id) => ({ kind: 'tap' as const, id, title: id })) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.record({ sku: fc.constantFrom(...skus), quantity }), { maxLength: 8 })
      .map((items) => ({ kind: 'cart' as const, items })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('voice', 'image', 'sticker').map((media) => ({
      kind: 'media' as const,
      media,
      file: '0192f0c1-0000-7000-8000-0000000000aa',
    })) as fc.Arbitrary<ConversationEvent>,
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'unreadable' as const, what: 'location' }) },
);

/** Anything that may happen. */
export const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: event.map((one) => ({ kind: 'event' as const, event: one })) },
  { weight: 5, arbitrary: fc.nat(30).map((at) => ({ kind: 'tap_seen' as const, at })) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('answer_effect' as const),
      at: fc.nat(3),
      code: fc.constantFrom(null, null, null, ...CODES),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('minutes' as const),
      minutes: fc.constantFrom(1, 59, 61, 600),
      isOutage: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('product' as const),
      sku: fc.constantFrom(...skus),
      change: fc.constantFrom('off', 'on', 'out', 'price'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(null, -500n, 0n, 100_000n, 8_000_000n)
      .map((availableMinor) => ({ kind: 'credit' as const, availableMinor })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('approved', 'delivered', 'cancelled', 'waiting_for_approval', 'waiting_on_credit', 'expired')
      .map((status) => ({ kind: 'orders' as const, status })),
  },
);
