import { z } from 'zod';
import { closeAlertById, listAlerts } from '../../alerts/index.ts';
import { listAudit } from '../../audit/index.ts';
import { ID_FORM } from '../../shared/ids.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { done, notFound, read, write } from '../route.ts';
import { pageQuery, uuid } from '../schemas/common.ts';
import * as schema from '../schemas/operations.ts';

const tag = 'Operations';

const alerts = read({
  id: 'listAlerts',
  path: '/alerts',
  tag,
  summary: 'What a person should look at, the newest first',
  rights: ['admin'],
  query: schema.alertQuery,
  answer: schema.alertList,
  async handle({ query: { state, limit, cursor }, caller: { wholesalerId }, tx }) {
    const beforeId = readCursor(cursor, ID_FORM);
    const found = await listAlerts(tx, { wholesalerId, state, beforeId, max: limit + 1 });
    return done(pageOf(found, limit, ({ id }) => id));
  },
});

const closeOne = write({
  id: 'closeAlert',
  path: '/alerts/{alertId}/close',
  tag,
  summary: 'Close an alert that somebody dealt with',
  description: 'Raised again, it is a new one. Closed again, nothing more happens.',
  rights: ['admin'],
  params: z.object({ alertId: uuid }),
  answer: schema.alertClosed,
  async handle({ params: { alertId: id }, caller: { wholesalerId, actor }, tx }) {
    const answer = await closeAlertById(tx, { wholesalerId, id, by: actor });
    return answer.kind === 'not_found' ? notFound('alert') : done({ alertId: id, replayed: answer.replayed });
  },
});

const audit = read({
  id: 'listAudit',
  path: '/audit',
  tag,
  summary: 'Who did what, the newest first',
  rights: ['admin'],
  query: pageQuery,
  answer: schema.auditPage,
  async handle({ query: { limit, cursor }, caller: { wholesalerId }, tx }) {
    const beforeId = readCursor(cursor, ID_FORM) ?? null;
    const found = await listAudit(tx, { wholesalerId, beforeId, limit: limit + 1 });
    return done(pageOf(found, limit, ({ id }) => id));
  },
});

export const operationRoutes = [alerts, closeOne, audit];
