import { expect, test } from 'vitest';
import { readShopFile } from '../../src/catalogue/shop-file.ts';
import { contractShop } from './contract-shop.ts';

const read = (file: unknown) => readShopFile(JSON.stringify(file));
const problemsOf = (file: unknown) => {
  const answer = read(file);
  return answer.ok ? [] : answer.problems;
};

/** The example of the contract with one value put in at a path, as a person would mistype it. */
function withValue(path: (string | number)[], value: unknown): unknown {
  const shop: unknown = structuredClone(contractShop);
  let at = shop as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1) ?? ''] = value;
  return shop;
}

test('the documented example is a good file', () => {
  const answer = read(contractShop);
  expect(answer).toMatchObject({ ok: true, shop: { wholesaler: { id: 'demo' }, products: [{ sku: 'COKE500' }] } });
});

test('a parent id is read as one, whichever of both kinds it was given', () => {
  const value = 'IN.ENT.1349120865530';
  for (const kind of ['bsuid', 'parent_bsuid']) {
    const answer = read(withValue(['retailers', 0, 'identities'], [{ kind, value }]));
    expect(answer).toMatchObject({
      ok: true,
      shop: { retailers: [{ identities: [{ kind: 'parent_bsuid', value }] }] },
    });
  }
  const wrong = withValue(['retailers', 0, 'identities'], [{ kind: 'parent_bsuid', value: 'IN.1349120865530' }]);
  expect(problemsOf(wrong)).toEqual([
    { path: 'retailers[0].identities[0].value', message: expect.stringMatching(/parent id, such as IN\.ENT/) },
  ]);
});

test('a file may hold the wholesaler alone, and a byte order mark', () => {
  const text = JSON.stringify({ wholesaler: { id: 'w', name: 'W', currency: 'KWD' } });
  expect(readShopFile(`\uFEFF${text}`)).toMatchObject({ ok: true });
});

test.each([
  ['what is not JSON', '{"wholesaler":', '(file)', /^is not JSON: /],
  ['an array', '[]', '(file)', /expected object/],
  ['null', 'null', '(file)', /expected object/],
  ['nothing', '', '(file)', /^is not JSON: /],
])('a file that is %s is refused as a whole', (_name, text, path, message) => {
  expect(readShopFile(text)).toEqual({ ok: false, problems: [{ path, message: expect.stringMatching(message) }] });
});

