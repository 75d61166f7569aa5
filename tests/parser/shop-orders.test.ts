/** Order messages as shops type them, on two trades that share no product and hardly a unit name. */
import { describe, expect, it } from 'vitest';
import { type ParserState, parse } from '../../src/parser/index.ts';
import { emptyState, grocery, hardware, type Shop, shops } from './shops.ts';

type Short = [sku: string, quantity: number | null, unit: string | null];
type Case = {
  says: string;
  state?: Partial<ParserState>;
  intent: string;
  lines?: Short[];
  asks?: Array<[string, string[]]>;
};

const cart = (...lines: Array<[string, number, string | null]>): ParserState['cart'] =>
  lines.map(([sku, quantity, unit]) => ({ sku, quantity, unit }));

function orders(shop: Shop): Case[] {
  const { a, b, c, family, loose, numbered, joined } = shop;
  const { small, large } = family;
  const plain: Short[] = [
    [a.sku, 2, a.outer],
    [b.sku, 1, b.outer],
  ];
  const both = [small.sku, large.sku];
  return [
    // Quantities before, after, marked and spelled.
    { says: `10 ctn ${small.full}`, intent: 'order', lines: [[small.sku, 10, a.outer]] },
    { says: `${small.full} - 2 ctn`, intent: 'order', lines: [[small.sku, 2, a.outer]] },
    { says: `20x ${a.say}`, intent: 'order', lines: [[a.sku, 20, null]] },
    { says: `${large.full} x 10`, intent: 'order', lines: [[large.sku, 10, null]] },
    {
      says: `${a.say}*5,${b.say}*3`,
      intent: 'order',
      lines: [
        [a.sku, 5, null],
        [b.sku, 3, null],
      ],
    },
    { says: `${a.say} twenty five pcs`, intent: 'order', lines: [[a.sku, 25, a.single]] },
    { says: `need a dozen ${c.say}`, intent: 'order', lines: [[c.sku, 12, c.single]] },
    {
      says: `half dozen ${c.say} and 2 dozen ${a.say}`,
      intent: 'order',
      lines: [
        [c.sku, 6, c.single],
        [a.sku, 24, a.single],
      ],
    },
    { says: `a couple cases of ${a.say}`, intent: 'order', lines: [[a.sku, 2, a.outer]] },
    { says: `1.5 ctn ${a.say}`, intent: 'order', lines: [[a.sku, 1.5, a.outer]] },
    { says: `2 1/2 ctn ${a.say}`, intent: 'order', lines: [[a.sku, 2.5, a.outer]] },
    { says: `half a carton of ${a.say}`, intent: 'order', lines: [[a.sku, 0.5, a.outer]] },
    { says: `two and a half cartons ${a.say}`, intent: 'order', lines: [[a.sku, 2.5, a.outer]] },
    { says: `½ ctn ${a.say}`, intent: 'order', lines: [[a.sku, 0.5, a.outer]] },
    { says: `${a.say} ctn 5`, intent: 'order', lines: [[a.sku, 5, a.outer]] },
    // Separators.
    { says: `${a.say} 2 ctn, ${b.say} 1 ctn`, intent: 'order', lines: plain },
    { says: `${a.say} 2 ctn\n${b.say} 1 ctn`, intent: 'order', lines: plain },
    { says: `${a.say} 2 ctn; ${b.say} 1 ctn`, intent: 'order', lines: plain },
    { says: `${a.say} 2 ctn + ${b.say} 1 ctn`, intent: 'order', lines: plain },
    { says: `2 ctn ${a.say} & 1 ctn ${b.say}`, intent: 'order', lines: plain },
    { says: `2 ctn ${a.say} n 1 ctn ${b.say}`, intent: 'order', lines: plain },
    { says: `2 ctn ${a.say} 1 ctn ${b.say}`, intent: 'order', lines: plain },
    { says: `${a.say} 2 ctn ${b.say} 1 ctn`, intent: 'order', lines: plain },
    { says: `1. ${a.say} 2 ctn 2. ${b.say} 1 ctn`, intent: 'order', lines: plain },
    { says: `1) ${a.say} 2 ctn\n2) ${b.say} 1 ctn`, intent: 'order', lines: plain },
    { says: `• ${a.say} - 2 ctn\n• ${b.say} - 1 ctn`, intent: 'order', lines: plain },
    { says: `🛒 ${a.say} – 2 ctn ✅ ${b.say} – 1 ctn ✅`, intent: 'order', lines: plain },
    { says: `${a.say}\n2 ctn\n${b.say}\n1 ctn`, intent: 'order', lines: plain },
    { says: `Hello boss, please send:\n\n${a.say} 2 ctn\n${b.say} 1 ctn\n\nThank you`, intent: 'order', lines: plain },
    // Sizes are never quantities.
    ...small.spelled.map(
      (size): Case => ({ says: `3 ctn ${family.word} ${size}`, intent: 'order', lines: [[small.sku, 3, a.outer]] }),
    ),
    ...large.spelled.map(
      (size): Case => ({ says: `${family.word} ${size} 3 ctn`, intent: 'order', lines: [[large.sku, 3, a.outer]] }),
    ),
    { says: small.full, intent: 'order', asks: [['quantity', [small.sku]]] },
    {
      says: `${small.full} 2 ctn, ${large.size} 3 ctn`,
      intent: 'order',
      lines: [
        [small.sku, 2, a.outer],
        [large.sku, 3, a.outer],
      ],
    },
    {
      says: `${a.say}, ${b.say} and ${c.say} 2 ctn each`,
      intent: 'order',
      lines: [
        [a.sku, 2, a.outer],
        [b.sku, 2, b.outer],
        [c.sku, 2, c.outer],
      ],
    },
    { says: `is ${a.say} in stock? if yes send 5 ctn`, intent: 'order', lines: [[a.sku, 5, a.outer]] },
    { says: `${a.say} 2 ctn @ 180, ${b.say} 1 ctn Rs 450, before 5 pm`, intent: 'order', lines: plain },
    // Names with numbers, and "and" inside.
    { says: `${numbered.say} 12`, intent: 'order', lines: [[numbered.sku, 12, null]] },
    { says: `2 ctn ${numbered.say}`, intent: 'order', lines: [[numbered.sku, 2, numbered.outer]] },
    {
      says: `${joined.say} 4, ${a.say} 2`,
      intent: 'order',
      lines: [
        [joined.sku, 4, null],
        [a.sku, 2, null],
      ],
    },
    {
      says: `4 ${joined.say} and 2 ${a.say}`,
      intent: 'order',
      lines: [
        [joined.sku, 4, null],
        [a.sku, 2, null],
      ],
    },
    // Typing slips.
    { says: `2 ctn ${a.typo}, 1 ctn ${b.typo}`, intent: 'order', lines: plain },
    {
      says: `${c.typo} 6, ${numbered.typo} 3`,
      intent: 'order',
      lines: [
        [c.sku, 6, null],
        [numbered.sku, 3, null],
      ],
    },
    { says: `5 ${joined.typo}`, intent: 'order', lines: [[joined.sku, 5, null]] },
    { says: `4 ctn ${family.typo} ${small.size}`, intent: 'order', lines: [[small.sku, 4, a.outer]] },
    // Loose goods.
    { says: `${loose.say} 20kg`, intent: 'order', lines: [[loose.sku, 20, 'kg']] },
    {
      says: `20 kilo ${loose.say} and 2 ctn ${a.say}`,
      intent: 'order',
      lines: [
        [loose.sku, 20, 'kg'],
        [a.sku, 2, a.outer],
      ],
    },
    { says: `500 g ${loose.say}`, intent: 'order', lines: [[loose.sku, 0.5, 'kg']] },
    { says: `2 ${loose.bulkWord} ${loose.say}`, intent: 'order', lines: [[loose.sku, 2, loose.bulk]] },
    // Corrections inside the message.
    { says: `5 ctn ${a.say} no no 4 ctn`, intent: 'order', lines: [[a.sku, 4, a.outer]] },
    { says: `${a.say} 3 ctn, sorry 2 ctn`, intent: 'order', lines: [[a.sku, 2, a.outer]] },
    { says: `${a.say} 3 ctn no 4`, intent: 'order', lines: [[a.sku, 4, a.outer]] },
    {
      says: `2 ctn ${family.word} ${large.size}... I mean the ${small.size}`,
      intent: 'order',
      lines: [[small.sku, 2, a.outer]],
    },
    { says: `2 ctn ${a.say} sorry i mean ${b.say}`, intent: 'order', lines: [[b.sku, 2, b.outer]] },
    // Negation stays in its part.
    {
      says: `${a.say} 4 ctn, ${b.say} no need, ${c.say} 1`,
      intent: 'order',
      lines: [
        [a.sku, 4, a.outer],
        [c.sku, 1, null],
      ],
    },
    { says: `no ${b.say}, just 2 ctn ${a.say}`, intent: 'order', lines: [[a.sku, 2, a.outer]] },
    // Questions instead of guesses.
    { says: `${family.word} 2 ctn`, intent: 'order', asks: [['product', both]] },
    {
      says: `2 ctn ${a.say} and 3 ctn ${family.word}`,
      intent: 'order',
      lines: [[a.sku, 2, a.outer]],
      asks: [['product', both]],
    },
    { says: `${family.word} 2 ctn`, state: { usual: [large.sku] }, intent: 'order', lines: [[large.sku, 2, a.outer]] },
    { says: `3 cartons of zanzibar blend`, intent: 'order', asks: [['unknown_product', []]] },
    {
      says: `2 ctn ${a.say}, 3 zanzibar blend`,
      intent: 'order',
      lines: [[a.sku, 2, a.outer]],
      asks: [['unknown_product', []]],
    },
    {
      says: `2 ctn ${a.say}\nzanzibar blend\n1 ctn ${b.say}`,
      intent: 'order',
      lines: plain,
      asks: [['unknown_product', []]],
    },
    { says: `0 ${a.say}`, intent: 'order', asks: [['check_quantity', [a.sku]]] },
    { says: `-3 ${a.say}`, intent: 'order', asks: [['check_quantity', [a.sku]]] },
    { says: `${a.say} 99999 ctn`, intent: 'order', asks: [['check_quantity', [a.sku]]] },
    { says: `1e9 ${a.say}`, intent: 'order', asks: [['check_quantity', [a.sku]]] },
    { says: `1/0 ctn ${a.say}`, intent: 'order', asks: [['check_quantity', [a.sku]]] },
  ];
}

