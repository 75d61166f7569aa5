import { z } from 'zod';
import { amountOrZero, day, figure, instant, named, nextCursor, pageQuery, plain, replayed, uuid } from './common.ts';

const cashier = plain(200).meta({ description: 'As the ledger names who books: staff:<id> or api:<id of the key>.' });
const ofTheCalendar = day.meta({ description: "A day of the wholesaler's calendar." });

export const sheetQuery = pageQuery.extend({ day: ofTheCalendar, cashier: cashier.optional() });

const total = z.object({
  cashier,
  method: z.string(),
  payments: z.int(),
  paidMinor: figure,
  reversals: z.int(),
  reversedMinor: figure,
});

const drawer = z.object({
  cashier,
  expectedMinor: figure.meta({ description: 'Cash booked less cash taken back.' }),
  count: z
    .object({
      nth: z.int(),
      expectedMinor: figure.meta({ description: 'What the books expected when it was counted.' }),
      countedMinor: figure,
      note: z.string().nullable(),
      countedBy: z.string(),
      countedAt: instant,
    })
    .nullable()
    .meta({ description: 'The newest count.' }),
});

const entry = z.object({
  entryId: uuid,
  at: instant,
  kind: z.enum(['PAYMENT', 'PAYMENT_REVERSAL']),
  cashier: cashier.meta({ description: 'Who booked it, also of what somebody else took back.' }),
  actor: z.string().meta({ description: 'Who booked this entry.' }),
  paymentId: uuid,
  retailerId: z.string(),
  retailerName: z.string(),
  method: z.string(),
  reference: z.string().nullable(),
  amountMinor: figure,
});

export const cashSheet = named(
  'CashSheet',
  z.object({
    day,
    currency: z.string(),
    totals: z.array(total).meta({ description: 'By cashier and method; of the whole day on every page.' }),
    drawers: z.array(drawer).meta({ description: 'Those with cash in them, or that somebody counted.' }),
    items: z.array(named('CashSheetEntry', entry)).meta({ description: 'In the order of booking.' }),
    nextCursor,
  }),
);

export const countAsked = named(
  'CountDrawer',
  z.strictObject({
    day: ofTheCalendar,
    countedMinor: amountOrZero,
    note: plain(300).optional(),
    seenNth: z
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .meta({ description: '`nth` of the newest count that you know of, 0 for none: of two who count, one is told.' }),
  }),
  { day: '2026-11-30', countedMinor: 1500000 },
);

export const drawerCounted = named(
  'DrawerCounted',
  z.object({ cashier, day, nth: z.int(), expectedMinor: figure, countedMinor: figure, replayed }),
);
