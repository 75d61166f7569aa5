import { Readable } from 'node:stream';
import { z } from 'zod';
import {
  applyImport,
  type CatalogueImport,
  decodeUpload,
  dropUpload,
  type ImportingShop,
  listImports,
  previewImport,
  priceChanges,
  readImport,
  readUndone,
  storeUpload,
  UPLOAD_BYTES_MAX,
  undoImport,
  type WholeProduct,
  writeCatalogue,
} from '../../catalogue/index.ts';
import { inTransaction } from '../../db/index.ts';
import { ID_FORM, newId } from '../../shared/ids.ts';
import { localeOf } from '../../shared/locale.ts';
import type { Caller } from '../api-keys.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { idFromKey } from '../kept-answers.ts';
import { inputProblem } from '../refusals.ts';
import { type ApiDeps, done, notFound, type Outcome, once, read, refuse, write } from '../route.ts';
import * as schema from '../schemas/catalogue-imports.ts';
import { nothing, pageQuery, uuid } from '../schemas/common.ts';

const tag = 'Catalogue';
const params = z.object({ importId: uuid });
/** Room for the largest file in base64, and for what JSON writes in two characters. */
const BODY_BYTES_MAX = 2 * UPLOAD_BYTES_MAX + 64 * 1024;
const LEFT_SHOWN = 100;

const list = read({
  id: 'listCatalogueImports',
  path: '/catalogue/imports',
  tag,
  summary: 'Files of products and what became of them, the newest first',
  description: 'The newest 20 that wait and the newest 20 that were applied are kept.',
  rights: ['catalogue:write'],
  query: pageQuery,
  answer: schema.importPage,
  async handle({ query: { limit, cursor }, caller: { wholesalerId }, tx }) {
    const beforeId = readCursor(cursor, ID_FORM);
    const found = await listImports(tx, wholesalerId, { beforeId, limit: limit + 1 });
    return done(pageOf(found.map(shown), limit, ({ importId }) => importId));
  },
});

const upload = once({
  id: 'uploadCatalogue',
  path: '/catalogue/imports',
  tag,
  summary: 'Look what a file of products would change; nothing is changed yet',
  description:
    'CSV with a line of headings, as the catalogue is downloaded: `sku`, and what is to change; new products need `name` and ' +
    '`price`. Prices are written as people do, such as 18.50. Columns that the file leaves out stay as they are. Everything that is ' +
    'wrong with its rows is told at once in `preview.problems`.',
  rights: ['catalogue:write'],
  body: schema.uploadAsked,
  answer: schema.importDetail,
  status: 201,
  codes: ['FILE_REFUSED'],
  bodyBytesMax: BODY_BYTES_MAX,
  async handle({ body: { filename = 'sent by a program', text, base64 = '' }, caller, deps, tx, key, isKeyed }) {
    const { wholesalerId, actor: by } = caller;
    const file = decodeUpload(text === undefined ? Buffer.from(base64, 'base64') : Buffer.from(text));
    if (file.kind === 'refused') {
      const path = text === undefined ? 'base64' : 'text';
      return refuse(inputProblem([{ path, message: REFUSED[file.because] }], 'FILE_REFUSED'));
    }
    const id = isKeyed ? idFromKey(wholesalerId, key) : newId();
    const replayed = (await readImport(tx, wholesalerId, id)) !== null;
    const { encoding, text: source } = file;
    await inTransaction(deps.db, (inner) => storeUpload(inner, { wholesalerId, id, filename, encoding, source, by }));
    return detail(deps, caller, { id, replayed });
  },
});

const REFUSED = {
  empty: 'must hold rows',
  too_big: 'must have at most 5 MB',
  workbook: 'must be CSV, and is a workbook',
  not_text: 'must be a text file',
} as const;

