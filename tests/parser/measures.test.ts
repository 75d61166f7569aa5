/** Sizes of phones, lamps and tools, and what is counted by the pair: in a shop that the other sets do not know. */
import { describe, expect, it } from 'vitest';
import { buildCatalogueIndex, type ParserProduct, parse } from '../../src/parser/index.ts';
import { emptyState } from './shops.ts';

const product = (sku: string, name: string, units: Record<string, number> = { piece: 1, box: 20 }): ParserProduct => ({
  sku,
  name,
  units,
  defaultUnit: Object.keys(units)[0] ?? '',
  aliases: [],
});
const index = buildCatalogueIndex([
  product('FD16', 'Flash Drive 16GB'),
  product('FD32', 'Flash Drive 32 GB'),
  product('HD1', 'Hard Disk 1TB'),
  product('HD2', 'Hard Disk 2TB'),
  product('PB10', 'Power Bank 10000mAh'),
  product('PB20', 'Power Bank 20000mAh'),
  product('PHONE4', 'Phone A15 4GB 128GB'),
  product('PHONE6', 'Phone A15 6GB 128GB'),
  product('LED9', 'LED Bulb 9W'),
  product('LED12', 'LED Bulb 12W'),
  product('AD5', 'Adapter 5V'),
  product('AD12', 'Adapter 12V'),
  product('TV32', 'Screen 32 inch'),
  product('TV43', 'Screen 43"'),
  product('CABLE1', 'Cable 1.5mm', { roll: 1 }),
  product('CABLE2', 'Cable 2.5mm', { roll: 1 }),
  product('BATT', 'Battery 7Ah'),
  product('UPS', 'Backup 1.5kVA'),
  product('HINGE', 'Hinges Steel', { pair: 1, box: 12 }),
  product('HINGE1', 'Hinges Brass', { piece: 1, box: 20 }),
  product('BOOTS', 'Rubber Boots', { pair: 1, carton: 12 }),
  product('GLOVES', 'Work Gloves', { piece: 1, box: 100 }),
]);
const read = (text: string) => {
  const { lines, clarify } = parse(text, { index, state: emptyState() });
  return { lines: lines.map(({ sku, quantity, unit }) => [sku, quantity, unit]), asked: clarify.length };
};

describe('a size', () => {
  it.each<[string, string, number, string | null]>([
    ['flash drive 32gb 5 pcs', 'FD32', 5, 'piece'],
    ['5 flash drive 32 gb', 'FD32', 5, null],
    ['flash 16 GB 10', 'FD16', 10, null],
    ['hard disk 1 tb 2', 'HD1', 2, null],
    ['2 hard disk 2000gb', 'HD2', 2, null],
    ['power bank 20,000mah 3', 'PB20', 3, null],
    ['power bank 10000 mah 3 pcs', 'PB10', 3, 'piece'],
    ['phone a15 4gb 128gb 2 pcs', 'PHONE4', 2, 'piece'],
    ['2 phone a15 6gb/128gb', 'PHONE6', 2, null],
    ['led bulb 9w 2 box', 'LED9', 2, 'box'],
    ['bulb 12 watt 20 pcs', 'LED12', 20, 'piece'],
    ['bulb 9 w 10 pcs', 'LED9', 10, 'piece'],
    ['4 adapter 12 v', 'AD12', 4, null],
    ['adapter 5 volts 4', 'AD5', 4, null],
    ['screen 32" 2', 'TV32', 2, null],
    ['2 screen 43 inches', 'TV43', 2, null],
    ['cable 2.5mm 3 roll', 'CABLE2', 3, 'roll'],
    ['cable 1.5 sqmm 3 rolls', 'CABLE1', 3, 'roll'],
    ['cable 1.5 sq mm 3 rolls', 'CABLE1', 3, 'roll'],
    ['cable 2.5mm\u00b2 3 rolls', 'CABLE2', 3, 'roll'],
    ['battery 7 ah 6', 'BATT', 6, null],
    ['backup 1500va 1', 'UPS', 1, null],
  ])('chooses the product and is no quantity: %s', (text, sku, quantity, unit) => {
    expect(read(text)).toEqual({ lines: [[sku, quantity, unit]], asked: 0 });
  });

  it.each(['flash drive 64gb', 'bulb 24w', 'adapter 24v 2', 'power bank 40000mah'])(
    'that is not sold is no several of a smaller one: %s',
    (text) => {
      expect(read(text)).toEqual({ lines: [], asked: 1 });
    },
  );
});

describe('what is counted by the pair', () => {
  it.each<[string, string, number, string]>([
    ['4 pair hinges', 'HINGE', 4, 'pair'],
    ['2 dozen pairs hinges', 'HINGE', 24, 'pair'],
    ['2 dozen pairs of boots', 'BOOTS', 24, 'pair'],
    ['3 dozens of pairs boots', 'BOOTS', 36, 'pair'],
    ['12 pairs of boots', 'BOOTS', 12, 'pair'],
    ['4 pairs gloves', 'GLOVES', 8, 'piece'],
    ['2 dozen pairs gloves', 'GLOVES', 48, 'piece'],
    ['2 dozen gloves', 'GLOVES', 24, 'piece'],
  ])('is so many pairs where pairs are sold, and so many pieces where not: %s', (text, sku, quantity, unit) => {
    expect(read(text)).toEqual({ lines: [[sku, quantity, unit]], asked: 0 });
  });
});
