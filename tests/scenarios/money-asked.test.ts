import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCredit } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { deliverOrder } from '../../src/orders/index.ts';
import { recordPayment } from '../../src/payments/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import { shop } from './shop.ts';

let test: TestService;
beforeAll(async () => {
  test = await startTestService(shop);
});
afterAll(() => test.stop());

const person = (n: number) => ({ phone: `91970000000${n}`, name: `Person ${n}` });

async function order(n: number, words: string): Promise<{ id: string; number: number }> {
  const chat = test.chat(person(n));
  await chat.says(words);
  expect((await chat.taps('Confirm')).body).toMatch(/placed/);
  const [placed] = await test.database.ownerSql<{ id: string; number: number }>(
    'select id, number from orders where retailer_id = $1 order by number desc limit 1',
    [`shop${n}`],
  );
  return mustExist(placed, 'the order');
}

/** Delivers a part of it, which the shop hears of before it says anything else. */
async function deliver(n: number, orderId: string, amountMinor: bigint): Promise<void> {
  const chat = test.chat(person(n));
  const before = chat.read().length;
  await inTransaction(test.database.db, (tx) =>
    deliverOrder(tx, {
      wholesalerId: 'test',
      orderId,
      key: `van:${orderId}:${amountMinor}`,
      amountMinor,
      releaseRest: false,
      actor: 'ravi',
      source: 'console',
    }),
  );
  await waitFor('the shop to hear of it', () => chat.read()[before]);
}

const day = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(iso));

it('the balance has the due dates of the ledger, on the wholesaler’s calendar', async () => {
  const chat = test.chat(person(0));
  const placed = await order(0, '1 ctn coke 500');
  await deliver(0, placed.id, 20_000n);
  await deliver(0, placed.id, 23_200n);
  await test.database.ownerSql(
    `update receivable set due_on = (app_clock() at time zone 'Asia/Kolkata')::date - 10
      where retailer_id = 'shop0' and amount_minor = 20000`,
  );
  const [due] = await test.database.ownerSql<{ past: string; next: string }>(
    `select min(due_on)::text as past, max(due_on)::text as next from receivable where retailer_id = 'shop0'`,
  );
  const { past, next } = mustExist(due, 'the debts');
  const body = (await chat.says('balance')).body;
  expect(body).toContain(`Overdue: *200.00*, since ${day(past)}`);
  expect(body).toContain(`Due next: 232.00 on ${day(next)}`);
});

it('an order by its number shows what was charged and what is kept; another shop’s is not found', async () => {
  const placed = await order(1, '1 ctn coke 500');
  await deliver(1, placed.id, 40_000n);
  const { body } = await test.chat(person(1)).says(`where is ${placed.number}`);
  expect(body).toMatch(
    new RegExp(`^Order \\*${placed.number}\\*, .*432\\.00, partly delivered\\n1\\. Coca-Cola 500ml, 1 case\\n`),
  );
  expect(body).toMatch(/Charged so far: 400\.00, due on /);
  expect(body).toMatch(/32\.00 of your credit is kept for what is still to come\.$/);
  expect((await test.chat(person(2)).says(`status of order ${placed.number}`)).body).toContain("I can't find order");
});

it('why: the figures under the lock and the order that held the credit, and nobody else’s', async () => {
  const chat = test.chat(person(3));
  const holder = await order(3, '75 gift hamper');
  await chat.says('40 gift hamper');
  expect((await chat.says('yes')).body).toMatch(/short/);
  await chat.taps('Cancel');
  const { body } = await chat.says('why was my order refused?');
  expect(body).toMatch(
    new RegExp(
      `^On \\S+day \\d\\d:\\d\\d you asked for 4,000\\.00\\.\\n` +
        `Limit 10,000\\.00 - owed 0\\.00 - on order 7,500\\.00 \\(order ${holder.number}\\) = 2,500\\.00\\.\\n` +
        `\\*1,500\\.00\\* were missing\\.$`,
    ),
  );
  expect((await chat.says(`why ${holder.number}`)).body).toMatch(
    new RegExp(`= 10,000\\.00\\.\\nIt fitted: order \\*${holder.number}\\* was placed\\.$`),
  );
  expect((await test.chat(person(4)).says('why')).body).toMatch(/^None of your orders was refused\./);
});

it('an order that overdue debt stops hears what to pay, waits for it, and goes through when it is paid', async () => {
  const key = { wholesalerId: 'test', retailerId: 'shop7' };
  const credit = createCredit({ databaseUrl: test.database.url, maxConnections: 1 });
  const owed = await credit.adjustBalance({ ...key, amountMinor: 50_000, dueOn: '2026-01-05', reason: 'opening' });
  await credit.close();
  expect(owed).toMatchObject({ success: true });
  const chat = test.chat(person(7));
  const proposal = await chat.says('1 ctn coke 500');
  expect(proposal.body).toMatch(/\*500\.00\* is overdue since 5 Jan/);
  expect(proposal.choices.map(({ title }) => title)).toEqual(['Pay first', 'Talk to a person', 'Cancel']);
  expect((await chat.taps('Pay first')).body).toMatch(/^I keep order \*\d+\* \(432\.00\)/);
  const before = chat.read().length;
  await inTransaction(test.database.db, (tx) =>
    recordPayment(tx, { ...key, key: 'p7', amountMinor: 50_000n, method: 'cash', actor: 'staff:c', source: 'console' }),
  );
  await waitFor('the order to be proposed', () =>
    chat
      .read()
      .slice(before)
      .find(({ body }) => /Good news/.test(body)),
  );
  expect((await chat.taps('Confirm')).body).toMatch(/^Order \*\d+\* placed\. 432\.00 on credit/);
});

it('the list of products is tapped, and what is tapped is ordered at the shop’s own price', async () => {
  const chat = test.chat(person(8));
  const list = await chat.says('send me the catalogue');
  expect(list.body).toMatch(/^Products 1 to 4 of 4:\n1\. Coca-Cola 500ml - 18\.00 a piece, 432\.00 a case \(24\)\n/);
  expect(list.choices).toHaveLength(4);
  expect((await chat.taps('3. Sugar 50kg')).body).toBe('How many of Sugar 50kg?');
  expect((await chat.says('2')).body).toMatch(/1\. Sugar 50kg, 2 pieces - 4,300\.00/);
  expect((await chat.taps('Confirm')).body).toMatch(/placed/);
  expect(await test.account('shop8')).toMatchObject({ heldMinor: 430_000n });
});
