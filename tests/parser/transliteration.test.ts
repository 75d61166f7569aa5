/** Brands are found in whichever script they are typed, and everyday words are not taken for brands. */
import { expect, it } from 'vitest';
import { readCatalogue } from '../../scripts/parser-sets/sets.ts';
import { buildCatalogueIndex } from '../../src/parser/index.ts';
import { foldPlain } from '../../src/parser/text-folding.ts';
import { findWords } from '../../src/parser/vocabulary.ts';

const { vocabulary } = buildCatalogueIndex(readCatalogue('wholesale.json'));

const brands: Array<[typed: string, known: string]> = [
  ['कोक', 'coke'],
  ['पेप्सी', 'pepsi'],
  ['स्प्राइट', 'sprite'],
  ['माज़ा', 'maaza'],
  ['बिसलेरी', 'bisleri'],
  ['मैगी', 'maggi'],
  ['ओरियो', 'oreo'],
  ['कोलगेट', 'colgate'],
  ['लक्स', 'lux'],
  ['डेटॉल', 'dettol'],
  ['हार्पिक', 'harpic'],
  ['अमूल', 'amul'],
  ['नेस्कैफे', 'nescafe'],
  ['चीनी', 'cheeni'],
  ['बेसन', 'besan'],
  ['سبرايت', 'sprite'],
  ['فانتا', 'fanta'],
  ['بيبسي', 'pepsi'],
  ['ببسي', 'pepsi'],
  ['كوك', 'coke'],
  ['اوريو', 'oreo'],
  ['كولجيت', 'colgate'],
  ['لوكس', 'lux'],
  ['ديتول', 'dettol'],
  ['هاربيك', 'harpic'],
  ['نسكافيه', 'nescafe'],
  ['ليبتون', 'lipton'],
  ['دوريتوس', 'doritos'],
  ['بامبرز', 'pampers'],
  ['اندومي', 'indomie'],
];

it.each(brands)('%s is %s', (typed, known) => {
  const term = vocabulary.ids.get(known);
  const match = findWords(vocabulary, foldPlain(typed)).find((one) => one.term === term);
  expect(match?.likeness).toBeGreaterThan(0.75);
});

it('hears few brands in everyday words', () => {
  const everyday = (
    'बाजार परसों शाम दुकान गाड़ी ड्राइवर पैसा मालिक बात फोन नंबर जल्दी बारिश त्योहार शादी घर रास्ता सामान बिल हिसाब महीना हफ्ता रात आदमी बच्चे मौसम खबर ' +
    'السوق الصبح المساء المحل السيارة السواق الفلوس المدير الهاتف الرقم الوقت المطر العيد العرس البيت الطريق البضاعة الفاتورة الحساب الشهر الاسبوع الليل الشغل الاولاد الخبر صديقي مرحبا'
  ).split(' ');
  const heard = everyday.filter((word) => (findWords(vocabulary, foldPlain(word))[0]?.likeness ?? 0) >= 0.8);
  expect(heard.length).toBeLessThanOrEqual(4);
});
