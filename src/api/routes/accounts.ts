import { Readable } from 'node:stream';
import { z } from 'zod';
import {
  type AccountFigures,
  type AccountResult,
  type Credit,
  listAccounts,
  newestProof,
  type StatementRefused,
  type StatusResult,
  statementPdf,
} from '../../credit/index.ts';
import type { Tx } from '../../db/index.ts';
import { HttpProblem } from '../../http/problem.ts';
import { mustExist } from '../../shared/assert.ts';
import { formatMinor } from '../../shared/money.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { creditProblem, failureProblem } from '../refusals.ts';
import { type Ask, done, type Outcome, read, refuse, write } from '../route.ts';
import * as schema from '../schemas/accounts.ts';
import { pageQuery, retailerId } from '../schemas/common.ts';

const tag = 'Credit accounts';
const params = z.object({ retailerId });
const NO_ACCOUNT = creditProblem('CREDIT_ACCOUNT_NOT_FOUND', 'This shop has no credit account.', { retryable: false });

const check = read({
  id: 'checkCredit',
  path: '/credit/check',
  tag,
  summary: 'Whether so much would fit now, and why not; holds nothing',
  description: 'By the time of an order others may have been there: only placing it holds credit.',
  rights: ['credit:read'],
  query: schema.checkQuery,
  answer: schema.checkAnswer,
  codes: ['CREDIT_ACCOUNT_NOT_FOUND', 'INVALID_AMOUNT'],
  async handle({ query, caller: { wholesalerId }, deps, tx }) {
    const {
      fits,
      code,
      message,
      figures,
      shortByMinor = 0n,
    } = await deps.credit.checkCredit({ ...query, wholesalerId }, { tx });
    if (figures === null) return refuse(NO_ACCOUNT);
    const money = (value: bigint): string => `${formatMinor(value, figures.currency, 'en')} ${figures.currency}`;
    const fitting = `${money(query.amountMinor)} fits: ${money(figures.availableMinor)} is available.`;
    return done({ ...figures, fits, ...(code !== null && { code }), shortByMinor, why: message ?? fitting });
  },
});

const list = read({
  id: 'listAccounts',
  path: '/accounts',
  tag,
  summary: 'Credit accounts, in the order of their shops',
  rights: ['credit:read'],
  query: schema.accountQuery,
  answer: schema.accountPage,
  async handle({ query: { limit, cursor, status }, caller: { wholesalerId }, tx }) {
    const after = readCursor(cursor, /^[^\0]{1,200}$/);
    const found = await listAccounts(tx, { wholesalerId, status, after, limit: limit + 1 });
    return done(pageOf(found.map(shown), limit, (account) => account.retailerId));
  },
});

const open = write({
  id: 'openAccount',
  path: '/accounts',
  tag,
  summary: 'Open a credit account for a shop, or bring one to these terms',
  description:
    'Opening it again with the same terms changes nothing. What was owed before is booked at the opening only.',
  rights: ['credit:write'],
  body: schema.openAsked,
  answer: schema.accountChanged,
  status: 201,
  codes: ['CREDIT_ACCOUNT_NOT_FOUND', 'INVALID_AMOUNT', 'INVALID_TERMS'],
  async handle({ body, caller: { wholesalerId, actor, currency }, deps, tx }) {
    const { limitValidUntil, ...terms } = body;
    const asked = { ...terms, limitValidUntil: asText(limitValidUntil), wholesalerId, currency, actor, source: 'api' };
    const opened = await deps.credit.openAccount(asked, { tx });
    if (!opened.success) return refuse(failureProblem(opened));
    const account = await readShown(deps.credit, tx, { wholesalerId, retailerId: body.retailerId });
    const replayed = opened.changes.length === 0;
    return done({ ...mustExist(account, 'the account that was opened'), ledgerEntryId: null, replayed });
  },
});

const asText = (value: Date | string | null | undefined): string | null | undefined =>
  value instanceof Date ? value.toISOString() : value;

