import { Prisma } from '../generated/prisma/client.ts';

/** How far a message has come, as an SQL array: a report moves it up these steps only. Failed and dropped are ends. */
export const LADDER = Prisma.sql`array['queued', 'sending', 'uncertain', 'accepted', 'sent', 'delivered', 'read']`;
