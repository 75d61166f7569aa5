import { writeAudit } from '../audit/index.ts';
import { type Database, inTransaction } from '../db/index.ts';
import { canonical } from '../shared/canonical.ts';
import { analyzeFilled } from './analyze-filled.ts';
import { type Comparison, compareFile } from './csv/compare-file.ts';
import { readFile } from './csv/read-file.ts';
import { type ImportedRow, markApplied, markUndone, readImport, readImportedRows, readSource } from './import-store.ts';
import { readVersion } from './load-catalogue.ts';
import { lockCatalogue, readProducts, type WholeProduct, writeProducts } from './product-store.ts';

/** The wholesaler that files are read for: prices are in its currency, numbers as its country writes them. */
export type ImportingShop = { id: string; currency: string; locale: string };

/** A large file takes longer than a click, and all of it or nothing is written. */
const LIMITS = { maxWaitMs: 5_000, timeoutMs: 60_000 };

export type Preview = {
  comparison: Comparison;
  /** Of the catalogue that it was compared with. */
  version: number;
  source: string;
};

/** What an upload would change now; null when it is none any more. */
export async function previewImport(
  database: Pick<Database, 'prisma'>,
  shop: ImportingShop,
  importId: string,
): Promise<Preview | null> {
  const source = await readSource(database.prisma, shop.id, importId);
  if (source === null) return null;
  const file = await readFile(source);
  // The version first: a change between the two reads is noticed when the import is applied.
  const version = await readVersion(database.prisma, shop.id);
  return { comparison: await compareFile(database.prisma, shop, file), version, source };
}

export type ImportApplied =
  | { kind: 'applied'; isNew: boolean }
  | { kind: 'not_found' }
  /** Undone, mended or given up meanwhile. */
  | { kind: 'over' }
  | { kind: 'faulty' }
  /** The catalogue is not the one that the preview was compared with. */
  | { kind: 'catalogue_changed' };

/**
 * Writes what an upload says: all of it or nothing, and only on the catalogue that the preview was made of. Products that
 * the file does not name stay for sale unless `switchOffMissing`. Doing it again changes nothing.
 */
export async function applyImport(
  database: Pick<Database, 'prisma'>,
  shop: ImportingShop,
  asked: { importId: string; version: number; switchOffMissing: boolean; by: string },
): Promise<ImportApplied> {
  const { importId, version, switchOffMissing, by } = asked;
  const source = await readSource(database.prisma, shop.id, importId);
  const file = source === null ? null : await readFile(source);
  let filled = 0;
  const applied = await inTransaction(
    database,
    async (tx): Promise<ImportApplied> => {
      const now = await lockCatalogue(tx, shop.id);
      const found = await readImport(tx, shop.id, importId);
      if (found === null) return { kind: 'not_found' };
      if (found.state === 'applied') return { kind: 'applied', isNew: false };
      if (found.state !== 'uploaded' || file === null) return { kind: 'over' };
      const comparison = await compareFile(tx, shop, file);
      if (comparison.problems.length > 0) return { kind: 'faulty' };
      if (now !== version) return { kind: 'catalogue_changed' };
      const switchedOff = switchOffMissing ? comparison.missing : [];
      const rows: ImportedRow[] = [
        ...comparison.added.map((after) => ({ sku: after.sku, before: null, after })),
        ...comparison.changed.map(({ before, after }) => ({ sku: after.sku, before, after })),
        ...switchedOff.map((before) => ({ sku: before.sku, before, after: { ...before, active: false } })),
      ];
      const counts = {
        added: comparison.added.length,
        changed: comparison.changed.length,
        switchedOff: switchedOff.length,
      };
      await writeProducts(
        tx,
        shop.id,
        rows.map(({ after }) => after),
      );
      await markApplied(tx, { wholesalerId: shop.id, id: importId }, { rows, by, ...counts });
      const subject = { importId };
      await writeAudit(tx, [
        { wholesalerId: shop.id, actor: by, action: 'catalogue_import_applied', subject, after: counts },
      ]);
      filled = rows.length;
      return { kind: 'applied', isNew: true };
    },
    LIMITS,
  );
  await analyzeFilled(database, { product: filled });
  return applied;
}

export type ImportUndone = { kind: 'undone'; isNew: boolean } | { kind: 'not_found' } | { kind: 'not_newest' };

/**
 * Puts back what the newest import changed. A product that somebody changed since stays as it is. One that the import
 * added is not taken out, since orders may name it by now: it is not sold any more. Doing it again changes nothing.
 */
export async function undoImport(
  database: Pick<Database, 'prisma'>,
  { wholesalerId, importId, by }: { wholesalerId: string; importId: string; by: string },
): Promise<ImportUndone> {
  return inTransaction(
    database,
    async (tx): Promise<ImportUndone> => {
      await lockCatalogue(tx, wholesalerId);
      const found = await readImport(tx, wholesalerId, importId);
      if (found === null) return { kind: 'not_found' };
      if (found.state === 'undone') return { kind: 'undone', isNew: false };
      if (!found.isNewest) return { kind: 'not_newest' };
      const rows = await readImportedRows(tx, wholesalerId, importId);
      const present = await readProducts(
        tx,
        wholesalerId,
        rows.map(({ sku }) => sku),
      );
      const isUntouched = ({ sku, after }: ImportedRow): boolean => canonical(present.get(sku)) === canonical(after);
      const back = rows.filter(isUntouched).map(asBefore);
      const kept = rows.filter((row) => !isUntouched(row)).map(({ sku }) => sku);
      await writeProducts(tx, wholesalerId, back);
      await markUndone(tx, { wholesalerId, id: importId }, { kept, by });
      const after = { restored: back.length, left: kept.length };
      const subject = { importId };
      await writeAudit(tx, [{ wholesalerId, actor: by, action: 'catalogue_import_undone', subject, after }]);
      return { kind: 'undone', isNew: true };
    },
    LIMITS,
  );
}

const asBefore = ({ before, after }: ImportedRow): WholeProduct => before ?? { ...after, active: false };
