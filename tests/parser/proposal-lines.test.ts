/** Lines of our own proposal that come back are known by their shape: money and contents are no quantity. */
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/parser/index.ts';
import { readProposal } from '../../src/parser/proposal-lines.ts';
import { emptyState, grocery, hardware } from './shops.ts';

const ask = (text: string, index = grocery.index) => parse(text, { index, state: emptyState() });
const read = (text: string, index = grocery.index) => {
  const { intent, lines, clarify } = ask(text, index);
  return { intent, lines: lines.map(({ sku, quantity, unit }) => [sku, quantity, unit]), asked: clarify.length };
};
const order = (...lines: Array<[string, number, string | null]>) => ({ intent: 'order', lines, asked: 0 });

describe('a line of a proposal', () => {
  it.each([
    ['as it was written', '1. Kola Cola 500ml, 2 cases (48) - 4,320.00', 2],
    ['with another quantity', '1. Kola Cola 500ml, 7 cases (48) - 4,320.00', 7],
    ['with the unit in the singular', '1. Kola Cola 500ml, 12 case (48) - 4,320.00', 12],
    ['without its number', 'Kola Cola 500ml, 2 cases (48) - 4,320.00', 2],
    ['without its total', '1. Kola Cola 500ml, 2 cases (48)', 2],
    ['without contents and total', '1. Kola Cola 500ml, 2 cases', 2],
    ['without all of them', 'Kola Cola 500ml, 2 cases', 2],
    ['with bold money', '1. Kola Cola 500ml, 2 cases (48) - *4,320.00*', 2],
    ['with a currency sign', '1. Kola Cola 500ml, 2 cases (48) - ₹4,320', 2],
    ['with a currency code', '1. Kola Cola 500ml, 2 cases (48) - 4,320.00 KES', 2],
    ['with a long dash', '1. Kola Cola 500ml, 2 cases (48) – 4,320.00', 2],
    ['as a quotation', '> 1. Kola Cola 500ml, 2 cases (48) - 4,320.00', 2],
    ['with a decimal comma in money', '1. Kola Cola 500ml, 2 cajas (48) - 4320,00', 2],
    ['with narrow no-break spaces in money', '1. Kola Cola 500ml, 2 caisses (48) - 4\u202f320,00', 2],
    ['with Arabic digits and comma', '١. Kola Cola 500ml، ٢ صندوق (٤٨) - ٤٬٣٢٠٫٠٠', 2],
    ['with a half', '1. Kola Cola 500ml, 1.5 cases (36) - 4,320.00', 1.5],
    ['with a half of a decimal comma', '1. Kola Cola 500ml, 1,5 caisses (36) - 4 320,00', 1.5],
    ['with thousands by dots', '1. Kola Cola 500ml, 1.200 caixas (28.800) - 434.320,00', 1200],
    ['with thousands by dots and money without decimals', '1. Kola Cola 500ml, 1.200 caixas (28.800) - 4.320', 1200],
    ['with thousands by commas', '1. Kola Cola 500ml, 1,250 cases (30,000) - 434,320.00', 1250],
    ['with the unit before the number, as in Swahili', '1. Kola Cola 500ml, kesi 2 (48) - 4,320.00', 2],
    ['with the unit before a half', '1. Kola Cola 500ml, kesi 1.5 (36) - 3,240.00', 1.5],
    ['with the unit before thousands', '1. Kola Cola 500ml, kesi 1,250 (30,000) - 434,320.00', 1250],
    ['with thousands by spaces', '1. Kola Cola 500ml, 1\u202f250 caisses (30\u202f000) - 434\u202f320,00', 1250],
  ])('is read %s', (_, text, quantity) => {
    expect(read(text)).toEqual(order(['COLA500', quantity, 'case']));
  });

  it('takes the usual unit where the person took the unit away', () => {
    expect(read('1. Kola Cola 500ml, 5 (48) - 4,320.00')).toEqual(order(['COLA500', 5, null]));
  });

  it('takes no number of a name for one behind its unit', () => {
    expect(read('Kola Cola, size 500')).not.toEqual(order(['COLA500', 500, null]));
  });

  it('keeps every number of a name in the name', () => {
    expect(read('1. Chipboard Screws 4x40mm, 3 boxes (60) - 90.00', hardware.index)).toEqual(
      order(['SCREW', 3, 'box']),
    );
    expect(read('2. Five Stars Tea, 12 pieces - 1,200.00')).toEqual(order(['TEA', 12, 'each']));
    expect(read('1. Wire Nails 3 inch, 2.5 kg - 75.00', hardware.index)).toEqual(order(['NAILS', 2.5, 'kg']));
    expect(read('1. Onion Loose, 2 sacks (100 kg) - 3,000.00')).toEqual(order(['ONION', 2, 'sack']));
  });

  it('is asked about when its product is unknown or its quantity impossible', () => {
    expect(ask('1. Unheard Thing, 3 cases (72) - 90.00').clarify).toMatchObject([
      { kind: 'unknown_product', quantity: 3, text: 'Unheard Thing, 3 cases' },
    ]);
    expect(ask('1. Kola Cola 500ml, 0 cases (48) - 90.00').clarify).toMatchObject([{ kind: 'check_quantity' }]);
  });

  it('points into the text as it was received', () => {
    const text = 'नमस्ते\n2. Kola Cola 500ml, 12 cases (288) - 4,320.00';
    expect(ask(text).lines.map(({ span }) => text.slice(span.start, span.end))).toEqual(['Kola Cola 500ml, 12 cases']);
  });
});