const WRONG: [path: (string | number)[], value: unknown, shownPath: string, message: RegExp][] = [
  [['colour'], 'red', 'colour', /not known/],
  [['wholesaler', 'nam'], 'x', 'wholesaler.nam', /not known/],
  [['wholesaler', 'id'], '', 'wholesaler.id', /empty/],
  [['wholesaler', 'currency'], 'RUPEE', 'wholesaler.currency', /ISO 4217/],
  [['wholesaler', 'currency'], 'INX', 'wholesaler.currency', /ISO 4217/],
  [['wholesaler', 'timeZone'], 'Asia/Atlantis', 'wholesaler.timeZone', /time zone/],
  [['wholesaler', 'language'], 'xx', 'wholesaler.language', /one of en, hi/],
  [['wholesaler', 'policies', 'confirm'], 'sometimes', 'wholesaler.policies.confirm', /always/],
  [['wholesaler', 'policies', 'confrim'], 'always', 'wholesaler.policies.confrim', /not known/],
  [['wholesaler', 'policies', 'questionMinutes'], 0, 'wholesaler.policies.questionMinutes', /./],
  [['wholesaler', 'policies', 'languages'], ['en', 'en'], 'wholesaler.policies.languages', /once/],
  [
    ['wholesaler', 'policies', 'openingHours'],
    { mon: [{ from: '18:00', to: '08:00' }] },
    'wholesaler.policies.openingHours.mon[0]',
    /end later/,
  ],
  [
    ['wholesaler', 'policies', 'openingHours'],
    {
      tue: [
        { from: '08:00', to: '13:00' },
        { from: '12:00', to: '18:00' },
      ],
    },
    'wholesaler.policies.openingHours.tue',
    /overlap/,
  ],
  [
    ['wholesaler', 'policies', 'openingHours'],
    { tue: [{ from: '0830', to: '13:00' }] },
    'wholesaler.policies.openingHours.tue[0].from',
    /08:30/,
  ],
  [
    ['wholesaler', 'policies', 'openingHours'],
    { tue: [{ from: '08:00', to: '25:00' }] },
    'wholesaler.policies.openingHours.tue[0].to',
    /24:00/,
  ],
  [['wholesaler', 'policies', 'openingHours'], { mon: [] }, 'wholesaler.policies.openingHours', /some day.*null/],
  [['wholesaler', 'policies', 'holidays'], ['25.12.'], 'wholesaler.policies.holidays[0]', /2026-12-25/],
  [['wholesaler', 'policies', 'holidays'], ['2026-02-30'], 'wholesaler.policies.holidays[0]', /2026-12-25/],
  [['wholesaler', 'policies', 'outsideHours'], 'maybe', 'wholesaler.policies.outsideHours', /take/],
  [['wholesaler', 'policies', 'minimumOrderMinor'], -1, 'wholesaler.policies.minimumOrderMinor', /./],
  [['wholesaler', 'policies', 'minimumOrderMinor'], 12.5, 'wholesaler.policies.minimumOrderMinor', /int/],
  [['wholesaler', 'policies', 'quantityCap'], 10_001, 'wholesaler.policies.quantityCap', /10000/],
  [['wholesaler', 'policies', 'unknownPersons'], 'ignore', 'wholesaler.policies.unknownPersons', /register/],
  [['wholesaler', 'policies', 'languages'], ['tlh'], 'wholesaler.policies.languages[0]', /hi-Latn/],
  [['lines', 0, 'phoneNumberId'], '+91 22', 'lines[0].phoneNumberId', /digits/],
  [['lines', 0, 'tokenRef'], 'DATABASE_URL', 'lines[0].tokenRef', /WHATSAPP_ACCESS_TOKEN/],
  [['products', 0, 'priceMinor'], 18.5, 'products[0].priceMinor', /whole number/],
  [['products', 0, 'priceMinor'], -1, 'products[0].priceMinor', /negative/],
  [['products', 0, 'priceMinor'], '1800', 'products[0].priceMinor', /number/],
  [['products', 0, 'priceMinor'], 9007199254740992, 'products[0].priceMinor', /9007199254740991/],
  [['products', 0, 'units'], {}, 'products[0].units', /at least one/],
  [['products', 0, 'units', 'case'], 0, 'products[0].units.case', /more than 0/],
  [['products', 0, 'units', 'each'], 2, 'products[0].units.each', /must be 1/],
  [['products', 0, 'units', 'half bag'], 0.12345, 'products[0].units["half bag"]', /3 decimals/],
  [['products', 0, 'defaultUnit'], 'box', 'products[0].defaultUnit', /"box" is not one of .*each, case/],
  [['products', 0, 'cartUnit'], 'box', 'products[0].cartUnit', /"box" is not one of/],
  [['products', 0, 'unitPricesMinor'], { dozen: 1 }, 'products[0].unitPricesMinor.dozen', /"dozen" is not one of/],
  [['products', 0, 'prices'], { gold: 1.5 }, 'products[0].prices.gold', /whole number/],
  [['products', 0, 'stock'], 'plenty', 'products[0].stock', /in/],
  [['products', 0, 'minimum'], 0, 'products[0].minimum', /more than 0/],
  [['products', 1], { ...contractShop.products[0] }, 'products[1].sku', /already used at products\[0\]\.sku/],
  [['retailers', 0, 'identities', 0, 'value'], '+919800000001', 'retailers[0].identities[0].value', /without plus/],
  [['retailers', 0, 'identities', 1, 'value'], '1349120865530', 'retailers[0].identities[1].value', /IN\./],
  [['retailers', 0, 'identities', 0, 'kind'], 'fax', 'retailers[0].identities[0].kind', /phone/],
  [['retailers', 1], { ...contractShop.retailers[0], identities: [] }, 'retailers[1].id', /already used/],
  [['retailers', 0, 'credit', 'limitMinor'], -5, 'retailers[0].credit.limitMinor', /negative/],
  [['retailers', 0, 'credit', 'status'], 'frozen', 'retailers[0].credit.status', /active/],
  [['retailers', 0, 'credit', 'blockReason'], 'late', 'retailers[0].credit.blockReason', /blocked/],
  [['retailers', 0, 'credit', 'limitValidUntil'], 'soon', 'retailers[0].credit.limitValidUntil', /2027-03-31/],
  [['staff', 0, 'email'], 'asha', 'staff[0].email', /email/],
  [['staff', 0, 'role'], 'boss', 'staff[0].role', /admin/],
  [['staff', 1], { email: 'ASHA@example.com', name: 'A', role: 'viewer' }, 'staff[1].email', /already used/],
];

test.each(WRONG)('a wrong value at %j is one problem at its path', (path, value, shownPath, message) => {
  expect(problemsOf(withValue(path, value))).toEqual([{ path: shownPath, message: expect.stringMatching(message) }]);
});

test('every problem of a file is named at once, from top to bottom', () => {
  const problems = problemsOf({
    wholesaler: { id: 'demo', currency: 'INX' },
    products: [
      { sku: 'A', name: 'A', units: { each: 1 }, defaultUnit: 'box', priceMinor: 1 },
      { sku: 'A', name: 'B', units: { each: 1 }, defaultUnit: 'each', priceMinor: 1.5, extra: true },
    ],
    retailers: 5,
  });
  expect(problems.map((problem) => problem.path)).toEqual([
    'wholesaler.name',
    'wholesaler.currency',
    'products[0].defaultUnit',
    'products[1].sku',
    'products[1].priceMinor',
    'products[1].extra',
    'retailers',
  ]);
});
