import { z } from 'zod';
import { shopIdentitySchema, shopRetailerSchema } from '../../catalogue/index.ts';
import { openAsked } from './accounts.ts';
import { instant, named, nextCursor, pageQuery, replayed, retailerId, uuid } from './common.ts';

const phone = z.string().nullable().meta({ description: 'Digits with the country code, without plus.' });

export const registrationPage = named(
  'RegistrationPage',
  z.object({
    items: z.array(
      named(
        'Registration',
        z.object({
          registrationId: uuid,
          profileName: z.string().nullable().meta({ description: 'As the person calls themselves on WhatsApp.' }),
          phone,
          givenPhone: phone.meta({ description: 'A phone that the person gave; WhatsApp did not show it.' }),
          bsuid: z.string().nullable().meta({ description: "Meta's business-scoped user id." }),
          askedAt: instant,
        }),
      ),
    ),
    nextCursor,
  }),
);

export const registrationAccepted = named(
  'AcceptRegistration',
  z
    .strictObject({
      retailerId: retailerId.optional().meta({ description: 'A shop that is there already.' }),
      newShop: named(
        'NewShop',
        shopRetailerSchema.omit({ credit: true, identities: true }).extend({
          account: openAsked
            .omit({ retailerId: true })
            .optional()
            .meta({ description: 'The credit account that is opened for it; without one it cannot order yet.' }),
        }),
      )
        .optional()
        .meta({ description: 'A shop that is added with this person.' }),
    })
    .refine(({ retailerId: known, newShop }) => (known === undefined) !== (newShop === undefined), {
      message: 'must be given, or newShop in its place, and not both',
      path: ['retailerId'],
    }),
  { retailerId: 'asha' },
);

export const registrationDecided = named(
  'RegistrationDecided',
  z.object({
    registrationId: uuid,
    state: z.enum(['approved', 'refused']),
    retailerId: z.string().nullable(),
    replayed,
  }),
);

export const linkPage = named(
  'IdentityLinkPage',
  z.object({
    items: z.array(
      named(
        'IdentityLink',
        z.object({
          linkId: uuid,
          retailerId: z.string(),
          reason: z
            .enum([
              'number_changed',
              'id_changed',
              'identity_changed',
              'known_phone',
              'known_parent',
              'contact_card',
              'id_of_two',
            ])
            .meta({ description: 'Why they are said to be this shop.' }),
          phone: phone.meta({ description: 'The new phone.' }),
          bsuid: z.string().nullable().meta({ description: 'The new WhatsApp id.' }),
          since: instant,
        }),
      ),
    ),
    nextCursor,
  }),
);

export const linkConfirmed = named(
  'ConfirmIdentityLink',
  z.strictObject({
    keepOld: z
      .boolean()
      .optional()
      .meta({ description: 'Whether the old identity goes on beside the new one; by its reason unless given.' }),
  }),
  {},
);

export const linkDecided = named(
  'IdentityLinkDecided',
  z.object({ linkId: uuid, state: z.enum(['confirmed', 'refused']), replayed }),
);

export const identityQuery = pageQuery.extend({
  state: z
    .enum(['current', 'all'])
    .default('current')
    .meta({ description: 'current: those that open the account now; all: also those that did.' }),
});

export const identityPage = named(
  'IdentityPage',
  z.object({
    items: z.array(
      named(
        'Identity',
        z.object({
          identityId: uuid,
          kind: z.enum(['phone', 'bsuid', 'parent_bsuid', 'username']),
          value: z.string(),
          personId: uuid.meta({ description: 'Identities of one person have the same.' }),
          since: instant,
          endedAt: instant.nullable().meta({ description: 'Since when it opens the account no more.' }),
          heldBy: uuid.nullable().meta({ description: 'The identity link that is to be decided first.' }),
          isApprover: z.boolean(),
        }),
      ),
    ),
    nextCursor,
  }),
);

export const identityGiven = named('LinkIdentity', shopIdentitySchema, { kind: 'phone', value: '919800000001' });
export const identityDecided = named(
  'IdentityDecided',
  z.object({ retailerId: z.string(), identityId: uuid, replayed }),
);
