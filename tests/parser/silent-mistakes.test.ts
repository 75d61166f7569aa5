/** Words that mean two things: what used to end in another product, size or answer than was meant. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, type ParserState, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('PASTE', 'Tomato Paste 400g', { tin: 1 }, ['tomato paste', 'معجون طماطم']),
  product('COLA500', 'Coca Cola 500ml', { bottle: 1, crate: 24 }, ['coke 500', 'coca 500']),
  product('COLA2', 'Coca Cola 2L', { bottle: 1, case: 6 }, ['coke 2l', 'coca 2l']),
]);

const cart: OrderLine[] = [{ sku: 'COLA500', quantity: 4, unit: 'bottle' }];

const read = (text: string, state: Partial<ParserState> = {}) => {
  const result = parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [], ...state } });
  return { intent: result.intent, lines: result.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`) };
};

describe('a size that is said as a number', () => {
  it('tells which is meant where a number that is "of" it counts', () => {
    expect(read('1 caja de coca 2l y 2 de 500').lines).toEqual(['COLA2 1 case', 'COLA500 2 null']);
  });

  it.each([
    'change the coke 500 to 2l',
    'change the coke 500 to the 2l one',
    'cambie la coca de 500 por la de 2 litros',
  ])('is swapped for the other size: %s', (text) => {
    expect(read(text, { cart })).toEqual({ intent: 'change', lines: ['COLA500 null null', 'COLA2 4 bottle'] });
  });

  it('is no swap where a count stands behind the "to"', () => {
    expect(read('change coke 500 to 5', { cart }).lines).toEqual(['COLA500 5 null']);
  });
});

describe('a number that tells a size', () => {
  const shop = buildCatalogueIndex([
    product('MARG500', 'Margarine 500g', { tub: 1 }, ['margarina 500g']),
    product('MARG5', 'Margarine 5kg', { bucket: 1 }, ['margarina 5kg']),
    product('NAIL3', 'Wire Nails 3 inch Loose', { kg: 1 }, ['clavos 3 pulgadas']),
    product('NAIL4', 'Wire Nails 4 inch Loose', { kg: 1 }, ['clavos 4 pulgadas']),
    product('PIZ30', 'Pizza Box 30cm', { piece: 1, bundle: 50 }, ['caixa de pizza 30cm']),
    product('PIZ40', 'Pizza Box 40cm', { piece: 1, bundle: 50 }, ['caixa de pizza 40cm']),
  ]);
  const lines = (text: string, held: OrderLine[] = []) =>
    parse(text, { index: shop, state: { cart: held, lastOrder: null, pending: null, usual: [] } }).lines.map(
      ({ act, sku, quantity, unit }) => `${act} ${sku} ${quantity} ${unit}`,
    );

  it('sets a line anew and adds nothing to it', () => {
    const held = [
      { sku: 'MARG500', quantity: 6, unit: 'tub' },
      { sku: 'MARG5', quantity: 1, unit: 'bucket' },
    ];
    expect(lines('a margarina de 500 muda pra 10 potes', held)).toEqual(['set MARG500 10 tub']);
  });

  it('is told from an amount where both have a measure', () => {
    expect(lines('clavos de 3 pulgadas 5 kilos y de 4 pulgadas 2 kilos y medio')).toEqual([
      'add NAIL3 5 kg',
      'add NAIL4 2.5 kg',
    ]);
  });

  it('is told from a count that the bundle holds as well', () => {
    expect(lines('caixa de pizza 30 cm 100 unidades e a de 40 50 unidades')).toEqual([
      'add PIZ30 100 piece',
      'add PIZ40 50 piece',
    ]);
  });
});

describe('a single letter', () => {
  const gloves = buildCatalogueIndex([
    product('GLVM', 'Latex Gloves M', { box: 1 }, ['luva latex m']),
    product('GLVL', 'Latex Gloves L', { box: 1 }, ['luva latex g']),
    product('BAG', 'Carry Bag Large', { pack: 1 }, ['sacola grande']),
  ]);
  const results = (text: string) => {
    const state = { cart: [], lastOrder: null, pending: null, usual: [] };
    const { lines, clarify } = parse(text, { index: gloves, state, language: 'pt' });
    return { lines: lines.map(({ sku }) => sku), asked: clarify.map(({ kind }) => kind) };
  };

  it('names nothing by itself', () => {
    expect(results('sacola g 5')).toEqual({ lines: [], asked: ['product'] });
  });

  it('tells the size of what was named before', () => {
    expect(results('luva m 3, g 2').lines[0]).toBe('GLVM');
  });
});

describe('two numbers that each name a product', () => {
  const locks = buildCatalogueIndex([
    product('LOCK40', 'Padlock 40mm', { piece: 1, box: 12 }, ['candado 40mm', 'gembok 40mm', 'cadenas 40mm']),
    product('LOCK50', 'Padlock 50mm', { piece: 1, box: 12 }, ['candado 50mm', 'gembok 50mm', 'cadenas 50mm']),
  ]);
  const held: ParserState = {
    cart: [{ sku: 'LOCK40', quantity: 3, unit: null }],
    lastOrder: null,
    pending: null,
    usual: [],
  };
  const edit = (text: string) => {
    const { lines, clarify } = parse(text, { index: locks, state: held });
    return { lines: lines.map(({ sku, quantity }) => `${sku} ${quantity}`), asked: clarify.map(({ kind }) => kind) };
  };

  it.each([
    'cámbiame el candado de 40 por el de 50',
    'gembok 40 tuker yg 50 aja',
    'remplace cadenas 40 par 50',
    'swap the 40 padlock for the 50',
  ])('are a swap and no order for fifty: %s', (text) => {
    expect(edit(text)).toEqual({ lines: ['LOCK40 null', 'LOCK50 3'], asked: [] });
  });

  it('are asked about where the second may as well count', () => {
    expect(edit('cambia el candado 40 a 50')).toEqual({ lines: [], asked: ['product'] });
  });

  it('are a new quantity where no product goes by it', () => {
    expect(edit('cambia el candado 40 a 6')).toEqual({ lines: ['LOCK40 6'], asked: [] });
  });
});

describe('an answer to "cancel the order?"', () => {
  it.each(['batal', 'batalin', 'cancel'])('is a yes where it says the same again: %s', (text) => {
    expect(read(text, { cart, pending: { kind: 'confirm_cancel' } }).intent).toBe('confirm');
  });

  it.each(['jangan batal', 'no', 'tidak', 'gak jadi batal'])('is a no where it keeps the order: %s', (text) => {
    expect(read(text, { cart, pending: { kind: 'confirm_cancel' } }).intent).toBe('decline');
  });
});

describe('a word of another language', () => {
  it('makes no tomato paste of a toothpaste', () => {
    expect(read('toothpaste 6').lines).toEqual([]);
  });

  it('leaves the Swahili for "the first" an answer', () => {
    const pending = { kind: 'choose_product' as const, candidates: ['COLA500', 'COLA2'], quantity: 2, unit: null };
    expect(read('ya kwanza', { pending }).lines).toEqual(['COLA500 2 null']);
  });
});

describe('lines that hold a quantity and no name', () => {
  const asked = (text: string, state: Partial<ParserState> = {}) =>
    parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [], ...state } }).clarify.map(
      ({ text: words }) => words,
    );

  it.each([
    ['Tin 100x\n2 tin', ['Tin 100', '2 tin']],
    ['Tin 100x\n2 tin 200x\n3 coke 500', ['Tin 100', '2 tin 200']],
  ])('are each asked about: %j', (text, words) => {
    expect(asked(text)).toEqual(words);
    expect(asked(text, { cart })).toEqual(words);
  });

  it('are no "not 100 but 2" of what is in the cart', () => {
    expect(read('Tin 100x\n2', { cart }).lines).toEqual([]);
    expect(asked('100\n2', { cart })).toEqual(['100', '2']);
    expect(read('make it 5\n3', { cart }).lines).toEqual(['COLA500 5 null']);
    expect(asked('make it 5\n3', { cart })).toEqual(['3']);
  });

  it('are an edit where they stand on one line, or say what they correct', () => {
    expect(read('5 no 3', { cart }).lines).toEqual(['COLA500 3 null']);
    expect(read('5\nno 3', { cart }).lines).toEqual(['COLA500 3 null']);
    expect(read('6', { cart }).lines).toEqual(['COLA500 6 null']);
  });
});

describe('a word that sounds like one of another script, or counts in another language', () => {
  const frozen = buildCatalogueIndex([
    product('CHOC', 'Chocolate Ice Cream', { tub: 1 }, ['ايس كريم شوكولاتة']),
    product('VAN', 'Vanilla Ice Cream', { tub: 1 }),
    product('SAUS', 'Beef Sausages 500g', { packet: 1 }, ['سجق', 'सॉसेज']),
    product('PEAS1', 'Frozen Green Peas 1kg', { bag: 1 }, ['peas 1kg']),
    product('PEAS5', 'Frozen Green Peas 5kg', { bag: 1 }, ['peas 5kg']),
    product('FISH', 'Frozen Tilapia', { kg: 1, carton: 10 }),
  ]);
  const order = (text: string) => {
    const result = parse(text, { index: frozen, state: { cart: [], lastOrder: null, pending: null, usual: [] } });
    return {
      lines: result.lines.map((line) => `${line.sku} ${line.quantity}`),
      asked: result.clarify.flatMap((one) => one.candidates),
    };
  };

  it('is rather short for one of its own', () => {
    expect(order('ice cream vanilla 2 choc 3').lines).toEqual(['VAN 2', 'CHOC 3']);
  });

  it('orders no fish for peas', () => {
    expect(order('frozen peas 10kg')).toEqual({ lines: [], asked: ['PEAS1', 'PEAS5'] });
    expect(order('6 peas 1kg').lines).toEqual(['PEAS1 6']);
  });
});

it('a word for milk in a third language decides nothing among milks', () => {
  const dairy = buildCatalogueIndex([
    product('LABAN', 'Laban Drink 180ml', { bottle: 1 }, ['laban', 'لبن']),
    product('TONED', 'Toned Milk 500ml', { pouch: 1 }),
    product('CREAM', 'Full Cream Milk 1L', { pouch: 1 }),
  ]);
  const { clarify } = parse('doodh 5', {
    index: dairy,
    state: { cart: [], lastOrder: null, pending: null, usual: [] },
  });
  expect(clarify.flatMap((question) => question.candidates).sort()).toEqual(['CREAM', 'LABAN', 'TONED']);
});

describe('a no of a language that puts its verbs last', () => {
  it.each([
    ['3 tomato paste nahi, 2 coke 2l', ['COLA2 2 null']],
    ['tomato paste 3 nahi, 2', ['PASTE 2 null']],
    ['3 tomato paste nahi, 2', ['PASTE 2 null']],
  ])('refuses what stands before it: %s', (text, lines) => {
    expect(read(text).lines).toEqual(lines);
  });
});

describe('a shop of cleaning goods and toys', () => {
  const shop = buildCatalogueIndex([
    product('WAX', 'Floor Polish Red', { can: 1, carton: 12 }, ['cera roja', 'cera vermelha', 'cire rouge']),
    product('BLEACH5', 'Bleach 5L', { jerrycan: 1, carton: 4 }, [
      'cloro 5 litros',
      'javel 5l',
      'água sanitária 5 litros',
    ]),
    product('GLOVEM', 'Rubber Gloves Medium', { pair: 1, pack: 12 }, ['guantes medianos']),
    product('GLOVEL', 'Rubber Gloves Large', { pair: 1, pack: 12 }, ['guantes grandes']),
    product('BEAR30', 'Teddy Bear 30cm', { piece: 1, sack: 50 }, ['oso 30cm']),
    product('BEAR60', 'Teddy Bear 60cm', { piece: 1, sack: 20 }, ['oso 60cm']),
    product('DOLL', 'Lola Doll', { piece: 1 }, ['muñeca', 'boneca', 'poupée']),
    product('CARDS', 'Quartet Cards', { piece: 1 }, ['jeu quartet']),
  ]);
  const readThere = (text: string, held: OrderLine[] = []) => {
    const state = { cart: held, lastOrder: null, pending: null, usual: [] };
    const { lines, clarify } = parse(text, { index: shop, state });
    return {
      lines: lines.map(({ act, sku, quantity }) => `${act} ${sku} ${quantity}`),
      asked: clarify.map(({ kind }) => kind),
    };
  };

  it.each([
    'mándeme 3 galones de cloro',
    'me manda 3 galão de água sanitária',
    'send 3 gallons of bleach',
    "j'ai plus de javel 5l, envoyez 3 bidons",
    "j'ai plus de javel. Mettez 3 javel 5l",
  ])('counts its vessels, whatever they hold, and what has run out: %s', (text) => {
    expect(readThere(text)).toEqual({ lines: ['add BLEACH5 3'], asked: [] });
  });

  it.each([
    'cera roja 2\nJARCIERIA:\nmuñeca 3',
    'cera vermelha 2\n*Descartáveis:*\nboneca 3',
    'cire rouge 2\nMatériel :\npoupée 3',
  ])('asks nothing about the heading of a list: %s', (text) => {
    expect(readThere(text)).toEqual({ lines: ['add WAX 2', 'add DOLL 3'], asked: [] });
  });

  it('asks nothing about what heads its kinds', () => {
    expect(readThere('guantes: medianos 10, grandes 5')).toEqual({
      lines: ['add GLOVEM 10', 'add GLOVEL 5'],
      asked: [],
    });
  });

  it('takes the number of a list entry for no quantity where a unit word begins the name', () => {
    expect(readThere('1) cire rouge 10\n2) jeu quartet 6').lines).toEqual(['add WAX 10', 'add CARDS 6']);
  });

  const held: OrderLine[] = [{ sku: 'DOLL', quantity: 5, unit: 'piece' }];

  it.each(['5 muñecas es poco, ponle 10', 'acho que 5 boneca é pouco, coloca 10', "5 poupées c'est peu, mets 10"])(
    'hears that a number was too small: %s',
    (text) => {
      expect(readThere(text, held)).toEqual({ lines: ['set DOLL 10'], asked: [] });
    },
  );

  it.each(['6 muñecas no, 3 cera roja', '6 bonecas não, põe 3 cera vermelha'])(
    'orders nothing that is refused before another product: %s',
    (text) => {
      expect(readThere(text)).toEqual({ lines: ['add WAX 3'], asked: [] });
    },
  );

  it('swaps for the size that a number tells', () => {
    expect(readThere('cambie la muñeca por el oso de 30', held)).toEqual({
      lines: ['remove DOLL null', 'set BEAR30 5'],
      asked: [],
    });
  });
});
