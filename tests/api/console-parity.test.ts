import { expect, test } from 'vitest';
import { apiRoutes } from '../../src/api/index.ts';
import { routes } from '../../src/console/routes.ts';

// The API does everything that the console does. A page or action that is added to the console fails here until it says
// which operations of the API do the same, or that it is of the browser alone.

/** Sessions and passwords are of a person at a browser, and so is an empty form; a program has a key. */
const BROWSER = 'of the browser alone';
const SETTINGS = ['business', 'ordering', 'hours', 'people', 'credit', 'notices'];

const SAME: Record<string, string> = {
  'GET /console/sign-in': BROWSER,
  'POST /console/sign-in': BROWSER,
  'GET /console/welcome': BROWSER,
  'POST /console/welcome': BROWSER,
  'GET /console/first-run': BROWSER,
  'POST /console/first-run': BROWSER,
  'GET /console/me': BROWSER,
  'POST /console/me/password': BROWSER,
  'POST /console/sign-out': BROWSER,
  'POST /console/sign-out-everywhere': BROWSER,
  'GET /console':
    'listOrders listApprovals listClaims listConversations listRegistrations listIdentityLinks listAlerts getLedgerProof',
  'GET /console/search': 'listOrders listRetailers listProducts',
  'GET /console/export/orders.csv': 'exportOrders',
  'GET /console/export/accounts.csv': 'exportAccounts',
  'GET /console/export/payments.csv': 'exportPayments',
  'GET /console/orders': 'listOrders',
  'GET /console/orders/:orderId': 'getOrder',
  'POST /console/orders/:orderId/deliver': 'deliverOrder',
  'POST /console/orders/:orderId/cancel': 'cancelOrder',
  'POST /console/orders/:orderId/reopen': 'reopenOrder',
  'GET /console/approvals': 'listApprovals',
  'POST /console/approvals/:approvalId/approve': 'answerApproval',
  'POST /console/approvals/:approvalId/reject': 'answerApproval',
  'GET /console/conversations': 'listConversations',
  'GET /console/conversations/:chatId': 'getConversation',
  'POST /console/conversations/:chatId/take': 'takeConversation',
  'POST /console/conversations/:chatId/hand-back': 'handBackConversation',
  'POST /console/conversations/:chatId/send': 'writeInConversation',
  'GET /console/media/:eventId': 'getDeliveryFile',
  'GET /console/accounts': 'listAccounts listRetailers',
  'GET /console/accounts/:retailerId': 'getAccount listLedgerEntries listOrders listPayments',
  'POST /console/accounts/:retailerId/limit': 'changeAccount',
  'POST /console/accounts/:retailerId/terms': 'changeAccount',
  'POST /console/accounts/:retailerId/block': 'blockAccount',
  'POST /console/accounts/:retailerId/override': 'grantOverride',
  'POST /console/accounts/:retailerId/unblock': 'unblockAccount',
  'GET /console/accounts/:retailerId/statement': 'getStatement',
  'GET /console/ageing': 'listAgeing',
  'GET /console/accounts/:retailerId/payment': BROWSER,
  'POST /console/accounts/:retailerId/payment': 'recordPayment',
  'GET /console/payments/cash-sheet': 'getCashSheet',
  'POST /console/payments/cash-sheet': 'countDrawer',
  'GET /console/payments': 'listPayments',
  'GET /console/payments/:paymentId': 'getPayment',
  'POST /console/payments/:paymentId/reverse': 'reversePayment',
  'GET /console/shops': BROWSER,
  'POST /console/shops': 'saveRetailer openAccount',
  'GET /console/shops/:retailerId/account': BROWSER,
  'POST /console/shops/:retailerId/account': 'openAccount',
  'GET /console/shops/:retailerId': 'getRetailer listIdentities',
  'POST /console/shops/:retailerId': 'changeRetailer linkIdentity unlinkIdentity',
  'GET /console/catalogue': 'listProducts',
  'GET /console/catalogue/new': BROWSER,
  'POST /console/catalogue/new': 'saveProducts',
  'GET /console/catalogue/products/:sku': 'getProduct',
  'POST /console/catalogue/products/:sku': 'changeProduct',
  'GET /console/catalogue/import': 'listCatalogueImports',
  'POST /console/catalogue/import': 'uploadCatalogue',
  'GET /console/catalogue/export.csv': 'exportCatalogue',
  'GET /console/catalogue/import/:importId': 'getCatalogueImport listCatalogueDifferences',
  'POST /console/catalogue/import/:importId/apply': 'applyCatalogueImport',
  'POST /console/catalogue/import/:importId/mend': 'dropCatalogueImport uploadCatalogue',
  'POST /console/catalogue/import/:importId/drop': 'dropCatalogueImport',
  'POST /console/catalogue/import/:importId/undo': 'undoCatalogueImport',
  'GET /console/payments/claims': 'listClaims',
  'GET /console/payments/claims/:claimId/photo': 'getClaimPicture',
  'GET /console/payments/claims/:claimId': 'getClaim',
  'POST /console/payments/claims/:claimId/accept': 'acceptClaim',
  'POST /console/payments/claims/:claimId/refuse': 'refuseClaim',
  'GET /console/people': 'listRegistrations listIdentityLinks',
  'POST /console/people/requests/:requestId/approve': 'acceptRegistration',
  'POST /console/people/requests/:requestId/refuse': 'refuseRegistration',
  'POST /console/people/links/:linkId/confirm': 'confirmIdentityLink',
  'POST /console/people/links/:linkId/refuse': 'refuseIdentityLink',
  'GET /console/alerts': 'listAlerts',
  'POST /console/alerts/:alertId/close': 'closeAlert',
  'GET /console/audit': 'listAudit',
  'GET /console/outbox': 'listOutbox listLines',
  'POST /console/outbox/lines/:lineId/try': 'tryLineNow',
  'GET /console/outbox/:messageId': 'getOutboxMessage',
  'POST /console/outbox/:messageId/again': 'sendReplyAgain',
  'POST /console/outbox/:messageId/park': 'parkReply',
  'POST /console/outbox/:messageId/drop': 'dropReply',
  'GET /console/deliveries': 'listDeliveries',
  'GET /console/deliveries/:deliveryId': 'getDelivery',
  'GET /console/deliveries/:deliveryId/payload': 'getDelivery',
  'POST /console/deliveries/:deliveryId/again': 'processDeliveryAgain',
  'POST /console/deliveries/:deliveryId/set-aside': 'setDeliveryAside',
  'GET /console/staff': 'listStaff',
  'POST /console/staff/invite': 'inviteStaff changeStaff',
  'POST /console/staff/:staffId/leave': 'switchOffStaff',
  'GET /console/settings': 'getSettings',
  ...Object.fromEntries(
    SETTINGS.flatMap((matter) => [
      [`GET /console/settings/${matter}`, 'getSettings'],
      [`POST /console/settings/${matter}`, 'changeSettings'],
    ]),
  ),
  'GET /console/settings/approvers': 'listApprovers',
  'POST /console/settings/approvers': 'addApprover',
  'POST /console/settings/approvers/:approverId/remove': 'removeApprover',
  'GET /console/settings/lines': 'listLines',
  'GET /console/api-keys': 'listApiKeys',
  'POST /console/api-keys': 'makeApiKey',
  'POST /console/api-keys/:keyId/revoke': 'revokeApiKey',
};

test('every page and action of the console says which operations of the API do the same', () => {
  expect(Object.keys(SAME).sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
});

test('and each of those is an operation of the API', () => {
  const known = new Set(apiRoutes.map(({ id }) => id));
  const named = Object.values(SAME).filter((same) => same !== BROWSER);
  expect(named.flatMap((same) => same.split(' ')).filter((id) => !known.has(id))).toEqual([]);
});
