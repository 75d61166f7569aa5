import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { deliverOrder } from '../../src/orders/index.ts';
import {
  listClaims,
  type PaymentToRecord,
  type QueuedClaim,
  recordPayment,
  refuseClaim,
  reversePayment,
} from '../../src/payments/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import { shop } from './shop.ts';

let test: TestService;
beforeAll(async () => {
  const policies = { notices: { send: ['payment_received'] } };
  test = await startTestService({ ...shop, wholesaler: { ...shop.wholesaler, policies } });
});
afterAll(async () => {
  expect(await verifyLedger(test.database.db)).toMatchObject({ ok: true, firstBad: null });
  await test.stop();
});

const person = (n: number) => ({ phone: `91970000000${n}`, name: `Person ${n}` });
const image = { type: 'image', image: { id: 'MEDIA1', mime_type: 'image/jpeg', sha256: 'c2xpcA==' } } as const;

const claims = (state: QueuedClaim['state'] = 'open') =>
  listClaims(test.database.db.prisma, { wholesalerId: 'test', state });

const record = (payment: Partial<PaymentToRecord> & Pick<PaymentToRecord, 'retailerId' | 'key' | 'amountMinor'>) =>
  inTransaction(test.database.db, (tx) =>
    recordPayment(tx, { wholesalerId: 'test', method: 'upi', actor: 'staff:cashier', source: 'console', ...payment }),
  );

/** What a person reads after `act`, once the service is quiet. */
async function hears(n: number, act: () => Promise<unknown>): Promise<string[]> {
  const { phone } = person(n);
  const before = test.graph.sentTo(phone).length;
  await act();
  await test.quiet();
  return test.graph
    .sentTo(phone)
    .slice(before)
    .map(({ body }) => body);
}

/** Orders and gets delivered so many hampers of 100.00; returns the order's number. */
async function owes(n: number, hampers: number): Promise<number> {
  const chat = test.chat(person(n));
  await chat.says(`${hampers} gift hamper`);
  await chat.taps('Confirm');
  const [placed] = await test.database.ownerSql<{ id: string; number: number }>(
    'select id, number from orders where retailer_id = $1 order by number desc limit 1',
    [`shop${n}`],
  );
  const { id, number } = mustExist(placed, 'the order');
  const how = {
    wholesalerId: 'test',
    orderId: id,
    key: `van:${id}`,
    releaseRest: false,
    actor: 'ravi',
    source: 'console',
  };
  await inTransaction(test.database.db, (tx) => deliverOrder(tx, how));
  await test.quiet();
  return number;
}

it('a claim waits for the cashier with photo and reference; recording it sends the receipt', async () => {
  const number = await owes(0, 30);
  const chat = test.chat(person(0));
  expect((await chat.says('paid 2000 by UPI ref AX-77 81')).body).toMatch(/\*2,000\.00\* by UPI, ref AX-77 81/);
  expect(await test.account('shop0')).toMatchObject({ owedMinor: 300_000n });
  const [claim] = await claims();
  expect(claim).toMatchObject({
    retailerId: 'shop0',
    retailerName: 'Shop 0',
    amountMinor: 200_000n,
    method: 'upi',
    reference: 'AX-77 81',
    photoEventId: null,
    owedMinor: 300_000n,
    sameReference: [],
  });
  const { claimId } = mustExist(claim, 'the claim');
  const payment = {
    retailerId: 'shop0',
    key: `claim:${claimId}`,
    amountMinor: 200_000n,
    reference: 'AX-77 81',
    claimId,
  };
  const heard = await hears(0, async () => {
    expect(await record(payment)).toMatchObject({ kind: 'recorded', replayed: false, owedMinor: 100_000n });
    expect(await record(payment)).toMatchObject({ kind: 'recorded', replayed: true });
  });
  expect(heard).toEqual([
    'Payment received: *2,000.00* by UPI, ref AX-77 81. Thank you!\n' +
      `Order *${number}*: 2,000.00, 1,000.00 left to pay\n` +
      'You owe 1,000.00 now and have *9,000.00* of credit left.',
  ]);
  expect(await claims()).toEqual([]);
  expect(await claims('recorded')).toMatchObject([{ claimId, state: 'recorded', decidedBy: 'staff:cashier' }]);
  expect(await record({ ...payment, key: 'another' })).toMatchObject({ kind: 'refused', code: 'CLAIM_DECIDED' });
  expect((await chat.says('paid 2000 upi, ref ax7781')).body).toMatch(/already, and it is booked/);
});

it('two cashiers who record one claim at once book it once', async () => {
  await owes(1, 10);
  await test.chat(person(1)).says('paid 500 ref RACE1');
  const { claimId } = mustExist((await claims())[0], 'the claim');
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((key) => record({ retailerId: 'shop1', key: `race:${key}`, amountMinor: 50_000n, claimId })),
  );
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['recorded', 'refused', 'refused']);
  expect(await test.account('shop1')).toMatchObject({ owedMinor: 50_000n });
});

