/** A shop's own names for products, learned from choices that an order confirmed. */
import { describe, expect, test } from 'vitest';
import { readState } from '../../src/conversation/state.ts';
import type { ConversationState, Lesson } from '../../src/conversation/types.ts';
import { type Chat, chat } from './chat.ts';
import { PRODUCTS, product } from './shop.ts';

const SUGAR50: Lesson = { words: 'sugar', sku: 'SUGAR50', kind: 'confirmed' };

/** What the order that was just placed taught. */
function lessons(asha: Chat): Lesson[] {
  asha.hears(/placed/);
  return asha.step()?.lessons ?? [];
}

const knowing = (sku: string) => chat({ learned: [{ words: 'sugar', sku }] });

describe('a choice is learned', () => {
  test.each([
    ['by number', '2'],
    ['by size', '50kg'],
    ['by name', 'sugar 50kg'],
    ['with another quantity', '7 bags sugar 50kg'],
  ])('%s, when the order with the chosen product is placed', (_how, answer) => {
    const asha = chat().says('5 sugar').says(answer);
    expect(asha.step()?.lessons).toBeUndefined();
    expect(lessons(asha.says('yes'))).toEqual([SUGAR50]);
    expect(asha.state().choices).toEqual([]);
  });

  test('by a tap, and by a yes to the only candidate', () => {
    expect(lessons(chat().says('5 sugar').taps('2. Sugar 50kg').taps('Confirm'))).toEqual([SUGAR50]);
  });

  test('whatever is ordered, asked or changed besides', () => {
    const asha = chat()
      .says('5 sugar and 2 case coke 500')
      .says('balance')
      .says('2')
      .says('add 3 maggi')
      .says('remove maggi')
      .says('change sugar 50kg to 6')
      .says('yes');
    expect(lessons(asha)).toEqual([SUGAR50]);
  });

  test('also when credit was short at first and the order was placed later', () => {
    const asha = chat().says('5 sugar').says('2').nextOrderIsRefused('INSUFFICIENT_CREDIT').says('yes');
    expect(asha.step()?.lessons).toBeUndefined();
    expect(lessons(asha.says('yes'))).toEqual([SUGAR50]);
  });

  test('also when its quantity had to be asked for', () => {
    expect(
      lessons(
        chat()
          .says('sugar')
          .says('2')
          .hears(/How many/)
          .says('4')
          .says('yes'),
      ),
    ).toEqual([SUGAR50]);
  });

  test('for every question of a message, each by its own words', () => {
    const products = [
      ...PRODUCTS,
      product({ sku: 'RICE5', name: 'Kolam Poha 5kg', units: { bag: 1 }, eachMinor: 100n }),
      product({ sku: 'RICE10', name: 'Kolam Poha 10kg', units: { bag: 1 }, eachMinor: 100n }),
    ];
    const asha = chat({ products }).says('5 sugar\n3 kolam poha').says('1').says('2').says('yes');
    expect(lessons(asha)).toEqual([
      { words: 'sugar', sku: 'SUGAR1', kind: 'confirmed' },
      { words: 'kolam poha', sku: 'RICE10', kind: 'confirmed' },
    ]);
  });
});

describe('nothing is learned from', () => {
  test.each<[string, (asha: Chat) => Chat]>([
    ['an order without any question', (asha) => asha.says('2 case coke 500')],
    [
      'a choice that was taken out again',
      (asha) => asha.says('5 sugar, 2 case coke 500').says('2').says('remove sugar'),
    ],
    [
      'a choice that was swapped for another product',
      (asha) =>
        asha
          .says('5 sugar')
          .says('2')
          .says('replace sugar 50kg with sugar 1kg')
          .hears(/Sugar 1kg/),
    ],
    ['a no to the question', (asha) => asha.says('5 sugar, 2 case coke 500').says('no')],
    [
      'both of them',
      (asha) =>
        asha
          .says('5 sugar')
          .says('1 and 2')
          .hears(/Sugar 1kg/, /Sugar 50kg/),
    ],
    ['a cart that was dropped', (asha) => asha.says('5 sugar').says('2').says('cancel').says('2 case coke 500')],
    [
      'the same words for two products',
      (asha) =>
        asha
          .says('5 sugar\n3 sugar')
          .says('2')
          .says('1')
          .hears(/Sugar 1kg, 3/, /Sugar 50kg, 5/),
    ],
    [
      'which line of the cart was meant',
      (asha) =>
        asha
          .says('5 sugar 1kg, 2 sugar 50kg')
          .says('remove sugar')
          .says('1')
          .hears(/Sugar 50kg/),
    ],
    ['words that nothing was found for', (asha) => asha.says('5 qwrtzu, 2 case coke 500').says('sugar 50kg')],
  ])('%s', (_what, order) => {
    const asha = order(chat()).says('yes');
    expect(lessons(asha).filter(({ kind }) => kind === 'confirmed')).toEqual([]);
  });

  test('a second answer about an order that was placed before', () => {
    const asha = chat().says('5 sugar').says('2').says('yes');
    const answer = { placed: true as const, replayed: true, orderId: 'fresh-2', number: 7, amountMinor: 5n };
    asha.sends({ kind: 'order_answered', answer: { ...answer, availableMinor: 1n } });
    expect(asha.step()?.lessons).toBeUndefined();
  });
});

