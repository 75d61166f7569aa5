/**
 * Products that are called by a word that counts elsewhere: "pav" is a bread, and a quarter; "teen" is a soap, and three;
 * "patti" is a blade, and a strip.
 */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type ParserState, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const products = [
  product('PAV', 'Ladi Pav 6 Pieces', { pack: 1, tray: 24 }, ['pav', 'पाव']),
  product('BUN', 'Burger Buns 4-pack', { pack: 1, tray: 18 }, ['burger buns', 'बर्गर बन']),
  product('SUGAR', 'Icing Sugar', { kg: 1, bag: 25 }, ['icing sugar']),
  product('TEEN', 'Teen Soap 75g', { bar: 1, carton: 72 }, ['teen']),
];
const index = buildCatalogueIndex(products);

const read = (text: string, state: Partial<ParserState> = {}) => {
  const result = parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [], ...state } });
  return {
    lines: result.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`),
    asked: result.clarify.map(({ kind, text: words }) => `${kind} ${words}`),
  };
};

describe('a product that a number word names', () => {
  it.each([
    ['2 dozen pav pack and 1 tray burger buns', ['PAV 24 pack', 'BUN 1 tray']],
    ['pav 2 tray and 1 tray burger buns', ['PAV 2 tray', 'BUN 1 tray']],
    ['1 tray burger buns and pav packet 5', ['BUN 1 tray', 'PAV 5 pack']],
    ['5 packs pav, 1 tray burger buns', ['PAV 5 pack', 'BUN 1 tray']],
    ['पाव 5 पैकेट और बर्गर बन 1 ट्रे', ['PAV 5 pack', 'BUN 1 tray']],
    ['दो दर्जन पाव', ['PAV 24 pack']],
    ['bhai 3 tray pav bhej do', ['PAV 3 tray']],
    ['teen 2 carton bhejo', ['TEEN 2 carton']],
  ])('is ordered where a quantity stands beside it: %s', (text, lines) => {
    expect(read(text)).toEqual({ lines, asked: [] });
  });

  it('is asked how much of where nothing is counted', () => {
    expect(read('pav')).toEqual({ lines: [], asked: ['quantity pav'] });
  });

  it.each([
    ['icing sugar teen kilo', ['SUGAR 3 kg']],
    ['teen kilo icing sugar', ['SUGAR 3 kg']],
    ['burger buns teen tray', ['BUN 3 tray']],
  ])('is a number where it counts: %s', (text, lines) => {
    expect(read(text)).toEqual({ lines, asked: [] });
  });

  it('is called so in the next version of the catalogue too', () => {
    expect(buildCatalogueIndex(products, index)).toEqual(buildCatalogueIndex(products));
  });
});

it('a dozen of nothing is asked about beside a clear line', () => {
  expect(read('2 dozen, 1 tray burger buns')).toEqual({ lines: ['BUN 1 tray'], asked: ['unknown_product 2 dozen'] });
});

describe('a product that a unit word names', () => {
  const paints = buildCatalogueIndex([
    product('BLADE', 'Putty Scraper 4 inch', { piece: 1, dozen: 12 }, ['scraper', 'patti']),
    product('REFILL', 'Roller Refill 9 inch', { piece: 1, packet: 10 }, ['roller refill', 'غيار رول']),
    product('ROLLER', 'Paint Roller 9 inch', { piece: 1, box: 20 }, ['roller', 'رول دهان']),
    product('GLOVE', 'Rubber Gloves', { pair: 1 }, ['gloves', 'قفازات']),
    product('PRIM4', 'Wall Primer 4L', { tin: 1 }, ['primer 4 litre']),
    product('PRIM20', 'Wall Primer 20L', { bucket: 1 }, ['primer 20 litre']),
  ]);
  const order = (text: string) => {
    const result = parse(text, { index: paints, state: { cart: [], lastOrder: null, pending: null, usual: [] } });
    return {
      lines: result.lines.map((line) => `${line.sku} ${line.quantity} ${line.unit}`),
      asked: result.clarify.flatMap((one) => one.candidates),
    };
  };

  it.each([
    ['patti 4', ['BLADE 4 null']],
    ['4 patti', ['BLADE 4 null']],
    ['roller refill 2 packet patti 4 gloves 5 pairs', ['REFILL 2 packet', 'BLADE 4 null', 'GLOVE 5 pair']],
    ['رول دهان ٦ غيار رول باكيت قفازات ٥ ازواج', ['ROLLER 6 null', 'REFILL 1 packet', 'GLOVE 5 pair']],
  ])('is ordered: %s', (text, lines) => {
    expect(order(text)).toEqual({ lines, asked: [] });
  });

  it('asks which primer, though "primer" is the first in Spanish', () => {
    expect(order('primer 2')).toEqual({ lines: [], asked: ['PRIM4', 'PRIM20'] });
    expect(order('primer 4 litre 2')).toEqual({ lines: ['PRIM4 2 null'], asked: [] });
  });
});
