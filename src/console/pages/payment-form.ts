import { html, type SafeHtml } from '@remix-run/html-template';
import { type AccountFigures, type OpenReceivable, paymentUnder, retailerName } from '../../credit/index.ts';
import { inTransaction } from '../../db/index.ts';
import { orderNumbersOf } from '../../orders/index.ts';
import { recordPayment } from '../../payments/index.ts';
import { refuse } from '../read-form.ts';
import { readMoney } from '../read-money.ts';
import type { PageRequest } from '../route.ts';
import { type FormState, input, select } from '../view/form.ts';
import { PAYMENT_METHODS } from '../view/words.ts';

const DEBTS_SHOWN = 50;

/** The account that money came for, with the debts that it may settle. */
export type PaidAccount = {
  retailerId: string;
  name: string;
  account: AccountFigures;
  debts: OpenReceivable[];
  orderNumbers: ReadonlyMap<string, number>;
};

/** Null where the wholesaler has no such shop, or it has no account. */
export async function paidAccount({ deps, wholesaler }: PageRequest, retailerId: string): Promise<PaidAccount | null> {
  const db = deps.db.prisma;
  const key = { wholesalerId: wholesaler.id, retailerId };
  const name = await retailerName(db, key.wholesalerId, retailerId);
  const account = await deps.credit.getAccount(key, { tx: db });
  if (name === null || account === null) return null;
  const debts = await deps.credit.listReceivables({ ...key, limit: DEBTS_SHOWN }, { tx: db });
  const orderIds = debts.flatMap(({ orderId }) => orderId ?? []);
  return { retailerId, name, account, debts, orderNumbers: await orderNumbersOf(db, wholesaler.id, orderIds) };
}

type Shown = {
  state: FormState;
  /** The reference is known, which was said: sent again it is booked. */
  isWarned: boolean;
  autofocus: boolean;
};

/** How much, how, when, under which reference, and against which debts. */
export function paymentFields(
  { account, debts, orderNumbers }: PaidAccount,
  { state, isWarned, autofocus }: Shown,
  request: PageRequest,
): SafeHtml[] {
  const { format, now } = request;
  const how = state.values.get('how') ?? 'oldest';
  const choice = (value: string, label: string): SafeHtml =>
    html`<div class="field check"><label><input type="radio" name="how" value="${value}" ${how === value ? html`checked` : ''}> ${label}</label></div>`;
  return [
    input({ name: 'amount', label: 'Amount', state, inputmode: 'decimal', unit: account.currency, autofocus }),
    select({ name: 'method', label: 'How it was paid', state, choices: PAYMENT_METHODS }),
    input({
      name: 'reference',
      label: 'Reference',
      state,
      optional: true,
      maxlength: 40,
      hint: 'Needed unless it was cash: the number of the transfer, the UPI payment or the cheque.',
    }),
    input({
      name: 'receivedOn',
      label: 'Received on',
      type: 'date',
      state,
      optional: true,
      hint: `Empty: today, ${format.day(now)}. A cheque counts from the day it is banked.`,
    }),
    debts.length === 0
      ? html`<p class="hint">Nothing is owed: the money is kept for debts to come.</p>`
      : html`<fieldset><legend>Which debts it pays</legend>${choice('oldest', 'The oldest due first')}${choice('chosen', 'Only these, so much each')}
        ${debts.map((debt) => debtInput(debt, orderNumbers, state, request))}</fieldset>`,
    isWarned ? html`<input type="hidden" name="again" value="yes">` : html``,
  ];
}

function debtInput(
  debt: OpenReceivable,
  numbers: ReadonlyMap<string, number>,
  state: FormState,
  { format }: PageRequest,
): SafeHtml {
  const number = debt.orderId === null ? undefined : numbers.get(debt.orderId);
  const what = debt.reference ?? (number === undefined ? 'Owed before' : `Order ${number}`);
  return input({
    name: `debt-${debt.receivableId}`,
    label: `${what}: ${format.money(debt.leftMinor)}, due ${format.calendarDay(debt.dueOn)}`,
    state,
    optional: 'quietly',
    inputmode: 'decimal',
  });
}

export type Booked =
  | { kind: 'recorded'; paymentId: string }
  /** The form again, with what is wrong, or with a word about a reference that is known. */
  | { kind: 'again'; state: FormState; warning: SafeHtml | null; code: string | null };

