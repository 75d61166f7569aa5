/**
 * Edges of the conversation where races, real time or the real outbox decide; the others are in
 * tests/conversation/edges.test.ts, in the order of the specification.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { deliverOrder } from '../../src/orders/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { type Content, delivery, messageFrom, reaction, text } from '../../src/simulator/payloads.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { shop } from './shop.ts';

let test: TestService;
beforeAll(async () => {
  test = await startTestService(shop);
});
afterAll(() => test.stop());

type Options = Parameters<typeof messageFrom>[2];
const post = (person: { phone: string }, content: Content, options?: Options) =>
  test.post(delivery(test.line, { messages: [messageFrom(person, content, options)] }));

async function newest(person: { phone: string }): Promise<string> {
  await test.quiet();
  return mustExist(test.chat(person).read().at(-1), 'an answer').body;
}

it('Confirm from two phones of one shop at the same instant: each places its own cart', async () => {
  const one = test.chat({ phone: '919800000001' });
  const other = test.chat({ phone: '919800000002' });
  await one.says('1 ctn coke 500');
  await other.says('2 sugar 50kg');
  const answers = await Promise.all([one.taps('Confirm'), other.taps('Confirm')]);
  expect(answers.map(({ body }) => /placed\. ([\d,.]+) on credit/.exec(body)?.[1])).toEqual(['432.00', '4,300.00']);
  expect(await test.account('asha')).toMatchObject({ heldMinor: 473_200n });
});

it('cancelling races with delivery: one wins, and the chat tells which', async () => {
  const person = { phone: '919700000001' };
  const chat = test.chat(person);
  await chat.says('1 ctn coke 500');
  await chat.taps('Confirm');
  const asked = await chat.says('cancel');
  expect(asked.choices).toHaveLength(2);
  const [order] = await test.database.ownerSql<{ id: string; number: number }>(
    `select id, number from orders where retailer_id = 'shop1'`,
  );
  const { id, number } = mustExist(order, 'the order');
  const [, answer] = await Promise.all([
    inTransaction(test.database.db, (tx) =>
      deliverOrder(tx, {
        wholesalerId: 'test',
        orderId: id,
        key: 'delivery-1',
        releaseRest: false,
        actor: 'staff:asha',
        source: 'console',
      }),
    ),
    chat.taps(/cancel/i),
  ]);
  const [after] = await test.database.ownerSql<{ status: string }>('select status from orders where id = $1', [id]);
  expect(['delivered', 'cancelled']).toContain(after?.status);
  expect(answer.body).toContain(String(number));
  expect(answer.body).toMatch(after?.status === 'delivered' ? /delivered/i : /cancelled/i);
  const account = await test.account('shop1');
  expect(account.heldMinor).toBe(0n);
  expect(account.owedMinor).toBe(after?.status === 'delivered' ? 43_200n : 0n);
});

it('a reply to an older message by its context id quotes that message, and a "yes" in it places nothing', async () => {
  const person = { phone: '919700000002' };
  const chat = test.chat(person);
  const older = await chat.says('1 ctn coke 500');
  const newer = await chat.says('add 1 sugar 50kg');
  expect(await post(person, text('yes'), { contextId: older.wamid })).toBe(200);
  expect(await newest(person)).toMatch(/older message[\s\S]*not placed yet/);
  expect(chat.read().at(-1)?.message.context).toEqual({ message_id: older.wamid });
  expect(await test.account('shop2')).toMatchObject({ heldMinor: 0n });
  // What that answer asked is the same proposal, so a yes to it counts.
  expect(await post(person, text('yes'), { contextId: newer.wamid })).toBe(200);
  expect(await newest(person)).toMatch(/placed\. 2,582\.00/);
});

it('a "2" in reply to an old list is not read against the question that is open', async () => {
  const person = { phone: '919700000003' };
  const chat = test.chat(person);
  const list = await chat.says('5 sugar');
  await chat.says('1');
  await chat.says('cancel');
  await chat.says('coke 500');
  await post(person, text('2'), { contextId: list.wamid });
  expect(await newest(person)).toMatch(/older message[\s\S]*How many/);
  await chat.says('3');
  expect(await newest(person)).toMatch(/Coca-Cola 500ml, 3 cases/);
});

it('a yes that waited more than an hour for us is asked about again', async () => {
  const person = { phone: '919700000004' };
  await test.chat(person).says('1 ctn coke 500');
  // The proposal as if it had been made before the yes, two hours ago.
  await test.database.ownerSql(
    `update conversation set state = jsonb_set(state, '{pending,askedAtMs}', to_jsonb((state #>> '{pending,askedAtMs}')::bigint - 7300000))
      where person_key = 'p:919700000004'`,
  );
  await post(person, text('yes'), { at: new Date(Date.now() - 2 * 3_600_000) });
  expect(await newest(person)).toMatch(/reached me late[\s\S]*Your order/);
  expect(await test.account('shop4')).toMatchObject({ heldMinor: 0n });
});

it('the language that a person writes is remembered by their chat, and the other phone keeps its own', async () => {
  const one = test.chat({ phone: '919800000001' });
  const other = test.chat({ phone: '919800000002' });
  expect((await one.says('buenas tardes, cuánto debo por favor')).body).toMatch(/Límite|crédito/i);
  expect((await one.says('balance')).body).toMatch(/Límite|crédito/i);
  expect((await other.says('balance')).body).toMatch(/Limit/);
  const rows = await test.database.ownerSql<{ language: string | null }>(
    `select language from conversation where person_key in ('p:919800000001', 'p:919800000002') order by person_key`,
  );
  expect(rows).toEqual([{ language: 'es' }, { language: null }]);
});

it('groups and reactions hear nothing; what comes after them does', async () => {
  const person = { phone: '919700000006' };
  await post(person, text('10 ctn coke 500'), { groupId: 'group.1' });
  await post(person, reaction('wamid.x', '👍'));
  await test.quiet();
  expect(test.chat(person).read()).toEqual([]);
  expect((await test.chat(person).says('1 ctn coke 500')).body).toMatch(/Coca-Cola/);
});

it('ends with a whole ledger', async () => {
  await test.quiet();
  expect(await verifyLedger(test.database.db, {})).toMatchObject({ ok: true });
});
