import { mustExist } from '../../src/shared/assert.ts';
import { newId } from '../../src/shared/ids.ts';
import type { Role } from '../../src/staff/index.ts';
import { addStaff, addStrangers, placeOrder, SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { parkNewestMessage } from './parked.ts';
import { consoleShop } from './shop.ts';

const wholesalerId = consoleShop.wholesaler.id;
const LONG_NAME = 'Shree Lakshmi Narayan Provision & General Stores, Andheri West';

/** A shop in which every page of the console has something to show: long names, large amounts, trouble of each kind. */
export type BusyShop = {
  running: TestService;
  /** Of an admin. */
  cookie: string;
  /** What exists, by the names that the paths of routes give it. */
  ids: Record<string, string>;
};

export async function startBusyShop(): Promise<BusyShop> {
  const running = await startTestService(
    {
      ...consoleShop,
      wholesaler: { ...consoleShop.wholesaler, policies: { confirm: 'never' } },
      products: [
        ...consoleShop.products,
        {
          sku: 'SOAP',
          name: 'Neem soap',
          units: { each: 1, carton: 72 },
          defaultUnit: 'carton',
          priceMinor: 1250,
          stock: 'out',
        },
      ],
      retailers: [
        ...consoleShop.retailers,
        {
          id: 'shree-lakshmi-narayan-provision-and-general-stores',
          name: LONG_NAME,
          identities: [{ kind: 'phone', value: '919800000003' }],
          credit: { limitMinor: 123_456_789_00, owedMinor: 98_765_432_10, termsDays: 1, graceDays: 0 },
        },
        {
          id: 'zaveri',
          name: 'Zaveri Traders',
          identities: [{ kind: 'phone', value: '919800000004' }],
          credit: { limitMinor: 5_000_000, limitValidUntil: '2026-01-31' },
        },
        { id: 'bare', name: 'Bare Shop', identities: [{ kind: 'phone', value: '919800000005' }] },
      ],
      approvers: [{ name: 'Ravi', identities: [{ kind: 'phone', value: '919800000099' }] }],
    } as typeof consoleShop,
    { SESSION_SECRET },
  );
  const admin = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'admin' });
  const ids: Record<string, string> = { retailerId: 'asha', sku: 'OIL1', orderId: 'o-part' };
  await fillOrders(running, admin);
  await fillChats(running, admin, ids);
  await fillMoney(running, admin, ids);
  await fillCatalogue(admin, ids);
  await fillTroubles(running, admin, ids);
  await running.database.ownerSql(`analyze`);
  return { running, cookie: admin.cookie, ids };
}

const sqlOf = (running: TestService) => running.database.ownerSql.bind(running.database);

async function fillOrders(running: TestService, admin: Visitor): Promise<void> {
  const place = (id: string, minor: bigint, shop?: string) =>
    placeOrder(running.database, wholesalerId, id, minor, shop);
  for (let day = 0; day < 14; day += 1) {
    for (let n = 0; n < (day * 5) % 7; n += 1) await place(`o-${day}-${n}`, BigInt(20_000 + day * 1_234 + n * 2));
    await sqlOf(running)(`update orders set placed_at = app_clock() - $1 * interval '1 day' where id like $2`, [
      day,
      `o-${day}-%`,
    ]);
  }
  await place('o-part', 500_000n);
  await admin.post('/console/orders/o-part/deliver', { _key: 'd1', how: 'part', 'line-1': '0.5', reference: 'INV-7' });
  await place('o-done', 750_050n);
  await admin.post('/console/orders/o-done/deliver', { _key: 'd2', how: 'all', reference: 'INV-8' });
  await place('o-gone', 99_000n);
  await admin.post('/console/orders/o-gone/cancel', { reason: 'The supplier did not bring the rice on Tuesday.' });
  await place('o-large', 12_345_678_90n, 'shree-lakshmi-narayan-provision-and-general-stores');
}

