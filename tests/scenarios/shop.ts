import type { ShopFile } from '../support/service.ts';

export const product = (
  sku: string,
  name: string,
  priceMinor: number,
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  sku,
  name,
  units: { each: 1, case: 24 },
  defaultUnit: 'case',
  cartUnit: 'case',
  priceMinor,
  aliases: [],
  active: true,
  stock: 'in',
  minimum: 1,
  step: 1,
  ...more,
});

const retailer = (
  id: string,
  name: string,
  phone: string,
  limitMinor: number,
  more: object = {},
  credit: object = {},
) => ({
  id,
  name,
  identities: [{ kind: 'phone', value: phone }],
  credit: {
    limitMinor,
    owedMinor: 0,
    status: 'active',
    termsDays: 14,
    graceDays: 3,
    overdueToleranceMinor: 0,
    ...credit,
  },
  ...more,
});

/** A small grocery wholesaler for scenarios; amounts are easy to check by head. */
export const shop: ShopFile & Record<string, unknown> = {
  wholesaler: { id: 'test', name: 'Test Wholesale', currency: 'INR', language: 'en', timeZone: 'Asia/Kolkata' },
  lines: [{ phoneNumberId: '106540352242922', displayPhoneNumber: '+91 22 5555 0100' }],
  products: [
    product('COKE500', 'Coca-Cola 500ml', 1800, { size: '500ml', aliases: ['coke 500'] }),
    product('SUGAR1', 'Sugar 1kg', 4800, {
      size: '1kg',
      units: { each: 1, bale: 20 },
      defaultUnit: 'each',
      cartUnit: 'each',
    }),
    product('SUGAR50', 'Sugar 50kg', 215000, {
      size: '50kg',
      units: { each: 1 },
      defaultUnit: 'each',
      cartUnit: 'each',
    }),
    // Round prices, so that a cart can be any amount: 1 CREDIT100 is 100.00.
    product('CREDIT100', 'Gift hamper', 10000, { units: { each: 1 }, defaultUnit: 'each', cartUnit: 'each' }),
  ],
  retailers: [
    retailer('asha', 'Asha Stores', '919800000001', 10_000_000, {
      identities: [
        { kind: 'phone', value: '919800000001' },
        { kind: 'phone', value: '919800000002' },
      ],
    }),
    retailer('hidden', 'Hidden Number Shop', '919800000003', 1_000_000, {
      identities: [{ kind: 'bsuid', value: 'IN.1349120865530' }],
    }),
    retailer(
      'blocked',
      'Blocked Shop',
      '919800000004',
      1_000_000,
      {},
      { status: 'blocked', blockReason: 'cheque returned' },
    ),
    ...Array.from({ length: 20 }, (_, n) =>
      retailer(`shop${n}`, `Shop ${n}`, `9197000000${String(n).padStart(2, '0')}`, 1_000_000),
    ),
  ],
};
