import { describe, expect, test } from 'vitest';
import { chat } from './chat.ts';
import { PRODUCTS, product } from './shop.ts';

describe('an ambiguous product', () => {
  test('is one question with a numbered list, and the clear lines are noted', () => {
    chat()
      .says('5 sugar and 3 surf excel 1kg')
      .hearsExactly(
        [
          'Surf Excel 1kg, 3 packets: noted.',
          'Which one do you mean by "5 sugar"?',
          '1. Sugar 1kg - 48.00 a packet',
          '2. Sugar 50kg - 2,150.00 a bag',
          'Tap one, or write its number. "No" leaves it out.',
        ].join('\n'),
      )
      .offers('1. Sugar 1kg', '2. Sugar 50kg');
  });

  test.each([
    ['a number', '2'],
    ['its size', '50kg'],
    ['its name', 'sugar 50kg'],
  ])('is answered by %s, and the quantity was remembered', (_how, answer) => {
    chat()
      .says('5 sugar and 3 surf excel 1kg')
      .says(answer)
      .hears('1. Surf Excel 1kg, 3 packets', '2. Sugar 50kg, 5 bags - 10,750.00');
  });

  test('is answered by a tap', () => {
    chat().says('5 sugar').taps('2. Sugar 50kg').hears('1. Sugar 50kg, 5 bags - 10,750.00');
  });

  test('takes a new quantity with the answer', () => {
    chat().says('5 sugar').says('7 bags sugar 50kg').hears('1. Sugar 50kg, 7 bags');
  });

  test('is left out on a no, and the rest is proposed', () => {
    chat()
      .says('5 sugar and 3 surf excel 1kg')
      .says('no')
      .hears('"5 sugar": left out', '1. Surf Excel 1kg')
      .doesNotHear(/2\. /);
  });

  test('is asked again in the same message after a balance', () => {
    chat()
      .says('5 sugar')
      .says('balance')
      .hearsMessages(1)
      .hears(/^Limit 100,000\.00.*Available: \*80,000\.00\*\n\nWhich one do you mean by "5 sugar"\?/)
      .taps('1. Sugar 1kg')
      .hears('Sugar 1kg, 5 packets');
  });

  test.each(['1', 'sugar 1kg', 'the 1kg'])('about what to take out is answered by "%s": all of that line', (answer) => {
    chat()
      .says('5 sugar 1kg\n2 sugar 50kg')
      .says('remove sugar')
      .hears(/Which/, '1. Sugar 1kg', '2. Sugar 50kg')
      .says(answer)
      .hears('1. Sugar 50kg, 2 bags')
      .doesNotHear(/Sugar 1kg|How many/);
  });

  test('keeps its numbers however often it is asked', () => {
    const asha = chat().says('5 sugar');
    const second = asha.idOf('2. Sugar 50kg');
    asha.says('balance').says('help').tapsId(second).hears('1. Sugar 50kg, 5 bags');
  });

  test('keeps what is ordered besides while it is open', () => {
    chat()
      .says('5 sugar')
      .says('add 2 case coke 500')
      .hears('Which one')
      .says('1')
      .hears('Coca-Cola 500ml, 2 cases', 'Sugar 1kg, 5 packets');
  });

  test('is forgotten with the whole order on a cancel', () => {
    const asha = chat().says('5 sugar and 3 surf excel 1kg').says('cancel').hears('Nothing was placed');
    expect(asha.state()).toMatchObject({ cart: [], pending: null });
  });

  test('an old row is not obeyed', () => {
    const asha = chat().says('5 sugar');
    const old = asha.idOf('2. Sugar 50kg');
    asha.taps('1. Sugar 1kg').tapsId(old).hears('older question').doesNotHear(/50kg/);
  });
});

describe('several unclear lines', () => {
  const twoOfEach = [
    ...PRODUCTS,
    product({ sku: 'TEA250', name: 'Tata Tea 250g', units: { packet: 1 }, eachMinor: 12_000n }),
    product({ sku: 'TEA500', name: 'Tata Tea 500g', units: { packet: 1 }, eachMinor: 23_000n }),
  ];

  test('are asked one after another without losing the clear ones', () => {
    chat({ products: twoOfEach })
      .says('5 sugar, 6 tata tea, 2 case coke 500')
      .hears('Coca-Cola 500ml, 2 cases: noted', 'by "5 sugar"')
      .says('2')
      .hears('Sugar 50kg, 5 bags: noted', /by "6 tata tea"/i)
      .says('1')
      .hears('Coca-Cola 500ml, 2 cases', 'Sugar 50kg, 5 bags', 'Tata Tea 250g, 6 packets', 'Total *12,334.00*');
  });

  test('a no to one of them goes on with the next', () => {
    chat({ products: twoOfEach })
      .says('5 sugar, 6 tata tea')
      .says('no')
      .hears('"5 sugar": left out', /tata tea/i);
  });
});