const one = read({
  id: 'getCatalogueImport',
  path: '/catalogue/imports/{importId}',
  tag,
  summary: 'A file of products: what it would change now, or what it did',
  rights: ['catalogue:write'],
  params,
  answer: schema.importDetail,
  async handle({ params: { importId: id }, caller, deps }) {
    return detail(deps, caller, { id, replayed: false });
  },
});

const differences = read({
  id: 'listCatalogueDifferences',
  path: '/catalogue/imports/{importId}/differences',
  tag,
  summary: 'What a file would change, product by product, in the order of their SKUs',
  description: 'Compared with the catalogue of now. A file that is decided about has none any more.',
  rights: ['catalogue:write'],
  params,
  query: schema.differenceQuery,
  answer: schema.differencePage,
  codes: ['IMPORT_OVER'],
  async handle({ params: { importId }, query: { limit, cursor, only }, caller, deps, tx }) {
    const after = readCursor(cursor, /^[^\0]{1,200}$/) ?? '';
    const found = await readImport(tx, caller.wholesalerId, importId);
    if (found === null) return notFound('import');
    const preview = await previewImport(deps.db, shopOf(caller), importId);
    if (preview === null) return over(found.state);
    const { added, changed, missing } = preview.comparison;
    const all = [
      ...added.map((product) => ({ kind: 'added' as const, product, before: null, after: product, what: ['new'] })),
      ...changed.map((one) => ({ kind: 'changed' as const, product: one.after, ...one })),
      ...missing.map((product) => ({ kind: 'missing' as const, product, before: product, after: null, what: [] })),
    ]
      .filter(({ kind, product: { sku } }) => sku > after && (only === undefined || kind === only))
      .sort((a, b) => (a.product.sku < b.product.sku ? -1 : 1));
    const items = all.slice(0, limit + 1).map(({ kind, product: { sku, name }, what, ...sides }) => ({
      sku,
      name,
      kind,
      what,
      prices: sides.before === null || sides.after === null ? [] : priceChanges({ ...sides, what }),
      before: asProduct(sides.before),
      after: asProduct(sides.after),
    }));
    return done({ version: preview.version, ...pageOf(items, limit, ({ sku }) => sku) });
  },
});

const asProduct = (product: WholeProduct | null) => product && { ...product, priceMinor: BigInt(product.priceMinor) };

const apply = once({
  id: 'applyCatalogueImport',
  path: '/catalogue/imports/{importId}/apply',
  tag,
  summary: 'Change the catalogue as a file says: all of it or nothing',
  description:
    'Orders that are placed keep their prices; new messages and carts get the new ones at once. Refused where the catalogue ' +
    'is another than the one looked at. Applied again, nothing more happens.',
  rights: ['catalogue:write'],
  params,
  body: schema.applyAsked,
  answer: schema.importDetail,
  codes: ['IMPORT_FAULTY', 'CATALOGUE_CHANGED', 'IMPORT_OVER'],
  async handle({ params: { importId }, body: { version, switchOffMissing = false }, caller, deps, tx }) {
    const asked = { importId, version, switchOffMissing, by: caller.actor };
    const applied = await applyImport(deps.db, shopOf(caller), asked);
    switch (applied.kind) {
      case 'applied':
        return detail(deps, caller, { id: importId, replayed: !applied.isNew });
      case 'not_found':
        return notFound('import');
      case 'over':
        return over((await readImport(tx, caller.wholesalerId, importId))?.state ?? 'replaced');
      case 'faulty':
        return conflict('IMPORT_FAULTY', 'Something in the file is to be mended first. Nothing was applied.');
      case 'catalogue_changed':
        return conflict(
          'CATALOGUE_CHANGED',
          'The catalogue changed since you looked. Nothing was applied: look at the differences again, then apply it.',
        );
    }
  },
});

