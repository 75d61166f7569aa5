import { z } from 'zod';
import { instant, named, nextCursor, pageQuery, reason, replayed, uuid } from './common.ts';

const state = z.enum(['queued', 'sending', 'uncertain', 'accepted', 'sent', 'delivered', 'read', 'failed', 'dropped']);

const message = z.object({
  id: uuid,
  state: state.meta({ description: 'uncertain: nobody knows whether it went. dropped: it is never sent.' }),
  attempts: z.int(),
  createdAt: instant,
  attemptedAt: instant.nullable(),
  settledAt: instant.nullable(),
  errorClass: z.string().nullable().meta({ description: 'parked and withdrawn: by staff.' }),
  errorCode: z.int().nullable(),
});

export const messageQuery = pageQuery.extend({ state: state.optional() });
export const messagePage = named(
  'OutboxPage',
  z.object({ items: z.array(named('OutboxMessage', message)), nextCursor }),
);

export const messageDetail = named(
  'OutboxMessageDetail',
  message.extend({
    reply: z.unknown().meta({ description: 'What is said.' }),
    retailerId: z.string().nullable(),
    toName: z.string().nullable(),
    errorDetail: z.string().nullable(),
    wamid: z.string().nullable(),
    causeEventId: uuid.nullable().meta({ description: 'The delivery that it answers.' }),
    carriedBy: uuid.nullable().meta({ description: 'The reply whose message it travels in.' }),
    statuses: z.array(
      z.object({
        status: z.string(),
        at: z.iso.datetime({ offset: true }),
        errorCode: z.int().nullable(),
        errorDetail: z.string().nullable(),
      }),
    ),
  }),
);

export const decisionAsked = named('DecideReply', z.strictObject({ reason }), { reason: 'told them by phone' });
export const decided = named('ReplyDecided', z.object({ messageId: uuid, state, replayed }));

export const lineList = named(
  'LineList',
  z.object({
    items: z.array(
      named(
        'Line',
        z.object({
          lineId: uuid,
          phoneNumberId: z.string(),
          displayPhone: z.string(),
          waiting: z.int().meta({ description: 'Replies that wait; it is not counted beyond 1,000.' }),
          waitingSince: instant.nullable(),
          troubles: z.array(
            z.object({
              kind: z.enum(['stopped', 'limited', 'slowed']).meta({
                description: 'stopped: nothing leaves. limited: it may only answer. slowed: it rests for a while.',
              }),
              since: instant.nullable(),
              until: instant.meta({ description: 'When it is tried next.' }),
              metaCode: z.int().nullable(),
              tries: z.int(),
              hint: z.string().nullable(),
            }),
          ),
        }),
      ),
    ),
  }),
);
export const lineTried = named('LineTried', z.object({ lineId: uuid, replayed }));
