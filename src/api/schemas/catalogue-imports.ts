import { z } from 'zod';
import { UPLOAD_BYTES_MAX } from '../../catalogue/index.ts';
import { figure, instant, named, nextCursor, pageQuery, plain, replayed, uuid } from './common.ts';
import { productFigures } from './shop.ts';

const CHARS_MAX = 4 * Math.ceil(UPLOAD_BYTES_MAX / 3);

export const uploadAsked = named(
  'UploadCatalogue',
  z
    .strictObject({
      filename: plain(200).optional().meta({ description: 'For people, in the list of files.' }),
      text: z
        .string()
        .max(CHARS_MAX, 'must have at most 5 MB')
        .optional()
        .meta({ description: 'The rows, with the line of headings.' }),
      base64: z
        .base64()
        .max(CHARS_MAX, 'must have at most 5 MB')
        .optional()
        .meta({ description: 'The file as it is, in whatever characters a spreadsheet wrote it.' }),
    })
    .refine(({ text, base64 }) => (text === undefined) !== (base64 === undefined), {
      message: 'must be given, or base64 in its place, and not both',
      path: ['text'],
    }),
  { filename: 'prices.csv', text: 'sku,price\nCOKE500,18.50\n' },
);

const catalogueImport = named(
  'CatalogueImport',
  z.object({
    importId: uuid,
    filename: z.string(),
    encoding: z.string().meta({ description: 'The characters that the file was read in.' }),
    state: z
      .enum(['uploaded', 'applied', 'undone', 'replaced'])
      .meta({ description: 'uploaded: nothing is changed yet; replaced: given up.' }),
    uploadedAt: instant,
    uploadedBy: z.string(),
    appliedAt: instant.nullable(),
    appliedBy: z.string().nullable(),
    undoneAt: instant.nullable(),
    undoneBy: z.string().nullable(),
    added: z.int().meta({ description: 'Products that applying it added; 0 before.' }),
    changed: z.int(),
    switchedOff: z.int().meta({ description: 'Products that are not sold any more, since the file had them not.' }),
    canUndo: z.boolean().meta({ description: 'The newest that is applied can be undone.' }),
  }),
);
export const importPage = named('CatalogueImportPage', z.object({ items: z.array(catalogueImport), nextCursor }));

const preview = named(
  'CataloguePreview',
  z.object({
    version: z.int().meta({ description: 'Of the catalogue that it was compared with; applying it names this one.' }),
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    missing: z.int().meta({ description: 'For sale, and not in the file.' }),
    problems: z
      .array(z.object({ line: z.int(), column: z.string().nullable(), message: z.string() }))
      .meta({ description: 'What is to be mended in the file first; while there is any, nothing can be applied.' }),
  }),
);

export const importDetail = named(
  'CatalogueImportDetail',
  catalogueImport.extend({
    preview: preview.nullable().meta({ description: 'What it would change now; null once that is decided.' }),
    undone: z
      .object({
        restored: z.int(),
        left: z.int(),
        leftSkus: z.array(z.string()).meta({ description: 'At most 100 of them.' }),
      })
      .nullable()
      .meta({ description: 'What undoing put back, and what it left because somebody changed it since.' }),
    replayed,
  }),
);

export const differenceQuery = pageQuery.extend({
  only: z
    .enum(['added', 'changed', 'missing'])
    .optional()
    .meta({ description: 'added: new; changed: other than now; missing: for sale, and not in the file.' }),
});

export const differencePage = named(
  'CatalogueDifferencePage',
  z.object({
    version: z.int().meta({ description: 'Of the catalogue that was compared with.' }),
    items: z.array(
      named(
        'CatalogueDifference',
        z.object({
          sku: z.string(),
          name: z.string(),
          kind: z.enum(['added', 'changed', 'missing']),
          what: z.array(z.string()).meta({ description: 'What changes, in words.' }),
          prices: z
            .array(
              z.object({
                unit: z.string().nullable().meta({ description: 'Null: one piece.' }),
                priceList: z.string().nullable().meta({ description: 'Null: the usual prices.' }),
                fromMinor: figure.nullable(),
                toMinor: figure.nullable(),
              }),
            )
            .meta({ description: 'What shops will pay more or less for.' }),
          before: productFigures.nullable(),
          after: productFigures.nullable(),
        }),
      ),
    ),
    nextCursor,
  }),
);

export const applyAsked = named(
  'ApplyCatalogueImport',
  z.strictObject({
    version: z.int().min(0).meta({ description: '`version` of the preview that was looked at.' }),
    switchOffMissing: z
      .boolean()
      .optional()
      .meta({ description: 'Whether products that the file does not name are not sold any more.' }),
  }),
  { version: 12 },
);
