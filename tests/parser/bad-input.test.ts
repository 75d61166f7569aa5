/** Whatever arrives: the parser answers, quickly, and never makes an order out of noise. */
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/parser/index.ts';
import { emptyState, grocery, shops } from './shops.ts';

const noise: Record<string, string> = {
  'nothing at all': '',
  'white space': ' \n\t  \r\n ',
  'emoji only': '😂🔥💯',
  'zero-width and control characters': '\u200b\u200e\u2066\u0000\u0007\ufeff\u2069',
  'lone surrogates': '\ud800 \udfff\ud83d',
  'only numbers': '12 500 3',
  'a single number': '7',
  'minus three': '-3',
  'a number in exponents': '1e9',
  'a fraction by zero': '1/0',
  'a link': 'https://example.com/kola-500ml?x=10&ctn=2',
  punctuation: '?!.,;:-+*/&()[]{}"\'',
  'a phone number': '+91 98200 98200',
  'a date and a time': '12/05/2026 at 5 pm',
};

describe.each(shops)('the $trade shop', (shop) => {
  it.each(Object.entries(noise))('makes no order out of %s', (_name, text) => {
    const result = parse(text, { index: shop.index, state: emptyState() });
    expect(result.lines).toEqual([]);
  });
});

describe('an amount that nobody can have meant', () => {
  it.each([
    ['nothing', '0 crunchy', 0],
    ['less than nothing', '-3 crunchy', -3],
    ['too much', '1e9 crunchy', 1_000_000_000],
    ['just too much', '10001 crunchy', 10_001],
    ['too many digits', '99999999999999999999 crunchy', expect.any(Number)],
    ['a crumb', '0.0001 crunchy', 0],
    ['a fraction by zero', '1/0 crunchy', null],
    ['a fraction by zero, behind', 'crunchy 1/0 ctn', null],
    ['two points', '2.5.3 crunchy', null],
  ])('is asked about: %s', (_name, text, quantity) => {
    const { lines, clarify } = parse(text, { index: grocery.index, state: emptyState() });
    expect(lines).toEqual([]);
    expect(clarify).toMatchObject([{ kind: 'check_quantity', candidates: ['CHIPS'], quantity }]);
  });

  it.each(['NaN crunchy', 'Infinity crunchy', 'crunchy undefined'])('is no amount at all: %s', (text) => {
    expect(parse(text, { index: grocery.index, state: emptyState() }).lines).toEqual([]);
  });
});

describe('a minus sign', () => {
  const ask = (text: string, state = emptyState()) => parse(text, { index: grocery.index, state });
  const cart = [{ sku: 'CHIPS', quantity: 5, unit: 'case' }];

  it.each([
    'crunchy -3',
    '-3 crunchy',
    '--3 crunchy',
    'crunchy --3',
    'crunchy x -3',
    'crunchy x-3',
    'crunchy: -3',
    'crunchy = -3',
    'crunchy (-3)',
    'crunchy \u22123',
    '\uff0d3 crunchy',
    'crunchy 90g -3',
    'crunchy ctn -3',
    '2 ctn mariella\n-3 crunchy',
    'crunchy -3\nmariella 2 ctn',
  ])('before the number is asked about: %j', (text) => {
    const { lines, clarify } = ask(text);
    expect(lines.map(({ sku }) => sku)).toEqual(text.includes('mariella') ? ['BISC'] : []);
    expect(clarify).toMatchObject([{ kind: 'check_quantity', candidates: ['CHIPS'], quantity: -3 }]);
  });

  it.each([
    'crunchy - 3',
    'crunchy-3',
    'crunchy 90g-3',
    '- 3 crunchy',
    '- crunchy 3',
    '-crunchy 3',
    'crunchy: 3',
    '(3) crunchy',
    'crunchy (3)',
    'crunchy -> 3',
    'crunchy chips (90g)-3',
  ])('is no minus where it is a dash, and brackets are none: %j', (text) => {
    const { lines, clarify } = ask(text);
    expect([lines.map(({ sku, quantity }) => [sku, quantity]), clarify]).toEqual([[['CHIPS', 3]], []]);
  });

  it.each(['crunchy -3\nmariella -4', 'crunchy -3, mariella -4', 'crunchy 90g -3 ctn\nmariella 120g -4 ctn'])(
    'is a dash where every line of a list is written so: %j',
    (text) => {
      const { lines, clarify } = ask(text);
      expect([lines.map(({ sku, quantity }) => [sku, quantity]), clarify]).toEqual([
        [
          ['CHIPS', 3],
          ['BISC', 4],
        ],
        [],
      ]);
    },
  );

  it.each(['-3 kg onions', 'onions -3kg'])('is asked about before an amount by weight: %j', (text) => {
    const { lines, clarify } = ask(text);
    expect(lines).toEqual([]);
    expect(clarify).toMatchObject([{ kind: 'check_quantity', candidates: ['ONION'], quantity: -3 }]);
  });

  it.each(['make it -3', 'remove -3 crunchy', 'crunchy -3'])('changes nothing in the cart: %j', (text) => {
    const { lines, clarify } = ask(text, emptyState({ cart }));
    expect(lines).toEqual([]);
    expect(clarify).toMatchObject([{ kind: 'check_quantity', candidates: ['CHIPS'], quantity: -3 }]);
  });

  it.each(['-3', '-3kg'])('answers no question: %j', (text) => {
    const { lines, clarify } = ask(text, emptyState({ pending: { kind: 'ask_quantity', sku: 'ONION' } }));
    expect(lines).toEqual([]);
    expect(clarify).toMatchObject([{ kind: 'check_quantity', candidates: ['ONION'], quantity: -3 }]);
  });
});

