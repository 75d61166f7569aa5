import { z } from 'zod';
import { day, figure, instant, named, nextCursor, pageQuery, retailerId } from './common.ts';

export const ageingQuery = pageQuery.extend({
  retailerId: retailerId.optional(),
  asOf: instant.optional().meta({ description: 'As the books stood then; now unless given.' }),
});

export const ageingPage = named(
  'AgeingPage',
  z.object({
    items: z.array(
      named(
        'Ageing',
        z.object({
          retailerId: z.string(),
          retailerName: z.string(),
          currency: z.string(),
          day: day.meta({ description: 'The day that due dates were compared with.' }),
          notDueMinor: figure,
          days1To30Minor: figure,
          days31To60Minor: figure,
          days61To90Minor: figure,
          over90Minor: figure,
          overdueMinor: figure.meta({ description: 'All that is past its due date; days of grace do not count here.' }),
          owedMinor: figure.meta({ description: 'All of it, due or not.' }),
          unappliedMinor: figure.meta({ description: 'Paid, but not yet against any debt.' }),
          balanceMinor: figure.meta({ description: 'Owed less unapplied; below zero when you owe the shop.' }),
          oldestDueOn: day.nullable(),
        }),
      ),
    ),
    nextCursor,
  }),
);
