// The wholesaler of the bench: a catalogue of a few hundred products, as many shops as the load needs, and what their
// people send. Made by counting, so that every run asks for the same.
import { mustExist } from '../../src/shared/assert.ts';
import { type Content, cart, type Line, type Person, text } from '../../src/simulator/payloads.ts';

export const WHOLESALER_ID = 'bench';

export const line: Line = {
  phoneNumberId: '106540352242922',
  displayPhoneNumber: '+91 22 5555 0100',
  wabaId: '102290129340398',
};

const BRANDS = ['Amber', 'Bluebell', 'Coral', 'Dhanush', 'Everest', 'Falcon', 'Ganga', 'Himalaya', 'Indigo', 'Jasmine'];
const GOODS = ['biscuits', 'tea', 'soap', 'shampoo', 'noodles', 'chips', 'detergent', 'honey', 'coffee', 'toothpaste'];
const SIZES = ['100g', '250g', '500g', '1kg'];

const products = BRANDS.flatMap((brand) =>
  GOODS.flatMap((good) =>
    SIZES.map((size, nth) => ({
      sku: `${brand}-${good}-${size}`.toUpperCase(),
      name: `${brand} ${good} ${size}`,
      size,
      units: { each: 1, case: 24 },
      defaultUnit: 'case',
      cartUnit: 'case',
      priceMinor: 1_000 * (nth + 1) + 50 * good.length,
      aliases: [`${brand.slice(0, 4)} ${good} ${size}`],
    })),
  ),
);

/** The import file with `shops` shops. Credit is ample: the bench measures the road, not refusals. */
export function shopFile(shops: number): string {
  return JSON.stringify({
    wholesaler: {
      id: WHOLESALER_ID,
      name: 'Bench Wholesale',
      currency: 'INR',
      language: 'en',
      timeZone: 'Asia/Kolkata',
    },
    lines: [{ phoneNumberId: line.phoneNumberId, displayPhoneNumber: line.displayPhoneNumber }],
    products,
    retailers: Array.from({ length: shops }, (_, nth) => ({
      id: `shop-${nth}`,
      name: `Shop ${nth}`,
      identities: [{ kind: 'phone', value: phoneOf(nth) }],
      credit: { limitMinor: 1_000_000_000_000, owedMinor: 0, status: 'active', termsDays: 14, graceDays: 3 },
    })),
  });
}

/** The person of a shop, who writes from one phone. */
export const personOf = (shop: number): Person => ({ phone: phoneOf(shop), name: `Shop ${shop}` });

const phoneOf = (shop: number): string => `9197${String(shop).padStart(8, '0')}`;

/** A message, and what its one reply must look like. */
export type Saying = {
  content: Content;
  isAnsweredBy: (reply: { body: string; choices: readonly unknown[] }) => boolean;
};

/** A cart of three to six products sent from the catalogue: an order on credit by itself. */
export function cartOrder(shop: number, turn: number): Saying {
  const first = shop * 7 + turn * 13;
  const lines = Array.from({ length: 3 + ((shop + turn) % 4) }, (_, nth) => ({
    sku: productAt(first + nth * 29).sku,
    quantity: 1 + ((first + nth) % 9),
  }));
  return { content: cart(lines), isAnsweredBy: ({ body }) => /placed/i.test(body) };
}

/** Texts in turn: a list of two or three products, the balance, and giving the list up, so that no cart ever grows. */
export function textMessage(shop: number, turn: number): Saying {
  if (turn % 3 === 1) return { content: text('balance'), isAnsweredBy: ({ body }) => /owe|available/i.test(body) };
  if (turn % 3 === 2) return { content: text('cancel'), isAnsweredBy: ({ choices }) => choices.length === 0 };
  const first = shop * 11 + turn * 17;
  const lines = Array.from({ length: 2 + ((shop + turn) % 2) }, (_, nth) => {
    const { name } = productAt(first + nth * 31);
    return `${1 + ((first + nth) % 12)} ctn ${name.toLowerCase()}`;
  });
  return {
    content: text(lines.join('\n')),
    isAnsweredBy: ({ body, choices }) => /total/i.test(body) && choices.length === 3,
  };
}

const productAt = (nth: number) => mustExist(products[nth % products.length], 'a product');
