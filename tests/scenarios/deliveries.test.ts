import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { cancelBatch, deliverOrder } from '../../src/orders/index.ts';
import type { DeliverItem } from '../../src/orders/types.ts';
import { mustExist } from '../../src/shared/assert.ts';
import type { SentMessage } from '../../src/simulator/fake-graph.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { shop } from './shop.ts';

let test: TestService;
beforeAll(async () => {
  const policies = { notices: { send: ['order_delivered', 'order_cancelled'] } };
  test = await startTestService({ ...shop, wholesaler: { ...shop.wholesaler, policies } });
});
afterAll(async () => {
  expect(await verifyLedger(test.database.db)).toMatchObject({ ok: true, firstBad: null });
  await test.stop();
});

const person = (n: number) => ({ phone: `91970000000${n}`, name: `Person ${n}` });

/** Orders two cases of cola and three hampers: 864.00 and 300.00. */
async function orders(n: number): Promise<{ id: string; number: number }> {
  const chat = test.chat(person(n));
  await chat.says('2 ctn coke 500\n3 gift hamper');
  expect((await chat.taps('Confirm')).body).toMatch(/placed/);
  const [order] = await test.database.ownerSql<{ id: string; number: number }>(
    'select id, number from orders where retailer_id = $1',
    [`shop${n}`],
  );
  return mustExist(order, 'the order');
}

/** What the shop reads after a delivery that is told twice. */
async function hears(n: number, orderId: string, more: Partial<DeliverItem>): Promise<SentMessage[]> {
  const before = test.graph.sentTo(person(n).phone).length;
  const act = { wholesalerId: 'test', orderId, releaseRest: false, actor: 'ravi', source: 'console' };
  const key = `van:${orderId}:${before}`;
  for (const replayed of [false, true]) {
    const answer = await inTransaction(test.database.db, (tx) => deliverOrder(tx, { ...act, key, ...more }));
    expect(answer).toMatchObject({ kind: 'delivered', replayed });
  }
  await test.quiet();
  return test.graph.sentTo(person(n).phone).slice(before);
}

const bodies = (messages: SentMessage[]): string[] =>
  messages.map(({ body }) => body.replace(/due on [^.]+/, 'due on DAY'));

const closeWindow = (n: number) =>
  test.database.ownerSql(
    `update conversation set last_inbound_at = app_clock() - interval '25 hours' where retailer_id = $1`,
    [`shop${n}`],
  );

it('a part is told line by line, then the rest as the whole; each once', async () => {
  const { id, number } = await orders(0);
  const lines = [
    { sku: 'COKE500', unit: 'case', quantityMilli: 2_000 },
    { sku: 'CREDIT100', quantityMilli: 1_000 },
  ];
  expect(bodies(await hears(0, id, { lines }))).toEqual([
    `Part of order *${number}* is delivered. 964.00 goes on your account, due on DAY.\n` +
      'Delivered now:\n- Coca-Cola 500ml, 2 cases\n- Gift hamper, 1 piece\n' +
      'Not delivered:\n- Gift hamper, 2 pieces\n' +
      'It is still to come; 200.00 of your credit is kept for it.',
  ]);
  expect(bodies(await hears(0, id, {}))).toEqual([
    `Order *${number}* is delivered. 200.00 goes on your account, due on DAY.`,
  ]);
});

it('a part told by its amount says what the missing goods come to, and that they will not come', async () => {
  const { id, number } = await orders(1);
  const part = { amountMinor: 100_000n, releaseRest: true, reason: 'out of stock' };
  expect(bodies(await hears(1, id, part))).toEqual([
    `Part of order *${number}* is delivered. 1,000.00 goes on your account, due on DAY.\n` +
      'Not delivered: goods for 164.00\n' +
      'It will not come and is not charged: 164.00 is back on your credit.',
  ]);
});

it('outside the 24 hours each goes by its template', async () => {
  const { id, number } = await orders(2);
  await closeWindow(2);
  const body = (texts: Record<string, string>) => ({
    type: 'body',
    parameters: expect.arrayContaining(
      Object.entries(texts).map(([name, text]) => ({ type: 'text', parameter_name: name, text })),
    ),
  });
  const order = String(number);
  const part = await hears(2, id, { lines: [{ sku: 'COKE500', quantityMilli: 2_000 }] });
  expect(part.map(({ message }) => message)).toMatchObject([
    {
      type: 'template',
      template: {
        name: 'orderlock_order_part_open',
        components: [
          body({ order, amount: '864.00', missing: 'Gift hamper (3 pieces)', held: '300.00' }),
          { sub_type: 'quick_reply' },
        ],
      },
    },
  ]);
  const whole = await hears(2, id, {});
  expect(whole.map(({ message }) => message)).toMatchObject([
    {
      type: 'template',
      template: {
        name: 'orderlock_order_delivered',
        components: [body({ order, amount: '300.00', owed: '1,164.00' })],
      },
    },
  ]);
});

it('an order that the wholesaler cancels is told once, by template outside the 24 hours', async () => {
  const { id, number } = await orders(3);
  await closeWindow(3);
  const before = test.graph.sentTo(person(3).phone).length;
  const by = { actor: 'staff:ravi', source: 'console' as const };
  const item = { wholesalerId: 'test', orderId: id, retailerId: 'shop3', ...by, reason: 'no cola today' };
  const kinds = [];
  for (let round = 0; round < 2; round += 1) {
    const [answer] = await inTransaction(test.database.db, (tx) => cancelBatch(tx, [item]));
    kinds.push(answer?.kind);
  }
  expect(kinds).toEqual(['cancelled', 'refused']);
  await test.quiet();
  const sent = test.graph.sentTo(person(3).phone).slice(before);
  expect(sent.map(({ message }) => message)).toMatchObject([
    { type: 'template', template: { name: 'orderlock_order_cancelled' } },
  ]);
  expect(JSON.stringify(sent[0]?.message)).toContain('no cola today');
  expect(JSON.stringify(sent[0]?.message)).toContain(`"${number}"`);
});
