import { describe, expect, test } from 'vitest';
import type { OutgoingMessage, Recipient, Reply } from '../../src/outbox/types.ts';
import { newId } from '../../src/shared/ids.ts';
import { checkBody } from '../../src/simulator/message-rules.ts';
import { buildMessage, buildReadReceipt, UnsendableMessageError } from '../../src/whatsapp/build-message.ts';

const message = (reply: Reply, recipient: Recipient = { phone: '919800000001' }): OutgoingMessage => ({
  wholesalerId: 'demo',
  outboxId: '0193-outbox',
  phoneNumberId: '106540352242922',
  tokenRef: 'WHATSAPP_ACCESS_TOKEN',
  recipient,
  reply,
});
const build = (reply: Reply, recipient?: Recipient) => JSON.parse(buildMessage(message(reply, recipient)));
const buttons = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `b${n}`, title: `Button ${n}` }));
const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `r${n}`, title: `Row ${n}` }));

const inSections = (...counts: number[]) =>
  counts.flatMap((count, at) =>
    Array.from({ length: count }, (_, n) => ({ id: `r${at}.${n}`, title: `Row ${n}`, section: `Section ${at}` })),
  );
const sections = (counts: number[]) =>
  counts.map((count, at) => ({ title: `Section ${at}`, skus: Array.from({ length: count }, (_, n) => `S${at}.${n}`) }));

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

  test('a list with sections', () => {
    const reply: Reply = {
      kind: 'list',
      body: 'Prices',
      button: 'Show',
      rows: [
        { id: 'a', title: 'Sugar 1kg', section: 'Sugar' },
        { id: 'b', title: 'Sugar 50kg', section: 'Sugar' },
        { id: 'c', title: 'Rice 25kg', section: 'Rice' },
      ],
    };
    expect(build(reply).interactive.action.sections).toEqual([
      {
        title: 'Sugar',
        rows: [
          { id: 'a', title: 'Sugar 1kg' },
          { id: 'b', title: 'Sugar 50kg' },
        ],
      },
      { title: 'Rice', rows: [{ id: 'c', title: 'Rice 25kg' }] },
    ]);
  });

  test('a link', () => {
    expect(build({ kind: 'link', body: 'Pay here', button: 'Pay', url: 'https://example.com/p?a=1' })).toMatchObject({
      type: 'interactive',
      interactive: {
        type: 'cta_url',
        body: { text: 'Pay here' },
        action: { name: 'cta_url', parameters: { display_text: 'Pay', url: 'https://example.com/p?a=1' } },
      },
    });
  });

  test('a product', () => {
    expect(build({ kind: 'product', catalogId: '77', sku: 'COKE500' })).toMatchObject({
      type: 'interactive',
      interactive: { type: 'product', action: { catalog_id: '77', product_retailer_id: 'COKE500' } },
    });
  });

  test('a product list', () => {
    const sections = [{ title: 'Drinks', skus: ['COKE500', 'FANTA'] }];
    expect(build({ kind: 'product_list', header: 'Often', body: 'Tap', catalogId: '77', sections })).toMatchObject({
      type: 'interactive',
      interactive: {
        type: 'product_list',
        header: { type: 'text', text: 'Often' },
        body: { text: 'Tap' },
        action: {
          catalog_id: '77',
          sections: [
            {
              title: 'Drinks',
              product_items: [{ product_retailer_id: 'COKE500' }, { product_retailer_id: 'FANTA' }],
            },
          ],
        },
      },
    });
  });

  test('a document by id', () => {
    const reply: Reply = { kind: 'document', file: { mediaId: '99' }, filename: 'May.pdf', caption: 'Your statement' };
    expect(build(reply)).toMatchObject({
      type: 'document',
      document: { id: '99', filename: 'May.pdf', caption: 'Your statement' },
    });
  });

  test('a template', () => {
    const reply: Reply = {
      kind: 'template',
      name: 'order_delivered',
      language: 'pt_BR',
      body: [{ name: 'shop', text: 'Asha Stores' }],
      payloads: ['statement:1', 'human'],
    };
    expect(build(reply)).toMatchObject({
      type: 'template',
      template: {
        name: 'order_delivered',
        language: { code: 'pt_BR' },
        components: [
          { type: 'body', parameters: [{ type: 'text', text: 'Asha Stores', parameter_name: 'shop' }] },
          {
            type: 'button',
            sub_type: 'quick_reply',
            index: 0,
            parameters: [{ type: 'payload', payload: 'statement:1' }],
          },
          { type: 'button', sub_type: 'quick_reply', index: 1, parameters: [{ type: 'payload', payload: 'human' }] },
        ],
      },
    });
  });

  test.each([
    ['👍', '👍'],
    ['👍🏽', '👍🏽'],
    ['❤️', '❤️'],
    ['❤', '❤️'],
    ['🇮🇳', '🇮🇳'],
    ['1️⃣', '1️⃣'],
    ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['', ''],
  ])('the reaction %j', (emoji, sent) => {
    expect(build({ kind: 'reaction', wamid: 'wamid.A=', emoji })).toMatchObject({
      type: 'reaction',
      reaction: { message_id: 'wamid.A=', emoji: sent },
    });
  });

  test('the question for a phone number, in the words that Meta documents', () => {
    expect(build({ kind: 'contact_request', body: 'May we have your number?' })).toMatchObject({
      type: 'interactive',
      interactive: {
        type: 'contact_request',
        body: { text: 'May we have your number?' },
        action: { name: 'request_contact_info' },
      },
    });
  });

  test('an answer names the message that it answers', () => {
    expect(build({ kind: 'text', body: 'x', quotes: 'wamid.HBgM=' })).toMatchObject({
      context: { message_id: 'wamid.HBgM=' },
    });
  });

  test('how the outbox handles a reply stays out of it', () => {
    const handled: Reply = { kind: 'text', body: 'x', usefulForMs: 1, keepApart: true };
    expect(build(handled)).toEqual(build({ kind: 'text', body: 'x' }));
  });

  test('a link in a text is shown with its picture when asked for', () => {
    expect(build({ kind: 'text', body: 'https://example.com', previewUrl: true }).text).toEqual({
      body: 'https://example.com',
      preview_url: true,
    });
  });

  test.each([
    ['a phone', { phone: '919800000001' }, { to: '919800000001' }],
    ['a BSUID', { bsuid: 'IN.1349' }, { recipient: 'IN.1349' }],
    ['a BSUID of a form that is yet to come', { bsuid: 'IN.a_b-C.9' }, { recipient: 'IN.a_b-C.9' }],
    ['a parent BSUID', { bsuid: 'IN.ENT.1349' }, { recipient: 'IN.ENT.1349' }],
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
    ['a link button of 20', { kind: 'link', body: x(1024), button: x(20), url: 'https://example.com' }],
    [
      '30 products',
      { kind: 'product_list', header: x(60), body: x(1024), catalogId: '1', sections: sections([20, 10]) },
    ],
    ['a caption of 1,024', { kind: 'document', file: { mediaId: '1' }, filename: x(240), caption: x(1024) }],
    [
      'template parameters of 1,024',
      { kind: 'template', name: 'a', language: 'en', body: [{ name: 'shop', text: x(1024) }] },
    ],
    ['10 rows over two sections', { kind: 'list', body: 'b', button: 'c', rows: inSections(5, 5) }],
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
    ['12 rows over two sections', { kind: 'list', body: 'b', button: 'c', rows: inSections(6, 6) }],
    [
      'two sections of which one has no title',
      { kind: 'list', body: 'b', button: 'c', rows: [...inSections(1), { id: 'n', title: 'n' }] },
    ],
    ['a link button of 21', { kind: 'link', body: 'b', button: x(21), url: 'https://example.com' }],
    ['a link to no web address', { kind: 'link', body: 'b', button: 'Pay', url: 'ftp://example.com' }],
    ['a product without sku', { kind: 'product', catalogId: '1', sku: ' ' }],
    ['31 products', { kind: 'product_list', header: 'h', body: 'b', catalogId: '1', sections: sections([20, 11]) }],
    ['no products', { kind: 'product_list', header: 'h', body: 'b', catalogId: '1', sections: [] }],
    ['a header of 61', { kind: 'product_list', header: x(61), body: 'b', catalogId: '1', sections: sections([1]) }],
    ['a file that is not uploaded', { kind: 'document', file: { fileId: newId() }, filename: 'a.pdf' }],
    ['a caption of 1,025', { kind: 'document', file: { mediaId: '1' }, filename: 'a.pdf', caption: x(1025) }],
    ['a file without a name', { kind: 'document', file: { mediaId: '1' }, filename: '' }],
    ['a template of no name', { kind: 'template', name: 'A b', language: 'en', body: [] }],
    [
      'a template parameter with a line end',
      { kind: 'template', name: 'a', language: 'en', body: [{ name: 'shop', text: 'a\nb' }] },
    ],
    [
      'an empty template parameter',
      { kind: 'template', name: 'a', language: 'en', body: [{ name: 'shop', text: '' }] },
    ],
    [
      'template parameters of 1,025',
      { kind: 'template', name: 'a', language: 'en', body: [{ name: 'shop', text: x(1025) }] },
    ],
    ['two emoji', { kind: 'reaction', wamid: 'wamid.1', emoji: '👍👍' }],
    ['a word as a reaction', { kind: 'reaction', wamid: 'wamid.1', emoji: 'ok' }],
    ['a reaction to nothing', { kind: 'reaction', wamid: '', emoji: '👍' }],
    ['an answer to nothing', { kind: 'text', body: 'x', quotes: '' }],
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

  test.each([{}, { phone: 'Asha' }, { phone: '12' }, { bsuid: '' }, { bsuid: 'Asha' }])(
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
