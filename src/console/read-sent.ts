import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UPLOAD_BYTES_MAX } from '../catalogue/index.ts';

const FORM_BYTES_MAX = 256 * 1024;
const FIELDS_MAX = 20;

/** A file that came with a form. */
export type Upload = { filename: string; bytes: Uint8Array };

export type Sent = { form: URLSearchParams; upload: Upload | null };

/** Takes forms, with and without files. Files are read by `readSent` alone, hence from nobody who is not signed in. */
export async function acceptForms(scope: FastifyInstance): Promise<void> {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_BYTES_MAX },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  await scope.register(multipart, {
    // One byte more than is taken, so that what is too long shows it; a text may stand in the place of a file.
    limits: { fileSize: UPLOAD_BYTES_MAX + 1, files: 1, fields: FIELDS_MAX, fieldSize: UPLOAD_BYTES_MAX + 1 },
    throwFileSizeLimit: false,
  });
}

/** What a form sent. One that cannot be read is empty, so it has no token and is refused. */
export async function readSent(request: FastifyRequest): Promise<Sent> {
  if (!request.isMultipart()) return { form: formOf(request), upload: null };
  const form = new URLSearchParams();
  let upload: Upload | null = null;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') form.append(part.fieldname, String(part.value));
      else {
        const bytes = await part.toBuffer();
        // A browser sends a file field that nobody filled in as a file without name and bytes.
        if (part.filename !== undefined && part.filename !== '') upload = { filename: part.filename, bytes };
      }
    }
  } catch (error) {
    request.log.warn({ err: error }, 'a form with a file could not be read');
    return { form: new URLSearchParams(), upload: null };
  }
  return { form: withoutZeros(form), upload };
}

export const formOf = (request: FastifyRequest): URLSearchParams =>
  request.body instanceof URLSearchParams ? withoutZeros(request.body) : new URLSearchParams();

/** PostgreSQL keeps no zero byte in a text, so none gets past the door. */
export const withoutZeros = (given: URLSearchParams): URLSearchParams =>
  new URLSearchParams([...given].map(([name, value]): [string, string] => [name, value.replaceAll('\0', '')]));
