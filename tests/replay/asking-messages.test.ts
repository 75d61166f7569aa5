import { expect, test } from 'vitest';
import { askingMessages } from '../../src/simulator/asking-messages.ts';

const delivery = (...messages: object[]): Buffer =>
  Buffer.from(JSON.stringify({ entry: [{ changes: [{ field: 'messages', value: { messages } }] }] }));
const from = { from: '919800000001' };

test.each([
  ['a text', { ...from, id: 'a', type: 'text', text: { body: 'hi' } }, true],
  ['a cart', { ...from, id: 'a', type: 'order', order: {} }, true],
  ['a voice note', { ...from, id: 'a', type: 'audio', audio: { voice: true } }, true],
  ['what cannot be read', { ...from, id: 'a', type: 'unsupported', errors: [{ code: 131051 }] }, true],
  ['a message of a person known by BSUID alone', { from_user_id: 'IN.1', id: 'a', type: 'text' }, true],
  ['a reaction', { ...from, id: 'a', type: 'reaction' }, false],
  ['a note by Meta', { ...from, id: 'a', type: 'system' }, false],
  ['the opening of a chat', { ...from, id: 'a', type: 'request_welcome' }, false],
  ['a pin that is not passed on', { ...from, id: 'a', type: 'unsupported', unsupported: { type: 'pin' } }, false],
  ['a cart that is not passed on', { ...from, id: 'a', type: 'unsupported', unsupported: { type: 'order' } }, true],
  [
    'leave to be called',
    { ...from, id: 'a', type: 'interactive', interactive: { type: 'call_permission_reply' } },
    false,
  ],
  ['a message in a group', { ...from, id: 'a', type: 'text', group_id: 'g' }, false],
  ['a message of nobody', { id: 'a', type: 'text' }, false],
  ['a message without an id', { ...from, type: 'text' }, false],
])('%s', (_name, message, asks) => {
  expect(askingMessages(delivery(message))).toEqual(asks ? ['a'] : []);
});

test('a broken message does not hide the next, and a repeated id counts once', () => {
  const good = { ...from, id: 'a', type: 'text' };
  expect(askingMessages(delivery([], { ...from, id: {} }, good, good, { ...good, id: 'b' }))).toEqual(['a', 'b']);
});

test.each(['', '[]', 'null', '{"entry":5}', '{"entry":[{"changes":[null,{"field":"account_update","value":{}}]}]}'])(
  'a delivery like %j asks for nothing',
  (text) => {
    expect(askingMessages(Buffer.from(text))).toEqual([]);
  },
);
