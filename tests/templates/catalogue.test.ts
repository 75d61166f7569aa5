import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nearestLanguage, templateLanguages } from '../../src/templates/languages.ts';
import { localTemplates } from '../../src/templates/local-templates.ts';
import { problemsOf } from '../../src/templates/rules.ts';
import { PLACEHOLDER, sayBothWays, templateReply } from '../../src/templates/template-reply.ts';
import { templatesPage } from '../../src/templates/templates-page.ts';
import fc from '../support/properties.ts';

const all = localTemplates();

describe('every template', () => {
  test.each(all.map((one) => [one.name, one.ours, one] as const))('%s in %s is one that Meta takes', (_n, _l, one) => {
    expect(problemsOf(one)).toEqual([]);
  });

  test('has a key of its own at Meta', () => {
    expect(new Set(all.map(({ name, language }) => `${name}/${language}`)).size).toBe(all.length);
  });

  test('is written in the letters of its language', () => {
    const letters: Record<string, RegExp> = { hi: /\p{Script=Devanagari}/u, ar: /\p{Script=Arabic}/u };
    for (const { name, ours, body, buttons } of all) {
      const words = [body.replace(PLACEHOLDER, ''), ...buttons];
      for (const text of words) expect(text, `${name} ${ours}`).toMatch(letters[ours] ?? /\p{Script=Latin}/u);
      if (ours in letters) expect(body.replace(PLACEHOLDER, '').replace('PDF', ''), name).not.toMatch(/[a-z]/i);
    }
  });

  test('says the same figures in every language', () => {
    for (const english of all.filter(({ ours }) => ours === 'en')) {
      const names = [...english.body.matchAll(PLACEHOLDER)].map(([, name]) => name).sort();
      for (const other of all.filter(({ template }) => template === english.template)) {
        const theirs = [...other.body.matchAll(PLACEHOLDER)].map(([, name]) => name).sort();
        expect(theirs, `${other.name} ${other.ours}`).toEqual(names);
      }
    }
  });

  test('is in docs/templates.md as it is; if not: npm run templates -- page > docs/templates.md', () => {
    expect(readFileSync('docs/templates.md', 'utf8')).toBe(templatesPage());
  });
});

describe('the rules see', () => {
  const good = {
    ...(all[0] ?? (undefined as never)),
    body: 'Hello {{shop}}, this is long enough.',
    parameters: [{ name: 'shop', sample: 'Asha' }],
  };
  test.each([
    ['a placeholder at the start', { body: '{{shop}}, this is long enough.' }],
    ['a placeholder at the end', { body: 'This is long enough, {{shop}}!' }],
    ['a placeholder without a parameter', { body: 'Hello {{shop}} and {{amount}}, this is long enough.' }],
    ['a parameter without a placeholder', { body: 'Hello there, this is long enough.' }],
    ['placeholders side by side', { body: 'Hello {{shop}} {{shop}}, this is long enough.' }],
    ['a broken placeholder', { body: 'Hello {shop}, this is {{shop}} long enough.' }],
    ['too few words', { body: 'Hello {{shop}} you' }],
    ['a body of 1,025', { body: `Hello {{shop}}, ${'x'.repeat(1010)}` }],
    ['gaps', { body: 'Hello {{shop}},   this is long enough.' }],
    ['a missing sample', { parameters: [{ name: 'shop', sample: ' ' }] }],
    ['a name in capitals', { name: 'Hello' }],
    ['a button of 26', { buttons: ['x'.repeat(26)] }],
    ['equal buttons', { buttons: ['Yes', 'Yes'] }],
  ])('%s', (_what, change) => {
    expect(problemsOf(good)).toEqual([]);
    expect(problemsOf({ ...good, ...change })).not.toEqual([]);
  });
});

test.each([
  ['en', 'en'],
  ['en-IN', 'en'],
  ['hi-Latn', 'hi-Latn'],
  ['hi-latn-IN', 'hi-Latn'],
  ['hi-IN', 'hi'],
  ['pt-BR', 'pt'],
  ['pt_PT', 'pt'],
  ['de', 'en'],
  ['', 'en'],
])('who speaks %j is written to in %s', (tag, language) => {
  expect(nearestLanguage(tag)).toBe(language);
});

describe('a template filled in', () => {
  const values = { shop: 'Asha Stores', order: '1042', amount: '₹11,406.00', missing: '5 bags', held: '₹6,750.00' };

  test('names what is at Meta and gives every parameter and payload', () => {
    const reply = templateReply('order_part_open', { language: 'hi-Latn', values, payloads: { human: 'human:1' } });
    expect(reply).toEqual({
      kind: 'template',
      name: 'orderlock_order_part_open_latn',
      language: 'hi',
      body: Object.entries(values).map(([name, text]) => ({ name, text })),
      payloads: ['human:1'],
    });
  });

  test('stays within what Meta takes whatever the values, on one line, and never empty', () => {
    const template = all.find(({ name }) => name === 'orderlock_order_part_open');
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 1_500 }),
      fc.constantFrom('', ' \n', 'x'.repeat(3_000)),
    );
    fc.assert(
      fc.property(fc.record({ shop: text, order: text, amount: text, missing: text, held: text }), (any) => {
        const { body } = templateReply('order_part_open', { language: 'en', values: any, payloads: { human: 'h' } });
        const filled = body.reduce(
          (whole, one) => whole.replace(`{{${one.name}}}`, () => one.text),
          template?.body ?? '',
        );
        expect(filled.length).toBeLessThanOrEqual(1024);
        for (const one of body) expect(one.text).toMatch(/^\S.*$/);
        for (const one of body) expect(one.text).not.toMatch(/[\r\n\t]| {5}/);
      }),
    );
  });

  test('shortens the longest value alone where that is enough', () => {
    const { body } = templateReply('order_part_open', {
      language: 'en',
      values: { ...values, missing: '5 bags of rice, '.repeat(100) },
      payloads: { human: 'h' },
    });
    expect(body.filter(({ name }) => name !== 'missing')).toEqual(
      Object.entries(values)
        .filter(([name]) => name !== 'missing')
        .map(([name, text]) => ({ name, text })),
    );
    expect(body.find(({ name }) => name === 'missing')?.text).toMatch(/…$/);
  });
});

test('languages of templates are those of the conversation', () => {
  expect([...templateLanguages].sort()).toEqual(['ar', 'en', 'es', 'fr', 'hi', 'hi-Latn', 'id', 'pt', 'sw']);
});

test('says the same words as a message for the open window, with the taps of the template', () => {
  const { body, buttons, template } = sayBothWays('payment_due_soon', {
    language: 'en-IN',
    values: { shop: 'Asha $& Stores', amount: '₹500.00', date: '3 December 2026' },
    payloads: { statement: 'ask:statement', paid: 'ask:paid' },
  });
  expect(body).toBe(
    'Hello Asha $& Stores, a friendly reminder: *₹500.00* is due on 3 December 2026. If it is already on its way, thank you!',
  );
  expect(buttons).toEqual([
    { id: 'ask:statement', title: 'Statement' },
    { id: 'ask:paid', title: 'I have paid' },
  ]);
  expect(template.payloads).toEqual(['ask:statement', 'ask:paid']);
  // As many as WhatsApp shows under a message, none cut.
  for (const one of all) expect(one.buttons.length).toBeLessThanOrEqual(3);
  for (const title of all.flatMap((one) => one.buttons)) expect(title.length).toBeLessThanOrEqual(20);
});