function edits(shop: Shop): Case[] {
  const { a, b, c, family } = shop;
  const { small, large } = family;
  const two = cart([a.sku, 2, a.outer], [b.sku, 1, b.outer]);
  const last = cart([a.sku, 2, a.outer], [b.sku, 1, b.outer]);
  return [
    {
      says: `add 3 ctn ${b.say}`,
      state: { cart: cart([a.sku, 2, a.outer]) },
      intent: 'add',
      lines: [[b.sku, 3, b.outer]],
    },
    { says: `also 4 ${c.say}`, state: { cart: two }, intent: 'add', lines: [[c.sku, 4, null]] },
    {
      says: `2 more ${family.word}`,
      state: { cart: cart([small.sku, 3, null]) },
      intent: 'add',
      lines: [[small.sku, 2, null]],
    },
    { says: `remove ${a.say}`, state: { cart: two }, intent: 'remove', lines: [[a.sku, null, null]] },
    { says: `${a.say} cancel`, state: { cart: two }, intent: 'remove', lines: [[a.sku, null, null]] },
    { says: `no ${a.say} this time`, state: { cart: two }, intent: 'remove', lines: [[a.sku, null, null]] },
    {
      says: `take off the ${a.say} and the ${b.say}`,
      state: { cart: two },
      intent: 'remove',
      lines: [
        [a.sku, null, null],
        [b.sku, null, null],
      ],
    },
    {
      says: `don't cancel it, just leave out the ${a.say}`,
      state: { cart: two },
      intent: 'remove',
      lines: [[a.sku, null, null]],
    },
    {
      says: `drop the ${family.word}`,
      state: { cart: cart([large.sku, 2, null], [a.sku, 1, null]) },
      intent: 'remove',
      lines: [[large.sku, null, null]],
    },
    {
      says: `drop the ${family.word}`,
      state: { cart: cart([large.sku, 2, null], [small.sku, 1, null]) },
      intent: 'remove',
      asks: [['product', [small.sku, large.sku]]],
    },
    { says: `change ${a.say} to 30`, state: { cart: two }, intent: 'change', lines: [[a.sku, 30, null]] },
    { says: `make the ${b.say} 10 cartons`, state: { cart: two }, intent: 'change', lines: [[b.sku, 10, b.outer]] },
    { says: `make it 6`, state: { cart: cart([a.sku, 2, a.outer]) }, intent: 'change', lines: [[a.sku, 6, null]] },
    { says: `make it 6`, state: { cart: two }, intent: 'change', asks: [['product', [a.sku, b.sku]]] },
    {
      says: `swap the ${a.say} for ${c.say}`,
      state: { cart: two },
      intent: 'change',
      lines: [
        [a.sku, null, null],
        [c.sku, 2, c.outer],
      ],
    },
    {
      says: `replace ${a.say} with 4 ${c.say}`,
      state: { cart: two },
      intent: 'change',
      lines: [
        [a.sku, null, null],
        [c.sku, 4, null],
      ],
    },
    {
      says: `yes but add 2 ctn ${b.say}`,
      state: { cart: cart([a.sku, 2, a.outer]), pending: { kind: 'confirm_order' } },
      intent: 'add',
      lines: [[b.sku, 2, b.outer]],
    },
    {
      says: `same as last time but 3 ctn ${a.say}`,
      state: { lastOrder: last },
      intent: 'repeat',
      lines: [[a.sku, 3, a.outer]],
    },
    {
      says: `repeat last order without ${b.say}`,
      state: { lastOrder: last },
      intent: 'repeat',
      lines: [[b.sku, null, null]],
    },
  ];
}

