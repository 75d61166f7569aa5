import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Credit, createCredit } from '../../src/credit/index.ts';
import { createNoticeTimer, type NoticeTimer } from '../../src/notices/index.ts';
import { createLogger } from '../../src/shared/logger.ts';
import type { SentMessage } from '../../src/simulator/fake-graph.ts';
import { delivery, messageFrom, templateTap, text } from '../../src/simulator/payloads.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import { shop } from './shop.ts';

let test: TestService;
let credit: Credit;
/** As of two processes. */
let timers: NoticeTimer[];

beforeAll(async () => {
  const send = [
    'payment_due_soon',
    'payment_overdue',
    'payment_bounced',
    'limit_changed',
    'account_blocked',
    'account_unblocked',
    'hold_expiring',
    'hold_expired',
  ];
  const policies = { notices: { send, daysBeforeDue: [3], daysAfterDue: [1, 7], remindAt: '10:00' } };
  test = await startTestService({ ...shop, wholesaler: { ...shop.wholesaler, policies } });
  // What people write is dated by the clocks of the service, which are set ahead here.
  await test.database.ownerSql(
    `create function dated() returns trigger language plpgsql as $$ begin new.sent_at := app_clock(); return new; end $$`,
  );
  await test.database.ownerSql(
    `create trigger dated before insert on inbox_event for each row when (new.kind = 'message') execute function dated()`,
  );
  credit = createCredit({ databaseUrl: test.database.url, maxConnections: 2 });
  const logger = createLogger({ level: 'silent', pretty: false });
  timers = await Promise.all(
    [1, 2].map(async () => createNoticeTimer({ db: await test.database.connect({ poolMax: 3 }), logger })),
  );
  await clockAt('2027-01-04T12:00');
  await run();
});
afterAll(async () => {
  await credit?.close();
  await test?.stop();
});

const phoneOf = (n: number): string => `9197000000${String(n).padStart(2, '0')}`;
const account = (n: number) => ({ wholesalerId: 'test', retailerId: `shop${n}` });

/** Sets the clocks of the service to a time of day in Mumbai. */
async function clockAt(local: string): Promise<void> {
  await test.database.ownerSql(
    `create or replace function app_clock() returns timestamptz language sql volatile parallel safe as
     $$ select clock_timestamp() + interval '${new Date(`${local}:00+05:30`).getTime() - Date.now()} milliseconds' $$`,
  );
}

/** Both processes look at once, and everything that they found is said. */
async function run(): Promise<void> {
  await Promise.all(timers.map((timer) => timer.run()));
  await test.quiet();
}

async function writes(n: number, body: string): Promise<void> {
  const message = messageFrom({ phone: phoneOf(n), name: `Person ${n}` }, text(body));
  expect(await test.post(delivery(test.line, { messages: [message] }))).toBe(200);
  await test.quiet();
}

const owes = (n: number, amountMinor: number, dueOn: string) =>
  credit.adjustBalance({ ...account(n), amountMinor, dueOn, reason: 'opening' });

const heard = (n: number): SentMessage[] => test.graph.sentTo(phoneOf(n));
const bodies = (n: number): string[] => heard(n).map(({ body }) => body);

const notices = (n: number) =>
  test.database.ownerSql<{ kind: string; state: string; why: string | null }>(
    'select kind, state, why from notice where retailer_id = $1 order by created_at, id',
    [`shop${n}`],
  );

