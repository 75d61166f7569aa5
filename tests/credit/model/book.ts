/**
 * A small model of one wholesaler's credit accounts, in memory. It decides what every call must answer and which ledger
 * entries it must write, without a database, a lock or a clock, so that the real thing can be held against it.
 *
 * This file: what the accounts are, and what an entry does to them. What a request leads to: decide.ts.
 */
import { assert, mustExist } from '../../../src/shared/assert.ts';
import type { Done } from './requests.ts';

export type Account = {
  retailerId: string;
  limit: bigint;
  held: bigint;
  owed: bigint;
  unapplied: bigint;
  status: 'active' | 'blocked' | 'closed';
  /** The newest BLOCK or UNBLOCK entry. */
  statusEntryId: string | null;
  /** Instants are in ms since 1970. */
  validUntil: number | null;
  termsDays: number;
  graceDays: number;
  tolerance: bigint;
  overCaptureBp: number;
  lifetimeMinutes: number;
  seq: number;
  openHolds: Set<Hold>;
  openDebts: Set<Debt>;
  keptPayments: Set<Payment>;
};

export type Hold = {
  id: string;
  retailerId: string;
  orderId: string;
  amount: bigint;
  captured: bigint;
  released: bigint;
  state: 'open' | 'captured' | 'released' | 'expired';
  expiresAt: number;
};

export type Debt = { id: string; retailerId: string; amount: bigint; paid: bigint; dueDay: number };

export type Payment = {
  id: string;
  retailerId: string;
  kept: bigint;
  receivedAt: number;
  settled: Map<string, bigint>;
};

export type Grant = {
  id: string;
  retailerId: string;
  orderId: string;
  amount: bigint;
  expiresAt: number;
  usedBy: string | null;
  ended: boolean;
};

/** A key in the ledger; request is null for a derived entry, which answers nobody. */
export type Known = { retailerId: string; entryId: string | null; request: string | null; answer: Done | null };

export type Book = {
  accounts: Map<string, Account>;
  holds: Map<string, Hold>;
  debts: Map<string, Debt>;
  payments: Map<string, Payment>;
  /** By account and order, oldest first. */
  grants: Map<string, Grant[]>;
  keys: Map<string, Known>;
};

export type EntryKind =
  | 'HOLD'
  | 'HOLD_ADJUST'
  | 'RELEASE'
  | 'EXPIRE'
  | 'CAPTURE'
  | 'PAYMENT'
  | 'PAYMENT_REVERSAL'
  | 'CREDIT_NOTE'
  | 'WRITE_OFF'
  | 'ADJUSTMENT'
  | 'LIMIT_CHANGE'
  | 'BLOCK'
  | 'UNBLOCK'
  | 'OVERRIDE';

/** What the ledger shows of an entry. Null as id: the database names it. */
export type Shown = {
  kind: EntryKind;
  id: string | null;
  key: string | null;
  limit: bigint;
  held: bigint;
  owed: bigint;
  unapplied: bigint;
  override: bigint;
  orderId: string | null;
  holdId: string | null;
  receivableId: string | null;
  paymentId: string | null;
  reverses: string | null;
  expiresAt: number | null;
};

/** An entry, with what follows from it in the other tables. */
export type Entry = Shown & {
  /** The debts that it settles, or, below zero, opens again. */
  settles: [debtId: string, amount: bigint][];
  dueDay?: number;
  receivedAt?: number;
  status?: Account['status'];
  /** The grant above the limit that it uses up. */
  uses?: Grant;
};

const blank: Entry = {
  kind: 'HOLD',
  id: null,
  key: null,
  limit: 0n,
  held: 0n,
  owed: 0n,
  unapplied: 0n,
  override: 0n,
  orderId: null,
  holdId: null,
  receivableId: null,
  paymentId: null,
  reverses: null,
  expiresAt: null,
  settles: [],
};