function answers(shop: Shop): Case[] {
  const { a, b, family } = shop;
  const { small, large } = family;
  const which = { kind: 'choose_product' as const, candidates: [small.sku, large.sku], quantity: 3, unit: a.outer };
  const chosen: Short[] = [[large.sku, 3, a.outer]];
  const howMany = { kind: 'ask_quantity' as const, sku: a.sku };
  return [
    ...[
      '2',
      'number 2',
      'the second one',
      `the ${large.size}`,
      `${large.size} one`,
      'big one',
      large.full,
      'the last one',
    ].map((says): Case => ({ says, state: { pending: which }, intent: 'add', lines: chosen })),
    { says: `${small.size} 5 ctn`, state: { pending: which }, intent: 'add', lines: [[small.sku, 5, a.outer]] },
    {
      says: '1 and 2',
      state: { pending: which },
      intent: 'add',
      lines: [
        [small.sku, 3, a.outer],
        [large.sku, 3, a.outer],
      ],
    },
    { says: 'none of these', state: { pending: which }, intent: 'decline', lines: [] },
    { says: `2 ctn ${b.say}`, state: { pending: which }, intent: 'order', lines: [[b.sku, 2, b.outer]] },
    { says: 'how much do I owe?', state: { pending: which }, intent: 'balance', lines: [] },
    { says: '3 cases', state: { pending: howMany }, intent: 'add', lines: [[a.sku, 3, a.outer]] },
    { says: '3', state: { pending: howMany }, intent: 'add', lines: [[a.sku, 3, null]] },
    { says: 'two dozen', state: { pending: howMany }, intent: 'add', lines: [[a.sku, 24, a.single]] },
    { says: '0', state: { pending: howMany }, intent: 'add', asks: [['check_quantity', [a.sku]]] },
  ];
}