it('reminds each shop once, in one message, by template or in words, of what is not paid by then', async () => {
  await owes(0, 400_000, '2027-01-08');
  await owes(0, 100_000, '2027-01-09');
  await owes(1, 250_000, '2027-01-04');
  await owes(2, 300_000, '2027-01-08');
  await owes(3, 300_000, '2027-01-08');
  await owes(4, 300_000, '2027-01-20');
  await clockAt('2027-01-05T09:30');
  await writes(0, 'hi');
  await writes(3, 'STOP');
  const before = [0, 1, 2, 3, 4].map((n) => heard(n).length);
  await run();
  expect([0, 1, 2, 3, 4].map((n) => heard(n).length)).toEqual(before);

  await clockAt('2027-01-05T10:00');
  await run();
  await run();
  const since = (n: number): SentMessage[] => heard(n).slice(before[n]);
  expect(since(0).map(({ body }) => body)).toEqual([
    'Hello Shop 0, a friendly reminder: *4,000.00* is due on 8 Jan. If it is already on its way, thank you!',
  ]);
  expect(since(0)[0]?.choices.map(({ title }) => title)).toEqual(['Statement', 'I have paid']);
  // Never wrote: the same by template, with what stands in its places.
  expect(since(1).map(({ message }) => message)).toMatchObject([
    {
      type: 'template',
      template: {
        name: 'orderlock_payment_overdue',
        language: { code: 'en' },
        components: [
          {
            type: 'body',
            parameters: [
              { parameter_name: 'shop', text: 'Shop 1' },
              { parameter_name: 'amount', text: '2,500.00' },
              { parameter_name: 'date', text: '4 Jan' },
            ],
          },
          { sub_type: 'quick_reply', parameters: [{ payload: 'ask:statement' }] },
          { sub_type: 'quick_reply', parameters: [{ payload: 'ask:paid' }] },
          { sub_type: 'quick_reply', parameters: [{ payload: 'ask:human' }] },
        ],
      },
    },
  ]);
  expect(since(2)).toHaveLength(1);
  expect(since(3)).toEqual([]);
  expect(since(4)).toEqual([]);
  expect(await notices(3)).toEqual([{ kind: 'payment_due_soon', state: 'dropped', why: 'stopped' }]);
});

it('answers a tap under a template as if its word had been typed', async () => {
  const before = heard(1).length;
  const tap = messageFrom(
    { phone: phoneOf(1), name: 'Person 1' },
    templateTap({ payload: 'ask:statement', text: 'Statement' }),
  );
  await test.post(delivery(test.line, { messages: [tap] }));
  await waitFor('an answer', () => heard(1)[before]);
  expect(bodies(1)[before]).toMatch(/2,500\.00/);
});

it('says all that is due in one message, and nothing of what was paid meanwhile', async () => {
  await clockAt('2027-01-09T09:00');
  await writes(0, 'hi');
  const before = [0, 2].map((n) => heard(n).length);
  await credit.recordPayment({ ...account(2), amountMinor: 300_000, method: 'cash' });
  await clockAt('2027-01-09T10:01');
  await run();
  expect(bodies(0).slice(before[0])).toEqual([
    [
      'Hello Shop 0, *4,000.00* has been due since 8 Jan. Please pay it when you can, so that your orders keep moving. Something not right? Just reply here.',
      '',
      '• 8 Jan: 4,000.00',
      '• 9 Jan: 1,000.00',
    ].join('\n'),
  ]);
  expect(heard(2)).toHaveLength(before[1] ?? -1);
});

it('tells by night what happened by night only in the morning, and nothing that changed back', async () => {
  await clockAt('2027-01-09T21:30');
  await writes(5, 'hi');
  const before = [5, 6].map((n) => heard(n).length);
  await credit.changeLimit({ ...account(5), limitMinor: 2_000_000, reason: 'good payer' });
  await credit.blockAccount({ ...account(6), reason: 'cheque returned' });
  await run();
  await credit.unblockAccount({ ...account(6), reason: 'a mistake' });
  await run();
  expect([5, 6].map((n) => heard(n).length)).toEqual(before);
  await clockAt('2027-01-10T08:00');
  await run();
  expect(bodies(5).slice(before[0])).toEqual([
    'Hello Shop 5, your credit limit is now *20,000.00*; before, it was 10,000.00. You have 20,000.00 left to order with.',
  ]);
  expect(bodies(6).slice(before[1])).toEqual(['orderlock_account_unblocked']);
  expect((await notices(6)).map(({ kind, state, why }) => [kind, state, why])).toEqual([
    ['account_blocked', 'dropped', 'settled'],
    ['account_unblocked', 'told', null],
  ]);
});

