/**
 * What a message says of a payment: how much, how, and under which reference. Pure, and only words and digits: whether the
 * message is about a payment at all has been decided before, by the parser or by the question that it answers. What is
 * not clear is left out, and asked about; nothing here books anything.
 */
import { currencyExponent } from '../shared/money.ts';
import { withPlainDigits } from './said-numbers.ts';

export type PaymentMethod = 'cash' | 'upi' | 'transfer' | 'mobile_money' | 'card' | 'cheque';

export type SaidPayment = {
  /** Null: not said, or said in more than one way. */
  amountMinor: bigint | null;
  method: PaymentMethod | null;
  /** As it was written, at most 40 characters. */
  reference: string | null;
  /** True when nothing is left but what is known here: a bare "5000 upi" answers a question, "5 coke" does not. */
  isBare: boolean;
};

/** Above this no shop pays at once; such a number is an account, a phone or a reference. */
const AMOUNT_DIGITS_MAX = 9;
const AMOUNT_MINOR_MAX = 10n ** 15n;
const REFERENCE_MAX = 40;
const BODY_MAX = 500;

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const METHODS: Record<PaymentMethod, ReadonlySet<string>> = {
  upi: wordSet('upi gpay g-pay phonepe paytm bhim यूपीआई जीपे फोनपे फ़ोनपे पेटीएम'),
  mobile_money: wordSet(
    'mpesa m-pesa airtel tigo tigopesa momo pix wave orange simu dana ovo gopay qris yape plin nequi bizum',
  ),
  cash: wordSet(
    'cash naqd nakad nagad efectivo dinheiro espèces especes liquide taslimu tunai नकद कैश نقد نقدا نقداً كاش',
  ),
  cheque: wordSet('cheque check chèque cek hundi चेक شيك بشيك'),
  card: wordSet('card tarjeta cartão cartao carte kadi kartu कार्ड بطاقة بالبطاقة'),
  transfer: wordSet(
    `transfer transferred neft rtgs imps bank eft wire ach transferencia transferência transferi virement benki trf tf
     ट्रांसफर ट्रांसफ़र बैंक تحويل حوالة حولت بنك`,
  ),
};

/** Words that say "what follows is the reference", and what may stand between the two: "ref no: 123". */
const REFERENCE_WORDS = wordSet(
  `ref reference referencia referência réf référence utr txn trx tx transaction transaksi rrn receipt comprobante
   comprovante recibo kumb kumbukumbu referensi resi रेफ रेफ़ रेफरेंस यूटीआर مرجع المرجع`,
);
const NUMBER_WORDS = wordSet('no nr num number número numero n° nomor nambari नंबर رقم');
const REFERENCE_LINKS = new Set([...NUMBER_WORDS, ...wordSet('id is es é की का العملية')]);

const CURRENCY_WORDS = wordSet(
  `rs inr rupee rupees rupaye rupay rupe usd dollar dollars eur euro euros brl reais real kes ksh tzs tsh sh shs shilling
   shillings shilingi idr rp rupiah mxn ves bs cop peso pesos sol soles xof xaf cfa fcfa franc francs mad dh dirham dirhams
   aed sar riyal riyals egp le zar r रुपये रुपए रु रूपये ريال درهم جنيه دينار`,
);

/** What people write around these, in all languages: it makes a message no less bare. */
const FILLERS = wordSet(
  `i we have ve has just already paid sent pay payment done it by via with through to you the of for and yes today now from
   my your on se ne ka ki ke ko maine humne kar diya diye bhej bheja kiya hai haan से ने का की के को कर दिया दिए भेज भेजे
   मैंने हमने है हाँ हां भुगतान pagué pague pago paguei pagamos pagamento ya por con em com de el la le un una en os a o já
   eu j'ai j’ai jai payé paye envoyé par nous avons nimelipa tumelipa nimeshalipa malipo kwa na sudah saya bayar membayar
   lewat pakai dengan sebesar sí si sim oui ndiyo دفعت دفعنا لقد عن طريق من نعم الى إلى بمبلغ مبلغ`,
);

