import { z } from 'zod';
import { instant, named, nextCursor, pageQuery, replayed, uuid } from './common.ts';

const fields = z.record(z.string(), z.unknown());

export const alertQuery = pageQuery.extend({ state: z.enum(['open', 'all']).default('open') });
export const alertList = named(
  'AlertList',
  z.object({
    items: z.array(
      named(
        'Alert',
        z.object({
          id: uuid,
          kind: z.string(),
          key: z.string(),
          severity: z.enum(['warning', 'critical']),
          title: z.string(),
          hint: z.string(),
          subject: fields,
          raisedAt: instant,
          seenAt: instant,
          closedAt: instant.nullable(),
        }),
      ),
    ),
    nextCursor,
  }),
);

export const alertClosed = named('AlertClosed', z.object({ alertId: uuid, replayed }));

export const auditPage = named(
  'AuditPage',
  z.object({
    items: z.array(
      named(
        'AuditEntry',
        z.object({
          id: uuid,
          at: instant,
          actor: z.string(),
          action: z.string(),
          subject: fields,
          before: fields.nullable(),
          after: fields.nullable(),
        }),
      ),
    ),
    nextCursor,
  }),
);
