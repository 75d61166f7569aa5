import type { Catalogue } from './catalogue.ts';
import { sw as money } from './money/sw.ts';

/** Swahili as Kenyan and Tanzanian shops write it. */
export const sw: Catalogue = {
  couldNotProcess: 'Samahani, kuna hitilafu upande wetu na sikuweza kushughulikia ujumbe wako. Tafadhali utume tena.',
  quantity: '{unit} {shown}',
  comma: ',',
  semicolon: ';',
  goods: '{product}, {quantity}',
  buttons: {
    confirm: 'Thibitisha',
    change: 'Badilisha',
    cancel: 'Ghairi',
    tryAgain: 'Jaribu tena',
    yes: 'Ndiyo',
    leaveOut: 'Acha',
    choose: 'Chagua',
    cancelOrder: 'Ndiyo, ghairi',
    keepOrder: 'Hapana, iache',
  },
  proposal: {
    heading: 'Oda yako',
    line: '{position}. {product}, {quantity}{contents, select, none {} other { ({contents})}} - {total}',
    total: 'Jumla *{amount}*',
    waiting: 'Oda yako ya *{amount}* bado haijawekwa. Niiweke?',
    waitingShort: 'Oda yako ya *{amount}* bado iko wazi: imezidi nafasi ya mkopo iliyobaki kwa {short}.',
    waitingBlocked: 'Oda yako ya *{amount}* bado iko wazi. Siwezi kuiweka kwa hali ya akaunti yako sasa.',
    creditLeft: 'Nafasi ya mkopo itakayobaki: {left}',
    doesNotFit:
      'Nafasi yako ya mkopo ni {available} (kikomo {limit}, deni {owed}, kwenye oda {held}): hii imezidi kwa {short}.',
    accountBlocked:
      'Akaunti yako imesimamishwa, kwa hiyo siwezi kuweka oda sasa. {wholesaler} watakuambia kinachohitajika.',
    accountClosed: 'Akaunti yako ya mkopo imefungwa, kwa hiyo siwezi kuweka oda. Tafadhali uliza {wholesaler}.',
    limitLapsed:
      'Muda wa kikomo chako cha mkopo umeisha, kwa hiyo siwezi kuweka oda sasa. {wholesaler} wanaweza kuufufua; nakuhifadhia oda.',
    accountMissing: 'Bado huna akaunti ya mkopo: {wholesaler} wanapaswa kuifungua kwanza.',
    switchedOff: '{product} haiuzwi kwa sasa, kwa hiyo nimeiacha.',
    outOfStock: '{product} imeisha, kwa hiyo nimeiacha.',
    notSold: '{product} haipo tena kwenye orodha yetu, kwa hiyo nimeiacha.',
    notInCart: '{product} haikuwa kwenye oda yako.',
    tooManyLines:
      'Oda moja haiwezi kuwa na mistari zaidi: {count, plural, one {mstari # umeachwa. Utume} other {mistari # imeachwa. Itume}} kama oda ya pili.',
    nothingLeft: 'Oda yako imebaki tupu. Hakuna kilichoagizwa.',
    empty: 'Bado hakuna kitu kwenye oda yako. Andika unachohitaji.',
    pricesChanged: 'Bei zimebadilika tangu nilipokuonyesha oda hii. Hakuna kilichoagizwa bado: tafadhali angalia tena.',
    oldButton: 'Kitufe hicho ni cha ujumbe wa zamani, kwa hiyo sikufanya kitu. Hali ya sasa ni hii.',
    sentLongAgo:
      'Ujumbe wako ulinifikia kwa kuchelewa, kwa hiyo sikuagiza kitu. Tafadhali angalia tena na uthibitishe kama bado unataka.',
    lapsed: 'Oda yako ya awali haikuthibitishwa kwa wakati, kwa hiyo haijawekwa. Nimekuhifadhia.',
    addedToOpenOrder: 'Nimeiweka pamoja na oda uliyokuwa nayo.',
    sentTwice: 'Umetuma mara mbili, kwa hiyo nahesabu mara moja.',
    howToChange: 'Nibadilishe nini? Kwa mfano "{product} ziwe 5", "ondoa {product}", au andika cha kuongeza.',
    notPlaced: 'Haijaagizwa. Andika cha kubadilisha, kwa mfano "ondoa {product}", au ghairi oda yote.',
    dropped: 'Imeghairiwa. Hakuna kilichoagizwa.',
  },
  placing: {
    placed: 'Oda *{number}* imewekwa. {amount} kwa mkopo, nafasi ya mkopo iliyobaki {left}.',
    alreadyPlaced: 'Oda *{number}* tayari imewekwa ({amount}). Hakuna kilichoagizwa mara mbili.',
    refusedShort:
      'Siwezi kuweka oda hii: ni {amount} na nafasi yako ya mkopo ni {available} (kikomo {limit}, deni {owed}, kwenye oda {held}). Umepungukiwa na {short}.',
    refusedBlocked:
      'Siwezi kuweka oda hii: akaunti yako imesimamishwa{owed, select, none {} other { (deni {owed}, kwenye oda {held})}}. Tafadhali ongea na {wholesaler}; nakuhifadhia oda.',
    refusedInactive:
      'Siwezi kuweka oda hii: mkopo wako hautumiki kwa sasa. Waombe {wholesaler} waufungue tena; nakuhifadhia oda.',
    refusedNoAccount:
      'Siwezi kuweka oda hii: bado huna akaunti ya mkopo. {wholesaler} wanapaswa kuifungua; nakuhifadhia oda.',
    refusedDuplicate:
      'Uthibitisho huu umeshatumika kwa oda nyingine, kwa hiyo sikuagiza kitu. Tafadhali thibitisha tena.',
    refusedBusy:
      'Akaunti yako ina shughuli nyingi sasa, kwa hiyo hakuna kilichoagizwa. Jaribu tena baada ya muda mfupi.',
    refusedBroken: 'Kuna hitilafu upande wetu na hakuna kilichoagizwa. Jaribu tena baada ya muda mfupi.',
    refusedAmount: 'Siwezi kuweka oda ya {amount}. Tafadhali ibadilishe.',
    refusedOtherwise: 'Siwezi kuweka oda hii sasa. Tafadhali ongea na {wholesaler}; nakuhifadhia oda.',
    nothingToConfirm: 'Hakuna kinachosubiri uthibitisho wako. Andika unachohitaji.',
    orderLapsed:
      'Oda *{number}* ({amount}) haikufikishwa kwa wakati na muda wake umeisha: haishiki tena nafasi yako ya mkopo. Andika unachohitaji kuagiza tena.',
    restLapsed:
      'Sehemu iliyobaki ya oda *{number}* ({amount}) haikufikishwa kwa wakati na imefungwa: haishiki tena nafasi yako ya mkopo. Andika unachohitaji kuagiza tena.',
  },
  questions: {
    noted: '{product}, {quantity}: nimeandika.',
    notedMany: 'Nimeandika {count, plural, one {mstari #} other {mistari #}}.',
    whichProduct: 'Unamaanisha ipi kwa "{words}"{quantity, select, none {} other { ({quantity})}}?',
    whichToRemove: 'Niondoe ipi kwa "{words}"?',
    option: '{position}. {product}{price, select, none {} other { - {price}}}',
    price: '{amount} kwa {unit}',
    didYouMean: 'Kwa "{words}"{quantity, select, none {} other { ({quantity})}} unamaanisha {product}?',
    howToAnswer: 'Gusa moja, au andika namba yake. "Hapana" inaiacha.',
    howMany: '{product} ngapi?{units, select, none {} other { Andika idadi na {units}.}}',
    unknownProduct:
      'Sioni "{words}"{quantity, select, none {} other { ({quantity})}} kwenye orodha yetu. Andika kwa njia nyingine, au "hapana" kuiacha.',
    perhaps: 'Sioni "{words}"{quantity, select, none {} other { ({quantity})}}. Ni moja ya hizi?',
    badQuantity:
      'Umeandika {quantity} ya {product}. Unahitaji ngapi?{units, select, none {} other { Andika idadi na {units}.}}',
    reallySoMany: '{product}, {quantity}: ni sawa?',
    notAllowed:
      '{product} inauzwa {minimum, select, none {{step, select, none {kwa vipande vizima} other {kwa mafungu ya {step}}}} other {kuanzia {minimum}{step, select, none {} other {, kwa mafungu ya {step}}}}}; umeandika {asked}. Niweke {nearest}?',
    leftOut: '"{words}": imeachwa.',
    lapsed: 'Sikupata jibu kuhusu "{words}" kwa wakati, kwa hiyo imeachwa kwa sasa.',
    oldChoice: 'Chaguo hilo ni la swali la zamani, kwa hiyo sikufanya kitu.',
    tooManyQuestions:
      '{count, plural, one {Mstari # zaidi haukueleweka na umeachwa} other {Mistari # zaidi haikueleweka na imeachwa}}. Tafadhali itume tena baada ya hii.',
  },
  cancelling: {
    askWhetherToCancel: 'Nighairi oda *{number}*{amount, select, none {} other { ({amount})}}?',
    cancelled: 'Oda *{number}* imeghairiwa. {released} zimerudi: nafasi yako ya mkopo sasa ni {available}.',
    kept: 'Oda *{number}* inabaki kama ilivyo.',
    alreadyClosed:
      '{number, select, none {Oda hiyo imeshafungwa} other {Oda *{number}* tayari {status, select, none {imefungwa} other {{status}}}}}, kwa hiyo hakuna cha kughairi.',
    delivered: '{number, select, none {Oda hiyo} other {Oda *{number}*}} imeshafikishwa, haiwezi kughairiwa tena.',
    notFound: '{number, select, none {Sioni oda hiyo.} other {Sioni oda {number} kati ya oda zako za mwisho.}}',
    nothing: 'Huna oda inayoweza kughairiwa.',
    lapsed: 'Hukusema kama nighairi oda *{number}*, kwa hiyo inabaki.',
    sentLongAgo: 'Ujumbe wako ulinifikia kwa kuchelewa, kwa hiyo bado sijaghairi kitu.',
  },
  account: {
    balance: 'Kikomo {limit}, deni {owed}, kwenye oda {held}. Nafasi ya mkopo: *{available}*',
    blocked: 'Akaunti yako imesimamishwa kwa oda mpya. {wholesaler} watakuambia kinachohitajika.',
    closed: 'Akaunti yako ya mkopo imefungwa. Tafadhali uliza {wholesaler}.',
    lapsed: 'Muda wa kikomo chako cha mkopo umeisha, kwa hiyo oda mpya zinasubiri. Waombe {wholesaler} waufungue tena.',
    missing: 'Bado huna akaunti ya mkopo. Waombe {wholesaler} waifungue.',
    recentOrders: 'Oda zako za mwisho',
    order: 'Oda *{number}*, {date}: {amount}, {status}',
    noOrders: 'Bado huna oda.',
    status:
      '{status, select, waiting_for_approval {inasubiri idhini} waiting_on_credit {inasubiri mkopo} approved {imewekwa} part_delivered {imefikishwa kiasi} delivered {imefikishwa} cancelled {imeghairiwa} rejected {imekataliwa} expired {muda umeisha} other {{status}}}',
    explained:
      'Mkopo wako sasa uko hivi: kikomo {limit} - deni {owed} - kwenye oda {held} = {available}. Oda inayozidi hapo inakataliwa.',
    paid: 'Asante. Siwezi kuandika malipo kutoka kwenye gumzo hili; {wholesaler} huyaandika yakishakaguliwa. Hadi hapo akaunti yako inaonyesha:',
  },
  talk: {
    greeting:
      'Habari {name}! Andika unachohitaji{example, select, none {} other {, kwa mfano "{example}"}}. Naweza pia kukuambia salio na oda zako.',
    help: `Kuagiza, andika unachohitaji{example, select, none {.} other {: "{example}"}}
Kubadilisha: "ziwe 5", "ondoa ...", "ongeza ...". "Kama mara ya mwisho" inarudia oda yako ya mwisho.
Pia: "salio", "taarifa ya akaunti", "oda zangu", "orodha", "bei ya ...", "ghairi", au "nataka kuongea na mtu".`,
    human: 'Napeleka mazungumzo haya: mtu wa {wholesaler} ataambiwa kwamba unataka kuongea.',
    complaint: 'Pole sana kwa hilo. Nalipeleka mbele: mtu wa {wholesaler} ataliangalia.',
    language: 'Nakujibu kwa Kiswahili. Unaweza kuandika pia kwa lugha nyingine.',
    stranger:
      'Habari{name, select, none {} other { {name}}}, hii ni namba ya oda ya {wholesaler}. Namba yako bado haijasajiliwa kwetu. Waombe {wholesaler} waiongeze kwenye duka lako; kisha utaweza kuagiza hapa.',
    media: {
      voice: 'Bado siwezi kusikiliza ujumbe wa sauti. Tafadhali andika oda yako.',
      audio: 'Siwezi kusikiliza rekodi. Tafadhali andika oda yako.',
      image: 'Bado siwezi kusoma picha. Tafadhali andika oda yako.',
      video: 'Siwezi kutazama video. Tafadhali andika oda yako.',
      document: 'Bado siwezi kusoma nyaraka. Tafadhali andika oda yako.',
      sticker: 'Safi! Kuagiza, andika unachohitaji.',
    },
    cartLost: 'WhatsApp haikunifikishia kikapu chako. Tafadhali kitume tena, au andika unachohitaji.',
    tapLost: 'WhatsApp haikunifikishia ulichobonyeza. Tafadhali bonyeza tena, au andika jibu lako.',
    edited:
      'Umebadilisha ujumbe baada ya kuutuma, nami natumia maneno ya kwanza. Tafadhali andika mabadiliko kama ujumbe mpya.',
    deleted:
      'Umefuta ujumbe ambao nimeshausoma. Hilo halikubadilisha kitu: andika "ghairi" kufuta oda, au andika unachohitaji.',
    tooLong: 'Ujumbe huo ni mrefu mno kwangu. Tafadhali tuma oda yako katika jumbe kadhaa fupi.',
    unreadable: 'Siwezi kusoma ujumbe wa aina hii. Tafadhali andika unachohitaji.',
    notUnderstood:
      '{words, select, none {Sikuelewa hiyo.} other {Sikuelewa "{words}".}} Andika unachohitaji, au "msaada".',
    notUnderstoodAgain:
      '{words, select, none {Samahani, bado sielewi.} other {Samahani, "{words}" pia sielewi.}} Andika "msaada" kuona ninachoweza, au "mtu" kuongea na mtu wa {wholesaler}.',
    queryWhat: 'Unataka kujua kuhusu bidhaa gani? Andika jina lake.',
    queryUnknown: 'Sioni "{words}" kwenye orodha yetu.',
    queryPrice:
      '{product}: {prices, select, none {} other {{prices}, }}{stock, select, low {zimebaki chache} out {imeisha} off {haiuzwi kwa sasa} other {ipo}}',
    allRight: 'Sawa. Andika wakati wowote ukihitaji kitu.',
    repeatNothing: 'Huna oda ya awali ya kurudia. Andika unachohitaji.',
  },
  people: {
    awaitsLink:
      'Habari{name, select, none {} other { {name}}}, hii ni laini ya oda ya {wholesaler}. Unaandika kutoka namba au akaunti ambayo ni mpya kwetu. Kabla ya kuagiza hapa, {wholesaler} lazima wathibitishe kuwa ni yako; wameshajulishwa.',
    isItYours:
      'Kuna mtu anatuandikia kutoka namba au akaunti ya WhatsApp ambayo ni mpya kwetu na huenda ni ya duka lako. Je, ni yako? Kama huijui, chagua "Hapana": haitapata ruhusa. Una swali? Uliza {wholesaler}.',
    ours: 'Ndiyo, ni yetu',
    notOurs: 'Hapana',
    linkAnswered:
      '{outcome, select, confirmed {Asante. Namba au akaunti mpya sasa inaweza kuagiza kwa duka lako.} refused {Asante kwa kutuambia. Haitapata ruhusa kwenye akaunti yako, na {wholesaler} wanaweza kuona jibu lako.} needs_staff {{wholesaler} ndio wanaoamua hili; wameshajulishwa.} other {Swali hili limeshajibiwa.}}',
    linked: '{wholesaler} wamethibitisha kuwa namba hii ni yako. Unaweza kuagiza hapa sasa: andika unachohitaji.',
    notLinked: 'Hatukuweza kuthibitisha kuwa namba hii ni yako. Tafadhali uliza {wholesaler}.',
    registered: 'Karibu! Umesajiliwa na {wholesaler} kama {shop}. Andika unachohitaji ili kuagiza.',
    phoneKept: 'Asante, tumeandika namba yako.',
  },
  waiting: {
    fit: 'Hadi {amount}',
    fitPlain: 'Hadi nafasi yangu',
    askApproval: 'Omba idhini',
    payFirst: 'Lipa kwanza',
    person: 'Ongea na mtu',
    takeUp: 'Onyesha oda',
    fitRow: 'Agiza {amount}, acha zilizobaki',
    askRow: 'Naomba ruhusa na kukuambia jibu',
    payRow: 'Naihifadhi oda na kukuuliza tena ukishalipa',
    cancelRow: 'Hakuna kinachoagizwa',
    whatNow: 'Nifanye nini?',
    trimmed: 'Imepunguzwa kulingana na nafasi yako ya mkopo. Kilichoachwa: {missing}.',
    forApproval:
      'Oda *{number}* ({amount}) sasa inasubiri idhini. Nitakuambia mara jibu likija. Kuiondoa, andika "ghairi {number}".',
    onCredit:
      'Nimehifadhi oda *{number}* ({amount}) na nitakuuliza tena mkopo wako ukiwa na nafasi. Kuiondoa, andika "ghairi {number}".',
    still: 'Oda *{number}* ({amount}): {status}. Nitakuandikia mara itakapobadilika.',
    withdrawn: 'Oda *{number}* imeondolewa. Hakuna kilichoagizwa.',
    fits: 'Habari njema: mkopo wako sasa una nafasi ya oda *{number}*. Niiweke? Hizi ni bei za leo.',
    fitsToo: 'Habari njema: mkopo wako sasa una nafasi ya oda *{number}* ({amount}).',
    finishFirst: 'Una oda nyingine iliyo wazi. Tafadhali ithibitishe au ighairi kwanza.',
    lapsed:
      'Oda *{number}* ({amount}) imesubiri mkopo hadi mwisho na muda wake umeisha. Hakuna kilichoagizwa. Andika unachohitaji kuagiza tena.',
    notWaiting: 'Oda hiyo haisubiri tena, kwa hiyo hakuna kilichowekwa.',
  },
  approvals: {
    approve: 'Idhinisha',
    reject: 'Kataa',
    ask: '{shop} inaomba oda *{number}* ya *{amount}*: {short} zaidi ya nafasi yao ya mkopo.\nKikomo {limit}, deni {owed}, kwenye oda {held}.',
    overdue: 'Imepita muda: {amount}',
    lastOrders: 'Oda za mwisho',
    lastPayments: 'Malipo ya mwisho',
    payment: '{date}: {amount}',
    noHistory: 'Hakuna oda wala malipo kabla ya hii.',
    youApproved: 'Imeidhinishwa: oda *{number}* ya {shop} imewekwa, {amount} kwa mkopo. Wameambiwa.',
    youRejected: 'Imekataliwa: oda *{number}* ya {shop} haikuwekwa. Wameambiwa.',
    lockRefused:
      'Uliidhinisha oda *{number}* ya {shop}, lakini haikuweza kuwekwa: {why, select, blocked {akaunti imesimamishwa} inactive {akaunti haifanyi kazi} short {sasa imezidi mkopo kuliko ulivyoulizwa} other {ukaguzi wa mkopo umekataa}}. Wameambiwa.',
    decided:
      'Oda *{number}* ya {shop} {outcome, select, approved {tayari imeidhinishwa} rejected {tayari imekataliwa} refused {iliidhinishwa, lakini ukaguzi wa mkopo ulikataa} withdrawn {iliondolewa na duka} other {iliisha bila jibu}}{by, select, none {} other { na {by}}}.',
    lapsedForApprover:
      'Hakuna aliyejibu kwa wakati kuhusu oda *{number}* ya {shop}, kwa hiyo muda wake umeisha. Wameambiwa.',
    none: 'Hakuna oda inayosubiri idhini yako sasa. Ikiwepo, nitakuandikia hapa.',
    several:
      '{count, plural, one {Oda # inasubiri} other {Oda # zinasubiri}} idhini yako. Gusa chini ya unayoitaka, au andika kwa mfano "idhinisha {number}".',
    sentLongAgo: 'Ujumbe wako ulinifikia kwa kuchelewa, kwa hiyo bado hakuna kilichoamuliwa.',
    approved:
      'Habari njema: oda *{number}* imeidhinishwa na kuwekwa. {amount} kwa mkopo, nafasi ya mkopo iliyobaki {left}.',
    rejected:
      'Oda *{number}* ({amount}) haikuidhinishwa, kwa hiyo haikuwekwa. Unaweza kuagiza kidogo, au ongea na {wholesaler}.',
    refused:
      'Oda *{number}* ({amount}) iliidhinishwa, lakini haiwezi kuwekwa kwa hali ya akaunti yako sasa. Tafadhali ongea na {wholesaler}.',
    expired: 'Hakuna aliyeweza kuangalia oda *{number}* ({amount}) kwa wakati, kwa hiyo haikuwekwa. Samahani!',
    askAgain: 'Agiza tena',
  },
  money,
  rules: {
    belowMinimum:
      'Oda ndogo kabisa ni {minimum}; bado {missing}. Ongeza kitu{example, select, none {} other {, kwa mfano "ongeza {example}"}}.',
    closedRefused:
      'Tumefunga kwa sasa, hatupokei oda{opens, select, none {} other { hadi {opens}}}. Nimekuwekea oda hii{opens, select, none {} other {; ithibitishe wakati huo}}.',
    openAgain: 'Tumefungua tena, na oda yako niliihifadhi: hii hapa. Bado haijawekwa.',
    closedTaken: 'Tumefunga kwa sasa, itashughulikiwa {opens, select, none {tutakapofungua} other {kuanzia {opens}}}.',
    strangerAnnounced:
      'Habari{name, select, none {} other { {name}}}, hii ni namba ya oda ya {wholesaler}. Namba yako bado haijasajiliwa kwetu. Nimewaambia {wholesaler}; wakishaiongeza kwenye duka lako utaweza kuagiza hapa.',
  },
  languages: {
    chosen: 'Kuanzia sasa nitakuandikia kwa Kiswahili.',
    which: 'Nikuandikie kwa lugha gani?',
    button: 'Lugha',
    writeOne: 'Naweza kuandika kwa: {names}. Andika jina la unayotaka.',
    notOffered: 'Siwezi kuandika kwa {language}.',
  },
  older: {
    nothingDone: 'Hilo ni jibu la ujumbe wa zamani, kwa hiyo sijafanya kitu.',
    more: '{count, plural, one {Kuna bidhaa # zaidi} other {Kuna bidhaa # zaidi}}: uliza chache kwa mara moja.',
  },
  notices: {
    stopped:
      'Tayari: hutapata tena vikumbusho wala taarifa kutoka {wholesaler}. Ukiandika tutakujibu, na utaendelea kupata habari za oda zako. Andika START ukitaka tena.',
    started: 'Tayari: utapata tena vikumbusho na taarifa kutoka {wholesaler}. Andika STOP kama huvitaki.',
    kept: 'Oda *{number}* inaendelea: nafasi yake ya mkopo imewekwa kwa ajili yako hadi {until}.',
    notKept: 'Oda *{number}* haisubiri tena, kwa hiyo hakuna cha kuweka.',
  },
  staff: {
    botBack: 'Msaidizi wa oda wa {wholesaler} amerudi. Andika unachohitaji.',
    botBackLate:
      'Samahani, hakuna mtu wa {wholesaler} aliyeweza kukujibu hadi sasa; wanaona ulichoandika. Kwa sasa msaidizi wa oda amerudi: andika unachohitaji.',
  },
  newcomers: {
    refused: '{wholesaler} hawakuweza kukusajili kuagiza hapa. Wapigie simu kama unaona ni makosa.',
    askPhone: 'Ili {wholesaler} wajue wewe ni nani: unaweza kutupa namba yako ya simu? Gusa hapa chini kuituma.',
    phoneNoted: 'Asante. {wholesaler} wana namba yako sasa na watakuambia hapa utakapoweza kuagiza.',
  },
  units: {
    each: '{count, plural, one {kipande} other {vipande}}',
    piece: '{count, plural, one {kipande} other {vipande}}',
    case: '{count, plural, one {kesi} other {kesi}}',
    carton: '{count, plural, one {katoni} other {katoni}}',
    box: '{count, plural, one {boksi} other {maboksi}}',
    crate: '{count, plural, one {kreti} other {kreti}}',
    bag: '{count, plural, one {mfuko} other {mifuko}}',
    sack: '{count, plural, one {gunia} other {magunia}}',
    bale: '{count, plural, one {bale} other {bale}}',
    pack: '{count, plural, one {pakiti} other {pakiti}}',
    packet: '{count, plural, one {pakiti} other {pakiti}}',
    bundle: '{count, plural, one {fungu} other {mafungu}}',
    bottle: '{count, plural, one {chupa} other {chupa}}',
    tin: '{count, plural, one {kopo} other {makopo}}',
    can: '{count, plural, one {kopo} other {makopo}}',
    jar: '{count, plural, one {mtungi} other {mitungi}}',
    tub: '{count, plural, one {kikopo} other {vikopo}}',
    bucket: '{count, plural, one {ndoo} other {ndoo}}',
    drum: '{count, plural, one {pipa} other {mapipa}}',
    tray: '{count, plural, one {trei} other {trei}}',
    strip: '{count, plural, one {stripi} other {stripi}}',
    roll: '{count, plural, one {roli} other {roli}}',
    sheet: '{count, plural, one {karatasi} other {karatasi}}',
    bar: '{count, plural, one {mche} other {miche}}',
    pair: '{count, plural, one {jozi} other {jozi}}',
    set: '{count, plural, one {seti} other {seti}}',
    dozen: '{count, plural, one {dazeni} other {dazeni}}',
    half: '{count, plural, one {nusu} other {nusu}}',
  },
};