/** Books what the form says, once for one form, whatever is sent; with it the shop's receipt, all or nothing. */
export async function bookForm(request: PageRequest, of: { retailerId: string; claimId?: string }): Promise<Booked> {
  const { deps, wholesaler, form: given, actor } = request;
  const errors: Record<string, string> = {};
  const read = readPayment(request, errors);
  if (read === null) return { kind: 'again', state: refuse(given, errors), warning: null, code: null };
  const key = `console:${(given.get('_key') ?? '').slice(0, 100)}`;
  if (read.reference !== undefined && given.get('again') !== 'yes') {
    const known = await paymentUnder(deps.db.prisma, wholesaler.id, { reference: read.reference, key });
    if (known !== null) {
      const warning = sameReference(read.reference, known, request);
      return { kind: 'again', state: refuse(given, {}), warning, code: null };
    }
  }
  const result = await inTransaction(deps.db, (tx) =>
    recordPayment(tx, { wholesalerId: wholesaler.id, ...of, key, ...read, actor, source: 'console' }),
  );
  if (result.kind === 'recorded') return result;
  return { kind: 'again', state: refuse(given, { '': result.message }), warning: null, code: result.code };
}

type Read = {
  amountMinor: bigint;
  method: string;
  reference?: string;
  receivedAt?: Date;
  allocations?: { receivableId: string; amountMinor: bigint }[];
};

function readPayment(request: PageRequest, errors: Record<string, string>): Read | null {
  const { wholesaler, form: given, format, now } = request;
  const amountMinor = readMoney(given.get('amount') ?? '', wholesaler.currency, format.locale);
  if (amountMinor === null || amountMinor === 0n) errors.amount = `Write an amount such as ${format.money(150_000n)}.`;
  const method = PAYMENT_METHODS.find(({ value }) => value === given.get('method'))?.value;
  if (method === undefined) errors.method = 'Choose how it was paid.';
  const reference = (given.get('reference') ?? '').trim();
  if (method !== 'cash' && method !== undefined && reference === '')
    errors.reference = 'Write its number, so that it is not recorded twice.';
  const day = given.get('receivedOn') ?? '';
  const receivedAt = day === '' || day === format.dayOf(now) ? undefined : noonOf(day, format.dayOf);
  if (receivedAt === null) errors.receivedOn = 'Choose a day.';
  else if (receivedAt !== undefined && receivedAt > now) errors.receivedOn = 'This day is still to come.';
  const allocations = given.get('how') === 'chosen' ? chosenDebts(request, errors) : undefined;
  if (Object.keys(errors).length > 0 || amountMinor === null || method === undefined) return null;
  return {
    amountMinor,
    method,
    ...(reference === '' ? {} : { reference }),
    ...(receivedAt === undefined || receivedAt === null ? {} : { receivedAt }),
    ...(allocations === undefined ? {} : { allocations }),
  };
}

function sameReference(
  reference: string,
  { paymentId, amountMinor, receivedAt }: NonNullable<Awaited<ReturnType<typeof paymentUnder>>>,
  { format }: PageRequest,
): SafeHtml {
  return html`<p>${format.money(amountMinor)} under the reference ${reference} was recorded on ${format.moment(receivedAt)} already:
    <a href="/console/payments/${paymentId}">look at that payment</a>. If this is another one, record it once more.</p>`;
}

function chosenDebts(
  { form: given, wholesaler, format }: PageRequest,
  errors: Record<string, string>,
): { receivableId: string; amountMinor: bigint }[] {
  return [...given].flatMap(([name, text]) => {
    if (!name.startsWith('debt-') || text.trim() === '') return [];
    const amountMinor = readMoney(text, wholesaler.currency, format.locale);
    if (amountMinor !== null && amountMinor > 0n) return [{ receivableId: name.slice(5), amountMinor }];
    errors[name] = 'Write an amount, or leave it empty.';
    return [];
  });
}

/** An instant on this day of the wholesaler's calendar; null when the text is no day. */
function noonOf(day: string, dayOf: (at: Date) => string): Date | null {
  for (const hour of ['12', '06', '18']) {
    const at = new Date(`${day}T${hour}:00:00Z`);
    if (!Number.isNaN(at.getTime()) && dayOf(at) === day) return at;
  }
  return null;
}
