import type { AccountFigures, CatalogueProduct, Facts, OrderSummary } from '../../src/conversation/types.ts';
import { buildCatalogueIndex } from '../../src/parser/index.ts';
import { DEFAULT_POLICIES, type WholesalerPolicies } from '../../src/shared/policies.ts';

export const NOON = new Date('2026-11-24T06:30:00Z');

type Draft = Partial<CatalogueProduct> & Pick<CatalogueProduct, 'sku' | 'name' | 'units'> & { eachMinor: bigint };

/** A product with all that the tests do not care about filled in; prices of outer units follow from the single one. */
export function product(draft: Draft): CatalogueProduct {
  const { eachMinor, ...given } = draft;
  const unitPricesMinor = Object.fromEntries(
    Object.entries(draft.units).map(([unit, size]) => [unit, eachMinor * BigInt(size)]),
  );
  const defaultUnit = Object.keys(draft.units).at(-1) ?? 'each';
  return {
    size: null,
    defaultUnit,
    cartUnit: defaultUnit,
    aliases: [],
    active: true,
    stock: 'in',
    minimumMilli: 0,
    stepMilli: 0,
    unitPricesMinor,
    ...given,
  };
}

export const PRODUCTS: CatalogueProduct[] = [
  product({
    sku: 'COKE500',
    name: 'Coca-Cola 500ml',
    units: { each: 1, case: 24 },
    eachMinor: 1800n,
    aliases: ['coke 500', 'coke'],
  }),
  product({
    sku: 'SONA25',
    name: 'Sona Masoori 25kg',
    units: { bag: 1 },
    eachMinor: 135000n,
    aliases: ['sona masoori', 'rice'],
  }),
  product({
    sku: 'MAGGI70',
    name: 'Maggi',
    size: '70g',
    units: { packet: 1, box: 48 },
    defaultUnit: 'packet',
    cartUnit: 'box',
    eachMinor: 1400n,
    aliases: ['maggi'],
  }),
  product({
    sku: 'SUGAR1',
    name: 'Sugar 1kg',
    units: { packet: 1, case: 20 },
    defaultUnit: 'packet',
    eachMinor: 4800n,
  }),
  product({ sku: 'SUGAR50', name: 'Sugar 50kg', units: { bag: 1 }, eachMinor: 215000n }),
  product({
    sku: 'SURF1',
    name: 'Surf Excel 1kg',
    units: { packet: 1, case: 12 },
    defaultUnit: 'packet',
    eachMinor: 13000n,
    aliases: ['surf excel'],
  }),
  product({
    sku: 'OIL1',
    name: 'Sunflower Oil 1L',
    units: { bottle: 1, carton: 12 },
    eachMinor: 15550n,
    aliases: ['sunflower oil'],
    minimumMilli: 2000,
    stepMilli: 2000,
  }),
  product({
    sku: 'ONION',
    name: 'Onion loose',
    units: { kg: 1, sack: 50 },
    defaultUnit: 'kg',
    eachMinor: 3000n,
    aliases: ['onion'],
  }),
  product({
    sku: 'PEPSI2L',
    name: 'Pepsi 2L',
    units: { each: 1, case: 9 },
    eachMinor: 8000n,
    aliases: ['pepsi'],
    active: false,
  }),
  product({
    sku: 'DETTOL',
    name: 'Dettol Soap 75g',
    units: { piece: 1, case: 48 },
    defaultUnit: 'piece',
    eachMinor: 3500n,
    aliases: ['dettol'],
    stock: 'out',
  }),
];

export const ACCOUNT: AccountFigures = {
  currency: 'INR',
  limitMinor: 10_000_000n,
  owedMinor: 2_000_000n,
  heldMinor: 0n,
  availableMinor: 8_000_000n,
  status: 'active',
};

export type ShopOptions = {
  products?: CatalogueProduct[];
  account?: AccountFigures | null;
  retailer?: Facts['retailer'];
  policies?: Partial<WholesalerPolicies>;
  orders?: OrderSummary[];
  learned?: Facts['learned'];
  debts?: Facts['debts'];
  hasStopped?: boolean;
  withStaff?: boolean;
  currency?: string;
};

/** What a chat with "Asha Stores" at noon may know. */
export function factsFor(options: ShopOptions = {}): Facts {
  const products = options.products ?? PRODUCTS;
  const currency = options.currency ?? 'INR';
  return {
    now: NOON,
    sentAt: NOON,
    freshOrderId: 'fresh-0',
    wholesaler: {
      name: 'Demo Wholesale',
      currency,
      language: 'en',
      timeZone: 'Asia/Kolkata',
      policies: { ...DEFAULT_POLICIES, ...options.policies },
    },
    retailer: options.retailer === undefined ? { id: 'asha', name: 'Asha Stores', language: null } : options.retailer,
    awaitsLink: false,
    profileName: 'Asha',
    hidesPhone: false,
    quoted: null,
    hasStopped: options.hasStopped ?? false,
    withStaff: options.withStaff ?? false,
    account: options.account === undefined ? { ...ACCOUNT, currency } : options.account,
    catalogue: { index: buildCatalogueIndex(products), products: new Map(products.map((one) => [one.sku, one])) },
    learned: options.learned ?? [],
    approver: null,
    approvals: [],
    orders: options.orders ?? [],
    debts: options.debts ?? [],
  };
}

/** An order placed earlier. */
export function earlierOrder(number: number, change: Partial<OrderSummary> = {}): OrderSummary {
  return {
    id: `order-${number}`,
    number,
    status: 'approved',
    amountMinor: 432_000n,
    placedAt: new Date(NOON.getTime() - 24 * 3_600_000),
    lines: [{ sku: 'COKE500', name: 'Coca-Cola 500ml', unit: 'case', quantityMilli: 10_000 }],
    ...change,
  };
}
