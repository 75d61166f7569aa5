import { z } from 'zod';
import type { Database } from '../db/index.ts';
import type { FastifyInstance } from '../http/server.ts';
import { countAnswers } from './reply-source.ts';

const bodySchema = z.object({ ids: z.array(z.string().max(700)).max(5_000) });

/** For the replay command: how many replies each message has had. Only demo and dev have this route; counts alone. */
export async function answeredRoutes(app: FastifyInstance, db: Database): Promise<void> {
  app.post('/simulator/api/answered', async (request) => {
    const { ids } = bodySchema.parse(request.body);
    return { answered: Object.fromEntries(await countAnswers(db.prisma, ids)) };
  });
}
