import type { LanguageTable } from '../language-table.ts';

/** The few words of romanised Hindi that also stand in English messages from Indian shops; number words come later. */
export const hinglishBasics: LanguageTable = {
  code: 'hi-Latn',
  numbers: { aadha: 0.5, adha: 0.5, dedh: 1.5, dhai: 2.5 },
  scales: {},
  bunches: { darjan: { value: 12, single: true }, darzan: { value: 12, single: true } },
  articles: '',
  measures: {},
  units: {
    case: { classes: ['outer'], words: 'peti peti petiya petiyan' },
    sack: { classes: ['sack', 'single'], words: 'bori boriya katta' },
    strip: { classes: ['strip', 'single'], words: 'patti ladi' },
    packet: { classes: ['single'], words: 'paket' },
  },
  joins: 'aur',
  fillers:
    'bhai bhaiya bhejo bhej bhejna bhejdo dedo dena do de chahiye ka ki ke wala wali wale ko hai bhi ek mujhe sirf bas kar karo lagao lagana ji isme',
  chatter: 'kab kahan kyun kaise mera meri mere',
  smaller: 'chhota chhoti chota choti',
  larger: 'bada badi',
  ordinals: {},
  every: 'dono sab',
  swapLinks: '',
  phrases: {
    remove: ['hata do', 'hatao', 'nikal do', 'mat (bhejna|bhejo|dena)', 'nahi chahiye'],
    correct: ['nahi', 'nahin'],
    add: ['jod do', 'aur bhejo'],
    cancel: ['order cancel karo', 'cancel kar do'],
    balance: ['udhaar kitna', 'kitna udhaar', 'baki kitna', 'kitna baki', 'mera hisab', 'udhaar', 'bakaya'],
    status: ['kab aayega', 'maal kab', 'order kahan'],
    query: ['kya rate', 'rate kya', 'hai kya', 'kitne ka'],
    greeting: ['namaste', 'namaskar', 'dhanyavaad', 'shukriya'],
    repeat: ['pichla order', 'pichhla order'],
  },
};
