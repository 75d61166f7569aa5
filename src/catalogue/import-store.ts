import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { inParts } from './differences.ts';
import type { WholeProduct } from './product-store.ts';

export type ImportState = 'uploaded' | 'applied' | 'undone' | 'replaced';

/** A file of products, as the list of them shows it. */
export type CatalogueImport = {
  id: string;
  state: ImportState;
  filename: string;
  encoding: string;
  uploadedBy: string;
  uploadedAt: Date;
  added: number;
  changed: number;
  switchedOff: number;
  appliedBy: string | null;
  appliedAt: Date | null;
  undoneBy: string | null;
  undoneAt: Date | null;
  /** The newest that is applied: the one that can be undone. */
  isNewest: boolean;
};

/** How many are kept, uploads and applied ones each. */
export const IMPORTS_KEPT = 20;

/** The newest files of a wholesaler, older than `beforeId`, without those that were mended or given up. */
export async function listImports(
  tx: Tx,
  wholesalerId: string,
  { beforeId, limit = 2 * IMPORTS_KEPT }: { beforeId?: string | undefined; limit?: number } = {},
): Promise<CatalogueImport[]> {
  return selectImports(tx, wholesalerId, { beforeId, limit });
}

/** One of them; null when the wholesaler has none with this id. */
export async function readImport(tx: Tx, wholesalerId: string, id: string): Promise<CatalogueImport | null> {
  const [found] = await selectImports(tx, wholesalerId, { id, limit: 1 });
  return found ?? null;
}

function selectImports(
  tx: Tx,
  wholesalerId: string,
  { id = null, beforeId = null, limit }: { id?: string | null; beforeId?: string | null | undefined; limit: number },
): Promise<CatalogueImport[]> {
  return tx.$queryRaw<CatalogueImport[]>`
    select id::text as id, state, filename, encoding, uploaded_by as "uploadedBy", uploaded_at as "uploadedAt", added,
           changed, switched_off as "switchedOff", applied_by as "appliedBy", applied_at as "appliedAt",
           undone_by as "undoneBy", undone_at as "undoneAt",
           state = 'applied' and not exists (
             select from catalogue_import later
              where later.wholesaler_id = i.wholesaler_id and later.state = 'applied'
                and (later.applied_at, later.id) > (i.applied_at, i.id)) as "isNewest"
      from catalogue_import i
     where wholesaler_id = ${wholesalerId} and case when ${id}::uuid is null then state <> 'replaced' else id = ${id}::uuid end
       and (${beforeId}::uuid is null or (coalesce(i.applied_at, i.uploaded_at), i.id) < (
             select coalesce(b.applied_at, b.uploaded_at), b.id from catalogue_import b
              where b.wholesaler_id = ${wholesalerId} and b.id = ${beforeId}::uuid))
     order by coalesce(applied_at, uploaded_at) desc, id desc limit ${limit}`;
}

/** What was uploaded; null once it is applied, mended or given up. */
export async function readSource(tx: Tx, wholesalerId: string, id: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ source: string | null }[]>`
    select source from catalogue_import where wholesaler_id = ${wholesalerId} and id = ${id}::uuid`;
  return row?.source ?? null;
}

/** Keeps an upload under an id of the caller's: the same again is the same one. The oldest beyond the limit go. */
export async function storeUpload(
  tx: Tx,
  upload: { wholesalerId: string; id: string; filename: string; encoding: string; source: string; by: string },
): Promise<void> {
  const { wholesalerId, id, filename, encoding, source, by } = upload;
  await tx.$executeRaw`
    insert into catalogue_import (wholesaler_id, id, filename, encoding, source, uploaded_by)
    values (${wholesalerId}, ${id}::uuid, ${filename}, ${encoding}, ${source}, ${by})
    on conflict do nothing`;
  await tx.$executeRaw`
    delete from catalogue_import i
     where i.wholesaler_id = ${wholesalerId} and i.applied_at is null and i.id not in (
       select k.id from catalogue_import k where k.wholesaler_id = ${wholesalerId} and k.state = 'uploaded'
        order by k.uploaded_at desc, k.id desc limit ${IMPORTS_KEPT})`;
}

