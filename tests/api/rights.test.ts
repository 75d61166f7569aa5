import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiRoutes } from '../../src/api/index.ts';
import { RIGHTS, type Right } from '../../src/api/rights.ts';
import type { ApiRoute } from '../../src/api/route.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { type ApiBench, startApi } from './support.ts';

// Every route is walked as the list of routes has it, so a new one fails here until it says what a stranger hears.

let api: ApiBench;
const keys = new Map<Right, string>();
let stranger: string;
let paymentId: string;
let deliveryId: string;
let alertId: string;
let lineId: string;
let messageId: string;
let conversationId: string;
let approvalId: string;
let claimId: string;
let cashier: string;
let keyId: string;
let approverId: string;
let importId: string;
let registrationId: string;
let linkId: string;
let identityId: string;
beforeAll(async () => {
  api = await startApi();
  for (const right of RIGHTS) keys.set(right, await api.newKey([right]));
  stranger = await api.newKey(['admin'], 'two');
  await api.post('/orders', { retailerId: 'only', orderId: 'W-1', amountMinor: 1_000 });
  await api.post('/orders/W-1/deliver', { amountMinor: 400 });
  const paid = await api.post('/payments', { retailerId: 'only', amountMinor: 100, method: 'cash' });
  const [delivered] = await api.database.ownerSql<{ id: string }>(
    `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, payload, sent_at, state)
     select 'one', gen_random_uuid(), id, 'f:test', 'notice', '{"a":1}', app_clock(), 'kept' from line where wholesaler_id = 'one'
     returning id`,
  );
  await addAsked();
  await addPeople();
  await api.newKey(['orders:write']);
  keyId = await sql(
    `select id::text as id from api_key where wholesaler_id = 'one' order by created_at desc, id desc limit 1`,
  );
  approverId = await sql(
    `with one as (insert into approver (wholesaler_id, id, name) values ('one', gen_random_uuid(), 'W-1') returning id)
     insert into identity (wholesaler_id, id, kind, value, approver_id)
     select 'one', gen_random_uuid(), 'phone', '919800000094', id from one returning approver_id::text as id`,
  );
  importId = await sql(
    `insert into catalogue_import (wholesaler_id, id, filename, encoding, source, uploaded_by)
     values ('one', gen_random_uuid(), 'W-1.csv', 'utf-8', 'sku,name,price\nW-8,New,1.00\n', 'test')
     returning id::text as id`,
  );
  deliveryId = mustExist(delivered, 'a delivery').id;
  const [said] = await api.database.ownerSql<{ id: string; lineId: string }>(
    `with chat as (insert into conversation (wholesaler_id, line_id, person_key)
                   select 'one', id, 'p:1' from line where wholesaler_id = 'one' returning line_id)
     insert into outbox_message (wholesaler_id, id, line_id, person_key, seq, reply, to_phone, state)
     select 'one', gen_random_uuid(), line_id, 'p:1', 1, '{"kind":"text","body":"W-1"}', '1', 'read' from chat
     returning id::text, line_id::text as "lineId"`,
  );
  const [raised] = await api.database.ownerSql<{ id: string }>(
    `insert into operator_alert (id, wholesaler_id, kind, key) values (gen_random_uuid(), 'one', 'line_stopped', 'W-1')
     returning id::text as id`,
  );
  alertId = mustExist(raised, 'an alert').id;
  ({ id: messageId, lineId } = mustExist(said, 'a reply'));
  paymentId = mustExist(paid.body.paymentId as string, 'a payment');
});
afterAll(() => api.stop());

const sql = async (text: string): Promise<string> =>
  mustExist((await api.database.ownerSql<{ id: string }>(text))[0], 'a row').id;

/** Who wants to order at the first wholesaler: somebody unknown, somebody who says to be a shop, and a phone of one. */
async function addPeople(): Promise<void> {
  registrationId = await sql(
    `insert into registration_request (wholesaler_id, id, line_id, person_key, phone, profile_name)
     select 'one', gen_random_uuid(), line_id, person_key, '912', 'W-1' from conversation where wholesaler_id = 'one'
     returning id::text as id`,
  );
  linkId = await sql(
    `insert into identity_link (wholesaler_id, id, retailer_id, reason, new_key, phone, line_id, evidence_event_id)
     select 'one', gen_random_uuid(), 'only', 'contact_card', c.person_key, '913', c.line_id, e.id
       from conversation c join inbox_event e on e.wholesaler_id = c.wholesaler_id where c.wholesaler_id = 'one'
     returning id::text as id`,
  );
  identityId = await sql(
    `insert into identity (wholesaler_id, id, kind, value, retailer_id)
     values ('one', gen_random_uuid(), 'phone', '919800000092', 'only') returning id::text as id`,
  );
}

