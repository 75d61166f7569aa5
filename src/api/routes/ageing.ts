import { readCursor, writeCursor } from '../cursor.ts';
import { done, read } from '../route.ts';
import * as schema from '../schemas/ageing.ts';

/** How old what is owed is, account by account. */
const ageing = read({
  id: 'listAgeing',
  path: '/ageing',
  tag: 'Credit accounts',
  summary: 'What every shop owes, by days past the due date',
  description:
    'In the order of the shops, also those that owe nothing. Days are those of your calendar. With `asOf` the books as they ' +
    'stood at that instant; for one picture of all pages give every page the same.',
  rights: ['credit:read'],
  query: schema.ageingQuery,
  answer: schema.ageingPage,
  async handle({ query: { limit, cursor, retailerId, asOf }, caller: { wholesalerId }, deps, tx }) {
    const after = readCursor(cursor, /^[^\0]{1,200}$/);
    const { accounts, next } = await deps.credit.ageing({ wholesalerId, retailerId, asOf, after, limit }, { tx });
    return done({ items: accounts, nextCursor: next === null ? null : writeCursor(next) });
  },
});

export const ageingRoutes = [ageing];