describe('what comes from elsewhere', () => {
  const read = (text: string) =>
    parse(text, { index: grocery.index, state: emptyState() }).lines.map(({ sku, quantity, unit }) => [
      sku,
      quantity,
      unit,
    ]);

  it('reads a pasted spreadsheet row by row, and no order out of its header', () => {
    const rows = 'Product\tQty\tUnit\r\nCrunchy Chips\t2\tctn\r\nMariella Biscuits\t3\tctn\r\n';
    expect(read(rows)).toEqual([
      ['CHIPS', 2, 'case'],
      ['BISC', 3, 'case'],
    ]);
  });

  it('never takes a price column for a quantity', () => {
    for (const [, quantity] of read('Item\tQty\tPrice\tTotal\nCrunchy Chips Chilli 90g\t5\t10.00\t50.00'))
      expect(quantity).toBe(5);
  });

  it('reads the order beside a link, and nothing of the link', () => {
    expect(read('2 ctn crunchy https://shop.example/kola?qty=7')).toEqual([['CHIPS', 2, 'case']]);
  });

  it('reads right-to-left and mixed scripts', () => {
    for (const text of ['٢ كرتون crunchy', '2 \u202bكرتون\u202c crunchy', 'मुझे 2 कार्टन crunchy', 'crunchy ۲ كرتون']) {
      expect([text, read(text)]).toEqual([text, [['CHIPS', 2, 'case']]]);
    }
  });
});

describe('odd spelling', () => {
  it('reads through invisible characters, full-width letters and other digits', () => {
    const texts = [
      '2 c\u200btn \u2066crunchy\u2069',
      '２ ｃｔｎ ｃｒｕｎｃｈｙ',
      '٢ ctn crunchy',
      '२ ctn CRUNCHY',
      '2\u00a0ctn\u00a0crúnchy',
      '2️⃣ ctn crunchy',
    ];
    for (const text of texts) {
      const { lines } = parse(text, { index: grocery.index, state: emptyState() });
      expect([text, lines.map((line) => [line.sku, line.quantity, line.unit])]).toEqual([text, [['CHIPS', 2, 'case']]]);
    }
  });

  it('points into the text as it was received', () => {
    const text = '🛒🛒 ½ ctn crúnchy,\u200b 2 ctn mariella';
    const { lines } = parse(text, { index: grocery.index, state: emptyState() });
    expect(lines.map((line) => text.slice(line.span.start, line.span.end))).toEqual([
      '½ ctn crúnchy',
      '2 ctn mariella',
    ]);
  });
});

describe('length', () => {
  const long: Record<string, string> = {
    'one word': 'a'.repeat(4096),
    'one number': '9'.repeat(4096),
    'a shop word over and over': 'kola'.repeat(1024),
    'words without sense': 'abcdefg '.repeat(512),
    'orders without end': '2 ctn crunchy '.repeat(292),
    'a list of three hundred lines': 'crunchy 2\n'.repeat(300),
    commas: ','.repeat(4096),
    emoji: '😂'.repeat(2048),
    'the verb alone': 'no '.repeat(1365),
    'gaps in phrases': 'how much what is my '.repeat(204),
    'numbers and dots': '1.'.repeat(2048),
    joins: 'a&b and '.repeat(512),
  };
  it.each(Object.entries(long))('reads 4,096 characters of %s in bounded time', (_name, text) => {
    parse(text, { index: grocery.index, state: emptyState() });
    const before = process.cpuUsage();
    parse(text, { index: grocery.index, state: emptyState() });
    const { user, system } = process.cpuUsage(before);
    // The promise is 50 ms on a quiet core; processor time and the margin are for busy machines.
    expect((user + system) / 1000).toBeLessThan(250);
  });

  it('keeps every line of a list of three hundred', () => {
    const { lines } = parse('crunchy 2 ctn\n'.repeat(300).slice(0, 4096), {
      index: grocery.index,
      state: emptyState(),
    });
    expect(lines.length).toBe(292);
  });
});