const one = read({
  id: 'getAccount',
  path: '/accounts/{retailerId}',
  tag,
  summary: 'A credit account as it stands',
  rights: ['credit:read'],
  params,
  answer: schema.account,
  codes: ['CREDIT_ACCOUNT_NOT_FOUND'],
  async handle({ params: { retailerId }, caller: { wholesalerId }, deps, tx }) {
    const account = await readShown(deps.credit, tx, { wholesalerId, retailerId });
    return account === null ? refuse(NO_ACCOUNT) : done(account);
  },
});

const change = write({
  id: 'changeAccount',
  method: 'PATCH',
  path: '/accounts/{retailerId}',
  tag,
  summary: 'Change the limit, its validity or the terms',
  description: 'A limit may lie below what is out: that only stops new orders. What is left out stays as it is.',
  rights: ['credit:write'],
  params,
  body: schema.changeAsked,
  answer: schema.accountChanged,
  codes: ['CREDIT_ACCOUNT_NOT_FOUND', 'INVALID_TERMS', 'INVALID_REASON', 'DUPLICATE_ORDER'],
  async handle(ask) {
    const { params: at, body, caller, deps, tx, key } = ask;
    const { limitMinor, limitValidUntil: validUntil, reason, ...terms } = body;
    const by = { ...at, wholesalerId: caller.wholesalerId, actor: caller.actor, source: 'api', reason };
    const results: AccountResult[] = [];
    if (Object.keys(terms).length > 0) results.push(await deps.credit.setTerms({ ...by, ...terms }, { tx }));
    if (limitMinor !== undefined || validUntil !== undefined) {
      results.push(await deps.credit.changeLimit({ ...by, limitMinor, validUntil, key }, { tx }));
    }
    for (const result of results) {
      // Thrown, so that one half does not stay without the other.
      if (!result.success) throw new HttpProblem(failureProblem(result));
    }
    return accountAfter(ask, mustExist(results.at(-1), 'a change'));
  },
});

function statusRoute(id: string, verb: 'block' | 'unblock' | 'close', words: { summary: string; description: string }) {
  return write({
    id,
    path: `/accounts/{retailerId}/${verb}`,
    tag,
    ...words,
    rights: ['credit:write'],
    params,
    body: schema.reasonAsked,
    answer: schema.accountChanged,
    codes: ['CREDIT_ACCOUNT_NOT_FOUND', 'INVALID_REASON'],
    async handle(ask) {
      const { params: at, body, caller, deps, tx } = ask;
      const asked = { ...at, ...body, wholesalerId: caller.wholesalerId, actor: caller.actor, source: 'api' };
      return accountAfter(ask, await deps.credit[`${verb}Account`](asked, { tx }));
    },
  });
}

const block = statusRoute('blockAccount', 'block', {
  summary: 'Stop new orders on credit',
  description: 'Deliveries of what is held, payments and statements go on.',
});
const unblock = statusRoute('unblockAccount', 'unblock', {
  summary: 'Allow orders on credit again',
  description: 'Also opens a closed account again. An overdue debt goes on stopping orders until it is paid.',
});
const close = statusRoute('closeAccount', 'close', {
  summary: 'Close the account for new orders',
  description: 'What is owed stays owed, and payments are still taken.',
});

const override = write({
  id: 'grantOverride',
  path: '/accounts/{retailerId}/override',
  tag,
  summary: 'Let one order pass the limit',
  description: 'Lifts no block and no overdue debt.',
  rights: ['credit:write'],
  params,
  body: schema.overrideAsked,
  answer: schema.accountChanged,
  status: 201,
  codes: ['CREDIT_ACCOUNT_NOT_FOUND', 'INVALID_TERMS', 'INVALID_REASON', 'DUPLICATE_ORDER'],
  async handle(ask) {
    const { params: at, body, caller, deps, tx, key } = ask;
    const { approver, ...grant } = body;
    const asked = { ...at, ...grant, wholesalerId: caller.wholesalerId, actor: approver, source: 'api', key };
    return accountAfter(ask, await deps.credit.grantOverride({ ...asked, cause: caller.actor }, { tx }));
  },
});

type OnAccount = Pick<Ask<typeof params, undefined, undefined>, 'params' | 'caller' | 'deps' | 'tx'>;

