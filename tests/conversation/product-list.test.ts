import { describe, expect, test } from 'vitest';
import { readListing } from '../../src/conversation/read-list.ts';
import { LANGUAGES } from '../../src/shared/policies.ts';
import { chat } from './chat.ts';
import { PRODUCTS, product } from './shop.ts';

/** Twenty kinds of biscuits, beside what the shop has. */
const BISCUITS = Array.from({ length: 20 }, (_, at) =>
  product({
    sku: `BIS${at + 1}`,
    name: `${['Butter', 'Cream', 'Ginger', 'Oat'][at % 4]} Biscuits ${100 + 25 * at}g`,
    units: { packet: 1, case: 24 },
    eachMinor: 1_000n,
  }),
);
const many = () => chat({ products: [...PRODUCTS, ...BISCUITS] });

describe('what asks for the list of products', () => {
  test.each([
    ['list', ''],
    ['Send me your catalogue please', ''],
    ['show products', ''],
    ['price list', ''],
    ['What do you sell?', ''],
    ['list of rice', 'rice'],
    ['Basmati rice list', 'Basmati rice'],
    ['लिस्ट भेजो', ''],
    ['क्या क्या मिलता है', ''],
    ['चावल की लिस्ट', 'चावल'],
    ['list bhejo bhai', 'bhai'],
    ['kya kya milta hai', ''],
    ['chawal ki list dikhao', 'chawal'],
    ['mándeme la lista de precios por favor', ''],
    ['¿Qué productos tienen?', ''],
    ['lista de arroz', 'arroz'],
    ['me manda o catálogo', ''],
    ['o que vocês vendem?', ''],
    ['lista de arroz', 'arroz'],
    ['أرسل لي القائمة', ''],
    ['ماذا عندكم؟', ''],
    ['قائمة الأرز', 'الأرز'],
    ['naomba orodha ya bidhaa', ''],
    ['mna bidhaa gani', ''],
    ['orodha ya mchele', 'mchele'],
    ['envoyez-moi le catalogue s’il vous plaît', ''],
    ['qu’avez-vous ?', ''],
    ['liste de riz', 'riz'],
    ['minta daftar harga dong', ''],
    ['ada apa saja', ''],
    ['daftar beras', 'beras'],
  ])('"%s" is of "%s"', (body, words) => {
    expect(readListing(body)).toBe(words);
  });

  test.each([
    'my list',
    'same list as last time',
    'show my order',
    'list: 2 rice, 5 sugar',
    'list\nrice\nsugar',
    'send it please',
    'yes send',
    'bhej do',
    'products are bad',
    'manda',
    'price of sugar',
    '',
    '🙂',
    'one two three four five six seven list of things',
  ])('"%s" does not', (body) => {
    expect(readListing(body)).toBeNull();
  });
});

