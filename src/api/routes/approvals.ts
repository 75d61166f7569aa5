import { z } from 'zod';
import {
  type DecideAnswer,
  type DecidedApproval,
  decideApproval,
  listDecidedApprovals,
  listOpenApprovals,
  type OpenApproval,
} from '../../approvals/index.ts';
import type { Problem } from '../../http/problem.ts';
import { ID_FORM } from '../../shared/ids.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { creditProblem } from '../refusals.ts';
import { done, notFound, read, refuse, write } from '../route.ts';
import * as schema from '../schemas/approvals.ts';
import { uuid } from '../schemas/common.ts';

const tag = 'Approvals';

const list = read({
  id: 'listApprovals',
  path: '/approvals',
  tag,
  summary: 'Orders above their credit that shops asked approval for',
  rights: ['credit:read', 'credit:write'],
  query: schema.approvalQuery,
  answer: schema.approvalPage,
  async handle({ query: { limit, cursor, state }, caller: { wholesalerId }, tx }) {
    const from = readCursor(cursor, ID_FORM);
    if (state === 'open') {
      const open = await listOpenApprovals(tx, wholesalerId, limit + 1, from);
      return done(pageOf(open.map(openOne), limit, ({ approvalId }) => approvalId));
    }
    const found = await listDecidedApprovals(tx, { wholesalerId, beforeId: from, limit: limit + 1 });
    return done(pageOf(found.map(decidedOne), limit, ({ approvalId }) => approvalId));
  },
});

const answer = write({
  id: 'answerApproval',
  path: '/approvals/{approvalId}/answer',
  tag,
  summary: 'Approve or reject an order above its credit',
  description:
    'As approvers do on WhatsApp: of all answers the first counts, and later ones get 409 with who was first. A yes lets ' +
    'what was missing pass above the limit, for this order alone, and credit still has the last word.',
  rights: ['credit:write'],
  params: z.object({ approvalId: uuid }),
  body: schema.approvalAnswer,
  answer: schema.approvalAnswered,
  codes: ['APPROVAL_DECIDED', 'INSUFFICIENT_CREDIT', 'CREDIT_BLOCKED', 'CREDIT_INACTIVE', 'MAX_RETRIES_EXCEEDED'],
  async handle({ params: { approvalId }, body: { approve }, caller: { wholesalerId, keyId }, tx }) {
    const decided = await decideApproval(tx, { wholesalerId, approvalId, approve, by: { kind: 'api', id: keyId } });
    switch (decided.kind) {
      case 'approved':
        return done({ ...decided, outcome: 'approved' as const, replayed: false });
      case 'rejected':
        return done({ ...decided, outcome: 'rejected' as const, availableMinor: null, replayed: false });
      case 'not_found':
        return notFound('request for approval');
      default:
        return refuse(problemOf(decided));
    }
  },
});

function problemOf(answered: Exclude<DecideAnswer, { kind: 'approved' | 'rejected' | 'not_found' }>): Problem {
  switch (answered.kind) {
    case 'busy':
      return creditProblem('MAX_RETRIES_EXCEEDED', 'The account is busy: nothing was decided.', { retryable: true });
    case 'refused':
      return creditProblem(answered.code, 'It was approved, and credit refused it: nothing was granted or placed.', {
        retryable: false,
      });
    case 'already': {
      const by = answered.by === null ? '' : ` by ${answered.by}`;
      return {
        status: 409,
        code: 'APPROVAL_DECIDED',
        detail: `Order ${answered.number} was decided before${by}: ${answered.state}.`,
        members: { state: answered.state, decidedBy: answered.by, retryable: false },
      };
    }
  }
}

function openOne({ id: approvalId, shop: retailerName, ...request }: OpenApproval) {
  return {
    ...request,
    approvalId,
    retailerName,
    state: 'open' as const,
    decidedAt: null,
    decidedBy: null,
    refusalCode: null,
  };
}

function decidedOne({ id: approvalId, shop: retailerName, by: decidedBy, ...request }: DecidedApproval) {
  return { ...request, approvalId, retailerName, decidedBy };
}

export const approvalRoutes = [list, answer];
