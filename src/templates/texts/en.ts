import type { TemplateTexts } from '../catalogue.ts';

const statement = 'Statement';
const paid = 'I have paid';
const human = 'Talk to a person';

export const en: TemplateTexts = {
  payment_due_soon: {
    body: 'Hello {{shop}}, a friendly reminder: *{{amount}}* is due on {{date}}. If it is already on its way, thank you!',
    buttons: { statement, paid },
  },
  payment_overdue: {
    body: 'Hello {{shop}}, *{{amount}}* has been due since {{date}}. Please pay it when you can, so that your orders keep moving. Something not right? Just reply here.',
    buttons: { statement, paid, human },
  },
  order_delivered: {
    body: 'Hello {{shop}}, order *{{order}}* is delivered: {{amount}} goes on your account. You now owe {{owed}} and have {{available}} of credit left. Thank you!',
    buttons: {},
  },
  order_part_open: {
    body: 'Hello {{shop}}, part of order *{{order}}* is delivered: {{amount}} goes on your account. Still to come: {{missing}}. We keep {{held}} of your credit for it.',
    buttons: { human },
  },
  order_part_closed: {
    body: 'Hello {{shop}}, part of order *{{order}}* is delivered: {{amount}} goes on your account. Not delivered and not charged: {{missing}}. You have {{available}} of credit left.',
    buttons: { human },
  },
  order_cancelled: {
    body: 'Hello {{shop}}, we had to cancel order *{{order}}* for {{amount}}: {{reason}}. Nothing of it is charged, and you have {{available}} of credit left. Any question? Just reply here.',
    buttons: { human },
  },
  payment_received: {
    body: 'Hello {{shop}}, we have received your payment of *{{amount}}*. You now owe {{owed}} and have {{available}} of credit left. Thank you!',
    buttons: { statement },
  },
  payment_bounced: {
    body: 'Hello {{shop}}, your payment of *{{amount}}* of {{date}} did not go through, so that amount is open again. You owe {{owed}} in all. Reply here and we will sort it out together.',
    buttons: { statement, human },
  },
  limit_changed: {
    body: 'Hello {{shop}}, your credit limit is now *{{limit}}*; before, it was {{before}}. You have {{available}} left to order with.',
    buttons: { human },
  },
  account_blocked: {
    body: 'Hello {{shop}}, your account is on hold, so for now we cannot take orders on credit. You owe *{{owed}}*, of which {{overdue}} is overdue. Reply here and we will find a way.',
    buttons: { statement, paid, human },
  },
  account_unblocked: {
    body: 'Hello {{shop}}, good news: your account is open again. You can order for *{{available}}* within your limit of {{limit}} from now on.',
    buttons: {},
  },
  hold_expiring: {
    body: 'Hello {{shop}}, order *{{order}}* for {{amount}} is still waiting. We can keep that credit for you until {{time}}. Do you still want the order?',
    buttons: { keep: 'Yes, keep it', cancel: 'Cancel the order' },
  },
  hold_expired: {
    body: 'Hello {{shop}}, order *{{order}}* for {{amount}} was not completed in time and has lapsed. Nothing was charged, and you have {{available}} of credit left. Do you still want it?',
    buttons: { order_again: 'Order it again' },
  },
  order_fits: {
    body: 'Good news, {{shop}}: your credit has room for order *{{order}}* of {{amount}} now. Shall we place it? Tap to see it at today’s prices.',
    buttons: { show: 'Show the order', cancel: 'Cancel the order' },
  },
  approval_request: {
    body: 'Hello {{approver}}, {{shop}} asks for order *{{order}}* of {{amount}}. That is {{short}} more than their credit: limit {{limit}}, owed {{owed}}, on hold {{held}}. Shall we take the order?',
    buttons: { approve: 'Approve', reject: 'Reject' },
  },
  approval_granted: {
    body: 'Good news, {{shop}}: order *{{order}}* of {{amount}} is approved and placed. You have {{available}} of credit left.',
    buttons: {},
  },
  approval_refused: {
    body: 'Hello {{shop}}, order *{{order}}* of {{amount}} was not approved this time. Nothing was charged, and you have {{available}} of credit left. You can make the order smaller, or talk to us.',
    buttons: { change: 'Change the order', human },
  },
  approval_expired: {
    body: 'Hello {{shop}}, nobody could look at order *{{order}}* of {{amount}} in time, so it was not placed. We are sorry. Shall we ask again?',
    buttons: { ask_again: 'Yes, ask again', human },
  },
  statement_ready: {
    body: 'Hello {{shop}}, your statement for {{period}} is ready. {{balance}}. Tap below and we send it to you as a PDF.',
    buttons: { send: 'Send it to me' },
  },
  confirm_new_number: {
    body: 'Hello {{shop}}, somebody writing from {{number}} says that they belong to your shop. Is that right? Until you answer, they can see nothing of your account and order nothing.',
    buttons: { yes: 'Yes, that is us', no: 'No, not ours' },
  },
};
