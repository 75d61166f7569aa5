import type { OrderStatus } from '../../orders/index.ts';
import type { Role } from '../../staff/index.ts';

const ROLE_LABELS: Record<Role, string> = {
  viewer: 'viewer',
  sales: 'sales',
  cashier: 'cashier',
  credit_controller: 'credit controller',
  admin: 'admin',
};

export const roleLabel = (role: Role): string => ROLE_LABELS[role];

export const ORDER_WORDS: Record<OrderStatus, string> = {
  waiting_for_approval: 'waiting for approval',
  waiting_on_credit: 'waiting on credit',
  approved: 'approved',
  part_delivered: 'part delivered',
  delivered: 'delivered',
  cancelled: 'cancelled',
  rejected: 'rejected',
  expired: 'expired',
};

const ENTRY_WORDS: Record<string, string> = {
  HOLD: 'Held for',
  HOLD_ADJUST: 'Hold changed,',
  RELEASE: 'Hold given back,',
  EXPIRE: 'Hold expired,',
  CAPTURE: 'Delivered,',
  PAYMENT: 'Payment',
  PAYMENT_REVERSAL: 'Payment taken back',
  CREDIT_NOTE: 'Credit note',
  WRITE_OFF: 'Written off',
  ADJUSTMENT: 'Correction',
  LIMIT_CHANGE: 'Limit changed',
  OVERRIDE: 'Granted above the limit,',
  BLOCK: 'Blocked',
  UNBLOCK: 'Unblocked',
};

/** A kind of ledger entry in words; one that has none here shows as it is. */
export const entryWords = (kind: string): string => ENTRY_WORDS[kind] ?? kind.toLowerCase().replaceAll('_', ' ');

const SOURCE_WORDS: Record<string, string> = {
  chat: 'WhatsApp',
  cart: 'WhatsApp cart',
  api: 'API',
  library: 'program',
  import: 'import',
  console: 'console',
  timer: 'timer',
};

export const sourceWords = (source: string): string => SOURCE_WORDS[source] ?? source;

const ACTOR_WORDS: Record<string, string> = {
  whatsapp: 'the shop',
  retailer: 'the shop',
  approver: 'an approver',
  api: 'a program',
  command: 'the command line',
  system: 'the service',
};

/** Who did something, as ledger and audit name them, in words. */
export function actorWords(actor: string, names: ReadonlyMap<string, string>): string {
  const [kind = actor] = actor.split(':');
  if (kind === 'staff') return names.get(actor) ?? 'staff';
  return ACTOR_WORDS[kind] ?? kind;
}

const REFUSAL_WORDS: Record<string, string> = {
  INSUFFICIENT_CREDIT: 'more than the credit left',
  CREDIT_BLOCKED: 'the account is blocked, or too much is overdue',
  CREDIT_INACTIVE: 'the account is closed, or its limit has expired',
  CREDIT_ACCOUNT_NOT_FOUND: 'there is no account',
  MAX_RETRIES_EXCEEDED: 'the account was busy',
  DATABASE_ERROR: 'the database did not answer',
};

/** Why credit said no, in words; a code that has none here shows as it is. */
export const refusalWords = (code: string): string => REFUSAL_WORDS[code] ?? code.toLowerCase().replaceAll('_', ' ');

export const PAYMENT_METHODS = [
  { value: 'cash', label: 'Cash' },
  { value: 'transfer', label: 'Bank transfer' },
  { value: 'upi', label: 'UPI' },
  { value: 'mobile_money', label: 'Mobile money' },
  { value: 'card', label: 'Card' },
  { value: 'cheque', label: 'Cheque' },
] as const;

/** How something was paid, in words; a wholesaler's own word shows as it is. */
export const methodWords = (method: string): string =>
  PAYMENT_METHODS.find(({ value }) => value === method)?.label ?? method.replaceAll('_', ' ');