/** Gives an upload up; true when there was one. The audit keeps by whom. */
export async function dropUpload(
  tx: Tx,
  { wholesalerId, id, by }: { wholesalerId: string; id: string; by: string },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update catalogue_import set state = 'replaced', source = null
     where wholesaler_id = ${wholesalerId} and id = ${id}::uuid and state = 'uploaded'`;
  if (changed === 0) return false;
  const subject = { importId: id };
  await writeAudit(tx, [{ wholesalerId, actor: by, action: 'catalogue_import_dropped', subject }]);
  return true;
}

/** A product that an import wrote: as it was before, null when it was new, and as it became. */
export type ImportedRow = { sku: string; before: WholeProduct | null; after: WholeProduct };

/** Marks an import as applied and keeps what it wrote. The caller holds the lock of the catalogue. */
export async function markApplied(
  tx: Tx,
  { wholesalerId, id }: { wholesalerId: string; id: string },
  { rows, by, ...counts }: { rows: ImportedRow[]; by: string; added: number; changed: number; switchedOff: number },
): Promise<void> {
  for (const part of inParts(rows)) {
    await tx.$executeRaw`
      insert into catalogue_import_row (wholesaler_id, import_id, sku, before, after)
      select ${wholesalerId}, ${id}::uuid, sku, nullif(before, 'null'), after
        from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as r (sku text, before jsonb, after jsonb)`;
  }
  await tx.$executeRaw`
    update catalogue_import
       set state = 'applied', source = null, applied_by = ${by}, applied_at = app_clock(), added = ${counts.added},
           changed = ${counts.changed}, switched_off = ${counts.switchedOff}
     where wholesaler_id = ${wholesalerId} and id = ${id}::uuid`;
  await tx.$executeRaw`
    delete from catalogue_import i
     where i.wholesaler_id = ${wholesalerId} and i.applied_at is not null and i.id not in (
       select k.id from catalogue_import k where k.wholesaler_id = ${wholesalerId} and k.applied_at is not null
        order by k.applied_at desc, k.id desc limit ${IMPORTS_KEPT})`;
}

/** All that an import wrote. */
export function readImportedRows(tx: Tx, wholesalerId: string, id: string): Promise<ImportedRow[]> {
  return tx.$queryRaw<ImportedRow[]>`
    select sku, before, after from catalogue_import_row where wholesaler_id = ${wholesalerId} and import_id = ${id}::uuid
     order by sku`;
}

/** Marks an import as undone, but for the products that stay because somebody changed them since. */
export async function markUndone(
  tx: Tx,
  { wholesalerId, id }: { wholesalerId: string; id: string },
  { kept, by }: { kept: string[]; by: string },
): Promise<void> {
  await tx.$executeRaw`
    update catalogue_import_row set restored = not (sku = any (${kept}::text[]))
     where wholesaler_id = ${wholesalerId} and import_id = ${id}::uuid`;
  await tx.$executeRaw`
    update catalogue_import set state = 'undone', undone_by = ${by}, undone_at = app_clock()
     where wholesaler_id = ${wholesalerId} and id = ${id}::uuid`;
}

/** What undoing put back and what it left; the SKUs of those left, up to `limit`. */
export async function readUndone(
  tx: Tx,
  { wholesalerId, id, limit }: { wholesalerId: string; id: string; limit: number },
): Promise<{ restored: number; left: number; leftSkus: string[] }> {
  const [row] = await tx.$queryRaw<{ restored: number; left: number; leftSkus: string[] }[]>`
    select count(*) filter (where restored)::int as restored, count(*) filter (where not restored)::int as left,
           coalesce((array_agg(sku order by sku) filter (where not restored))[1:${limit}::int], '{}') as "leftSkus"
      from catalogue_import_row where wholesaler_id = ${wholesalerId} and import_id = ${id}::uuid`;
  return row ?? { restored: 0, left: 0, leftSkus: [] };
}
