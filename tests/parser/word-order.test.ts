/** Where words stand and what is written on to them, in ways that tables alone cannot say; on two trades. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, parse } from '../../src/parser/index.ts';
import { emptyState, grocery, hardware, type Shop } from './shops.ts';

const read = (text: string, shop: Shop = grocery, cart: ReturnType<typeof emptyState>['cart'] = []) => {
  const { intent, lines, clarify } = parse(text, { index: shop.index, state: { ...emptyState(), cart } });
  return { intent, lines: lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`), asked: clarify.length };
};

describe('endings', () => {
  it('are cut where the rest is a name, and only there', () => {
    expect(read('mariellanya 2 dus ya kak').lines).toEqual(['BISC 2 case']);
    expect(read('minta enamelnya 1l 3 kaleng', hardware).lines).toEqual(['PAINT1 3 tin']);
    expect(read('mau zzanya 2 dus').lines).toEqual([]);
  });
});

describe('a swap with its verb between the products', () => {
  it('takes out the first and puts in the second', () => {
    const cart = [
      { sku: 'BISC', quantity: 4, unit: 'case' },
      { sku: 'SOAP', quantity: 2, unit: 'each' },
    ];
    const wanted = { intent: 'change', lines: ['BISC null null', 'CHIPS 4 case'], asked: 0 };
    expect(read('mariella ganti crunchy ya', grocery, cart)).toEqual(wanted);
    // "Sama" also joins two products; inside the phrase it does not.
    expect(read('mariella diganti sama crunchy ya', grocery, cart)).toEqual(wanted);
    expect(read('replace mariella with crunchy', grocery, cart)).toEqual(wanted);
  });
});

describe('a dozen and a half', () => {
  it.each(['une douzaine et demie de roselle svp', 'roselle 1 dozen and a half', 'une douzaine et demie roselle'])(
    '%s',
    (text) => expect(read(text).lines).toEqual(['SOAP 18 each']),
  );
});

describe('a number between the name and the quantity', () => {
  it('is the size even where it is also the number of pieces in a pack', () => {
    const index = buildCatalogueIndex([
      { sku: 'ROD8', name: 'Steel Rod 8mm', units: { length: 1, bundle: 10 }, defaultUnit: 'length', aliases: [] },
      { sku: 'ROD10', name: 'Steel Rod 10mm', units: { length: 1, bundle: 7 }, defaultUnit: 'length', aliases: [] },
    ]);
    const { lines } = parse('steel rod 10 15 lengths', { index, state: emptyState() });
    expect(lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`)).toEqual(['ROD10 15 length']);
  });
});

describe('a short word that joins a name', () => {
  it('does not rule out the product that is spelled without it', () => {
    const index = buildCatalogueIndex([
      { sku: 'ROD8', name: 'Steel Rod 8mm', units: { length: 1 }, defaultUnit: 'length', aliases: ['fer de 8'] },
      { sku: 'ROD10', name: 'Fer rond 10mm', units: { length: 1 }, defaultUnit: 'length', aliases: [] },
    ]);
    const { lines } = parse('il faut fer de 10mm 20 barres svp', { index, state: emptyState() });
    expect(lines.map((line) => `${line.sku} ${line.quantity}`)).toEqual(['ROD10 20']);
  });
});

describe('a unit word that ends the name', () => {
  it('is no unit of the number behind it', () => {
    const index = buildCatalogueIndex([
      { sku: 'TEA', name: 'Teh Botol 350ml', units: { bottle: 1, case: 24 }, defaultUnit: 'case', aliases: [] },
    ]);
    const said = (text: string) => parse(text, { index, state: emptyState() }).lines[0]?.unit;
    expect(said('teh botol 5')).toBe(null);
    expect(said('teh botol 5 botol')).toBe('bottle');
  });
});

describe('a question about an act', () => {
  it('is the act, whatever goods it names', () => {
    expect(read('is my order of crunchy on the way?').intent).toBe('status');
    expect(read('le camion avec mariella est sorti ou pas encore ?')).toEqual({
      intent: 'status',
      lines: [],
      asked: 0,
    });
  });
});

describe('what is left behind a quantity', () => {
  it('orders nothing where it is shorter than any name', () => {
    expect(read('roselle 8 pcs eh', grocery).asked).toBe(0);
    expect(read('copper cable 2 rolls zz', hardware)).toEqual({ intent: 'order', lines: ['CABLE 2 roll'], asked: 0 });
  });
});

describe('talk before a quantity', () => {
  it('is no part of the product where it resembles nothing that is sold', () => {
    expect(read('bonjour, zorvax wemblip il faut 20 paquets de roselle').lines).toEqual(['SOAP 20 each']);
    expect(read('zorvax send 4 ctn mariella').lines).toEqual(['BISC 4 case']);
  });
});

describe('words that phrases spell as one', () => {
  it("are not cut at the apostrophe: merci d'avance", () => {
    expect(read("2 cartons de crunchy. merci d'avance")).toEqual({
      intent: 'order',
      lines: ['CHIPS 2 case'],
      asked: 0,
    });
  });
});

describe('a fraction behind the unit', () => {
  it('is added without a joining word where the language says so', () => {
    expect(read('crunchy dua dus setengah').lines).toEqual(['CHIPS 2.5 case']);
    expect(read('crunchy dua dus, setengah dus mariella').lines).toEqual(['CHIPS 2 case', 'BISC 0.5 case']);
  });
});

describe('packet and pack', () => {
  it('are one unit in a shop that has only one of them', () => {
    const index = buildCatalogueIndex([
      { sku: 'BOOK', name: 'Ruled Notebook', units: { piece: 1, pack: 10 }, defaultUnit: 'piece', aliases: [] },
    ]);
    expect(parse('ruled notebook 3 packets', { index, state: emptyState() }).lines[0]?.unit).toBe('pack');
  });
});

describe('talk beside an edit', () => {
  it('changes and takes out nothing', () => {
    const cart = [{ sku: 'BISC', quantity: 4, unit: 'case' }];
    expect(read('mariellanya jadi 6 ya, kemarin saya bilang 2', grocery, cart)).toEqual({
      intent: 'change',
      lines: ['BISC 6 null'],
      asked: 0,
    });
  });
});

describe('both of what was asked about, in several words', () => {
  it.each(['les deux', 'tous les deux svp', 'dua duanya ya'])('%s', (text) => {
    const pending = {
      kind: 'choose_product' as const,
      candidates: ['COLA500', 'COLA2L'],
      quantity: 2,
      unit: 'case',
    };
    const { lines } = parse(text, { index: grocery.index, state: { ...emptyState(), pending } });
    expect(lines.map((line) => `${line.sku} ${line.quantity}`)).toEqual(['COLA500 2', 'COLA2L 2']);
  });
});

describe('sizes that begin the names of a list without commas', () => {
  const brush = (inches: number) => ({
    sku: `BR${inches}`,
    name: `Paint Brush ${inches} inch`,
    units: { piece: 1, box: 60 },
    defaultUnit: 'piece',
    aliases: [`${inches} इंच ब्रश`],
  });
  const index = buildCatalogueIndex([brush(2), brush(3), brush(4)]);

  it.each([
    '2 inch brush 1 dozen 3 inch brush 2 box',
    '2 inch brush ek darjan 3 inch brush do box',
    '2 इंच ब्रश एक दर्जन 3 इंच ब्रश 2 बॉक्स',
  ])('each begin a part: %s', (text) => {
    const { lines } = parse(text, { index, state: emptyState() });
    expect(lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`)).toEqual(['BR2 12 piece', 'BR3 2 box']);
  });
});

describe('a name and its count', () => {
  const index = buildCatalogueIndex([
    { sku: 'PB10', name: 'Power Bank 10000mAh', units: { piece: 1 }, defaultUnit: 'piece', aliases: [] },
    { sku: 'RING', name: 'Ring Light 10 inch', units: { piece: 1 }, defaultUnit: 'piece', aliases: ['ring light'] },
    { sku: 'OTG', name: 'OTG Adapter', units: { piece: 1, packet: 20 }, defaultUnit: 'piece', aliases: ['otg'] },
    { sku: 'MOUSE', name: 'Wireless Mouse', units: { piece: 1 }, defaultUnit: 'piece', aliases: ['mouse'] },
  ]);
  const order = (text: string) => {
    const { lines, clarify } = parse(text, { index, state: emptyState() });
    return { lines: lines.map((line) => `${line.sku} ${line.quantity}`), asked: clarify.length };
  };

  it.each(['otg:10 mouse:5', 'otg: 10\nmouse: 5', 'otg...10 mouse..5', 'order: 10 otg 5 mouse'])(
    'stay together across a colon or dots: %j',
    (text) => {
      expect(order(text)).toEqual({ lines: ['OTG 10', 'MOUSE 5'], asked: 0 });
    },
  );

  it.each([
    ['ringlight 10inch 2 otg 5', ['RING 2', 'OTG 5']],
    ['powerbank 10000 3pc mouse 5', ['PB10 3', 'MOUSE 5']],
  ])('stay together where two words of the name are typed as one: %s', (text, lines) => {
    expect(order(text)).toEqual({ lines, asked: 0 });
  });
});

describe('numbers that are part of a name', () => {
  const index = buildCatalogueIndex([
    { sku: 'DROP', name: 'Drop Sheet 4x5m', units: { piece: 1, bundle: 10 }, defaultUnit: 'piece', aliases: [] },
    {
      sku: 'SP80',
      name: 'Sandpaper Grit 80',
      units: { sheet: 1, packet: 50 },
      defaultUnit: 'sheet',
      aliases: ['sandpaper 80'],
    },
    {
      sku: 'SP120',
      name: 'Sandpaper Grit 120',
      units: { sheet: 1, packet: 50 },
      defaultUnit: 'sheet',
      aliases: ['sandpaper 120'],
    },
    { sku: 'THIN', name: 'Paint Thinner 5L', units: { can: 1 }, defaultUnit: 'can', aliases: [] },
  ]);
  const order = (text: string) => {
    const { lines, clarify } = parse(text, { index, state: emptyState() });
    return { lines: lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`), asked: clarify.length };
  };

  it.each(['drop sheet 4x5 10', 'drop sheet 4x5m 10', '4x5 drop sheet 10'])('are no count: %s', (text) => {
    expect(order(text)).toEqual({ lines: ['DROP 10 null'], asked: 0 });
  });

  it('may have a "no" before them that refuses nothing', () => {
    const lines = ['SP80 1 packet', 'SP120 2 packet'];
    expect(order('sandpaper no 80 1 packet, no 120 2 packets')).toEqual({ lines, asked: 0 });
  });

  it('leave the count behind a question an order', () => {
    expect(order('do you have 5l thinner in stock need 2')).toEqual({ lines: ['THIN 2 null'], asked: 0 });
  });
});
