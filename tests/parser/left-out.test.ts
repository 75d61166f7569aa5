/** What is refused, replaced or left as it is, in languages that say so before and behind the name. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('FIZZ2', 'Zingo Fizz 2L', { each: 1, case: 6 }),
  product('FIZZ500', 'Zingo Fizz 500ml', { each: 1, case: 24 }),
  product('CELL45', 'Voltara Battery 45Ah', { piece: 1 }, ['voltara 45']),
  product('CELL65', 'Voltara Battery 65Ah', { piece: 1 }, ['voltara 65']),
  product('TOOR', 'Toor Dal 1kg', { each: 1, case: 20 }),
  product('GEAR', 'Rotor Gear Oil 1L', { can: 1, carton: 12 }),
  product('SWEETS', 'Mithas Nankhatai', { box: 1, carton: 16 }),
  product('TAPE', 'Insulation Tape Black', { roll: 1, sleeve: 10 }, ['isolasi hitam']),
  product('PAMPM', 'Nappies Medium', { each: 1 }),
  product('PAMPL', 'Nappies Large', { each: 1 }),
]);

type State = Parameters<typeof parse>[1]['state'];
const NOTHING: State = { cart: [], lastOrder: null, pending: null, usual: [] };

const read = (text: string, state: Partial<State> = {}) => {
  const result = parse(text, { index, state: { ...NOTHING, ...state } });
  const lines = result.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`);
  return { intent: result.intent, lines, asked: result.clarify.map((one) => one.kind) };
};

const toor: OrderLine = { sku: 'TOOR', quantity: 5, unit: 'each' };
const fizz: OrderLine = { sku: 'FIZZ2', quantity: 3, unit: 'case' };

describe('a size or number that is refused behind itself', () => {
  it.each([
    ['zingo 2l 3 peti, 500ml nahi chahiye', 'FIZZ2 3 case'],
    ['zingo 2l 3 dus, yg 500ml ga usah', 'FIZZ2 3 case'],
    ['zingo 2l katoni 3 lakini ya 500ml usilete', 'FIZZ2 3 case'],
    ['voltara 45 moja, hiyo 65 hapana', 'CELL45 1 null'],
  ])('is no news about the line before: %s', (text, line) => {
    expect(read(text)).toMatchObject({ lines: [line], asked: [] });
  });

  it('corrects the line when the no stands before it', () => {
    expect(read('zingo 2l 3 case, no 4').lines).toEqual(['FIZZ2 4 case']);
  });
});

describe('the number that replaces another', () => {
  it.each(['toor dal 5 ki jagah 8 kar dijiye', 'toor dal 5 ke badle 8 kar do', 'toor dal 8 instead of 5'])(
    'is the one that counts: %s',
    (text) => {
      expect(read(text, { cart: [toor, fizz] })).toMatchObject({ intent: 'change', lines: ['TOOR 8 null'] });
    },
  );
});

describe('the last order without a product', () => {
  it.each([
    'same order only no zingo',
    'pichli baar wala order bas zingo mat dena',
    'wahi purana order zingo mat dena',
  ])('asks for no quantity of what is left out: %s', (text) => {
    expect(read(text, { lastOrder: [toor, fizz] })).toEqual({
      intent: 'repeat',
      lines: ['FIZZ2 null null'],
      asked: [],
    });
  });
});

describe('a word that several containers answer to', () => {
  it.each([
    ['gear oil 6 dabba', 'GEAR 6 can'],
    ['nankhatai 4 dabbe', 'SWEETS 4 box'],
    ['toor dal 2 dabba', 'TOOR 2 case'],
    ['isolasi hitam 1 slop', 'TAPE 1 sleeve'],
  ])('means the one that the shop sells: %s', (text, line) => {
    expect(read(text).lines).toEqual([line]);
  });
});

describe('a short answer in a word that two languages share', () => {
  it('is heard as the position', () => {
    const pending = { kind: 'choose_product', candidates: ['PAMPM', 'PAMPL'], quantity: 4, unit: 'each' } as const;
    expect(read('ya pili', { pending: { ...pending, candidates: [...pending.candidates] } }).lines).toEqual([
      'PAMPL 4 each',
    ]);
  });
});

describe('"instead of" at the head of a message', () => {
  it.each([
    'instead of zingo 2l give me toor dal',
    'badala ya zingo 2l nipe toor dal',
    'sebagai ganti zingo 2l kirim toor dal',
  ])('takes out the first product and puts in the second: %s', (text) => {
    expect(read(text, { cart: [fizz] }).lines).toEqual(['FIZZ2 null null', 'TOOR 3 case']);
  });
});

describe('a no that is part of a yes', () => {
  it.each([['no problem, send'], ['no wahala send am'], ['no worries go ahead']])('confirms: %s', (text) => {
    expect(read(text, { cart: [fizz], pending: { kind: 'confirm_order' } }).intent).toBe('confirm');
  });
});

describe('a second number or size of the same words', () => {
  it.each([
    ['voltara 45 2 pcs, 65 3 pcs', ['CELL45 2 piece', 'CELL65 3 piece']],
    ['voltara 45 mbili, 65 tatu', ['CELL45 2 null', 'CELL65 3 null']],
  ])('is another product: %s', (text, lines) => {
    expect(read(text)).toMatchObject({ lines, asked: [] });
  });

  it.each([
    'change the zingo to the 500ml one',
    'the zingo should be the 500ml one',
    'that zingo was meant to be the 500ml one',
  ])('swaps the pack size that is in the cart: %s', (text) => {
    expect(read(text, { cart: [fizz] }).lines).toEqual(['FIZZ2 null null', 'FIZZ500 3 case']);
  });
});

it('a word behind digits is rather a unit of some language than an English word', () => {
  expect(read('nappies 3 bal')).toMatchObject({ intent: 'order', asked: ['product'] });
  expect(read('my bal').intent).toBe('balance');
});

describe('a size word', () => {
  it.each([
    ['nappies kubwa 4', 'PAMPL 4 null'],
    ['nappies badi wali 4', 'PAMPL 4 null'],
    ['nappies kecil 4', 'PAMPM 4 null'],
  ])('is looked for in the names before the packs: %s', (text, line) => {
    expect(read(text)).toMatchObject({ lines: [line], asked: [] });
  });
});

it('a swap ends its first product where its own phrase says', () => {
  expect(read('badilisha zingo na toor dal', { cart: [fizz] }).lines).toEqual(['FIZZ2 null null', 'TOOR 3 case']);
});

describe('a quantity that is said for several', () => {
  it.each(['2 each of zingo 2l and toor dal', 'zingo 2l and toor dal 2 each'])(
    'counts for each of them: %s',
    (text) => {
      expect(read(text)).toMatchObject({ lines: ['FIZZ2 2 each', 'TOOR 2 each'], asked: [] });
    },
  );
});

it('the number before "not" is the one that shall be', () => {
  expect(read('3 not 5', { cart: [toor] }).lines).toEqual(['TOOR 3 null']);
});

it('"2nd one" is one position', () => {
  const pending = { kind: 'choose_product' as const, candidates: ['PAMPM', 'PAMPL'], quantity: 4, unit: 'each' };
  expect(read('2nd one', { pending }).lines).toEqual(['PAMPL 4 each']);
});

describe('words of a no that refuse nothing', () => {
  const shop = buildCatalogueIndex([
    product('VARN', 'Wood Varnish Clear 1L', { tin: 1, carton: 12 }, ['varnish', 'वार्निश', 'ورنيش']),
    product('TURP', 'Turpentine 500ml', { bottle: 1, carton: 24 }, ['turpentine', 'تربنتين']),
  ]);
  const order = (text: string) => {
    const result = parse(text, { index: shop, state: NOTHING });
    return { lines: result.lines.map((line) => `${line.sku} ${line.quantity}`), asked: result.clarify.length };
  };

  it.each([
    'dont forget the varnish 2 tins',
    'do not forget varnish 2',
    'varnish 2 mat bhoolna',
    'वार्निश 2 डिब्बा भूलना मत',
    'لا تنسى الورنيش علبتين',
    'متنسوش الورنيش ٢',
    'no varnish in shop, 2 tins pls',
    'cant find varnish, send 2',
    'why not send varnish 2',
  ])('order: %s', (text) => {
    expect(order(text)).toEqual({ lines: ['VARN 2'], asked: 0 });
  });

  it.each(['no varnish, turpentine 2', 'شيل الورنيش وحط تربنتين ٢', 'varnish ki jagah turpentine 2'])(
    'leave the other line as it is: %s',
    (text) => {
      expect(order(text)).toEqual({ lines: ['TURP 2'], asked: 0 });
    },
  );
});
