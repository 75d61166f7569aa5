import { expect, test } from 'vitest';
import { checkExpected, type Expected, type Observed, readExpected } from '../../src/simulator/expected.ts';

const account = (heldMinor: bigint) => ({
  limitMinor: 1000n,
  owedMinor: 0n,
  heldMinor,
  availableMinor: 1000n - heldMinor,
  entries: ['LIMIT_CHANGE', 'HOLD'],
});
const order = (amountMinor: bigint) => ({
  status: 'approved',
  amountMinor,
  lines: [{ sku: 'A', quantity: 2, unit: 'case', totalMinor: amountMinor }],
});
const text = (to: string, ...contains: string[]) => ({ to, kind: 'text' as const, contains });
const said = (to: string, words: string) => ({ to, kind: 'text' as const, text: words });

const expected: Expected = {
  accounts: { asha: account(300n) },
  orders: { asha: [order(300n)] },
  replies: { '001': [text('91', 'Total', '3.00'), text('92', 'Total')], '002': [] },
  oneOf: [
    {
      about: 'the race',
      choices: [750n, 400n].map((amount) => ({
        accounts: { bela: account(amount) },
        orders: { bela: [order(amount)] },
        replies: { '003': [text('93', `${amount} placed`)] },
      })),
    },
  ],
};

/** A day that went as expected, with one choice of the race. */
const day = (amount = 400n): Observed => ({
  accounts: { asha: account(300n), bela: account(amount) },
  orders: { asha: [order(300n)], bela: [order(amount)] },
  replies: {
    '001': [said('92', 'Total 3'), said('91', 'Total 3.00')],
    '003': [said('93', `${amount} placed`)],
  },
});

test.each([750n, 400n])('a day as expected has no differences, whichever choice came out (%s)', (amount) => {
  expect(checkExpected(expected, day(amount))).toEqual([]);
});

const WRONG: [name: string, change: (day: Observed) => void, problem: RegExp][] = [
  [
    'a figure',
    (it) => Object.assign(it.accounts.asha ?? {}, { heldMinor: 301n }),
    /asha: heldMinor is 301, expected 300/,
  ],
  [
    'the entries',
    (it) => it.accounts.asha?.entries.push('RELEASE'),
    /asha: its entries are LIMIT_CHANGE, HOLD, RELEASE/,
  ],
  ['a missing account', (it) => delete it.accounts.asha, /account asha is missing/],
  ['an account too many', (it) => Object.assign(it.accounts, { new: account(0n) }), /account new is not expected/],
  ['a missing order', (it) => delete it.orders.asha, /order 1 of asha is missing/],
  ['an order twice', (it) => it.orders.asha?.push(order(300n)), /an order of asha too many: approved 300/],
  ['an order of a stranger', (it) => Object.assign(it.orders, { new: [order(1n)] }), /an order of new too many/],
  [
    'the status of an order',
    (it) => Object.assign(it.orders.asha?.[0] ?? {}, { status: 'cancelled' }),
    /is cancelled 300/,
  ],
  ['a line', (it) => Object.assign(it.orders.asha?.[0]?.lines[0] ?? {}, { quantity: 3 }), /3 case A = 300/],
  ['a missing reply', (it) => it.replies['001']?.pop(), /001, to 91: no reply; expected one with Total \| 3\.00/],
  [
    'other words',
    (it) => Object.assign(it.replies['001']?.[1] ?? {}, { text: 'Total 4.00' }),
    /"3\.00" is not in "Total 4\.00"/,
  ],
  [
    'another kind',
    (it) => Object.assign(it.replies['001']?.[1] ?? {}, { kind: 'list' }),
    /is a list message; expected text/,
  ],
  ['a reply too many', (it) => it.replies['001']?.push(said('91', 'again')), /001, to 91: a reply too many: "again"/],
  [
    'a reply where silence is due',
    (it) => Object.assign(it.replies, { '002': [said('91', 'x')] }),
    /002, to 91: a reply too many/,
  ],
  [
    'a reply to nothing',
    (it) => Object.assign(it.replies, { '009': [said('91', 'x')] }),
    /009, to 91: a reply too many/,
  ],
];

test.each(WRONG)('%s is one difference', (_name, change, problem) => {
  const observed = day();
  change(observed);
  expect(checkExpected(expected, observed)).toEqual([expect.stringMatching(problem)]);
});

test('halves of two choices do not make one', () => {
  const mixed = { ...day(400n), replies: day(750n).replies };
  expect(checkExpected(expected, mixed)).toEqual([
    expect.stringMatching(/^the race: 003, to 93: "400 placed" is not in "750 placed"$/),
  ]);
});

test('both of two choices at once are too much', () => {
  const both = day(400n);
  both.orders.bela?.push(order(750n));
  expect(checkExpected(expected, both)).toEqual([expect.stringMatching(/^the race: an order of bela too many/)]);
});

test('a file of another shape is refused', () => {
  expect(() => readExpected('{"accounts":{}}')).toThrow();
  expect(() => readExpected(JSON.stringify({ accounts: {}, orders: {}, replies: {}, oneOf: [], more: 1 }))).toThrow();
});
