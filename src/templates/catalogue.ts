// Every message that may leave outside the 24-hour window, where Meta lets only templates through that it approved
// beforehand. What each needs stands here; how each language says it, in texts/. docs/templates.md is made from both.

export type TemplateCategory = 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';

type Definition = {
  /** All are about an order or an account that the person has with us: nothing here advertises anything. */
  category: TemplateCategory;
  /** When it is sent, for docs/templates.md. */
  when: string;
  /** Name (a-z and _, at most 20) and a sample, which Meta wants to see; amounts arrive formatted, with currency. */
  parameters: Record<string, string>;
  /** Quick replies: what a tap means. */
  buttons: readonly string[];
};

const shop = 'Asha Stores';
const order = '1042';
const amount = '₹11,406.00';
const available = '₹68,594.00';
const owed = '₹31,406.00';
const limit = '₹100,000.00';
const held = '₹2,150.00';
const missing = '5 x Sona Masoori 25kg';

export const templates = {
  payment_due_soon: {
    category: 'UTILITY',
    when: 'A debt falls due in a few days.',
    parameters: { shop, amount, date: '3 December 2026' },
    buttons: ['statement', 'paid'],
  },
  payment_overdue: {
    category: 'UTILITY',
    when: 'A debt is past its due date.',
    parameters: { shop, amount, date: '3 November 2026' },
    buttons: ['statement', 'paid', 'human'],
  },
  order_delivered: {
    category: 'UTILITY',
    when: 'An order was delivered whole.',
    parameters: { shop, order, amount, owed, available },
    buttons: [],
  },
  order_part_open: {
    category: 'UTILITY',
    when: 'An order was delivered in part, and the rest is still to come.',
    parameters: { shop, order, amount, missing, held },
    buttons: ['human'],
  },
  order_part_closed: {
    category: 'UTILITY',
    when: 'An order was delivered in part, and the rest will not come.',
    parameters: { shop, order, amount, missing, available },
    buttons: ['human'],
  },
  order_cancelled: {
    category: 'UTILITY',
    when: 'The wholesaler cancelled an order.',
    parameters: { shop, order, amount, reason: 'out of stock', available },
    buttons: ['human'],
  },
  payment_received: {
    category: 'UTILITY',
    when: 'The cashier recorded a payment.',
    parameters: { shop, amount, owed, available },
    buttons: ['statement'],
  },
  payment_bounced: {
    category: 'UTILITY',
    when: 'A payment was taken back: a cheque that bounced, a transfer that was returned.',
    parameters: { shop, amount, date: '20 November 2026', owed },
    buttons: ['statement', 'human'],
  },
  limit_changed: {
    category: 'UTILITY',
    when: 'The credit limit was raised or lowered.',
    parameters: { shop, limit, before: '₹80,000.00', available },
    buttons: ['human'],
  },
  account_blocked: {
    category: 'UTILITY',
    when: 'The account was put on hold.',
    parameters: { shop, owed, overdue: '₹12,300.00' },
    buttons: ['statement', 'paid', 'human'],
  },
  account_unblocked: {
    category: 'UTILITY',
    when: 'The account was opened again.',
    parameters: { shop, available, limit },
    buttons: [],
  },
  hold_expiring: {
    category: 'UTILITY',
    when: 'The credit kept for an order will soon be let go.',
    parameters: { shop, order, amount, time: '26 November, 18:00' },
    buttons: ['keep', 'cancel'],
  },
  hold_expired: {
    category: 'UTILITY',
    when: 'The credit kept for an order was let go, and the order with it.',
    parameters: { shop, order, amount, available },
    buttons: ['order_again'],
  },
  order_fits: {
    category: 'UTILITY',
    when: 'An order that waited on credit fits now: a payment came, or the limit was raised.',
    parameters: { shop, order, amount },
    buttons: ['show', 'cancel'],
  },
  approval_request: {
    category: 'UTILITY',
    when: 'To an approver: a shop asks for more than its credit.',
    parameters: { approver: 'Ravi', shop, order, amount, short: '₹15,000.00', limit, owed, held },
    buttons: ['approve', 'reject'],
  },
  approval_granted: {
    category: 'UTILITY',
    when: 'The approver said yes.',
    parameters: { shop, order, amount, available },
    buttons: [],
  },
  approval_refused: {
    category: 'UTILITY',
    when: 'The approver said no.',
    parameters: { shop, order, amount, available },
    buttons: ['change', 'human'],
  },
  approval_expired: {
    category: 'UTILITY',
    when: 'No approver answered in time.',
    parameters: { shop, order, amount },
    buttons: ['ask_again', 'human'],
  },
  statement_ready: {
    category: 'UTILITY',
    when: 'A statement was made; the tap opens the window in which the PDF may follow.',
    parameters: { shop, period: 'November 2026', balance: 'To pay: ₹31,406.00' },
    buttons: ['send'],
  },
  confirm_new_number: {
    category: 'UTILITY',
    when: 'To the number we know: a new number says that it belongs to this shop.',
    parameters: { shop, number: '+91 ••••• ••321' },
    buttons: ['yes', 'no'],
  },
} as const satisfies Record<string, Definition>;

export type TemplateName = keyof typeof templates;
export type ParameterOf<N extends TemplateName> = Extract<keyof (typeof templates)[N]['parameters'], string>;
export type ButtonOf<N extends TemplateName> = (typeof templates)[N]['buttons'][number];

/** How one language says every template: a missing text, or one too many, fails the type check. */
export type TemplateTexts = {
  [N in TemplateName]: { body: string; buttons: { [B in ButtonOf<N>]: string } };
};

export const templateNames = Object.keys(templates) as TemplateName[];