it('tells of a payment that bounced, with what is open again', async () => {
  await owes(7, 500_000, '2027-03-01');
  const paid = await credit.recordPayment({ ...account(7), amountMinor: 200_000, method: 'cheque' });
  expect(paid).toMatchObject({ success: true });
  const [payment] = await test.database.ownerSql<{ id: string }>(
    `select id from payment where retailer_id = 'shop7' and method = 'cheque'`,
  );
  await credit.reversePayment({ wholesalerId: 'test', paymentId: payment?.id ?? '', reason: 'cheque bounced' });
  await run();
  const [message] = heard(7);
  expect(message?.message).toMatchObject({
    template: {
      name: 'orderlock_payment_bounced',
      components: [
        {
          parameters: [
            { text: 'Shop 7' },
            { text: '2,000.00' },
            { text: '10 Jan' },
            { parameter_name: 'owed', text: '5,000.00' },
          ],
        },
        {},
        {},
      ],
    },
  });
});

it('warns before the credit kept for an order is let go, and keeps it for whoever still wants it', async () => {
  await clockAt('2027-01-11T09:00');
  const person = { phone: phoneOf(8), name: 'Person 8' };
  await writes(8, '1 ctn coke 500');
  const confirm = heard(8).at(-1)?.choices[0];
  const tap = async (payload: string) => {
    const content = templateTap({ payload, text: 'x' });
    await test.post(delivery(test.line, { messages: [messageFrom(person, content)] }));
    await test.quiet();
  };
  await tap(confirm?.id ?? '');
  expect(bodies(8).at(-1)).toMatch(/placed/);
  await clockAt('2027-01-14T08:01');
  const before = heard(8).length;
  await run();
  await run();
  expect(heard(8)).toHaveLength(before + 1);
  const warning = heard(8).at(-1)?.message;
  expect(warning).toMatchObject({ template: { name: 'orderlock_hold_expiring' } });
  const payloads = JSON.stringify(warning).match(/(keep_held|cancel_order):[0-9a-f-]{36}/g) ?? [];
  expect(payloads.map((payload) => payload.split(':')[0])).toEqual(['keep_held', 'cancel_order']);
  await tap(payloads[0] ?? '');
  expect(bodies(8).at(-1)).toMatch(/^Order \*\d+\* stays open: its credit is kept for you until 17 Jan/);
  expect(await test.account('shop8')).toMatchObject({ heldMinor: 43_200n });
  await clockAt('2027-01-14T10:00');
  await run();
  expect(await test.account('shop8')).toMatchObject({ heldMinor: 43_200n });
});

it('begins again for whoever says START', async () => {
  const before = heard(3).length;
  await writes(3, 'start');
  expect(bodies(3).at(-1)).toMatch(/again/);
  await clockAt('2027-01-15T10:00');
  await run();
  expect(bodies(3).slice(before + 1)).toEqual(['orderlock_payment_overdue']);
  const told = await test.database.ownerSql<{ copies: number }>(
    `select count(*)::int as copies from notice where state = 'told' group by retailer_id, kind, settled_at::date
      order by 1 desc limit 1`,
  );
  expect(told).toEqual([{ copies: 1 }]);
});

it('holds a reminder back while staff lead the chat, and sends it when they handed it back', async () => {
  await owes(9, 300_000, '2027-01-15');
  await clockAt('2027-01-16T09:30');
  await writes(9, 'hi');
  const led = (by: 'bot' | 'person') =>
    test.database.ownerSql('update conversation set handled_by = $2 where phone = $1', [phoneOf(9), by]);
  await led('person');
  const before = heard(9).length;
  await clockAt('2027-01-16T10:01');
  await run();
  await clockAt('2027-01-16T10:12');
  await run();
  expect(heard(9)).toHaveLength(before);
  expect(await notices(9)).toEqual([{ kind: 'payment_overdue', state: 'waiting', why: null }]);
  await led('bot');
  await clockAt('2027-01-16T10:30');
  await run();
  expect(bodies(9).slice(before)).toEqual([expect.stringContaining('*3,000.00* has been due since 15 Jan')]);
});
