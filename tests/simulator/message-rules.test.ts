import { describe, expect, test } from 'vitest';
import { checkBody } from '../../src/simulator/message-rules.ts';

const x = (length: number) => 'x'.repeat(length);
const message = (type: string, content: object, more: object = {}) => ({
  messaging_product: 'whatsapp',
  to: '919800000001',
  type,
  [type]: content,
  ...more,
});
const interactive = (content: object) => message('interactive', content);
const link = (parameters: object) =>
  interactive({ type: 'cta_url', body: { text: 'x' }, action: { name: 'cta_url', parameters } });
const products = (sections: object[], more: object = {}) =>
  interactive({
    type: 'product_list',
    header: { type: 'text', text: 'Rice' },
    body: { text: 'x' },
    action: { catalog_id: '1', sections },
    ...more,
  });
const section = (count: number, title = 'Rice') => ({
  title,
  product_items: Array.from({ length: count }, (_, n) => ({ product_retailer_id: `${title}${n}` })),
});
const template = (components: object[]) =>
  message('template', { name: 'order_delivered', language: { code: 'en' }, components });
const parameter = (text: string) => ({ type: 'text', text, parameter_name: 'shop' });

function codeOf(body: unknown): number | undefined {
  const checked = checkBody(body);
  return checked.kind === 'refused' ? (checked.answer.body as { error: { code: number } }).error.code : undefined;
}

describe('the fake Graph API takes', () => {
  const cases: [string, unknown][] = [
    ['a link button', link({ display_text: x(20), url: 'https://example.com/pay?o=1' })],
    ['a product alone', interactive({ type: 'product', action: { catalog_id: '1', product_retailer_id: 'COKE500' } })],
    ['30 products in 2 sections', products([section(20), section(10, 'Dal')])],
    ['a document by id', message('document', { id: '1', filename: 'a.pdf', caption: x(1024) })],
    ['a document by link', message('document', { link: 'https://example.com/a.pdf' })],
    [
      'a template with parameters and a payload',
      template([
        { type: 'body', parameters: [parameter('Asha Stores')] },
        { type: 'button', sub_type: 'quick_reply', index: 0, parameters: [{ type: 'payload', payload: 'ok' }] },
      ]),
    ],
    ['a heart', message('reaction', { message_id: 'wamid.1', emoji: '❤️' })],
    ['a thumb with a skin tone', message('reaction', { message_id: 'wamid.1', emoji: '👍🏽' })],
    ['a reaction taken away', message('reaction', { message_id: 'wamid.1', emoji: '' })],
    [
      'the question for a phone number',
      interactive({
        type: 'contact_request',
        body: { text: 'May we have your number?' },
        action: { name: 'request_contact_info' },
      }),
    ],
    ['an answer to a message', message('text', { body: 'x' }, { context: { message_id: 'wamid.1' } })],
  ];
  test.each(cases)('%s', (_what, body) => {
    expect(checkBody(body)).toMatchObject({ kind: 'message' });
  });
});

describe('the fake Graph API refuses', () => {
  const cases: [string, unknown, number][] = [
    ['a link button of 21', link({ display_text: x(21), url: 'https://example.com' }), 131009],
    ['a link without a name', link({ display_text: '', url: 'https://example.com' }), 131009],
    ['a link to no address', link({ display_text: 'Pay', url: 'example' }), 131009],
    ['a link to a script', link({ display_text: 'Pay', url: 'javascript:alert(1)' }), 131009],
    ['a link to nothing', link({ display_text: 'Pay' }), 131008],
    ['a product without catalogue', interactive({ type: 'product', action: { product_retailer_id: 'A' } }), 131008],
    ['31 products in 2 sections', products([section(20), section(11, 'Dal')]), 131009],
    ['11 sections', products(Array.from({ length: 11 }, (_, n) => section(1, `s${n}`))), 131009],
    ['a section without products', products([section(0)]), 131009],
    ['products without a header', products([section(1)], { header: undefined }), 131008],
    ['a header of 61', products([section(1)], { header: { type: 'text', text: x(61) } }), 131009],
    ['a section title of 25', products([section(1, x(25))]), 131009],
    ['a document that is nowhere', message('document', { filename: 'a.pdf' }), 131009],
    ['a caption of 1,025', message('document', { id: '1', caption: x(1025) }), 131009],
    ['a file name of 241', message('document', { id: '1', filename: x(241) }), 131009],
    ['a letter as reaction', message('reaction', { message_id: 'wamid.1', emoji: 'a' }), 131009],
    ['two emoji', message('reaction', { message_id: 'wamid.1', emoji: '👍👍' }), 131009],
    ['a reaction to nothing', message('reaction', { emoji: '👍' }), 131008],
    [
      'the library’s word for a contact request',
      interactive({
        type: 'request_contact_info',
        body: { text: 'x' },
        action: { name: 'request_contact_info' },
      }),
      131009,
    ],
    ['a template parameter with a line end', template([{ type: 'body', parameters: [parameter('a\nb')] }]), 131009],
    ['a template parameter with a gap', template([{ type: 'body', parameters: [parameter('a     b')] }]), 131009],
    ['an empty template parameter', template([{ type: 'body', parameters: [parameter('')] }]), 131009],
    ['a template without language', message('template', { name: 'a' }), 131008],
    ['a template name in capitals', message('template', { name: 'A', language: { code: 'en' } }), 131009],
    ['a context without id', message('text', { body: 'x' }, { context: {} }), 131008],
  ];
  test.each(cases)('%s', (_what, body, code) => {
    expect(codeOf(body)).toBe(code);
  });
});
