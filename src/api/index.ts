import type { FastifyInstance } from 'fastify';
import { DOCS_CSS, docsPage } from './docs-page.ts';
import { API_PREFIX, openApiDocument } from './openapi.ts';
import { type ApiLimits, registerRoutes } from './register.ts';
import type { ApiDeps } from './route.ts';
import { accountRoutes } from './routes/accounts.ts';
import { ageingRoutes } from './routes/ageing.ts';
import { approvalRoutes } from './routes/approvals.ts';
import { cashSheetRoutes } from './routes/cash-sheet.ts';
import { catalogueImportRoutes } from './routes/catalogue-imports.ts';
import { claimRoutes } from './routes/claims.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { exportRoutes } from './routes/exports.ts';
import { operationRoutes } from './routes/operations.ts';
import { orderRoutes } from './routes/orders.ts';
import { outboxRoutes } from './routes/outbox.ts';
import { paymentRoutes } from './routes/payments.ts';
import { peopleRoutes } from './routes/people.ts';
import { settingsRoutes } from './routes/settings.ts';
import { shopRoutes } from './routes/shop.ts';
import { staffAndKeyRoutes } from './routes/staff-and-keys.ts';

export { createAnswerSweeper } from './answer-sweeper.ts';
export { type ApiKey, createApiKey, grantApiKey, listApiKeys, withdrawApiKey } from './api-keys.ts';
export { isRight, RIGHTS, type Right } from './rights.ts';
export type { ApiDeps } from './route.ts';

/** Every route, in the order in which the document shows them. */
export const apiRoutes = [
  ...orderRoutes,
  ...approvalRoutes,
  ...accountRoutes,
  ...ageingRoutes,
  ...paymentRoutes,
  ...cashSheetRoutes,
  ...claimRoutes,
  ...shopRoutes,
  ...catalogueImportRoutes,
  ...peopleRoutes,
  ...settingsRoutes,
  ...staffAndKeyRoutes,
  ...conversationRoutes,
  ...deliveryRoutes,
  ...outboxRoutes,
  ...operationRoutes,
  ...exportRoutes,
];

const CSS_PATH = '/docs/docs.css';
const DOCS_POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The REST API under /api/v1, its document at /openapi.json and the page of it at /docs. */
export async function restApi(
  app: FastifyInstance,
  { deps, limits, version }: { deps: ApiDeps; limits: ApiLimits; version: string },
): Promise<void> {
  await app.register((inner) => registerRoutes(inner, { routes: apiRoutes, deps, limits }), { prefix: API_PREFIX });
  const document = openApiDocument(apiRoutes, { version });
  const text = JSON.stringify(document);
  app.get('/openapi.json', (_request, reply) => reply.type('application/json').send(text));
  let page: string | undefined;
  app.get('/docs', (_request, reply) => {
    page ??= docsPage(document, CSS_PATH);
    return reply.header('content-security-policy', DOCS_POLICY).type('text/html; charset=utf-8').send(page);
  });
  app.get(CSS_PATH, (_request, reply) => reply.type('text/css; charset=utf-8').send(DOCS_CSS));
}
