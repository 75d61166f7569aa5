import type { Messages } from '../catalogue.ts';
import type { MoneyTexts } from './types.ts';

export const hi: Messages<MoneyTexts> = {
  buttons: {
    statement: 'स्टेटमेंट',
    paid: 'भुगतान कर दिया',
    human: 'किसी से बात करें',
    slip: 'हाँ, भुगतान है',
    noSlip: 'नहीं',
    more: 'और दिखाइए',
  },
  balance: {
    overdue: 'तारीख़ निकल गई: *{amount}*, {date} से।',
    dueNext: 'अगला भुगतान: {amount}, {date} तक।',
    paidAhead: 'पहले से जमा: {amount}।',
    stops: '*{amount}* की तारीख़ {date} को निकल गई थी, इसलिए ऑर्डर अभी पक्का नहीं हो सकता। भुगतान होते ही फिर ऑर्डर लगेगा।',
  },
  statement: {
    heading: '*स्टेटमेंट* {period}',
    toPay: 'देना है: *{amount}*',
    inCredit: 'आपके जमा हैं: *{amount}*',
    settled: 'कुछ देना नहीं है।',
    movements: 'पिछला हिसाब',
    movement: '{date}: {what} {amount}',
    what: '{kind, select, CAPTURE {{number, select, none {माल पहुँचा} other {ऑर्डर {number}}}} PAYMENT {भुगतान} PAYMENT_REVERSAL {भुगतान लौटा} CREDIT_NOTE {क्रेडिट नोट} WRITE_OFF {माफ़ किया} other {सुधार}}{reference, select, none {} other { ({reference})}}',
    none: 'इस दौरान न कुछ लिया, न कुछ चुकाया।',
    inPdf: 'पूरा हिसाब इस PDF में है।',
    file: 'स्टेटमेंट {period}',
    tooLong: 'एक स्टेटमेंट के लिए यह बहुत लंबा है। कम दिनों का माँगिए, जैसे "पिछले महीने का स्टेटमेंट"।',
  },
  order: {
    line: '{position}. {product}, {quantity}{missing, select, none {} other { ({missing} आना बाकी)}}',
    moreLines: '{count, plural, one {और # लाइन} other {और # लाइनें}}',
    charged: 'अब तक खाते में: {amount}{due, select, none {} other {, {due} तक देना है}}।',
    kept: 'जो आना बाकी है, उसके लिए आपकी सीमा में {amount} रोके हुए हैं।',
  },
  why: {
    asked: '{when} को आपने {amount} का ऑर्डर माँगा।',
    sum: 'सीमा {limit} - बकाया {owed} - ऑर्डर में {held}{orders, select, none {} other { ({orders})}}{granted, select, none {} other { + मंज़ूर {granted}}} = {available}।',
    order: 'ऑर्डर {number}',
    short: '*{short}* कम पड़े।',
    fits: '{number, select, none {सीमा में आया, इसलिए मान लिया गया।} other {सीमा में आया: ऑर्डर *{number}* लग गया।}}',
    overdue:
      '{overdue, select, none {एक भुगतान की तारीख़ निकल चुकी थी} other {*{overdue}* की तारीख़ निकल चुकी थी}}{since, select, none {} other {, {since} से}}, इसलिए ऑर्डर नहीं लगा।',
    onHold: 'आपका खाता रुका हुआ था। क्या करना है, {wholesaler} बताएँगे।',
    inactive: 'आपकी उधार सीमा चालू नहीं थी। {wholesaler} से चालू करवाइए।',
    otherwise: 'उस समय ऑर्डर नहीं लग पाया, पर उधार की वजह से नहीं। फिर कोशिश कीजिए या {wholesaler} से पूछिए।',
    nothing: 'आपका कोई ऑर्डर रोका नहीं गया।',
  },
  claim: {
    noted:
      'धन्यवाद। आपका *{amount}* का भुगतान{method, select, none {} other { ({method})}}{reference, select, none {} other {, रेफ़ {reference}}} मैंने आगे भेज दिया। {wholesaler} जाँचेंगे, और दर्ज होते ही आपको रसीद मिलेगी।',
    again:
      '{state, select, open {यह भुगतान आपने {date} को बता दिया था: {wholesaler} अभी जाँच रहे हैं।} recorded {यह भुगतान आपने {date} को बता दिया था, और वह दर्ज हो चुका है।} other {यह भुगतान आपने {date} को बताया था, पर {wholesaler} को नहीं मिला। कृपया उनसे बात कीजिए।}}',
    howMuch: 'कितना भुगतान किया, और कैसे? जैसे "5000 UPI से, ref 123456"।',
    photoNoted: 'धन्यवाद, तस्वीर {wholesaler} को मिल जाएगी।',
    isItSlip: 'क्या यह भुगतान की पर्ची है? तो लिखिए कितना भुगतान किया। ऑर्डर मैं तस्वीर से नहीं पढ़ सकता, वह लिखकर भेजिए।',
    noSlip: 'ठीक है। जो चाहिए, लिखकर भेजिए।',
    lapsed:
      '{photo, select, yes {आपने रकम नहीं बताई, इसलिए {wholesaler} आपकी भेजी तस्वीर देखेंगे।} other {आपने रकम नहीं बताई, इसलिए मैंने कुछ आगे नहीं भेजा।}}',
    refused:
      '{wholesaler} को आपका भुगतान{amount, select, none {} other { *{amount}*}}{reference, select, none {} other {, रेफ़ {reference}}} नहीं मिला: {reason}। यह दर्ज नहीं हुआ। अगर भुगतान किया है, तो पर्ची या नया रेफ़रेंस भेजिए।',
    method:
      '{method, select, cash {नकद} upi {UPI} transfer {बैंक ट्रांसफ़र} mobile_money {मोबाइल मनी} card {कार्ड} cheque {चेक} other {{method}}}',
  },
  receipt: {
    received:
      'भुगतान मिला: *{amount}*{method, select, none {} other { ({method})}}{reference, select, none {} other {, रेफ़ {reference}}}। धन्यवाद!',
    paidOff:
      '{order, select, none {पिछला बकाया} other {ऑर्डर *{order}*}}: {amount}{rest, select, none {, पूरा चुका} other {, {rest} बकाया}}',
    moreDebts: '{count, plural, one {और #} other {और #}}',
    kept: '{amount} अगली ख़रीद के लिए जमा रहेंगे।',
    stands: 'अब बकाया {owed} है और *{available}* की उधार सीमा बची है।',
  },
  delivery: {
    whole: 'ऑर्डर *{number}* पहुँच गया। {amount} आपके खाते में लिखे गए{due, select, none {} other {, {due} तक देने हैं}}।',
    part: 'ऑर्डर *{number}* का कुछ माल पहुँचा। {amount} आपके खाते में लिखे गए{due, select, none {} other {, {due} तक देने हैं}}।',
    came: 'अभी पहुँचा:',
    missing: 'नहीं पहुँचा:',
    missingLine: '- {product}, {quantity}',
    missingAmount: '{amount} का माल',
    kept: 'यह आना बाकी है; इसके लिए आपकी सीमा में {amount} रोके हुए हैं।',
    released: 'यह नहीं आएगा और खाते में नहीं लिखा गया: {amount} आपकी सीमा में वापस आ गए।',
  },
  cancellation: {
    byWholesaler: '{wholesaler} ने ऑर्डर *{number}* ({amount}) रद्द कर दिया: {reason}।',
    back: 'उधार सीमा में {released} वापस आए: अब {available} बचे हैं।',
  },
  list: {
    heading: '{count} में से {from} से {to}:',
    howTo: 'मँगाने के लिए एक को दबाइए या उसका नंबर लिखिए।',
    narrow: 'कम देखने के लिए "लिस्ट" और चीज़ का नाम लिखिए।',
    empty: 'अभी बिक्री में कुछ नहीं है।',
  },
};
