import { FormData } from 'undici';
import { z } from 'zod';
import type { FileOnLine, FileToUpload, OutgoingFiles, OutgoingMessage, Reply, SendOutcome } from '../outbox/types.ts';
import { messageOf } from '../shared/errors.ts';
import type { Exchange } from './exchange.ts';
import { type Refused, readAnswer, refusedHere } from './graph-answers.ts';

// Documents are uploaded first and sent by the id that Meta gives. An upload says nothing to anybody, so whatever
// becomes of it the message itself was not sent: a lost answer costs one more upload, never a second message.

export type UploaderOptions = {
  files: OutgoingFiles;
  /** POST /<phone number id>/media; waits for `timeoutMs` at most. */
  postMedia(phoneNumberId: string, token: string, form: FormData, timeoutMs: number): Promise<Exchange>;
};
type Upload = { token: string; now: Date; timeoutMs: number };

export type Uploader = {
  /** The reply with Meta's id of its file, uploaded if need be; or why the message cannot go (now). */
  prepare(message: OutgoingMessage, upload: Upload): Promise<Prepared | SendOutcome>;
};
type Prepared = {
  kind: 'ready';
  reply: Reply;
  /** The outcome of the send, in view of what it says about the file. */
  review(outcome: SendOutcome): Promise<SendOutcome>;
};

/** Each holds a whole file in memory. */
const UPLOADS_AT_ONCE = 4;
/** How Meta says that it does not have a medium (any more). 100 names the parameter in words only. */
const MEDIA_CODES = [100, 131009, 131052, 131053];

const uploadedSchema = z.object({ id: z.coerce.string().min(1) });

/** Brings the files of documents to Meta before they are sent, each once per number while Meta keeps it. */
export function createUploader({ files, postMedia }: UploaderOptions): Uploader {
  let running = 0;

  async function prepare(message: OutgoingMessage, upload: Upload): Promise<Prepared | SendOutcome> {
    const { reply } = message;
    if (!namesFile(reply)) return { kind: 'ready', reply, review: unchanged };
    const key = { ...reply.file, wholesalerId: message.wholesalerId, phoneNumberId: message.phoneNumberId };
    // The outbox keeps what was not sent and comes back, so a wait here would only hold one of its places.
    if (running >= UPLOADS_AT_ONCE) return { kind: 'not_sent', detail: 'other files are being uploaded' };
    running += 1;
    try {
      const found = await findFile(key, message.freshUpload === true);
      if (found.kind === 'missing') return refusedHere('final', 'the file is not kept any more');
      const media =
        found.kind === 'uploaded'
          ? { kind: 'media' as const, id: found.mediaId }
          : await uploadFile(key, found.file, upload);
      if (media.kind !== 'media') return media;
      return {
        kind: 'ready',
        reply: { ...reply, file: { mediaId: media.id } },
        review: (outcome) => review(key, { mediaId: media.id, isNew: found.kind === 'to_upload' }, outcome),
      };
    } catch (error) {
      return { kind: 'not_sent', detail: `the file could not be read: ${messageOf(error)}` };
    } finally {
      running -= 1;
    }
  }

  /** The file as Meta knows it; `afresh` when Meta could not use what it has, and only said so after accepting it. */
  async function findFile(key: FileOnLine, afresh: boolean): ReturnType<OutgoingFiles['find']> {
    const found = await files.find(key);
    if (!afresh || found.kind !== 'uploaded') return found;
    await files.forget(key, found.mediaId);
    return files.find(key);
  }

  async function uploadFile(
    key: FileOnLine,
    file: FileToUpload,
    { token, now, timeoutMs }: Upload,
  ): Promise<{ kind: 'media'; id: string } | SendOutcome> {
    const result = await postMedia(key.phoneNumberId, token, formOf(file), timeoutMs);
    if (result.kind === 'not_sent' || result.kind === 'no_answer') {
      return { kind: 'not_sent', detail: `upload: ${result.detail}` };
    }
    const { json, refused } = readAnswer(result, token, now);
    if (refused !== undefined) return { ...refused, detail: `upload: ${refused.detail}` };
    const id = uploadedSchema.safeParse(json).data?.id;
    if (id === undefined) return { kind: 'not_sent', detail: `upload: status ${result.status} without a media id` };
    await files.remember(key, id);
    return { kind: 'media', id };
  }

  /** An id that Meta does not take is forgotten; one of earlier may have ended, so the file is uploaded once more. */
  async function review(
    key: FileOnLine,
    { mediaId, isNew }: { mediaId: string; isNew: boolean },
    outcome: SendOutcome,
  ): Promise<SendOutcome> {
    if (!isAboutMedia(outcome)) return outcome;
    await files.forget(key, mediaId);
    return isNew ? outcome : { ...outcome, class: 'transient' };
  }

  return { prepare };
}

/** Whether something has to be uploaded before this can be sent. */
export function namesFile(reply: Reply): reply is Reply & { kind: 'document'; file: { fileId: string } } {
  return reply.kind === 'document' && 'fileId' in reply.file;
}

async function unchanged(outcome: SendOutcome): Promise<SendOutcome> {
  return outcome;
}

function isAboutMedia(outcome: SendOutcome): outcome is Refused {
  return outcome.kind === 'refused' && outcome.metaCode !== undefined && MEDIA_CODES.includes(outcome.metaCode);
}

function formOf({ filename, mimeType, bytes }: FileToUpload): FormData {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', mimeType);
  form.set('file', new Blob([new Uint8Array(bytes)], { type: mimeType }), filename);
  return form;
}
