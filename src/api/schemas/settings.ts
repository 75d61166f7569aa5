import { z } from 'zod';
import { shopApproverSchema, shopIdentitySchema } from '../../catalogue/index.ts';
import { POLICY_NAMES, settingsSchema } from '../../settings/index.ts';
import { givenPoliciesSchema, LANGUAGES } from '../../shared/policies.ts';
import { named, nextCursor, plain, replayed, uuid } from './common.ts';

const policies = named('Policies', givenPoliciesSchema);

export const settings = named(
  'Settings',
  z.object({
    name: z.string(),
    currency: z.string().meta({ description: 'All credit is kept in it, so it stays.' }),
    language: z.string(),
    timeZone: z.string(),
    policies,
    decided: z.array(z.string()).meta({
      description:
        'The policies that were decided; the others show our defaults, but for `holdLifetimeHours`: each account has its own.',
    }),
    version: z.string().meta({ description: 'Stands for what the settings are now; a change names the one it saw.' }),
  }),
);

export const settingsChange = named(
  'ChangeSettings',
  settingsSchema
    .extend({
      seen: plain(100).meta({ description: 'The `version` that the change is based on.' }),
      reset: z
        .array(z.enum(POLICY_NAMES))
        .max(POLICY_NAMES.length)
        .optional()
        .meta({ description: 'Policies that go back to our defaults.' }),
    })
    .refine(({ reset = [], policies: given = {} }) => !reset.some((name) => Object.hasOwn(given, name)), {
      message: 'must not name a policy that is given a value',
      path: ['reset'],
    }),
  { seen: 'mCsEYvRzvv8Qc3OgH1xv4w', policies: { minimumOrderMinor: 50000 } },
);

export const settingsChanged = named(
  'SettingsChanged',
  settings.extend({
    changed: z.array(z.string()).meta({ description: 'Names of what differs now.' }),
    replayed,
  }),
);

export const approverPage = named(
  'ApproverPage',
  z.object({
    items: z.array(
      named(
        'Approver',
        z.object({
          approverId: uuid,
          name: z.string(),
          language: z.string().nullable().meta({ description: "Null: the wholesaler's." }),
          identities: z.array(
            z.object({
              kind: z.string(),
              value: z.string(),
              shop: z.string().nullable().meta({ description: 'The name of a shop that they have besides.' }),
            }),
          ),
        }),
      ),
    ),
    nextCursor,
  }),
);

const isPhone = (value: string): boolean => shopIdentitySchema.safeParse({ kind: 'phone', value }).success;

export const approverGiven = named(
  'AddApprover',
  z.strictObject({
    name: shopApproverSchema.shape.name,
    phone: z
      .string()
      .refine(isPhone, { message: 'must be the digits of the number with country code, without plus' })
      .meta({ description: 'Digits with the country code, without plus.' }),
    language: z
      .enum(LANGUAGES)
      .optional()
      .meta({ description: "In which requests come until they write in another; the wholesaler's unless given." }),
  }),
  { name: 'Ravi', phone: '919800000099' },
);
export const approverSaved = named('ApproverSaved', z.object({ approverId: uuid, replayed }));
