/** What people leave out because it was just said or stands in the cart: the noun, the old number, the product. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, type ParserState, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('LIPRED', 'Velora Lipstick Red', { piece: 1, box: 12 }, ['labial rojo', 'rouge à lèvres rouge']),
  product('LIPNUD', 'Velora Lipstick Nude', { piece: 1, box: 12 }, ['labial nude', 'rouge à lèvres nude']),
  product('NAILR', 'Velora Nail Polish Red', { piece: 1, box: 12 }, ['esmalte rojo', 'vernis rouge']),
  product('NAILC', 'Velora Nail Polish Clear', { piece: 1, box: 12 }, ['esmalte transparente', 'vernis transparent']),
  product('FIZZ500', 'Zingo Fizz 500ml', { each: 1, case: 24 }, ['zingo 500']),
  product('FIZZ2L', 'Zingo Fizz 2L', { each: 1, case: 9 }, ['zingo 2l']),
  product('JELLY50', 'Aloma Jelly 50ml', { piece: 1 }, ['vaselina aloma 50ml']),
  product('JELLY250', 'Aloma Jelly 250ml', { piece: 1 }, ['vaselina aloma 250ml']),
  product('LOTION', 'Aloma Lotion 400ml', { piece: 1 }, ['loción de vaselina aloma']),
  product('NAILW', 'Velora Nail Polish White', { piece: 1, box: 12 }, [
    'esmalte blanco',
    'cat kuku putih',
    'rangi nyeupe',
  ]),
  product('NAILB', 'Velora Nail Polish Black', { piece: 1, box: 12 }, [
    'esmalte negro',
    'cat kuku hitam',
    'rangi nyeusi',
  ]),
  product('SOAPW', 'Velora Soap White', { piece: 1 }, ['jabón blanco', 'sabun putih', 'sabuni nyeupe']),
  product('POTATO', 'Potato Loose', { kg: 1, sack: 50 }, ['papa']),
]);

const read = (text: string, state: Partial<ParserState> = {}) => {
  const full: ParserState = { cart: [], lastOrder: null, pending: null, usual: [], ...state };
  const result = parse(text, { index, state: full });
  const lines = result.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`);
  return { intent: result.intent, lines, asked: result.clarify.map((one) => one.kind) };
};

const nail: OrderLine = { sku: 'NAILC', quantity: 5, unit: 'piece' };
const fizz: OrderLine = { sku: 'FIZZ2L', quantity: 3, unit: 'case' };

describe('a second kind of what was just ordered', () => {
  it.each([
    ['6 labial rojo y 4 nude', ['LIPRED 6 null', 'LIPNUD 4 null']],
    ['vernis transparent 2 boîtes et rouge 1 boîte', ['NAILC 2 box', 'NAILR 1 box']],
    ['3 cajas de esmalte transparente, 2 de rojo', ['NAILC 3 box', 'NAILR 2 null']],
    ['zingo 3 de 2l y 4 de 500', ['FIZZ2L 3 null', 'FIZZ500 4 null']],
    ['esmalte rojo 3, negro 2 y blanco 6', ['NAILR 3 null', 'NAILB 2 null', 'NAILW 6 null']],
    ['cat kuku hitam 2, putih 4', ['NAILB 2 null', 'NAILW 4 null']],
    ['rangi nyeusi 3, nyeupe 4', ['NAILB 3 null', 'NAILW 4 null']],
  ])('is said without the noun: %s', (text, lines) => {
    expect(read(text)).toMatchObject({ lines, asked: [] });
  });

  it('is not made of a noun that leaves its own kinds open', () => {
    expect(read('6 labial rojo y 4 esmalte')).toMatchObject({ lines: ['LIPRED 6 null'], asked: ['product'] });
  });

  it('is not made of what the shop does not sell', () => {
    expect(read('6 labial rojo y 4 jamones')).toMatchObject({ lines: ['LIPRED 6 null'], asked: ['unknown_product'] });
  });
});

describe('a number that was and a number that shall be', () => {
  it.each([
    'make it 8 instead of 5',
    '8 instead of 5',
    '8 en vez de 5',
    'son 8, no 5',
    'mets 8 au lieu de 5',
    'são 8 e não 5',
    'خليهم ٨ بدل ٥',
    '٨ مش ٥',
  ])('are told apart, whatever stands first: %s', (text) => {
    expect(read(text, { cart: [nail] })).toMatchObject({ intent: 'change', lines: ['NAILC 8 null'] });
  });

  it.each([
    'esmalte transparente 8, no 5',
    'esmalte transparente, mejor 8',
    'me equivoqué, son 8 esmalte transparente',
  ])('are told apart by the cart: %s', (text) => {
    expect(read(text, { cart: [nail, fizz] })).toMatchObject({ intent: 'change', lines: ['NAILC 8 null'] });
  });

  it('is corrected to the last one where the cart says nothing', () => {
    expect(read('zingo 2l 8, no 5').lines).toEqual(['FIZZ2L 5 null']);
  });
});

describe('an answer to "which of these?"', () => {
  const pending = { kind: 'choose_product', candidates: ['FIZZ500', 'FIZZ2L'], quantity: 2, unit: 'case' } as const;

  it.each(['la de 500 no, la de 2 litros', 'zingo 500 não, a de 2 litros', 'pas 500ml, la 2L'])(
    'may refuse the other one first: %s',
    (text) => {
      expect(read(text, { pending: { ...pending, candidates: [...pending.candidates] } }).lines).toEqual([
        'FIZZ2L 2 case',
      ]);
    },
  );
});

describe('small words', () => {
  it('do not choose a product whose name holds them', () => {
    expect(read('2 vaselina aloma de la chica').lines).toEqual(['JELLY50 2 null']);
  });

  it('are no talk where the language of the message sells it', () => {
    expect(read('me manda 25 kilos de papa y un bulto de papa').lines).toEqual(['POTATO 25 kg', 'POTATO 1 sack']);
  });

  it.each(['con una docena basta', 'une douzaine suffit', 'uma dúzia chega'])(
    'around a quantity answer how many: %s',
    (text) => {
      expect(read(text, { pending: { kind: 'ask_quantity', sku: 'LIPRED' } }).lines).toEqual(['LIPRED 12 piece']);
    },
  );

  it('elided tell the language', () => {
    expect(read("n'envoie pas le zingo 2l", { cart: [fizz] })).toMatchObject({
      intent: 'remove',
      lines: ['FIZZ2L null null'],
    });
  });
});

describe('what touches or carries its own count', () => {
  it('swaps for the other size without saying the name again', () => {
    const held: OrderLine = { sku: 'FIZZ500', quantity: 2, unit: 'case' };
    expect(read('troca zingo 500 pela de 2 litros', { cart: [held, nail] })).toMatchObject({
      intent: 'change',
      lines: ['FIZZ500 null null', 'FIZZ2L 2 case'],
    });
  });

  it('is no multiple of the number before an Arabic dual', () => {
    expect(read('زينجو 500 درزنين').lines).toEqual(['FIZZ500 24 each']);
  });
});

describe('a swap for another kind of the same thing', () => {
  const bakery = buildCatalogueIndex([
    product('MUFBLU', 'Muffins Blueberry', { pack: 1, tray: 10 }),
    product('MUFCHO', 'Muffins Chocolate', { pack: 1, tray: 10 }),
    product('CHIPS', 'Chocolate Chips 1kg', { packet: 1 }),
    product('DONUT', 'Doughnuts Chocolate', { box: 1 }),
  ]);
  const cart: OrderLine[] = [{ sku: 'MUFBLU', quantity: 4, unit: 'pack' }];
  const swap = (text: string) => {
    const result = parse(text, { index: bakery, state: { cart, lastOrder: null, pending: null, usual: [] } });
    return {
      lines: result.lines.map((line) => `${line.sku} ${line.quantity}`),
      asked: result.clarify.flatMap((one) => one.candidates),
    };
  };

  it.each(['swap the blueberry muffins for chocolate ones', 'change blueberry muffins to chocolate'])(
    'keeps the noun: %s',
    (text) => {
      expect(swap(text)).toEqual({ lines: ['MUFBLU null', 'MUFCHO 4'], asked: [] });
    },
  );

  it('asks where the noun was not said', () => {
    expect(swap('swap the blueberry for chocolate').asked).toContain('MUFCHO');
  });
});

describe('a swap of the small one for the big one', () => {
  const shop = buildCatalogueIndex([
    product('SPK5', 'Bluetooth Speaker 5W', { piece: 1 }, ['small speaker', 'chota speaker', 'سبيكر صغير']),
    product('SPK10', 'Bluetooth Speaker 10W', { piece: 1 }, ['big speaker', 'bada speaker', 'سبيكر كبير']),
    product('OTG', 'OTG Adapter', { piece: 1, packet: 20 }, ['otg']),
  ]);
  const cart: OrderLine[] = [
    { sku: 'SPK5', quantity: 4, unit: 'piece' },
    { sku: 'OTG', quantity: 1, unit: 'packet' },
  ];
  const swap = (text: string) => {
    const result = parse(text, { index: shop, state: { cart, lastOrder: null, pending: null, usual: [] } });
    return {
      lines: result.lines.map((line) => `${line.sku} ${line.quantity}`),
      asked: result.clarify.map((one) => one.kind),
    };
  };

  it.each([
    'swap the small speakers for big ones',
    'chota speaker ki jagah bada wala',
    'छोटा स्पीकर की जगह बड़ा वाला कर दो',
    'غير السبيكر الصغير للكبير',
    'بدل السبيكر الصغير بالكبير',
    'the big speaker instead of the small one',
    'السبيكر الكبير بدل الصغير',
  ])('is said with the noun once: %s', (text) => {
    expect(swap(text)).toEqual({ lines: ['SPK5 null', 'SPK10 4'], asked: [] });
  });

  it.each(['chota speaker ki jagah bada wala 6 piece', 'بدل السبيكر الصغير بالكبير ٦'])(
    'takes a quantity that is said beside it: %s',
    (text) => {
      expect(swap(text).lines).toEqual(['SPK5 null', 'SPK10 6']);
    },
  );

  it('asks about a new product that the shop does not sell', () => {
    expect(swap('replace otg with hdmi converter')).toEqual({ lines: ['OTG null'], asked: ['unknown_product'] });
  });
});

describe('a quantity that is taken off', () => {
  it.each(['zingo 2l 1 case kam kar do', 'zingo 2l 1 kam karo', 'ज़िंगो 2 लीटर 1 कम कर दो'])(
    'leaves the rest: %s',
    (text) => {
      expect(read(text, { cart: [fizz] })).toMatchObject({ intent: 'change', lines: ['FIZZ2L 2 case'], asked: [] });
    },
  );

  it('is what shall be where it stands behind the verb', () => {
    expect(read('zingo 2l kam kar do 1 rakho', { cart: [fizz] }).lines).toEqual(['FIZZ2L 1 null']);
  });
});

describe('an answer that resembles a yes or a no', () => {
  const pending = { kind: 'choose_product' as const, candidates: ['FIZZ500', 'FIZZ2L'], quantity: 4, unit: null };

  it('is a number behind the "no" of a number', () => {
    expect(read('no 2', { cart: [nail], pending })).toEqual({ intent: 'add', lines: ['FIZZ2L 4 null'], asked: [] });
  });

  it('chooses nothing where any will do', () => {
    expect(read('اي واحد', { pending }).lines).toEqual([]);
  });

  it('is no yes where it only thinks', () => {
    expect(read('hmm', { cart: [nail], pending: { kind: 'confirm_order' } }).intent).toBe('unknown');
  });
});
