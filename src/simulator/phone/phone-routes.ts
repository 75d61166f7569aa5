import { z } from 'zod';
import type { Database } from '../../db/index.ts';
import type { FastifyInstance } from '../../http/server.ts';
import type { FakeGraph } from '../fake-graph.ts';
import { readPeople } from './people.ts';
import { isAllSaid } from './settled.ts';
import { type ShownMessage, shownMessage } from './shown.ts';

const lookSchema = z.object({
  /** Phone or business-scoped id. */
  address: z.string().min(1).max(200),
  /** How many messages and read marks the phone has seen already. */
  seen: z.object({ messages: z.int().min(0), reads: z.int().min(0) }),
  /** Messages of this phone that it waits for an answer to. */
  waitingFor: z.array(z.string().max(700)).max(100),
});

/** What is new on a phone since it last looked. */
export type Look = {
  messages: ShownMessage[];
  /** Messages of people that the business read, and whether it is typing; anybody's. */
  reads: { wamid: string; typing: boolean }[];
  seen: { messages: number; reads: number };
  /** Everything that the phone waits for was answered and sent, and nothing else is under way. */
  settled: boolean;
};

/** The doors of phones beside a running service; demo and dev only. What people say goes through the webhook. */
export async function phoneRoutes(app: FastifyInstance, db: Database, graph: FakeGraph): Promise<void> {
  app.get('/simulator/api/phone/people', async () => ({ people: await readPeople(db.prisma) }));
  app.post('/simulator/api/phone/look', async (request): Promise<Look> => {
    const { address, seen, waitingFor } = lookSchema.parse(request.body);
    // Asked before the messages are read: what is sent in between is shown now, and counted as settled at the next look.
    const settled = await isAllSaid(db.prisma, waitingFor);
    const messages = graph.sentTo(address);
    const reads = graph.reads();
    return {
      messages: messages.slice(seen.messages).map(shownMessage),
      reads: reads.slice(seen.reads).map(({ wamid, typing }) => ({ wamid, typing })),
      seen: { messages: messages.length, reads: reads.length },
      settled,
    };
  });
}