/** An entry of which only what differs from nothing is said. */
export const entry = (kind: EntryKind, facts: Partial<Entry>): Entry => ({ ...blank, kind, ...facts });

export const openBook = (): Book => ({
  accounts: new Map(),
  holds: new Map(),
  debts: new Map(),
  payments: new Map(),
  grants: new Map(),
  keys: new Map(),
});

/** The account as it stands before its first entry. */
export function openAccount(book: Book, retailerId: string, terms: Partial<Account> = {}): Account {
  const account: Account = {
    ...{ retailerId, limit: 0n, held: 0n, owed: 0n, unapplied: 0n, status: 'active', statusEntryId: null },
    ...{
      validUntil: null,
      termsDays: 0,
      graceDays: 0,
      tolerance: 0n,
      overCaptureBp: 0,
      lifetimeMinutes: 4_320,
      seq: 0,
    },
    ...{ openHolds: new Set<Hold>(), openDebts: new Set<Debt>(), keptPayments: new Set<Payment>() },
    ...terms,
  };
  book.accounts.set(retailerId, account);
  return account;
}

export const availableOf = (account: Account): bigint => account.limit - account.owed - account.held;
export const leftOf = (hold: Hold): bigint => hold.amount - hold.captured - hold.released;
export const restOf = (debt: Debt): bigint => debt.amount - debt.paid;
export const grantsFor = (book: Book, retailerId: string, orderId: string): Grant[] =>
  book.grants.get(`${retailerId} ${orderId}`) ?? [];

/** The year 9999 stands for a limit without end. */
export const ENDLESS = Date.UTC(9999, 11, 31);

/** Writes an entry: moves the account by it, and whatever follows from it. Asserts what must never happen. */
export function write(book: Book, account: Account, written: Entry): void {
  account.limit += written.limit;
  account.held += written.held;
  account.owed += written.owed;
  account.unapplied += written.unapplied;
  account.seq += 1;
  assert(
    account.held >= 0n && account.owed >= 0n && account.unapplied >= 0n && account.limit >= 0n,
    'a figure of the model went negative',
  );
  effects[written.kind](book, account, written);
  for (const [debtId, amount] of written.settles) settle(book, account, written, debtId, amount);
  if (written.uses !== undefined) written.uses.usedBy = written.holdId;
  if (written.key !== null) {
    assert(!book.keys.has(written.key), `the key ${written.key} is in the model twice`);
    const answer = written.key === `release:${written.holdId}` ? releaseTold(account, written) : null;
    book.keys.set(written.key, { retailerId: account.retailerId, entryId: written.id, request: null, answer });
  }
}

/** A later release of the hold answers with this entry, whatever wrote it: a release, or a delivery that gave the rest. */
const releaseTold = (account: Account, { holdId, held }: Entry): Done => ({
  ...{ success: true, replayed: false, ledgerEntryId: null, holdId },
  ...{ releasedMinor: -held, availableMinor: availableOf(account) },
});

