import type { Catalogue } from './catalogue.ts';
import { hiLatn as money } from './money/hi-latn.ts';

/** Hindi as it is typed in Latin letters, with the English words that shops use anyway. */
export const hiLatn: Catalogue = {
  couldNotProcess:
    'Maaf kijiye, hamari taraf kuch gadbad hui aur aapke message par kaam nahi ho paya. Please dobara bhejiye.',
  quantity: '{shown} {unit}',
  comma: ',',
  semicolon: ';',
  goods: '{product}, {quantity}',
  buttons: {
    confirm: 'Haan, bhejo',
    change: 'Badlo',
    cancel: 'Cancel',
    tryAgain: 'Phir koshish karo',
    yes: 'Haan',
    leaveOut: 'Chhod do',
    choose: 'Chuniye',
    cancelOrder: 'Haan, cancel karo',
    keepOrder: 'Nahi, rehne do',
  },
  proposal: {
    heading: 'Aapka order',
    line: '{position}. {product}, {quantity}{contents, select, none {} other { ({contents})}} - {total}',
    total: 'Kul *{amount}*',
    waiting: '*{amount}* ka aapka order abhi pakka nahi hua hai. Pakka kar doon?',
    waitingShort: '*{amount}* ka aapka order abhi khula hai: ye bachi hui udhaar limit se {short} zyada hai.',
    waitingBlocked:
      '*{amount}* ka aapka order abhi khula hai. Khaate ki abhi ki haalat mein main ise pakka nahi kar sakta.',
    creditLeft: 'Iske baad udhaar limit bachi: {left}',
    doesNotFit:
      'Aapki udhaar limit mein {available} bache hain (limit {limit}, baaki {owed}, order mein {held}): ye {short} zyada hai.',
    accountBlocked:
      'Aapka khaata abhi ruka hua hai, isliye order pakka nahi ho sakta. Kya karna hai, {wholesaler} batayenge.',
    accountClosed: 'Aapka udhaar khaata band hai, isliye order pakka nahi ho sakta. Please {wholesaler} se poochiye.',
    limitLapsed:
      'Aapki udhaar limit ki taareekh nikal gayi hai, isliye order abhi pakka nahi ho sakta. {wholesaler} se nayi karwaiye; order main rakhe rahunga.',
    accountMissing: 'Aapka udhaar khaata abhi nahi hai: pehle {wholesaler} ko kholna hoga.',
    switchedOff: '{product} abhi bikri mein nahi hai, isliye chhod diya.',
    outOfStock: '{product} stock mein nahi hai, isliye chhod diya.',
    notSold: '{product} ab hamari list mein nahi hai, isliye chhod diya.',
    notInCart: '{product} aapke order mein nahi tha.',
    tooManyLines:
      'Ek order mein isse zyada line nahi aati: {count, plural, one {# line chhoot gayi} other {# line chhoot gayi}}. Unhe doosre order mein bhejiye.',
    nothingLeft: 'Ab order mein kuch nahi bacha. Kuch bhi order nahi hua.',
    empty: 'Aapke order mein abhi kuch nahi hai. Jo chahiye likhiye.',
    pricesChanged: 'Dikhane ke baad daam badal gaye hain. Abhi kuch order nahi hua: please phir se dekhiye.',
    oldButton: 'Wo button purane message ka tha, isliye maine kuch nahi kiya. Abhi ye hai.',
    sentLongAgo: 'Aapka message mujhe der se mila, isliye kuch order nahi kiya. Please phir dekh kar pakka kijiye.',
    lapsed: 'Aapka pichhla order time par pakka nahi hua, isliye laga nahi. Maine use aapke liye khula rakha hai.',
    addedToOpenOrder: 'Ise aapke khule order mein jod diya.',
    sentTwice: 'Aapne ye do baar bheja, isliye ek baar gina.',
    howToChange: 'Kya badlun? Jaise "{product} 5 kar do", "{product} hata do", ya jo jodna hai likhiye.',
    notPlaced: 'Order nahi hua. Kya badalna hai likhiye, jaise "{product} hata do", ya poora order cancel kijiye.',
    dropped: 'Cancel kiya. Kuch bhi order nahi hua.',
  },
  placing: {
    placed: 'Order *{number}* lag gaya. {amount} udhaar par, ab {left} ki udhaar limit bachi hai.',
    alreadyPlaced: 'Order *{number}* pehle hi lag chuka hai ({amount}). Do baar kuch nahi laga.',
    refusedShort:
      'Ye order nahi lag sakta: ye {amount} ka hai aur udhaar limit mein {available} bache hain (limit {limit}, baaki {owed}, order mein {held}). {short} kam pad rahe hain.',
    refusedBlocked:
      'Ye order nahi lag sakta: aapka khaata ruka hua hai{owed, select, none {} other { (baaki {owed}, order mein {held})}}. Please {wholesaler} se baat kijiye; order main rakhe rahunga.',
    refusedInactive:
      'Ye order nahi lag sakta: aapki udhaar limit abhi chalu nahi hai. {wholesaler} se chalu karwaiye; order main rakhe rahunga.',
    refusedNoAccount:
      'Ye order nahi lag sakta: aapka udhaar khaata abhi nahi hai. {wholesaler} ko kholna hoga; order main rakhe rahunga.',
    refusedDuplicate:
      'Ye confirmation doosre order mein lag chuka tha, isliye kuch nahi lagaya. Please ek baar phir confirm kijiye.',
    refusedBusy: 'Aapka khaata is waqt bahut busy hai, isliye kuch nahi laga. Thodi der mein phir koshish kijiye.',
    refusedBroken: 'Hamari taraf kuch gadbad hui aur kuch nahi laga. Thodi der mein phir koshish kijiye.',
    refusedAmount: '{amount} ka order nahi lag sakta. Please badliye.',
    refusedOtherwise: 'Ye order abhi nahi lag sakta. Please {wholesaler} se baat kijiye; order main rakhe rahunga.',
    nothingToConfirm: 'Confirm karne ke liye abhi kuch nahi hai. Jo chahiye likhiye.',
    orderLapsed:
      'Order *{number}* ({amount}) time par nahi pahuncha aur khatam ho gaya: udhaar limit mein uska ab kuch nahi ruka hai. Phir se mangane ke liye likhiye.',
    restLapsed:
      'Order *{number}* ka baaki hissa ({amount}) time par nahi pahuncha aur band ho gaya: udhaar limit mein uska ab kuch nahi ruka hai. Phir se mangane ke liye likhiye.',
  },
  questions: {
    noted: '{product}, {quantity}: likh liya.',
    notedMany: '{count, plural, one {# line likh li} other {# line likh li}}.',
    whichProduct: '"{words}"{quantity, select, none {} other { ({quantity})}} mein kaun sa?',
    whichToRemove: '"{words}" mein kaun sa hataun?',
    option: '{position}. {product}{price, select, none {} other { - {price}}}',
    price: '{amount} per {unit}',
    didYouMean: '"{words}"{quantity, select, none {} other { ({quantity})}} yaani {product}?',
    howToAnswer: 'Kisi ek ko dabaiye ya uska number likhiye. "Nahi" likhne par chhoot jayega.',
    howMany: '{product} kitna chahiye?{units, select, none {} other { Number aur {units} likhiye.}}',
    unknownProduct:
      '"{words}"{quantity, select, none {} other { ({quantity})}} hamari list mein nahi mila. Doosri tarah likhiye, ya chhodne ke liye "nahi".',
    perhaps: '"{words}"{quantity, select, none {} other { ({quantity})}} nahi mila. Kya inmein se koi hai?',
    badQuantity:
      'Aapne {product} ke liye {quantity} likha. Kitna chahiye?{units, select, none {} other { Number aur {units} likhiye.}}',
    reallySoMany: '{product} ke {quantity}: sahi hai?',
    notAllowed:
      '{product} {minimum, select, none {{step, select, none {poore piece mein} other {{step} ke hisaab se}}} other {kam se kam {minimum}{step, select, none {} other {, {step} ke hisaab se}}}} milta hai; aapne {asked} likha. {nearest} kar doon?',
    leftOut: '"{words}": chhod diya.',
    lapsed: '"{words}" ka jawab time par nahi mila, isliye abhi chhod diya.',
    oldChoice: 'Wo choice purane sawaal ki thi, isliye maine kuch nahi kiya.',
    tooManyQuestions:
      '{count, plural, one {# aur line samajh nahi aayi aur chhoot gayi} other {# aur line samajh nahi aayi aur chhoot gayi}}. Please iske baad phir bhejiye.',
  },
  cancelling: {
    askWhetherToCancel: 'Order *{number}*{amount, select, none {} other { ({amount})}} cancel kar doon?',
    cancelled: 'Order *{number}* cancel hua. Udhaar limit mein {released} wapas aaye: ab {available} bache hain.',
    kept: 'Order *{number}* waisa hi rahega.',
    alreadyClosed:
      '{number, select, none {Wo order pehle se band hai} other {Order *{number}* pehle se {status, select, none {band} other {{status}}} hai}}, isliye cancel karne ko kuch nahi hai.',
    delivered: '{number, select, none {Wo order} other {Order *{number}*}} pahunch chuka hai, ab cancel nahi ho sakta.',
    notFound:
      '{number, select, none {Wo order nahi mila.} other {Aapke pichhle orders mein order {number} nahi mila.}}',
    nothing: 'Cancel karne layak koi order nahi hai.',
    lapsed: 'Aapne nahi bataya ki order *{number}* cancel karna hai ya nahi, isliye wo waisa hi hai.',
    sentLongAgo: 'Aapka message mujhe der se mila, isliye abhi kuch cancel nahi kiya.',
  },
  account: {
    balance: 'Limit {limit}, baaki {owed}, order mein {held}. Bachi limit: *{available}*',
    blocked: 'Naye order ke liye aapka khaata ruka hua hai. Kya karna hai, {wholesaler} batayenge.',
    closed: 'Aapka udhaar khaata band hai. Please {wholesaler} se poochiye.',
    lapsed:
      'Aapki udhaar limit ki taareekh nikal gayi hai, isliye naye order ruke hain. {wholesaler} se nayi karwaiye.',
    missing: 'Aapka udhaar khaata abhi nahi hai. {wholesaler} se khulwaiye.',
    recentOrders: 'Aapke pichhle order',
    order: 'Order *{number}*, {date}: {amount}, {status}',
    noOrders: 'Aapka abhi koi order nahi hai.',
    status:
      '{status, select, waiting_for_approval {manzoori ka intezaar} waiting_on_credit {udhaar ka intezaar} approved {lag gaya} part_delivered {kuch pahuncha} delivered {pahunch gaya} cancelled {cancel} rejected {manzoor nahi} expired {time khatam} other {{status}}}',
    explained:
      'Aapki udhaar limit abhi aisi hai: limit {limit} - baaki {owed} - order mein {held} = {available}. Isse bada order nahi lagta.',
    paid: 'Dhanyavaad. Is chat se payment darj nahi hota; {wholesaler} check karke darj karte hain. Tab tak aapka khaata ye dikhata hai:',
  },
  talk: {
    greeting:
      'Namaste {name}! Jo chahiye likhiye{example, select, none {} other {, jaise "{example}"}}. Balance aur order bhi bata sakta hoon.',
    help: `Order ke liye jo chahiye likhiye{example, select, none {.} other {: "{example}"}}
Badalne ke liye: "5 kar do", "... hata do", "... jod do". "Pichhli baar wala" se pichhla order phir se.
Aur: "balance", "hisaab", "mere order", "list", "... ka daam", "cancel" ya "kisi se baat karni hai".`,
    human: 'Main baat aage badha raha hoon: {wholesaler} ke kisi aadmi ko bataya jayega ki aap baat karna chahte hain.',
    complaint: 'Ye sunkar afsos hua. Main baat aage badha raha hoon: {wholesaler} ka koi aadmi ise dekhega.',
    language: 'Main Hinglish mein jawab de raha hoon. Aap doosri bhashaon mein bhi likh sakte hain.',
    stranger:
      'Namaste{name, select, none {} other { {name}}}, ye {wholesaler} ki order line hai. Ye number abhi hamare yahan darj nahi hai. {wholesaler} se kahiye ki ise aapki dukaan mein jod dein; phir yahan order kar sakenge.',
    media: {
      voice: 'Main abhi voice note nahi sun sakta. Please order likh kar bhejiye.',
      audio: 'Main recording nahi sun sakta. Please order likh kar bhejiye.',
      image: 'Main abhi photo nahi padh sakta. Please order likh kar bhejiye.',
      video: 'Main video nahi dekh sakta. Please order likh kar bhejiye.',
      document: 'Main abhi document nahi padh sakta. Please order likh kar bhejiye.',
      sticker: 'Badhiya! Order ke liye jo chahiye likhiye.',
    },
    cartLost:
      'WhatsApp ne aapka cart mujh tak nahi pahunchaya. Please phir se bhejiye, ya jo chahiye likh kar bhejiye.',
    tapLost: 'WhatsApp ne aapka button mujh tak nahi pahunchaya. Please phir se dabaiye, ya jawab likh kar bhejiye.',
    edited:
      'Aapne bhejne ke baad message badla hai, aur main pehle wale shabdon par chalta hoon. Jo badalna hai please naye message mein likhiye.',
    deleted:
      'Aapne ek message hataya hai jo main padh chuka hoon. Usse kuch nahi badla: kuch wapas lene ke liye "cancel" likhiye, ya jo chahiye likhiye.',
    tooLong: 'Ye message mere liye bahut lamba hai. Please order kai chhote message mein bhejiye.',
    unreadable: 'Is tarah ka message main nahi padh sakta. Please jo chahiye likh kar bhejiye.',
    notUnderstood:
      '{words, select, none {Main samajh nahi paya.} other {"{words}" main samajh nahi paya.}} Jo chahiye likhiye, ya "help".',
    notUnderstoodAgain:
      '{words, select, none {Maaf kijiye, ab bhi samajh nahi paya.} other {Maaf kijiye, "{words}" bhi samajh nahi paya.}} Main kya kar sakta hoon dekhne ke liye "help" likhiye, ya {wholesaler} mein kisi se baat karne ke liye "aadmi se baat".',
    queryWhat: 'Kis cheez ke baare mein jaanna hai? Uska naam likhiye.',
    queryUnknown: '"{words}" hamari list mein nahi mila.',
    queryPrice:
      '{product}: {prices, select, none {} other {{prices}, }}{stock, select, low {thoda bacha hai} out {stock mein nahi} off {abhi bikri mein nahi} other {stock mein hai}}',
    allRight: 'Theek hai. Jab kuch chahiye ho, likhiye.',
    repeatNothing: 'Dohrane ke liye pehle ka koi order nahi hai. Jo chahiye likhiye.',
  },
  people: {
    awaitsLink:
      'Namaste{name, select, none {} other { {name}}}, ye {wholesaler} ki order line hai. Aap aise number ya account se likh rahe hain jo hamare liye naya hai. Yahan order karne se pehle {wholesaler} ko pakka karna hoga ki ye aapka hai; unhe bata diya gaya hai.',
    isItYours:
      'Koi hamein aise number ya WhatsApp account se likh raha hai jo hamare liye naya hai aur shayad aapki dukaan ka hai. Kya ye aapka hai? Agar aap ise nahi jaante, to "Nahi" chunein: ise kuch nahi dikhega. Koi sawaal? {wholesaler} se poochhein.',
    ours: 'Haan, hamara hai',
    notOurs: 'Nahi',
    linkAnswered:
      '{outcome, select, confirmed {Dhanyavaad. Naya number ya account ab aapki dukaan ke liye order kar sakta hai.} refused {Batane ke liye dhanyavaad. Ise aapke khaate ka kuch nahi dikhega, aur {wholesaler} aapka jawab dekh sakte hain.} needs_staff {Ye {wholesaler} ko tay karna hai; unhe bata diya gaya hai.} other {Ye sawaal pehle hi nipat chuka hai.}}',
    linked:
      '{wholesaler} ne pakka kar diya hai ki ye number aapka hai. Ab aap yahan order kar sakte hain: jo chahiye wo likhein.',
    notLinked: 'Ham pakka nahi kar sake ki ye number aapka hai. Please {wholesaler} se poochhein.',
    registered:
      'Swagat hai! Aap {wholesaler} ke yahan {shop} ke naam se darj hain. Order ke liye jo chahiye wo likhein.',
    phoneKept: 'Dhanyavaad, hamne aapka number likh liya hai.',
  },
  waiting: {
    fit: '{amount} tak karo',
    fitPlain: 'Limit jitna karo',
    askApproval: 'Manzoori maango',
    payFirst: 'Pehle payment',
    person: 'Kisi se baat karo',
    takeUp: 'Order dikhao',
    fitRow: '{amount} ka order, baaki chhod do',
    askRow: 'Main manzoori maangkar jawab bataunga',
    payRow: 'Order rakhta hoon, payment ke baad phir poochunga',
    cancelRow: 'Kuch order nahi hoga',
    whatNow: 'Kya karein?',
    trimmed: 'Aapki udhaar limit ke hisaab se kar diya. Chhoda: {missing}.',
    forApproval:
      'Order *{number}* ({amount}) ab manzoori ke intezaar mein hai. Jawab aate hi bataunga. Wapas lena ho to likhiye "cancel {number}".',
    onCredit:
      'Order *{number}* ({amount}) maine rakh liya hai. Udhaar limit mein jagah hote hi phir poochunga. Wapas lena ho to likhiye "cancel {number}".',
    still: 'Order *{number}* ({amount}): {status}. Kuch badalte hi bataunga.',
    withdrawn: 'Order *{number}* wapas le liya. Kuch order nahi hua.',
    fits: 'Achhi khabar: ab aapki udhaar limit mein order *{number}* ki jagah hai. Pakka kar doon? Ye aaj ke daam hain.',
    fitsToo: 'Achhi khabar: ab aapki udhaar limit mein order *{number}* ({amount}) ki jagah hai.',
    finishFirst: 'Aapka ek aur order khula hai. Pehle use pakka ya cancel kijiye.',
    lapsed:
      'Order *{number}* ({amount}) udhaar limit ka intezaar karte karte khatam ho gaya. Kuch order nahi hua. Phir chahiye to likhiye.',
    notWaiting: 'Wo order ab intezaar mein nahi hai, isliye kuch nahi lagaya.',
  },
  approvals: {
    approve: 'Manzoor',
    reject: 'Namanzoor',
    ask: '{shop} ne order *{number}* maanga hai: *{amount}*. Ye unki bachi udhaar limit se {short} zyada hai.\nLimit {limit}, baaki {owed}, order mein {held}.',
    overdue: 'Due date ke baad baaki: {amount}',
    lastOrders: 'Pichhle order',
    lastPayments: 'Pichhle payment',
    payment: '{date}: {amount}',
    noHistory: 'Isse pehle koi order ya payment nahi.',
    youApproved: 'Manzoor: {shop} ka order *{number}* lag gaya, {amount} udhaar par. Unhe bata diya hai.',
    youRejected: 'Namanzoor: {shop} ka order *{number}* nahi laga. Unhe bata diya hai.',
    lockRefused:
      'Aapne {shop} ka order *{number}* manzoor kiya, par wo nahi lag saka: {why, select, blocked {khaata ruka hua hai} inactive {khaata chalu nahi hai} short {ab wo udhaar limit se utne se zyada upar hai jitna aapse poocha tha} other {udhaar limit ke check ne mana kiya}}. Unhe bata diya hai.',
    decided:
      '{shop} ka order *{number}* {outcome, select, approved {pehle hi manzoor ho chuka hai} rejected {pehle hi namanzoor ho chuka hai} refused {manzoor hua tha, par udhaar limit ke check ne mana kiya} withdrawn {dukaan ne wapas le liya} other {bina jawab khatam ho gaya}}{by, select, none {} other { ({by})}}.',
    lapsedForApprover:
      '{shop} ke order *{number}* par time se kisi ne jawab nahi diya, isliye khatam ho gaya. Unhe bata diya hai.',
    none: 'Abhi koi order aapki manzoori ke intezaar mein nahi hai. Hoga to yahin likhunga.',
    several:
      '{count, plural, one {# order} other {# order}} aapki manzoori ke intezaar mein {count, plural, one {hai} other {hain}}. Jiski baat hai uske neeche button dabaiye, ya likhiye jaise "manzoor {number}".',
    sentLongAgo: 'Aapka message mujhe der se mila, isliye abhi kuch tay nahi hua.',
    approved:
      'Achhi khabar: order *{number}* manzoor hua aur lag gaya. {amount} udhaar par, ab {left} ki udhaar limit bachi hai.',
    rejected:
      'Order *{number}* ({amount}) manzoor nahi hua, isliye nahi laga. Kam mangaiye, ya {wholesaler} se baat kijiye.',
    refused:
      'Order *{number}* ({amount}) manzoor hua, par aapka khaata abhi jaisa hai usme nahi lag sakta. {wholesaler} se baat kijiye.',
    expired: 'Order *{number}* ({amount}) ko time se koi dekh nahi paya, isliye nahi laga. Maaf kijiye!',
    askAgain: 'Phir order karo',
  },
  money,
  rules: {
    belowMinimum:
      'Kam se kam {minimum} ka order chahiye, abhi {missing} kam hai. Kuch aur jodiye{example, select, none {} other {, jaise "{example} jodo"}}.',
    closedRefused:
      'Abhi hamari dukaan band hai, {opens, select, none {} other {{opens} tak }}order nahi le sakte. Aapka order maine rakh liya hai{opens, select, none {} other {, tab pakka kar dijiye}}.',
    openAgain: 'Hamari dukaan phir khul gayi hai. Aapka order maine rakha tha, ye raha. Abhi laga nahi hai.',
    closedTaken:
      'Abhi hamari dukaan band hai, is par kaam {opens, select, none {dukaan khulne par} other {{opens} se}} hoga.',
    strangerAnnounced:
      'Namaste{name, select, none {} other { {name}}}, ye {wholesaler} ki order line hai. Ye number abhi hamare yahan darj nahi hai. Maine {wholesaler} ko bata diya hai; wo ise aapki dukaan mein jod dein, phir yahan order kar sakenge.',
  },
  languages: {
    chosen: 'Ab se main Hinglish mein likhunga.',
    which: 'Kis bhasha mein likhoon?',
    button: 'Bhashayen',
    writeOne: 'Main in bhashaon mein likh sakta hoon: {names}. Jo chahiye uska naam likhiye.',
    notOffered: 'Main {language} mein nahi likh sakta.',
  },
  older: {
    nothingDone: 'Ye kisi purane message ka jawab hai, isliye maine kuch nahi kiya.',
    more: '{count, plural, one {# aur saamaan milta hai} other {# aur saamaan milte hain}}: ek baar mein kam poochiye.',
  },
  notices: {
    stopped:
      'Ho gaya: ab {wholesaler} ki taraf se koi reminder ya khabar nahi aayegi. Aap likhenge to jawab milega, aur apne order ki khabar bhi milti rahegi. Phir se chahiye to START likhiye.',
    started: 'Ho gaya: {wholesaler} ke reminder aur khabar phir se milenge. Band karne ke liye STOP likhiye.',
    kept: 'Order *{number}* chalu hai: iski udhaar limit {until} tak aapke liye rakhi rahegi.',
    notKept: 'Order *{number}* ab ruka hua nahi hai, isliye rakhne ko kuch nahi.',
  },
  staff: {
    botBack: '{wholesaler} ka order wala assistant wapas aa gaya. Jo chahiye, likhiye.',
    botBackLate:
      'Maaf kijiye, {wholesaler} mein ab tak koi jawab nahi de paaya; aapka message unko dikh raha hai. Tab tak order wala assistant yahan hai: jo chahiye, likhiye.',
  },
  newcomers: {
    refused: '{wholesaler} aapko yahan order ke liye jod nahi paaya. Galti lage to unko phone kijiye.',
    askPhone:
      '{wholesaler} ko pata chale ki aap kaun hain: kya hum aapka phone number le sakte hain? Bhejne ke liye neeche dabaiye.',
    phoneNoted: 'Dhanyavaad. {wholesaler} ko aapka number mil gaya. Jab aap order kar sakenge, yahin bata denge.',
  },
  units: {
    each: 'piece',
    piece: 'piece',
    case: 'peti',
    carton: 'carton',
    box: '{count, plural, one {dibba} other {dibbe}}',
    crate: 'crate',
    bag: 'bag',
    sack: 'bori',
    bale: 'gaanth',
    pack: 'pack',
    packet: 'packet',
    bundle: 'bundle',
    bottle: 'bottle',
    tin: 'tin',
    can: 'tin',
    jar: 'jar',
    tub: 'tub',
    bucket: 'balti',
    drum: 'drum',
    tray: 'tray',
    strip: '{count, plural, one {patta} other {patte}}',
    roll: 'roll',
    sheet: 'sheet',
    bar: 'bar',
    pair: 'jodi',
    set: 'set',
    dozen: 'darjan',
    half: '{count, plural, one {aadha} other {aadhe}}',
  },
};
