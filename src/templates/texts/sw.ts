import type { TemplateTexts } from '../catalogue.ts';

const statement = 'Taarifa ya akaunti';
const paid = 'Nimeshalipa';
const human = 'Ongea na mtu';

export const sw: TemplateTexts = {
  payment_due_soon: {
    body: 'Habari {{shop}}, tunakukumbusha tu: *{{amount}}* inatakiwa kulipwa tarehe {{date}}. Kama umeshatuma, asante sana!',
    buttons: { statement, paid },
  },
  payment_overdue: {
    body: 'Habari {{shop}}, *{{amount}}* ilitakiwa kulipwa tangu {{date}}. Tafadhali lipa mapema uwezavyo, ili oda zako ziendelee. Kuna kosa? Jibu hapa tu.',
    buttons: { statement, paid, human },
  },
  order_delivered: {
    body: 'Habari {{shop}}, oda *{{order}}* imefika: {{amount}} imeandikwa kwenye akaunti yako. Sasa unadaiwa {{owed}} na nafasi yako ya mkopo ni {{available}}. Asante!',
    buttons: {},
  },
  order_part_open: {
    body: 'Habari {{shop}}, sehemu ya oda *{{order}}* imefika: {{amount}} imeandikwa kwenye akaunti yako. Bado inakuja: {{missing}}. Tumekuwekea {{held}} ya nafasi yako ya mkopo kwa ajili yake.',
    buttons: { human },
  },
  order_part_closed: {
    body: 'Habari {{shop}}, sehemu ya oda *{{order}}* imefika: {{amount}} imeandikwa kwenye akaunti yako. Haikuletwa na hutatozwa: {{missing}}. Nafasi yako ya mkopo ni {{available}} kwa sasa.',
    buttons: { human },
  },
  order_cancelled: {
    body: 'Habari {{shop}}, imetubidi kughairi oda *{{order}}* ya {{amount}}: {{reason}}. Hujatozwa chochote, na nafasi yako ya mkopo ni {{available}}. Una swali? Jibu hapa tu.',
    buttons: { human },
  },
  payment_received: {
    body: 'Habari {{shop}}, tumepokea malipo yako ya *{{amount}}*. Sasa unadaiwa {{owed}} na nafasi yako ya mkopo ni {{available}}. Asante!',
    buttons: { statement },
  },
  payment_bounced: {
    body: 'Habari {{shop}}, malipo yako ya *{{amount}}* ya tarehe {{date}} hayakukamilika, kwa hiyo kiasi hicho bado kinadaiwa. Jumla unadaiwa {{owed}} hadi sasa. Jibu hapa tutatue pamoja.',
    buttons: { statement, human },
  },
  limit_changed: {
    body: 'Habari {{shop}}, kikomo chako cha mkopo sasa ni *{{limit}}*; awali kilikuwa {{before}}. Umebakiwa na {{available}} ya kuagiza.',
    buttons: { human },
  },
  account_blocked: {
    body: 'Habari {{shop}}, akaunti yako imesimamishwa, kwa sasa hatuwezi kupokea oda za mkopo. Unadaiwa *{{owed}}*, na kati yake {{overdue}} imechelewa. Jibu hapa tutafute njia.',
    buttons: { statement, paid, human },
  },
  account_unblocked: {
    body: 'Habari {{shop}}, habari njema: akaunti yako imefunguliwa tena. Unaweza kuagiza hadi *{{available}}* ndani ya kikomo chako cha {{limit}} kuanzia sasa.',
    buttons: {},
  },
  hold_expiring: {
    body: 'Habari {{shop}}, oda *{{order}}* ya {{amount}} bado inasubiri. Tunaweza kukuwekea nafasi hiyo ya mkopo hadi {{time}}. Je, bado unaihitaji?',
    buttons: { keep: 'Ndiyo, iwekeni', cancel: 'Ghairi oda' },
  },
  hold_expired: {
    body: 'Habari {{shop}}, oda *{{order}}* ya {{amount}} haikukamilika kwa wakati na imeisha muda. Hujatozwa chochote, na nafasi yako ya mkopo ni {{available}}. Je, bado unaihitaji?',
    buttons: { order_again: 'Agiza tena' },
  },
  order_fits: {
    body: 'Habari njema, {{shop}}: mkopo wako sasa una nafasi ya oda *{{order}}* ya {{amount}}. Tuiweke? Gusa kuiona kwa bei za leo.',
    buttons: { show: 'Onyesha oda', cancel: 'Ghairi oda' },
  },
  approval_request: {
    body: 'Habari {{approver}}, {{shop}} anaomba oda *{{order}}* ya {{amount}}. Inazidi nafasi yake ya mkopo kwa {{short}}: kikomo chake ni {{limit}}, anadaiwa {{owed}}, na iliyoshikiliwa ni {{held}}. Je, tupokee oda hii?',
    buttons: { approve: 'Idhinisha', reject: 'Kataa' },
  },
  approval_granted: {
    body: 'Habari njema, {{shop}}: oda *{{order}}* ya {{amount}} imeidhinishwa na imewekwa. Nafasi yako ya mkopo ni {{available}} kwa sasa.',
    buttons: {},
  },
  approval_refused: {
    body: 'Habari {{shop}}, oda *{{order}}* ya {{amount}} haikuidhinishwa safari hii. Hujatozwa chochote, na nafasi yako ya mkopo ni {{available}}. Unaweza kupunguza oda au kuongea nasi.',
    buttons: { change: 'Badilisha oda', human },
  },
  approval_expired: {
    body: 'Habari {{shop}}, hakuna aliyeweza kuangalia oda *{{order}}* ya {{amount}} kwa wakati, kwa hiyo haikuwekwa. Samahani! Tuulize tena?',
    buttons: { ask_again: 'Ndiyo, ulizeni', human },
  },
  statement_ready: {
    body: 'Habari {{shop}}, taarifa yako ya akaunti ya {{period}} iko tayari. {{balance}}. Gusa hapa chini tukutumie kwa PDF.',
    buttons: { send: 'Nitumieni' },
  },
  confirm_new_number: {
    body: 'Habari {{shop}}, kuna mtu anaandika kutoka {{number}} anayesema ni wa duka lako. Je, ni kweli? Hadi utakapojibu, hawezi kuona akaunti yako wala kuagiza chochote.',
    buttons: { yes: 'Ndiyo, ni wetu', no: 'Hapana, si wetu' },
  },
};