it('a photo alone is asked about, goes to the cashier at the tap, and takes its amount later', async () => {
  await owes(2, 10);
  const chat = test.chat(person(2));
  expect((await chat.sends(image)).body).toMatch(/slip of a payment/);
  expect(await claims()).toEqual([]);
  expect((await chat.taps('Yes, a payment')).body).toMatch(/gets the picture\.\nHow much/);
  const [open] = await claims();
  expect(open).toMatchObject({ amountMinor: null, photoEventId: expect.any(String) });
  const [kept] = await test.database.ownerSql<{ kind: string }>('select kind from incoming_media where event_id = $1', [
    open?.photoEventId,
  ]);
  expect(kept).toEqual({ kind: 'image' });
  expect((await chat.says('750 phonepe')).body).toMatch(/\*750\.00\* by UPI/);
  expect(await claims()).toMatchObject([{ claimId: open?.claimId, amountMinor: 75_000n, method: 'upi' }]);
  const heard = await hears(2, () =>
    inTransaction(test.database.db, (tx) =>
      refuseClaim(tx, {
        wholesalerId: 'test',
        claimId: open?.claimId ?? '',
        reason: 'not in our bank',
        actor: 'staff:c',
      }),
    ),
  );
  expect(heard).toEqual([
    expect.stringMatching(/could not confirm your payment of \*750\.00\*: not in our bank\. It is not/),
  ]);
  expect(await claims()).toEqual([]);
});

it('a reference that another shop used is a warning for the cashier, and no word to the shop', async () => {
  await owes(3, 10);
  await test.chat(person(3)).says('paid 300 upi ref SHARED9');
  const { claimId } = mustExist((await claims())[0], 'the claim');
  await record({ retailerId: 'shop3', key: 'k3', amountMinor: 30_000n, reference: 'SHARED9', claimId });
  expect((await test.chat(person(4)).says('paid 300 upi ref shared-9')).body).toMatch(/checks it/);
  const [second] = await claims();
  expect(second?.sameReference).toMatchObject([{ what: 'claim', retailerId: 'shop3' }]);
  expect(await record({ retailerId: 'shop4', key: 'k4', amountMinor: 30_000n, reference: 'SHARED9' })).toMatchObject({
    kind: 'recorded',
    sameReference: [{ what: 'payment', retailerId: 'shop3' }],
  });
  await inTransaction(test.database.db, (tx) =>
    refuseClaim(tx, { wholesalerId: 'test', claimId: second?.claimId ?? '', reason: 'twice', actor: 'staff:c' }),
  );
});

it('a payment that bounced opens its debts again, once', async () => {
  await owes(5, 10);
  const paid = await record({ retailerId: 'shop5', key: 'k5', amountMinor: 40_000n, method: 'cheque' });
  if (paid.kind !== 'recorded') throw new Error(paid.message);
  const { paymentId } = paid;
  const back = { wholesalerId: 'test', paymentId, reason: 'cheque returned', actor: 'staff:c', source: 'console' };
  for (const replayed of [false, true]) {
    expect(await inTransaction(test.database.db, (tx) => reversePayment(tx, back))).toMatchObject({
      kind: 'reversed',
      replayed,
      owedMinor: 100_000n,
    });
  }
});

it('outside the window the receipt goes as its template, and a tap under it is heard', async () => {
  await owes(6, 10);
  await test.database.ownerSql(`update conversation set last_inbound_at = last_inbound_at - interval '25 hours'
     where phone = '${person(6).phone}'`);
  await hears(6, () => record({ retailerId: 'shop6', key: 'k6', amountMinor: 25_000n }));
  const sent = mustExist(test.graph.sentTo(person(6).phone).at(-1), 'the template');
  expect(sent.message).toMatchObject({ type: 'template', template: { name: 'orderlock_payment_received' } });
  expect(JSON.stringify(sent.message)).toMatch(/₹250\.00.*₹750\.00.*₹9,250\.00.*ask:statement/);
});

it('a payment nobody claimed, of a shop that owes less, is kept for what it buys next', async () => {
  await test.chat(person(7)).says('hi');
  const heard = await hears(7, () => record({ retailerId: 'shop7', key: 'k7', amountMinor: 10_000n, method: 'cash' }));
  expect(heard).toEqual([
    'Payment received: *100.00* by cash. Thank you!\n100.00 is kept for what you buy next.\n' +
      'You owe 0.00 now and have *10,000.00* of credit left.',
  ]);
  await waitFor('quiet', async () => (await claims()).length === 0);
});
