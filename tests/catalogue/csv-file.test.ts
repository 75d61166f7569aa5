import { describe, expect, test } from 'vitest';
import { readList, readPairs, writeList, writePairs } from '../../src/catalogue/csv/cell-lists.ts';
import { decodeUpload, UPLOAD_BYTES_MAX } from '../../src/catalogue/csv/decode-upload.ts';
import { readFile } from '../../src/catalogue/csv/read-file.ts';
import { markOf, readNumber } from '../../src/catalogue/csv/read-number.ts';
import { fromCell, toCell } from '../../src/shared/spreadsheet-text.ts';
import fc from '../support/properties.ts';

describe('what an upload is', () => {
  const text = 'sku,name\nCAFÉ,Café au lait\n';
  const wide = (bom: boolean, big: boolean): Uint8Array => {
    const little = Buffer.from(`${bom ? '\ufeff' : ''}${text}`, 'utf16le');
    return big ? Buffer.from(little).swap16() : little;
  };
  test.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', wide(true, false)],
    ['utf-16be', wide(true, true)],
    ['utf-16le', wide(false, false)],
    ['utf-16be', wide(false, true)],
    ['windows-1252', Buffer.from(text, 'latin1')],
  ])('a file in %s is read with its accents', (encoding, bytes) => {
    expect(decodeUpload(bytes)).toEqual({ kind: 'text', text, encoding });
  });

  test.each([
    ['empty', Buffer.alloc(0)],
    ['empty', Buffer.from('\ufeff \n')],
    ['too_big', Buffer.alloc(UPLOAD_BYTES_MAX + 1, 'a')],
    ['workbook', Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2])],
    ['workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
    ['not_text', Buffer.from([0x73, 0, 0x6b, 0x75, 0x2c, 0, 0, 0, 0, 0xff, 0xd8])],
    ['not_text', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00])],
  ])('what is %s is refused', (because, bytes) => {
    expect(decodeUpload(bytes)).toEqual({ kind: 'refused', because });
  });
});

describe('numbers', () => {
  test.each([
    ['1250.50', 2, '.', 125_050n],
    ['1,250.50', 2, '.', 125_050n],
    ['1.250,50', 2, ',', 125_050n],
    ['1.250,50', 2, '.', 125_050n],
    ['18,5', 2, '.', 1_850n],
    ['1 250,50', 2, ',', 125_050n],
    ['1’250.50', 2, '.', 125_050n],
    ['1,20,000', 2, '.', 12_000_000n],
    ['1.200.000', 2, ',', 120_000_000n],
    ['1,250', 2, '.', 125_000n],
    ['1.250', 2, ',', 125_000n],
    ['0.125', 3, ',', 125n],
    ['1.125', 3, '.', 1_125n],
    ['₹ 18', 2, '.', 1_800n],
    ['Rs. 18/-', 2, '.', 1_800n],
    ['18 INR', 2, '.', 1_800n],
    ['.5', 2, '.', 50n],
    ['250', 0, '.', 250n],
  ] as const)('%s with %d decimals at most is read', (text, decimals, mark, value) => {
    expect(readNumber(text, decimals, mark)).toEqual({ ok: true, value });
  });

  test.each([
    ['1.250', 2, null, 'unclear'],
    ['1.250', 2, '.', 'decimals'],
    ['18.505', 2, '.', 'decimals'],
    ['250.5', 0, '.', 'decimals'],
    ['-18', 2, '.', 'not_a_number'],
    ['1,25,0', 2, '.', 'not_a_number'],
    ['12.34.56', 2, '.', 'not_a_number'],
    ['18.', 2, '.', 'not_a_number'],
    ['1e5', 2, '.', 'not_a_number'],
    ['free', 2, '.', 'not_a_number'],
    ['', 2, '.', 'not_a_number'],
    ['1234567890123456', 2, '.', 'not_a_number'],
  ] as const)('%s with %d decimals at most is refused', (text, decimals, mark, because) => {
    expect(readNumber(text, decimals, mark)).toEqual({ ok: false, because });
  });

  test('the mark of a file is the one that its numbers show beyond doubt', () => {
    expect(markOf(['1,250', '18', '18,50'])).toBe(',');
    expect(markOf(['1,250.00', '1,250'])).toBe('.');
    expect(markOf(['18,50', '18.50'])).toBe(null);
    expect(markOf(['1,250', '1.250', 'free'])).toBe(undefined);
  });
});