/** The account as the change left it. */
async function accountAfter(
  { params: { retailerId }, caller: { wholesalerId }, deps, tx }: OnAccount,
  result: AccountResult | StatusResult,
): Promise<Outcome<z.output<typeof schema.accountChanged>>> {
  if (!result.success) return refuse(failureProblem(result));
  const account = await readShown(deps.credit, tx, { wholesalerId, retailerId });
  const { ledgerEntryId, replayed } = result;
  return done({ ...mustExist(account, 'the account that was changed'), ledgerEntryId, replayed });
}

const ledger = read({
  id: 'listLedgerEntries',
  path: '/accounts/{retailerId}/ledger',
  tag,
  summary: 'The entries of the ledger, in the order they were written',
  description: 'Entries are only ever added at the end.',
  rights: ['credit:read'],
  params,
  query: pageQuery,
  answer: schema.ledgerPage,
  codes: ['CREDIT_ACCOUNT_NOT_FOUND'],
  async handle({ params: { retailerId }, query: { limit, cursor }, caller: { wholesalerId }, deps, tx }) {
    const afterSeq = BigInt(readCursor(cursor, /^\d{1,18}$/) ?? 0);
    const key = { wholesalerId, retailerId };
    if ((await deps.credit.getAccount(key, { tx })) === null) return refuse(NO_ACCOUNT);
    const found = await deps.credit.listEntries({ ...key, afterSeq, limit: limit + 1 }, { tx });
    return done(pageOf(found, limit, ({ seq }) => String(seq)));
  },
});

const statement = read({
  id: 'getStatement',
  path: '/accounts/{retailerId}/statement',
  tag,
  summary: 'All movements of some days with the balance after each',
  description: 'As JSON and PDF at most 5,000 movements; as CSV of any length, streamed.',
  rights: ['credit:read'],
  params,
  query: schema.statementQuery,
  answer: schema.statement,
  files: ['text/csv', 'application/pdf'],
  codes: ['CREDIT_ACCOUNT_NOT_FOUND', 'INVALID_PERIOD', 'STATEMENT_TOO_LONG'],
  async handle({ params: at, query: { from, to, format }, caller, deps, tx }) {
    const asked = { ...at, from, to, wholesalerId: caller.wholesalerId };
    const filename = `statement-${at.retailerId}-${from}.${format}`;
    if (format === 'csv') {
      const csv = await deps.credit.statementCsv(asked, { tx });
      if (csv.kind === 'refused') return refuse(statementProblem(csv));
      const body = Readable.from(csv.chunks);
      return { kind: 'file', file: { contentType: 'text/csv; charset=utf-8', filename, body } };
    }
    const found = await deps.credit.statement(asked, { tx });
    if (found.kind === 'refused') return refuse(statementProblem(found));
    if (format === 'json') return done(found);
    const body = Readable.from(statementPdf(found, { language: caller.language, generatedAt: deps.clock.now() }));
    return { kind: 'file', file: { contentType: 'application/pdf', filename, body } };
  },
});

function statementProblem({ code, message }: StatementRefused) {
  const status = code === 'CREDIT_ACCOUNT_NOT_FOUND' ? 404 : 422;
  return { status, code, detail: message, ...(code === 'INVALID_PERIOD' && { members: { path: 'from' } }) };
}

const proof = read({
  id: 'getLedgerProof',
  path: '/ledger/proof',
  tag,
  summary: 'The newest proof of the whole ledger',
  description: 'Every hash and every figure of all accounts is recomputed by a timer; this is what it found last.',
  rights: ['credit:read'],
  answer: schema.proof,
  async handle({ tx }) {
    return done((await newestProof(tx)) ?? { ok: null, startedAt: null, finishedAt: null });
  },
});

type AccountKey = { wholesalerId: string; retailerId: string };

async function readShown(credit: Credit, tx: Tx, key: AccountKey) {
  const account = await credit.getAccount(key, { tx });
  return account === null ? null : shown(account);
}

/** A day of the calendar comes from the database as midnight UTC. */
const shown = ({ oldestDueOn, ...account }: AccountFigures) => ({
  ...account,
  oldestDueOn: oldestDueOn?.toISOString().slice(0, 10) ?? null,
});

export const accountRoutes = [
  check,
  list,
  open,
  one,
  change,
  block,
  unblock,
  close,
  override,
  ledger,
  statement,
  proof,
];
