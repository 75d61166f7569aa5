import { z } from 'zod';
import { instant, plain, retailerId } from './common.ts';
import { orderQuery } from './orders.ts';

const search = plain(100).default('');

export const orderFile = z.strictObject({
  retailerId: retailerId.optional(),
  status: orderQuery.shape.status,
  search: search.meta({ description: 'A number, or a part of the name or id of the shop.' }),
});

export const accountFile = z.strictObject({
  filter: z
    .enum(['all', 'overdue', 'full', 'blocked'])
    .default('all')
    .meta({ description: 'full: nothing is left; blocked: takes no order whatever is left.' }),
  search: search.meta({ description: 'A part of the name or id of the shop.' }),
});

export const paymentFile = z.strictObject({
  retailerId: retailerId.optional(),
  search: search.meta({ description: 'A part of the name or id of the shop, or of the reference.' }),
  method: plain(200).optional(),
  from: instant.optional().meta({ description: 'Received at this instant or later.' }),
  until: instant.optional().meta({ description: 'Received before this instant.' }),
});
