import { describe, expect, test } from 'vitest';
import { fitReply } from '../../src/outbox/reply-fit.ts';
import { wordsOf } from '../../src/outbox/reply-words.ts';
import type { ReplyContent } from '../../src/outbox/types.ts';
import fc from '../support/properties.ts';
import { anyReply } from './any-reply.ts';

const x = (length: number) => 'x'.repeat(length);
const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `r${n}`, title: `Row ${n}` }));
const skus = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `S${from + n}`);
const bare = (text: string) => text.replace(/\s/g, '');

describe('a reply that is too long becomes several', () => {
  test('words that buttons have no room for go before them', () => {
    const buttons = [{ id: 'ok', title: 'Confirm' }];
    const replies = fitReply({ kind: 'buttons', body: `${x(4000)}\n${x(1000)}`, buttons });
    expect(replies.map(({ kind }) => kind)).toEqual(['text', 'buttons']);
    expect(replies.map((reply) => wordsOf(reply).length)).toEqual([4000, 1000]);
  });

  test('23 rows become three lists that say which they are', () => {
    const replies = fitReply({ kind: 'list', body: 'Which?', button: 'Choose', rows: rows(23) });
    expect(replies.map(wordsOf)).toEqual(['Which? (1/3)', 'Which? (2/3)', 'Which? (3/3)']);
    expect(replies.map((reply) => (reply.kind === 'list' ? reply.rows.length : 0))).toEqual([10, 10, 3]);
  });

  test('70 products become messages of at most 30, with every product once', () => {
    const sections = [
      { title: 'Drinks', skus: skus(45) },
      { title: 'Rice', skus: skus(25, 45) },
    ];
    const replies = fitReply({ kind: 'product_list', header: 'Often', body: 'b', catalogId: '1', sections });
    const sent = replies.flatMap((reply) => (reply.kind === 'product_list' ? [reply.sections] : []));
    expect(sent.map((page) => page.map((section) => section.skus.length))).toEqual([[30], [15], [25]]);
    expect(sent.flat().flatMap((section) => section.skus)).toEqual(skus(70));
  });

  test('a long caption goes before the file', () => {
    const caption = `${x(3000)}\n${x(500)}`;
    const replies = fitReply({ kind: 'document', file: { mediaId: '1' }, filename: 'a.pdf', caption });
    expect(replies.map(({ kind }) => kind)).toEqual(['text', 'text', 'document'].slice(1));
    expect(replies.map((reply) => wordsOf(reply).length)).toEqual([3000, 500]);
  });
});

describe('what is shortened stays readable', () => {
  const documentNamed = (filename: string) => {
    const [reply] = fitReply({ kind: 'document', file: { mediaId: '1' }, filename });
    return reply?.kind === 'document' ? reply.filename : undefined;
  };
  test.each([
    ['Statement May.pdf', 'Statement May.pdf'],
    ['../../etc/passwd', '.. .. etc passwd'],
    ['a\nb.pdf', 'a b.pdf'],
    ['.pdf', 'file.pdf'],
    ['', 'file'],
    [`${x(300)}.pdf`, `${x(235)}….pdf`],
  ])('file name %j', (given, fitted) => {
    expect(documentNamed(given)).toBe(fitted);
  });

  test('buttons that would become equal get numbers', () => {
    const buttons = ['Fit to 25,000.00 now please', 'Fit to 25,000.00 now thanks'].map((title, at) => ({
      id: `b${at}`,
      title,
    }));
    const [reply] = fitReply({ kind: 'buttons', body: 'b', buttons });
    expect(reply?.kind === 'buttons' && reply.buttons.map(({ title }) => title)).toEqual([
      'Fit to 25,000.00 no…',
      'Fit to 25,000.00… 2',
    ]);
  });

  test('what goes into a template is one line', () => {
    const [reply] = fitReply({
      kind: 'template',
      name: 'a',
      language: 'en',
      body: [{ name: 'shop', text: 'Asha\n\tStores      Pune' }],
    });
    expect(reply).toMatchObject({ body: [{ name: 'shop', text: 'Asha Stores Pune' }] });
  });
});

test('no word, row or product of any reply is lost, and fitting twice changes nothing', () => {
  fc.assert(
    fc.property(anyReply, (reply) => {
      const fitted = fitReply(reply);
      expect(fitted.flatMap(fitReply)).toEqual(fitted);
      if (['text', 'buttons', 'link', 'contact_request'].includes(reply.kind)) {
        expect(bare(fitted.map(wordsOf).join(''))).toBe(bare(wordsOf(reply)));
      }
      expect(choicesOf(fitted)).toEqual(choicesOf([reply]));
    }),
    { numRuns: 300 },
  );
});

function choicesOf(replies: ReplyContent[]): string[] {
  return replies.flatMap((reply) => {
    if (reply.kind === 'buttons') return reply.buttons.map(({ id }) => id);
    if (reply.kind === 'list') return reply.rows.map(({ id }) => id);
    return reply.kind === 'product_list' ? reply.sections.flatMap((section) => section.skus) : [];
  });
}
