/** Messages that do two things: ask and order, pay and order, refuse one thing or number and name another. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, type ParserState, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('MILK', 'Toned Milk 500ml', { pouch: 1, crate: 24 }, ['toned milk', 'टोंड दूध', 'حليب']),
  product('KULFI', 'Malai Kulfi Stick 60ml', { stick: 1, box: 30 }, ['kulfi', 'कुल्फी', 'كلفي']),
  product('CONE', 'Butterscotch Cone 110ml', { piece: 1, box: 24 }, ['butterscotch cone']),
  product('SHRIMP', 'Frozen Shrimp 1kg', { bag: 1, carton: 10 }, ['jhinga', 'झींगा']),
  product('NUGGET', 'Chicken Nuggets 750g', { packet: 1, carton: 12 }, ['nuggets']),
  product('PAN1', 'Fresh Paneer 1kg', { packet: 1 }, ['paneer 1 kg']),
  product('PAN200', 'Fresh Paneer 200g', { packet: 1 }, ['paneer 200']),
]);

const read = (text: string, state: Partial<ParserState> = {}) => {
  const full: ParserState = { cart: [], lastOrder: null, pending: null, usual: [], ...state };
  const result = parse(text, { index, state: full });
  const lines = result.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`);
  return { intent: result.intent, also: result.alsoIntents, lines, asked: result.clarify.map((one) => one.kind) };
};

const cart: OrderLine[] = [
  { sku: 'MILK', quantity: 2, unit: 'crate' },
  { sku: 'KULFI', quantity: 1, unit: 'box' },
];

describe('a question with an amount behind it', () => {
  it.each([
    ['aaj jhinga hai kya 3 kilo chahiye', ['SHRIMP 3 bag']],
    ['jhinga milega kya? mile to 3 kilo bhejna', ['SHRIMP 3 bag']],
    ['झींगा मिलेगा क्या? मिले तो 3 किलो भेजना', ['SHRIMP 3 bag']],
    ['nuggets ka rate kya hai 2 peti bhejna', ['NUGGET 2 carton']],
    ['do you have paneer 1kg? if no then 200g 10 packets', ['PAN1 null null', 'PAN200 10 packet']],
  ])('is an order too: %s', (text, lines) => {
    expect(read(text)).toEqual({ intent: 'order', also: ['query'], lines, asked: [] });
  });

  it.each(['paneer ka rate kya hai 1 kg wala', 'how much is 2 cartons of nuggets'])('orders nothing: %s', (text) => {
    expect(read(text)).toMatchObject({ intent: 'query', asked: [] });
  });

  it('leaves the last line of a list that it closes its quantity', () => {
    expect(read('butterscotch cone one box kulfi two box kindly confirm availability')).toMatchObject({
      intent: 'order',
      lines: ['CONE 1 box', 'KULFI 2 box'],
    });
  });
});

describe('a payment beside an order', () => {
  it.each(['paid 5000 send 2 ctn nuggets', 'sent 12,000 via mpesa, send 2 ctn nuggets'])(
    'keeps its amount out of the lines: %s',
    (text) => {
      expect(read(text)).toEqual({ intent: 'order', also: ['paid'], lines: ['NUGGET 2 carton'], asked: [] });
    },
  );
});

describe('a number that is refused before the line', () => {
  it.each(['no no not 2, 3 crates of the milk', 'not 2 but 3 crates of toned milk', 'لا مش ٢، ٣ كراتين حليب'])(
    'is what the cart holds: %s',
    (text) => {
      expect(read(text, { cart })).toMatchObject({ intent: 'change', lines: ['MILK 3 crate'], asked: [] });
    },
  );
});

describe('a verb behind the comma', () => {
  it.each(['the kulfi, leave it this time', 'kulfi, not needed', 'कुल्फी, रहने दो', 'الكلفي، بلاش'])(
    'takes out what stands before it: %s',
    (text) => {
      expect(read(text, { cart })).toMatchObject({ intent: 'remove', lines: ['KULFI null null'], asked: [] });
    },
  );

  it('takes out what stands behind it, where something does', () => {
    expect(read('kulfi, remove the milk', { cart })).toMatchObject({ lines: ['MILK null null'], asked: ['quantity'] });
  });
});

describe('the Indian "no" for pieces', () => {
  it.each([
    ['kulfi - 10no, nuggets - 1ctn, cone -2 box', ['KULFI 10 stick', 'NUGGET 1 carton', 'CONE 2 box']],
    ['kulfi 10 no\ntoned milk 500ml 20 no', ['KULFI 10 stick', 'MILK 20 pouch']],
  ])('counts: %j', (text, lines) => {
    expect(read(text)).toMatchObject({ intent: 'order', lines, asked: [] });
  });

  it('still corrects where another number follows', () => {
    expect(read('kulfi 10 no, 12').lines).toEqual(['KULFI 12 null']);
  });
});