describe('a whole proposal', () => {
  const LINES = ['1. Kola Cola 500ml, 2 cases (48) - 4,320.00', '2. Five Stars Tea, 12 pieces - 1,200.00'];
  const BOTH = order(['COLA500', 2, 'case'], ['TEA', 12, 'each']);

  it.each([
    ['Credit left after this: 680.00'],
    ['Your credit has 1.00 left (limit 100.00, owed 99.00, on order 0.00): this is 5,519.00 too much.'],
    ['Credit left after this: 680'],
    [''],
  ])('is an order of its lines: %s', (credit) => {
    expect(read(['Your order', ...LINES, '', 'Total *5,520.00*', credit].join('\n'))).toEqual(BOTH);
    expect(read(['Your order', ...LINES, '', 'Total *5,520.00*', credit].join('\r\n'))).toEqual(BOTH);
  });

  it.each(['cancel order', 'remove'])('keeps what a person writes above it: %s', (above) => {
    expect(readProposal(`${above}\n${LINES[0]}`)?.text).toMatch(new RegExp(`^${above}\\n`));
    expect(readProposal(`Your order\n${LINES[0]}`)?.text).not.toMatch(/order/);
  });

  it('loses what the person deleted and gains what they add', () => {
    expect(read(`Your order\n${LINES[1]}\nTotal *5,520.00*`)).toEqual(order(['TEA', 12, 'each']));
    const added = `${LINES.join('\n')}\nTotal *5,520.00*\nCredit left after this: 680.00\nplus 3 case kola 2l`;
    expect(read(added).lines).toEqual([...BOTH.lines, ['COLA2L', 3, 'case']]);
    expect(read(`${LINES.join('\n')}\nTotal *5,520.00*\nalso 3 case kola 2l`).lines).toHaveLength(3);
  });
});

describe('lists that people write', () => {
  it.each([
    '1. coke 500 - 2 ctn',
    '1) rice 25kg x 5',
    'coke, 10',
    'kola, 2 ctn - 500',
    'kola, 2 ctn (500ml)',
    '1. kola, 2 ctn (500)',
    'rice 25kg, 2 bags - urgent',
    'crunchy, mariella, 2 ctn',
    'hi, 2 ctn kola 500',
    'kola 500, 2 ctn',
    'onion, 1.5 kg',
    '1. Kola Cola 500ml, 1.125 cases - 4.320',
  ])('are no proposal: %s', (text) => {
    expect(readProposal(text)).toBeNull();
  });

  it('are read as before', () => {
    expect(read('1. kola 500 - 2 ctn\n2. crunchy, 3 ctn')).toEqual(order(['COLA500', 2, 'case'], ['CHIPS', 3, 'case']));
    expect(read('crunchy, 10')).toEqual(order(['CHIPS', 10, null]));
    expect(read('1. onion, 1.500 kg')).toEqual(order(['ONION', 1.5, 'kg']));
  });
});

it('is looked for in time that grows with the length of the text', () => {
  const hard = [
    `1. a, 2 b (3) - ${'4,'.repeat(50_000)}`,
    ', '.repeat(50_000),
    ' - '.repeat(40_000),
    `a,${' '.repeat(280)}2 - 1.00\n`.repeat(350),
  ];
  for (const text of hard) {
    const started = process.cpuUsage();
    readProposal(text);
    // Processor time, with a margin for busy machines; what grows with the square takes minutes.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1_000);
  }
});