/** What a shop of the first wholesaler asked for: a chat, a request for approval, a payment to be checked. */
async function addAsked(): Promise<void> {
  conversationId = await sql(
    `insert into conversation (wholesaler_id, line_id, person_key, retailer_id, last_inbound_at)
     select 'one', id, 'p:911', 'only', app_clock() from line where wholesaler_id = 'one' returning id::text as id`,
  );
  approvalId = await sql(
    `insert into approval_request (wholesaler_id, id, order_id, retailer_id, short_minor, limit_minor, owed_minor, held_minor,
                                   overdue_minor, expires_at, state, decided_at, decided_by)
     values ('one', gen_random_uuid(), 'W-1', 'only', 1, 1, 0, 0, 0, app_clock(), 'expired', app_clock(), 'system')
     returning id::text as id`,
  );
  cashier = await sql(
    `insert into staff_user (wholesaler_id, id, email, name, role)
     values ('one', gen_random_uuid(), 'w-1@example.com', 'W-1', 'cashier') returning 'staff:' || id as id`,
  );
  claimId = await sql(
    `insert into claimed_payment (wholesaler_id, id, retailer_id, event_id, line_id, person_key, currency, amount_minor)
     select 'one', gen_random_uuid(), 'only', gen_random_uuid(), line_id, person_key, 'INR', 100 from conversation
      where wholesaler_id = 'one' returning id::text as id`,
  );
}

const reason = 'a test';
// A day that has begun everywhere.
const today = new Date(Date.now() - 12 * 3_600_000).toISOString().slice(0, 10);
const later = new Date(Date.now() + 3_600_000).toISOString();

/** A request about things that only the first wholesaler has. */
const EXAMPLES: Record<string, { query?: string; body?: unknown }> = {
  placeOrder: { body: { retailerId: 'only', orderId: 'W-2', amountMinor: 100 } },
  placeOrderBatch: { body: { mode: 'each', orders: [{ retailerId: 'only', orderId: 'W-3', amountMinor: 100 }] } },
  listOrders: {},
  getOrder: {},
  cancelOrder: { body: { reason } },
  deliverOrder: { body: { amountMinor: 100 } },
  reopenOrder: { body: {} },
  checkCredit: { query: '?retailerId=only&amountMinor=100' },
  listAccounts: {},
  openAccount: { body: { retailerId: 'only', limitMinor: 1_000_000 } },
  getAccount: {},
  changeAccount: { body: { limitMinor: 1_100_000, reason } },
  blockAccount: { body: { reason } },
  unblockAccount: { body: { reason } },
  closeAccount: { body: { reason } },
  grantOverride: { body: { orderId: 'W-9', amountMinor: 100, expiresAt: later, approver: 'Ravi', reason } },
  listAgeing: {},
  listLedgerEntries: {},
  getStatement: { query: '?from=2026-01-01&to=2027-01-01' },
  getLedgerProof: {},
  recordPayment: { body: { retailerId: 'only', amountMinor: 100, method: 'cash' } },
  listPayments: {},
  reversePayment: { body: { reason } },
  getPayment: {},
  exportOrders: {},
  exportAccounts: {},
  exportPayments: {},
  listProducts: {},
  getProduct: {},
  changeProduct: { body: { seen: 'what it was', name: 'New' } },
  saveProducts: {
    body: { products: [{ sku: 'W-SKU', name: 'New', units: { each: 1 }, defaultUnit: 'each', priceMinor: 5 }] },
  },
  listRetailers: {},
  getRetailer: {},
  saveRetailer: { body: { name: 'only Stores' } },
  listCatalogueImports: {},
  uploadCatalogue: { body: { text: 'sku,name,price\nW-8,New,1.00\n' } },
  getCatalogueImport: {},
  listCatalogueDifferences: {},
  applyCatalogueImport: { body: { version: 0 } },
  undoCatalogueImport: {},
  dropCatalogueImport: {},
  exportCatalogue: {},
  changeRetailer: { body: { seen: 'what it was', name: 'only Stores' } },
  listRegistrations: {},
  acceptRegistration: { body: { retailerId: 'only' } },
  refuseRegistration: {},
  listIdentityLinks: {},
  confirmIdentityLink: {},
  refuseIdentityLink: {},
  listIdentities: {},
  linkIdentity: { body: { kind: 'phone', value: '919800000091' } },
  unlinkIdentity: {},
  getSettings: {},
  // Nothing changes, so nobody need have seen what it was.
  changeSettings: { body: { seen: 'what it was', policies: { confirm: 'always' } } },
  listApprovers: {},
  addApprover: { body: { name: 'Ravi', phone: '919800000093' } },
  removeApprover: {},
  listStaff: {},
  inviteStaff: { body: { email: 'w-2@example.com', name: 'W-2', role: 'viewer' } },
  changeStaff: { body: { role: 'viewer' } },
  switchOffStaff: {},
  listApiKeys: {},
  makeApiKey: { body: { name: 'W-2', rights: ['orders:write'] } },
  revokeApiKey: {},
  listApprovals: {},
  answerApproval: { body: { approve: false } },
  getCashSheet: { query: `?day=${today}` },
  countDrawer: { body: { day: today, countedMinor: 100 } },
  listClaims: {},
  getClaim: {},
  getClaimPicture: {},
  acceptClaim: { body: { amountMinor: 100 } },
  refuseClaim: { body: { reason } },
  listConversations: {},
  getConversation: {},
  takeConversation: { body: {} },
  handBackConversation: {},
  writeInConversation: { body: { text: 'hello' } },
  listDeliveries: {},
  getDelivery: {},
  getDeliveryFile: {},
  processDeliveryAgain: {},
  setDeliveryAside: { body: { reason } },
  listOutbox: {},
  getOutboxMessage: {},
  sendReplyAgain: {},
  parkReply: { body: { reason } },
  dropReply: { body: { reason } },
  listLines: {},
  tryLineNow: {},
  listAlerts: {},
  closeAlert: {},
  listAudit: {},
};

