import { z } from 'zod';
import { shopProductSchema, shopRetailerSchema } from '../../catalogue/index.ts';
import { figure, named, nextCursor, pageQuery, plain, replayed } from './common.ts';

const change = z.object({ kind: z.string(), id: z.string(), what: z.string() });

/** The same as a product of the import file. */
const productGiven = named('ProductGiven', shopProductSchema, {
  sku: 'COKE500',
  name: 'Coca-Cola 500ml PET',
  units: { each: 1, case: 24 },
  defaultUnit: 'case',
  priceMinor: 1800,
});

export const productsGiven = named(
  'ProductsGiven',
  z.strictObject({ products: z.array(productGiven).min(1).max(500, 'must hold at most 500 products') }),
);

export const saved = named(
  'Saved',
  z.object({
    changes: z.array(change).meta({ description: 'In words; empty when everything was so already.' }),
    replayed,
  }),
);

export const productFigures = named(
  'ProductFigures',
  z.object({
    sku: z.string(),
    name: z.string(),
    size: z.string().nullable(),
    units: z.record(z.string(), z.number()),
    defaultUnit: z.string(),
    cartUnit: z.string(),
    priceMinor: figure,
    unitPricesMinor: z.record(z.string(), z.number()),
    prices: z.record(z.string(), z.number()).meta({ description: 'Of one each, by price list.' }),
    aliases: z.array(z.string()),
    active: z.boolean(),
    stock: z.enum(['in', 'low', 'out']),
    minimum: z.number(),
    step: z.number(),
  }),
);
export const product = named(
  'Product',
  productFigures.extend({
    version: z.string().meta({ description: 'Stands for what it is now; a change names the one that it saw.' }),
  }),
);
export const productChange = named(
  'ChangeProduct',
  shopProductSchema
    .omit({ sku: true })
    .partial()
    .extend({
      size: shopProductSchema.shape.size.nullable().meta({ description: 'Null: it has none.' }),
      seen: plain(100).meta({ description: 'The `version` that the change is based on.' }),
    }),
  { seen: 'mCsEYvRzvv8Qc3OgH1xv4w', priceMinor: 1850, stock: 'low' },
);
export const productChanged = named('ProductChanged', product.extend({ replayed }));
export const productQuery = pageQuery.extend({
  search: plain(100).default('').meta({ description: 'A part of the SKU, the name or an alias.' }),
});
export const productPage = named('ProductPage', z.object({ items: z.array(product), nextCursor }));

export const retailerChange = named(
  'ChangeRetailer',
  z.strictObject({
    seen: plain(100).meta({ description: 'The `version` that the change is based on.' }),
    name: shopRetailerSchema.shape.name.optional(),
    language: shopRetailerSchema.shape.language
      .nullable()
      .meta({ description: 'Null: the one that the shop writes in.' }),
    priceList: shopRetailerSchema.shape.priceList.nullable().meta({ description: 'Null: the usual prices.' }),
  }),
  { seen: 'mCsEYvRzvv8Qc3OgH1xv4w', priceList: null },
);

/** A shop of the import file without its credit, which has routes of its own. */
export const retailerGiven = named('RetailerGiven', shopRetailerSchema.omit({ id: true, credit: true }), {
  name: 'Asha Stores',
  language: 'hi-Latn',
  identities: [{ kind: 'phone', value: '919800000001' }],
});

export const retailer = named(
  'Retailer',
  z.object({
    id: z.string(),
    name: z.string(),
    language: z.string().nullable(),
    priceList: z.string().nullable(),
    hasAccount: z.boolean(),
    identities: z.array(z.object({ kind: z.string(), value: z.string() })),
    version: z.string().meta({ description: 'Stands for what the shop is now; a change names the one that it saw.' }),
  }),
);
export const retailerQuery = pageQuery.extend({
  search: plain(100)
    .default('')
    .meta({ description: 'A part of the id or name, or the last digits of a phone, four at least.' }),
});
export const retailerPage = named('RetailerPage', z.object({ items: z.array(retailer), nextCursor }));
export const retailerChanged = named('RetailerChanged', retailer.extend({ replayed }));
