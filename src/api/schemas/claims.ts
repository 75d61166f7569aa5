import { z } from 'zod';
import { amount, figure, instant, named, nextCursor, pageQuery, plain, replayed, uuid } from './common.ts';

export const claimQuery = pageQuery.extend({
  state: z
    .enum(['open', 'recorded', 'refused', 'decided'])
    .default('open')
    .meta({ description: 'open: the longest waiting first; the others: the newest first.' }),
});

export const claim = named(
  'Claim',
  z.object({
    claimId: uuid,
    retailerId: z.string(),
    retailerName: z.string(),
    amountMinor: figure.nullable().meta({ description: 'Null: a picture, and nothing said yet.' }),
    currency: z.string(),
    method: z.string().nullable(),
    reference: z.string().nullable(),
    hasPicture: z.boolean(),
    claimedAt: instant,
    state: z.enum(['open', 'recorded', 'refused']),
    decidedAt: instant.nullable(),
    decidedBy: z.string().nullable(),
    paymentId: uuid.nullable(),
    refusal: z.string().nullable().meta({ description: 'What the shop was told.' }),
    owedMinor: figure,
    sameReference: z
      .array(
        z.object({
          what: z.enum(['payment', 'claim']),
          id: uuid,
          retailerId: z.string(),
          amountMinor: figure.nullable(),
          at: instant,
        }),
      )
      .meta({ description: 'Where else its reference stands; at most ten.' }),
  }),
);

export const claimPage = named('ClaimPage', z.object({ items: z.array(claim), nextCursor }));

export const claimAccepted = named(
  'AcceptClaim',
  z.strictObject({
    amountMinor: amount.optional().meta({ description: 'What came; as claimed unless given.' }),
    method: plain(200).optional().meta({ description: 'As claimed unless given.' }),
    reference: plain(200).optional().meta({ description: 'As claimed unless given.' }),
    receivedAt: instant.optional().meta({ description: 'When the money came, if not now.' }),
    allocations: z
      .array(z.strictObject({ receivableId: uuid, amountMinor: amount }))
      .max(200)
      .optional()
      .meta({ description: 'The debts to settle; the oldest due first unless given.' }),
  }),
  { amountMinor: 500000 },
);

export const claimRefused = named('ClaimRefused', z.object({ claimId: uuid, state: z.enum(['refused']), replayed }));
export const refuseAsked = named(
  'RefuseClaim',
  z.strictObject({ reason: plain(300).meta({ description: 'The shop is told in these words.' }) }),
  { reason: 'nothing came into our bank' },
);
