/** A question or a no whose number comes in the next part. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type OrderLine, parse } from '../../src/parser/index.ts';
import { product } from './plain-product.ts';

const index = buildCatalogueIndex([
  product('TAP', 'Garden Tap', { piece: 1, box: 20 }, ['torneira de jardim', 'kran taman', 'robinet jardin']),
  product('CEM', 'Cement 50kg', { bag: 1 }, ['cemento', 'ciment', 'semen', 'saruji']),
  product('NUGG', 'Chicken Nuggets', { pack: 1 }, ['nuggets']),
]);

const read = (text: string, cart: OrderLine[] = []) => {
  const { intent, lines, clarify } = parse(text, { index, state: { cart, lastOrder: null, pending: null, usual: [] } });
  return {
    intent,
    lines: lines.map(({ sku, quantity, act }) => `${act} ${sku} ${quantity}`),
    asked: clarify.map((one) => `${one.kind} ${'quantity' in one ? one.quantity : ''}`),
  };
};

describe('what is asked for and then counted', () => {
  it.each([
    ['tienes varilla corrugada de 3/8? ocupo 20', 20],
    ["vous avez les tôles bac ? il m'en faut 12", 12],
    ['ada triplek 9mm ga? mau 10 lembar', 10],
    ['mko na mabati gauge 30? nataka kumi na tano', 15],
  ])('is never lost where it is not sold: %s', (text, quantity) => {
    expect(read(text)).toMatchObject({ intent: 'order', lines: [], asked: [`unknown_product ${quantity}`] });
  });

  it('is ordered where it is sold', () => {
    expect(read('tienes cemento? mandame 20')).toMatchObject({ lines: ['add CEM 20'], asked: [] });
  });
});

describe('a number that is refused for another one', () => {
  const cart = [{ sku: 'TAP', quantity: 5, unit: null }];

  it.each([
    'não são 5 torneira de jardim não, são 8',
    'bukan 5 kran taman, 8 maksudnya',
    'pas 5 robinet jardin, 8 seulement',
  ])('is a new total: %s', (text) => {
    expect(read(text, cart)).toEqual({ intent: 'change', lines: ['set TAP 8'], asked: [] });
  });

  it('is an order where there was none', () => {
    expect(read('no quiero 5 nuggets, son 8').lines).toEqual(['add NUGG 8']);
  });

  it('takes no number of another product', () => {
    expect(read('no quiero 5 torneira de jardim, 8 nuggets', cart).lines).toEqual(['remove TAP null', 'add NUGG 8']);
  });
});
