import { describe, expect, test } from 'vitest';
import type { IncomingMessage } from '../../src/inbox/types.ts';
import * as say from '../../src/simulator/payloads.ts';
import { readIdentityChange } from '../../src/whatsapp/identity-change.ts';
import { readMessage } from '../../src/whatsapp/message.ts';
import fc from '../support/properties.ts';

const ASHA = { phone: '919800000001', bsuid: 'IN.1' };
/** What the payload builders write as sha256. */
const HASH = 'bm90LWEtcmVhbC1oYXNo';
const wire = (content: say.Content, options = {}) =>
  JSON.parse(JSON.stringify(say.messageFrom(ASHA, content, options).message));

describe('each kind of message is read', () => {
  const cases: [string, unknown, IncomingMessage][] = [
    ['text', wire(say.text('10 coke')), { type: 'text', body: '10 coke' }],
    [
      'text that answers a message',
      wire(say.text('2'), { contextId: 'w' }),
      { type: 'text', body: '2', context: { id: 'w' } },
    ],
    ['text with a broken context', { type: 'text', text: { body: 'x' }, context: 'gone' }, { type: 'text', body: 'x' }],
    ['empty text', { type: 'text', text: { body: '' } }, { type: 'text', body: '' }],
    [
      'button tap',
      wire(say.buttonTap({ id: 'ok', title: 'Confirm' }), { contextId: 'w' }),
      { type: 'tap', id: 'ok', title: 'Confirm', on: 'button', context: { id: 'w' } },
    ],
    [
      'list tap',
      wire(say.listTap({ id: 'r1', title: 'Sugar', description: 'd' })),
      { type: 'tap', id: 'r1', title: 'Sugar', on: 'list' },
    ],
    [
      'tap without title',
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'ok' } } },
      { type: 'tap', id: 'ok', title: '', on: 'button' },
    ],
    [
      'template button',
      wire(say.templateTap({ payload: 'approve:1', text: 'Approve' })),
      { type: 'tap', id: 'approve:1', title: 'Approve', on: 'template' },
    ],
    [
      'template button without payload',
      { type: 'button', button: { text: 'Approve' } },
      { type: 'tap', id: 'Approve', title: 'Approve', on: 'template' },
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
        catalogId: '1234567890123',
      },
    ],
    [
      'voice note',
      wire(say.voiceNote()),
      {
        type: 'media',
        media: 'voice',
        file: { id: '1908647269898587', mimeType: 'audio/ogg; codecs=opus', sha256: HASH },
      },
    ],
    ['voice note of old', { type: 'voice', voice: { id: '1' } }, { type: 'media', media: 'voice', file: { id: '1' } }],
    [
      'audio file',
      { type: 'audio', audio: { id: '1', voice: false } },
      { type: 'media', media: 'audio', file: { id: '1' } },
    ],
    [
      'photo',
      wire(say.image('the slip')),
      {
        type: 'media',
        media: 'image',
        caption: 'the slip',
        file: { id: '1003383421387256', mimeType: 'image/jpeg', sha256: HASH },
      },
    ],
    ['photo without its block', { type: 'image' }, { type: 'media', media: 'image', caption: undefined }],
    ['video', { type: 'video', video: { caption: 'c' } }, { type: 'media', media: 'video', caption: 'c' }],
    [
      'document',
      wire(say.document('order.pdf')),
      {
        type: 'media',
        media: 'document',
        file: { id: '1376223850470843', mimeType: 'application/pdf', sha256: HASH, filename: 'order.pdf' },
      },
    ],
    [
      'sticker',
      wire(say.sticker()),
      { type: 'media', media: 'sticker', file: { id: '798882015472548', mimeType: 'image/webp', sha256: HASH } },
    ],
    ['location', wire(say.location(19.07, 72.87)), { type: 'location', place: { latitude: 19.07, longitude: 72.87 } }],
    [
      'contact card',
      wire(say.contactCard('Ravi', '919800000099')),
      {
        type: 'contacts',
        cards: [{ origin: 'shared', name: 'Ravi', phones: [{ phone: '+919800000099', waId: '919800000099' }] }],
      },
    ],
    ['reaction', wire(say.reaction('w', '👍')), { type: 'reaction', to: 'w', emoji: '👍' }],
    [
      'removed reaction',
      { type: 'reaction', reaction: { message_id: 'w' } },
      { type: 'reaction', to: 'w', emoji: undefined },
    ],
    [
      'changed number',
      wire(say.identityChanged({ bsuid: 'IN.2', previousBsuid: 'IN.1' })),
      {
        type: 'system',
        what: 'user_changed_user_id',
        change: { what: 'id_changed', old: { bsuid: 'IN.1', phone: '919800000001' }, now: { bsuid: 'IN.2' } },
      },
    ],
    ['first opening of the chat', { type: 'request_welcome' }, { type: 'system', what: 'request_welcome' }],
    ['group message', wire(say.text('hi'), { groupId: 'g' }), { type: 'group' }],
    [
      'flow result',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{' } } },
      { type: 'form', name: undefined, answers: undefined },
    ],
    ['interactive without its block', { type: 'interactive' }, { type: 'unsupported', what: 'interactive.unknown' }],
    [
      'what Meta does not pass on',
      wire(say.unsupported('poll_creation')),
      { type: 'unsupported', what: 'poll_creation', code: 131051 },
    ],
    [
      'edit',
      { type: 'edit', edit: { original_message_id: 'w', message: { type: 'text' } } },
      { type: 'edit', of: 'w', now: { type: 'unsupported', what: 'text' } },
    ],
    ['revoke', { type: 'revoke', revoke: { original_message_id: 'w' } }, { type: 'revoke', of: 'w' }],
    ['text without a body', { type: 'text', text: {} }, { type: 'unsupported', what: 'text' }],
    ['button without anything', { type: 'button', button: {} }, { type: 'unsupported', what: 'button' }],
    ['order without items', { type: 'order', order: {} }, { type: 'unsupported', what: 'order' }],
    ['type of tomorrow', { type: 'hologram' }, { type: 'unsupported', what: 'hologram' }],
    ['name of a method', { type: 'constructor' }, { type: 'unsupported', what: 'constructor' }],
    [
      'a long name, cut within a letter',
      { type: `${'x'.repeat(63)}😀` },
      { type: 'unsupported', what: `${'x'.repeat(63)}\ufffd` },
    ],
    ['no type', { id: 'm' }, { type: 'unsupported', what: 'unknown' }],
    ['no object', 'text', { type: 'unsupported', what: 'unreadable' }],
    ['null', null, { type: 'unsupported', what: 'unreadable' }],
  ];
  test.each(cases)('%s', (_what, payload, expected) => {
    expect(readMessage(payload)).toEqual(expected);
  });
});

