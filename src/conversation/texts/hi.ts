import type { Catalogue } from './catalogue.ts';
import { hi as money } from './money/hi.ts';

/** Hindi in Devanagari, with the English words that shops use anyway. */
export const hi: Catalogue = {
  couldNotProcess: 'माफ़ कीजिए, हमारी तरफ़ कुछ गड़बड़ हुई और आपके संदेश पर काम नहीं हो पाया। कृपया दोबारा भेजिए।',
  quantity: '{shown} {unit}',
  comma: ',',
  semicolon: ';',
  goods: '{product}, {quantity}',
  buttons: {
    confirm: 'हाँ, भेजिए',
    change: 'बदलिए',
    cancel: 'रद्द करें',
    tryAgain: 'फिर कोशिश करें',
    yes: 'हाँ',
    leaveOut: 'छोड़ दीजिए',
    choose: 'चुनिए',
    cancelOrder: 'हाँ, रद्द करें',
    keepOrder: 'नहीं, रहने दें',
  },
  proposal: {
    heading: 'आपका ऑर्डर',
    line: '{position}. {product}, {quantity}{contents, select, none {} other { ({contents})}} - {total}',
    total: 'कुल *{amount}*',
    waiting: '*{amount}* का आपका ऑर्डर अभी पक्का नहीं हुआ है। पक्का कर दूँ?',
    waitingShort: '*{amount}* का आपका ऑर्डर अभी खुला है: यह बची हुई उधार सीमा से {short} ज़्यादा है।',
    waitingBlocked: '*{amount}* का आपका ऑर्डर अभी खुला है। खाते की अभी की हालत में मैं इसे पक्का नहीं कर सकता।',
    creditLeft: 'इसके बाद बची उधार सीमा: {left}',
    doesNotFit: 'आपकी उधार सीमा में {available} बचे हैं (सीमा {limit}, बकाया {owed}, ऑर्डर में {held}): यह {short} ज़्यादा है।',
    accountBlocked: 'आपका खाता अभी रुका हुआ है, इसलिए ऑर्डर पक्का नहीं हो सकता। क्या करना है, {wholesaler} बताएँगे।',
    accountClosed: 'आपका उधार खाता बंद है, इसलिए ऑर्डर पक्का नहीं हो सकता। कृपया {wholesaler} से पूछिए।',
    limitLapsed:
      'आपकी उधार सीमा की तारीख़ निकल गई है, इसलिए ऑर्डर अभी पक्का नहीं हो सकता। {wholesaler} से नई करवाइए; ऑर्डर मैं रखे रहूँगा।',
    accountMissing: 'आपका उधार खाता अभी नहीं है: पहले {wholesaler} को खोलना होगा।',
    switchedOff: '{product} अभी बिक्री में नहीं है, इसलिए छोड़ दिया।',
    outOfStock: '{product} स्टॉक में नहीं है, इसलिए छोड़ दिया।',
    notSold: '{product} अब हमारी सूची में नहीं है, इसलिए छोड़ दिया।',
    notInCart: '{product} आपके ऑर्डर में नहीं था।',
    tooManyLines:
      'एक ऑर्डर में इससे ज़्यादा लाइनें नहीं आतीं: {count, plural, one {# लाइन छूट गई} other {# लाइनें छूट गईं}}। उन्हें दूसरे ऑर्डर में भेजिए।',
    nothingLeft: 'अब ऑर्डर में कुछ नहीं बचा। कुछ भी ऑर्डर नहीं हुआ।',
    empty: 'आपके ऑर्डर में अभी कुछ नहीं है। जो चाहिए लिखिए।',
    pricesChanged: 'दिखाने के बाद दाम बदल गए हैं। अभी कुछ ऑर्डर नहीं हुआ: कृपया फिर से देखिए।',
    oldButton: 'वह बटन पुराने संदेश का था, इसलिए मैंने कुछ नहीं किया। अभी स्थिति यह है।',
    sentLongAgo: 'आपका संदेश मुझे देर से मिला, इसलिए कुछ ऑर्डर नहीं किया। कृपया फिर देखकर पक्का कीजिए।',
    lapsed: 'आपका पिछला ऑर्डर समय पर पक्का नहीं हुआ, इसलिए लगा नहीं। मैंने उसे आपके लिए खुला रखा है।',
    addedToOpenOrder: 'इसे आपके खुले ऑर्डर में जोड़ दिया।',
    sentTwice: 'आपने यह दो बार भेजा, इसलिए एक बार गिना।',
    howToChange: 'क्या बदलूँ? जैसे "{product} 5 कर दो", "{product} हटा दो", या जो जोड़ना है लिखिए।',
    notPlaced: 'ऑर्डर नहीं हुआ। क्या बदलना है लिखिए, जैसे "{product} हटा दो", या पूरा ऑर्डर रद्द कीजिए।',
    dropped: 'रद्द किया। कुछ भी ऑर्डर नहीं हुआ।',
  },
  placing: {
    placed: 'ऑर्डर *{number}* लग गया। {amount} उधार पर, अब {left} की उधार सीमा बची है।',
    alreadyPlaced: 'ऑर्डर *{number}* पहले ही लग चुका है ({amount})। दो बार कुछ नहीं लगा।',
    refusedShort:
      'यह ऑर्डर नहीं लग सकता: यह {amount} का है और उधार सीमा में {available} बचे हैं (सीमा {limit}, बकाया {owed}, ऑर्डर में {held})। {short} कम पड़ रहे हैं।',
    refusedBlocked:
      'यह ऑर्डर नहीं लग सकता: आपका खाता रुका हुआ है{owed, select, none {} other { (बकाया {owed}, ऑर्डर में {held})}}। कृपया {wholesaler} से बात कीजिए; ऑर्डर मैं रखे रहूँगा।',
    refusedInactive: 'यह ऑर्डर नहीं लग सकता: आपकी उधार सीमा अभी चालू नहीं है। {wholesaler} से चालू करवाइए; ऑर्डर मैं रखे रहूँगा।',
    refusedNoAccount: 'यह ऑर्डर नहीं लग सकता: आपका उधार खाता अभी नहीं है। {wholesaler} को खोलना होगा; ऑर्डर मैं रखे रहूँगा।',
    refusedDuplicate: 'यह पुष्टि दूसरे ऑर्डर में लग चुकी थी, इसलिए कुछ नहीं लगाया। कृपया एक बार फिर पक्का कीजिए।',
    refusedBusy: 'आपका खाता इस समय बहुत व्यस्त है, इसलिए कुछ नहीं लगा। थोड़ी देर में फिर कोशिश कीजिए।',
    refusedBroken: 'हमारी तरफ़ कुछ गड़बड़ हुई और कुछ नहीं लगा। थोड़ी देर में फिर कोशिश कीजिए।',
    refusedAmount: '{amount} का ऑर्डर नहीं लग सकता। कृपया बदलिए।',
    refusedOtherwise: 'यह ऑर्डर अभी नहीं लग सकता। कृपया {wholesaler} से बात कीजिए; ऑर्डर मैं रखे रहूँगा।',
    nothingToConfirm: 'पक्का करने के लिए अभी कुछ नहीं है। जो चाहिए लिखिए।',
    orderLapsed:
      'ऑर्डर *{number}* ({amount}) समय पर नहीं पहुँचा और ख़त्म हो गया: उधार सीमा में उसका अब कुछ नहीं रुका है। फिर से मँगाने के लिए लिखिए।',
    restLapsed:
      'ऑर्डर *{number}* का बाकी हिस्सा ({amount}) समय पर नहीं पहुँचा और बंद हो गया: उधार सीमा में उसका अब कुछ नहीं रुका है। फिर से मँगाने के लिए लिखिए।',
  },
  questions: {
    noted: '{product}, {quantity}: लिख लिया।',
    notedMany: '{count, plural, one {# लाइन लिख ली} other {# लाइनें लिख लीं}}।',
    whichProduct: '"{words}"{quantity, select, none {} other { ({quantity})}} में कौन सा?',
    whichToRemove: '"{words}" में कौन सा हटाऊँ?',
    option: '{position}. {product}{price, select, none {} other { - {price}}}',
    price: '{amount} प्रति {unit}',
    didYouMean: '"{words}"{quantity, select, none {} other { ({quantity})}} यानी {product}?',
    howToAnswer: 'किसी एक को दबाइए या उसका नंबर लिखिए। "नहीं" लिखने पर छूट जाएगा।',
    howMany: '{product} कितना चाहिए?{units, select, none {} other { संख्या और {units} लिखिए।}}',
    unknownProduct:
      '"{words}"{quantity, select, none {} other { ({quantity})}} हमारी सूची में नहीं मिला। दूसरी तरह लिखिए, या छोड़ने के लिए "नहीं"।',
    perhaps: '"{words}"{quantity, select, none {} other { ({quantity})}} नहीं मिला। क्या इनमें से कोई है?',
    badQuantity:
      'आपने {product} के लिए {quantity} लिखा। कितना चाहिए?{units, select, none {} other { संख्या और {units} लिखिए।}}',
    reallySoMany: '{product} के {quantity}: सही है?',
    notAllowed:
      '{product} {minimum, select, none {{step, select, none {पूरे पीस में} other {{step} के हिसाब से}}} other {कम से कम {minimum}{step, select, none {} other {, {step} के हिसाब से}}}} मिलता है; आपने {asked} लिखा। {nearest} कर दूँ?',
    leftOut: '"{words}": छोड़ दिया।',
    lapsed: '"{words}" का जवाब समय पर नहीं मिला, इसलिए अभी छोड़ दिया।',
    oldChoice: 'वह विकल्प पुराने सवाल का था, इसलिए मैंने कुछ नहीं किया।',
    tooManyQuestions:
      '{count, plural, one {# और लाइन समझ नहीं आई और छूट गई} other {# और लाइनें समझ नहीं आईं और छूट गईं}}। कृपया इसके बाद फिर भेजिए।',
  },
  cancelling: {
    askWhetherToCancel: 'ऑर्डर *{number}*{amount, select, none {} other { ({amount})}} रद्द कर दूँ?',
    cancelled: 'ऑर्डर *{number}* रद्द हुआ। उधार सीमा में {released} वापस आए: अब {available} बचे हैं।',
    kept: 'ऑर्डर *{number}* वैसा ही रहेगा।',
    alreadyClosed:
      '{number, select, none {वह ऑर्डर पहले से बंद है} other {ऑर्डर *{number}* पहले से {status, select, none {बंद} other {{status}}} है}}, इसलिए रद्द करने को कुछ नहीं है।',
    delivered: '{number, select, none {वह ऑर्डर} other {ऑर्डर *{number}*}} पहुँच चुका है, अब रद्द नहीं हो सकता।',
    notFound: '{number, select, none {वह ऑर्डर नहीं मिला।} other {आपके पिछले ऑर्डरों में ऑर्डर {number} नहीं मिला।}}',
    nothing: 'रद्द करने लायक कोई ऑर्डर नहीं है।',
    lapsed: 'आपने नहीं बताया कि ऑर्डर *{number}* रद्द करना है या नहीं, इसलिए वह वैसा ही है।',
    sentLongAgo: 'आपका संदेश मुझे देर से मिला, इसलिए अभी कुछ रद्द नहीं किया।',
  },
  account: {
    balance: 'सीमा {limit}, बकाया {owed}, ऑर्डर में {held}। बची सीमा: *{available}*',
    blocked: 'नए ऑर्डर के लिए आपका खाता रुका हुआ है। क्या करना है, {wholesaler} बताएँगे।',
    closed: 'आपका उधार खाता बंद है। कृपया {wholesaler} से पूछिए।',
    lapsed: 'आपकी उधार सीमा की तारीख़ निकल गई है, इसलिए नए ऑर्डर रुके हैं। {wholesaler} से नई करवाइए।',
    missing: 'आपका उधार खाता अभी नहीं है। {wholesaler} से खुलवाइए।',
    recentOrders: 'आपके पिछले ऑर्डर',
    order: 'ऑर्डर *{number}*, {date}: {amount}, {status}',
    noOrders: 'आपका अभी कोई ऑर्डर नहीं है।',
    status:
      '{status, select, waiting_for_approval {मंज़ूरी का इंतज़ार} waiting_on_credit {उधार का इंतज़ार} approved {लग गया} part_delivered {कुछ पहुँचा} delivered {पहुँच गया} cancelled {रद्द} rejected {नामंज़ूर} expired {समय ख़त्म} other {{status}}}',
    explained:
      'आपकी उधार सीमा अभी ऐसी है: सीमा {limit} - बकाया {owed} - ऑर्डर में {held} = {available}। इससे बड़ा ऑर्डर नहीं लगता।',
    paid: 'धन्यवाद। इस चैट से भुगतान दर्ज नहीं होता; {wholesaler} जाँचकर दर्ज करते हैं। तब तक आपका खाता यह दिखाता है:',
  },
  talk: {
    greeting:
      'नमस्ते {name}! जो चाहिए लिखिए{example, select, none {} other {, जैसे "{example}"}}। बकाया और ऑर्डर भी बता सकता हूँ।',
    help: `ऑर्डर के लिए जो चाहिए लिखिए{example, select, none {।} other {: "{example}"}}
बदलने के लिए: "5 कर दो", "... हटा दो", "... जोड़ दो"। "पिछली बार वाला" से पिछला ऑर्डर फिर से।
और: "बकाया", "हिसाब", "मेरे ऑर्डर", "लिस्ट", "... का दाम", "रद्द" या "किसी से बात करनी है"।`,
    human: 'मैं बात आगे बढ़ा रहा हूँ: {wholesaler} के किसी व्यक्ति को बताया जाएगा कि आप बात करना चाहते हैं।',
    complaint: 'यह सुनकर अफ़सोस हुआ। मैं बात आगे बढ़ा रहा हूँ: {wholesaler} का कोई व्यक्ति इसे देखेगा।',
    language: 'मैं हिंदी में जवाब दे रहा हूँ। आप दूसरी भाषाओं में भी लिख सकते हैं।',
    stranger:
      'नमस्ते{name, select, none {} other { {name}}}, यह {wholesaler} की ऑर्डर लाइन है। यह नंबर अभी हमारे यहाँ दर्ज नहीं है। {wholesaler} से कहिए कि इसे आपकी दुकान में जोड़ दें; फिर यहाँ ऑर्डर कर सकेंगे।',
    media: {
      voice: 'मैं अभी वॉइस नोट नहीं सुन सकता। कृपया ऑर्डर लिखकर भेजिए।',
      audio: 'मैं रिकॉर्डिंग नहीं सुन सकता। कृपया ऑर्डर लिखकर भेजिए।',
      image: 'मैं अभी फ़ोटो नहीं पढ़ सकता। कृपया ऑर्डर लिखकर भेजिए।',
      video: 'मैं वीडियो नहीं देख सकता। कृपया ऑर्डर लिखकर भेजिए।',
      document: 'मैं अभी दस्तावेज़ नहीं पढ़ सकता। कृपया ऑर्डर लिखकर भेजिए।',
      sticker: 'बढ़िया! ऑर्डर के लिए जो चाहिए लिखिए।',
    },
    cartLost: 'WhatsApp ने आपका कार्ट मुझ तक नहीं पहुँचाया। कृपया फिर से भेजिए, या जो चाहिए लिखकर भेजिए।',
    tapLost: 'WhatsApp ने आपका बटन मुझ तक नहीं पहुँचाया। कृपया फिर से दबाइए, या जवाब लिखकर भेजिए।',
    edited: 'आपने भेजने के बाद संदेश बदला है, और मैं पहले वाले शब्दों पर चलता हूँ। जो बदलना है कृपया नए संदेश में लिखिए।',
    deleted: 'आपने एक संदेश हटाया है जिसे मैं पढ़ चुका हूँ। उससे कुछ नहीं बदला: कुछ वापस लेने के लिए "रद्द" लिखिए, या जो चाहिए लिखिए।',
    tooLong: 'यह संदेश मेरे लिए बहुत लंबा है। कृपया ऑर्डर कई छोटे संदेशों में भेजिए।',
    unreadable: 'इस तरह का संदेश मैं नहीं पढ़ सकता। कृपया जो चाहिए लिखकर भेजिए।',
    notUnderstood:
      '{words, select, none {मैं समझ नहीं पाया।} other {"{words}" मैं समझ नहीं पाया।}} जो चाहिए लिखिए, या "मदद"।',
    notUnderstoodAgain:
      '{words, select, none {माफ़ कीजिए, अब भी समझ नहीं पाया।} other {माफ़ कीजिए, "{words}" भी समझ नहीं पाया।}} मैं क्या कर सकता हूँ देखने के लिए "मदद" लिखिए, या {wholesaler} में किसी से बात करने के लिए "आदमी से बात"।',
    queryWhat: 'किस चीज़ के बारे में जानना है? उसका नाम लिखिए।',
    queryUnknown: '"{words}" हमारी सूची में नहीं मिला।',
    queryPrice:
      '{product}: {prices, select, none {} other {{prices}, }}{stock, select, low {थोड़ा बचा है} out {स्टॉक में नहीं} off {अभी बिक्री में नहीं} other {स्टॉक में है}}',
    allRight: 'ठीक है। जब कुछ चाहिए हो, लिखिए।',
    repeatNothing: 'दोहराने के लिए पहले का कोई ऑर्डर नहीं है। जो चाहिए लिखिए।',
  },
  people: {
    awaitsLink:
      'नमस्ते{name, select, none {} other { {name}}}, यह {wholesaler} की ऑर्डर लाइन है। आप ऐसे नंबर या खाते से लिख रहे हैं जो हमारे लिए नया है। यहाँ ऑर्डर करने से पहले {wholesaler} को पक्का करना होगा कि यह आपका है; उन्हें बता दिया गया है।',
    isItYours:
      'कोई हमें ऐसे नंबर या WhatsApp खाते से लिख रहा है जो हमारे लिए नया है और शायद आपकी दुकान का है। क्या यह आपका है? अगर आप इसे नहीं जानते, तो "नहीं" चुनें: इसे कुछ नहीं दिखेगा। कोई सवाल? {wholesaler} से पूछें।',
    ours: 'हाँ, हमारा है',
    notOurs: 'नहीं',
    linkAnswered:
      '{outcome, select, confirmed {धन्यवाद। नया नंबर या खाता अब आपकी दुकान के लिए ऑर्डर कर सकता है।} refused {बताने के लिए धन्यवाद। इसे आपके खाते का कुछ नहीं दिखेगा, और {wholesaler} आपका जवाब देख सकते हैं।} needs_staff {यह {wholesaler} को तय करना है; उन्हें बता दिया गया है।} other {यह सवाल पहले ही निपट चुका है।}}',
    linked: '{wholesaler} ने पक्का कर दिया है कि यह नंबर आपका है। अब आप यहाँ ऑर्डर कर सकते हैं: जो चाहिए वह लिखें।',
    notLinked: 'हम पक्का नहीं कर सके कि यह नंबर आपका है। कृपया {wholesaler} से पूछें।',
    registered: 'स्वागत है! आप {wholesaler} के यहाँ {shop} के नाम से दर्ज हैं। ऑर्डर के लिए जो चाहिए वह लिखें।',
    phoneKept: 'धन्यवाद, हमने आपका नंबर लिख लिया है।',
  },
  waiting: {
    fit: '{amount} तक करें',
    fitPlain: 'सीमा जितना करें',
    askApproval: 'मंज़ूरी माँगें',
    payFirst: 'पहले भुगतान',
    person: 'किसी से बात करें',
    takeUp: 'ऑर्डर दिखाएँ',
    fitRow: '{amount} का ऑर्डर, बाकी छोड़ दें',
    askRow: 'मैं मंज़ूरी माँगकर जवाब बताता हूँ',
    payRow: 'ऑर्डर रखता हूँ, भुगतान के बाद फिर पूछूँगा',
    cancelRow: 'कुछ भी ऑर्डर नहीं होगा',
    whatNow: 'क्या करें?',
    trimmed: 'आपकी उधार सीमा के हिसाब से कर दिया। छोड़ा गया: {missing}।',
    forApproval:
      'ऑर्डर *{number}* ({amount}) अब मंज़ूरी के इंतज़ार में है। जवाब आते ही बताऊँगा। वापस लेने के लिए लिखिए "रद्द {number}"।',
    onCredit:
      'ऑर्डर *{number}* ({amount}) मैंने रख लिया है। उधार सीमा में जगह होते ही फिर पूछूँगा। वापस लेने के लिए लिखिए "रद्द {number}"।',
    still: 'ऑर्डर *{number}* ({amount}): {status}। कुछ बदलते ही बताऊँगा।',
    withdrawn: 'ऑर्डर *{number}* वापस ले लिया गया। कुछ भी ऑर्डर नहीं हुआ।',
    fits: 'अच्छी ख़बर: अब आपकी उधार सीमा में ऑर्डर *{number}* के लिए जगह है। पक्का कर दूँ? ये आज के दाम हैं।',
    fitsToo: 'अच्छी ख़बर: अब आपकी उधार सीमा में ऑर्डर *{number}* ({amount}) के लिए जगह है।',
    finishFirst: 'आपका एक और ऑर्डर खुला है। पहले उसे पक्का या रद्द कीजिए।',
    lapsed:
      'ऑर्डर *{number}* ({amount}) उधार सीमा का इंतज़ार करते-करते समाप्त हो गया। कुछ भी ऑर्डर नहीं हुआ। फिर से चाहिए तो लिखिए।',
    notWaiting: 'वह ऑर्डर अब इंतज़ार में नहीं है, इसलिए कुछ नहीं लगाया।',
  },
  approvals: {
    approve: 'मंज़ूर',
    reject: 'नामंज़ूर',
    ask: '{shop} ने ऑर्डर *{number}* माँगा है: *{amount}*। यह उनकी बची उधार सीमा से {short} ज़्यादा है।\nसीमा {limit}, बकाया {owed}, ऑर्डर में {held}।',
    overdue: 'तारीख़ निकला बकाया: {amount}',
    lastOrders: 'पिछले ऑर्डर',
    lastPayments: 'पिछले भुगतान',
    payment: '{date}: {amount}',
    noHistory: 'इससे पहले कोई ऑर्डर या भुगतान नहीं है।',
    youApproved: 'मंज़ूर: {shop} का ऑर्डर *{number}* लग गया, {amount} उधार पर। उन्हें बता दिया है।',
    youRejected: 'नामंज़ूर: {shop} का ऑर्डर *{number}* नहीं लगा। उन्हें बता दिया है।',
    lockRefused:
      'आपने {shop} का ऑर्डर *{number}* मंज़ूर किया, पर वह नहीं लग सका: {why, select, blocked {खाता रुका हुआ है} inactive {खाता चालू नहीं है} short {अब वह उधार सीमा से उतने से ज़्यादा ऊपर है जितना आपसे पूछा था} other {उधार सीमा की जाँच ने मना किया}}। उन्हें बता दिया है।',
    decided:
      '{shop} का ऑर्डर *{number}* {outcome, select, approved {पहले ही मंज़ूर हो चुका है} rejected {पहले ही नामंज़ूर हो चुका है} refused {मंज़ूर हुआ था, पर उधार सीमा की जाँच ने मना किया} withdrawn {दुकान ने वापस ले लिया} other {बिना जवाब समाप्त हो गया}}{by, select, none {} other { ({by})}}।',
    lapsedForApprover:
      '{shop} के ऑर्डर *{number}* पर समय पर किसी ने जवाब नहीं दिया, इसलिए वह समाप्त हो गया। उन्हें बता दिया है।',
    none: 'अभी कोई ऑर्डर आपकी मंज़ूरी के इंतज़ार में नहीं है। होगा तो यहीं लिखूँगा।',
    several:
      '{count, plural, one {# ऑर्डर} other {# ऑर्डर}} आपकी मंज़ूरी के इंतज़ार में {count, plural, one {है} other {हैं}}। जिसकी बात है उसके नीचे बटन दबाइए, या लिखिए जैसे "मंज़ूर {number}"।',
    sentLongAgo: 'आपका संदेश मुझे देर से मिला, इसलिए अभी कुछ तय नहीं हुआ।',
    approved: 'अच्छी ख़बर: ऑर्डर *{number}* मंज़ूर हुआ और लग गया। {amount} उधार पर, अब {left} की उधार सीमा बची है।',
    rejected: 'ऑर्डर *{number}* ({amount}) मंज़ूर नहीं हुआ, इसलिए नहीं लगा। कम मँगाइए, या {wholesaler} से बात कीजिए।',
    refused: 'ऑर्डर *{number}* ({amount}) मंज़ूर हुआ, पर आपका खाता अभी जैसा है उसमें नहीं लग सकता। {wholesaler} से बात कीजिए।',
    expired: 'ऑर्डर *{number}* ({amount}) को समय पर कोई देख नहीं पाया, इसलिए नहीं लगा। माफ़ कीजिए!',
    askAgain: 'फिर ऑर्डर करें',
  },
  money,
  rules: {
    belowMinimum:
      'कम से कम {minimum} का ऑर्डर चाहिए, अभी {missing} कम है। कुछ और जोड़िए{example, select, none {} other {, जैसे "{example} जोड़ो"}}।',
    closedRefused:
      'अभी हमारी दुकान बंद है, {opens, select, none {} other {{opens} तक }}ऑर्डर नहीं ले सकते। आपका ऑर्डर मैंने रख लिया है{opens, select, none {} other {, तब पक्का कर दीजिए}}।',
    openAgain: 'हमारी दुकान फिर खुल गई है। आपका ऑर्डर मैंने रखा था, यह रहा। अभी लगा नहीं है।',
    closedTaken: 'अभी हमारी दुकान बंद है, इस पर काम {opens, select, none {दुकान खुलने पर} other {{opens} से}} होगा।',
    strangerAnnounced:
      'नमस्ते{name, select, none {} other { {name}}}, यह {wholesaler} की ऑर्डर लाइन है। यह नंबर अभी हमारे यहाँ दर्ज नहीं है। मैंने {wholesaler} को बता दिया है; वे इसे आपकी दुकान में जोड़ दें, फिर यहाँ ऑर्डर कर सकेंगे।',
  },
  languages: {
    chosen: 'अब से मैं हिंदी में लिखूँगा।',
    which: 'किस भाषा में लिखूँ?',
    button: 'भाषाएँ',
    writeOne: 'मैं इन भाषाओं में लिख सकता हूँ: {names}। जो चाहिए उसका नाम लिखिए।',
    notOffered: 'मैं {language} में नहीं लिख सकता।',
  },
  older: {
    nothingDone: 'यह किसी पुराने संदेश का जवाब है, इसलिए मैंने कुछ नहीं किया।',
    more: '{count, plural, one {# और सामान मिलता है} other {# और सामान मिलते हैं}}: एक बार में कम पूछिए।',
  },
  notices: {
    stopped:
      'हो गया: अब {wholesaler} की ओर से कोई रिमाइंडर या सूचना नहीं आएगी। आप लिखेंगे तो जवाब मिलेगा, और अपने ऑर्डर की ख़बर भी मिलती रहेगी। फिर से पाने के लिए START लिखें।',
    started: 'हो गया: {wholesaler} के रिमाइंडर और सूचनाएँ फिर से मिलेंगी। बंद करने के लिए STOP लिखें।',
    kept: 'ऑर्डर *{number}* चालू है: इसकी उधार सीमा {until} तक आपके लिए रखी रहेगी।',
    notKept: 'ऑर्डर *{number}* अब इंतज़ार में नहीं है, इसलिए रखने को कुछ नहीं।',
  },
  staff: {
    botBack: '{wholesaler} का ऑर्डर सहायक फिर हाज़िर है। जो चाहिए, लिखें।',
    botBackLate:
      'माफ़ कीजिए, {wholesaler} में अब तक कोई जवाब नहीं दे पाया; आपका संदेश उन्हें दिख रहा है। तब तक ऑर्डर सहायक हाज़िर है: जो चाहिए, लिखें।',
  },
  newcomers: {
    refused: '{wholesaler} आपको यहाँ ऑर्डर के लिए नहीं जोड़ पाया। अगर यह ग़लती लगे तो उन्हें फ़ोन करें।',
    askPhone: '{wholesaler} को पता चले कि आप कौन हैं, इसके लिए क्या हम आपका फ़ोन नंबर ले सकते हैं? भेजने के लिए नीचे दबाएँ।',
    phoneNoted: 'धन्यवाद। {wholesaler} को आपका नंबर मिल गया है। जब आप ऑर्डर कर सकेंगे, यहीं बता दिया जाएगा।',
  },
  units: {
    each: '{count, plural, one {पीस} other {पीस}}',
    piece: '{count, plural, one {पीस} other {पीस}}',
    case: '{count, plural, one {पेटी} other {पेटी}}',
    carton: '{count, plural, one {कार्टन} other {कार्टन}}',
    box: '{count, plural, one {डिब्बा} other {डिब्बे}}',
    crate: '{count, plural, one {क्रेट} other {क्रेट}}',
    bag: '{count, plural, one {बैग} other {बैग}}',
    sack: '{count, plural, one {बोरी} other {बोरी}}',
    bale: '{count, plural, one {गांठ} other {गांठ}}',
    pack: '{count, plural, one {पैक} other {पैक}}',
    packet: '{count, plural, one {पैकेट} other {पैकेट}}',
    bundle: '{count, plural, one {बंडल} other {बंडल}}',
    bottle: '{count, plural, one {बोतल} other {बोतल}}',
    tin: '{count, plural, one {टिन} other {टिन}}',
    can: '{count, plural, one {टिन} other {टिन}}',
    jar: '{count, plural, one {जार} other {जार}}',
    tub: '{count, plural, one {टब} other {टब}}',
    bucket: '{count, plural, one {बाल्टी} other {बाल्टी}}',
    drum: '{count, plural, one {ड्रम} other {ड्रम}}',
    tray: '{count, plural, one {ट्रे} other {ट्रे}}',
    strip: '{count, plural, one {पत्ता} other {पत्ते}}',
    roll: '{count, plural, one {रोल} other {रोल}}',
    sheet: '{count, plural, one {शीट} other {शीट}}',
    bar: '{count, plural, one {बार} other {बार}}',
    pair: '{count, plural, one {जोड़ी} other {जोड़ी}}',
    set: '{count, plural, one {सेट} other {सेट}}',
    dozen: '{count, plural, one {दर्जन} other {दर्जन}}',
    half: '{count, plural, one {आधा} other {आधे}}',
  },
};
