import { describe, expect, test } from 'vitest';
import type { IncomingEvent } from '../../src/inbox/types.ts';
import { delivery, envelope, messageFrom, newWamid, notice, statusOf, text } from '../../src/simulator/payloads.ts';
import { NotJsonError, readEnvelope } from '../../src/whatsapp/envelope.ts';
import fc from '../support/properties.ts';

const NOW = new Date('2026-11-20T10:00:00Z');
const LINE = { phoneNumberId: '106540352242922', displayPhoneNumber: '912255550100', wabaId: '102290129340398' };
const OTHER_LINE = { ...LINE, phoneNumberId: '106540352242999' };
const ASHA = { phone: '919800000001', bsuid: 'IN.1349120865530', name: 'Asha' };
const RAVI = { phone: '919800000099', bsuid: 'IN.99', name: 'Ravi', username: '@ravi' };

const read = (json: unknown) => readEnvelope(Buffer.from(JSON.stringify(json)), NOW);
const readText = (json: string) => readEnvelope(Buffer.from(json), NOW);
/** A delivery with one raw change value, for shapes that the payload builders refuse to make. */
const change = (value: unknown, field: unknown = 'messages') => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '1', changes: [{ field, value }] }],
});
const metadata = { display_phone_number: '1', phone_number_id: LINE.phoneNumberId };
const withMessages = (messages: unknown, contacts?: unknown) => read(change({ metadata, contacts, messages }));
/** What JSON.stringify writes for NUL and for half a surrogate pair; not a text of that look, whose backslash it doubles. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;
const keysOf = (events: IncomingEvent[]) => events.map(({ eventKey }) => eventKey);
const onlyMessage = (events: IncomingEvent[]) => {
  const [event] = events;
  if (events.length !== 1 || event?.kind !== 'message') throw new Error(`not one message: ${JSON.stringify(events)}`);
  return event;
};

describe('every item of a delivery is read', () => {
  test('a message with its sender, line, time and untouched payload', () => {
    const { person, message } = messageFrom(ASHA, text('10 coke'), { id: 'wamid.A=', at: NOW });
    expect(read(delivery(LINE, { messages: [{ person, message }] }))).toEqual([
      {
        kind: 'message',
        eventKey: 'm:wamid.A=',
        wabaId: LINE.wabaId,
        phoneNumberId: LINE.phoneNumberId,
        personKey: 'b:IN.1349120865530',
        sender: {
          bsuid: ASHA.bsuid,
          phone: ASHA.phone,
          profileName: 'Asha',
          parentBsuid: undefined,
          username: undefined,
        },
        sentAt: NOW,
        payload: JSON.parse(JSON.stringify(message)),
      },
    ]);
  });

  test('several messages of several people, statuses and errors in one change', () => {
    const events = read(
      delivery(LINE, {
        messages: [messageFrom(ASHA, text('1'), { id: 'a' }), messageFrom(RAVI, text('2'), { id: 'b' })],
        statuses: [statusOf({ wamid: 'w', status: 'sent', person: ASHA, at: NOW })],
        errors: [{ code: 131000, title: 'Something went wrong' }],
      }),
    );
    expect(events.map(({ kind }) => kind)).toEqual(['message', 'message', 'status', 'notice']);
  });

  test('several entries, and several changes of one entry', () => {
    const one = (id: string) => ({ line: LINE, contents: { messages: [messageFrom(ASHA, text('x'), { id })] } });
    const body = envelope([one('a'), one('b')]) as { entry: { changes: unknown[] }[] };
    body.entry[0]?.changes.push(...(envelope([one('c')]) as typeof body).entry.flatMap(({ changes }) => changes));
    expect(keysOf(read(body))).toEqual(['m:a', 'm:c', 'm:b']);
  });

  test('a thousand messages in one delivery', () => {
    const messages = Array.from({ length: 1000 }, (_, n) =>
      messageFrom({ phone: `9198${String(n).padStart(8, '0')}`, bsuid: `IN.${n}` }, text('hi')),
    );
    const events = read(delivery(LINE, { messages }));
    expect(new Set(events.map((event) => (event.kind === 'message' ? event.personKey : ''))).size).toBe(1000);
  });

  test('statuses of one message apart from each other', () => {
    const at = new Date('2026-11-20T09:59:00Z');
    const names = ['sent', 'delivered', 'read'] as const;
    const statuses = names.map((status) => statusOf({ wamid: 'w', status, person: ASHA, at }));
    const events = read(delivery(LINE, { statuses }));
    expect(keysOf(events)).toEqual(['s:w:sent:1795168740', 's:w:delivered:1795168740', 's:w:read:1795168740']);
    expect(events.every(({ sentAt }) => sentAt.getTime() === at.getTime())).toBe(true);
  });

  test('messages of two lines go to their own lines', () => {
    const of = (line: typeof LINE) => ({ line, contents: { messages: [messageFrom(ASHA, text('x'))] } });
    const events = read(envelope([of(LINE), of(OTHER_LINE)]));
    expect(events.map(({ phoneNumberId }) => phoneNumberId)).toEqual([LINE.phoneNumberId, OTHER_LINE.phoneNumberId]);
  });
});

describe('the sender is taken from the message', () => {
  const contact = (person: object) => person;
  const cases: [string, object, object[] | undefined, object][] = [
    ['phone only', { from: '919800000001' }, undefined, { key: 'p:919800000001' }],
    ['phone with a plus', { from: '+919800000001' }, undefined, { key: 'p:919800000001' }],
    ['phone as a number', { from: 919800000001 }, undefined, { key: 'p:919800000001' }],
    ['BSUID only', { from_user_id: 'IN.12' }, undefined, { key: 'b:IN.12', phone: undefined }],
    ['a BSUID in `from`', { from: 'IN.12' }, undefined, { key: 'b:IN.12', phone: undefined }],
    ['a phone in `from_user_id`', { from_user_id: '919800000001' }, undefined, { key: 'p:919800000001' }],
    ['the BSUID before the phone', { from: '919800000001', from_user_id: 'IN.12' }, undefined, { key: 'b:IN.12' }],
    ['only a parent BSUID', { from_parent_user_id: 'IN.ENT.7' }, undefined, { key: 'b:IN.ENT.7' }],
    [
      'the BSUID added by the contact with that phone',
      { from: '919800000001' },
      [contact({ wa_id: '919800000001', user_id: 'IN.12' })],
      { key: 'b:IN.12', phone: '919800000001' },
    ],
    [
      'the phone added by the contact with that BSUID',
      { from_user_id: 'IN.12' },
      [contact({ wa_id: '919800000001', user_id: 'IN.12' })],
      { key: 'b:IN.12', phone: '919800000001' },
    ],
    [
      'nothing from contacts[0] when that is somebody else',
      { from: '919800000001' },
      [contact({ wa_id: '919800000002', user_id: 'IN.2', profile: { name: 'Other' } })],
      { key: 'p:919800000001', profileName: undefined },
    ],
    [
      'the second contact when the first is somebody else',
      { from: '919800000001' },
      [
        contact({ wa_id: '919800000002', user_id: 'IN.2' }),
        contact({ wa_id: '919800000001', user_id: 'IN.1', profile: { name: 'Asha' } }),
      ],
      { key: 'b:IN.1', profileName: 'Asha' },
    ],
    [
      'nothing from a contact with that phone but another BSUID',
      { from: '919800000001', from_user_id: 'IN.1' },
      [contact({ wa_id: '919800000001', user_id: 'IN.2', profile: { name: 'New owner' } })],
      { key: 'b:IN.1', profileName: undefined },
    ],
    [
      'no BSUID when two contacts contradict each other',
      { from: '919800000001' },
      [contact({ wa_id: '919800000001', user_id: 'IN.1' }), contact({ wa_id: '919800000001', user_id: 'IN.2' })],
      { key: 'p:919800000001', bsuid: undefined },
    ],
    ['the only contact when the message names nobody', {}, [contact({ user_id: 'IN.12' })], { key: 'b:IN.12' }],
    ['the participant of a group', { from: '919800000001', group_id: 'g' }, undefined, { key: 'p:919800000001' }],
    [
      'the system block of a changed id',
      { type: 'system', system: { type: 'user_changed_user_id', user_id: 'IN.2', previous_user_id: 'IN.1' } },
      undefined,
      { key: 'b:IN.2' },
    ],
    [
      'a username without its @',
      { from_user_id: 'IN.12' },
      [contact({ user_id: 'IN.12', profile: { username: '@asha' } })],
      { key: 'b:IN.12', username: 'asha' },
    ],
  ];
  test.each(cases)('%s', (_what, fields, contacts, expected) => {
    const event = onlyMessage(withMessages([{ id: 'm', type: 'text', ...fields }], contacts));
    const { key, ...sender } = expected as { key: string };
    expect(event.personKey).toBe(key);
    expect(event.sender).toMatchObject(sender);
  });

  test('and two messages with one contact are not both that contact', () => {
    const contacts = [{ wa_id: ASHA.phone, user_id: ASHA.bsuid }];
    const events = withMessages([{ id: 'a' }, { id: 'b', from: RAVI.phone }], contacts);
    expect(events.map(({ kind }) => kind)).toEqual(['notice', 'message']);
    expect(events[1]).toMatchObject({ personKey: `p:${RAVI.phone}`, sender: { bsuid: undefined } });
  });
});

describe('what cannot be understood is kept as a notice', () => {
  const message = { id: 'm', from: ASHA.phone, type: 'text' };
  const odd: [string, unknown, string][] = [
    ['an account update without metadata', change({ event: 'DISABLED_UPDATE' }, 'account_update'), 'account_update'],
    ['an unknown field', change({ metadata }, 'brand_new'), 'brand_new'],
    ['messages under another field', change({ metadata, messages: [message] }, 'standby'), 'standby'],
    ['a field that is no text', change({}, { a: 1 }), 'unnamed'],
    ['a long field, cut within a letter', change({}, `${'x'.repeat(99)}😀`), `${'x'.repeat(99)}\ufffd`],
    ['a message without id', change({ metadata, messages: [{ from: ASHA.phone }] }), 'messages'],
    ['a message with an empty id', change({ metadata, messages: [{ ...message, id: '' }] }), 'messages'],
    ['a message whose id lost its digits', change({ metadata, messages: [{ ...message, id: 2 ** 60 }] }), 'messages'],
    ['a message without sender', change({ metadata, messages: [{ id: 'm' }] }), 'messages'],
    ['a message for no line', change({ messages: [message] }), 'messages'],
    ['a message that is null', change({ metadata, messages: [null] }), 'messages'],
    ['messages that are no list', change({ metadata, messages: message }), 'messages'],
    ['a status without id', change({ metadata, statuses: [{ status: 'sent' }] }), 'messages'],
    ['a status that is a number', change({ metadata, statuses: [7] }), 'messages'],
    ['errors of the change', change({ metadata, errors: [{ code: 131000 }] }), 'messages.errors'],
    ['a change without content', change({ metadata }), 'messages'],
    ['empty lists', change({ metadata, messages: [], statuses: [], errors: [] }), 'messages'],
    ['a value that is null', change(null), 'messages'],
    ['a change that is a text', { object: 'whatsapp_business_account', entry: [{ changes: ['x'] }] }, 'unreadable'],
    ['an entry without changes', { object: 'whatsapp_business_account', entry: [{ id: '1' }] }, 'unreadable'],
    ['no list of entries', { object: 'whatsapp_business_account', entry: 'x' }, 'unreadable'],
    ['another product', { object: 'page', entry: [] }, 'not_whatsapp'],
    ['a list', [1, 2], 'not_whatsapp'],
    ['a number', 5, 'not_whatsapp'],
    ['null', null, 'not_whatsapp'],
  ];
  test.each(odd)('%s', (_what, body, field) => {
    const events = read(body);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ kind: 'notice', field });
    expect(events[0]?.eventKey).toMatch(new RegExp(`^f:${field}:[0-9a-f]{64}$`));
    expect(typeof events[0]?.payload).toBe('object');
    expect(events[0]?.payload).not.toBeNull();
  });

  test('an empty list of entries holds nothing', () => {
    expect(read({ object: 'whatsapp_business_account', entry: [] })).toEqual([]);
  });

  test('one broken item never loses the others', () => {
    const broken = [null, 5, 'x', [], {}, { id: {} }, { id: 'm', from: { a: 1 } }];
    const events = withMessages([...broken, { id: 'good', from: ASHA.phone }], [null, 7, { wa_id: [] }]);
    expect(events.filter(({ kind }) => kind === 'message').map(({ eventKey }) => eventKey)).toEqual(['m:good']);
    expect(events).toHaveLength(broken.length + 1);
  });

  test('the same notice has the same key, another one has another', () => {
    const a = notice(LINE, 'account_update', { event: 'A' });
    expect(keysOf(read(a))).toEqual(keysOf(read(a)));
    expect(keysOf(read(a))).not.toEqual(keysOf(read(notice(LINE, 'account_update', { event: 'B' }))));
  });
});

describe('times', () => {
  const at = (timestamp: unknown) => withMessages([{ id: 'm', from: ASHA.phone, timestamp }])[0]?.sentAt.toISOString();
  const times: [string, unknown, string][] = [
    ['seconds as text', '1795168740', '2026-11-20T09:59:00.000Z'],
    ['seconds as a number', 1795168740, '2026-11-20T09:59:00.000Z'],
    ['milliseconds', '1795168740123', '2026-11-20T09:59:00.123Z'],
    ['none: the time of receipt', undefined, NOW.toISOString()],
    ['no number: the time of receipt', 'yesterday', NOW.toISOString()],
    ['negative: the time of receipt', -5, NOW.toISOString()],
    ['zero: the time of receipt', '0', NOW.toISOString()],
    ['next year: the time of receipt', '1826668740', NOW.toISOString()],
    ['far beyond any date: the time of receipt', '9'.repeat(400), NOW.toISOString()],
  ];
  test.each(times)('%s', (_what, timestamp, expected) => {
    expect(at(timestamp)).toBe(expected);
  });
});

describe('hostile content is harmless', () => {
  test('NUL characters and lone surrogates are replaced in values and in names', () => {
    const raw =
      '{"id":"a\\u0000b","from":"919800000001","text":{"body":"x\\u0000\\ud800y\\udc00\\ud83d\\ude00"},"k\\u0000":1}';
    const event = onlyMessage(
      readText(
        `{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":${JSON.stringify(metadata)},"messages":[${raw}]}}]}]}`,
      ),
    );
    expect(event.eventKey).toBe('m:a\uFFFDb');
    expect(event.payload).toMatchObject({ text: { body: 'x\uFFFD\uFFFDy\uFFFD😀' }, 'k\uFFFD': 1 });
    expect(JSON.stringify(event)).not.toMatch(UNSTORABLE);
  });

  test('text that only looks like an escape is kept as it came', () => {
    const event = onlyMessage(withMessages([{ id: 'm', from: ASHA.phone, text: { body: '\\u0000 \\ud800' } }]));
    expect(event.payload).toMatchObject({ text: { body: '\\u0000 \\ud800' } });
    expect(JSON.stringify(event)).not.toMatch(UNSTORABLE);
  });

  test('prototype keys touch nothing', () => {
    const raw =
      '{"id":"m","from":"919800000001","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    const event = onlyMessage(
      readText(
        `{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":${JSON.stringify(metadata)},"messages":[${raw}]}}]}]}`,
      ),
    );
    expect(Object.assign({}, event.payload)).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });

  test('nesting a million deep is cut and can be stored', () => {
    const depth = 1_000_000;
    const events = readText(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(JSON.stringify(events[0]?.payload)).toContain('nested too deeply');
  });

  test('numbers beyond all bounds become null', () => {
    expect(readText('[1e999,-1e999,1]')[0]?.payload).toEqual({ value: [null, null, 1] });
  });

  test('a key longer than an index page is hashed', () => {
    const event = onlyMessage(withMessages([{ id: 'x'.repeat(100_000), from: ASHA.phone }]));
    expect(event.eventKey).toMatch(/^m:sha256:[0-9a-f]{64}$/);
    const [status] = read(change({ metadata, statuses: [{ id: 'w', status: 's'.repeat(9_999) }] }));
    expect(status?.eventKey).toMatch(/^s:sha256:[0-9a-f]{64}$/);
  });

  test('a line id that is no id names no line', () => {
    const bad = { metadata: { phone_number_id: "1' or '1'='1" }, messages: [{ id: 'm', from: ASHA.phone }] };
    expect(read(change(bad))[0]).toMatchObject({ kind: 'notice', phoneNumberId: undefined });
  });

  test.each(['', ' ', '{', 'no json', '{"a":1}x', '\uFEFF', 'undefined'])('%j is not JSON', (body) => {
    expect(() => readText(body)).toThrow(NotJsonError);
  });
});

/** Shapes near the real one, so that the fuzz reaches every reader and not only the first check. */
const nearlyEnvelope = fc.letrec((tie) => {
  const value = (likely: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 6, arbitrary: likely }, fc.jsonValue(), fc.constant(undefined));
  const id = fc.oneof(
    fc.constantFrom('919800000001', 'IN.12', 'IN.ENT.1', ''),
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.integer(),
  );
  const list = (item: fc.Arbitrary<unknown>) => value(fc.array(value(item), { maxLength: 4 }));
  return {
    person: fc.record({ wa_id: value(id), user_id: value(id), profile: value(fc.record({ name: value(id) })) }),
    message: fc.record({
      id: value(id),
      from: value(id),
      from_user_id: value(id),
      timestamp: value(id),
      group_id: value(id),
      type: value(fc.constantFrom('text', 'order', 'system')),
      system: fc.jsonValue(),
      text: fc.jsonValue(),
    }),
    status: fc.record({ id: value(id), status: value(id), timestamp: value(id), errors: fc.jsonValue() }),
    change: fc.record({
      field: value(fc.constant('messages')),
      value: value(
        fc.record({
          metadata: value(fc.record({ phone_number_id: value(fc.constant('106540352242922')) })),
          contacts: list(tie('person')),
          messages: list(tie('message')),
          statuses: list(tie('status')),
          errors: fc.jsonValue(),
        }),
      ),
    }),
    root: fc.record({
      object: value(fc.constant('whatsapp_business_account')),
      entry: list(fc.record({ id: value(id), time: value(id), changes: list(tie('change')) })),
    }),
  };
}).root;

describe('whatever comes', () => {
  test('near envelopes give storable events, each with a bounded key', () => {
    fc.assert(
      fc.property(nearlyEnvelope, (body) => {
        for (const event of read(body)) {
          expect(event.eventKey.length).toBeLessThan(600);
          expect(event.sentAt.getTime()).not.toBeNaN();
          expect(JSON.stringify(event)).not.toMatch(UNSTORABLE);
          if (event.kind === 'message') expect(event.personKey).toMatch(/^[bp]:./);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('any bytes are read or named as not JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        try {
          readEnvelope(body, NOW);
        } catch (error) {
          expect(error).toBeInstanceOf(NotJsonError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('any JSON is read', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (body) => void readText(body)),
      { numRuns: 500 },
    );
  });

  test('ids of our own simulator look like ids', () => {
    expect(newWamid()).toMatch(/^wamid\.[\w+/=]{40,}$/);
  });
});
