import type { Catalogue } from './catalogue.ts';
import { ar as money } from './money/ar.ts';

/**
 * Arabic in plain standard words that shops from Morocco to the Gulf read. Latin names and amounts stand inside
 * right-to-left sentences, so no sentence begins with one where that can be helped.
 */
export const ar: Catalogue = {
  couldNotProcess: 'عذراً، حدث خطأ من جهتنا ولم نتمكن من معالجة رسالتك. من فضلك أرسلها مرة أخرى.',
  quantity: '{shown} {unit}',
  comma: '،',
  semicolon: '؛',
  goods: '{product}، {quantity}',
  buttons: {
    confirm: 'تأكيد',
    change: 'تعديل',
    cancel: 'إلغاء',
    tryAgain: 'حاول مرة أخرى',
    yes: 'نعم',
    leaveOut: 'اتركه',
    choose: 'اختر',
    cancelOrder: 'نعم، ألغِه',
    keepOrder: 'لا، أبقِه',
  },
  proposal: {
    heading: 'طلبك',
    line: '{position}. {product}، {quantity}{contents, select, none {} other { ({contents})}} - {total}',
    total: 'المجموع *{amount}*',
    waiting: 'طلبك بقيمة *{amount}* لم يُسجَّل بعد. هل أسجله؟',
    waitingShort: 'طلبك بقيمة *{amount}* ما زال مفتوحاً: يزيد {short} عن المتبقي لك.',
    waitingBlocked: 'طلبك بقيمة *{amount}* ما زال مفتوحاً. لا أستطيع تسجيله بوضع حسابك الحالي.',
    creditLeft: 'المتبقي لك بعد هذا الطلب: {left}',
    doesNotFit: 'المتبقي لك {available} (الحد {limit}، عليك {owed}، في الطلبات {held}): هذا الطلب يزيد {short}.',
    accountBlocked: 'حسابك موقوف، لذلك لا أستطيع تسجيل الطلب الآن. اسأل {wholesaler} عن المطلوب.',
    accountClosed: 'حسابك الآجل مغلق، لذلك لا أستطيع تسجيل الطلب. اسأل {wholesaler} من فضلك.',
    limitLapsed: 'انتهت مدة حد حسابك، لذلك لا أستطيع تسجيل الطلب الآن. يُجدَّد لدى {wholesaler}؛ أحتفظ بطلبك.',
    accountMissing: 'ليس لك حساب آجل بعد: يجب فتحه لدى {wholesaler} أولاً.',
    switchedOff: 'المنتج {product} غير معروض للبيع الآن، فتركته.',
    outOfStock: 'المنتج {product} غير متوفر، فتركته.',
    notSold: 'المنتج {product} لم يعد في قائمتنا، فتركته.',
    notInCart: 'المنتج {product} لم يكن في طلبك.',
    tooManyLines:
      'الطلب الواحد لا يتسع لأكثر: تركت {count, plural, zero {# سطر} one {سطراً واحداً} two {سطرين} few {# أسطر} many {# سطراً} other {# سطر}}. أرسلها في طلب ثانٍ.',
    nothingLeft: 'أصبح الطلب فارغاً. لم يُطلب شيء.',
    empty: 'لا يوجد شيء في طلبك بعد. اكتب ما تحتاجه.',
    pricesChanged: 'تغيرت الأسعار منذ أن عرضت عليك هذا الطلب. لم يُطلب شيء بعد: راجعه من فضلك.',
    oldButton: 'هذا الزر من رسالة قديمة، فلم أفعل شيئاً. الوضع الآن هكذا.',
    sentLongAgo: 'وصلتني رسالتك متأخرة، فلم أطلب شيئاً. راجع الطلب من فضلك وأكده إن كنت ما زلت تريده.',
    lapsed: 'طلبك السابق لم يؤكَّد في الوقت، فلم يُسجَّل. أبقيته لك مفتوحاً.',
    addedToOpenOrder: 'جمعته مع الطلب الذي كان مفتوحاً لديك.',
    sentTwice: 'أرسلته مرتين، فحسبته مرة واحدة.',
    howToChange: 'ماذا أعدل؟ مثلاً "خلي {product} 5" أو "شيل {product}"، أو اكتب ما تريد إضافته.',
    notPlaced: 'لم يُسجَّل. اكتب ما تريد تعديله، مثلاً "شيل {product}"، أو ألغِ الطلب كله.',
    dropped: 'أُلغي. لم يُطلب شيء.',
  },
  placing: {
    placed: 'الطلب *{number}* تم تسجيله. {amount} على الحساب، والمتبقي لك {left}.',
    alreadyPlaced: 'الطلب *{number}* مسجل من قبل ({amount}). لم يُطلب شيء مرتين.',
    refusedShort:
      'لا أستطيع تسجيل هذا الطلب: قيمته {amount} والمتبقي لك {available} (الحد {limit}، عليك {owed}، في الطلبات {held}). ينقصك {short}.',
    refusedBlocked:
      'لا أستطيع تسجيل هذا الطلب: حسابك موقوف{owed, select, none {} other { (عليك {owed}، في الطلبات {held})}}. تواصل مع {wholesaler} من فضلك؛ أحتفظ بطلبك.',
    refusedInactive: 'لا أستطيع تسجيل هذا الطلب: حسابك الآجل غير مفعل حالياً. اطلب من {wholesaler} تجديده؛ أحتفظ بطلبك.',
    refusedNoAccount: 'لا أستطيع تسجيل هذا الطلب: ليس لك حساب آجل بعد. يجب فتحه لدى {wholesaler}؛ أحتفظ بطلبك.',
    refusedDuplicate: 'هذا التأكيد استُخدم لطلب آخر، فلم أسجل شيئاً. أكد مرة أخرى من فضلك.',
    refusedBusy: 'حسابك مشغول جداً الآن، فلم يُسجَّل شيء. حاول مرة أخرى بعد قليل.',
    refusedBroken: 'حدث خطأ من جهتنا ولم يُسجَّل شيء. حاول مرة أخرى بعد قليل.',
    refusedAmount: 'لا أستطيع تسجيل طلب بقيمة {amount}. عدّله من فضلك.',
    refusedOtherwise: 'لا أستطيع تسجيل هذا الطلب الآن. تواصل مع {wholesaler} من فضلك؛ أحتفظ بطلبك.',
    nothingToConfirm: 'لا يوجد ما ينتظر تأكيدك. اكتب ما تحتاجه.',
    orderLapsed:
      'الطلب *{number}* ({amount}) لم يُسلَّم في الوقت وانتهت مدته: لم يعد يحجز شيئاً من رصيدك. اكتب ما تحتاجه لتطلب من جديد.',
    restLapsed:
      'بقية الطلب *{number}* ({amount}) لم تُسلَّم في الوقت وأُغلقت: لم تعد تحجز شيئاً من رصيدك. اكتب ما تحتاجه لتطلب من جديد.',
  },
  questions: {
    noted: 'سجلت: {product}، {quantity}.',
    notedMany:
      'سجلت {count, plural, zero {# سطر} one {سطراً واحداً} two {سطرين} few {# أسطر} many {# سطراً} other {# سطر}}.',
    whichProduct: 'أي واحد تقصد بـ "{words}"{quantity, select, none {} other { ({quantity})}}؟',
    whichToRemove: 'أي واحد أشيل من "{words}"؟',
    option: '{position}. {product}{price, select, none {} other { - {price}}}',
    price: '{amount} لكل {unit}',
    didYouMean: 'هل تقصد {product} بـ "{words}"{quantity, select, none {} other { ({quantity})}}؟',
    howToAnswer: 'اضغط على واحد أو اكتب رقمه. كلمة "لا" تتركه.',
    howMany: 'كم تريد من {product}؟{units, select, none {} other { اكتب العدد و{units}.}}',
    unknownProduct:
      'لم أجد "{words}"{quantity, select, none {} other { ({quantity})}} في قائمتنا. اكتبه بطريقة أخرى، أو "لا" لتركه.',
    perhaps: 'لم أجد "{words}"{quantity, select, none {} other { ({quantity})}}. هل هو واحد من هذه؟',
    badQuantity: 'كتبت {quantity} من {product}. كم تحتاج؟{units, select, none {} other { اكتب العدد و{units}.}}',
    reallySoMany: 'الكمية {quantity} من {product}: هل هذا صحيح؟',
    notAllowed:
      'المنتج {product} يباع {minimum, select, none {{step, select, none {بالقطع الكاملة} other {بمضاعفات {step}}}} other {ابتداءً من {minimum}{step, select, none {} other {، بمضاعفات {step}}}}}؛ كتبت {asked}. هل أجعلها {nearest}؟',
    leftOut: 'تركت "{words}".',
    lapsed: 'لم يصلني جواب عن "{words}" في الوقت، فتركته الآن.',
    oldChoice: 'هذا الاختيار من سؤال قديم، فلم أفعل شيئاً.',
    tooManyQuestions:
      'لم يتضح لي {count, plural, zero {# سطر} one {سطر آخر} two {سطران آخران} few {# أسطر أخرى} many {# سطراً آخر} other {# سطر آخر}} وتركته. أرسله مرة أخرى بعد هذا من فضلك.',
  },
  cancelling: {
    askWhetherToCancel: 'هل ألغي الطلب *{number}*{amount, select, none {} other { ({amount})}}؟',
    cancelled: 'الطلب *{number}* أُلغي. عاد {released} إلى رصيدك: المتبقي لك {available}.',
    kept: 'الطلب *{number}* يبقى كما هو.',
    alreadyClosed:
      '{number, select, none {ذلك الطلب مغلق من قبل} other {الطلب *{number}* حالته {status, select, none {مغلق} other {{status}}} من قبل}}، فلا يوجد ما يُلغى.',
    delivered: '{number, select, none {ذلك الطلب} other {الطلب *{number}*}} تم تسليمه، فلا يمكن إلغاؤه.',
    notFound: '{number, select, none {لم أجد ذلك الطلب.} other {لم أجد الطلب {number} بين طلباتك الأخيرة.}}',
    nothing: 'ليس لديك طلب يمكن إلغاؤه.',
    lapsed: 'لم تقل هل ألغي الطلب *{number}*، فيبقى كما هو.',
    sentLongAgo: 'وصلتني رسالتك متأخرة، فلم ألغِ شيئاً بعد.',
  },
  account: {
    balance: 'الحد {limit}، عليك {owed}، في الطلبات {held}. المتبقي لك: *{available}*',
    blocked: 'حسابك موقوف للطلبات الجديدة. اسأل {wholesaler} عن المطلوب.',
    closed: 'حسابك الآجل مغلق. اسأل {wholesaler} من فضلك.',
    lapsed: 'انتهت مدة حد حسابك، فالطلبات الجديدة تنتظر. اطلب من {wholesaler} تجديده.',
    missing: 'ليس لك حساب آجل بعد. اطلب من {wholesaler} فتحه.',
    recentOrders: 'طلباتك الأخيرة',
    order: 'الطلب *{number}*، {date}: {amount}، {status}',
    noOrders: 'ليس لديك طلبات بعد.',
    status:
      '{status, select, waiting_for_approval {ينتظر الموافقة} waiting_on_credit {ينتظر الرصيد} approved {مسجل} part_delivered {سُلِّم جزء منه} delivered {سُلِّم} cancelled {ملغى} rejected {مرفوض} expired {انتهت مدته} other {{status}}}',
    explained:
      'وضع حسابك الآن: الحد {limit} - عليك {owed} - في الطلبات {held} = {available}. الطلب الأكبر من هذا يُرفض.',
    paid: 'شكراً. لا أستطيع تسجيل الدفعات من هذه المحادثة؛ تُسجَّل لدى {wholesaler} بعد التحقق. حتى ذلك الحين حسابك:',
  },
  talk: {
    greeting:
      'أهلاً {name}! اكتب ما تحتاجه{example, select, none {} other {، مثلاً "{example}"}}. أستطيع أيضاً إخبارك بالرصيد وبطلباتك.',
    help: `للطلب اكتب ما تحتاجه{example, select, none {.} other {: "{example}"}}
للتعديل: "خليها 5"، "شيل ..."، "زيد ...". عبارة "نفس الطلب السابق" تكرر آخر طلب.
وأيضاً: "الرصيد"، "كشف حساب"، "طلباتي"، "قائمة"، "سعر ..."، "إلغاء"، أو "أريد التحدث مع شخص".`,
    human: 'أحوّل المحادثة: سيُبلَّغ شخص في {wholesaler} بأنك تريد التحدث.',
    complaint: 'يؤسفني ذلك. سأنقل الأمر: سينظر فيه شخص لدى {wholesaler}.',
    language: 'أجيبك بالعربية. يمكنك أن تكتب لي بلغات أخرى أيضاً.',
    stranger:
      'أهلاً{name, select, none {} other { {name}}}، هذا خط الطلبات لدى {wholesaler}. هذا الرقم غير مسجل عندنا بعد. اطلب من {wholesaler} إضافته إلى محلك؛ بعدها تستطيع الطلب هنا.',
    media: {
      voice: 'لا أستطيع سماع الرسائل الصوتية بعد. اكتب طلبك من فضلك.',
      audio: 'لا أستطيع سماع التسجيلات. اكتب طلبك من فضلك.',
      image: 'لا أستطيع قراءة الصور بعد. اكتب طلبك من فضلك.',
      video: 'لا أستطيع مشاهدة الفيديو. اكتب طلبك من فضلك.',
      document: 'لا أستطيع قراءة الملفات بعد. اكتب طلبك من فضلك.',
      sticker: 'جميل! للطلب اكتب ما تحتاجه.',
    },
    cartLost: 'لم يوصل واتساب سلتك إليّ. أرسلها مرة أخرى من فضلك، أو اكتب ما تحتاجه.',
    tapLost: 'لم يوصل واتساب ضغطتك إليّ. اضغط مرة أخرى من فضلك، أو اكتب جوابك.',
    edited: 'لقد عدّلت رسالة بعد إرسالها، وأنا أعمل بما قالته أولاً. اكتب التعديل في رسالة جديدة من فضلك.',
    deleted: 'لقد حذفت رسالة كنت قد قرأتها. لم يتغير شيء بذلك: اكتب "إلغاء" للتراجع عن شيء، أو اكتب ما تحتاجه.',
    tooLong: 'هذه الرسالة أطول مما أستطيع قراءته. أرسل طلبك في عدة رسائل أقصر من فضلك.',
    unreadable: 'لا أستطيع قراءة هذا النوع من الرسائل. اكتب ما تحتاجه من فضلك.',
    notUnderstood: '{words, select, none {لم أفهم ذلك.} other {لم أفهم "{words}".}} اكتب ما تحتاجه، أو "مساعدة".',
    notUnderstoodAgain:
      '{words, select, none {عذراً، ما زلت لا أفهم.} other {عذراً، لا أفهم "{words}" أيضاً.}} اكتب "مساعدة" لترى ما أستطيع فعله، أو "موظف" للتحدث مع شخص في {wholesaler}.',
    queryWhat: 'عن أي منتج تسأل؟ اكتب اسمه.',
    queryUnknown: 'لم أجد "{words}" في قائمتنا.',
    queryPrice:
      '{product}: {prices, select, none {} other {{prices}، }}{stock, select, low {بقي القليل} out {غير متوفر} off {غير معروض الآن} other {متوفر}}',
    allRight: 'حسناً. اكتب لي متى احتجت شيئاً.',
    repeatNothing: 'ليس لديك طلب سابق أكرره. اكتب ما تحتاجه.',
  },
  people: {
    awaitsLink:
      'أهلاً{name, select, none {} other { {name}}}، هذا خط الطلبات لدى {wholesaler}. أنت تكتب من رقم أو حساب جديد علينا. قبل أن تطلب هنا يجب التأكد لدى {wholesaler} من أنه لك، وقد أبلغناهم.',
    isItYours:
      'يكتب إلينا شخص من رقم أو حساب واتساب جديد علينا وقد يكون لمحلك. هل هو لك؟ إن كنت لا تعرفه فاختر "لا": لن يصل إلى شيء. لديك سؤال؟ اسأل {wholesaler}.',
    ours: 'نعم، هو لنا',
    notOurs: 'لا',
    linkAnswered:
      '{outcome, select, confirmed {شكراً. يمكن للرقم أو الحساب الجديد أن يطلب لمحلك من الآن.} refused {شكراً لإخبارنا. لن يصل إلى حسابك، وجوابك ظاهر لدى {wholesaler}.} needs_staff {القرار في هذا لدى {wholesaler}، وقد أبلغناهم.} other {هذا السؤال محسوم من قبل.}}',
    linked: 'تم التأكد لدى {wholesaler} من أن هذا الرقم لك. يمكنك الطلب هنا الآن: اكتب ما تحتاج إليه.',
    notLinked: 'لم نتمكن من تأكيد أن هذا الرقم لك. من فضلك اسأل {wholesaler}.',
    registered: 'أهلاً بك! أنت مسجل لدى {wholesaler} باسم {shop}. اكتب ما تحتاج إليه لتطلب.',
    phoneKept: 'شكراً، لقد سجلنا رقمك.',
  },
  waiting: {
    fit: 'اضبط على {amount}',
    fitPlain: 'اضبط على رصيدي',
    askApproval: 'اطلب موافقة',
    payFirst: 'أدفع أولاً',
    person: 'تحدث مع شخص',
    takeUp: 'أظهر الطلب',
    fitRow: 'اطلب بقيمة {amount} واترك الباقي',
    askRow: 'أطلب الإذن وأخبرك بالجواب',
    payRow: 'أحتفظ بالطلب وأسألك مجدداً بعد الدفع',
    cancelRow: 'لا يُطلب أي شيء',
    whatNow: 'ماذا أفعل؟',
    trimmed: 'تم الضبط على رصيدك. تُرك: {missing}.',
    forApproval:
      'الطلب *{number}* ({amount}) ينتظر الموافقة الآن. سأخبرك فور وصول الجواب. لسحبه اكتب "إلغاء {number}".',
    onCredit: 'أحتفظ بالطلب *{number}* ({amount}) وأسألك من جديد حالما يتسع رصيدك. لسحبه اكتب "إلغاء {number}".',
    still: 'الطلب *{number}* ({amount}): {status}. سأكتب لك حالما يتغير ذلك.',
    withdrawn: 'تم سحب الطلب *{number}*. لم يُطلب أي شيء.',
    fits: 'خبر سار: رصيدك يتسع الآن للطلب *{number}*. هل أسجله؟ هذه أسعار اليوم.',
    fitsToo: 'خبر سار: رصيدك يتسع الآن للطلب *{number}* ({amount}).',
    finishFirst: 'لديك طلب آخر مفتوح. أكده أو ألغه أولاً من فضلك.',
    lapsed:
      'انتظر الطلب *{number}* ({amount}) الرصيد أقصى ما يمكن وانتهى. لم يُطلب أي شيء. اكتب ما تحتاجه لتطلب من جديد.',
    notWaiting: 'ذلك الطلب لم يعد في الانتظار، لذلك لم يُسجَّل شيء.',
  },
  approvals: {
    approve: 'موافق',
    reject: 'رفض',
    ask: 'طلب موافقة من {shop}: الطلب *{number}* بقيمة *{amount}* يزيد {short} عن المتبقي لهم.\nالحد {limit}، عليهم {owed}، في الطلبات {held}.',
    overdue: 'متأخر السداد: {amount}',
    lastOrders: 'آخر الطلبات',
    lastPayments: 'آخر الدفعات',
    payment: '{date}: {amount}',
    noHistory: 'لا طلبات ولا دفعات قبل هذا.',
    youApproved: 'تمت الموافقة: سُجِّل الطلب *{number}* من {shop}، {amount} على الحساب. تم إبلاغهم.',
    youRejected: 'تم الرفض: الطلب *{number}* من {shop} لن يُسجَّل. تم إبلاغهم.',
    lockRefused:
      'وافقت على الطلب *{number}* من {shop}، لكن تعذر تسجيله: {why, select, blocked {الحساب موقوف} inactive {الحساب غير نشط} short {صار الآن فوق الرصيد بأكثر مما سُئلت عنه} other {فحص الرصيد رفضه}}. تم إبلاغهم.',
    decided:
      'الطلب *{number}* من {shop} {outcome, select, approved {تمت الموافقة عليه من قبل} rejected {رُفض من قبل} refused {تمت الموافقة عليه لكن فحص الرصيد رفضه} withdrawn {سحبه المحل} other {انتهى بلا جواب}}{by, select, none {} other { ({by})}}.',
    lapsedForApprover: 'لم يجب أحد في الوقت المناسب عن الطلب *{number}* من {shop}، فانتهى. تم إبلاغهم.',
    none: 'لا يوجد طلب ينتظر موافقتك الآن. عندما يوجد سأكتب لك هنا.',
    several:
      '{count, plural, zero {لا طلبات تنتظر} one {طلب واحد ينتظر} two {طلبان ينتظران} few {# طلبات تنتظر} many {# طلباً ينتظر} other {# طلب ينتظر}} موافقتك. اضغط تحت الطلب المقصود، أو اكتب مثلاً "موافق {number}".',
    sentLongAgo: 'وصلتني رسالتك متأخرة، فلم يُقرَّر شيء بعد.',
    approved: 'خبر سار: تمت الموافقة على الطلب *{number}* وسُجِّل. {amount} على الحساب، والمتبقي لك {left}.',
    rejected: 'لم تتم الموافقة على الطلب *{number}* ({amount})، فلن يُسجَّل. يمكنك طلب أقل أو التحدث مع {wholesaler}.',
    refused:
      'تمت الموافقة على الطلب *{number}* ({amount})، لكن لا يمكن تسجيله بوضع حسابك الحالي. تحدث مع {wholesaler} من فضلك.',
    expired: 'لم يتمكن أحد من النظر في الطلب *{number}* ({amount}) في الوقت المناسب، فلم يُسجَّل. عذراً!',
    askAgain: 'اطلبه من جديد',
  },
  money,
  rules: {
    belowMinimum:
      'أقل طلب هو {minimum}، وينقصك {missing}. أضف شيئاً{example, select, none {} other {، مثلاً: "أضف {example}"}}.',
    closedRefused:
      'نحن مغلقون الآن ولا نستقبل الطلبات{opens, select, none {} other { حتى {opens}}}. حفظت لك هذا الطلب{opens, select, none {} other {، فأكده حينها}}.',
    openAgain: 'فتحنا من جديد، وقد حفظت لك طلبك: ها هو. لم يُسجَّل بعد.',
    closedTaken: 'نحن مغلقون الآن، وسيُجهَّز الطلب {opens, select, none {عندما نفتح من جديد} other {ابتداءً من {opens}}}.',
    strangerAnnounced:
      'أهلاً{name, select, none {} other { {name}}}، هذا خط الطلبات لدى {wholesaler}. هذا الرقم غير مسجل عندنا بعد. أبلغت {wholesaler}، وبمجرد إضافته إلى محلك تستطيع الطلب هنا.',
  },
  languages: {
    chosen: 'من الآن سأكتب لك بالعربية.',
    which: 'بأي لغة أكتب لك؟',
    button: 'اللغات',
    writeOne: 'أستطيع الكتابة بهذه اللغات: {names}. اكتب اسم اللغة التي تريدها.',
    notOffered: 'لا أستطيع الكتابة بلغة {language}.',
  },
  older: {
    nothingDone: 'هذا رد على رسالة قديمة، لذلك لم أفعل شيئاً.',
    more: '{count, plural, zero {لا منتجات أخرى} one {هناك منتج آخر} two {هناك منتجان آخران} few {هناك # منتجات أخرى} many {هناك # منتجاً آخر} other {هناك # منتج آخر}}: اسأل عن عدد أقل في كل مرة.',
  },
  notices: {
    stopped:
      'تم: لن تصلك تذكيرات أو إشعارات من {wholesaler} بعد الآن. إذا كتبت لنا نرد عليك، وستبقى تعرف أخبار طلباتك. اكتب START لتصلك من جديد.',
    started: 'تم: ستصلك تذكيرات وإشعارات {wholesaler} من جديد. اكتب STOP إن كنت لا تريدها.',
    kept: 'الطلب *{number}* ما زال قائماً: نحتفظ لك برصيده حتى {until}.',
    notKept: 'الطلب *{number}* لم يعد في الانتظار، فلا شيء نحتفظ به.',
  },
  staff: {
    botBack: 'عاد مساعد الطلبات لدى {wholesaler}. اكتب ما تحتاجه.',
    botBackLate:
      'عذراً، لم يتمكن أحد لدى {wholesaler} من الرد عليك حتى الآن، لكنهم يرون ما كتبت. عاد مساعد الطلبات في هذه الأثناء: اكتب ما تحتاجه.',
  },
  newcomers: {
    refused: 'تعذر تسجيلك للطلب هنا لدى {wholesaler}. اتصل بهم إن كنت ترى أن في الأمر خطأ.',
    askPhone: 'حتى نعرف لدى {wholesaler} من أنت: هل تعطينا رقم هاتفك؟ اضغط في الأسفل لمشاركته.',
    phoneNoted: 'شكراً. وصل رقمك إلى {wholesaler}، وسنخبرك هنا عندما يمكنك الطلب.',
  },
  units: {
    each: '{count, plural, zero {قطعة} one {قطعة} two {قطعة} few {قطع} many {قطعة} other {قطعة}}',
    piece: '{count, plural, zero {قطعة} one {قطعة} two {قطعة} few {قطع} many {قطعة} other {قطعة}}',
    case: '{count, plural, zero {صندوق} one {صندوق} two {صندوق} few {صناديق} many {صندوق} other {صندوق}}',
    carton: '{count, plural, zero {كرتون} one {كرتون} two {كرتون} few {كراتين} many {كرتون} other {كرتون}}',
    box: '{count, plural, zero {علبة} one {علبة} two {علبة} few {علب} many {علبة} other {علبة}}',
    crate: '{count, plural, zero {قفص} one {قفص} two {قفص} few {أقفاص} many {قفص} other {قفص}}',
    bag: '{count, plural, zero {كيس} one {كيس} two {كيس} few {أكياس} many {كيس} other {كيس}}',
    sack: '{count, plural, zero {شوال} one {شوال} two {شوال} few {شوالات} many {شوال} other {شوال}}',
    bale: '{count, plural, zero {بالة} one {بالة} two {بالة} few {بالات} many {بالة} other {بالة}}',
    pack: '{count, plural, zero {باكيت} one {باكيت} two {باكيت} few {باكيتات} many {باكيت} other {باكيت}}',
    packet: '{count, plural, zero {باكيت} one {باكيت} two {باكيت} few {باكيتات} many {باكيت} other {باكيت}}',
    bundle: '{count, plural, zero {ربطة} one {ربطة} two {ربطة} few {ربطات} many {ربطة} other {ربطة}}',
    bottle: '{count, plural, zero {زجاجة} one {زجاجة} two {زجاجة} few {زجاجات} many {زجاجة} other {زجاجة}}',
    tin: '{count, plural, zero {علبة} one {علبة} two {علبة} few {علب} many {علبة} other {علبة}}',
    can: '{count, plural, zero {علبة} one {علبة} two {علبة} few {علب} many {علبة} other {علبة}}',
    jar: '{count, plural, zero {برطمان} one {برطمان} two {برطمان} few {برطمانات} many {برطمان} other {برطمان}}',
    tub: '{count, plural, zero {علبة} one {علبة} two {علبة} few {علب} many {علبة} other {علبة}}',
    bucket: '{count, plural, zero {سطل} one {سطل} two {سطل} few {أسطل} many {سطل} other {سطل}}',
    drum: '{count, plural, zero {برميل} one {برميل} two {برميل} few {براميل} many {برميل} other {برميل}}',
    tray: '{count, plural, zero {صينية} one {صينية} two {صينية} few {صواني} many {صينية} other {صينية}}',
    strip: '{count, plural, zero {شريط} one {شريط} two {شريط} few {أشرطة} many {شريط} other {شريط}}',
    roll: '{count, plural, zero {لفة} one {لفة} two {لفة} few {لفات} many {لفة} other {لفة}}',
    sheet: '{count, plural, zero {لوح} one {لوح} two {لوح} few {ألواح} many {لوح} other {لوح}}',
    bar: '{count, plural, zero {قالب} one {قالب} two {قالب} few {قوالب} many {قالب} other {قالب}}',
    pair: '{count, plural, zero {زوج} one {زوج} two {زوج} few {أزواج} many {زوج} other {زوج}}',
    set: '{count, plural, zero {طقم} one {طقم} two {طقم} few {أطقم} many {طقم} other {طقم}}',
    dozen: '{count, plural, zero {دزينة} one {دزينة} two {دزينة} few {دزينات} many {دزينة} other {دزينة}}',
    half: '{count, plural, zero {نصف} one {نصف} two {نصف} few {أنصاف} many {نصف} other {نصف}}',
  },
};