describe('several things in one cell', () => {
  const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() === text);

  test('any names come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(word), (names) => {
        expect(readList(writeList(names))).toEqual(names);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word)), (pairs) => {
        expect(readPairs(writePairs(pairs))).toEqual(pairs);
      }),
    );
  });

  test('people separate them as they like', () => {
    expect(readList('coke 500, cola; cold drink |')).toEqual(['coke 500', 'cola', 'cold drink']);
    expect(readPairs('each=1; case = 24')).toEqual([
      ['each', '1'],
      ['case', '24'],
    ]);
    expect(readPairs('each 1')).toBe(null);
  });
});

test('text that a spreadsheet would take for a formula is made harmless, and comes back as it was', () => {
  for (const text of ['=1+1', '+91', '-5', '@sum', '\tx', "'=1", "''-1", '＝1']) {
    expect(toCell(text)).toMatch(/^'/);
  }
  for (const text of ["'quoted'", 'plain', '5-6', '']) expect(toCell(text)).toBe(text);
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(fromCell(toCell(text))).toBe(text);
    }),
  );
});

describe('the lines of a file', () => {
  const problemsOf = async (text: string) =>
    (await readFile(text)).problems.map(({ line, column, message }) => `${line} ${column ?? '-'} ${message}`);

  test.each([
    ['sku,name,price\nA,Tea,5\n', ','],
    ['sku;name;price\nA;Tea, green;5\n', ';'],
    ['SKU\tProduct Name\tRate\nA\tTea\t5\n', '\t'],
    ['sep=;\r\n"sku";"name"\r\nA;Tea\r\n', ';'],
  ])('%j is separated by %j', async (text, separator) => {
    const file = await readFile(text);
    expect(file.problems).toEqual([]);
    expect(file.separator).toBe(separator);
    expect(file.rows.map(({ cells }) => [cells.get('sku'), cells.get('name')?.slice(0, 3)])).toEqual([['A', 'Tea']]);
  });

  test('lines are counted as an editor counts them, also behind cells of several lines', async () => {
    const file = await readFile('sku,name\r\n\r\nA,"two\r\nlines"\r\nB,Tea "green" 5"\r\n,,\r\nC,Rice\r\n');
    expect(file.problems).toEqual([]);
    expect(file.rows.map(({ line, cells }) => [line, cells.get('name')])).toEqual([
      [3, 'two\nlines'],
      [5, 'Tea "green" 5"'],
      [7, 'Rice'],
    ]);
  });

  test.each([
    ['colour,shape\nred,round', ['1 - The first line must name the columns']],
    ['A,Tea,5', ['1 - The first line must name the columns']],
    ['', ['1 - The first line must name the columns']],
    ['sku,name,colour\nA,Tea,red', ['1 colour This column is not known']],
    ['name,price\nTea,5', ['1 - There is no column "sku"']],
    ['sku,code,name\nA,B,Tea', ['1 code "sku" is there twice']],
    ['sku,name\nA,Tea\nB,Rice\nA,Salt\n,Oil', ['4 sku "A" stands on line 2 already', '5 sku Write the SKU']],
    ["sku,name\n'=A,Tea\n'=A,Tea", ['3 sku "=A" stands on line 2 already']],
    ['sku,name\nA,Tea, green', ['2 - This line has more cells']],
    ['sku,name\nA,Tea\nB,"Rice\nC,Salt', ['3 - A quotation mark opens here']],
    [`sku,name\nA,"${'x'.repeat(100_001)}"`, ['2 - This line is far too long']],
  ])('%# tells where it is wrong and what to do', async (text, expected) => {
    const found = await problemsOf(text);
    expect(found.map((problem, at) => problem.slice(0, expected[at]?.length))).toEqual(expected);
  });
});
