import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { deliverOrder } from '../../src/orders/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { delivery, messageFrom, text } from '../../src/simulator/payloads.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import { shop } from './shop.ts';

let test: TestService;
beforeAll(async () => {
  test = await startTestService(shop);
  // An hour instead of three days, so that everybody who ordered can still be written to when it is over.
  await test.database.ownerSql('update credit_account set hold_lifetime_minutes = 60');
  await test.database.ownerSql(`update credit_account set hold_lifetime_minutes = 1560 where retailer_id = 'shop5'`);
});
afterAll(() => test.stop());

const person = (n: number) => ({ phone: `91970000000${n}`, name: `Person ${n}` });

/** Orders a case of Coke for 432.00 and returns what the order is stored as. */
async function orderCoke(n: number): Promise<{ id: string; number: number }> {
  const chat = test.chat(person(n));
  await chat.says('1 ctn coke 500');
  expect((await chat.taps('Confirm')).body).toMatch(/placed/);
  const [order] = await test.database.ownerSql<{ id: string; number: number }>(
    'select id, number from orders where retailer_id = $1',
    [`shop${n}`],
  );
  return mustExist(order, 'the order');
}

async function orderOf(n: number): Promise<{ status: string; close_reason: string | null } | undefined> {
  const [order] = await test.database.ownerSql<{ status: string; close_reason: string | null }>(
    'select status, close_reason from orders where retailer_id = $1',
    [`shop${n}`],
  );
  return order;
}

/** What a person heard about orders that are over. */
const heard = (n: number): string[] =>
  test
    .chat(person(n))
    .read()
    .map(({ body }) => body)
    .filter((body) => /in time/.test(body));

/** Lets time pass for the whole service, in this test's own database. */
async function afterHours(hours: number): Promise<void> {
  await test.database.ownerSql(
    `create or replace function app_clock() returns timestamptz language sql volatile parallel safe as
     $$ select clock_timestamp() + interval '${hours} hours' $$`,
  );
}

it('tells the shop once that an order nobody delivered has expired, and gives its credit back', async () => {
  const whole = await orderCoke(0);
  const part = await orderCoke(1);
  const cancelled = await orderCoke(2);
  await orderCoke(3);
  await orderCoke(4);
  await orderCoke(5);
  await inTransaction(test.database.db, (tx) =>
    deliverOrder(tx, {
      wholesalerId: 'test',
      orderId: part.id,
      key: 'van-1',
      amountMinor: 40_000n,
      releaseRest: false,
      actor: 'ravi',
      source: 'console',
    }),
  );
  const asked = await test.chat(person(2)).says(`cancel order ${cancelled.number}`);
  expect((asked.choices.length > 0 ? await test.chat(person(2)).says('yes') : asked).body).toMatch(/cancelled/);
  // Somebody else has the number by now, and shop 4 talks with a person.
  await test.database.ownerSql(`update identity set retailer_id = 'shop9' where value = $1`, [person(3).phone]);
  await test.database.ownerSql(`update conversation set handled_by = 'person' where phone = $1`, [person(4).phone]);
  expect(await test.account('shop0')).toMatchObject({ heldMinor: 43_200n });

  await afterHours(2);
  await waitFor('the shops to hear of it', () => heard(0).length + heard(1).length + heard(4).length === 3, 15_000);
  await test.quiet();

  expect(heard(0)).toEqual([
    `Order *${whole.number}* (432.00) was not delivered in time and has expired: nothing is held on your credit for it ` +
      'any more. Write what you need to order again.',
  ]);
  expect(heard(1)).toEqual([
    `The rest of order *${part.number}* (32.00) was not delivered in time and is closed: nothing is held on your credit ` +
      'for it any more. Write what you need to order again.',
  ]);
  expect(await orderOf(0)).toEqual({ status: 'expired', close_reason: 'the hold expired' });
  expect(await orderOf(1)).toEqual({
    status: 'delivered',
    close_reason: 'the hold for what was not delivered expired',
  });
  expect(await orderOf(3)).toMatchObject({ status: 'expired' });
  expect(await test.account('shop0')).toMatchObject({ heldMinor: 0n, availableMinor: 1_000_000n });
  expect(await test.account('shop1')).toMatchObject({ heldMinor: 0n, owedMinor: 40_000n });
});

it('says nothing about an order that was cancelled, nor about another shop to whoever has its number now', () => {
  expect(heard(2)).toEqual([]);
  expect(heard(3)).toEqual([]);
});

it('leaves the rest of the chat as it was', async () => {
  const { phone } = person(0);
  const before = test.graph.sentTo(phone).length;
  const at = new Date(Date.now() + 2 * 3_600_000);
  const body = delivery(test.line, { messages: [messageFrom(person(0), text('1 ctn coke 500'), { at })] });
  expect(await test.post(body)).toBe(200);
  const proposal = await waitFor('a proposal', () => test.graph.sentTo(phone)[before]);
  expect(proposal.body).toMatch(/432\.00/);
  expect(proposal.choices.map(({ title }) => title)).toEqual(['Confirm', 'Change', 'Cancel']);
});

it('cannot tell who has not written for a day, and the order expires all the same', async () => {
  await afterHours(27);
  await waitFor('the order to expire', async () => (await orderOf(5))?.status === 'expired', 15_000);
  await test.quiet();
  expect(heard(5)).toEqual([]);
  const dropped = await test.database.ownerSql<{ state: string; error_class: string }>(
    `select state, error_class from outbox_message where to_phone = $1 and reply->>'body' like '%in time%'`,
    [person(5).phone],
  );
  expect(dropped).toEqual([{ state: 'dropped', error_class: 'window_closed' }]);
});

it('keeps an internal event that it cannot read for staff, and apologises to nobody for it', async () => {
  const before = test.graph.sentTo(person(0).phone).length;
  await test.database.ownerSql(
    `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, person_key, payload, sent_at)
     select wholesaler_id, gen_random_uuid(), line_id, 'i:of-tomorrow', 'internal', person_key, '{"type": "of tomorrow"}',
            app_clock() from conversation where phone = $1`,
    [person(0).phone],
  );
  await waitFor('the event to be parked', async () => {
    const [event] = await test.database.ownerSql<{ state: string }>(
      `select state from inbox_event where event_key = 'i:of-tomorrow'`,
    );
    return event?.state === 'parked';
  });
  await test.quiet();
  expect(test.graph.sentTo(person(0).phone)).toHaveLength(before);
});

it('ends with a whole ledger', async () => {
  expect(await verifyLedger(test.database.db)).toMatchObject({ ok: true, firstBad: null });
});
