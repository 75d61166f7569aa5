/** "Galletas Oreo", "café Nescafé": people say what kind of thing it is though the catalogue's name does not. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type ParserProduct, parse } from '../../src/parser/index.ts';

const product = (sku: string, name: string, aliases: string[] = []): ParserProduct => ({
  sku,
  name,
  units: { each: 1, case: 24 },
  defaultUnit: 'each',
  aliases,
});

const index = buildCatalogueIndex([
  product('BISC', 'Zorelle Original 120g', ['zorelle']),
  product('COFFEE50', 'Kavanna Classic 50g'),
  product('COFFEE200', 'Kavanna Classic 200g'),
  product('SOAP', 'Roselle Soap Rose 100g', ['roselle']),
  product('POWDER', 'Brillax Detergent 1kg', ['brillax']),
  product('OTHER', 'Omora Washing Powder 2kg', ['sabão em pó omora']),
  product('DISHBAR', 'Vitto Bar 200g', ['vitto bar']),
  product('DISHLIQ', 'Vitto Liquid 500ml', ['vitto liquid']),
  product('BEANS', 'Frijol Negro 1kg', ['frijol negro']),
  product('CHIPSA', 'Crunchero Classic 52g'),
  product('CHIPSB', 'Crunchero Masala 52g'),
]);

const read = (text: string) => {
  const result = parse(text, { index, state: { cart: [], lastOrder: null, pending: null, usual: [] } });
  return {
    lines: result.lines.map((line) => `${line.sku} ${line.quantity}`),
    asked: result.clarify.map(({ kind, candidates }) => [kind, ...candidates].join(' ')),
  };
};

describe('the kind of a thing beside its name', () => {
  it.each([
    ['2 galletas zorelle', 'BISC 2'],
    ['biscuits zorelle 2', 'BISC 2'],
    ['zorelle biscuits 2', 'BISC 2'],
    ['بسكويت zorelle ٢', 'BISC 2'],
    ['café kavanna 200g 3', 'COFFEE200 3'],
    ['kavanna coffee 50g 3', 'COFFEE50 3'],
    ['5 jabón brillax', 'POWDER 5'],
    ['sabão em pó brillax 5', 'POWDER 5'],
    ['10 bottles dishwashing liquid vitto', 'DISHLIQ 10'],
  ])('does not keep the product from being found: %s', (text, line) => {
    expect(read(text)).toEqual({ lines: [line], asked: [] });
  });

  it('asks which one, where the name fits several', () => {
    expect(read('chips crunchero 3')).toEqual({ lines: [], asked: ['product CHIPSA CHIPSB'] });
  });

  it.each(['shampoo roselle 3', 'roselle lemon 3', 'jabón negro 3'])(
    'never makes a product of another kind or kept apart by a flavour: %s',
    (text) => {
      expect(read(text).lines).toEqual([]);
      expect(read(text).asked).toHaveLength(1);
    },
  );
});
