import { describe, expect, test } from 'vitest';
import type { OutgoingMessage, Recipient, Reply } from '../../src/outbox/types.ts';
import { checkBody } from '../../src/simulator/message-rules.ts';
import { buildMessage, buildReadReceipt, UnsendableMessageError } from '../../src/whatsapp/build-message.ts';

const message = (reply: Reply, recipient: Recipient = { phone: '919800000001' }): OutgoingMessage => ({
  outboxId: '0193-outbox',
  phoneNumberId: '106540352242922',
  tokenRef: 'WHATSAPP_ACCESS_TOKEN',
  recipient,
  reply,
});
const build = (reply: Reply, recipient?: Recipient) => JSON.parse(buildMessage(message(reply, recipient)));
const buttons = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `b${n}`, title: `Button ${n}` }));
const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `r${n}`, title: `Row ${n}` }));

describe('a reply becomes the body that Graph documents', () => {
  test('text', () => {
    expect(build({ kind: 'text', body: 'Order 1042 placed' })).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '919800000001',
      type: 'text',
      text: { body: 'Order 1042 placed' },
      biz_opaque_callback_data: '0193-outbox',
    });
  });

  test('buttons', () => {
    expect(build({ kind: 'buttons', body: 'Your order', buttons: [{ id: 'ok:3', title: 'Confirm' }] })).toMatchObject({
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: 'Your order' },
        action: { buttons: [{ type: 'reply', reply: { id: 'ok:3', title: 'Confirm' } }] },
      },
    });
  });

  test('list', () => {
    const reply: Reply = {
      kind: 'list',
      body: 'Which sugar?',
      button: 'Choose',
      rows: [
        { id: 'a', title: 'Sugar 1kg', description: '48.00' },
        { id: 'b', title: 'Sugar 50kg', description: '' },
      ],
    };
    expect(build(reply).interactive).toEqual({
      type: 'list',
      body: { text: 'Which sugar?' },
      action: {
        button: 'Choose',
        sections: [
          {
            rows: [
              { id: 'a', title: 'Sugar 1kg', description: '48.00' },
              { id: 'b', title: 'Sugar 50kg' },
            ],
          },
        ],
      },
    });
  });

  test.each([
    ['a phone', { phone: '919800000001' }, { to: '919800000001' }],
    ['a BSUID', { bsuid: 'IN.1349' }, { recipient: 'IN.1349' }],
    ['both', { phone: '919800000001', bsuid: 'IN.1349' }, { to: '919800000001', recipient: 'IN.1349' }],
  ])('addressed by %s', (_what, recipient, expected) => {
    const { to, recipient: bsuid } = build({ kind: 'text', body: 'x' }, recipient);
    expect({ to, recipient: bsuid }).toEqual({ to: undefined, recipient: undefined, ...expected });
  });

  test('read receipts, with typing and without', () => {
    expect(checkBody(JSON.parse(buildReadReceipt('wamid.1', true)))).toEqual({
      kind: 'read',
      wamid: 'wamid.1',
      typing: true,
    });
    expect(checkBody(JSON.parse(buildReadReceipt('wamid.1', false)))).toEqual({
      kind: 'read',
      wamid: 'wamid.1',
      typing: false,
    });
  });
});

describe('at the edge of each limit', () => {
  const x = (length: number) => 'x'.repeat(length);
  const sendable: [string, Reply][] = [
    ['4,096 of text', { kind: 'text', body: x(4096) }],
    ['1,024 above buttons', { kind: 'buttons', body: x(1024), buttons: buttons(3) }],
    ['titles of 20 and ids of 256', { kind: 'buttons', body: 'b', buttons: [{ id: x(256), title: x(20) }] }],
    ['10 rows', { kind: 'list', body: 'b', button: x(20), rows: rows(10) }],
    [
      'rows of 24, 72 and 200',
      { kind: 'list', body: 'b', button: 'c', rows: [{ id: x(200), title: x(24), description: x(72) }] },
    ],
    ['half a surrogate pair, which is replaced', { kind: 'text', body: 'a\ud83d' }],
  ];
  test.each(sendable)('%s can be sent, also by the fake Graph API', (_what, reply) => {
    expect(checkBody(build(reply)).kind).toBe('message');
  });

  const unsendable: [string, Reply][] = [
    ['no text', { kind: 'text', body: '' }],
    ['white space', { kind: 'text', body: ' \n' }],
    ['4,097 of text', { kind: 'text', body: x(4097) }],
    ['1,025 above buttons', { kind: 'buttons', body: x(1025), buttons: buttons(1) }],
    ['no buttons', { kind: 'buttons', body: 'b', buttons: [] }],
    ['4 buttons', { kind: 'buttons', body: 'b', buttons: buttons(4) }],
    ['a title of 21', { kind: 'buttons', body: 'b', buttons: [{ id: 'i', title: x(21) }] }],
    ['a title of nothing', { kind: 'buttons', body: 'b', buttons: [{ id: 'i', title: ' ' }] }],
    ['an id of 257', { kind: 'buttons', body: 'b', buttons: [{ id: x(257), title: 't' }] }],
    ['an id with a space at its end', { kind: 'buttons', body: 'b', buttons: [{ id: 'i ', title: 't' }] }],
    [
      'two buttons of one id',
      {
        kind: 'buttons',
        body: 'b',
        buttons: [
          { id: 'i', title: 't' },
          { id: 'i', title: 'u' },
        ],
      },
    ],
    [
      'two buttons of one title',
      {
        kind: 'buttons',
        body: 'b',
        buttons: [
          { id: 'i', title: 't' },
          { id: 'j', title: 't' },
        ],
      },
    ],
    ['no rows', { kind: 'list', body: 'b', button: 'c', rows: [] }],
    ['11 rows', { kind: 'list', body: 'b', button: 'c', rows: rows(11) }],
    ['two rows of one id', { kind: 'list', body: 'b', button: 'c', rows: [...rows(1), ...rows(1)] }],
    ['a row title of 25', { kind: 'list', body: 'b', button: 'c', rows: [{ id: 'i', title: x(25) }] }],
    [
      'a row description of 73',
      { kind: 'list', body: 'b', button: 'c', rows: [{ id: 'i', title: 't', description: x(73) }] },
    ],
    ['a row id of 201', { kind: 'list', body: 'b', button: 'c', rows: [{ id: x(201), title: 't' }] }],
    ['a list button of 21', { kind: 'list', body: 'b', button: x(21), rows: rows(1) }],
    ['a list button of nothing', { kind: 'list', body: 'b', button: '', rows: rows(1) }],
  ];
  test.each(unsendable)('%s cannot', (_what, reply) => {
    expect(() => buildMessage(message(reply))).toThrow(UnsendableMessageError);
  });

  test.each([{}, { phone: 'Asha' }, { phone: '12' }, { bsuid: '' }])(
    'recipient %j cannot be written to',
    (recipient) => {
      expect(() => buildMessage(message({ kind: 'text', body: 'x' }, recipient))).toThrow(UnsendableMessageError);
    },
  );

  test('an outbox id too long to be echoed cannot be sent', () => {
    const long = { ...message({ kind: 'text', body: 'x' }), outboxId: x(513) };
    expect(() => buildMessage(long)).toThrow(UnsendableMessageError);
  });
});
