import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import type { SentMessage } from '../../src/simulator/fake-graph.ts';
import { buttonTap, delivery, messageFrom, templateTap } from '../../src/simulator/payloads.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import { shop } from './shop.ts';

let test: TestService;
beforeAll(async () => {
  const withApprovers = {
    ...shop,
    approvers: [
      { name: 'Ravi', identities: [{ kind: 'phone', value: '919800000099' }] },
      // Has a shop besides: orders like any other, and decides on orders of others.
      { name: 'Meera', identities: [{ kind: 'phone', value: '919700000009' }] },
    ],
  };
  test = await startTestService(withApprovers);
});
afterAll(() => test.stop());

const ravi = { phone: '919800000099', name: 'Ravi' };
const meera = { phone: '919700000009', name: 'Meera' };
const person = (n: number) => ({ phone: `91970000000${n}`, name: `Person ${n}` });

const last = (phone: string): SentMessage | undefined => test.chat({ phone }).read().at(-1);

async function hears(phone: string, what: RegExp): Promise<SentMessage> {
  await waitFor(`${phone} hears ${what}`, () => what.test(last(phone)?.body ?? ''));
  return last(phone) as SentMessage;
}

async function printed(title: string, phones: Record<string, string>): Promise<void> {
  console.log(`--- ${title}`);
  for (const [name, phone] of Object.entries(phones)) {
    for (const { message, body, choices } of test.chat({ phone }).read()) {
      const buttons = choices.map((choice) => `[${choice.title}]`).join(' ');
      console.log(`to ${name} (${message.type}): ${body}${buttons === '' ? '' : `\n    ${buttons}`}`);
    }
  }
}

it('an order above the credit goes to the approvers, is approved by a tap, and the shop hears it at once', async () => {
  const chat = test.chat(person(0));
  // Both may be written to freely: one is known by a message of a moment ago, the other is reached by template.
  await test.chat(ravi).says('hello');
  const proposal = await chat.says('30 ctn coke 500');
  expect(proposal.body).toMatch(/12,960\.00/);
  expect(proposal.choices.map(({ title }) => title)).toEqual([
    expect.stringMatching(/^Fit to/),
    'Ask for approval',
    'Pay first',
    'Cancel',
  ]);
  expect((await chat.taps('Ask for approval')).body).toMatch(/now waits for approval/);
  const asked = await hears(ravi.phone, /Shop 0 asks for order/);
  expect(asked.body).toMatch(/12,960\.00\*: 2,960\.00 more than their credit/);
  expect(asked.choices.map(({ title }) => title)).toEqual(['Approve', 'Reject']);
  const template = await hears(meera.phone, /approval_request/);
  expect(template.message.type).toBe('template');
  expect((await test.chat(ravi).taps('Approve')).body).toMatch(/^Approved: order/);
  expect((await hears(person(0).phone, /approved and placed/)).body).toMatch(/12,960\.00 on credit, 0\.00 left/);
  expect(await test.account('shop0')).toMatchObject({ heldMinor: 1_296_000n });
  // The other approver taps the button of the template, late.
  const payload = /approve:[0-9a-f-]{36}/.exec(JSON.stringify(template.message))?.[0] ?? '';
  const late = await test.chat(meera).sends(templateTap({ payload, text: 'Approve' }));
  expect(late.body).toMatch(/was approved already by Ravi/);
  expect(await test.account('shop0')).toMatchObject({ heldMinor: 1_296_000n });
  await printed('an approval in English', { shop: person(0).phone, Ravi: ravi.phone, Meera: meera.phone });
});

it('a tap that Meta repeats, and a stranger who taps, change nothing', async () => {
  const chat = test.chat(person(1));
  await chat.says('30 ctn coke 500');
  await chat.taps('Ask for approval');
  const asked = await hears(ravi.phone, /Shop 1 asks for order/);
  const approve = asked.choices.find(({ title }) => title === 'Approve');
  const tap = buttonTap({ id: approve?.id ?? '', title: 'Approve' });
  expect(await test.post(delivery(test.line, { messages: [messageFrom(person(2), tap)] }))).toBe(200);
  await test.quiet();
  expect(await test.account('shop1')).toMatchObject({ heldMinor: 0n });
  const body = delivery(test.line, { messages: [messageFrom(ravi, tap)] });
  expect(await Promise.all([test.post(body), test.post(body), test.post(body)])).toEqual([200, 200, 200]);
  await hears(person(1).phone, /approved and placed/);
  await test.quiet();
  expect(await test.account('shop1')).toMatchObject({ heldMinor: 1_296_000n });
  const [{ holds } = { holds: 0 }] = await test.database.ownerSql<{ holds: number }>(
    `select count(*)::int as holds from credit_hold where retailer_id = 'shop1'`,
  );
  expect(holds).toBe(1);
});

it('a rejection reaches a shop whose 24 hours are over by a template', async () => {
  const chat = test.chat(person(3));
  await chat.says('30 ctn coke 500');
  await chat.taps('Ask for approval');
  const asked = await hears(ravi.phone, /Shop 3 asks for order/);
  await test.quiet();
  await test.database.ownerSql(
    `update conversation set last_inbound_at = app_clock() - interval '25 hours' where retailer_id = 'shop3'`,
  );
  const number = /order \*(\d+)\*/.exec(asked.body)?.[1];
  expect((await test.chat(ravi).says(`reject ${number}`)).body).toMatch(/^Rejected/);
  await waitFor('the template', () => last(person(3).phone)?.message.type === 'template');
  expect(last(person(3).phone)?.body).toMatch(/approval_refused/);
});

it('paid first: the order comes back by itself when the credit is there', async () => {
  const chat = test.chat(person(4));
  await chat.says('20 ctn coke 500');
  await chat.taps('Confirm');
  await chat.says('20 ctn coke 500');
  expect((await chat.taps('Pay first')).body).toMatch(/I keep order/);
  const [first] = await test.database.ownerSql<{ number: number }>(
    `select number from orders where retailer_id = 'shop4' and status = 'approved'`,
  );
  await chat.says(`cancel ${first?.number}`);
  const again = await hears(person(4).phone, /your credit has room for order/);
  expect(again.body).toMatch(/8,640\.00/);
  expect((await chat.taps('Confirm')).body).toMatch(/placed/);
  expect(await test.account('shop4')).toMatchObject({ heldMinor: 864_000n });
  await printed('paid first', { shop: person(4).phone });
});

it('cut down to fit in Spanish', async () => {
  await test.database.ownerSql(`update retailer set language = 'es' where id = 'shop5'`);
  const chat = test.chat(person(5));
  const short = await chat.says('30 cajas de coke 500 y 2 azúcar 1kg');
  expect(short.choices[0]?.title).toMatch(/^Ajustar/);
  const trimmed = await chat.taps(/^Ajustar/);
  expect(trimmed.body).toMatch(/Ajustado a su crédito\. Queda fuera: Coca-Cola 500ml, 8 cajas/);
  await chat.taps('Confirmar');
  await test.quiet();
  await printed('cut down to fit, in Spanish', { tienda: person(5).phone });
});

it('ends with a ledger that proves every account', async () => {
  await test.quiet();
  expect(await verifyLedger(test.database.db, {})).toMatchObject({ ok: true, firstBad: null });
  const rows = await test.database.ownerSql(
    `select o.number, o.status, o.amount_minor::text as amount, r.state as request, v.amount_minor::text as granted
       from orders o
       left join approval_request r on r.order_id = o.id
       left join credit_override v on v.order_id = o.id
      order by o.number`,
  );
  console.table(rows);
});
