import { describe, expect, test } from 'vitest';
import { textsFor } from '../../src/conversation/texts/index.ts';
import { LANGUAGES } from '../../src/shared/policies.ts';
import { FILE_ID } from './books.ts';
import { type Chat, chat } from './chat.ts';

const movements = [
  { day: '2026-11-02', kind: 'CAPTURE' as const, orderNumber: 1042, reference: null, movedMinor: 432_000n },
  { day: '2026-11-20', kind: 'PAYMENT' as const, orderNumber: null, reference: 'UPI 77', movedMinor: -200_000n },
];

const asked = (said: Chat) => said.effects().flatMap((effect) => (effect.kind === 'look_up' ? effect.lookUps : []));

describe('a statement', () => {
  test('is one document, and under it what it comes to', () => {
    const asha = chat()
      .books({ movements, dues: { nextMinor: 432_000n, nextOn: '2026-12-03' } })
      .says('statement');
    expect(asha.replies()).toMatchObject([
      { kind: 'document', file: { fileId: FILE_ID }, filename: 'Statement 1 Oct – 24 Nov 2026.pdf' },
    ]);
    asha.hearsExactly(
      [
        '*Statement* 1 Oct – 24 Nov 2026',
        'To pay: *20,000.00*',
        'Due next: 4,320.00 on 3 Dec.',
        '',
        'Last movements',
        '2 Nov: order 1042 4,320.00',
        '20 Nov: payment (UPI 77) -2,000.00',
        'All of it is in this PDF.',
      ].join('\n'),
    );
  });

  test.each([
    ['statement for october', '2026-10-01', '2026-11-01'],
    ['send my account statement for october', '2026-10-01', '2026-11-01'],
    ['statement for last month', '2026-10-01', '2026-11-01'],
    ['last month statement', '2026-10-01', '2026-11-01'],
    ['statement from 1 oct to 15 oct', '2026-10-01', '2026-10-16'],
    ['extrato de outubro', '2026-10-01', '2026-11-01'],
    ['last month', '2026-10-01', '2026-11-01'],
    ['last week', '2026-11-17', '2026-11-25'],
    ['october?', '2026-10-01', '2026-11-01'],
  ])('%j asks for those days', (words, from, to) => {
    expect(asked(chat().says(words))).toMatchObject([{ kind: 'statement', from, to }]);
  });

  test('of a month alone leaves an open order open, and asks for it again', () => {
    const asha = chat().says('10 case coke 500');
    const { pending } = asha.state();
    asha.says('last month').hears('Shall I place it?');
    expect(asha.state().pending).toEqual(pending);
  });

  test('of days that are over says nothing of today’s due dates', () => {
    chat()
      .books({ movements, dues: { pastMinor: 100n, pastSince: '2026-11-03' } })
      .says('statement for october')
      .hears('1 – 31 Oct 2026')
      .doesNotHear(/Overdue/);
  });

  test('without movements says so', () => {
    chat().says('statement').hears('Nothing was charged or paid in this time.', 'PDF').hearsMessages(1);
  });

  test('with more than a chat’s statement holds is words alone, and what to ask for instead', () => {
    const asha = chat().books({ movements, isTooLong: true }).says('statement');
    asha.hears('To pay: *20,000.00*', 'order 1042', 'too much for one statement').hearsMessages(1);
    expect(asha.replies()).toMatchObject([{ kind: 'text' }]);
  });

  test('of a shop without an account is no document', () => {
    const asha = chat({ account: null }).says('statement').hears('no credit account yet').hearsMessages(1);
    expect(asha.replies()).toMatchObject([{ kind: 'text' }]);
  });

  test('in the middle of an order comes first, and the order is proposed again', () => {
    const asha = chat().books({ movements }).says('3 case coke 500').says('statement');
    expect(asha.replies()).toMatchObject([{ kind: 'document' }, { kind: 'buttons' }]);
    asha.taps('Confirm').hears(/placed/);
  });

  test.each(LANGUAGES)('comes by a tap in %s, named and told in it', (language) => {
    const { statement } = textsFor(language).money;
    const asha = chat({ retailer: { id: 'asha', name: 'Asha Stores', language } })
      .books({ movements })
      .tapsId('ask:statement');
    const [sent] = asha.replies();
    if (sent?.kind !== 'document') throw new Error(`no document but ${asha.text()}`);
    expect(sent.caption).toContain(statement.inPdf);
    expect(sent.filename).toMatch(/\.pdf$/);
    expect(asked(asha)).toMatchObject([{ kind: 'statement', language }]);
  });
});
