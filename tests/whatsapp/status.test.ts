import { describe, expect, test } from 'vitest';
import { statusOf } from '../../src/simulator/payloads.ts';
import { readStatus } from '../../src/whatsapp/status.ts';
import fc from '../support/properties.ts';

const person = { phone: '919800000001', bsuid: 'IN.1' };

describe('a status says what became of a message', () => {
  const base = { wamid: 'w', outboxId: undefined, errorCode: undefined, errorDetail: undefined };
  const error = { code: 131047, title: 'Re-engagement message', error_data: { details: 'More than 24 hours' } };
  const cases: [string, unknown, object][] = [
    [
      'sent, with our own id',
      statusOf({ wamid: 'w', status: 'sent', person, outboxId: 'o-1' }).status,
      { ...base, status: 'sent', outboxId: 'o-1' },
    ],
    ['delivered', { id: 'w', status: 'delivered' }, { ...base, status: 'delivered' }],
    ['read', { id: 'w', status: 'read' }, { ...base, status: 'read' }],
    ['played counts as read', { id: 'w', status: 'played' }, { ...base, status: 'read' }],
    [
      'failed, with code and words',
      { id: 'w', status: 'failed', errors: [error] },
      { ...base, status: 'failed', errorCode: 131047, errorDetail: 'More than 24 hours' },
    ],
    [
      'sent with errors has failed',
      { id: 'w', status: 'sent', errors: [error] },
      { status: 'failed', errorCode: 131047 },
    ],
    ['sent with no errors in the list', { id: 'w', status: 'sent', errors: [] }, { ...base, status: 'sent' }],
    [
      'a code as text',
      { id: 'w', status: 'failed', errors: [{ code: '131026', title: 'T' }] },
      { errorCode: 131026, errorDetail: 'T' },
    ],
    ['an error that cannot be read', { id: 'w', status: 'failed', errors: ['?'] }, { ...base, status: 'failed' }],
    ['deleted moves nothing', { id: 'w', status: 'deleted' }, { ...base, status: 'other' }],
    ['the name of a method', { id: 'w', status: 'toString' }, { ...base, status: 'other' }],
    ['no object', 7, { ...base, wamid: '', status: 'other' }],
  ];
  test.each(cases)('%s', (_what, payload, expected) => {
    expect(readStatus(JSON.parse(JSON.stringify(payload)))).toMatchObject(expected);
  });

  test('no value makes the reader throw', () => {
    const near = fc.record({ id: fc.jsonValue(), status: fc.constantFrom('sent', 'failed'), errors: fc.jsonValue() });
    fc.assert(
      fc.property(fc.oneof(near, fc.anything()), (payload) => void readStatus(payload)),
      { numRuns: 500 },
    );
  });
});
