import type { TemplateTexts } from '../catalogue.ts';

const statement = 'स्टेटमेंट';
const paid = 'भुगतान कर दिया';
const human = 'किसी से बात करें';

export const hi: TemplateTexts = {
  payment_due_soon: {
    body: 'नमस्ते {{shop}}, एक छोटी सी याद: *{{amount}}* का भुगतान {{date}} तक करना है। अगर आप भेज चुके हैं, तो धन्यवाद!',
    buttons: { statement, paid },
  },
  payment_overdue: {
    body: 'नमस्ते {{shop}}, *{{amount}}* का भुगतान {{date}} से बाकी है। कृपया जल्द चुका दें, ताकि आपके ऑर्डर चलते रहें। कुछ गलत लगे तो यहीं जवाब दें।',
    buttons: { statement, paid, human },
  },
  order_delivered: {
    body: 'नमस्ते {{shop}}, ऑर्डर *{{order}}* पहुँच गया है: {{amount}} आपके खाते में लिखे गए। अब कुल बकाया {{owed}} है और {{available}} की उधार सीमा बची है। धन्यवाद!',
    buttons: {},
  },
  order_part_open: {
    body: 'नमस्ते {{shop}}, ऑर्डर *{{order}}* का कुछ माल पहुँच गया है: {{amount}} आपके खाते में लिखे गए। अभी आना बाकी है: {{missing}}। इसके लिए आपकी उधार सीमा में {{held}} रोके हुए हैं।',
    buttons: { human },
  },
  order_part_closed: {
    body: 'नमस्ते {{shop}}, ऑर्डर *{{order}}* का कुछ माल पहुँच गया है: {{amount}} आपके खाते में लिखे गए। जो नहीं आया और जिसके पैसे नहीं लगे: {{missing}}। अब {{available}} की उधार सीमा बची है।',
    buttons: { human },
  },
  order_cancelled: {
    body: 'नमस्ते {{shop}}, हमें {{amount}} का ऑर्डर *{{order}}* रद्द करना पड़ा: {{reason}}। कोई पैसा नहीं लगा और {{available}} की उधार सीमा बची है। कुछ पूछना हो तो यहीं जवाब दें।',
    buttons: { human },
  },
  payment_received: {
    body: 'नमस्ते {{shop}}, आपका *{{amount}}* का भुगतान मिल गया। अब कुल बकाया {{owed}} है और {{available}} की उधार सीमा बची है। धन्यवाद!',
    buttons: { statement },
  },
  payment_bounced: {
    body: 'नमस्ते {{shop}}, {{date}} का आपका *{{amount}}* का भुगतान पूरा नहीं हो पाया, इसलिए यह रकम फिर से बाकी है। कुल बकाया {{owed}} है। यहाँ जवाब दें, हम मिलकर सुलझा लेंगे।',
    buttons: { statement, human },
  },
  limit_changed: {
    body: 'नमस्ते {{shop}}, आपकी उधार सीमा अब *{{limit}}* है; पहले {{before}} थी। ऑर्डर के लिए आपके पास {{available}} बचे हैं।',
    buttons: { human },
  },
  account_blocked: {
    body: 'नमस्ते {{shop}}, आपका खाता अभी रुका हुआ है, इसलिए हम फ़िलहाल उधार पर ऑर्डर नहीं ले सकते। कुल बकाया *{{owed}}* है, जिसमें से {{overdue}} की तारीख निकल चुकी है। यहाँ जवाब दें, हम रास्ता निकालेंगे।',
    buttons: { statement, paid, human },
  },
  account_unblocked: {
    body: 'नमस्ते {{shop}}, अच्छी ख़बर: आपका खाता फिर से चालू है। अब आप {{limit}} की सीमा में *{{available}}* तक के ऑर्डर दे सकते हैं।',
    buttons: {},
  },
  hold_expiring: {
    body: 'नमस्ते {{shop}}, {{amount}} का ऑर्डर *{{order}}* अभी रुका हुआ है। इसके लिए उधार सीमा हम {{time}} तक रोक सकते हैं। क्या आपको यह ऑर्डर अब भी चाहिए?',
    buttons: { keep: 'हाँ, रखें', cancel: 'ऑर्डर रद्द करें' },
  },
  hold_expired: {
    body: 'नमस्ते {{shop}}, {{amount}} का ऑर्डर *{{order}}* समय पर पूरा नहीं हुआ, इसलिए बंद हो गया। कोई पैसा नहीं लगा और {{available}} की उधार सीमा बची है। क्या अब भी चाहिए?',
    buttons: { order_again: 'फिर से ऑर्डर करें' },
  },
  order_fits: {
    body: 'अच्छी ख़बर, {{shop}}: अब आपकी उधार सीमा में {{amount}} के ऑर्डर *{{order}}* के लिए जगह है। पक्का कर दें? आज के दाम देखने के लिए बटन दबाइए।',
    buttons: { show: 'ऑर्डर दिखाएँ', cancel: 'ऑर्डर रद्द करें' },
  },
  approval_request: {
    body: 'नमस्ते {{approver}}, {{shop}} को {{amount}} का ऑर्डर *{{order}}* चाहिए। यह उनकी बची उधार सीमा से {{short}} ज़्यादा है: सीमा {{limit}}, बकाया {{owed}}, रुका हुआ {{held}}। क्या हम ऑर्डर ले लें?',
    buttons: { approve: 'मंज़ूर', reject: 'नामंज़ूर' },
  },
  approval_granted: {
    body: 'अच्छी ख़बर, {{shop}}: {{amount}} का ऑर्डर *{{order}}* मंज़ूर हो गया और ले लिया गया है। अब {{available}} की उधार सीमा बची है।',
    buttons: {},
  },
  approval_refused: {
    body: 'नमस्ते {{shop}}, {{amount}} का ऑर्डर *{{order}}* इस बार मंज़ूर नहीं हुआ। कोई पैसा नहीं लगा और {{available}} की उधार सीमा बची है। आप ऑर्डर छोटा कर सकते हैं या हमसे बात कर सकते हैं।',
    buttons: { change: 'ऑर्डर बदलें', human },
  },
  approval_expired: {
    body: 'नमस्ते {{shop}}, {{amount}} का ऑर्डर *{{order}}* समय पर कोई देख नहीं पाया, इसलिए वह लिया नहीं गया। हमें खेद है। क्या हम फिर से पूछें?',
    buttons: { ask_again: 'हाँ, फिर पूछें', human },
  },
  statement_ready: {
    body: 'नमस्ते {{shop}}, {{period}} का आपका स्टेटमेंट तैयार है। {{balance}}। नीचे दबाएँ, हम उसे PDF में भेज देंगे।',
    buttons: { send: 'मुझे भेजें' },
  },
  confirm_new_number: {
    body: 'नमस्ते {{shop}}, {{number}} से कोई लिख रहा है और कहता है कि वह आपकी दुकान से है। क्या यह सही है? जब तक आप जवाब नहीं देते, उसे आपका खाता नहीं दिखेगा और वह ऑर्डर नहीं दे पाएगा।',
    buttons: { yes: 'हाँ, हमारा है', no: 'नहीं, हमारा नहीं' },
  },
};
