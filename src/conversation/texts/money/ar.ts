import type { Messages } from '../catalogue.ts';
import type { MoneyTexts } from './types.ts';

export const ar: Messages<MoneyTexts> = {
  buttons: {
    statement: 'كشف الحساب',
    paid: 'لقد دفعت',
    human: 'التحدث مع موظف',
    slip: 'نعم، دفعة',
    noSlip: 'لا',
    more: 'عرض المزيد',
  },
  balance: {
    overdue: 'متأخر: *{amount}* منذ {date}.',
    dueNext: 'الدفعة القادمة: {amount} في {date}.',
    paidAhead: 'مدفوع مقدماً: {amount}.',
    stops: 'عليك *{amount}* متأخرة منذ {date}، لذلك لا أستطيع تسجيل الطلب الآن. بعد دفعها أستقبل طلباتك من جديد.',
  },
  statement: {
    heading: '*كشف الحساب* {period}',
    toPay: 'المطلوب: *{amount}*',
    inCredit: 'لصالحك: *{amount}*',
    settled: 'لا شيء عليك.',
    movements: 'آخر الحركات',
    movement: '{date}: {what} {amount}',
    what: '{kind, select, CAPTURE {{number, select, none {بضاعة مسلّمة} other {الطلب {number}}}} PAYMENT {دفعة} PAYMENT_REVERSAL {دفعة مرتجعة} CREDIT_NOTE {إشعار دائن} WRITE_OFF {إعفاء} other {تعديل}}{reference, select, none {} other { ({reference})}}',
    none: 'لا مشتريات ولا دفعات في هذه الفترة.',
    inPdf: 'كل التفاصيل في ملف PDF هذا.',
    file: 'كشف الحساب {period}',
    tooLong: 'هذا كثير على كشف واحد. اطلب فترة أقصر، مثل "كشف حساب الشهر الماضي".',
  },
  order: {
    line: '{position}. {product}، {quantity}{missing, select, none {} other { (لم يصل {missing})}}',
    moreLines:
      '{count, plural, zero {لا سطور أخرى} one {وسطر آخر} two {وسطران آخران} few {و# سطور أخرى} many {و# سطراً آخر} other {و# سطر آخر}}',
    charged: 'المقيَّد حتى الآن: {amount}{due, select, none {} other {، يستحق في {due}}}.',
    kept: 'نحجز {amount} من رصيدك لما لم يصل بعد.',
  },
  why: {
    asked: '{when}: طلبت بقيمة {amount}.',
    sum: 'الحد {limit} - عليك {owed} - في الطلبات {held}{orders, select, none {} other { ({orders})}}{granted, select, none {} other { + مسموح {granted}}} = {available}.',
    order: 'الطلب {number}',
    short: 'كان ينقصك *{short}*.',
    fits: '{number, select, none {كان ضمن الحد فقُبل.} other {كان ضمن الحد: سُجل الطلب *{number}*.}}',
    overdue:
      '{overdue, select, none {كانت عليك دفعة متأخرة} other {كان عليك *{overdue}* متأخرة}}{since, select, none {} other { منذ {since}}}، فلم يُسجل الطلب.',
    onHold: 'كان حسابك موقوفاً. اسأل {wholesaler} عن المطلوب.',
    inactive: 'لم يكن رصيدك مفعّلاً. اطلب من {wholesaler} تجديده.',
    otherwise: 'لم يمكن تسجيله وقتها، وليس بسبب الرصيد. حاول مرة أخرى أو اسأل {wholesaler}.',
    nothing: 'لم يُرفض أي طلب لك.',
  },
  claim: {
    noted:
      'شكراً. أبلغتُ عن دفعتك *{amount}*{method, select, none {} other { ({method})}}{reference, select, none {} other {، المرجع {reference}}}. سيجري التحقق منها لدى {wholesaler}، ويصلك الإيصال فور تسجيلها.',
    again:
      '{state, select, open {أخبرتني عن هذه الدفعة في {date}، وما زال التحقق منها جارياً لدى {wholesaler}.} recorded {أخبرتني عن هذه الدفعة في {date}، وقد سُجلت.} other {أخبرتني عن هذه الدفعة في {date}، ولم توجد لدى {wholesaler}. من فضلك تواصل معهم.}}',
    howMuch: 'كم دفعت وكيف؟ مثلاً "5000 تحويل، مرجع 123456".',
    photoNoted: 'شكراً، ستصل الصورة إلى {wholesaler}.',
    isItSlip: 'هل هذا إيصال دفعة؟ إذن اكتب كم دفعت. لا أستطيع قراءة طلب من صورة، فاكتبه من فضلك.',
    noSlip: 'حسناً. اكتب ما تحتاجه من فضلك.',
    lapsed:
      '{photo, select, yes {لم تذكر كم دفعت، فسيُنظر لدى {wholesaler} في الصورة التي أرسلتها.} other {لم تذكر كم دفعت، فلم أبلغ عن شيء.}}',
    refused:
      'لم يمكن تأكيد دفعتك{amount, select, none {} other { *{amount}*}}{reference, select, none {} other {، المرجع {reference}}} لدى {wholesaler}: {reason}. لم تُسجل. إن كنت قد دفعت فأرسل الإيصال أو مرجعاً آخر.',
    method:
      '{method, select, cash {نقداً} upi {UPI} transfer {تحويل بنكي} mobile_money {محفظة الهاتف} card {بطاقة} cheque {شيك} other {{method}}}',
  },
  receipt: {
    received:
      'وصلت دفعتك: *{amount}*{method, select, none {} other { ({method})}}{reference, select, none {} other {، المرجع {reference}}}. شكراً!',
    paidOff:
      '{order, select, none {رصيد سابق} other {الطلب *{order}*}}: {amount}{rest, select, none {، مدفوع بالكامل} other {، بقي عليك {rest}}}',
    moreDebts:
      '{count, plural, zero {لا غيرها} one {وواحد آخر} two {واثنان آخران} few {و# أخرى} many {و# أخرى} other {و# أخرى}}',
    kept: '{amount} تبقى لك لمشترياتك القادمة.',
    stands: 'عليك الآن {owed} والمتبقي لك *{available}*.',
  },
  delivery: {
    whole: 'تم تسليم الطلب *{number}*. قُيِّد على حسابك {amount}{due, select, none {} other {، يستحق في {due}}}.',
    part: 'تم تسليم جزء من الطلب *{number}*. قُيِّد على حسابك {amount}{due, select, none {} other {، يستحق في {due}}}.',
    came: 'وصل الآن:',
    missing: 'لم يصل:',
    missingLine: '- {product}، {quantity}',
    missingAmount: 'بضاعة بقيمة {amount}',
    kept: 'سيصل لاحقاً، ونحجز له {amount} من رصيدك.',
    released: 'لن يصل ولا يُحسب عليك: عاد {amount} إلى رصيدك.',
  },
  cancellation: {
    byWholesaler: 'أُلغي الطلب *{number}* ({amount}) لدى {wholesaler}: {reason}.',
    back: 'عاد {released} إلى رصيدك: المتبقي لك {available}.',
  },
  list: {
    heading: 'المنتجات {from} إلى {to} من {count}:',
    howTo: 'اضغط على واحد لطلبه أو اكتب رقمه.',
    narrow: 'لترى أقل اكتب "قائمة" وما تبحث عنه.',
    empty: 'لا يوجد شيء للبيع حالياً.',
  },
};