describe('what a message refers to is read with it', () => {
  const text = (more: object) => readMessage({ type: 'text', text: { body: 'x' }, ...more });
  const contexts: [string, object, object | undefined][] = [
    ['an answer', { context: { from: '1', id: 'w' } }, { id: 'w' }],
    ['an answer to a number', { context: { id: 7 } }, { id: '7' }],
    ['forwarded', { context: { forwarded: true } }, { forwarded: 'once' }],
    ['forwarded often', { context: { forwarded: true, frequently_forwarded: true } }, { forwarded: 'often' }],
    ['not forwarded', { context: { forwarded: false } }, undefined],
    [
      'a question about a product',
      { context: { from: '1', id: 'w', referred_product: { catalog_id: 'c', product_retailer_id: 'COKE500' } } },
      { id: 'w', product: { sku: 'COKE500', catalogId: 'c' } },
    ],
    ['a product without its id', { context: { referred_product: { catalog_id: 'c' } } }, undefined],
    ['nothing', { context: {} }, undefined],
    ['nonsense', { context: [1] }, undefined],
  ];
  test.each(contexts)('%s', (_what, more, expected) => {
    expect(text(more).context).toEqual(expected);
  });

  test('the advertisement through which somebody came', () => {
    const referral = { source_type: 'ad', source_id: '12', headline: 'Rice', ctwa_clid: 'clid', body: 'b' };
    expect(text({ referral }).referral).toEqual({
      sourceType: 'ad',
      sourceId: '12',
      headline: 'Rice',
      clickId: 'clid',
    });
    expect(text({ referral: 'ad' })).toEqual({ type: 'text', body: 'x' });
  });
});

