/**
 * Whether a message asks for the list of products: "list", "send me the catalogue", "list of rice", in the words of any of
 * our languages. Pure, and only words; whether the rest of it names products, the catalogue says.
 */

const WORDS_MAX = 8;
const NAME_MAX = 80;

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** A list by its name. What else stands beside it is what the list shall be of. */
const LISTS = wordSet(
  `list catalogue catalog catalogs pricelist ratelist लिस्ट सूची कैटलॉग soochi suchi katalog lista listado catalogo قايمه لسته
   ليسته كتالوج orodha katalogi liste daftar`,
);

/** Goods in general: a wish for the list where a message says nothing else, since "products of Unilever" is a question. */
const GOODS = wordSet(
  `products product items menu उत्पाद प्रोडक्ट आइटम productos articulos produtos itens منتجات اصناف bidhaa produits articles
   produk`,
);

/** What people write around it. */
const AROUND = wordSet(
  `show see send give share me us the your our a full all whole complete entire new latest today of with for and price prices
   rate rates stock available please pls plz can could i we want need to get have do you
   दिखाओ दिखाइए दिखाना दिखा दो भेजो भेजिए भेज भेजना दीजिए पूरी सब सारे सभी का की के में रेट दाम भाव कृपया आज चाहिए अपनी आपकी
   dikhao dikhaiye dikha do de bhejo bhejiye bhej dijiye poori puri sab sare saare ka ki ke mein me rate bhav daam aaj chahiye
   apni aapki wali hai kya है क्या
   muestra muestrame muestreme ver mande mandeme manda mandame envie envieme pase paseme pasame deme el la los las un una de del
   con sus tus precio precios por favor todo todos completa quiero puede
   mostra mostre me envie envia mande manda passa passe o a os as dos das do da com preco precos por favor todos toda seus tem
   quero ver voce pode
   ارني اعرض ابعت ابعث ارسل ارسلي ابعتلي ابعثلي اعطني عطني لي كل جميع مع سعر اسعار من فضلك لو سمحت عندكم المتوفره متوفره اريد
   nionyeshe onyesha nitumie tuma niletee nipe ya za zote yote yako yenu bei tafadhali naomba nataka
   montrez montre moi envoyez envoie donnez voir le les des du de la votre vos avec prix tarif tarifs toute tous s il vous plait
   svp complete voudrais je
   tunjukkan lihat kirim kirimkan minta kasih tolong dong ya semua lengkap dengan harga barang mau saya`,
);

/** With one of these it is about an order, a bill, or a list of their own. */
const NOT_OURS = wordSet(
  `my mine order orders cart total bill invoice account balance last same previous this that here above below attached
   mera meri mere hamara hamari order bill hisaab hisab pichla pichli मेरा मेरी मेरे हमारी ऑर्डर बिल हिसाब पिछली
   mi mis pedido pedidos cuenta ultima ultimo meu minha meus pedido pedidos conta
   طلب طلبي طلبات طلباتي حسابي فاتوره yangu yetu oda ma mon mes commande commandes compte facture pesanan tagihan`,
);

/** "What do you sell?": no word for a list, and nothing else meant. */
const WHAT_THERE_IS = new RegExp(
  `(?<=^| )(?:${[
    'what (?:all |else |products |things )?(?:do |does |is |are |have )?(?:you |u |ya |there )?(?:have|sell|got|keep|stock)(?: there| in stock)?',
    'what (?:all )?(?:products|items) (?:do you have|do you sell|are there)',
    'kya kya (?:hai|milta hai|milega|rakhte ho|bechte ho|hai aapke paas)|aapke paas kya kya hai|aap kya kya bechte (?:ho|hain)',
    'क्या क्या (?:है|मिलता है|मिलेगा|रखते हैं|बेचते हैं)|आपके पास क्या क्या है|आप क्या क्या बेचते हैं',
    'que (?:productos |cosas )?(?:tiene|tienen|tienes|vende|venden|vendes|hay)',
    'o que (?:voces? )?(?:tem|tens|vende|vendem|voce tem|voce vende|voces tem|voces vendem)|que produtos (?:tem|voces tem)',
    '(?:ماذا|شو|ايش|وش|ما) (?:عندكم|لديكم|عندك|تبيعون|يوجد عندكم)',
    '(?:mna|mnauza|una|unauza|mko na|uko na) (?:bidhaa )?(?:nini|gani|bidhaa gani|nini na nini)',
    'que vendez vous|qu avez vous|vous (?:avez|vendez) quoi|quels (?:produits|articles) avez vous|qu est ce que vous (?:avez|vendez)',
    '(?:ada|jual|punya|jualan) (?:produk )?(?:apa saja|apa aja|apaan|apa)|(?:produk|barang) apa (?:saja|aja)(?: yang ada)?',
  ].join('|')})(?= |$)`,
  'u',
);

/** What the list shall be of, "" for everything; null where the message asks for no list. */
export function readListing(body: string): string | null {
  if (body.length > 200 || /\p{Nd}|\n/u.test(body)) return null;
  const words = body.match(/[\p{L}\p{M}]+/gu) ?? [];
  const folded = words.map(fold);
  if (words.length === 0 || words.length > WORDS_MAX || folded.some((word) => NOT_OURS.has(word))) return null;
  const phrase = WHAT_THERE_IS.exec(folded.join(' '));
  if (phrase !== null && isAllAround(folded.join(' ').replace(phrase[0], ' '))) return '';
  const isList = folded.some((word) => LISTS.has(word));
  const rest = words.filter((_word, at) => {
    const word = folded[at] ?? '';
    return !LISTS.has(word) && !GOODS.has(word) && !AROUND.has(word);
  });
  if (!isList && (rest.length > 0 || !folded.some((word) => GOODS.has(word)))) return null;
  const name = rest.join(' ');
  return name.length > NAME_MAX ? null : name;
}

function isAllAround(text: string): boolean {
  return text.split(' ').every((word) => word === '' || AROUND.has(word) || GOODS.has(word));
}

/** Without accents and, in Arabic, without the article and the letters that are written in more than one way. */
function fold(word: string): string {
  const plain = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u064b-\u0655]/g, '')
    .normalize('NFC');
  if (!/^\p{Script=Arabic}/u.test(plain)) return plain;
  return plain
    .replace(/[أإآ]/g, 'ا')
    .replace(/ة$/, 'ه')
    .replace(/ى$/, 'ي')
    .replace(/^(?:وال|بال|ال)(?=..)/, '');
}
