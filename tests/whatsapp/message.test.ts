import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncomingMessage } from '../../src/inbox/types.ts';
import * as say from '../../src/simulator/payloads.ts';
import { readIdentityChange, readMessage } from '../../src/whatsapp/message.ts';

const ASHA = { phone: '919800000001', bsuid: 'IN.1' };
const wire = (content: say.Content, options = {}) =>
  JSON.parse(JSON.stringify(say.messageFrom(ASHA, content, options).message));

describe('each kind of message is read', () => {
  const cases: [string, unknown, IncomingMessage][] = [
    ['text', wire(say.text('10 coke')), { type: 'text', body: '10 coke', contextId: undefined }],
    [
      'text that answers a message',
      wire(say.text('2'), { contextId: 'w' }),
      { type: 'text', body: '2', contextId: 'w' },
    ],
    [
      'text with a broken context',
      { type: 'text', text: { body: 'x' }, context: 'gone' },
      { type: 'text', body: 'x', contextId: undefined },
    ],
    ['empty text', { type: 'text', text: { body: '' } }, { type: 'text', body: '', contextId: undefined }],
    [
      'button tap',
      wire(say.buttonTap({ id: 'ok', title: 'Confirm' }), { contextId: 'w' }),
      { type: 'tap', id: 'ok', title: 'Confirm', contextId: 'w' },
    ],
    [
      'list tap',
      wire(say.listTap({ id: 'r1', title: 'Sugar', description: 'd' })),
      { type: 'tap', id: 'r1', title: 'Sugar', contextId: undefined },
    ],
    [
      'tap without title',
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'ok' } } },
      { type: 'tap', id: 'ok', title: '', contextId: undefined },
    ],
    [
      'template button',
      wire(say.templateTap({ payload: 'approve:1', text: 'Approve' })),
      { type: 'tap', id: 'approve:1', title: 'Approve', contextId: undefined },
    ],
    [
      'template button without payload',
      { type: 'button', button: { text: 'Approve' } },
      { type: 'tap', id: 'Approve', title: 'Approve', contextId: undefined },
    ],
    [
      'cart',
      wire(
        say.cart(
          [
            { sku: 'COKE500', quantity: 10 },
            { sku: 'RICE', quantity: '2' },
          ],
          { text: 'soon' },
        ),
      ),
      {
        type: 'cart',
        items: [
          { sku: 'COKE500', quantity: 10 },
          { sku: 'RICE', quantity: 2 },
        ],
        text: 'soon',
      },
    ],
    ['voice note', wire(say.voiceNote()), { type: 'media', media: 'voice' }],
    ['voice note of old', { type: 'voice', voice: { id: '1' } }, { type: 'media', media: 'voice' }],
    ['audio file', { type: 'audio', audio: { id: '1', voice: false } }, { type: 'media', media: 'audio' }],
    ['photo', wire(say.image('the slip')), { type: 'media', media: 'image', caption: 'the slip' }],
    ['photo without its block', { type: 'image' }, { type: 'media', media: 'image', caption: undefined }],
    ['video', { type: 'video', video: { caption: 'c' } }, { type: 'media', media: 'video', caption: 'c' }],
    ['document', wire(say.document('order.pdf')), { type: 'media', media: 'document', caption: undefined }],
    ['sticker', wire(say.sticker()), { type: 'media', media: 'sticker' }],
    ['location', wire(say.location(19.07, 72.87)), { type: 'location' }],
    ['contact card', wire(say.contactCard('Ravi', '919800000099')), { type: 'contacts' }],
    ['reaction', wire(say.reaction('w', '👍')), { type: 'reaction' }],
    ['removed reaction', { type: 'reaction', reaction: { message_id: 'w' } }, { type: 'reaction' }],
    [
      'changed number',
      wire(say.identityChanged({ bsuid: 'IN.2', previousBsuid: 'IN.1' })),
      { type: 'system', what: 'user_changed_user_id' },
    ],
    ['first opening of the chat', { type: 'request_welcome' }, { type: 'system', what: 'request_welcome' }],
    ['group message', wire(say.text('hi'), { groupId: 'g' }), { type: 'group' }],
    [
      'flow result',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{' } } },
      { type: 'unsupported', what: 'interactive.nfm_reply' },
    ],
    ['interactive without its block', { type: 'interactive' }, { type: 'unsupported', what: 'interactive.unknown' }],
    [
      'what Meta does not pass on',
      wire(say.unsupported('poll_creation')),
      { type: 'unsupported', what: 'poll_creation' },
    ],
    [
      'edit',
      { type: 'edit', edit: { original_message_id: 'w', message: { type: 'text' } } },
      { type: 'unsupported', what: 'edit' },
    ],
    ['revoke', { type: 'revoke', revoke: { original_message_id: 'w' } }, { type: 'unsupported', what: 'revoke' }],
    ['text without a body', { type: 'text', text: {} }, { type: 'unsupported', what: 'text' }],
    ['button without anything', { type: 'button', button: {} }, { type: 'unsupported', what: 'button' }],
    ['order without items', { type: 'order', order: {} }, { type: 'unsupported', what: 'order' }],
    ['type of tomorrow', { type: 'hologram' }, { type: 'unsupported', what: 'hologram' }],
    ['name of a method', { type: 'constructor' }, { type: 'unsupported', what: 'constructor' }],
    ['no type', { id: 'm' }, { type: 'unsupported', what: 'unknown' }],
    ['no object', 'text', { type: 'unsupported', what: 'unreadable' }],
    ['null', null, { type: 'unsupported', what: 'unreadable' }],
  ];
  test.each(cases)('%s', (_what, payload, expected) => {
    expect(readMessage(payload)).toEqual(expected);
  });
});

