import type { Messages } from '../catalogue.ts';
import type { MoneyTexts } from './types.ts';

export const sw: Messages<MoneyTexts> = {
  buttons: {
    statement: 'Taarifa ya akaunti',
    paid: 'Nimeshalipa',
    human: 'Ongea na mtu',
    slip: 'Ndiyo, ni malipo',
    noSlip: 'Hapana',
    more: 'Onyesha zaidi',
  },
  balance: {
    overdue: 'Imepita tarehe: *{amount}*, tangu {date}.',
    dueNext: 'Malipo yajayo: {amount}, tarehe {date}.',
    paidAhead: 'Umelipa mapema: {amount}.',
    stops: '*{amount}* imepita tarehe tangu {date}, kwa hiyo siwezi kuweka oda sasa. Ikilipwa, nitapokea oda tena.',
  },
  statement: {
    heading: '*Taarifa ya akaunti* {period}',
    toPay: 'Unadaiwa: *{amount}*',
    inCredit: 'Una akiba ya: *{amount}*',
    settled: 'Hudaiwi kitu.',
    movements: 'Miamala ya mwisho',
    movement: '{date}: {what} {amount}',
    what: '{kind, select, CAPTURE {{number, select, none {bidhaa zimefika} other {oda {number}}}} PAYMENT {malipo} PAYMENT_REVERSAL {malipo yamerudi} CREDIT_NOTE {punguzo la deni} WRITE_OFF {deni limesamehewa} other {marekebisho}}{reference, select, none {} other { ({reference})}}',
    none: 'Hakuna kilichonunuliwa wala kulipwa kipindi hiki.',
    inPdf: 'Yote yako kwenye PDF hii.',
    file: 'Taarifa {period}',
    tooLong: 'Ni nyingi mno kwa taarifa moja. Omba kipindi kifupi, kwa mfano "taarifa ya akaunti ya mwezi uliopita".',
  },
  order: {
    line: '{position}. {product}, {quantity}{missing, select, none {} other { (bado {missing})}}',
    moreLines: '{count, plural, one {na mstari # zaidi} other {na mistari # zaidi}}',
    charged: 'Imeandikwa hadi sasa: {amount}{due, select, none {} other {, lipa kabla ya {due}}}.',
    kept: 'Tumekuwekea {amount} ya nafasi yako ya mkopo kwa vinavyokuja.',
  },
  why: {
    asked: '{when} uliomba oda ya {amount}.',
    sum: 'Kikomo {limit} - deni {owed} - kwenye oda {held}{orders, select, none {} other { ({orders})}}{granted, select, none {} other { + imeruhusiwa {granted}}} = {available}.',
    order: 'oda {number}',
    short: 'Ulipungukiwa na *{short}*.',
    fits: '{number, select, none {Ilitosha, ikakubaliwa.} other {Ilitosha: oda *{number}* iliwekwa.}}',
    overdue:
      '{overdue, select, none {Kulikuwa na deni lililopita tarehe} other {*{overdue}* ilikuwa imepita tarehe}}{since, select, none {} other { tangu {since}}}, kwa hiyo oda haikuwekwa.',
    onHold: 'Akaunti yako ilikuwa imesimamishwa. {wholesaler} watakuambia kinachohitajika.',
    inactive: 'Mkopo wako haukuwa hai. Waombe {wholesaler} waufungue tena.',
    otherwise: 'Wakati ule haikuwezekana, na si kwa sababu ya mkopo. Jaribu tena au waulize {wholesaler}.',
    nothing: 'Hakuna oda yako iliyokataliwa.',
  },
  claim: {
    noted:
      'Asante. Nimepeleka taarifa ya malipo yako ya *{amount}*{method, select, none {} other { kwa {method}}}{reference, select, none {} other {, kumb. {reference}}}. {wholesaler} watayakagua, na utapata risiti yakishaandikwa.',
    again:
      '{state, select, open {Uliniambia malipo haya tarehe {date}: {wholesaler} bado wanayakagua.} recorded {Uliniambia malipo haya tarehe {date}, na yameshaandikwa.} other {Uliniambia malipo haya tarehe {date}, na {wholesaler} hawakuyaona. Tafadhali ongea nao.}}',
    howMuch: 'Umelipa kiasi gani, na kwa njia gani? Kwa mfano "5000 kwa M-Pesa, ref QFT5XK2L9M".',
    photoNoted: 'Asante, {wholesaler} watapata picha hiyo.',
    isItSlip:
      'Je, hii ni risiti ya malipo? Basi andika umelipa kiasi gani. Oda siwezi kuisoma kwenye picha: tafadhali iandike.',
    noSlip: 'Sawa. Tafadhali andika unachohitaji.',
    lapsed:
      '{photo, select, yes {Hukusema umelipa kiasi gani, kwa hiyo {wholesaler} wataangalia picha uliyotuma.} other {Hukusema umelipa kiasi gani, kwa hiyo sikupeleka chochote.}}',
    refused:
      '{wholesaler} hawakuweza kuthibitisha malipo yako{amount, select, none {} other { ya *{amount}*}}{reference, select, none {} other {, kumb. {reference}}}: {reason}. Hayajaandikwa. Kama umelipa, tuma risiti au kumbukumbu nyingine.',
    method:
      '{method, select, cash {taslimu} upi {UPI} transfer {benki} mobile_money {simu} card {kadi} cheque {hundi} other {{method}}}',
  },
  receipt: {
    received:
      'Malipo yamepokelewa: *{amount}*{method, select, none {} other { kwa {method}}}{reference, select, none {} other {, kumb. {reference}}}. Asante!',
    paidOff:
      '{order, select, none {Deni la awali} other {Oda *{order}*}}: {amount}{rest, select, none {, imelipwa yote} other {, bado unadaiwa {rest}}}',
    moreDebts: '{count, plural, one {na # zaidi} other {na # zaidi}}',
    kept: '{amount} imewekwa kwa ununuzi wako ujao.',
    stands: 'Sasa unadaiwa {owed} na nafasi yako ya mkopo ni *{available}*.',
  },
  delivery: {
    whole:
      'Oda *{number}* imefika. {amount} imeandikwa kwenye akaunti yako{due, select, none {} other {, lipa kabla ya {due}}}.',
    part: 'Sehemu ya oda *{number}* imefika. {amount} imeandikwa kwenye akaunti yako{due, select, none {} other {, lipa kabla ya {due}}}.',
    came: 'Imefika sasa:',
    missing: 'Havijafika:',
    missingLine: '- {product}, {quantity}',
    missingAmount: 'bidhaa za {amount}',
    kept: 'Vinakuja bado; tumekuwekea {amount} ya nafasi yako ya mkopo.',
    released: 'Havitakuja na hudaiwi: {amount} imerudi kwenye nafasi yako ya mkopo.',
  },
  cancellation: {
    byWholesaler: 'Oda *{number}* ({amount}) imeghairiwa na {wholesaler}: {reason}.',
    back: '{released} zimerudi: nafasi yako ya mkopo sasa ni {available}.',
  },
  list: {
    heading: 'Bidhaa {from} hadi {to} kati ya {count}:',
    howTo: 'Gusa moja kuiagiza, au andika namba yake.',
    narrow: 'Kuona chache, andika "orodha" na unachotafuta.',
    empty: 'Kwa sasa hakuna kinachouzwa.',
  },
};
