import type { ShopFile } from '../support/service.ts';

/** A small shop for the console's tests. */
export const consoleShop = {
  wholesaler: {
    id: 'sharma',
    name: 'Sharma & Sons',
    currency: 'INR',
    language: 'en',
    timeZone: 'Asia/Kolkata',
    policies: { confirm: 'never' },
  },
  lines: [{ phoneNumberId: '106540352242999', displayPhoneNumber: '+91 22 5555 0199' }],
  products: [
    { sku: 'RICE25', name: 'Sona Masoori Rice 25kg', units: { each: 1 }, defaultUnit: 'each', priceMinor: 135_000 },
    { sku: 'OIL1', name: 'Sunflower Oil 1L', units: { each: 1, case: 12 }, defaultUnit: 'case', priceMinor: 15_050 },
  ],
  retailers: [
    {
      id: 'asha',
      name: 'Asha Stores',
      identities: [{ kind: 'phone', value: '919800000001' }],
      credit: { limitMinor: 10_000_000, owedMinor: 2_000_000, termsDays: 14, graceDays: 3 },
    },
    {
      id: 'noor',
      name: 'Noor <Traders> & Co',
      identities: [{ kind: 'phone', value: '919800000002' }],
      credit: { limitMinor: 4_000_000, status: 'blocked', blockReason: 'two cheques came back' },
    },
  ],
} satisfies ShopFile & Record<string, unknown>;
