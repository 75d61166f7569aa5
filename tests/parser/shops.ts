/**
 * Two shops of different trades in one shape, so that every promise is checked on both: what only works for
 * groceries is a rule about one shop that slipped into the parser.
 */
import {
  buildCatalogueIndex,
  type CatalogueIndex,
  type ParserProduct,
  type ParserState,
} from '../../src/parser/index.ts';

export type Shop = {
  trade: string;
  products: ParserProduct[];
  index: CatalogueIndex;
  /** One product in two sizes, and the word both share. */
  family: { word: string; typo: string; small: Sized; large: Sized };
  /** Products that one word or alias decides. `outer` is the unit that "ctn" means there. */
  a: Plain;
  b: Plain;
  c: Plain;
  /** Sold by weight, and the word of its bulk unit. */
  loose: Plain & { bulk: string; bulkWord: string };
  /** A number is part of the name. */
  numbered: Plain;
  /** "and" is part of the name. */
  joined: Plain;
};

type Sized = { sku: string; size: string; spelled: string[]; full: string };
type Plain = { sku: string; say: string; typo: string; outer: string; single: string };

export const grocery = makeShop({
  trade: 'grocery',
  products: [
    product('COLA500', 'Kola Cola 500ml', { each: 1, case: 24 }, 'case', ['kola 500']),
    product('COLA2L', 'Kola Cola 2L', { each: 1, case: 9 }, 'case', ['kola family']),
    product('CHIPS', 'Crunchy Chips Chilli 90g', { each: 1, case: 30 }, 'case', ['crunchy']),
    product('BISC', 'Mariella Biscuits 120g', { each: 1, case: 48 }, 'case', ['mariella']),
    product('SOAP', 'Roselle Soap 100g', { each: 1, case: 72 }, 'each', ['roselle']),
    product('ONION', 'Onion Loose', { kg: 1, sack: 50 }, 'kg', ['onions']),
    product('TEA', 'Five Stars Tea', { each: 1, case: 24 }, 'each', ['5 stars']),
    product('SHAMP', 'Salt & Silk Shampoo 180ml', { each: 1, case: 24 }, 'each', []),
    product('FLOUR5', 'Windmill Flour 5kg', { each: 1, case: 4 }, 'each', []),
    product('FLOUR1', 'Windmill Flour 1kg', { each: 1, case: 20 }, 'each', []),
  ],
  family: {
    word: 'kola',
    typo: 'koola',
    small: {
      sku: 'COLA500',
      size: '500ml',
      spelled: ['500 ml', '0.5l', '500mls', 'half litre', '.5 ltr'],
      full: 'kola 500ml',
    },
    large: { sku: 'COLA2L', size: '2l', spelled: ['2 ltr', '2 litres', '2000ml', '2 liter'], full: 'kola 2l' },
  },
  a: { sku: 'CHIPS', say: 'crunchy', typo: 'cruncy', outer: 'case', single: 'each' },
  b: { sku: 'BISC', say: 'mariella', typo: 'marriela', outer: 'case', single: 'each' },
  c: { sku: 'SOAP', say: 'roselle soap', typo: 'rosele saop', outer: 'case', single: 'each' },
  loose: { sku: 'ONION', say: 'onion', typo: 'onoin', outer: 'sack', single: 'kg', bulk: 'sack', bulkWord: 'bags' },
  numbered: { sku: 'TEA', say: 'five stars', typo: '5 starz', outer: 'case', single: 'each' },
  joined: { sku: 'SHAMP', say: 'salt and silk', typo: 'salt & slik', outer: 'case', single: 'each' },
});

export const hardware = makeShop({
  trade: 'hardware',
  products: [
    product('PAINT1', 'Gloss Enamel White 1L', { tin: 1, box: 6 }, 'tin', ['enamel 1']),
    product('PAINT4', 'Gloss Enamel White 4L', { tin: 1, box: 4 }, 'tin', ['enamel family']),
    product('SCREW', 'Chipboard Screws 4x40mm', { packet: 1, box: 20 }, 'box', ['chipboard screws']),
    product('SAND', 'Sandpaper Grit 80', { sheet: 1, bundle: 50 }, 'bundle', ['sandpaper']),
    product('CABLE', 'Copper Cable 1.5mm', { roll: 1, box: 5 }, 'roll', ['copper cable']),
    product('NAILS', 'Wire Nails 3 inch', { kg: 1, bucket: 25 }, 'kg', ['nails']),
    product('LOCK', 'Seven Lever Padlock', { piece: 1, box: 12 }, 'piece', ['7 lever']),
    product('BOLT', 'Nuts & Bolts Set M8', { set: 1, box: 10 }, 'set', []),
    product('CEM50', 'Granite Cement 50kg', { bag: 1, pallet: 40 }, 'bag', []),
    product('CEM25', 'Granite Cement 25kg', { bag: 1, pallet: 60 }, 'bag', []),
    product('PIPE', 'PVC Pipe 20mm', { length: 1, bundle: 10 }, 'length', []),
  ],
  family: {
    word: 'enamel',
    typo: 'enamle',
    small: { sku: 'PAINT1', size: '1l', spelled: ['1 ltr', '1000ml', '1 litre', '1.0 l'], full: 'enamel 1l' },
    large: { sku: 'PAINT4', size: '4l', spelled: ['4 ltr', '4000 ml', '4 litres'], full: 'enamel 4l' },
  },
  a: { sku: 'SCREW', say: 'chipboard screws', typo: 'chipbord screw', outer: 'box', single: 'packet' },
  b: { sku: 'SAND', say: 'sandpaper', typo: 'sandpapper', outer: 'bundle', single: 'sheet' },
  c: { sku: 'CABLE', say: 'copper cable', typo: 'coper cabel', outer: 'box', single: 'roll' },
  loose: {
    sku: 'NAILS',
    say: 'nails',
    typo: 'nials',
    outer: 'bucket',
    single: 'kg',
    bulk: 'bucket',
    bulkWord: 'buckets',
  },
  numbered: { sku: 'LOCK', say: 'seven lever', typo: '7 levr', outer: 'box', single: 'piece' },
  joined: { sku: 'BOLT', say: 'nuts and bolts', typo: 'nuts & bolst', outer: 'box', single: 'set' },
});

export const shops = [grocery, hardware];

export function emptyState(changes: Partial<ParserState> = {}): ParserState {
  return { cart: [], lastOrder: null, pending: null, usual: [], ...changes };
}

function product(
  sku: string,
  name: string,
  units: Record<string, number>,
  defaultUnit: string,
  aliases: string[],
): ParserProduct {
  return { sku, name, units, defaultUnit, aliases };
}

function makeShop(shop: Omit<Shop, 'index'>): Shop {
  return { ...shop, index: buildCatalogueIndex(shop.products) };
}
