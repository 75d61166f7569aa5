/** What shops in Lagos, Kingston, Manila and London write, and what of it used to be read as something else. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, type ParserState, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('BUC10', 'Plastic Bucket 10L', { piece: 1, dozen: 12 }, ['10l bucket']),
  product('BUC20', 'Plastic Bucket 20L', { piece: 1, dozen: 12 }, ['20l bucket']),
  product('COOK3', 'Pressure Cooker 3L', { piece: 1 }),
  product('COOK5', 'Pressure Cooker 5L', { piece: 1 }),
  product('FLOUR', 'Refined Flour 1kg', { each: 1, case: 20 }, ['maida']),
  product('MEAL', 'Maize Flour 2kg', { each: 1, case: 12 }),
  product('SOYA', 'Soya Oil 900ml', { each: 1, case: 20 }),
  product('BISC5', 'Glucose Biscuits 70g', { each: 1, case: 144 }, ['glucose 5 rupee']),
  product('MALT', 'Maltino Drink 400g', { each: 1, case: 12 }, ['maltino']),
  product('LUXO', 'Luxo Soap 100g', { each: 1, case: 72 }, ['luxo']),
  product('VIVO', 'Vivo Soap 100g', { each: 1, case: 72 }, ['vivo']),
  product('CRISPB', 'Crispo Salted 52g', { each: 1, case: 30 }, ['crispo salted']),
  product('CRISPM', 'Crispo Masala 52g', { each: 1, case: 30 }, ['crispo masala']),
  product('NOODM', 'Noodles Masala 70g', { each: 1, case: 40 }, ['noodles masala']),
  product('HOLD', 'Lamp Holder B22', { piece: 1, box: 25 }),
  product('WIRE', 'Copper Cable 2.5mm', { roll: 1 }, ['cable 2.5']),
  product('MCB1', 'MCB Single Pole', { piece: 1, box: 12 }),
  product('MCB2', 'MCB Double Pole', { piece: 1, box: 6 }),
]);

const read = (text: string, state: Partial<ParserState> = {}) => {
  const result = parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [], ...state } });
  const lines = result.lines.map(({ act, sku, quantity, unit }) => `${act} ${sku} ${quantity} ${unit}`);
  return { intent: result.intent, lines, asked: result.clarify.map(({ kind }) => kind) };
};

describe('a product that is called by a unit word and the size before it', () => {
  it.each([
    ['20L bucket 2 doz', 'add BUC20 2 dozen'],
    ['two dozen of the ten litre buckets', 'add BUC10 2 dozen'],
    ['add one more dozen 10 litre buckets', 'add BUC10 1 dozen'],
  ])('is found: %s', (text, line) => {
    expect(read(text)).toMatchObject({ lines: [line], asked: [] });
  });
});

describe('a size', () => {
  it('of three litres is no Arabic in Latin letters', () => {
    expect(read('cooker 3L 10').lines).toEqual(['add COOK3 10 null']);
  });

  it('that is no pack makes up packs of what is called exactly so', () => {
    expect(read('maida 10 kilo')).toMatchObject({ lines: ['add FLOUR 10 each'], asked: [] });
  });

  it('of another one is asked about behind "and"', () => {
    expect(read('How much is the 5 litre cooker? and the 3')).toMatchObject({
      intent: 'query',
      lines: ['ask COOK5 null null', 'ask COOK3 null null'],
    });
  });
});

describe('a number', () => {
  it.each([
    ['maltino @5 x 24', 'add MALT 24 null'],
    ['glucose 5 rupee 10', 'add BISC5 10 null'],
    ['maltino 6 no make it 10 maltino', 'add MALT 10 null'],
    ['deliver 2 boxes maltino by 7', 'add MALT 2 case'],
    ['i want to add 5 maltino to my order', 'add MALT 5 null'],
    ['add another case of luxo', 'add LUXO 1 case'],
    ['2 case a maltino', 'add MALT 2 case'],
    ['crispo salted 3, masala 2', 'add CRISPB 3 null', 'add CRISPM 2 null'],
    ['luxo 4, maltino 24 pls confirm price still same', 'add LUXO 4 null', 'add MALT 24 null'],
  ])('counts what it stands beside: %s', (text, ...lines) => {
    expect(read(text)).toMatchObject({ lines, asked: [] });
  });

  it.each(['maltino 10 or 12', 'send two or three cases maltino'])('that is left open is asked about: %s', (text) => {
    expect(read(text)).toMatchObject({ lines: [], asked: ['quantity'] });
  });

  it('that is left open changes no cart', () => {
    const cart = [{ sku: 'MALT', quantity: 4, unit: 'each' }];
    expect(read('make it 10 or 12', { cart })).toMatchObject({ lines: [], asked: ['quantity'] });
  });
});

describe('what is wanted only where the first thing is missing', () => {
  it.each(['luxo 6, if not available then 6 vivo', 'luxo 6 or else vivo 6', 'luxo 6, if no dey, vivo 6'])(
    'is left out behind it: %s',
    (text) => {
      expect(read(text)).toMatchObject({ lines: ['add LUXO 6 null'], asked: [] });
    },
  );

  it('is ordered where the first thing was only asked about', () => {
    expect(read('do you have luxo? if not send 6 vivo').lines).toEqual(['ask LUXO null null', 'add VIVO 6 null']);
  });

  it('does not reach a line of its own', () => {
    expect(read('luxo 6, if not available vivo 6\nmaltino 3').lines).toEqual(['add LUXO 6 null', 'add MALT 3 null']);
  });
});

describe('what is at hand, or wanted another time', () => {
  it.each([
    ['we still get 2 boxes luxo, bring 3', 'add LUXO 3 null'],
    ['next week i will need 10 boxes maltino, for now send 2', 'add MALT 2 null'],
    ['luxo we still have enough, send vivo 6', 'add VIVO 6 null'],
    ['we still have 2 boxes luxo so bring maltino 3', 'add MALT 3 null'],
  ])('is not ordered: %s', (text, line) => {
    expect(read(text)).toMatchObject({ lines: [line], asked: [] });
  });

  it('is asked about like anything else', () => {
    expect(read('do you still have luxo')).toMatchObject({ intent: 'query', lines: ['ask LUXO null null'] });
  });
});

describe('a shop that says who it is', () => {
  it.each([
    'this is from Vivi store pls bring 5 boxes luxo 3 boxes maltino',
    'Luxo supermarket here, send 5 boxes luxo 3 boxes maltino',
  ])('orders nothing by that: %s', (text) => {
    expect(read(text).lines).toEqual(['add LUXO 5 case', 'add MALT 3 case']);
  });
});

describe('an edit', () => {
  const cart: OrderLine[] = [
    { sku: 'LUXO', quantity: 12, unit: 'each' },
    { sku: 'MALT', quantity: 2, unit: 'case' },
  ];

  it.each(['remove luxo and in place of that put vivo same qty', 'remove luxo, put vivo instead'])(
    'puts one thing in the place of another: %s',
    (text) => {
      expect(read(text, { cart })).toEqual({
        intent: 'change',
        lines: ['remove LUXO null null', 'set VIVO 12 each'],
        asked: [],
      });
    },
  );

  it('takes out what it names, and asks how many of what is to be put', () => {
    expect(read('remove luxo and put vivo', { cart })).toMatchObject({
      lines: ['remove LUXO null null'],
      asked: ['quantity'],
    });
  });

  it.each([
    ['maltino 10 instead', ['set MALT 10 null']],
    ['swap 5 of the luxo for vivo', ['set LUXO 7 each', 'set VIVO 5 each']],
  ])('sets what was counted: %s', (text, lines) => {
    expect(read(text, { cart })).toEqual({ intent: 'change', lines, asked: [] });
  });

  it('takes out nothing where a unit is refused', () => {
    expect(read('maltino pieces not cartons', { cart })).toMatchObject({ lines: [], asked: ['quantity'] });
  });

  it('doubles a line', () => {
    expect(read('double the maltino', { cart }).lines).toEqual(['set MALT 4 case']);
  });
});

describe('a number that tells a kind', () => {
  const shop = buildCatalogueIndex([
    product('JEAN30', 'Denim Trousers 30', { piece: 1 }, ['trousers 30']),
    product('JEAN32', 'Denim Trousers 32', { piece: 1 }, ['trousers 32']),
    product('JEAN34', 'Denim Trousers 34', { piece: 1 }, ['trousers 34']),
  ]);
  const lines = (text: string, cart: OrderLine[] = []) =>
    parse(text, { index: shop, state: { cart, lastOrder: null, pending: null, usual: [] } }).lines.map(
      ({ act, sku, quantity }) => `${act} ${sku} ${quantity}`,
    );

  it('is corrected by another one', () => {
    expect(lines('trousers 32 no 34, 10 pcs')).toEqual(['add JEAN34 10']);
  });

  it.each(['trousers 34 not 32', 'make the trousers 34 instead of 32'])('takes the place of another: %s', (text) => {
    const cart = [{ sku: 'JEAN32', quantity: 10, unit: 'piece' }];
    expect(lines(text, cart)).toEqual(['remove JEAN32 null', 'set JEAN34 10']);
  });

  it.each(['swap fizz 2l for 500', 'change the fizz 2l to the 500'])('may be a size: %s', (text) => {
    const drinks = buildCatalogueIndex([
      product('FIZZ2', 'Zingo Fizz 2L', { each: 1, case: 6 }, ['fizz 2l']),
      product('FIZZ500', 'Zingo Fizz 500ml', { each: 1, case: 24 }, ['fizz 500']),
    ]);
    const cart = [{ sku: 'FIZZ2', quantity: 3, unit: 'case' }];
    const result = parse(text, { index: drinks, state: { cart, lastOrder: null, pending: null, usual: [] } });
    expect(result.lines.map(({ act, sku, quantity }) => `${act} ${sku} ${quantity}`)).toEqual([
      'remove FIZZ2 null',
      'set FIZZ500 3',
    ]);
  });

  it('begins a new line without a comma', () => {
    expect(lines('trousers 30 5 pcs 32 10 pcs 34 6 pcs')).toEqual(['add JEAN30 5', 'add JEAN32 10', 'add JEAN34 6']);
  });
});

describe('a word', () => {
  it('for another thing is no slip for one that is sold', () => {
    expect(read('soda 4 crates').lines).toEqual([]);
  });

  it('of talk is no slip for one either', () => {
    expect(read('mi a look fi order 3 case a maltino')).toMatchObject({ lines: ['add MALT 3 case'], asked: [] });
  });
});

describe('what is named ahead of its kinds', () => {
  it.each([
    ['pressure cooker, 5 of 3L and 6 of 5L', ['add COOK3 5 null', 'add COOK5 6 null']],
    ['we are out of crispo, send 4 salted and 6 masala', ['add CRISPB 4 null', 'add CRISPM 6 null']],
  ])('heads them behind a comma too: %s', (text, lines) => {
    expect(read(text)).toMatchObject({ lines, asked: [] });
  });

  it('is asked about where something else is counted behind it', () => {
    expect(read('crispo, maltino 3 cases')).toMatchObject({ lines: ['add MALT 3 case'], asked: ['product'] });
  });
});

describe('a number that tells a line of the cart apart', () => {
  const cart = [{ sku: 'WIRE', quantity: 2, unit: 'roll' }];

  it('is no new quantity beside one with a unit', () => {
    expect(read('add 1 more roll of 2.5', { cart })).toMatchObject({ lines: ['add WIRE 1 roll'], asked: [] });
  });

  it('is asked about where no line has it', () => {
    expect(read('add 2 rolls 500', { cart })).toMatchObject({ lines: [], asked: ['unknown_product'] });
  });
});

describe('a word that says nothing of the goods, or says them otherwise', () => {
  it.each([
    ['10 fresh maida', 'add FLOUR 10 null'],
    ['tinned maltino 2 cases', 'add MALT 2 case'],
    ['2 boxes bulb holder b22', 'add HOLD 2 box'],
  ])('is passed over: %s', (text, line) => {
    expect(read(text)).toMatchObject({ lines: [line], asked: [] });
  });

  it('of another language stays in the name it goes on with', () => {
    expect(read('price of double pole mcb?')).toEqual({ intent: 'query', lines: ['ask MCB2 null null'], asked: [] });
  });
});

describe('an act', () => {
  it.each([
    ['I don transfer 45k now now', 'paid'],
    ['My goods don comot from your store?', 'status'],
    ['are my goods loaded already?', 'status'],
    ['is there someone i can ring about this', 'human'],
    ['i ordered 6 luxo but only 5 came, who do i talk to', 'human'],
    ['you sent 5 boxes maltino instead of 10', 'human'],
    ['did my payment reflect?', 'paid'],
    ['Did you get my payment?', 'paid'],
    ['invoice for last week please', 'statement'],
    ['blessings mi boss', 'greeting'],
  ])('is heard: %s', (text, intent) => {
    expect(read(text)).toMatchObject({ intent, lines: [], asked: [] });
  });
});
