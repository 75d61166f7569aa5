import { z } from 'zod';
import { ROLES } from '../../staff/index.ts';
import { RIGHTS } from '../rights.ts';
import { instant, named, nextCursor, plain, replayed, uuid } from './common.ts';

const role = z.enum(ROLES).meta({
  description:
    'viewer: looks; sales: orders, chats, catalogue; cashier: payments; credit_controller: credit, approvals, people; admin: ' +
    'everything.',
});

const staffMember = named(
  'StaffMember',
  z.object({
    staffId: uuid,
    email: z.string(),
    name: z.string(),
    role,
    hasPassword: z.boolean().meta({ description: 'False: the link of the invitation was not used yet.' }),
    seenAt: instant.nullable(),
    leftAt: instant.nullable(),
  }),
);
export const staffPage = named('StaffPage', z.object({ items: z.array(staffMember), nextCursor }));

export const staffInvited = named(
  'InviteStaff',
  z.strictObject({ email: z.email('must be an e-mail address').max(200), name: plain(200), role }),
  { email: 'om@example.com', name: 'Om', role: 'sales' },
);

export const invitation = named(
  'Invitation',
  z.object({
    staffId: uuid,
    email: z.string(),
    name: z.string(),
    role,
    link: z
      .string()
      .nullable()
      .meta({
        description:
          'Signs its person in once, within 24 hours, to choose a password. Shown this once: a repeat has null. Where the ' +
          'service does not know its public address, it begins with /console.',
      }),
    replayed,
  }),
);

export const roleChange = named('ChangeStaff', z.strictObject({ role }), { role: 'cashier' });
export const staffChanged = named('StaffChanged', staffMember.extend({ replayed }));

const rights = z.array(z.enum(RIGHTS)).min(1, 'must name a right').max(RIGHTS.length);

export const keyPage = named(
  'ApiKeyPage',
  z.object({
    items: z.array(
      named(
        'ApiKey',
        z.object({
          keyId: uuid,
          name: z.string(),
          rights: z.array(z.string()),
          createdAt: instant,
          createdBy: z.string(),
          lastUsedAt: instant.nullable().meta({ description: 'To the minute; null: never.' }),
          revokedAt: instant.nullable(),
          isOwn: z.boolean().meta({ description: 'The key of this request.' }),
        }),
      ),
    ),
    nextCursor,
  }),
);

export const keyAsked = named(
  'MakeApiKey',
  z.strictObject({
    name: plain(100).meta({ description: 'For which program.' }),
    rights: rights.meta({ description: 'None that the key of this request has not; `admin` has all.' }),
  }),
  { name: 'Our ERP', rights: ['orders:write', 'credit:read'] },
);

export const keyMade = named(
  'ApiKeyMade',
  z.object({
    keyId: uuid,
    name: z.string(),
    rights: z.array(z.string()),
    key: z.string().nullable().meta({ description: 'Shown this once: only a hash of it is kept. A repeat has null.' }),
    replayed,
  }),
);

export const revokeAsked = named(
  'RevokeApiKey',
  z.strictObject({
    own: z
      .boolean()
      .optional()
      .meta({ description: 'To revoke the key of this request itself: it is the last thing that it does.' }),
  }),
  {},
);
export const keyRevoked = named('ApiKeyRevoked', z.object({ keyId: uuid, replayed }));