describe.each(shops)('the $trade shop', (shop) => {
  const run = ({ says, state, intent, lines = [], asks = [] }: Case): void => {
    const result = parse(says, { index: shop.index, state: emptyState(state) });
    const got = {
      intent: result.intent,
      lines: result.lines.map((line): Short => [line.sku, line.quantity, line.unit]),
      asks: result.clarify.map((clarify): [string, string[]] => [clarify.kind, [...clarify.candidates].sort()]),
    };
    expect(got).toEqual({ intent, lines, asks: asks.map(([kind, skus]) => [kind, [...skus].sort()]) });
  };
  it.each(orders(shop))('reads the order: $says', run);
  it.each(edits(shop))('edits the cart: $says', run);
  it.each(answers(shop))('hears the answer: $says', run);
});

describe('a number that is part of an alias', () => {
  it.each([
    [grocery, '2 kola 500', [['COLA500', 2]]],
    [
      grocery,
      '2 kola 500 and 3 kola 500',
      [
        ['COLA500', 2],
        ['COLA500', 3],
      ],
    ],
    [hardware, '4 enamel 1', [['PAINT1', 4]]],
  ])('is no quantity of another size: %#', (shop, text, lines) => {
    const result = parse(text, { index: shop.index, state: emptyState() });
    expect(result.lines.map((line) => [line.sku, line.quantity])).toEqual(lines);
    expect(result.clarify).toEqual([]);
  });
});
