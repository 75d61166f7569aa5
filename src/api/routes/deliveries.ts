import { z } from 'zod';
import { listEvents, processAgain, readEvent, setAside } from '../../inbox/index.ts';
import { readMedia } from '../../media/index.ts';
import { ID_FORM } from '../../shared/ids.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { MEDIA_FILES, mediaAnswer } from '../media-answer.ts';
import { done, notFound, read, refuse, write } from '../route.ts';
import { uuid } from '../schemas/common.ts';
import * as schema from '../schemas/deliveries.ts';

const tag = 'Operations';
const params = z.object({ deliveryId: uuid });

const list = read({
  id: 'listDeliveries',
  path: '/deliveries',
  tag,
  summary: 'What Meta delivered, the newest first',
  rights: ['admin'],
  query: schema.eventQuery,
  answer: schema.eventPage,
  async handle({ query: { limit, cursor, ...sought }, caller: { wholesalerId }, tx }) {
    const beforeId = readCursor(cursor, ID_FORM);
    const { events, next } = await listEvents(tx, { ...sought, wholesalerId, beforeId, limit });
    return done({ items: events, nextCursor: next === null ? null : writeCursor(next) });
  },
});

const one = read({
  id: 'getDelivery',
  path: '/deliveries/{deliveryId}',
  tag,
  summary: 'A delivery with its payload',
  rights: ['admin'],
  params,
  answer: schema.eventDetail,
  async handle({ params: { deliveryId: id }, caller: { wholesalerId }, tx }) {
    const found = await readEvent(tx, { wholesalerId, id });
    return found === null ? notFound('delivery') : done(found);
  },
});

const file = read({
  id: 'getDeliveryFile',
  path: '/deliveries/{deliveryId}/file',
  tag,
  summary: 'The picture, voice note or document of a message',
  description:
    'As it came: it may be any file that people send, so show it with care. The id is that of the message in its chat too.',
  rights: ['admin'],
  params,
  answer: z.never(),
  files: [...MEDIA_FILES, 'audio/ogg'],
  codes: ['FILE_NOT_THERE'],
  async handle({ params: { deliveryId: eventId }, caller: { wholesalerId }, tx }) {
    return mediaAnswer(await readMedia(tx, { wholesalerId, eventId }), 'file');
  },
});

const again = write({
  id: 'processDeliveryAgain',
  path: '/deliveries/{deliveryId}/again',
  tag,
  summary: 'Process a parked delivery again',
  description:
    'It did nothing when it was parked, so what follows happens once. It is decided on as things are today; an order in a ' +
    'message that is more than an hour old is asked about first. Asked again, it names the same new delivery.',
  rights: ['admin'],
  params,
  answer: schema.processedAgain,
  codes: ['NOT_PARKED'],
  async handle({ params: { deliveryId: id }, caller: { wholesalerId, actor }, tx }) {
    const answer = await processAgain(tx, { wholesalerId, id, by: actor });
    switch (answer.kind) {
      case 'queued':
        return done({ deliveryId: answer.id, replayed: answer.replayed });
      case 'not_parked':
        return notParked(answer.state);
      case 'not_found':
        return notFound('delivery');
    }
  },
});

const aside = write({
  id: 'setDeliveryAside',
  path: '/deliveries/{deliveryId}/set-aside',
  tag,
  summary: 'Say that nothing is to be done about a parked delivery',
  rights: ['admin'],
  params,
  body: schema.setAsideAsked,
  answer: schema.setAside,
  codes: ['NOT_PARKED'],
  async handle({ params: { deliveryId: id }, body: { reason }, caller: { wholesalerId, actor }, tx }) {
    const answer = await setAside(tx, { wholesalerId, id, by: actor, reason });
    if (answer.kind === 'not_parked') return notParked(answer.state);
    return answer.kind === 'not_found' ? notFound('delivery') : done({ deliveryId: id, replayed: false });
  },
});

const notParked = (state: string) =>
  refuse({
    status: 409,
    code: 'NOT_PARKED',
    detail: `This delivery is ${state}: only a parked one waits for a decision.`,
  });

export const deliveryRoutes = [list, one, file, again, aside];
