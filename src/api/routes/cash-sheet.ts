import { z } from 'zod';
import { countCash, expectedCash, newestCounts, sheetEntries, sheetTotals } from '../../payments/index.ts';
import { mustExist } from '../../shared/assert.ts';
import { ID_FORM } from '../../shared/ids.ts';
import { staffNames } from '../../staff/index.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { inputProblem } from '../refusals.ts';
import { done, notFound, read, refuse, write } from '../route.ts';
import * as schema from '../schemas/cash-sheet.ts';
import { plain } from '../schemas/common.ts';

const tag = 'Payments';

const sheet = read({
  id: 'getCashSheet',
  path: '/cash-sheet',
  tag,
  summary: 'What each cashier took on a day, and what their drawers were counted at',
  description:
    'By the moment of booking, in your calendar. What is taken back counts on the day on which it is, in the drawer of ' +
    'whoever booked it.',
  rights: ['payments:write'],
  query: schema.sheetQuery,
  answer: schema.cashSheet,
  async handle({ query: { day, cashier, limit, cursor }, caller: { wholesalerId, currency }, tx }) {
    const of = { wholesalerId, day, cashier };
    const afterId = readCursor(cursor, ID_FORM);
    const totals = await sheetTotals(tx, of);
    const counts = await newestCounts(tx, of);
    const found = await sheetEntries(tx, { ...of, afterId, limit: limit + 1 });
    const cashiers = [
      ...totals.filter(({ method }) => method === 'cash').map((total) => total.cashier),
      ...counts.map((count) => count.cashier),
    ];
    const drawers = [...new Set(cashiers)].sort().map((one) => ({
      cashier: one,
      expectedMinor: expectedCash(totals.filter((total) => total.cashier === one)),
      count: counts.find((count) => count.cashier === one) ?? null,
    }));
    return done({ day, currency, totals, drawers, ...pageOf(found, limit, ({ entryId }) => entryId) });
  },
});

const count = write({
  id: 'countDrawer',
  path: '/cash-sheet/{cashier}/counts',
  tag,
  summary: 'Keep what was counted in the drawer of a cashier',
  description: 'Beside what the books expect in it at this moment. Counts are kept; the newest one is shown.',
  rights: ['payments:write'],
  params: z.object({ cashier: plain(200) }),
  body: schema.countAsked,
  answer: schema.drawerCounted,
  status: 201,
  codes: ['COUNTED_MEANWHILE'],
  async handle({ params: { cashier }, body, caller: { wholesalerId, currency, timeZone, actor }, deps, tx, key }) {
    const { day, countedMinor, seenNth = 0, note = null } = body;
    const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(deps.clock.now());
    if (day > today) return refuse(inputProblem([{ path: 'day', message: 'must not lie ahead' }]));
    const isOwn = cashier === actor;
    if (!isOwn && !(await staffNames(tx, wholesalerId)).has(cashier)) return notFound('cashier');
    const of = { wholesalerId, day, cashier };
    const counted = await countCash(tx, { ...of, countedMinor, currency, note, seenNth, actor, key });
    const kept = mustExist((await newestCounts(tx, of))[0], 'the newest count of the drawer');
    if (counted.kind === 'changed') {
      return refuse({
        status: 409,
        code: 'COUNTED_MEANWHILE',
        detail: 'Somebody counted this drawer since you looked. Nothing of yours was kept.',
        members: {
          nth: kept.nth,
          countedMinor: Number(kept.countedMinor),
          countedBy: kept.countedBy,
          retryable: false,
        },
      });
    }
    return done({
      cashier,
      day,
      nth: counted.nth,
      expectedMinor: kept.expectedMinor,
      countedMinor: kept.countedMinor,
      replayed: false,
    });
  },
});

export const cashSheetRoutes = [sheet, count];
