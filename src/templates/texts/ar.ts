import type { TemplateTexts } from '../catalogue.ts';

const statement = 'كشف الحساب';
const paid = 'لقد دفعت';
const human = 'التحدث مع موظف';

export const ar: TemplateTexts = {
  payment_due_soon: {
    body: 'مرحبًا {{shop}}، تذكير ودّي: المبلغ *{{amount}}* يستحق في {{date}}. إن كان في الطريق، فشكرًا لكم!',
    buttons: { statement, paid },
  },
  payment_overdue: {
    body: 'مرحبًا {{shop}}، المبلغ *{{amount}}* مستحق منذ {{date}}. نرجو السداد في أقرب وقت حتى تستمر طلباتكم. هل هناك خطأ؟ ردّوا علينا هنا.',
    buttons: { statement, paid, human },
  },
  order_delivered: {
    body: 'مرحبًا {{shop}}، تم تسليم الطلب *{{order}}*، وقُيّد على حسابكم {{amount}}. عليكم الآن {{owed}} وبقي لكم من الائتمان {{available}}. شكرًا لكم!',
    buttons: {},
  },
  order_part_open: {
    body: 'مرحبًا {{shop}}، تم تسليم جزء من الطلب *{{order}}*، وقُيّد على حسابكم {{amount}}. ما لم يصل بعد: {{missing}}. وقد حجزنا له {{held}} من ائتمانكم.',
    buttons: { human },
  },
  order_part_closed: {
    body: 'مرحبًا {{shop}}، تم تسليم جزء من الطلب *{{order}}*، وقُيّد على حسابكم {{amount}}. ما لم يُسلَّم ولن تدفعوا ثمنه: {{missing}}. وبقي لكم {{available}} من الائتمان.',
    buttons: { human },
  },
  order_cancelled: {
    body: 'مرحبًا {{shop}}، اضطررنا إلى إلغاء الطلب *{{order}}* بمبلغ {{amount}}: {{reason}}. لم يُحسب عليكم شيء، وبقي لكم {{available}} من الائتمان. لأي سؤال ردّوا علينا هنا.',
    buttons: { human },
  },
  payment_received: {
    body: 'مرحبًا {{shop}}، وصلتنا دفعتكم بمبلغ *{{amount}}*. عليكم الآن {{owed}} وبقي لكم من الائتمان {{available}}. شكرًا لكم!',
    buttons: { statement },
  },
  payment_bounced: {
    body: 'مرحبًا {{shop}}، دفعتكم بمبلغ *{{amount}}* بتاريخ {{date}} لم تتم، فعاد المبلغ مستحقًا. مجموع ما عليكم {{owed}} حتى الآن. ردّوا علينا هنا ونحلّ الأمر معًا.',
    buttons: { statement, human },
  },
  limit_changed: {
    body: 'مرحبًا {{shop}}، حدّكم الائتماني أصبح *{{limit}}* بعد أن كان {{before}} من قبل. بقي لكم {{available}} للطلب.',
    buttons: { human },
  },
  account_blocked: {
    body: 'مرحبًا {{shop}}، حسابكم موقوف مؤقتًا، فلا يمكننا الآن قبول طلبات بالآجل. عليكم *{{owed}}*، منها {{overdue}} متأخرة. ردّوا علينا هنا وسنجد حلًّا.',
    buttons: { statement, paid, human },
  },
  account_unblocked: {
    body: 'مرحبًا {{shop}}، خبر سارّ: حسابكم مفتوح من جديد. يمكنكم الطلب حتى *{{available}}* ضمن حدّكم البالغ {{limit}} ابتداءً من الآن.',
    buttons: {},
  },
  hold_expiring: {
    body: 'مرحبًا {{shop}}، الطلب *{{order}}* بمبلغ {{amount}} ما زال معلّقًا. يمكننا حجز الائتمان له حتى {{time}}. هل ما زلتم تريدونه؟',
    buttons: { keep: 'نعم، احجزوه', cancel: 'إلغاء الطلب' },
  },
  hold_expired: {
    body: 'مرحبًا {{shop}}، الطلب *{{order}}* بمبلغ {{amount}} لم يكتمل في وقته فانتهى. لم يُحسب عليكم شيء، وبقي لكم {{available}} من الائتمان. هل ما زلتم تريدونه؟',
    buttons: { order_again: 'اطلبوه مرة أخرى' },
  },
  order_fits: {
    body: 'خبر سار يا {{shop}}: رصيدكم يتسع الآن للطلب *{{order}}* بقيمة {{amount}}. هل نسجله؟ اضغطوا لرؤيته بأسعار اليوم.',
    buttons: { show: 'أظهر الطلب', cancel: 'إلغاء الطلب' },
  },
  approval_request: {
    body: 'مرحبًا {{approver}}، طلب موافقة من {{shop}} على الطلب *{{order}}* بمبلغ {{amount}}. هذا يزيد عن الائتمان الباقي لهم بمقدار {{short}}: حدّهم {{limit}}، وعليهم {{owed}}، والمحجوز {{held}} الآن. هل نقبل هذا الطلب؟',
    buttons: { approve: 'موافق', reject: 'رفض' },
  },
  approval_granted: {
    body: 'خبر سارّ، {{shop}}: تمت الموافقة على الطلب *{{order}}* بمبلغ {{amount}} وتم تسجيله. بقي لكم {{available}} من الائتمان.',
    buttons: {},
  },
  approval_refused: {
    body: 'مرحبًا {{shop}}، لم تتم الموافقة هذه المرة على الطلب *{{order}}* بمبلغ {{amount}}. لم يُحسب عليكم شيء، وبقي لكم {{available}} من الائتمان. يمكنكم تصغير الطلب أو التحدث معنا.',
    buttons: { change: 'تعديل الطلب', human },
  },
  approval_expired: {
    body: 'مرحبًا {{shop}}، لم يتمكن أحد من النظر في الطلب *{{order}}* بمبلغ {{amount}} في الوقت المناسب، فلم يُسجَّل. نعتذر. هل نسأل مرة أخرى؟',
    buttons: { ask_again: 'نعم، اسألوا ثانية', human },
  },
  statement_ready: {
    body: 'مرحبًا {{shop}}، كشف حسابكم عن {{period}} جاهز. {{balance}}. اضغطوا أدناه ونرسله إليكم بصيغة PDF.',
    buttons: { send: 'أرسلوه لي' },
  },
  confirm_new_number: {
    body: 'مرحبًا {{shop}}، شخص يراسلنا من الرقم {{number}} ويقول إنه من محلكم. هل هذا صحيح؟ إلى أن تجيبوا، لا يمكنه رؤية حسابكم ولا طلب شيء.',
    buttons: { yes: 'نعم، هو منّا', no: 'لا، ليس منّا' },
  },
};