describe('an item of a cart keeps its place whatever it holds', () => {
  const items: [string, unknown, { sku: string; quantity: number | null }][] = [
    ['a number', { product_retailer_id: 'A', quantity: 3 }, { sku: 'A', quantity: 3 }],
    ['a decimal', { product_retailer_id: 'A', quantity: 2.5 }, { sku: 'A', quantity: 2.5 }],
    ['digits as text', { product_retailer_id: 'A', quantity: '12' }, { sku: 'A', quantity: 12 }],
    ['a decimal as text', { product_retailer_id: 'A', quantity: ' 1.5 ' }, { sku: 'A', quantity: 1.5 }],
    ['zero', { product_retailer_id: 'A', quantity: 0 }, { sku: 'A', quantity: 0 }],
    ['a negative number', { product_retailer_id: 'A', quantity: '-1' }, { sku: 'A', quantity: -1 }],
    ['words', { product_retailer_id: 'A', quantity: 'two' }, { sku: 'A', quantity: null }],
    ['hex', { product_retailer_id: 'A', quantity: '0x10' }, { sku: 'A', quantity: null }],
    ['empty text', { product_retailer_id: 'A', quantity: '' }, { sku: 'A', quantity: null }],
    ['nothing', { product_retailer_id: 'A' }, { sku: 'A', quantity: null }],
    ['a list', { product_retailer_id: 'A', quantity: [1] }, { sku: 'A', quantity: null }],
    ['a numeric SKU', { product_retailer_id: 42, quantity: 1 }, { sku: '42', quantity: 1 }],
    ['no SKU', { quantity: 1 }, { sku: '', quantity: 1 }],
    ['no object', 'A', { sku: '', quantity: null }],
  ];
  test.each(items)('quantity or item: %s', (_what, item, expected) => {
    const message = readMessage({ type: 'order', order: { product_items: [item] } });
    expect(message).toMatchObject({ type: 'cart', items: [expected] });
  });
});

test('a change of identity tells who became whom', () => {
  const changed = wire(say.identityChanged({ bsuid: 'IN.2', previousBsuid: 'IN.1', phone: '919800000002' }));
  const expected = { what: 'user_changed_number', bsuid: 'IN.2', previousBsuid: 'IN.1', phone: '919800000002' };
  expect(readIdentityChange(changed)).toEqual(expected);
  expect(readIdentityChange(wire(say.text('hi')))).toBeUndefined();
  expect(readIdentityChange(null)).toBeUndefined();
});

test('no value makes the reader throw', () => {
  const types = fc.constantFrom('text', 'interactive', 'button', 'order', 'audio', 'image', 'system', '__proto__');
  const block = fc.jsonValue();
  const near = fc.record({
    type: types,
    text: block,
    interactive: block,
    button: block,
    order: block,
    system: block,
    context: block,
  });
  fc.assert(
    fc.property(fc.oneof(near, fc.anything()), (payload) => void readMessage(payload)),
    { numRuns: 1000 },
  );
});
