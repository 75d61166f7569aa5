import { Readable } from 'node:stream';
import { z } from 'zod';
import { type AccountFigures, awaitAccounts, retailerName, statementPdf } from '../../credit/index.ts';
import { inTransaction, type Tx } from '../../db/index.ts';
import { addDays, instantOf } from '../../shared/local-time.ts';
import { refuse } from '../read-form.ts';
import { readMoney } from '../read-money.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { type AccountFormStates, showAccount } from './account.ts';
import { lastDayOf, versionOf } from './account-forms.ts';

const PATH = '/console/accounts/:retailerId';

export const accountActionRoutes: readonly ConsoleRoute[] = [
  action(`${PATH}/limit`, 'change_credit', changeLimit),
  action(`${PATH}/terms`, 'change_credit', changeTerms),
  action(`${PATH}/block`, 'change_credit', (request) => changeStatus(request, 'blockAccount', 'account_blocked')),
  action(`${PATH}/override`, 'approve_orders', grantOverride),
  action(`${PATH}/unblock`, 'change_credit', (request) => changeStatus(request, 'unblockAccount', 'account_unblocked')),
  page(`${PATH}/statement`, 'look', statement),
];

type Wanted = {
  errors: Record<string, string>;
  notice: string;
  /** Whether the account already is as the form wants it. */
  isSo(account: AccountFigures): boolean;
};

type FormName = keyof AccountFormStates;
type Result = { success: true } | { success: false; code: string; message: string };

async function changeLimit(request: PageRequest): Promise<PageAnswer> {
  const { form: given, format, wholesaler, actor, deps, now } = request;
  const limitMinor = readMoney(given.get('limit') ?? '', wholesaler.currency, format.locale);
  const until = given.get('until') ?? '';
  const reason = reasonOf(given, 'limitReason');
  const errors: Record<string, string> = {};
  if (limitMinor === null) errors.limit = `Write an amount such as ${format.money(10_000_00n)}.`;
  if (until !== '' && !/^\d{4}-\d\d-\d\d$/.test(until)) errors.until = 'Choose a day, or leave it empty.';
  else if (until !== '' && until < format.dayOf(now))
    errors.until = 'This day is over. Choose a later one, or leave it empty.';
  if (reason === '') errors.limitReason = WHY;
  const isSo = (account: AccountFigures): boolean =>
    account.limitMinor === limitMinor && lastDayOf(account, format) === until;
  return change(request, 'limit', { errors, notice: 'limit_changed', isSo }, (tx, key) =>
    deps.credit.changeLimit(
      {
        ...key,
        limitMinor: limitMinor ?? 0n,
        validUntil: until === '' ? null : until,
        reason,
        actor,
        source: 'console',
        key: keyOf(given),
      },
      { tx },
    ),
  );
}

/** For an order that is still to come, from a program or by phone: what waits in a chat is answered under Approvals. */
async function grantOverride(request: PageRequest): Promise<PageAnswer> {
  const { form: given, format, wholesaler, actor, deps } = request;
  const orderId = (given.get('overrideOrder') ?? '').trim();
  const amountMinor = readMoney(given.get('above') ?? '', wholesaler.currency, format.locale);
  const until = given.get('overrideUntil') ?? '';
  const reason = reasonOf(given, 'overrideReason');
  const errors: Record<string, string> = {};
  if (orderId === '') errors.overrideOrder = 'Write which order this is for.';
  if (amountMinor === null || amountMinor <= 0n) errors.above = `Write an amount such as ${format.money(10_000_00n)}.`;
  if (!z.iso.date().safeParse(until).success) errors.overrideUntil = 'Choose the last day on which it may be placed.';
  if (reason === '') errors.overrideReason = WHY;
  return change(request, 'override', { errors, notice: 'override_granted', isSo: () => false }, (tx, key) =>
    deps.credit.grantOverride(
      {
        ...key,
        orderId,
        amountMinor: amountMinor ?? 0n,
        currency: wholesaler.currency,
        expiresAt: instantOf({ day: addDays(until, 1), time: '00:00' }, wholesaler.timeZone),
        reason,
        actor,
        source: 'console',
        key: keyOf(given),
      },
      { tx },
    ),
  );
}

async function changeTerms(request: PageRequest): Promise<PageAnswer> {
  const { form: given, actor, deps } = request;
  const errors: Record<string, string> = {};
  const days = (name: string): number => {
    const text = (given.get(name) ?? '').trim();
    if (!/^\d{1,4}$/.test(text) || Number(text) > 3650) errors[name] = 'Write a number of days, such as 14.';
    return Number(text);
  };
  const terms = { termsDays: days('termsDays'), graceDays: days('graceDays') };
  const reason = reasonOf(given, 'termsReason');
  if (reason === '') errors.termsReason = WHY;
  const isSo = (account: AccountFigures): boolean =>
    account.termsDays === terms.termsDays && account.graceDays === terms.graceDays;
  return change(request, 'terms', { errors, notice: 'terms_changed', isSo }, (tx, key) =>
    deps.credit.setTerms({ ...key, ...terms, reason, actor, source: 'console' }, { tx }),
  );
}