/** Reads a payment out of a message, in the currency of the wholesaler. */
export function readPayment(body: string, currency: string): SaidPayment {
  const text = withPlainDigits(body.slice(0, BODY_MAX)).replace(/[₹$€£﷼]|r\$(?=\s?\d)/giu, ' ');
  const words = text.split(/[\s;:!?()"]+|,(?!\d)|\.(?!\d)/u).filter((word) => word !== '');
  const said: SaidPayment = { amountMinor: null, method: null, reference: null, isBare: words.length > 0 };
  const amounts: { minor: bigint; hasMark: boolean }[] = [];
  const codes: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const folded = word.toLowerCase().replace(/^[.,#*-]+|[.,#*-]+$/g, '');
    const isNumbered = NUMBER_WORDS.has(folded) && /^\d/.test(words[at + 1] ?? '');
    if (REFERENCE_WORDS.has(folded) || isNumbered) {
      const next = nextReference(words, at + 1, amounts.length > 0);
      if (next === null) said.isBare = false;
      else {
        said.reference = next.reference;
        at = next.at;
        // "ref 4234 2342 3423": groups of one reference, once the amount is known.
        while (amounts.length > 0 && /^[A-Za-z-]*\d[A-Za-z\d-]*$/.test(words[at + 1] ?? '')) {
          at += 1;
          said.reference += ` ${words[at]}`;
        }
      }
      continue;
    }
    const method = methodOf(folded);
    if (method !== null) said.method ??= method;
    else if (isCode(folded)) codes.push(word.replace(/^[#*]+|[.,]+$/g, ''));
    else {
      const { minor, takes } = amountAt(folded, words[at + 1]?.toLowerCase(), currency);
      if (minor !== null) {
        amounts.push({ minor, hasMark: takes > 0 });
        at += takes;
      } else if (folded !== '' && !CURRENCY_WORDS.has(folded) && !FILLERS.has(folded)) said.isBare = false;
    }
  }
  said.reference ??= codes[0] ?? null;
  said.reference = said.reference?.slice(0, REFERENCE_MAX) ?? null;
  // Two different amounts are a question, not a choice of ours.
  const [first] = amounts;
  if (first !== undefined && amounts.every(({ minor }) => minor === first.minor)) said.amountMinor = first.minor;
  return said;
}

function methodOf(word: string): PaymentMethod | null {
  for (const [method, words] of Object.entries(METHODS)) if (words.has(word)) return method as PaymentMethod;
  return null;
}

/**
 * The first word with a digit in it, a link or two further on, and with it the name that stands before: "ref AXIS 7781". A
 * name in small letters counts once the amount is known; before, the number after it may be the amount.
 */
function nextReference(
  words: readonly string[],
  from: number,
  isAmountKnown: boolean,
): { reference: string; at: number } | null {
  const name = isAmountKnown ? /^\p{L}{2,12}$/u : /^\p{Lu}{2,12}$/u;
  for (let at = from; at < Math.min(words.length, from + 3); at += 1) {
    const word = (words[at] ?? '').replace(/^[#*.-]+|[.,]+$/g, '');
    if (/\d/.test(word)) return { reference: word, at };
    const number = (words[at + 1] ?? '').replace(/[.,]+$/, '');
    if (name.test(word) && !isKnown(word.toLowerCase()) && /^[\p{L}-]*\d[\p{L}\d-]*$/u.test(number)) {
      return { reference: `${word} ${number}`, at: at + 1 };
    }
    if (!REFERENCE_LINKS.has(word.toLowerCase())) return null;
  }
  return null;
}

/** Words that say something of their own about a payment. */
function isKnown(word: string): boolean {
  const sets = [REFERENCE_WORDS, REFERENCE_LINKS, CURRENCY_WORDS, FILLERS];
  return methodOf(word) !== null || sets.some((words) => words.has(word));
}

/** What a picture of a payment is called, and the payment itself. */
const SLIP_WORDS = wordSet(
  `slip slips receipt proof screenshot screenshots payment paid deposit challan voucher
   स्लिप रसीद पर्ची पेमेंट भुगतान स्क्रीनशॉट raseed rasid parchi bhugtan
   comprobante recibo pago deposito depósito boleta voucher captura comprovante pagamento boleto
   ايصال إيصال وصل سند دفع الدفع الايصال الإيصال الوصل تحويل risiti stakabadhi malipo reçu recu preuve paiement versement
   bukti struk nota pembayaran bayar tf transfer`,
);

const SLIP_LINKS = wordSet('do da du di ya wa a an this here is');

/** Whether the words under a picture call it the slip of a payment, and nothing else: "Payment slip", "comprobante de pago". */
export function namesSlip(caption: string): boolean {
  const words = caption.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const isFitting = (word: string): boolean => SLIP_WORDS.has(word) || SLIP_LINKS.has(word) || isKnown(word);
  return words.some((word) => SLIP_WORDS.has(word)) && words.every(isFitting);
}

/** Letters and digits mixed (an M-Pesa code), or more digits than any amount has (a UTR). */
function isCode(word: string): boolean {
  if (/^\d+$/.test(word)) return word.length > AMOUNT_DIGITS_MAX;
  return /^(?=.*\d)(?=.*\p{L})[\p{L}\d-]{8,}$/u.test(word);
}

const FACTORS: ReadonlyMap<bigint, ReadonlySet<string>> = new Map([
  [1_000n, wordSet('k mil rb ribu elfu hazar hazaar mille thousand हज़ार हजार ألف الف')],
  [100_000n, wordSet('lakh lac lakhs लाख')],
  [1_000_000n, wordSet('jt juta million milioni مليون')],
]);

/** An amount, with the word that multiplies it: "5k", "50 rb", "1.5 lakh". `takes` counts the words it used besides. */
function amountAt(word: string, next: string | undefined, currency: string): { minor: bigint | null; takes: number } {
  const [, digits = '', suffix = ''] =
    /^(?:rs\.?|rp\.?|kes|ksh|inr|usd)?(\d[\d.,' ]*)(\p{L}*)(?:\/-?)?$/u.exec(word) ?? [];
  if (digits === '') return { minor: null, takes: 0 };
  const own = suffix === '' ? null : factorOf(suffix);
  if (own === null && suffix !== '' && !CURRENCY_WORDS.has(suffix)) return { minor: null, takes: 0 };
  const spoken = own === null && next !== undefined ? factorOf(next) : null;
  const minor = minorOf(digits, own ?? spoken ?? 1n, currency);
  return { minor, takes: spoken === null ? 0 : 1 };
}

function factorOf(word: string): bigint | null {
  for (const [factor, words] of FACTORS) if (words.has(word)) return factor;
  return null;
}

/** The last mark is the decimal one when no more digits follow it than the currency has; any other groups thousands. */
function minorOf(digits: string, factor: bigint, currency: string): bigint | null {
  const exponent = currencyExponent(currency);
  const plain = digits.replace(/[' ]/g, '').replace(/[.,]+$/, '');
  const decimals = new RegExp(`^(.*)[.,](\\d{1,${Math.max(2, exponent)}})$`);
  const [, head = plain, tail = ''] = decimals.exec(plain) ?? [];
  const whole = head.replace(/[.,]/g, '');
  if (whole === '' || whole.length > AMOUNT_DIGITS_MAX) return null;
  // In thousandths, which every currency's minor units are made of.
  const thousandths = BigInt(whole) * 1000n + BigInt(tail.padEnd(3, '0'));
  const minor = (thousandths * factor * 10n ** BigInt(exponent)) / 1000n;
  return minor > 0n && minor < AMOUNT_MINOR_MAX ? minor : null;
}
