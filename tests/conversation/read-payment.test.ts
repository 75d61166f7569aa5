import { expect, test } from 'vitest';
import { namesSlip, readPayment } from '../../src/conversation/read-payment.ts';

test.each([
  ['paid 5000 by UPI ref 123', 500_000n, 'upi', '123', true],
  ['I sent 5,000.50 by gpay utr 423423423423', 500_050n, 'upi', '423423423423', true],
  ['5000 paid cash', 500_000n, 'cash', null, true],
  ['5000', 500_000n, null, null, true],
  ['₹5,00,000/- neft 4532XKP99021', 50_000_000n, 'transfer', '4532XKP99021', true],
  ['nimelipa 5000 kwa mpesa QFT5XK2L9M', 500_000n, 'mobile_money', 'QFT5XK2L9M', true],
  ['paguei R$ 1.234,56 por pix', 123_456n, 'mobile_money', null, true],
  ['pagué 5.000 por transferencia, ref: 99', 500_000n, 'transfer', '99', true],
  ["j'ai payé 250,5 par virement", 25_050n, 'transfer', null, true],
  ['sudah transfer 50rb', 5_000_000n, 'transfer', null, true],
  ['sudah bayar 1,5 jt', 150_000_000n, null, null, true],
  ['paid 2.5 lakh cheque no 004512', 25_000_000n, 'cheque', '004512', true],
  ['५००० रुपये यूपीआई से भेज दिए ref १२३', 500_000n, 'upi', '123', true],
  ['دفعت ٥٠٠٠ تحويل مرجع 778899', 500_000n, 'transfer', '778899', true],
  ['paid 5000 utr 4234 2342 3423', 500_000n, null, '4234 2342 3423', true],
  ['paid 5000 by neft ref AXIS 7781', 500_000n, 'transfer', 'AXIS 7781', true],
  ['paid 5000 ref axis 7781', 500_000n, null, 'axis 7781', true],
  ['ref AXIS 7781, 5000 upi', 500_000n, 'upi', 'AXIS 7781', true],
  ['ref no: HDFC 77 81, paid 5000', null, null, 'HDFC 77', true],
  ['paid ref please 5000', 500_000n, null, null, false],
  ['paid 5000 ref by upi 12', null, 'upi', null, false],
  ['5 k gpay', 500_000n, 'upi', null, true],
  ['I have paid', null, null, null, true],
  ['ref 12 and ref', null, null, '12', false],
  ['5 coke', 500n, null, null, false],
  ['10 case coke 500', null, null, null, false],
  ['paid 5000 or 6000', null, null, null, false],
  ['99999999999999', null, null, '99999999999999', true],
  ['0', null, null, null, false],
  ['', null, null, null, false],
] as const)('%j', (body, amountMinor, method, reference, isBare) => {
  const said = readPayment(body, 'INR');
  expect(said).toEqual({ amountMinor, method, reference, isBare });
});

test('minor units are those of the currency', () => {
  expect(readPayment('5,000', 'UGX').amountMinor).toBe(5_000n);
  expect(readPayment('1.500', 'KWD').amountMinor).toBe(1_500n);
  expect(readPayment('1.500', 'INR').amountMinor).toBe(150_000n);
});

test.each([
  'Payment slip',
  'slip',
  'receipt of payment',
  'proof of payment 5000 by UPI',
  'पेमेंट की रसीद',
  'payment ki raseed',
  'comprobante de pago',
  'comprovante do pix',
  'إيصال الدفع',
  'risiti ya malipo',
  'reçu de paiement',
  'bukti transfer',
])('"%s" under a picture calls it a slip', (caption) => {
  expect(namesSlip(caption)).toBe(true);
});

test.each(['', '10 coke 500', 'this one please', 'slip pads 10', 'price?', 'paid for coke'])(
  '"%s" under a picture does not',
  (caption) => {
    expect(namesSlip(caption)).toBe(false);
  },
);