const effects: Record<EntryKind, (book: Book, account: Account, written: Entry) => void> = {
  HOLD(book, account, { id, orderId, held, expiresAt }) {
    const hold: Hold = {
      ...{ id: mustExist(id, 'the id of a hold'), retailerId: account.retailerId },
      ...{ orderId: mustExist(orderId, 'an order'), amount: held, captured: 0n, released: 0n, state: 'open' as const },
      expiresAt: mustExist(expiresAt, 'an expiry'),
    };
    book.holds.set(hold.id, hold);
    account.openHolds.add(hold);
  },
  HOLD_ADJUST(book, _account, { holdId, held, expiresAt }) {
    const hold = holdOf(book, holdId);
    hold.amount += held;
    hold.expiresAt = mustExist(expiresAt, 'an expiry');
  },
  RELEASE: (book, account, { holdId, held }) => giveBack(book, account, holdId, held, 'released'),
  EXPIRE: (book, account, { holdId, held }) => giveBack(book, account, holdId, held, 'expired'),
  CAPTURE(book, account, written) {
    const hold = holdOf(book, written.holdId);
    hold.captured += written.owed;
    closeWhenEmpty(account, hold, 'captured');
    owe(book, account, written);
  },
  PAYMENT: keep,
  CREDIT_NOTE: keep,
  WRITE_OFF: keep,
  PAYMENT_REVERSAL: keep,
  ADJUSTMENT(book, account, written) {
    if (written.receivableId === null) keep(book, account, written);
    else owe(book, account, written);
  },
  LIMIT_CHANGE(_book, account, { expiresAt }) {
    if (expiresAt !== null) account.validUntil = expiresAt === ENDLESS ? null : expiresAt;
  },
  BLOCK: setStatus,
  UNBLOCK: setStatus,
  OVERRIDE(book, account, { id, orderId, override, expiresAt }) {
    const { retailerId } = account;
    const order = mustExist(orderId, 'an order');
    const earlier = grantsFor(book, retailerId, order);
    for (const grant of earlier) if (grant.usedBy === null) grant.ended = true;
    const grant: Grant = {
      ...{ id: mustExist(id, 'the id of a grant'), retailerId, orderId: order, amount: override },
      ...{ expiresAt: mustExist(expiresAt, 'an expiry'), usedBy: null, ended: false },
    };
    book.grants.set(`${retailerId} ${order}`, [...earlier, grant]);
  },
};

const holdOf = (book: Book, id: string | null): Hold => mustExist(book.holds.get(id ?? ''), `the hold ${id}`);

function giveBack(book: Book, account: Account, holdId: string | null, held: bigint, state: Hold['state']): void {
  const hold = holdOf(book, holdId);
  hold.released -= held;
  closeWhenEmpty(account, hold, state);
}

function closeWhenEmpty(account: Account, hold: Hold, state: Hold['state']): void {
  assert(leftOf(hold) >= 0n, 'more left a hold than it held');
  if (leftOf(hold) > 0n) return;
  hold.state = state;
  account.openHolds.delete(hold);
}

function owe(book: Book, account: Account, written: Entry): void {
  const debt: Debt = {
    ...{ id: mustExist(written.receivableId, 'the id of a debt'), retailerId: account.retailerId },
    ...{ amount: written.owed, paid: 0n, dueDay: mustExist(written.dueDay, 'a due date') },
  };
  book.debts.set(debt.id, debt);
  account.openDebts.add(debt);
}

function keep(book: Book, account: Account, written: Entry): void {
  const id = mustExist(written.paymentId, 'the id of a payment');
  const payment = book.payments.get(id) ?? {
    ...{ id, retailerId: account.retailerId, kept: 0n, settled: new Map<string, bigint>() },
    receivedAt: mustExist(written.receivedAt, 'the time of a payment'),
  };
  book.payments.set(id, payment);
  payment.kept += written.unapplied;
  assert(payment.kept >= 0n, 'more of a payment was used than was kept');
  if (payment.kept > 0n) account.keptPayments.add(payment);
  else account.keptPayments.delete(payment);
}

function settle(book: Book, account: Account, written: Entry, debtId: string, amount: bigint): void {
  const debt = mustExist(book.debts.get(debtId), `the debt ${debtId}`);
  const payment = mustExist(book.payments.get(written.paymentId ?? ''), 'the payment of an allocation');
  debt.paid += amount;
  assert(debt.paid >= 0n && restOf(debt) >= 0n, 'a debt was paid more than it is');
  if (restOf(debt) > 0n) account.openDebts.add(debt);
  else account.openDebts.delete(debt);
  payment.settled.set(debtId, (payment.settled.get(debtId) ?? 0n) + amount);
}

function setStatus(_book: Book, account: Account, { id, status }: Entry): void {
  account.status = mustExist(status, 'a status');
  account.statusEntryId = id;
}