describe('a learned name', () => {
  test('is understood without a question, and confirmed again by the order', () => {
    const asha = knowing('SUGAR50').says('5 sugar').hears('1. Sugar 50kg, 5 bags').doesNotHear(/Which/);
    expect(asha.step()?.parsed?.lines[0]?.reasons).toEqual(['learned_alias']);
    expect(lessons(asha.says('yes'))).toEqual([SUGAR50]);
  });

  test('only asks for the quantity where none was said', () => {
    expect(
      lessons(
        knowing('SUGAR50')
          .says('sugar')
          .hears(/How many.*Sugar 50kg/)
          .says('4')
          .says('yes'),
      ),
    ).toEqual([SUGAR50]);
  });

  test('another size that was said is that size', () => {
    knowing('SUGAR50').says('5 sugar 1kg').hears('1. Sugar 1kg, 5 packets');
  });

  test('whose product is taken out again is doubted, and asks already within the same order', () => {
    const asha = knowing('SUGAR50').says('2 case coke 500, 5 sugar').says('remove sugar');
    asha
      .says('5 sugar')
      .hears(/Which one do you mean by "5 sugar"/)
      .says('1')
      .says('yes');
    expect(lessons(asha)).toEqual([{ words: 'sugar', sku: 'SUGAR1', kind: 'confirmed' }]);
  });

  test.each([
    ['beside others', '2 case coke 500, 5 sugar', '1 case coke 500'],
    ['alone', '5 sugar', '1 case coke 500'],
  ])('whose product was taken out %s is doubted by the order', (_, order, more) => {
    const asha = knowing('SUGAR50').says(order).says('remove sugar').says(more).says('yes');
    expect(lessons(asha)).toEqual([{ words: 'sugar', sku: 'SUGAR50', kind: 'doubted' }]);
  });

  test('is not doubted by a cart that was dropped', () => {
    const asha = knowing('SUGAR50').says('5 sugar').says('cancel').says('1 case coke 500').says('yes');
    expect(lessons(asha)).toEqual([]);
  });

  test('of a product that was switched off says so by name once, and is doubted by the next order', () => {
    const asha = knowing('SUGAR50').product('SUGAR50', { active: false });
    asha
      .says('5 sugar, 1 case coke 500')
      .hears(/Sugar 50kg/)
      .says('yes');
    expect(lessons(asha)).toEqual([{ words: 'sugar', sku: 'SUGAR50', kind: 'doubted' }]);
  });

  test('of a product that is out of stock is neither confirmed nor doubted', () => {
    const asha = knowing('SUGAR50').product('SUGAR50', { stock: 'out' });
    expect(
      lessons(
        asha
          .says('5 sugar, 1 case coke 500')
          .hears(/Sugar 50kg/)
          .says('yes'),
      ),
    ).toEqual([]);
  });

  test('of a product that is gone asks as if nothing had been learned', () => {
    knowing('GHOST')
      .says('5 sugar')
      .hears(/Which one do you mean by "5 sugar"/);
  });

  test('never says to the catalogue what its own exact names mean', () => {
    chat({ learned: [{ words: 'rice', sku: 'SUGAR50' }] })
      .says('5 rice')
      .hears('1. Sona Masoori 25kg, 5 bags');
  });

  test('answers a question about its price', () => {
    knowing('SUGAR50')
      .says('price of sugar')
      .hears(/Sugar 50kg/)
      .doesNotHear(/Sugar 1kg/);
  });
});

describe('the state', () => {
  test('of an earlier release, which knew no choices, is read on', () => {
    const { choices: _choices, ...old } = chat().says('5 sugar').state();
    const pending = structuredClone(old.pending);
    if (pending?.kind === 'question') delete (pending.question as { words?: string | null }).words;
    const read: ConversationState = readState({ ...old, pending });
    expect(read.choices).toEqual([]);
    expect(read.pending).toMatchObject({ kind: 'question', question: { text: '5 sugar', words: null } });
  });

  test('remembers a bounded number of choices', () => {
    const syllables = ['ba', 'ko', 'di', 'fu', 'ge', 'la', 'mi', 'no'];
    const names = syllables.flatMap((one) => syllables.map((other) => `${one}z${other}r`));
    const products = names.flatMap((name) =>
      ['Red', 'Blue'].map((colour) =>
        product({ sku: `${name}-${colour}`, name: `${name} ${colour}`, units: { piece: 1 }, eachMinor: 1n }),
      ),
    );
    const asha = chat({ products });
    for (const name of names)
      asha
        .says(`2 ${name}`)
        .hears(/Which one/)
        .says('1');
    expect(asha.state().cart).toHaveLength(64);
    expect(asha.state().choices).toHaveLength(50);
    expect(asha.state().choices.at(-1)?.words).toBe(names.at(-1));
  });
});
