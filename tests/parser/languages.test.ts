/** Numbers, units and names in the ways of each language, on the grocery and the hardware shop. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type ParserProduct, parse } from '../../src/parser/index.ts';
import { lexiconFor } from '../../src/parser/message-languages.ts';
import { tokenise } from '../../src/parser/tokens.ts';
import { emptyState, grocery, hardware } from './shops.ts';

const linesOf = (text: string, shop = grocery, language?: string): string[] =>
  parse(text, { index: shop.index, state: emptyState(), language }).lines.map(
    (line) => `${line.sku} ${line.quantity} ${line.unit}`,
  );

describe('numbers in words', () => {
  it.each([
    ['twenty-five ctn crunchy', 25],
    ['veinticinco cajas crunchy', 25],
    ['treinta y cinco cajas crunchy', 35],
    ['vinte e cinco caixas crunchy', 25],
    ['vingt-cinq cartons crunchy', 25],
    ['soixante-quinze cartons crunchy', 75],
    ['quatre-vingt-dix-neuf cartons crunchy', 99],
    ['dua puluh lima dus crunchy', 25],
    ['dua belas dus crunchy', 12],
    ['seratus lima puluh dus crunchy', 150],
    ['ishirini na tano katoni crunchy', 25],
    ['kumi na mbili katoni crunchy', 12],
    ['pachees peti crunchy', 25],
    ['خمسة وعشرين كرتون crunchy', 25],
    ['पच्चीस पेटी crunchy', 25],
    ['do peti crunchy', 2],
    ['crunchy do carton', 2],
  ])('%s', (text, quantity) => {
    expect(linesOf(text)).toEqual([`CHIPS ${quantity} case`]);
  });

  it.each([
    ['media caja crunchy', 0.5],
    ['dos cajas y media de crunchy', 2.5],
    ['caja y media de crunchy', 1.5],
    ['caixa e meia de crunchy', 1.5],
    ['carton and half crunchy', 1.5],
    ['meia caixa crunchy', 0.5],
    ['duas caixas e meia crunchy', 2.5],
    ['demi carton crunchy', 0.5],
    ['2 cartons et demi crunchy', 2.5],
    ['setengah dus crunchy', 0.5],
    ['dua setengah dus crunchy', 2.5],
    ['nusu katoni crunchy', 0.5],
    ['katoni 2 na nusu crunchy', 2.5],
    ['نص كرتون crunchy', 0.5],
    ['كرتون ونص crunchy', 1.5],
    ['aadha peti crunchy', 0.5],
    ['dedh peti crunchy', 1.5],
    ['dhai peti crunchy', 2.5],
    ['sadhe teen peti crunchy', 3.5],
    ['sawa do peti crunchy', 2.25],
    ['paune do peti crunchy', 1.75],
    ['साढ़े तीन पेटी crunchy', 3.5],
  ])('%s', (text, quantity) => {
    expect(linesOf(text)).toEqual([`CHIPS ${quantity} case`]);
  });

  it.each([
    ['docena y media de crunchy', 18],
    ['dos docenas y media de crunchy', 30],
    ['duzia e meia de crunchy', 18],
  ])('%s counts the half in dozens', (text, quantity) => {
    expect(linesOf(text)).toEqual([`CHIPS ${quantity} each`]);
  });

  it.each([
    '2 ctn crunchy, sorry, 5',
    '2 ctn crunchy no, 5',
    '2 cajas de crunchy, perdon, 5',
    '2 cajas de crunchy no, 5',
    '2 caixas de crunchy não, 5',
    '2 caixas de crunchy, desculpa, 5',
  ])('%s is five', (text) => {
    expect(linesOf(text)).toEqual(['CHIPS 5 case']);
  });

  it.each([
    'una docena de crunchy',
    'uma duzia de crunchy',
    'une douzaine de crunchy',
    'selusin crunchy',
    'dazeni moja crunchy',
    'ek darjan crunchy',
    'एक दर्जन crunchy',
    'درزن crunchy',
  ])('%s is twelve pieces', (text) => {
    expect(linesOf(text)).toEqual(['CHIPS 12 each']);
  });
});

describe('units', () => {
  it.each([
    ['crunchy katoni mbili', 'CHIPS 2 case'],
    ['كرتونين crunchy', 'CHIPS 2 case'],
    ['كرتون crunchy', 'CHIPS 1 case'],
    ['sedus crunchy', 'CHIPS 1 case'],
    ['onion kilo 20', 'ONION 20 kg'],
    ['onion kilo ishirini', 'ONION 20 kg'],
    ['كيلوين onion', 'ONION 2 kg'],
    ['onion kilo 2 na nusu', 'ONION 2.5 kg'],
  ])('%s', (text, line) => {
    expect(linesOf(text)).toEqual([line]);
  });
});

describe('where the number of a unit stands', () => {
  it.each([
    // Swahili puts it behind, also when the name ends in a number or a measure.
    ['cement kilo 50 mifuko 3', hardware],
    ['cement kilo hamsini mifuko mitatu', hardware],
  ])('%s', (text, shop) => {
    expect(linesOf(text, shop, 'sw')).toEqual(['CEM50 3 bag']);
  });

  it('is said once: a unit word that means one yields to a number', () => {
    expect(linesOf('كرتون crunchy 10')).toEqual(['CHIPS 10 case']);
    expect(linesOf('كرتون crunchy')).toEqual(['CHIPS 1 case']);
  });

  it('adds a fraction behind a measure or a number, but not to hundreds', () => {
    expect(linesOf('crunchy katoni mbili na nusu')).toEqual(['CHIPS 2.5 case']);
    expect(linesOf('mia mbili na hamsini na tano katoni crunchy')).toEqual(['CHIPS 255 case']);
    expect(linesOf('مية وخمسة وعشرين كرتون crunchy')).toEqual(['CHIPS 125 case']);
  });
});

describe('changes', () => {
  const cart = [{ sku: 'COLA500', quantity: 6, unit: 'case' }];
  const edited = (text: string, lines = cart): string[] =>
    parse(text, { index: grocery.index, state: { ...emptyState(), cart: lines } }).lines.map(
      (line) => `${line.sku} ${line.quantity} ${line.unit}`,
    );

  it('take a swap with the link written into the second name', () => {
    expect(edited('بدل kola بشامبو')).toEqual(['COLA500 null null', 'SHAMP 6 case']);
    expect(edited('change the kola to kola 2l')).toEqual(['COLA500 null null', 'COLA2L 6 case']);
  });

  it('belong to the line that was just said, whatever stood before', () => {
    expect(linesOf('crunchy 6 make it 4')).toEqual(['CHIPS 4 null']);
    expect(edited('kola 500, make it 15 instead of 6')).toEqual(['COLA500 15 null']);
    expect(
      edited('without crunchy and kola make it 2', [...cart, { sku: 'CHIPS', quantity: 1, unit: 'case' }]),
    ).toEqual(['CHIPS null null', 'COLA500 2 null']);
  });
});

describe('unit words between two shops', () => {
  const index = buildCatalogueIndex([
    { sku: 'CAPS', name: 'Amoxil Capsules', units: { strip: 1, box: 10 }, defaultUnit: 'strip', aliases: [] },
    { sku: 'SYR', name: 'Amoxil Syrup', units: { bottle: 1, carton: 50 }, defaultUnit: 'bottle', aliases: [] },
    { sku: 'GLASS', name: 'Screen Protector', units: { piece: 1, pack: 25 }, defaultUnit: 'piece', aliases: [] },
  ]);
  const read = (text: string): string[] =>
    parse(text, { index, state: emptyState() }).lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`);

  it('decide for the product that is sold so', () => {
    expect(read('amoxil 10 strips')).toEqual(['CAPS 10 strip']);
    expect(read('amoxil 3 bottles')).toEqual(['SYR 3 bottle']);
  });

  it('find a unit of nearly the same name before any other', () => {
    expect(read('screen protector 2 packets')).toEqual(['GLASS 2 pack']);
  });
});

describe('everyday goods', () => {
  it('are found under their word in another language', () => {
    expect(linesOf('2 cajas cebolla')).toEqual(['ONION 2 null']);
    expect(linesOf('clavos 3 pulgadas 5 kilos', hardware)).toEqual(['NAILS 5 kg']);
    expect(linesOf('cemento 25kg 10', hardware)).toEqual(['CEM25 10 null']);
  });
});

describe('names in other scripts', () => {
  it.each([
    ['2 पेटी कोला 500 मिली', 'COLA500 2 case'],
    ['रोज़ेल 3', 'SOAP 3 null'],
    ['3 كرتون كولا 500', 'COLA500 3 case'],
    ['كرونشي 4 كرتون', 'CHIPS 4 case'],
  ])('%s', (text, line) => {
    expect(linesOf(text)).toContain(line);
  });

  it('finds a name in Arabic letters from Latin ones, and a name in Devanagari too', () => {
    const index = buildCatalogueIndex([
      { sku: 'PEPSI', name: 'بيبسي', units: { each: 1, case: 24 }, defaultUnit: 'case', aliases: [] },
      { sku: 'MAGGI', name: 'मैगी', units: { each: 1, case: 24 }, defaultUnit: 'case', aliases: [] },
    ]);
    const read = (text: string) => parse(text, { index, state: emptyState() }).lines.map((line) => line.sku);
    expect(read('2 ctn pepsi')).toEqual(['PEPSI']);
    expect(read('2 ctn maggi')).toEqual(['MAGGI']);
    expect(read('2 ctn marmite')).toEqual([]);
  });

  it('does not hear a product in everyday words', () => {
    for (const text of ['कल मिलते हैं', 'شكرا جزيلا يا اخي', 'मैं बाजार में हूं', 'انا في السوق الان']) {
      const result = parse(text, { index: grocery.index, state: emptyState() });
      expect([text, result.lines, result.clarify]).toEqual([text, [], []]);
    }
  });
});

describe('the languages of a message', () => {
  const of = (text: string, language?: string) => lexiconFor(tokenise(text), { language }).languages;

  it.each([
    ['2 ctn coke', 'en'],
    ['dos cajas de coca por favor', 'es'],
    ['duas caixas de coca por favor', 'pt'],
    ['deux cartons de coca', 'fr'],
    ['dua dus coca', 'id'],
    ['katoni mbili za coke', 'sw'],
    ['do peti coke bhej do', 'hi-Latn'],
    ['दो पेटी कोक', 'hi'],
    ['كرتونين كوك', 'ar'],
  ])('%s', (text, language) => {
    expect(of(text)[0]).toBe(language);
  });

  it('believes the conversation where the words say nothing', () => {
    expect(of('coke na fanta')).toEqual(['en']);
    expect(of('coke na fanta', 'sw')[0]).toBe('sw');
  });

  it('reads short words by the language around them', () => {
    expect(linesOf('crunchy katoni mbili na mariella katoni tatu')).toEqual(['CHIPS 2 case', 'BISC 3 case']);
    expect(linesOf('duas caixas crunchy e tres caixas mariella')).toEqual(['CHIPS 2 case', 'BISC 3 case']);
    expect(linesOf('do you have crunchy? send 2 ctn')).toEqual(['CHIPS 2 case']);
    expect(linesOf('dos cajas chipboard screws y tres sandpaper', hardware)).toEqual(['SCREW 2 box', 'SAND 3 null']);
  });
});

describe('words for goods', () => {
  const index = buildCatalogueIndex([
    { sku: 'TAP', name: 'Brass Tap', units: { piece: 1 }, defaultUnit: 'piece', aliases: [] },
    { sku: 'WRENCH', name: 'Pipe Wrench', units: { piece: 1 }, defaultUnit: 'piece', aliases: [] },
    { sku: 'LOCK40', name: 'Padlock 40mm', units: { piece: 1 }, defaultUnit: 'piece', aliases: ['cadeado 40mm'] },
    { sku: 'LOCK60', name: 'Padlock 60mm', units: { piece: 1 }, defaultUnit: 'piece', aliases: [] },
    { sku: 'PAN', name: 'Harina PAN', units: { each: 1 }, defaultUnit: 'each', aliases: [] },
    { sku: 'LOAF', name: 'White Bread', units: { each: 1 }, defaultUnit: 'each', aliases: [] },
  ]);
  const asked = (text: string) =>
    parse(text, { index, state: emptyState() }).clarify.map((one) => one.candidates.sort());

  it('may name two things', () => {
    expect(asked('necesito 3 llaves')).toEqual([['TAP', 'WRENCH']]);
  });

  it('count for a product in another language as much as for one in their own', () => {
    expect(asked('6 cadeados')).toEqual([['LOCK40', 'LOCK60']]);
  });

  it('give way to a name when they are short', () => {
    const read = parse('necesito 3 harina pan', { index, state: emptyState() });
    expect(read.lines.map((line) => line.sku)).toEqual(['PAN']);
  });
});

describe('an answer by the unit word alone', () => {
  const index = buildCatalogueIndex([
    { sku: 'CAN', name: 'Guapa Lata 350ml', units: { each: 1, case: 12 }, defaultUnit: 'case', aliases: [] },
    { sku: 'BIG', name: 'Guapa 2L', units: { each: 1, case: 6 }, defaultUnit: 'case', aliases: [] },
  ]);
  const pending = { kind: 'choose_product' as const, candidates: ['BIG', 'CAN'], quantity: 5, unit: 'case' };

  // Two words show no language: the conversation's own is known.
  it.each([
    ['a de lata', 'pt'],
    ['la de lata', 'es'],
  ])('%s', (text, language) => {
    const read = parse(text, { index, language, state: { ...emptyState(), pending } });
    expect(read.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`)).toEqual(['CAN 5 case']);
  });
});

describe('quantities and what stands around them', () => {
  const index = buildCatalogueIndex([
    { sku: 'NAIL2', name: 'Nails 2 inch', units: { kg: 1, carton: 25 }, defaultUnit: 'kg', aliases: [] },
    { sku: 'NAIL3', name: 'Nails 3 inch', units: { kg: 1, carton: 25 }, defaultUnit: 'kg', aliases: [] },
    { sku: 'HINGE', name: 'Butt Hinge', units: { pair: 1, box: 12 }, defaultUnit: 'pair', aliases: [] },
    { sku: 'PEN12', name: 'Crayons 12', units: { each: 1, box: 24 }, defaultUnit: 'each', aliases: [] },
    { sku: 'PEN24', name: 'Crayons 24', units: { each: 1, box: 12 }, defaultUnit: 'each', aliases: [] },
  ]);
  const read = (text: string) => parse(text, { index, state: emptyState() });
  const lines = (text: string) => read(text).lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`);

  it.each(['10 kg nails 2 inch', '10 kilos de clavos de 2 pulgadas', 'prego 2 polegadas 10 kg'])(
    '%s: one size is the amount, the other chooses',
    (text) => {
      expect(lines(text)).toEqual(['NAIL2 10 kg']);
    },
  );

  it.each(['2 pairs hinges', 'dos pares de bisagras', 'dobradiça dois pares'])(
    '%s are two of what is sold by the pair',
    (text) => {
      expect(lines(text)).toEqual(['HINGE 2 pair']);
    },
  );

  it('does not take a number in a question about a price for a quantity', () => {
    const result = read('how much is a box of crayons 24');
    expect([result.intent, result.lines.map((line) => line.sku), result.clarify]).toEqual(['query', ['PEN24'], []]);
  });

  it.each(['we would be much obliged for 6 boxes hinges', 'le agradecería infinitamente 6 cajas de bisagras'])(
    '%s: talk before the quantity does not take it',
    (text) => {
      expect(lines(text)).toEqual(['HINGE 6 box']);
      expect(read(text).clarify).toEqual([]);
    },
  );

  it('leaves the quantity with an unknown name where quantities stand behind', () => {
    expect(lines('frobnicators 2 boxes hinges 3 boxes')).toEqual(['HINGE 3 box']);
  });
});

it('does not call it adding when a part of an edit names nothing', () => {
  const state = { ...emptyState(), cart: [{ sku: 'SOAP', quantity: 2, unit: 'case' }] };
  for (const text of ['retira o roselle e deixa o resto', 'remove the roselle and make it nice']) {
    const read = parse(text, { index: grocery.index, state });
    expect([text, read.intent, read.lines.map((line) => line.sku)]).toEqual([text, 'remove', ['SOAP']]);
  }
});

describe('what a shop always buys', () => {
  const product = (sku: string, name: string): ParserProduct => ({
    sku,
    name,
    units: { each: 1, case: 10 },
    defaultUnit: 'each',
    aliases: [],
  });
  const index = buildCatalogueIndex([
    product('DIANA', 'Arroz Diana 500g'),
    product('ROA', 'Arroz Roa 1kg'),
    product('SONA', 'Sona Masoori Rice 25kg'),
    product('THAI', 'Thai Rice 25kg'),
  ]);
  const read = (text: string, usual: string[]) => {
    const { lines, clarify } = parse(text, { index, state: emptyState({ usual }), language: 'es' });
    return lines.length > 0
      ? lines.map(({ sku, quantity }) => [sku, quantity])
      : clarify.map(({ candidates }) => candidates);
  };

  it('decides also where the catalogue says it in another language', () => {
    expect(read('2 arroz', ['SONA'])).toEqual([['SONA', 2]]);
  });

  it('decides nothing when it is nothing or two', () => {
    const all = ['DIANA', 'ROA', 'THAI', 'SONA'];
    expect(read('2 arroz', [])).toEqual([all]);
    expect(read('2 arroz', ['SONA', 'THAI'])).toEqual([all]);
    expect(read('2 aroz diana', ['SONA'])).toEqual([['DIANA', 2]]);
    expect(read('2 arroz 1kg', ['SONA'])).toEqual([['ROA', 2]]);
  });
});
