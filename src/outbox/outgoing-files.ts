import { createHash } from 'node:crypto';
import type { Database, Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import { fitFilename } from './reply-fit.ts';
import type { FileToUpload, OutgoingFiles } from './types.ts';

/** Meta takes documents of 100 MB; ours are smaller by far, and are held in memory while they are sent. */
const FILE_MAX_BYTES = 8 * 1024 * 1024;
/** Longer than any reply that names one can wait, and no longer: a statement is personal. */
const KEPT_DAYS = 30;
const SWEEP_EVERY_MS = 3_600_000;
const SWEEP_BATCH = 100;
const SWEEP_BATCHES_MAX = 50;

/** Kinds of file that Meta takes as documents and that the service makes. */
type MimeType = 'application/pdf' | 'text/plain' | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type StoredFile = { filename: string; mimeType: string; bytes: Uint8Array | null; recipe: Recipe | null };

export type Stored = { kind: 'stored'; fileId: string } | { kind: 'too_large'; bytes: number; bytesMax: number };

/**
 * Keeps a file for the replies that will name it, in the caller's transaction: it exists if and only if they do. Refused
 * when it is larger than 8 MB. An empty file is the database's refusal: nobody means to send one.
 */
export async function storeOutgoingFile(
  tx: Tx,
  file: FileToUpload & { wholesalerId: string; mimeType: MimeType },
): Promise<Stored> {
  const { wholesalerId, filename, mimeType, bytes } = file;
  if (bytes.length > FILE_MAX_BYTES) return { kind: 'too_large', bytes: bytes.length, bytesMax: FILE_MAX_BYTES };
  const fileId = newId();
  await tx.$executeRaw`
    insert into outgoing_file (wholesaler_id, id, filename, mime_type, bytes, sha256)
    values (${wholesalerId}, ${fileId}::uuid, ${fitFilename(filename)}, ${mimeType}, ${bytes},
            ${createHash('sha256').update(bytes).digest()})`;
  return { kind: 'stored', fileId };
}

/** What a file is made of when it is sent: plain, and enough, so that making it twice gives the same bytes. */
export type Recipe = { kind: string } & Record<string, string | number>;

/** Makes a file of its recipe; throws when it cannot be made now, and the reply is tried again. */
export type FileMaker = (wholesalerId: string, recipe: Recipe) => Promise<Uint8Array>;

/**
 * Promises a file for the replies that will name it, in the caller's transaction. It is made when it is sent, so that no
 * transaction waits for it; whoever sends it first keeps the bytes for the others.
 */
export async function promiseOutgoingFile(
  tx: Tx,
  file: { wholesalerId: string; filename: string; mimeType: MimeType; recipe: Recipe },
): Promise<string> {
  const { wholesalerId, filename, mimeType, recipe } = file;
  const fileId = newId();
  await tx.$executeRaw`
    insert into outgoing_file (wholesaler_id, id, filename, mime_type, recipe)
    values (${wholesalerId}, ${fileId}::uuid, ${fitFilename(filename)}, ${mimeType}, ${JSON.stringify(recipe)}::jsonb)`;
  return fileId;
}

type FileKeeper = OutgoingFiles & {
  start(): void;
  /** Removes files older than 30 days, at most 5,000 of them; returns how many. Runs by itself every hour. */
  sweep(): Promise<number>;
  stop(): Promise<void>;
};

/** The sender's view of the files, and their end. */
export function createOutgoingFiles({
  db,
  logger,
  make,
}: {
  db: Database;
  logger: Logger;
  /** For files that were promised. Without it they cannot be sent. */
  make?: FileMaker | undefined;
}): FileKeeper {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<unknown> | undefined;
  let stopping = false;

  async function sweep(): Promise<number> {
    let removed = 0;
    for (let batch = 0; batch < SWEEP_BATCHES_MAX && !stopping; batch += 1) {
      const count = await db.prisma.$executeRaw`
        delete from outgoing_file where (wholesaler_id, id) in (
          select wholesaler_id, id from outgoing_file
           where created_at < app_clock() - ${KEPT_DAYS} * interval '1 day'
           order by created_at limit ${SWEEP_BATCH})`;
      removed += count;
      if (count < SWEEP_BATCH) break;
    }
    if (removed > 0) logger.info({ removed }, 'old outgoing files removed');
    return removed;
  }

  async function made(wholesalerId: string, fileId: string, { recipe }: StoredFile): Promise<Uint8Array> {
    if (recipe === null || make === undefined) throw new Error('nobody can make this file');
    const startedAt = performance.now();
    const bytes = await make(wholesalerId, recipe);
    if (bytes.length > FILE_MAX_BYTES) throw new Error(`the file came out at ${bytes.length} bytes`);
    await db.prisma.$executeRaw`
      update outgoing_file set bytes = ${bytes}, sha256 = ${createHash('sha256').update(bytes).digest()}
       where wholesaler_id = ${wholesalerId} and id = ${fileId}::uuid and bytes is null`;
    const ms = Math.round(performance.now() - startedAt);
    logger.info({ wholesalerId, fileId, kind: recipe.kind, bytes: bytes.length, ms }, 'file made');
    return bytes;
  }

  async function attempt(what: string, write: Promise<unknown>): Promise<void> {
    try {
      await write;
    } catch (error) {
      logger.warn({ err: error }, what);
    }
  }

  function sweepNow(): void {
    sweeping ??= sweep()
      // The next hour tries again; nothing else waits for it.
      .catch((error: unknown) => logger.warn({ err: error }, 'old outgoing files were not removed'))
      .finally(() => {
        sweeping = undefined;
      });
  }

  return {
    async find({ wholesalerId, fileId, phoneNumberId }) {
      const [upload] = await db.prisma.$queryRaw<{ media_id: string }[]>`
        select media_id from outgoing_upload
         where wholesaler_id = ${wholesalerId} and file_id = ${fileId}::uuid and phone_number_id = ${phoneNumberId}
           and valid_until > app_clock()`;
      if (upload !== undefined) return { kind: 'uploaded', mediaId: upload.media_id };
      const [file] = await db.prisma.$queryRaw<StoredFile[]>`
        select filename, mime_type as "mimeType", bytes, recipe from outgoing_file
         where wholesaler_id = ${wholesalerId} and id = ${fileId}::uuid`;
      if (file === undefined) return { kind: 'missing' };
      const { filename, mimeType } = file;
      return {
        kind: 'to_upload',
        file: { filename, mimeType, bytes: file.bytes ?? (await made(wholesalerId, fileId, file)) },
      };
    },
    // Two uploads of one file at once are harmless: either id will do, and the later one is kept.
    remember: ({ wholesalerId, fileId, phoneNumberId }, mediaId) =>
      attempt(
        'upload not remembered',
        db.prisma.$executeRaw`
        insert into outgoing_upload (wholesaler_id, file_id, phone_number_id, media_id, valid_until)
        values (${wholesalerId}, ${fileId}::uuid, ${phoneNumberId}, ${mediaId}, app_clock() + interval '29 days')
        on conflict (wholesaler_id, file_id, phone_number_id)
        do update set media_id = excluded.media_id, valid_until = excluded.valid_until`,
      ),
    forget: ({ wholesalerId, fileId, phoneNumberId }, mediaId) =>
      attempt(
        'upload not forgotten',
        db.prisma.$executeRaw`
        delete from outgoing_upload
         where wholesaler_id = ${wholesalerId} and file_id = ${fileId}::uuid
           and phone_number_id = ${phoneNumberId} and media_id = ${mediaId}`,
      ),
    sweep,
    start() {
      timer = setInterval(sweepNow, SWEEP_EVERY_MS);
      sweepNow();
    },
    async stop() {
      stopping = true;
      clearInterval(timer);
      await sweeping;
    },
  };
}
