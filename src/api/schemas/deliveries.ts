import { z } from 'zod';
import { instant, named, nextCursor, pageQuery, reason, replayed, uuid } from './common.ts';

const kind = z.enum(['message', 'status', 'notice', 'internal']);
const state = z.enum(['waiting', 'done', 'parked', 'kept']);

const event = z.object({
  id: uuid,
  kind: kind.meta({ description: 'internal: news from within the service for a chat.' }),
  state,
  eventKey: z.string(),
  tries: z.int(),
  lastError: z.string().nullable(),
  sentAt: instant,
  receivedAt: instant,
  doneAt: instant.nullable(),
});

export const eventQuery = pageQuery.extend({
  state: state.optional().meta({
    description: 'parked: nobody could work on it. kept: news of the account, and what was parked until staff decided.',
  }),
  kind: kind.optional(),
  from: instant.optional().meta({ description: 'Received at this moment or later.' }),
  until: instant.optional().meta({ description: 'Received before this moment.' }),
});
export const eventPage = named(
  'DeliveryPage',
  z.object({
    items: z.array(named('Delivery', event)),
    nextCursor: nextCursor.meta({
      description: 'For the next page; null after the last. A page of what is rare may have fewer items, or none.',
    }),
  }),
);
export const eventDetail = named(
  'DeliveryDetail',
  event.extend({
    payload: z.unknown().meta({ description: 'As Meta sent it.' }),
    codeVersion: z.string().nullable().meta({ description: 'The release that worked on it.' }),
    againAs: uuid.nullable().meta({ description: 'The delivery that it was processed as again.' }),
    againOf: uuid.nullable().meta({ description: 'The parked delivery that this is.' }),
  }),
);

export const processedAgain = named(
  'DeliveryProcessedAgain',
  z.object({ deliveryId: uuid.meta({ description: 'The new delivery in its queue.' }), replayed }),
);
export const setAsideAsked = named('SetDeliveryAside', z.strictObject({ reason }), { reason: 'called the shop' });
export const setAside = named('DeliverySetAside', z.object({ deliveryId: uuid, replayed }));
