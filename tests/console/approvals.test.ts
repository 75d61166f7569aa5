import { afterAll, beforeAll, expect, test } from 'vitest';
import { mustExist } from '../../src/shared/assert.ts';
import { SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let controller: Visitor;
let admin: Visitor;
let sales: Visitor;
const wholesalerId = consoleShop.wholesaler.id;
const PATH = '/console/approvals';
const asha = { phone: '919800000001', name: 'Asha' };
const ravi = { phone: '919800000099', name: 'Ravi' };

beforeAll(async () => {
  const shop = { ...consoleShop, approvers: [{ name: 'Ravi', identities: [{ kind: 'phone', value: ravi.phone }] }] };
  running = await startTestService(shop, { SESSION_SECRET });
  const { url } = running.service;
  controller = await visitorAs(running.database, url, { wholesalerId, role: 'credit_controller' });
  admin = await visitorAs(running.database, url, { wholesalerId, role: 'admin' });
  sales = await visitorAs(running.database, url, { wholesalerId, role: 'sales' });
  await running.chat(ravi).says('hello');
});
afterAll(() => running?.stop());

const heard = (phone: string): string => running.graph.sentTo(phone).at(-1)?.body ?? '';

/** The shop, which has 80,000.00 left, asks for 81,000.00. */
async function ask(): Promise<{ approvalId: string; number: number }> {
  await running.quiet();
  const chat = running.chat(asha);
  await chat.says('60 sona masoori rice');
  await chat.taps('Ask for approval');
  await running.quiet();
  const [row] = await running.database.ownerSql<{ approvalId: string; number: number }>(
    `select r.id::text as "approvalId", o.number from approval_request r
       join orders o on o.wholesaler_id = r.wholesaler_id and o.id = r.order_id where r.state = 'open'`,
  );
  return mustExist(row, 'an open request');
}

const held = async (): Promise<bigint> => (await running.account('asha')).heldMinor;

test('a request shows its sum, what changed since and what came before; a yes places the order once', async () => {
  const { approvalId, number } = await ask();
  const shown = (await controller.get(PATH)).body;
  expect(shown).toContain('1,000.00 short');
  expect(shown).toMatch(
    /Limit<\/dt><dd>1,00,000\.00[\s\S]*- owed<\/dt><dd>20,000\.00[\s\S]*available when asked<\/dt><dd[^>]*>80,000\.00/,
  );
  expect(shown).toContain('Nothing was decided yet');
  const lane = (await sales.get('/console/orders?state=waiting_for_approval')).body;
  expect(lane).toMatch(/<strong>1,000\.00 short<\/strong>/);
  expect((await sales.get(PATH)).status).toBe(403);

  const answers = await Promise.all([1, 2].map(() => controller.post(`${PATH}/${approvalId}/approve`)));
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(await held()).toBe(8_100_000n);
  await waitFor('the shop to hear it', () => /approved and placed/.test(heard(asha.phone)));
  const second = await admin.post(`${PATH}/${approvalId}/reject`);
  expect(second.status).toBe(409);
  expect(second.body).toContain(
    `Order ${number} of Asha Stores was approved already by credit_controller of sharma. Your answer changed nothing.`,
  );
  expect(second.body).toMatch(/Answered before[\s\S]*approved[\s\S]*credit_controller of sharma/);
  expect(await held()).toBe(8_100_000n);
  await sales.post(`/console/orders/${await orderIdOf(number)}/cancel`, { reason: 'a test' });
});

async function orderIdOf(number: number): Promise<string> {
  const [row] = await running.database.ownerSql<{ id: string }>('select id from orders where number = $1', [number]);
  return mustExist(row, 'the order').id;
}

test('an approver on WhatsApp who was first is named; a rejection in the console reaches the shop', async () => {
  const first = await ask();
  await running.chat(ravi).says(`reject ${first.number}`);
  const late = await controller.post(`${PATH}/${first.approvalId}/approve`);
  expect([late.status, late.body]).toEqual([409, expect.stringContaining('was rejected already by Ravi')]);
  expect(await held()).toBe(0n);

  const second = await ask();
  expect((await controller.post(`${PATH}/${second.approvalId}/reject`)).status).toBe(303);
  await waitFor('the shop to hear it', () => heard(asha.phone).includes(`${second.number}`));
  expect((await controller.get('/console/orders?state=over')).body).toContain('rejected');
});

test('a yes that credit refuses says so and why, and grants nothing', async () => {
  const { approvalId } = await ask();
  const seen = mustExist(
    (await controller.get('/console/accounts/asha')).body.match(/name="seen" value="([^"]+)"/)?.[1],
    'a version',
  ).replaceAll('&quot;', '"');
  await controller.post('/console/accounts/asha/block', { seen, statusReason: 'two cheques', _key: 'b' });
  expect((await controller.get(PATH)).body).toContain('The account is blocked now: approving it would be refused.');
  const refused = await controller.post(`${PATH}/${approvalId}/approve`);
  expect(refused.status).toBe(409);
  expect(refused.body).toMatch(
    /was not placed although you approved it: the account is blocked[^.]*\. Nothing was granted/,
  );
  expect(await held()).toBe(0n);
  expect((await controller.post(`${PATH}/nonsense/approve`)).status).toBe(404);
});
