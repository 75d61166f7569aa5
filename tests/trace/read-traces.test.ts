import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustExist } from '../../src/shared/assert.ts';
import { type ConversationRef, type EventTrace, readResults, readTraces, tellDecision } from '../../src/trace/index.ts';
import { startTestService, type TestService } from '../support/service.ts';

const ASHA = '919800000301';
const SHOP = {
  wholesaler: { id: 'traced', name: 'Traced Wholesale', currency: 'INR', language: 'en', timeZone: 'Asia/Kolkata' },
  lines: [{ phoneNumberId: '106540352242931', displayPhoneNumber: '+91 22 5555 0131' }],
  products: [{ sku: 'TEA', name: 'Tata Tea 250g', units: { each: 1 }, defaultUnit: 'each', priceMinor: 14_000 }],
  retailers: [
    {
      id: 'asha',
      name: 'Asha Stores',
      identities: [{ kind: 'phone', value: ASHA }],
      credit: { limitMinor: 100_000, owedMinor: 0, status: 'active' },
    },
  ],
};

describe('the trace of an event', () => {
  let stage: TestService;
  const traces = async (limit = 20): Promise<EventTrace[]> => {
    const [line] = await stage.database.ownerSql<{ id: string }>('select id from line');
    const lineId = mustExist(line, 'the line').id;
    const ref: ConversationRef = { wholesalerId: 'traced', lineId, personKey: `p:${ASHA}` };
    return readTraces(stage.database.db.prisma, [ref], { limit });
  };

  beforeAll(async () => {
    stage = await startTestService(SHOP);
    const asha = stage.chat({ phone: ASHA, name: 'Asha' });
    await asha.says('5 tata tea');
    await asha.taps('Confirm');
    await stage.quiet();
  });
  afterAll(() => stage?.stop());

  test('newest first, it tells the reading, the verdict, the ledger and how far the replies got', async () => {
    const [placed, ordered] = await traces();
    expect(ordered).toMatchObject({
      state: 'done',
      retailer: { id: 'asha', name: 'Asha Stores' },
      parsed: { intent: 'order', lines: [{ sku: 'TEA', quantity: 5, span: { start: 0, end: 10 } }] },
      productNames: { TEA: 'Tata Tea 250g' },
      answer: null,
      ledger: [],
    });
    expect(placed).toMatchObject({
      parsed: null,
      accountBefore: { limitMinor: 100_000n, availableMinor: 100_000n },
      answer: { placed: true, amountMinor: 70_000n, availableMinor: 30_000n },
      ledger: [{ kind: 'HOLD', heldDelta: 70_000n, heldAfter: 70_000n }],
      replies: [{ state: 'read', attempts: 1 }],
    });
    expect(placed?.replies[0]?.statuses.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
    expect(tellDecision(placed?.answer ?? null, 'INR')).toEqual([
      'available 1,000.00 - order 700.00 = 300.00: approved',
    ]);
  });

  test('only so many are read, and nothing of a conversation of another wholesaler', async () => {
    expect(await traces(1)).toHaveLength(1);
    const [trace] = await traces(1);
    const foreign = {
      wholesalerId: 'somebody-else',
      lineId: mustExist(trace, 'a trace').lineId,
      personKey: `p:${ASHA}`,
    };
    expect(await readTraces(stage.database.db.prisma, [foreign], { limit: 5 })).toEqual([]);
    expect(await readTraces(stage.database.db.prisma, [], { limit: 5 })).toEqual([]);
  });
});

test.each([
  ['nothing kept', null],
  ['a shape of another release', { parsed: { intent: 7 }, answer: { placed: 'yes' } }],
  ['an answer that is a list', { parsed: 'text', answer: [1, 2] }],
])('what cannot be read is not shown: %s', (_what, results) => {
  expect(readResults(results)).toEqual({ parsed: null, answer: null });
});

test('a refusal is told with the figures that were seen under the lock', () => {
  const account = { limitMinor: 100_000n, owedMinor: 0n, heldMinor: 70_000n, availableMinor: 30_000n };
  const answer = {
    placed: false,
    code: 'INSUFFICIENT_CREDIT',
    amountMinor: 56_000n,
    shortByMinor: 26_000n,
    account,
  };
  expect(tellDecision(answer, 'INR')).toEqual([
    'limit 1,000.00 - owed 0.00 - held 700.00 = available 300.00; order 560.00, short by 260.00: INSUFFICIENT_CREDIT',
  ]);
});
