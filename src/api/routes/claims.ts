import { z } from 'zod';
import { readMedia } from '../../media/index.ts';
import { listClaims, type QueuedClaim, readClaim, recordPayment, refuseClaim } from '../../payments/index.ts';
import { ID_FORM } from '../../shared/ids.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { MEDIA_FILES, mediaAnswer } from '../media-answer.ts';
import { failureProblem, inputProblem } from '../refusals.ts';
import { done, notFound, read, refuse, write } from '../route.ts';
import * as schema from '../schemas/claims.ts';
import { uuid } from '../schemas/common.ts';
import { paymentRecorded } from '../schemas/payments.ts';

const tag = 'Claimed payments';
const params = z.object({ claimId: uuid });

const list = read({
  id: 'listClaims',
  path: '/claims',
  tag,
  summary: 'What shops say that they paid; nothing of it is booked before it is accepted',
  rights: ['payments:write'],
  query: schema.claimQuery,
  answer: schema.claimPage,
  async handle({ query: { limit, cursor, state }, caller: { wholesalerId }, tx }) {
    const afterId = readCursor(cursor, ID_FORM);
    const found = await listClaims(tx, { wholesalerId, state, afterId, limit: limit + 1 });
    return done(pageOf(found.map(shown), limit, ({ claimId }) => claimId));
  },
});

const shown = ({ photoEventId, ...claim }: QueuedClaim) => ({ ...claim, hasPicture: photoEventId !== null });

const one = read({
  id: 'getClaim',
  path: '/claims/{claimId}',
  tag,
  summary: 'What a shop says that it paid, and what became of it',
  rights: ['payments:write'],
  params,
  answer: schema.claim,
  async handle({ params: { claimId }, caller: { wholesalerId }, tx }) {
    const found = await readClaim(tx, wholesalerId, claimId);
    return found === null ? notFound('claim') : done(shown(found));
  },
});

const picture = read({
  id: 'getClaimPicture',
  path: '/claims/{claimId}/picture',
  tag,
  summary: 'The picture that a shop sent of its payment',
  description: 'As it came: it may be any file that people send, so show it with care.',
  rights: ['payments:write'],
  params,
  answer: z.never(),
  files: MEDIA_FILES,
  codes: ['FILE_NOT_THERE'],
  async handle({ params: { claimId }, caller: { wholesalerId }, tx }) {
    const claim = await readClaim(tx, wholesalerId, claimId);
    if (claim === null) return notFound('claim');
    if (claim.photoEventId === null) return notFound('picture');
    return mediaAnswer(await readMedia(tx, { wholesalerId, eventId: claim.photoEventId }), 'picture');
  },
});

const decided = (message: string) =>
  refuse({ status: 409, code: 'CLAIM_DECIDED', detail: message, members: { retryable: false } });

const accept = write({
  id: 'acceptClaim',
  path: '/claims/{claimId}/accept',
  tag,
  summary: 'Record the payment that a shop claims',
  description: 'Books it and sends the shop its receipt, once: a claim that was decided before is refused.',
  rights: ['payments:write'],
  params,
  body: schema.claimAccepted,
  answer: paymentRecorded,
  status: 201,
  codes: ['CLAIM_DECIDED', 'INVALID_AMOUNT', 'INVALID_ALLOCATION', 'CREDIT_ACCOUNT_NOT_FOUND', 'DUPLICATE_ORDER'],
  async handle({ params: { claimId }, body, caller: { wholesalerId, actor }, tx, key }) {
    const claim = await readClaim(tx, wholesalerId, claimId);
    if (claim === null) return notFound('claim');
    const amountMinor = body.amountMinor ?? claim.amountMinor;
    if (amountMinor === null) {
      return refuse(inputProblem([{ path: 'amountMinor', message: 'must be given: the shop did not say how much' }]));
    }
    const result = await recordPayment(tx, {
      ...body,
      wholesalerId,
      retailerId: claim.retailerId,
      claimId,
      amountMinor,
      method: body.method ?? claim.method ?? 'transfer',
      reference: body.reference ?? claim.reference ?? undefined,
      key,
      actor,
      source: 'api',
    });
    if (result.kind === 'recorded') return done({ ...result, unappliedMinor: result.keptMinor });
    return result.failure === undefined ? decided(result.message) : refuse(failureProblem(result.failure));
  },
});

const refuseOne = write({
  id: 'refuseClaim',
  path: '/claims/{claimId}/refuse',
  tag,
  summary: 'Refuse what a shop claims to have paid',
  description: 'The shop is told the reason in the words given. Asked again it answers as before.',
  rights: ['payments:write'],
  params,
  body: schema.refuseAsked,
  answer: schema.claimRefused,
  codes: ['CLAIM_DECIDED', 'INVALID_REASON'],
  async handle({ params: { claimId }, body: { reason }, caller: { wholesalerId, actor }, tx }) {
    const refused = await refuseClaim(tx, { wholesalerId, claimId, reason, actor });
    if (refused.kind === 'claim_refused') {
      return done({ claimId, state: 'refused' as const, replayed: refused.replayed });
    }
    switch (refused.code) {
      case 'CLAIM_NOT_FOUND':
        return notFound('claim');
      case 'CLAIM_DECIDED':
        return decided(refused.message);
      case 'INVALID_REASON':
        return refuse(inputProblem([{ path: 'reason', message: 'must say something' }], 'INVALID_REASON'));
    }
  },
});

export const claimRoutes = [list, one, picture, accept, refuseOne];