describe('parts with a shape of their own', () => {
  const card = (contacts: unknown) => readMessage({ type: 'contacts', contacts });
  test('a shared contact and one that answers our question are told apart', () => {
    const phones = [{ phone: '+91 98000 00001', wa_id: '919800000001' }];
    expect(
      card([
        { origin: 'contact_request', phones },
        { name: { formatted_name: 'Ravi' }, origin: 'other' },
      ]),
    ).toEqual({
      type: 'contacts',
      cards: [
        { origin: 'contact_request', name: undefined, phones: [{ phone: '+91 98000 00001', waId: '919800000001' }] },
        { origin: 'shared', name: 'Ravi', phones: [] },
      ],
    });
    expect(card([null, 7, { phones: [5, {}, { wa_id: 9 }] }])).toMatchObject({ cards: [{ phones: [{ phone: '9' }] }] });
    expect(card('nobody')).toEqual({ type: 'contacts', cards: [] });
    expect(card(Array.from({ length: 9_000 }, () => ({ phones })))).toMatchObject({ cards: { length: 50 } });
  });

  const places: [string, object, object | undefined][] = [
    ['numbers', { latitude: -1.29, longitude: 36.8 }, { latitude: -1.29, longitude: 36.8 }],
    [
      'texts',
      { latitude: '-1.29', longitude: '36.8', name: 'Duka' },
      { latitude: -1.29, longitude: 36.8, name: 'Duka' },
    ],
    ['beside the earth', { latitude: 91, longitude: 0 }, undefined],
    ['half a place', { latitude: 1 }, undefined],
  ];
  test.each(places)('a location of %s', (_what, location, place) => {
    expect(readMessage({ type: 'location', location })).toEqual({ type: 'location', place });
  });

  const form = (response_json: unknown) =>
    readMessage({
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', response_json } },
    });
  test.each([
    ['an object', '{"flow_token":"t","shop":"Asha"}', { flow_token: 't', shop: 'Asha' }],
    ['no JSON', '{"shop":', undefined],
    ['JSON of another kind', '[1]', undefined],
    ['a number', '5', undefined],
    ['an object that is no text', { shop: 'Asha' }, undefined],
    ['nothing', undefined, undefined],
    ['far too much', `"${'x'.repeat(70_000)}"`, undefined],
  ])('a form with %s', (_what, json, answers) => {
    expect(form(json)).toEqual({ type: 'form', name: 'flow', answers });
  });

  test('an edit says what was changed and what it says now', () => {
    const edit = { original_message_id: 'w', message: { type: 'text', text: { body: '12 coke' } } };
    expect(readMessage({ type: 'edit', edit })).toEqual({
      type: 'edit',
      of: 'w',
      now: { type: 'text', body: '12 coke' },
    });
    expect(readMessage({ type: 'edit', edit: { message: { type: 'edit', edit } } })).toMatchObject({ now: undefined });
    expect(readMessage({ type: 'edit' })).toEqual({ type: 'edit', of: undefined, now: undefined });
  });

  test('what is far too long is not worked with in part', () => {
    const items = Array.from({ length: 1_001 }, () => ({ product_retailer_id: 'A', quantity: 1 }));
    expect(readMessage({ type: 'text', text: { body: 'x'.repeat(8_193) } })).toMatchObject({ what: 'text.too_long' });
    expect(readMessage({ type: 'order', order: { product_items: items } })).toMatchObject({ what: 'order.too_long' });
  });

  test.each(['../me', 'a/b', 'x?y', 'a b', '', 'x'.repeat(129)])(
    'a file id %j that could lead elsewhere is none',
    (id) => {
      expect(readMessage({ type: 'image', image: { id } })).toMatchObject({ type: 'media', file: undefined });
    },
  );
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
  const note = (system: object, more: object = {}) => readIdentityChange({ type: 'system', system, ...more });
  expect(
    readIdentityChange(wire(say.identityChanged({ bsuid: 'IN.2', previousBsuid: 'IN.1', phone: '919800000002' }))),
  ).toEqual({
    what: 'number_changed',
    old: { bsuid: 'IN.1', phone: '919800000001' },
    now: { bsuid: 'IN.2', phone: '919800000002' },
  });
  // From the new number already, with parents on both sides.
  expect(
    note(
      {
        type: 'user_changed_number',
        wa_id: '919800000002',
        user_id: 'IN.2',
        parent_user_id: 'IN.ENT.2',
        previous_user_id: 'IN.1',
        previous_parent_user_id: 'IN.ENT.1',
      },
      { from: '919800000002', from_user_id: 'IN.2' },
    ),
  ).toEqual({
    what: 'number_changed',
    old: { bsuid: 'IN.1', parentBsuid: 'IN.ENT.1' },
    now: { bsuid: 'IN.2', parentBsuid: 'IN.ENT.2', phone: '919800000002' },
  });
  // As it was before there were BSUIDs.
  expect(note({ type: 'customer_changed_number', customer: '919800000001', new_wa_id: '919800000002' })).toEqual({
    what: 'number_changed',
    old: { phone: '919800000001' },
    now: { phone: '919800000002' },
  });
  const same = { phone: '919800000001' };
  expect(note({ type: 'customer_identity_changed', wa_id: same.phone })).toEqual({
    what: 'identity_changed',
    old: same,
    now: same,
  });
  expect(note({ type: 'something_new', user_id: 'IN.2' })).toBeUndefined();
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
