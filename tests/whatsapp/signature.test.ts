import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { signatureMatches, signBody } from '../../src/whatsapp/signature.ts';

const SECRET = 'app-secret';
const bytes = (text: string) => Buffer.from(text, 'utf8');
const hmac = (text: string) => `sha256=${createHmac('sha256', SECRET).update(text, 'utf8').digest('hex')}`;

describe('a delivery is accepted when it was signed over', () => {
  const accepted: [string, Buffer, string][] = [
    ['its plain bytes', bytes('{"a":1}'), hmac('{"a":1}')],
    ['its raw accents', bytes('{"a":"äöå"}'), hmac('{"a":"äöå"}')],
    ['its accents in escaped form', bytes('{"a":"äöå"}'), hmac('{"a":"\\u00e4\\u00f6\\u00e5"}')],
    ['an escaped body that arrived escaped', bytes('{"a":"\\u00e4"}'), hmac('{"a":"\\u00e4"}')],
    ['an emoji escaped as two surrogates', bytes('{"a":"👍🏽"}'), hmac('{"a":"\\ud83d\\udc4d\\ud83c\\udffd"}')],
    ['escaped slashes', bytes('{"a":"1\\/2"}'), hmac('{"a":"1\\/2"}')],
    ['a raw DEL', bytes('{"a":"\x7f"}'), hmac('{"a":"\x7f"}')],
    ['an escaped DEL', bytes('{"a":"\x7f"}'), hmac('{"a":"\\u007f"}')],
    ['an escaped DEL beside accents', bytes('{"a":"\x7fé"}'), hmac('{"a":"\\u007f\\u00e9"}')],
    ['a raw DEL beside escaped accents', bytes('{"a":"\x7fé"}'), hmac('{"a":"\x7f\\u00e9"}')],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), ''],
  ];
  test.each(accepted)('%s', (_what, body, header) => {
    expect(signatureMatches(body, header || signBody(body, SECRET), [SECRET])).toBe(true);
  });

  test('the old secret while a new one is being rolled out', () => {
    const body = bytes('{}');
    expect(signatureMatches(body, signBody(body, 'old'), ['new', 'old'])).toBe(true);
    expect(signatureMatches(body, signBody(body, 'new'), ['new', 'old'])).toBe(true);
    expect(signatureMatches(body, signBody(body, 'older'), ['new', 'old'])).toBe(false);
  });

  test('and when the header writes its hex in capitals', () => {
    const header = hmac('{}').replace(/[0-9a-f]{64}/, (hex) => hex.toUpperCase());
    expect(signatureMatches(bytes('{}'), header, [SECRET])).toBe(true);
  });
});

describe('a delivery is refused when its header is', () => {
  const good = hmac('{}');
  const refused: [string, unknown][] = [
    ['missing', undefined],
    ['empty', ''],
    ['doubled', [good, good]],
    ['doubled into one line', `${good}, ${good}`],
    ['without its prefix', good.slice('sha256='.length)],
    ['of the older kind', `sha1=${good.slice('sha256='.length)}`],
    ['too short', good.slice(0, -1)],
    ['too long', `${good}0`],
    ['not hex', good.replace(/.$/, 'g')],
    ['the hash of another body', hmac('{ }')],
    ['a good hash and a line end', `${good}\n`],
  ];
  test.each(refused)('%s', (_what, header) => {
    expect(signatureMatches(bytes('{}'), header, [SECRET])).toBe(false);
  });

  test('made with an empty secret, even when an empty secret is configured by mistake', () => {
    expect(signatureMatches(bytes('{}'), signBody('{}', ''), [''])).toBe(false);
    expect(signatureMatches(bytes('{}'), signBody('{}', ''), [])).toBe(false);
  });
});
