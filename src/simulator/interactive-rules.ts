import { z } from 'zod';
import { filled, id, oneLine, unique } from './rule-parts.ts';

const bodyBlock = z.strictObject({ text: filled(1024) });
const shortBlock = z.strictObject({ text: oneLine(60) });
const textHeader = z.strictObject({ type: z.literal('text'), text: oneLine(60) });

const replyButton = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: id(256), title: oneLine(20) }),
});
const buttons = z
  .array(replyButton)
  .min(1)
  .max(3)
  .refine((all) => unique(all.map(({ reply }) => reply.id)), 'button ids must be unique')
  .refine((all) => unique(all.map(({ reply }) => reply.title)), 'button titles must be unique');

const row = z.strictObject({ id: id(200), title: oneLine(24), description: oneLine(72).optional() });
const listSection = z.strictObject({ title: oneLine(24).optional(), rows: z.array(row).min(1).max(10) });
const listSections = z
  .array(listSection)
  .min(1)
  .max(10)
  .refine((all) => all.length === 1 || all.every(({ title }) => title !== undefined), 'sections need titles')
  .refine((all) => all.flatMap(({ rows }) => rows).length <= 10, 'at most 10 rows over all sections')
  .refine((all) => unique(all.flatMap(({ rows }) => rows.map((one) => one.id))), 'row ids must be unique');

const sku = oneLine(100);
const productSections = z
  .array(
    z.strictObject({
      title: oneLine(24),
      product_items: z.array(z.strictObject({ product_retailer_id: sku })).min(1),
    }),
  )
  .min(1)
  .max(10)
  .refine((all) => all.flatMap((one) => one.product_items).length <= 30, 'at most 30 products over all sections');

const webAddress = z
  .string()
  .max(2000)
  .refine((url) => URL.canParse(url) && /^https?:/.test(url), 'is not a valid URL');

/** The `interactive` object of a message, by its type. */
export const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    header: textHeader.optional(),
    body: bodyBlock,
    footer: shortBlock.optional(),
    action: z.strictObject({ buttons }),
  }),
  z.strictObject({
    type: z.literal('list'),
    header: textHeader.optional(),
    body: bodyBlock,
    footer: shortBlock.optional(),
    action: z.strictObject({ button: oneLine(20), sections: listSections }),
  }),
  z.strictObject({
    type: z.literal('cta_url'),
    header: textHeader.optional(),
    body: bodyBlock,
    footer: shortBlock.optional(),
    action: z.strictObject({
      name: z.literal('cta_url'),
      parameters: z.strictObject({ display_text: oneLine(20), url: webAddress }),
    }),
  }),
  z.strictObject({
    type: z.literal('product'),
    body: bodyBlock.optional(),
    footer: shortBlock.optional(),
    action: z.strictObject({ catalog_id: z.string().min(1), product_retailer_id: sku }),
  }),
  z.strictObject({
    type: z.literal('product_list'),
    header: textHeader,
    body: bodyBlock,
    footer: shortBlock.optional(),
    action: z.strictObject({ catalog_id: z.string().min(1), sections: productSections }),
  }),
  z.strictObject({
    type: z.literal('contact_request'),
    body: bodyBlock,
    action: z.strictObject({ name: z.literal('request_contact_info') }),
  }),
]);
