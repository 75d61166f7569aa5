import { z } from 'zod';
import type { Tx } from '../../db/index.ts';
import {
  type Decided,
  dropReply,
  listMessages,
  type OutboxState,
  parkReply,
  readLineHealth,
  readMessageSheet,
  sendAgain,
  tryLineNow,
} from '../../outbox/index.ts';
import { ID_FORM } from '../../shared/ids.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { done, notFound, read, refuse, write } from '../route.ts';
import { uuid } from '../schemas/common.ts';
import * as schema from '../schemas/outbox.ts';

const tag = 'Operations';
const params = z.object({ messageId: uuid });
const codes = ['NOT_NOW'];

const list = read({
  id: 'listOutbox',
  path: '/outbox',
  tag,
  summary: 'Replies and what became of them, the newest first',
  rights: ['admin'],
  query: schema.messageQuery,
  answer: schema.messagePage,
  async handle({ query: { limit, cursor, state }, caller: { wholesalerId }, tx }) {
    const beforeId = readCursor(cursor, ID_FORM);
    const states = state === undefined ? undefined : [state];
    const { messages, next } = await listMessages(tx, { wholesalerId, states, beforeId, limit });
    return done({ items: messages, nextCursor: next === null ? null : writeCursor(next) });
  },
});

const one = read({
  id: 'getOutboxMessage',
  path: '/outbox/{messageId}',
  tag,
  summary: 'A reply with its words and its way',
  rights: ['admin'],
  params,
  answer: schema.messageDetail,
  async handle({ params: { messageId: id }, caller: { wholesalerId }, tx }) {
    const found = await readMessageSheet(tx, { wholesalerId, id });
    return found === null ? notFound('reply') : done(found);
  },
});

const again = write({
  id: 'sendReplyAgain',
  path: '/outbox/{messageId}/send-again',
  tag,
  summary: 'Send a reply that was given up, parked, or never answered for',
  description: 'Of a reply in state `uncertain` nobody knows whether it went: its person may read it twice.',
  rights: ['admin'],
  params,
  answer: schema.decided,
  codes,
  async handle({ params: { messageId: id }, caller: { wholesalerId, actor }, tx }) {
    return told(await sendAgain(tx, { wholesalerId, id, by: actor }), id, 'queued');
  },
});

const park = deciding(
  'parkReply',
  'park',
  'Take a waiting reply out of its queue until somebody decides',
  parkReply,
  'failed',
);
const drop = deciding('dropReply', 'drop', 'Never send a reply that has not arrived', dropReply, 'dropped');

/** A decision that needs a reason. */
function deciding(
  id: string,
  verb: string,
  summary: string,
  decide: (tx: Tx, decision: { wholesalerId: string; id: string; by: string; reason: string }) => Promise<Decided>,
  state: OutboxState,
) {
  return write({
    id,
    path: `/outbox/{messageId}/${verb}`,
    tag,
    summary,
    rights: ['admin'],
    params,
    body: schema.decisionAsked,
    answer: schema.decided,
    codes,
    async handle({ params: { messageId }, body: { reason }, caller: { wholesalerId, actor }, tx }) {
      return told(await decide(tx, { wholesalerId, id: messageId, by: actor, reason }), messageId, state);
    },
  });
}

function told(answer: Decided, messageId: string, state: OutboxState) {
  switch (answer.kind) {
    case 'done':
      return done({ messageId, state, replayed: answer.replayed });
    case 'not_now':
      return refuse({
        status: 409,
        code: 'NOT_NOW',
        detail: `This reply is ${answer.state}: ${answer.because.replaceAll('_', ' ')}.`,
      });
    case 'not_found':
      return notFound('reply');
  }
}

const lines = read({
  id: 'listLines',
  path: '/lines',
  tag,
  summary: 'The WhatsApp numbers, and what keeps one from sending',
  rights: ['admin'],
  answer: schema.lineList,
  async handle({ caller: { wholesalerId }, tx }) {
    return done({ items: await readLineHealth(tx, wholesalerId) });
  },
});

const tryLine = write({
  id: 'tryLineNow',
  path: '/lines/{lineId}/try',
  tag,
  summary: 'Try a number now that Meta stopped or limited',
  description:
    'One message is tried; when Meta takes it, the others leave. Where the number does not rest, nothing is done.',
  rights: ['admin'],
  params: z.object({ lineId: uuid }),
  answer: schema.lineTried,
  async handle({ params: { lineId }, caller: { wholesalerId, actor }, tx }) {
    const known = await readLineHealth(tx, wholesalerId);
    if (!known.some((line) => line.lineId === lineId)) return notFound('line');
    return done({ lineId, replayed: !(await tryLineNow(tx, { wholesalerId, lineId, by: actor })) });
  },
});

export const outboxRoutes = [list, one, again, park, drop, lines, tryLine];