describe('the list', () => {
  test('shows what is on sale, with names, units and prices, and no product that cannot be ordered', () => {
    const asha = chat().says('list').hearsMessages(1);
    asha
      .hears('Products 1 to 8 of 8:', '1. Coca-Cola 500ml - 18.00 a piece, 432.00 a case (24)')
      .hears('2. Sona Masoori 25kg - 1,350.00 a bag', 'Tap one to order it, or write its number.')
      .doesNotHear(/Pepsi|Dettol/);
    expect(asha.state()).toMatchObject({ pending: null, cart: [] });
  });

  test('asks how many of a product that is tapped, or whose number is written, and goes on to the order', () => {
    const asha = chat().says('list');
    asha.taps('2. Sona Masoori 25kg').hears('How many of Sona Masoori 25kg?').says('5');
    asha.hears('1. Sona Masoori 25kg, 5 bags - 6,750.00').offers('Confirm', 'Change', 'Cancel').taps('Cancel');
    asha.says('catalogue').says('4').hears('How many of Sugar 1kg?').says('2 case').hears('1. Sugar 1kg, 2 cases');
  });

  test('goes on by pages, by a tap or a word, with numbers that count on', () => {
    const asha = many().says('list').hears('Products 1 to 9 of 28:').taps('Show more');
    asha.hears('Products 10 to 18 of 28:', '\n10. ').says('more').hears('Products 19 to 27 of 28:').says('20');
    asha.hears(/How many of \w+ Biscuits/);
  });

  test('of one kind of goods holds all of them, and no other', () => {
    const asha = many()
      .says('what do you have in biscuits')
      .hears('Products 1 to 9 of 20:')
      .doesNotHear(/Coca|Sugar/);
    asha.says('more').says('next').hears('Products 19 to 20 of 20:').says('20');
    asha.hears('Biscuits');
    many().says('list biscuits').hears('Products 1 to 9 of 20:');
    chat().says('show me sugar').hears('1. Sugar 1kg', '2. Sugar 50kg').taps('2. Sugar 50kg').hears('How many');
  });

  test('leaves an open order open, and asks for it again beside the goods', () => {
    const asha = chat().says('10 case coke 500');
    const { pending } = asha.state();
    asha.says('list').hearsMessages(1).hears('• Maggi 70g', 'Your order of *4,320.00* is not placed yet.');
    expect(asha.state().pending).toEqual(pending);
    // A number would be one of the order's.
    asha.taps('Show more').hears('Products 7 to 8 of 8:').taps('Confirm').hears('Order *1042* placed');
  });

  test('adds what is tapped to the open order', () => {
    const asha = chat().says('10 case coke 500').says('list').taps('Maggi 70g').says('2 box');
    asha.hears('1. Coca-Cola 500ml, 10 cases', '2. Maggi 70g, 2 boxes').offers('Confirm', 'Change', 'Cancel');
  });

  test('is told in words while another list is being asked about, and the question asked again', () => {
    const sorts = ['red', 'green', 'blue', 'white', 'black', 'gold', 'pink'].map((sort, at) =>
      product({ sku: `SOAP${at}`, name: `Lux soap ${sort}`, units: { piece: 1 }, eachMinor: 500n }),
    );
    const asha = chat({ products: [...PRODUCTS, ...sorts] }).says('3 lux soap');
    const rows = asha.replies().at(-1);
    asha.says('list').hears('• Maggi 70g').hears('Which one do you mean');
    expect(asha.replies().at(-1)).toMatchObject({ rows: rows?.kind === 'list' ? rows.rows : [] });
  });

  test('forgets its numbers once something else is said, and after a while', () => {
    const asha = chat().says('list').says('balance').says('2');
    asha.doesNotHear(/How many/);
    chat()
      .says('list')
      .later(61)
      .says('2')
      .doesNotHear(/How many/);
  });

  test('obeys an old row at the prices of today, and says what is no longer sold', () => {
    const asha = chat().says('list');
    const row = asha.idOf('2. Sona Masoori 25kg');
    asha.says('hi').tapsId(row).hears('How many of Sona Masoori 25kg?').says('no');
    asha.product('SONA25', { active: false }).tapsId(row).hears('Sona Masoori 25kg is not on sale now');
    expect(asha.state()).toMatchObject({ pending: null, cart: [] });
    asha.tapsId('products:9999:nothing of ours').hears('nothing on sale');
  });

  test('of nothing says so', () => {
    chat({ products: [] }).says('list').hearsExactly('There is nothing on sale at the moment.');
  });

  test('names no goods to whom nobody knows', () => {
    chat({ retailer: null, account: null })
      .says('list')
      .doesNotHear(/Coca-Cola/);
  });

  test.each(LANGUAGES)('keeps within what WhatsApp takes in %s, page after page', (language) => {
    const long = BISCUITS.map((one) => ({ ...one, name: `${one.name} ${'with a very long name '.repeat(5)}` }));
    const asha = chat({ products: long, retailer: { id: 'asha', name: 'Asha Stores', language } });
    // The helper holds every reply against the limits.
    asha.says('list').says('more').says('more').hears('19').hears('20');
  });
});
