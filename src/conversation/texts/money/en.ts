import type { Messages } from '../catalogue.ts';
import type { MoneyTexts } from './types.ts';

export const en: Messages<MoneyTexts> = {
  buttons: {
    statement: 'Statement',
    paid: 'I have paid',
    human: 'Talk to a person',
    slip: 'Yes, a payment',
    noSlip: 'No',
    more: 'Show more',
  },
  balance: {
    overdue: 'Overdue: *{amount}*, since {date}.',
    dueNext: 'Due next: {amount} on {date}.',
    paidAhead: 'Paid in advance: {amount}.',
    stops: "*{amount}* is overdue since {date}, so I can't place this now. Once that is paid I can take orders again.",
  },
  statement: {
    heading: '*Statement* {period}',
    toPay: 'To pay: *{amount}*',
    inCredit: 'In your favour: *{amount}*',
    settled: 'Nothing to pay.',
    movements: 'Last movements',
    movement: '{date}: {what} {amount}',
    what: '{kind, select, CAPTURE {{number, select, none {goods delivered} other {order {number}}}} PAYMENT {payment} PAYMENT_REVERSAL {payment returned} CREDIT_NOTE {credit note} WRITE_OFF {written off} other {adjustment}}{reference, select, none {} other { ({reference})}}',
    none: 'Nothing was charged or paid in this time.',
    inPdf: 'All of it is in this PDF.',
    file: 'Statement {period}',
    tooLong: 'That is too much for one statement. Ask for a shorter time, for example "statement for last month".',
  },
  order: {
    line: '{position}. {product}, {quantity}{missing, select, none {} other { ({missing} still missing)}}',
    moreLines: '{count, plural, one {and # more line} other {and # more lines}}',
    charged: 'Charged so far: {amount}{due, select, none {} other {, due on {due}}}.',
    kept: '{amount} of your credit is kept for what is still to come.',
  },
  why: {
    asked: 'On {when} you asked for {amount}.',
    sum: 'Limit {limit} - owed {owed} - on order {held}{orders, select, none {} other { ({orders})}}{granted, select, none {} other { + allowed {granted}}} = {available}.',
    order: 'order {number}',
    short: '*{short}* were missing.',
    fits: '{number, select, none {It fitted, so it was accepted.} other {It fitted: order *{number}* was placed.}}',
    overdue:
      '{overdue, select, none {A payment was overdue} other {*{overdue}* were overdue}}{since, select, none {} other { since {since}}}, so no order could be placed.',
    onHold: 'Your account was on hold. {wholesaler} can tell you what is needed.',
    inactive: 'Your credit was not active. Please ask {wholesaler} to renew it.',
    otherwise: 'It could not be placed then, and not for lack of credit. Try again, or ask {wholesaler}.',
    nothing: 'None of your orders was refused.',
  },
  claim: {
    noted:
      'Thank you. I passed on your payment of *{amount}*{method, select, none {} other { by {method}}}{reference, select, none {} other {, ref {reference}}}. {wholesaler} checks it, and you get a receipt as soon as it is booked.',
    again:
      '{state, select, open {You told me about this payment on {date} already: {wholesaler} is still checking it.} recorded {You told me about this payment on {date} already, and it is booked.} other {You told me about this payment on {date} already, and {wholesaler} could not find it. Please talk to them.}}',
    howMuch: 'How much did you pay, and how? For example "5000 by UPI, ref 123456".',
    photoNoted: 'Thank you, {wholesaler} gets the picture.',
    isItSlip:
      'Is this the slip of a payment? Then write how much you paid. An order I can only read as text: please write it.',
    noSlip: 'All right. Please write what you need as text.',
    lapsed:
      '{photo, select, yes {You did not say how much you paid, so {wholesaler} looks at the picture you sent.} other {You did not say how much you paid, so I passed nothing on.}}',
    refused:
      '{wholesaler} could not confirm your payment{amount, select, none {} other { of *{amount}*}}{reference, select, none {} other {, ref {reference}}}: {reason}. It is not booked. If you did pay, send the slip or a new reference.',
    method:
      '{method, select, cash {cash} upi {UPI} transfer {bank transfer} mobile_money {mobile money} card {card} cheque {cheque} other {{method}}}',
  },
  receipt: {
    received:
      'Payment received: *{amount}*{method, select, none {} other { by {method}}}{reference, select, none {} other {, ref {reference}}}. Thank you!',
    paidOff:
      '{order, select, none {Earlier balance} other {Order *{order}*}}: {amount}{rest, select, none {, paid in full} other {, {rest} left to pay}}',
    moreDebts: '{count, plural, one {and # more} other {and # more}}',
    kept: '{amount} is kept for what you buy next.',
    stands: 'You owe {owed} now and have *{available}* of credit left.',
  },
  delivery: {
    whole: 'Order *{number}* is delivered. {amount} goes on your account{due, select, none {} other {, due on {due}}}.',
    part: 'Part of order *{number}* is delivered. {amount} goes on your account{due, select, none {} other {, due on {due}}}.',
    came: 'Delivered now:',
    missing: 'Not delivered:',
    missingLine: '- {product}, {quantity}',
    missingAmount: 'goods for {amount}',
    kept: 'It is still to come; {amount} of your credit is kept for it.',
    released: 'It will not come and is not charged: {amount} is back on your credit.',
  },
  cancellation: {
    byWholesaler: 'Order *{number}* ({amount}) was cancelled by {wholesaler}: {reason}.',
    back: '{released} is back on your credit: {available} available.',
  },
  list: {
    heading: 'Products {from} to {to} of {count}:',
    howTo: 'Tap one to order it, or write its number.',
    narrow: 'To see less, write "list" and what you look for.',
    empty: 'There is nothing on sale at the moment.',
  },
};
