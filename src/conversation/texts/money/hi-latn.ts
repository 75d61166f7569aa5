import type { Messages } from '../catalogue.ts';
import type { MoneyTexts } from './types.ts';

export const hiLatn: Messages<MoneyTexts> = {
  buttons: {
    statement: 'Statement',
    paid: 'Payment kar diya',
    human: 'Kisi se baat karein',
    slip: 'Haan, payment hai',
    noSlip: 'Nahi',
    more: 'Aur dikhao',
  },
  balance: {
    overdue: 'Date nikal gayi: *{amount}*, {date} se.',
    dueNext: 'Agla payment: {amount}, {date} tak.',
    paidAhead: 'Pehle se jama: {amount}.',
    stops:
      '*{amount}* ki date {date} ko nikal gayi thi, isliye order abhi pakka nahi ho sakta. Payment hote hi phir order lagega.',
  },
  statement: {
    heading: '*Statement* {period}',
    toPay: 'Dena hai: *{amount}*',
    inCredit: 'Aapke jama hain: *{amount}*',
    settled: 'Kuch dena nahi hai.',
    movements: 'Pichhla hisaab',
    movement: '{date}: {what} {amount}',
    what: '{kind, select, CAPTURE {{number, select, none {maal pahuncha} other {order {number}}}} PAYMENT {payment} PAYMENT_REVERSAL {payment wapas} CREDIT_NOTE {credit note} WRITE_OFF {maaf kiya} other {sudhaar}}{reference, select, none {} other { ({reference})}}',
    none: 'Is beech na kuch liya, na kuch chukaya.',
    inPdf: 'Poora hisaab is PDF mein hai.',
    file: 'Statement {period}',
    tooLong: 'Ek statement ke liye ye bahut lamba hai. Kam dino ka maangiye, jaise "pichhle mahine ka statement".',
  },
  order: {
    line: '{position}. {product}, {quantity}{missing, select, none {} other { ({missing} aana baaki)}}',
    moreLines: '{count, plural, one {aur # line} other {aur # lines}}',
    charged: 'Ab tak khaate mein: {amount}{due, select, none {} other {, {due} tak dena hai}}.',
    kept: 'Jo aana baaki hai, uske liye aapki limit mein {amount} rakhe hain.',
  },
  why: {
    asked: '{when} ko aapne {amount} ka order maanga.',
    sum: 'Limit {limit} - baaki {owed} - order mein {held}{orders, select, none {} other { ({orders})}}{granted, select, none {} other { + manzoor {granted}}} = {available}.',
    order: 'order {number}',
    short: '*{short}* kam pade.',
    fits: '{number, select, none {Limit mein aa gaya, isliye maan liya.} other {Limit mein aa gaya: order *{number}* lag gaya.}}',
    overdue:
      '{overdue, select, none {Ek payment ki date nikal chuki thi} other {*{overdue}* ki date nikal chuki thi}}{since, select, none {} other {, {since} se}}, isliye order nahi laga.',
    onHold: 'Aapka khaata ruka hua tha. Kya karna hai, {wholesaler} batayenge.',
    inactive: 'Aapki udhaar limit chaalu nahi thi. {wholesaler} se chaalu karwaiye.',
    otherwise:
      'Us samay order nahi lag paya, par udhaar ki wajah se nahi. Phir try kijiye ya {wholesaler} se poochiye.',
    nothing: 'Aapka koi order roka nahi gaya.',
  },
  claim: {
    noted:
      'Dhanyavaad. Aapka *{amount}* ka payment{method, select, none {} other { ({method})}}{reference, select, none {} other {, ref {reference}}} maine aage bhej diya. {wholesaler} check karenge, aur darj hote hi aapko receipt milegi.',
    again:
      '{state, select, open {Ye payment aapne {date} ko bata diya tha: {wholesaler} abhi check kar rahe hain.} recorded {Ye payment aapne {date} ko bata diya tha, aur wo darj ho chuka hai.} other {Ye payment aapne {date} ko bataya tha, par {wholesaler} ko nahi mila. Unse baat kijiye.}}',
    howMuch: 'Kitna payment kiya, aur kaise? Jaise "5000 UPI se, ref 123456".',
    photoNoted: 'Dhanyavaad, photo {wholesaler} ko mil jayegi.',
    isItSlip:
      'Kya ye payment ki parchi hai? To likhiye kitna payment kiya. Order main photo se nahi padh sakta, wo likhkar bhejiye.',
    noSlip: 'Theek hai. Jo chahiye, likhkar bhejiye.',
    lapsed:
      '{photo, select, yes {Aapne amount nahi bataya, isliye {wholesaler} aapki bheji photo dekhenge.} other {Aapne amount nahi bataya, isliye maine kuch aage nahi bheja.}}',
    refused:
      '{wholesaler} ko aapka payment{amount, select, none {} other { *{amount}*}}{reference, select, none {} other {, ref {reference}}} nahi mila: {reason}. Ye darj nahi hua. Agar payment kiya hai, to parchi ya naya reference bhejiye.',
    method:
      '{method, select, cash {cash} upi {UPI} transfer {bank transfer} mobile_money {mobile money} card {card} cheque {cheque} other {{method}}}',
  },
  receipt: {
    received:
      'Payment mil gaya: *{amount}*{method, select, none {} other { ({method})}}{reference, select, none {} other {, ref {reference}}}. Dhanyavaad!',
    paidOff:
      '{order, select, none {Pichhla baaki} other {Order *{order}*}}: {amount}{rest, select, none {, poora chuka} other {, {rest} baaki}}',
    moreDebts: '{count, plural, one {aur #} other {aur #}}',
    kept: '{amount} agli khareed ke liye jama rahenge.',
    stands: 'Ab baaki {owed} hai aur *{available}* ki udhaar limit bachi hai.',
  },
  delivery: {
    whole:
      'Order *{number}* pahunch gaya. {amount} aapke khaate mein likhe gaye{due, select, none {} other {, {due} tak dene hain}}.',
    part: 'Order *{number}* ka kuch maal pahuncha. {amount} aapke khaate mein likhe gaye{due, select, none {} other {, {due} tak dene hain}}.',
    came: 'Abhi pahuncha:',
    missing: 'Nahi pahuncha:',
    missingLine: '- {product}, {quantity}',
    missingAmount: '{amount} ka maal',
    kept: 'Ye aana baaki hai; iske liye aapki limit mein {amount} rakhe hain.',
    released: 'Ye nahi aayega aur khaate mein nahi likha gaya: {amount} aapki limit mein wapas aa gaye.',
  },
  cancellation: {
    byWholesaler: '{wholesaler} ne order *{number}* ({amount}) cancel kar diya: {reason}.',
    back: 'Udhaar limit mein {released} wapas aaye: ab {available} bache hain.',
  },
  list: {
    heading: '{count} mein se {from} se {to}:',
    howTo: 'Mangane ke liye ek ko dabaiye ya uska number likhiye.',
    narrow: 'Kam dekhne ke liye "list" aur cheez ka naam likhiye.',
    empty: 'Abhi bikri mein kuch nahi hai.',
  },
};