async function fillChats(running: TestService, admin: Visitor, ids: Record<string, string>): Promise<void> {
  const asha = running.chat({ phone: '919800000001', name: 'Asha' });
  const long = running.chat({ phone: '919800000003', name: 'लक्ष्मी नारायण' });
  // What was done in the console is told first: replies are told apart by their order.
  await running.quiet();
  await asha.says('2 sona masoori rice, 3 case sunflower oil');
  await asha.says('4 sunfower oyl and 2 wobble');
  await asha.says('cancel');
  // Above the credit: one waits on credit, one was approved, one waits for an answer.
  await asha.says('55 sona masoori rice');
  await asha.taps('Pay first');
  await asha.says('55 sona masoori rice, 1 case sunflower oil');
  await asha.taps('Ask for approval');
  await running.quiet();
  const [first] = await sqlOf(running)<{ id: string }>(
    `select id::text as id from approval_request where state = 'open'`,
  );
  await admin.post(`/console/approvals/${mustExist(first, 'a request').id}/reject`);
  await asha.says('55 sona masoori rice, 2 case sunflower oil');
  await asha.taps('Ask for approval');
  await long.says('90000 sona masoori rice');
  await long.says('I want to talk to a person');
  await running.quiet();
  const [request] = await sqlOf(running)<{ id: string }>(
    `select id::text as id from approval_request where state = 'open'`,
  );
  ids.approvalId = mustExist(request, 'a request').id;
  const [chat] = await sqlOf(running)<{ id: string }>(
    `select id::text as id from conversation where phone = '919800000001'`,
  );
  ids.chatId = mustExist(chat, 'a chat').id;
  const path = `/console/conversations/${ids.chatId}`;
  await asha.says('talk to a person');
  await admin.post(`${path}/take`);
  await admin.post(`${path}/send`, { _key: newId(), body: 'The van comes at four. Is somebody there?' });
  await running.quiet();
  Object.assign(ids, await addStrangers(running, wholesalerId));
}

async function fillMoney(running: TestService, admin: Visitor, ids: Record<string, string>): Promise<void> {
  const pay = (key: string, fields: Record<string, string>) =>
    admin.post('/console/accounts/asha/payment', { _key: key, how: 'oldest', method: 'cash', ...fields });
  const paid = await pay('p1', { amount: '5,000' });
  ids.paymentId = paid.location?.match(/payments\/([^?]+)/)?.[1] ?? '';
  await pay('p2', { amount: '2,500.50', method: 'upi', reference: 'UPI-2026-11-30-000123456789' });
  const cheque = await pay('p3', { amount: '1,000', method: 'cheque', reference: 'CHQ-77' });
  await admin.post(`${cheque.location?.split('?')[0]}/reverse`, { reason: 'the cheque came back' });
  const [me] = await sqlOf(running)<{ id: string; day: string }>(
    `select id::text as id, (app_clock() at time zone 'Asia/Kolkata')::date::text as day from staff_user where role = 'admin'`,
  );
  const { id = '', day = '' } = me ?? {};
  const count = { day, cashier: `staff:${id}`, seen: '0', counted: '4,950', note: 'a coin rolled away', _key: 'c1' };
  await admin.post('/console/payments/cash-sheet', count);

  const asha = running.chat({ phone: '919800000001', name: 'Asha' });
  await admin.post(`/console/conversations/${ids.chatId}/hand-back`);
  await running.quiet();
  const claims = ['I paid 2000 by UPI, ref AX7781', 'I paid 3000 by UPI, ref AX7782', 'I paid 4000 by UPI, ref CHQ-77'];
  for (const claim of claims) await asha.says(claim);
  await running.quiet();
  const rows = await sqlOf(running)<{ id: string }>(
    `select id::text as id from claimed_payment where state = 'open' order by claimed_at, id`,
  );
  const [recorded, refused, open] = rows.map((row) => row.id);
  await admin.post(`/console/payments/claims/${recorded}/accept`, {
    _key: 'a1',
    amount: '2,000',
    method: 'upi',
    reference: 'AX7781',
    how: 'oldest',
  });
  await admin.post(`/console/payments/claims/${refused}/refuse`, { reason: 'Nothing came into our bank.' });
  ids.claimId = mustExist(open, 'an open claim');
  ids.refusedClaimId = mustExist(refused, 'a refused claim');
  await sqlOf(running)(
    `with late as (update receivable set due_on = due_on - 40
                    where retailer_id in ('asha', 'shree-lakshmi-narayan-provision-and-general-stores')
                    returning wholesaler_id, retailer_id)
     update credit_account a set oldest_due_on = a.oldest_due_on - 40
      where (a.wholesaler_id, a.retailer_id) in (select wholesaler_id, retailer_id from late)`,
  );
}

