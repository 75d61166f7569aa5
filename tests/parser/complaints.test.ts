/** What came short, broken or not at all is for a person; what it counts orders nothing. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('ZINGO', 'Zingo Chips 90g', { each: 1, case: 30 }, ['zingo', 'زنجو', 'ज़िंगो']),
  product('MORA', 'Mora Wafers 120g', { each: 1, case: 24 }, ['mora']),
]);

const read = (text: string) => {
  const { intent, lines, clarify } = parse(text, {
    index,
    state: { cart: [], lastOrder: null, pending: null, usual: [] },
  });
  const ordered = lines.filter(({ act }) => act !== 'ask').map(({ sku, quantity }) => `${sku} ${quantity}`);
  return { intent, ordered, asked: clarify.length };
};

describe('a complaint about a delivery', () => {
  it.each([
    '1 box of zingo was missing yesterday',
    "we are short 1 carton zingo from yesterday's delivery",
    'mzigo wa jana umefika lakini kuna upungufu wa katoni moja ya zingo',
    'zingo moja ilikuwa imeharibika',
    "il manque un carton de zingo dans la livraison d'hier",
    '2 zingo étaient cassés',
    'faltou 2 zingo na entrega',
    'veio faltando 1 cx de zingo ontem',
    'ayer faltaron 2 zingo',
    'kemarin kurang 1 dus zingo',
    'الطلبية وصلت ناقصة كرتون زنجو',
    'कल की डिलीवरी में एक पेटी ज़िंगो कम आई',
    'ek peti zingo kam aayi kal',
  ])('is no order: %s', (text) => {
    expect(read(text)).toEqual({ intent: 'human', ordered: [], asked: 0 });
  });

  it.each([
    'vous avez oublié 2 zingo et 3 mora',
    'you forgot 2 zingo and 3 mora',
    '2 zingo and 1 mora were broken',
    'कल 2 ज़िंगो और 1 mora कम आई',
  ])('reaches across "and": %s', (text) => {
    expect(read(text)).toEqual({ intent: 'human', ordered: [], asked: 0 });
  });

  it.each([
    ['you forgot 2 zingo and send 3 mora', 'MORA 3'],
    ['2 zingo and 1 mora and call me', 'ZINGO 2,MORA 1'],
    ['il me manque 2 zingo', 'ZINGO 2'],
    ['faltou o zingo, coloca 3 mora', 'MORA 3'],
  ])('leaves what is ordered: %s', (text, ordered) => {
    expect(read(text).ordered.join()).toBe(ordered);
  });
});
