import { z } from 'zod';
import { figure, instant, named, nextCursor, pageQuery, plain, replayed, retailerId, uuid } from './common.ts';

export const conversationQuery = pageQuery.extend({
  only: z
    .enum(['waiting', 'with_staff', 'unread'])
    .optional()
    .meta({ description: 'waiting: asks for a person; with_staff: somebody leads it; unread: nobody has looked.' }),
  retailerId: retailerId.optional(),
});

const from = z.enum(['shop', 'us']).meta({ description: 'Who said it: the shop, or the assistant and the staff.' });
const words = z.string().meta({ description: 'What people read; of what is no text, what it is.' });

const conversation = z.object({
  id: uuid,
  retailerId: z.string().nullable().meta({ description: 'Null: nobody known.' }),
  retailerName: z.string().nullable(),
  profileName: z.string().nullable().meta({ description: 'As the person calls themselves on WhatsApp.' }),
  phone: z.string().nullable(),
  handledBy: z.enum(['bot', 'person']),
  takenBy: z.string().nullable().meta({ description: 'Who leads it: the id of a colleague, or api:<id of the key>.' }),
  takenAt: instant.nullable(),
  wantsPersonAt: instant.nullable().meta({ description: 'Since when somebody asks for a person.' }),
  unread: z.int(),
  lastInboundAt: instant.nullable(),
  windowOpenUntil: instant.nullable().meta({ description: 'Until then WhatsApp passes on free words.' }),
});

export const conversationPage = named(
  'ConversationPage',
  z.object({
    items: z.array(
      named('Conversation', conversation.extend({ last: z.object({ from, at: instant, words }).nullable() })),
    ),
    nextCursor,
  }),
);

const message = named(
  'ConversationMessage',
  z.object({
    id: uuid,
    from,
    at: instant,
    words,
    state: z
      .string()
      .meta({ description: 'Of theirs: waiting, done or parked. Of ours: queued to read, failed, dropped.' }),
    saidBy: z
      .string()
      .nullable()
      .meta({ description: 'staff:<id> or api:<id of the key>; null: the assistant, or the shop.' }),
    why: z.string().nullable().meta({ description: 'Why it did not arrive.' }),
    reading: z
      .object({
        intents: z.array(z.string()),
        confidence: z.number(),
        lines: z.array(
          z.object({
            act: z.string(),
            sku: z.string(),
            quantity: z.number().nullable(),
            unit: z.string().nullable(),
            confidence: z.number(),
          }),
        ),
        asked: z.int().meta({ description: 'How many questions were put instead of guessing.' }),
      })
      .nullable()
      .meta({ description: 'How a text was understood.' }),
    decision: z
      .object({
        placed: z.boolean().nullable(),
        cancelled: z.boolean().nullable(),
        number: z.int().nullable(),
        code: z.string().nullable(),
        amountMinor: figure.nullable(),
        availableMinor: figure.nullable(),
        shortByMinor: figure.nullable(),
      })
      .nullable()
      .meta({ description: 'What orders and credit made of it.' }),
  }),
);

export const messageQuery = pageQuery;
export const conversationDetail = named(
  'ConversationDetail',
  conversation.extend({ messages: z.array(message).meta({ description: 'Newest first.' }), nextCursor }),
);

export const takeOverAsked = named(
  'TakeConversation',
  z.strictObject({
    takeFrom: plain(200)
      .optional()
      .meta({ description: '`takenBy` of whoever leads it now, to take it from them on purpose.' }),
  }),
  {},
);
export const conversationLed = named(
  'ConversationLed',
  z.object({
    conversationId: uuid,
    handledBy: z.enum(['bot', 'person']),
    takenBy: z.string().nullable(),
    replayed,
  }),
);

const WORDS_MAX = 4096;
export const messageAsked = named(
  'WriteToShop',
  z.strictObject({
    text: z
      .string()
      .max(WORDS_MAX, `must have at most ${WORDS_MAX} characters`)
      .refine((text) => text.trim() !== '', { message: 'must say something' })
      .refine((text) => !/[^\P{Cc}\n\t]|\p{Cs}/u.test(text), { message: 'must not hold control characters' })
      .meta({ description: 'What the shop reads. Lines may be broken; *bold* and _slanted_ as on WhatsApp.' }),
  }),
  { text: 'The van comes at four.' },
);
export const messageQueued = named('MessageQueued', z.object({ messageId: uuid, replayed }));
