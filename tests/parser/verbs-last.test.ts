/** What languages that put their verbs last ask of the parser, and rules that came with them and serve all languages. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('FIZZ', 'Zingo Fizz 300ml', { each: 1, case: 24 }, ['zingo']),
  product('MANGO', 'Aamras Drink 600ml', { each: 1, case: 24 }, ['aamras']),
  product('TOOR', 'Toor Dal 1kg', { each: 1, case: 20 }, ['तूर दाल']),
  product('MOONG', 'Moong Dal 1kg', { each: 1, case: 20 }),
  product('RICE5', 'Kamal Chawal 5kg', { each: 1 }),
  product('RICE25', 'Kamal Chawal 25kg', { each: 1 }),
  product('PONNI25', 'Ponni Rice 25kg', { each: 1 }),
  product('PIPE25', 'PVC Pipe 25mm', { length: 1, bundle: 20 }, ['पीवीसी पाइप 25 mm']),
  product('PIPE110', 'PVC Pipe 110mm', { length: 1, bundle: 5 }),
  product('GLUCO5', 'Glucona Biscuit 50g', { each: 1, case: 96 }, ['glucona 5 rupee']),
  product('GLUCO20', 'Glucona Biscuit 250g', { each: 1, case: 24 }, ['glucona 20 rupee']),
  product('GHEE', 'Gopal Ghee 1L', { tin: 1, carton: 12 }),
]);

const read = (text: string, cart: OrderLine[] = [], usual: string[] = []) => {
  const result = parse(text, { index, state: { cart, lastOrder: null, pending: null, usual } });
  const lines = result.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`);
  return { intent: result.intent, lines, asked: result.clarify.map((one) => one.kind) };
};

const fizz: OrderLine = { sku: 'FIZZ', quantity: 2, unit: 'case' };

describe('where the verb stands last', () => {
  it.each([
    ['aamras 2 peti, zingo nahi', ['MANGO 2 case']],
    ['zingo nahi, aamras 2 peti', ['MANGO 2 case']],
    ['zingo mat bhejna aamras do peti', ['MANGO 2 case']],
    ['zingo 3 peti nahi 4 peti', ['FIZZ 4 case']],
    ['zingo 3 peti karni thi 2 nahi', ['FIZZ 3 case']],
    ['अंडे नहीं चाहिए, zingo 2 पेटी', ['FIZZ 2 case']],
  ])('a no belongs to what stands before it: %s', (text, lines) => {
    expect(read(text)).toMatchObject({ lines, asked: [] });
  });

  it.each(['zingo ki jagah aamras kar do', 'zingo ko aamras se badal do', 'zingo hata ke aamras likh do'])(
    'the old product of a swap stands first: %s',
    (text) => {
      expect(read(text, [fizz])).toMatchObject({
        intent: 'change',
        lines: ['FIZZ null null', 'MANGO 2 case'],
        asked: [],
      });
    },
  );

  it('does not begin a phrase inside a name', () => {
    expect(read('toor dal do packet').lines).toEqual(['TOOR 2 each']);
    expect(read('toor dal 3 packet dal do').lines).toEqual(['TOOR 3 each']);
  });

  it('hears a word of the other script beside many of this one', () => {
    expect(read('haan भेज दो पर 10 पैकेट तूर दाल और डाल देना').lines).toEqual(['TOOR 10 each']);
  });
});

describe('in every language', () => {
  it.each([
    ['zingo 2 nahi 5 peti', 'change', 'FIZZ 5 case'],
    ['zingo 2 no sorry 5 cases', 'change', 'FIZZ 5 case'],
    ['zingo 3 no sorry 5 cases', 'add', 'FIZZ 5 case'],
  ])('a corrected quantity that stands in the cart changes the cart: %s', (text, intent, line) => {
    expect(read(text, [fizz])).toMatchObject({ intent, lines: [line] });
  });

  it.each([
    ['toor dal 25 kg moong dal 10 kg', ['TOOR 25 each', 'MOONG 10 each']],
    ['तूर दाल पच्चीस किलो मूंग दाल दस किलो', ['TOOR 25 each', 'MOONG 10 each']],
    ['kamal chawal 25 kg 2 bag', ['RICE25 2 each']],
  ])('an amount that packs make up ends a line: %s', (text, lines) => {
    expect(read(text)).toMatchObject({ lines, asked: [] });
  });

  it.each(['zingo aur aamras 1-1 peti', 'zingo aur aamras ki ek ek peti', 'zingo and aamras 1-1 case'])(
    'a number said twice counts for each: %s',
    (text) => {
      expect(read(text)).toMatchObject({ lines: ['FIZZ 1 case', 'MANGO 1 case'], asked: [] });
    },
  );

  it('keeps the verb and the number of "bhej do do peti" apart', () => {
    expect(read('zingo bhej do do peti').lines).toEqual(['FIZZ 2 case']);
  });

  it('takes what the shop always buys under a word that only its neighbour has', () => {
    expect(read('chawal 2 bori 25 kilo', [], ['PONNI25']).lines).toEqual(['PONNI25 2 each']);
    // Rice is rice in both names; without a habit the shop is asked.
    expect(read('chawal 2 bori 25 kilo')).toMatchObject({ lines: [], asked: ['product'] });
    expect(read('zingo 2 peti', [], ['PONNI25']).lines).toEqual(['FIZZ 2 case']);
  });

  it('reads names of letters as letters, and a size before the script of an alias', () => {
    expect(read('पीवीसी पाइप 110 mm 12 लेंथ').lines).toEqual(['PIPE110 12 length']);
    expect(read('पीवीसी पाइप 25 mm 12 लेंथ').lines).toEqual(['PIPE25 12 length']);
  });

  it.each(['glucona 5 rupee wala 6 peti', 'glucona 5 rs 6 peti', '6 peti glucona ₹5'])(
    'a price on the packet tells two products apart and is no part of the rest: %s',
    (text) => {
      expect(read(text)).toMatchObject({ lines: ['GLUCO5 6 case'], asked: [] });
      expect(read('glucona 6 peti')).toMatchObject({ lines: [], asked: ['product'] });
    },
  );

  it('takes nothing out for what is only said beside a cancel', () => {
    expect(read('sab cancel kar do bhai aaj dukan band hai', [fizz])).toMatchObject({ intent: 'cancel', lines: [] });
  });

  it('reads a unit right behind digits, though the word is a number elsewhere', () => {
    expect(read('gopal ghee ke 2 tin bhejna').lines).toEqual(['GHEE 2 tin']);
  });
});
