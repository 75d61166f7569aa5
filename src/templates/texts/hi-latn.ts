import type { TemplateTexts } from '../catalogue.ts';

const statement = 'Statement';
const paid = 'Payment kar diya';
const human = 'Kisi se baat karein';

export const hiLatn: TemplateTexts = {
  payment_due_soon: {
    body: 'Namaste {{shop}}, ek chhoti si yaad: *{{amount}}* ka payment {{date}} tak karna hai. Agar aap bhej chuke hain, to dhanyavaad!',
    buttons: { statement, paid },
  },
  payment_overdue: {
    body: 'Namaste {{shop}}, *{{amount}}* ka payment {{date}} se baaki hai. Kripya jaldi chuka dein, taaki aapke order chalte rahein. Kuch galat lage to yahin jawab dein.',
    buttons: { statement, paid, human },
  },
  order_delivered: {
    body: 'Namaste {{shop}}, order *{{order}}* pahunch gaya hai: {{amount}} aapke khaate mein likhe gaye. Ab kul baaki {{owed}} hai aur {{available}} ki udhaar limit bachi hai. Dhanyavaad!',
    buttons: {},
  },
  order_part_open: {
    body: 'Namaste {{shop}}, order *{{order}}* ka kuch maal pahunch gaya hai: {{amount}} aapke khaate mein likhe gaye. Abhi aana baaki hai: {{missing}}. Iske liye aapki udhaar limit mein {{held}} roke hue hain.',
    buttons: { human },
  },
  order_part_closed: {
    body: 'Namaste {{shop}}, order *{{order}}* ka kuch maal pahunch gaya hai: {{amount}} aapke khaate mein likhe gaye. Jo nahi aaya aur jiske paise nahi lage: {{missing}}. Ab {{available}} ki udhaar limit bachi hai.',
    buttons: { human },
  },
  order_cancelled: {
    body: 'Namaste {{shop}}, humein {{amount}} ka order *{{order}}* cancel karna pada: {{reason}}. Koi paisa nahi laga aur {{available}} ki udhaar limit bachi hai. Kuch poochna ho to yahin jawab dein.',
    buttons: { human },
  },
  payment_received: {
    body: 'Namaste {{shop}}, aapka *{{amount}}* ka payment mil gaya. Ab kul baaki {{owed}} hai aur {{available}} ki udhaar limit bachi hai. Dhanyavaad!',
    buttons: { statement },
  },
  payment_bounced: {
    body: 'Namaste {{shop}}, {{date}} ka aapka *{{amount}}* ka payment poora nahi ho paaya, isliye yeh rakam phir se baaki hai. Kul baaki {{owed}} hai. Yahan jawab dein, hum milkar suljha lenge.',
    buttons: { statement, human },
  },
  limit_changed: {
    body: 'Namaste {{shop}}, aapki udhaar limit ab *{{limit}}* hai; pehle {{before}} thi. Order ke liye aapke paas {{available}} bache hain.',
    buttons: { human },
  },
  account_blocked: {
    body: 'Namaste {{shop}}, aapka khaata abhi ruka hua hai, isliye hum filhaal udhaar par order nahi le sakte. Kul baaki *{{owed}}* hai, jismein se {{overdue}} ki taareekh nikal chuki hai. Yahan jawab dein, hum raasta nikaalenge.',
    buttons: { statement, paid, human },
  },
  account_unblocked: {
    body: 'Namaste {{shop}}, achhi khabar: aapka khaata phir se chaalu hai. Ab aap {{limit}} ki limit mein *{{available}}* tak ke order de sakte hain.',
    buttons: {},
  },
  hold_expiring: {
    body: 'Namaste {{shop}}, {{amount}} ka order *{{order}}* abhi ruka hua hai. Iske liye udhaar limit hum {{time}} tak rok sakte hain. Kya aapko yeh order ab bhi chahiye?',
    buttons: { keep: 'Haan, rakhein', cancel: 'Order cancel karein' },
  },
  hold_expired: {
    body: 'Namaste {{shop}}, {{amount}} ka order *{{order}}* time par poora nahi hua, isliye band ho gaya. Koi paisa nahi laga aur {{available}} ki udhaar limit bachi hai. Kya ab bhi chahiye?',
    buttons: { order_again: 'Phir se order karein' },
  },
  order_fits: {
    body: 'Achhi khabar, {{shop}}: ab aapki udhaar limit mein {{amount}} ke order *{{order}}* ki jagah hai. Pakka kar dein? Aaj ke daam dekhne ke liye button dabaiye.',
    buttons: { show: 'Order dikhao', cancel: 'Order cancel karo' },
  },
  approval_request: {
    body: 'Namaste {{approver}}, {{shop}} ko {{amount}} ka order *{{order}}* chahiye. Yeh unki bachi udhaar limit se {{short}} zyada hai: limit {{limit}}, baaki {{owed}}, ruka hua {{held}}. Kya hum order le lein?',
    buttons: { approve: 'Manzoor', reject: 'Namanzoor' },
  },
  approval_granted: {
    body: 'Achhi khabar, {{shop}}: {{amount}} ka order *{{order}}* manzoor ho gaya aur le liya gaya hai. Ab {{available}} ki udhaar limit bachi hai.',
    buttons: {},
  },
  approval_refused: {
    body: 'Namaste {{shop}}, {{amount}} ka order *{{order}}* is baar manzoor nahi hua. Koi paisa nahi laga aur {{available}} ki udhaar limit bachi hai. Aap order chhota kar sakte hain ya humse baat kar sakte hain.',
    buttons: { change: 'Order badlein', human },
  },
  approval_expired: {
    body: 'Namaste {{shop}}, {{amount}} ka order *{{order}}* time par koi dekh nahi paaya, isliye woh liya nahi gaya. Humein khed hai. Kya hum phir se poochhein?',
    buttons: { ask_again: 'Haan, phir poochhein', human },
  },
  statement_ready: {
    body: 'Namaste {{shop}}, {{period}} ka aapka statement taiyaar hai. {{balance}}. Neeche dabaayein, hum use PDF mein bhej denge.',
    buttons: { send: 'Mujhe bhejein' },
  },
  confirm_new_number: {
    body: 'Namaste {{shop}}, {{number}} se koi likh raha hai aur kehta hai ki woh aapki dukaan se hai. Kya yeh sahi hai? Jab tak aap jawab nahi dete, use aapka khaata nahi dikhega aur woh order nahi de paayega.',
    buttons: { yes: 'Haan, hamara hai', no: 'Nahi, hamara nahi' },
  },
};