const IDS: Record<string, () => string> = {
  orderId: () => 'W-1',
  retailerId: () => 'only',
  paymentId: () => paymentId,
  deliveryId: () => deliveryId,
  messageId: () => messageId,
  lineId: () => lineId,
  alertId: () => alertId,
  conversationId: () => conversationId,
  approvalId: () => approvalId,
  claimId: () => claimId,
  cashier: () => cashier,
  sku: () => 'W-SKU',
  staffId: () => cashier.slice('staff:'.length),
  keyId: () => keyId,
  approverId: () => approverId,
  importId: () => importId,
  registrationId: () => registrationId,
  linkId: () => linkId,
  identityId: () => identityId,
};

function ask(route: ApiRoute, key: string | null) {
  const { query = '', body } = mustExist(EXAMPLES[route.id], `an example for ${route.id}`);
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => mustExist(IDS[name], name)());
  return api.call(route.method, `${path}${query}`, { key, ...(body === undefined ? {} : { body }) });
}

const named = apiRoutes.map((route) => [`${route.method} ${route.path}`, route] as const);

test('every address under /api/v1 is one of the routes, and nothing else is there', async () => {
  const app = createHttpServer({ logger: createLogger({ level: 'silent', pretty: false }) });
  const { restApi } = await import('../../src/api/index.ts');
  const found: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    if (url.startsWith('/api/') && method !== 'HEAD') found.push(`${String(method)} ${url.slice('/api/v1'.length)}`);
  });
  await app.register(restApi, { deps: {} as never, limits: { requestsPerMinute: 1 }, version: 'test' });
  await app.ready();
  await app.close();
  const listed = named.map(([name]) => name.replace(/\{(\w+)\}/g, ':$1'));
  expect(found.sort()).toEqual(listed.sort());
});

describe('without a key nothing opens', () => {
  test.each(named)('%s', async (_name, route) => {
    const answer = await ask(route, null);
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } });
  });
});

describe('a key opens what its right is for, and nothing else', () => {
  test.each(named)('%s', async (_name, route) => {
    const opened: Right[] = [];
    for (const right of RIGHTS) {
      const { status, body } = await ask(route, mustExist(keys.get(right), right));
      if (status !== 403) opened.push(right);
      else expect(body).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(opened).toEqual(RIGHTS.filter((right) => right === 'admin' || route.rights.includes(right)));
  });
});

// What these write is named by the caller, so they can only ever write the caller's own.
const OWN = ['saveRetailer', 'saveProducts', 'uploadCatalogue', 'addApprover', 'inviteStaff', 'makeApiKey'];
const foreign = named.filter(([, { id }]) => !OWN.includes(id));

describe('ids of another wholesaler are not there', () => {
  test.each(foreign)('%s', async (_name, route) => {
    const answer = await ask(route, stranger);
    const namesOne = /\{/.test(route.path) || JSON.stringify(EXAMPLES[route.id]).includes('only');
    if (route.id === 'placeOrderBatch') {
      expect(answer.body).toMatchObject({ placed: 0, results: [{ code: 'CREDIT_ACCOUNT_NOT_FOUND' }] });
    } else if (namesOne) {
      expect(answer.status).toBe(404);
    } else {
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.body)).not.toMatch(/W-\d/);
    }
  });

  test('and nothing of it was changed or written', async () => {
    const before = await api.get('/accounts/only/ledger');
    for (const [, route] of foreign) await ask(route, stranger);
    expect((await api.get('/accounts/only/ledger')).body).toEqual(before.body);
    const [row] = await api.database.ownerSql<{ orders: number; accounts: number }>(
      `select (select count(*)::int from orders where wholesaler_id = 'two') as orders,
              (select count(*)::int from credit_account where wholesaler_id = 'two') as accounts`,
    );
    expect(row).toEqual({ orders: 0, accounts: 2 });
  });
});
