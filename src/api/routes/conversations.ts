import { z } from 'zod';
import {
  CHATS_CURSOR,
  type HeardMessage,
  handBack,
  listConversations,
  MESSAGES_CURSOR,
  type NotNow,
  readChat,
  readConversation,
  type SaidMessage,
  sendAsStaff,
  takeOver,
} from '../../chats/index.ts';
import { wordsOfMessage } from '../../inbox/index.ts';
import { asRead } from '../../outbox/index.ts';
import { newId } from '../../shared/ids.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { inputProblem } from '../refusals.ts';
import { type ApiDeps, done, notFound, read, refuse, write } from '../route.ts';
import { uuid } from '../schemas/common.ts';
import * as schema from '../schemas/conversations.ts';

const tag = 'Conversations';
const params = z.object({ conversationId: uuid });

const list = read({
  id: 'listConversations',
  path: '/conversations',
  tag,
  summary: 'Chats with shops, the newest message first',
  rights: ['admin'],
  query: schema.conversationQuery,
  answer: schema.conversationPage,
  async handle({ query: { limit, cursor, only, retailerId }, caller: { wholesalerId }, deps, tx }) {
    const after = readCursor(cursor, CHATS_CURSOR);
    const { chats, next } = await listConversations(tx, { wholesalerId, only, retailerId, after, max: limit });
    return done({
      items: chats.map(({ last, ...chat }) => ({
        ...chat,
        last: last && {
          from: last.from,
          at: last.at,
          words: last.from === 'shop' ? wordsOfMessage(deps.readMessage(last.payload)) : asRead(last.reply),
        },
      })),
      nextCursor: next === null ? null : writeCursor(next),
    });
  },
});

const one = read({
  id: 'getConversation',
  path: '/conversations/{conversationId}',
  tag,
  summary: 'A chat with its messages, how each was read and what was decided',
  rights: ['admin'],
  params,
  query: schema.messageQuery,
  answer: schema.conversationDetail,
  async handle({ params: { conversationId: chatId }, query: { limit, cursor }, caller: { wholesalerId }, deps, tx }) {
    const after = readCursor(cursor, MESSAGES_CURSOR);
    const chat = await readChat(tx, wholesalerId, chatId);
    const found = chat && (await readConversation(tx, { wholesalerId, chatId, after, max: limit }));
    if (chat === null || found === null) return notFound('conversation');
    const { last: _last, ...about } = chat;
    return done({
      ...about,
      messages: found.messages.map((message) => (message.from === 'shop' ? heard(message, deps) : said(message))),
      nextCursor: found.next === null ? null : writeCursor(found.next),
    });
  },
});

function heard({ id, at, payload, state, parsed, answer }: HeardMessage, { readMessage }: ApiDeps) {
  return {
    id,
    from: 'shop' as const,
    at,
    words: wordsOfMessage(readMessage(payload)),
    state,
    saidBy: null,
    why: null,
    reading: parsed && {
      intents: [parsed.intent, ...parsed.alsoIntents],
      confidence: parsed.confidence,
      lines: parsed.lines.map(({ act, sku, quantity, unit, confidence }) => ({ act, sku, quantity, unit, confidence })),
      asked: parsed.clarify.length,
    },
    decision: answer && {
      placed: answer.placed ?? null,
      cancelled: answer.cancelled ?? null,
      number: answer.number ?? null,
      code: answer.code ?? null,
      amountMinor: answer.amountMinor ?? null,
      availableMinor: answer.availableMinor ?? null,
      shortByMinor: answer.shortByMinor ?? null,
    },
  };
}

function said({ id, at, reply, state, saidBy, why }: SaidMessage) {
  return { id, from: 'us' as const, at, words: asRead(reply), state, saidBy, why, reading: null, decision: null };
}

const take = write({
  id: 'takeConversation',
  path: '/conversations/{conversationId}/take-over',
  tag,
  summary: 'Lead a chat yourself; the assistant is silent from then on',
  description:
    'What the shop writes is kept for you to read. Silent for longer than the wholesaler allows, you lose the chat to the ' +
    'assistant again. One that somebody leads is only taken from them on purpose.',
  rights: ['admin'],
  params,
  body: schema.takeOverAsked,
  answer: schema.conversationLed,
  codes: ['HELD_BY_OTHER'],
  async handle({ params: { conversationId: chatId }, body: { takeFrom }, caller: { wholesalerId, actor }, tx }) {
    const staff = { id: actor, name: 'API' };
    const taken = await takeOver(tx, { wholesalerId, chatId, staff, ...(takeFrom !== undefined && { takeFrom }) });
    if (taken.kind !== 'taken') return refuseNow(taken);
    return done({ conversationId: chatId, handledBy: 'person' as const, takenBy: actor, replayed: false });
  },
});

const giveBack = write({
  id: 'handBackConversation',
  path: '/conversations/{conversationId}/hand-back',
  tag,
  summary: 'Give a chat back to the assistant, whoever leads it',
  description: 'The shop is told, and asked again what was open. Given back again, nothing more happens.',
  rights: ['admin'],
  params,
  answer: schema.conversationLed,
  async handle({ params: { conversationId: chatId }, caller: { wholesalerId, actor }, tx }) {
    const given = await handBack(tx, { wholesalerId, chatId, by: actor, because: 'handed_back' });
    if (given.kind === 'not_found') return notFound('conversation');
    const replayed = given.kind === 'not_taken';
    return done({ conversationId: chatId, handledBy: 'bot' as const, takenBy: null, replayed });
  },
});

const say = write({
  id: 'writeInConversation',
  path: '/conversations/{conversationId}/messages',
  tag,
  summary: 'Write to the shop in a chat that you lead',
  description:
    'It leaves behind what the chat has queued already. Without an Idempotency-Key every call sends a message, so send one.',
  rights: ['admin'],
  params,
  body: schema.messageAsked,
  answer: schema.messageQueued,
  status: 201,
  codes: ['NOT_TAKEN', 'HELD_BY_OTHER', 'WINDOW_CLOSED'],
  async handle({ params: { conversationId: chatId }, body: { text: body }, caller: { wholesalerId, actor }, tx }) {
    const messageId = newId();
    const staff = { id: actor, name: 'API' };
    const sent = await sendAsStaff(tx, { wholesalerId, chatId, staff, body, requestId: messageId });
    switch (sent.kind) {
      case 'queued':
        return done({ messageId, replayed: false });
      case 'empty':
        return refuse(inputProblem([{ path: 'text', message: 'must say something' }]));
      case 'window_closed':
        return refuse({
          status: 409,
          code: 'WINDOW_CLOSED',
          detail: 'Nobody of the shop wrote within 24 hours: until they do, WhatsApp passes on no free words.',
          members: { retryable: false },
        });
      default:
        return refuseNow(sent);
    }
  },
});

function refuseNow(why: NotNow) {
  switch (why.kind) {
    case 'not_found':
      return notFound('conversation');
    case 'not_taken':
      return refuse({
        status: 409,
        code: 'NOT_TAKEN',
        detail: 'The assistant leads this chat. Take it over before you write.',
        members: { retryable: false },
      });
    case 'held_by_other':
      return refuse({
        status: 409,
        code: 'HELD_BY_OTHER',
        detail: 'Somebody else leads this chat.',
        members: { takenBy: why.by, takenAt: why.since?.toISOString() ?? null, retryable: false },
      });
  }
}

export const conversationRoutes = [list, one, take, giveBack, say];