async function changeStatus(
  request: PageRequest,
  how: 'blockAccount' | 'unblockAccount',
  notice: string,
): Promise<PageAnswer> {
  const { form: given, actor, deps } = request;
  const reason = reasonOf(given, 'statusReason');
  const errors: Record<string, string> = reason === '' ? { statusReason: WHY } : {};
  const wanted = how === 'blockAccount' ? 'blocked' : 'active';
  const isSo = (account: AccountFigures): boolean => account.status === wanted;
  return change(request, 'status', { errors, notice, isSo }, (tx, key) =>
    deps.credit[how]({ ...key, reason, actor, source: 'console' }, { tx }),
  );
}

/**
 * Carries a change of an account out, unless somebody else decided about it since the form was opened: then it shows what
 * is there now, with what was typed. The account is locked before the look, so of two at the same instant the second sees
 * the first.
 */
async function change(
  request: PageRequest,
  form: FormName,
  { errors, notice, isSo }: Wanted,
  carryOut: (tx: Tx, key: { wholesalerId: string; retailerId: string }) => Promise<Result>,
): Promise<PageAnswer> {
  const { deps, wholesaler, param, form: given, format } = request;
  const key = { wholesalerId: wholesaler.id, retailerId: param('retailerId') };
  if ((await retailerName(deps.db.prisma, key.wholesalerId, key.retailerId)) === null) return { kind: 'not_found' };
  if (Object.keys(errors).length > 0) return showAccount(request, { [form]: refuse(given, errors) });
  const outcome = await inTransaction(deps.db, async (tx) => {
    await awaitAccounts(tx, [key]);
    const account = await deps.credit.getAccount(key, { tx });
    if (account === null) return { kind: 'none' as const };
    // A second click on the same button finds what the first one did: that is nobody else.
    if (given.get('seen') !== versionOf(account)) return { kind: isSo(account) ? 'done' : 'changed', account } as const;
    return { kind: 'answered' as const, result: await carryOut(tx, key) };
  });
  if (outcome.kind === 'none') return { kind: 'not_found' };
  if (outcome.kind === 'changed') {
    const fresh = new URLSearchParams(given);
    return showAccount(request, { [form]: refuse(fresh, {}) }, meanwhile(outcome.account));
  }
  if (outcome.kind === 'answered' && !outcome.result.success)
    return showAccount(request, { [form]: refuse(given, { '': outcome.result.message }) });
  return { kind: 'redirect', to: `/console/accounts/${encodeURIComponent(key.retailerId)}`, notice };

  function meanwhile({ limitMinor, status, termsDays, graceDays }: AccountFigures): string {
    return (
      `Somebody else changed this account while you were writing. It is now ${status}, with a limit of ` +
      `${format.money(limitMinor)}, ${format.counted(termsDays, 'day')} to pay and ${format.counted(graceDays, 'day')} of grace. Nothing of yours was done: ` +
      'look, and send it again if it is still right.'
    );
  }
}

const WHY = 'Say why: the next person will ask.';
const reasonOf = (given: URLSearchParams, name: string): string => (given.get(name) ?? '').trim().slice(0, 200);
const keyOf = (given: URLSearchParams): string => `console:${(given.get('_key') ?? '').slice(0, 100)}`;

async function statement(request: PageRequest): Promise<PageAnswer> {
  const { deps, wholesaler, param, query, now } = request;
  const key = { wholesalerId: wholesaler.id, retailerId: param('retailerId') };
  const from = query.get('from') ?? '';
  const asked = { ...key, from, to: dayAfter(query.get('until') ?? '') };
  const filename = `statement-${key.retailerId}-${from}`;
  const tx = deps.db.prisma;
  if (query.get('as') === 'csv') {
    const csv = await deps.credit.statementCsv(asked, { tx });
    if (csv.kind === 'refused') return refusedStatement(request, csv);
    return {
      kind: 'file',
      contentType: 'text/csv; charset=utf-8',
      filename: `${filename}.csv`,
      body: Readable.from(csv.chunks),
    };
  }
  const read = await deps.credit.statement(asked, { tx });
  if (read.kind === 'refused') return refusedStatement(request, read);
  const body = Readable.from(statementPdf(read, { language: wholesaler.language, generatedAt: now }));
  return { kind: 'file', contentType: 'application/pdf', filename: `${filename}.pdf`, inline: true, body };
}

async function refusedStatement(
  request: PageRequest,
  { code, message }: { code: string; message: string },
): Promise<PageAnswer> {
  if (code === 'CREDIT_ACCOUNT_NOT_FOUND') return { kind: 'not_found' };
  return showAccount(request, {}, message);
}

/** The form asks for the last day, the statement for the day after it. */
function dayAfter(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  return new Date(at.getTime() + 86_400_000).toISOString().slice(0, 10);
}
