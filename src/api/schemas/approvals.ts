import { z } from 'zod';
import { figure, instant, named, nextCursor, pageQuery, replayed, uuid } from './common.ts';

export const approvalQuery = pageQuery.extend({
  state: z
    .enum(['open', 'decided'])
    .default('open')
    .meta({ description: 'open: the longest waiting first; decided: the newest first.' }),
});

export const approvalPage = named(
  'ApprovalPage',
  z.object({
    items: z.array(
      named(
        'Approval',
        z.object({
          approvalId: uuid,
          orderId: z.string(),
          number: z.int(),
          retailerId: z.string(),
          retailerName: z.string(),
          state: z.enum(['open', 'approved', 'rejected', 'refused', 'withdrawn', 'expired']).meta({
            description: 'refused: approved, and refused by credit, see `refusalCode`; withdrawn: by the shop.',
          }),
          amountMinor: figure,
          currency: z.string(),
          shortMinor: figure.meta({ description: 'How much above its credit the order was when it was asked for.' }),
          limitMinor: figure,
          owedMinor: figure,
          heldMinor: figure,
          overdueMinor: figure,
          askedAt: instant,
          expiresAt: instant,
          decidedAt: instant.nullable(),
          decidedBy: z.string().nullable().meta({ description: 'A name, where somebody decided.' }),
          refusalCode: z.string().nullable(),
        }),
      ),
    ),
    nextCursor,
  }),
);

export const approvalAnswer = named(
  'AnswerApproval',
  z.strictObject({ approve: z.boolean().meta({ description: 'true: let it pass the limit; false: reject it.' }) }),
  { approve: true },
);

export const approvalAnswered = named(
  'ApprovalAnswered',
  z.object({
    approvalId: uuid,
    orderId: z.string(),
    number: z.int(),
    outcome: z.enum(['approved', 'rejected']),
    amountMinor: figure,
    availableMinor: figure.nullable().meta({ description: 'What is left to the shop, where the order was placed.' }),
    replayed,
  }),
);