describe('a product that is not known', () => {
  test('is repeated back while the clear lines are kept', () => {
    chat()
      .says('3 cartons golden morn and 2 case coke 500')
      .hears('Coca-Cola 500ml, 2 cases: noted', /can't find "[^"]*golden morn/)
      .hearsMessages(1);
  });

  test('is left out on a no', () => {
    chat()
      .says('3 cartons golden morn and 2 case coke 500')
      .says('no')
      .hears('left out', '1. Coca-Cola 500ml, 2 cases');
  });

  test('may be named another way', () => {
    chat()
      .says('3 cartons golden morn and 2 case coke 500')
      .says('3 bags sona masoori')
      .hears('Sona Masoori 25kg, 3 bags');
  });
});

describe('a quantity', () => {
  test('that is missing is asked for, and a bare number answers', () => {
    chat()
      .says('coke 500')
      .hears('How many of Coca-Cola 500ml? Write the number and piece or case.')
      .says('4')
      .hears('Coca-Cola 500ml, 4 cases');
  });

  test('may be answered with a unit', () => {
    chat().says('send coke 500').says('6 pieces').hears('Coca-Cola 500ml, 6 pieces - 108.00');
  });

  test.each(['0 case coke 500', '-5 case coke 500'])('of none is asked about: %s', (text) => {
    const asha = chat()
      .says(text)
      .hears(/How many/)
      .says('3')
      .hears('Coca-Cola 500ml, 3 cases');
    expect(asha.placed()).toHaveLength(0);
  });

  test('that is absurd is asked about once and believed after a yes', () => {
    chat()
      .says('50000 case coke 500')
      .hears('50,000 cases of Coca-Cola 500ml: is that right?')
      .offers('50,000 cases', 'Leave it out')
      .says('yes')
      .hears('Coca-Cola 500ml, 50,000 cases', 'too much');
  });

  test('that is absurd may be corrected', () => {
    chat().says('50000 case coke 500').says('5').hears('Coca-Cola 500ml, 5 cases (120)');
  });

  test('beyond any order is never believed', () => {
    chat()
      .says('99999999999 case coke 500')
      .hears('You wrote 99,999,999,999 cases', /How many/)
      .says('yes')
      .hears(/How many/);
  });
});

describe('minimum and step', () => {
  test.each([
    ['1 carton', 'you wrote 1 carton', 'Shall I take 2 cartons?'],
    ['3 carton', 'you wrote 3 cartons', 'Shall I take 4 cartons?'],
    ['5 carton', 'you wrote 5 cartons', 'Shall I take 6 cartons?'],
  ])('%s of a product sold by twos is asked about by name', (asked, said, nearest) => {
    chat()
      .says(`${asked} sunflower oil`)
      .hears('Sunflower Oil 1L is sold from 2 cartons, in steps of 2 cartons', said, nearest);
  });

  test('the nearest allowed is taken on a tap', () => {
    chat()
      .says('3 carton sunflower oil')
      .taps('4 cartons')
      .hears('1. Sunflower Oil 1L, 4 cartons (48 bottles) - 7,464.00');
  });

  test('and on a typed yes', () => {
    chat().says('3 carton sunflower oil').says('yes').hears('4 cartons (48 bottles)');
  });

  test('another quantity is checked as well', () => {
    chat()
      .says('3 carton sunflower oil')
      .says('7')
      .hears('you wrote 7 cartons')
      .says('8')
      .hears('8 cartons (96 bottles)');
  });

  test('bottles count towards it', () => {
    chat().says('24 bottles sunflower oil').hears('Sunflower Oil 1L, 24 bottles - 3,732.00');
    chat().says('30 bottles sunflower oil').hears('you wrote 30 bottles', 'Shall I take 24 bottles?');
  });

  test('of one, which every product has that nobody made a rule for, restrict nothing', () => {
    const neutral = product({
      sku: 'SOAP',
      name: 'Lux Soap',
      units: { each: 1, case: 72 },
      eachMinor: 4_000n,
      minimumMilli: 1000,
      stepMilli: 1000,
    });
    chat({ products: [neutral] })
      .says('2 dozen lux soap')
      .hears('Lux Soap, 24 pieces - 960.00');
    chat({ products: [neutral] })
      .says('half case lux soap')
      .hears('Lux Soap, 0.5 cases (36) - 1,440.00');
    chat({ products: [neutral] })
      .says('2.5 pieces lux soap')
      .hears('sold in whole pieces', 'Shall I take 3 pieces?');
  });

  test('an addition is checked as the line it makes', () => {
    chat()
      .says('2 carton sunflower oil')
      .says('add 1 carton sunflower oil')
      .hears('you wrote 3 cartons')
      .says('yes')
      .hears('4 cartons (48 bottles)');
  });
});

describe('what is not understood', () => {
  test('is repeated back, and after two of them a person is offered', () => {
    chat().says('qwrtz plmk').hears('qwrtz plmk').says('vbnm zxcv').hears('to talk to somebody at Demo Wholesale');
  });

  test('does not lose the open question', () => {
    chat()
      .says('5 sugar')
      .says('🤷')
      .hears('Which one do you mean by "5 sugar"')
      .hearsMessages(1)
      .says('2')
      .hears('Sugar 50kg, 5 bags');
  });

  test('something understood starts the count anew', () => {
    chat()
      .says('qwrtz plmk')
      .says('balance')
      .says('vbnm zxcv')
      .doesNotHear(/talk to somebody/);
  });

  test.each(['🙂🙂🙂', '', '   ', '???'])('%j never throws and gets an answer', (text) => {
    chat().says(text).hearsMessages(1);
  });
});