const undo = once({
  id: 'undoCatalogueImport',
  path: '/catalogue/imports/{importId}/undo',
  tag,
  summary: 'Put back what the newest import changed',
  description:
    'What somebody changed since stays as it is now; products that it added are not sold any more. Orders that were placed ' +
    'meanwhile keep their prices. Undone again, nothing more happens.',
  rights: ['catalogue:write'],
  params,
  body: nothing,
  answer: schema.importDetail,
  codes: ['NOT_NEWEST'],
  async handle({ params: { importId }, caller, deps }) {
    const { wholesalerId, actor: by } = caller;
    const undone = await undoImport(deps.db, { wholesalerId, importId, by });
    switch (undone.kind) {
      case 'undone':
        return detail(deps, caller, { id: importId, replayed: !undone.isNew });
      case 'not_found':
        return notFound('import');
      case 'not_newest':
        return conflict('NOT_NEWEST', 'Only the newest import can be undone, and only once it is applied.');
    }
  },
});

const drop = write({
  id: 'dropCatalogueImport',
  path: '/catalogue/imports/{importId}/drop',
  tag,
  summary: 'Give a file up that is not applied',
  description: 'A mended file is uploaded anew. Given up again, nothing more happens.',
  rights: ['catalogue:write'],
  params,
  body: nothing,
  answer: schema.importDetail,
  codes: ['IMPORT_OVER'],
  async handle({ params: { importId: id }, caller, tx }) {
    const dropped = await dropUpload(tx, { wholesalerId: caller.wholesalerId, id, by: caller.actor });
    const found = await readImport(tx, caller.wholesalerId, id);
    if (found === null) return notFound('import');
    if (found.state !== 'replaced') return over(found.state);
    return done({ ...shown(found), preview: null, undone: null, replayed: !dropped });
  },
});

const conflict = (code: string, detail: string, members: Record<string, unknown> = {}) =>
  refuse({ status: 409, code, detail, members: { ...members, retryable: false } });

const over = (state: string) => conflict('IMPORT_OVER', `This file is decided about: ${state}.`, { state });

async function detail(
  deps: ApiDeps,
  caller: Caller,
  { id, replayed }: { id: string; replayed: boolean },
): Promise<Outcome<z.output<typeof schema.importDetail>>> {
  const { wholesalerId } = caller;
  const db = deps.db.prisma;
  const found = await readImport(db, wholesalerId, id);
  if (found === null) return notFound('import');
  const preview = found.state === 'uploaded' ? await previewImport(deps.db, shopOf(caller), id) : null;
  const undone = found.state === 'undone' ? await readUndone(db, { wholesalerId, id, limit: LEFT_SHOWN }) : null;
  return done({ ...shown(found), preview: preview && counted(preview), undone, replayed });
}

function counted({ version, comparison }: NonNullable<Awaited<ReturnType<typeof previewImport>>>) {
  const { added, changed, unchanged, missing, problems } = comparison;
  return { version, added: added.length, changed: changed.length, unchanged, missing: missing.length, problems };
}

const shown = ({ id: importId, isNewest: canUndo, ...rest }: CatalogueImport) => ({ ...rest, importId, canUndo });

const shopOf = ({ wholesalerId: id, currency, language }: Caller): ImportingShop => ({
  id,
  currency,
  locale: localeOf(language, currency),
});

const download = read({
  id: 'exportCatalogue',
  path: '/catalogue/export',
  tag,
  summary: 'The whole catalogue as CSV, which an import takes back',
  rights: ['catalogue:write', 'orders:write', 'credit:read'],
  answer: z.never(),
  files: ['text/csv'],
  async handle({ caller: { wholesalerId: id, currency, timeZone }, deps }) {
    const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(deps.clock.now());
    // Streamed: a catalogue of any length takes no memory.
    const body = Readable.from(writeCatalogue(deps.db.prisma, { id, currency }));
    return {
      kind: 'file',
      file: { contentType: 'text/csv; charset=utf-8', filename: `catalogue-${id}-${today}.csv`, body },
    };
  },
});

export const catalogueImportRoutes = [list, upload, one, differences, apply, undo, drop, download];
