/** "Pareil pour le thon": as many as of the thing before it; with nothing before it, the last order again. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('ZINGO', 'Zingo Chips 90g', { each: 1, case: 30 }, ['zingo']),
  product('MORA', 'Mora Wafers 120g', { each: 1, case: 24 }, ['mora']),
]);

const read = (text: string) => {
  const lastOrder = [{ sku: 'ZINGO', quantity: 2, unit: 'case' }];
  const { intent, lines, clarify } = parse(text, {
    index,
    state: { cart: [], lastOrder, pending: null, usual: [] },
  });
  return {
    intent,
    lines: lines.map(({ sku, quantity, unit }) => `${sku} ${quantity} ${unit}`).join(),
    asked: clarify.length,
  };
};

describe('the same amount', () => {
  it.each([
    '2 cases of zingo, same for mora',
    'send 2 ctn zingo and same quantity of mora',
    'je prends 2 cartons de zingo, pareil pour mora',
    '2 cartons de zingo, la même chose pour mora',
    '2 cx de zingo, mesma quantidade de mora',
    '2 cajas de zingo, lo mismo para mora',
    '2 dus zingo, mora juga segitu',
    '2 पेटी zingo, mora भी उतना ही',
    '2 peti zingo, mora bhi utna hi',
    'كرتونين zingo ونفس الكمية من mora',
    'katoni 2 za zingo, mora kiasi hicho hicho',
  ])('is of the thing before it: %s', (text) => {
    expect(read(text)).toEqual({ intent: 'order', lines: 'ZINGO 2 case,MORA 2 case', asked: 0 });
  });

  it.each(['pareil pour demain svp', 'lo mismo para mañana', 'same for tomorrow'])('is the last order: %s', (text) => {
    expect(read(text).intent).toBe('repeat');
  });
});