async function fillCatalogue(admin: Visitor, ids: Record<string, string>): Promise<void> {
  const upload = async (name: string, text: string): Promise<string> => {
    const fields = { _key: newId(), text: '' };
    const { location } = await admin.upload('/console/catalogue/import', fields, { name, bytes: Buffer.from(text) });
    return mustExist(location?.split('/').at(-1), 'an import');
  };
  ids.appliedImportId = await upload('prices november.csv', 'sku,name,price\nSALT,Iodised salt 1kg,22.50\n');
  const shown = (await admin.get(`/console/catalogue/import/${ids.appliedImportId}`)).body;
  const version = shown.match(/name="version" value="(\d+)"/)?.[1] ?? '';
  await admin.post(`/console/catalogue/import/${ids.appliedImportId}/apply`, { version });
  ids.faultyImportId = await upload('prices december, first try.csv', 'sku,name,price\nRICE25,Rice,cheap\nNEW,,5\n');
  ids.importId = await upload(
    'prices december.csv',
    'sku,name,price,stock\nRICE25,Sona Masoori Rice 25kg,1500.00,low\nSALT,Iodised salt 1kg,20.00,in\nDAL,Toor dal 1kg,180.00,in\n',
  );
}

async function fillTroubles(running: TestService, admin: Visitor, ids: Record<string, string>): Promise<void> {
  const sql = sqlOf(running);
  await running.quiet();
  ids.deliveryId = await parkNewestMessage(running, wholesalerId);
  const replies = [
    ['failed', 'final', 131026, 'Message undeliverable'],
    ['uncertain', 'unknown', null, null],
    ['queued', 'line_stopped', 190, 'The access token is bad'],
  ] as const;
  // What waits must not leave while the pages are looked at.
  await sql(
    `insert into line_pause (wholesaler_id, line_id, until, reason, metacode, tries)
     select wholesaler_id, id, app_clock() + interval '1 hour', 'line_stopped', 190, 1 from line where wholesaler_id = $1`,
    [wholesalerId],
  );
  for (const [state, errorClass, code, detail] of replies) {
    const [row] = await sql<{ id: string }>(
      `with next as (update conversation set reply_seq = reply_seq + 1
                      where wholesaler_id = $1 and phone = '919800000001' returning *)
       insert into outbox_message (wholesaler_id, id, line_id, person_key, seq, reply, to_phone, state, not_before,
                                   error_class, error_code, error_detail, settled_at, told_at, attempted_at, attempts)
       select wholesaler_id, $2, line_id, person_key, reply_seq,
              '{"kind":"text","body":"Order *1042* placed. 4,320.00 on credit, 75,680.00 left."}', phone, $3,
              app_clock() + interval '2 hours', $4, $5, $6, case when $3 = 'failed' then app_clock() end,
              case when $3 = 'failed' then app_clock() end, app_clock(), 1
         from next
       returning id::text as id`,
      [wholesalerId, newId(), state, errorClass, code, detail],
    );
    ids[state === 'failed' ? 'messageId' : `${state}Id`] = mustExist(row, 'a reply').id;
  }
  const alert = (kind: string, key: string, subject: Record<string, unknown>) =>
    sql(
      `insert into operator_alert (id, wholesaler_id, kind, key, subject) values (gen_random_uuid(), $1, $2, $3, $4::jsonb)`,
      [wholesalerId, kind, key, JSON.stringify(subject)],
    );
  await alert('line_stopped', 'busy', { metaCode: 190 });
  await alert('replies_parked', 'busy', { outboxId: ids.messageId, errorClass: 'window_closed', metaCode: 131047 });
  for (const role of ['cashier', 'viewer'] satisfies Role[]) await addStaff(running.database, { wholesalerId, role });
  await admin.post('/console/staff/invite', { name: 'Om Prakash', email: 'om@example.com', role: 'sales' });
  for (const name of ['Our bookkeeping', 'The old ERP']) {
    await admin.post('/console/api-keys', { _key: newId(), name, rights: 'credit:read' });
  }
  const [key] = await sql<{ id: string }>(`select id::text as id from api_key where name = 'The old ERP'`);
  await admin.post(`/console/api-keys/${key?.id}/revoke`);
}
