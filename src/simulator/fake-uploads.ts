import { createFaults, type Fault, type Faults } from './faults.ts';
import type { EdgeAnswer, GraphBusiness, GraphCall, GraphEdge } from './graph-edge.ts';
import { type GraphAnswer, graphError, unknownObject } from './graph-errors.ts';
import type { GraphMessage } from './message-rules.ts';

/** A file that the fake Graph API took. */
export type UploadedFile = {
  mediaId: string;
  phoneNumberId: string;
  filename: string;
  mimeType: string;
  bytes: Buffer;
};

export type UploadsEdge = {
  answer: GraphEdge;
  /** What goes wrong with uploads, apart from what goes wrong with messages. */
  faults: Faults;
  uploads(): readonly UploadedFile[];
  /** Calls to POST /media, refused and broken ones included. */
  calls(): number;
  /** As after 30 days: every id given so far is unknown from now on. */
  expire(): void;
  /** Refuses a message that names media which this number does not have. */
  check(phoneNumberId: string, message: GraphMessage): GraphAnswer | undefined;
};

/** What Meta takes as a document, as far as the service could mean to send it. */
const DOCUMENTS = [
  'text/plain',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
];
const UPLOADS_MAX = 10_000;

/** POST /{phone number id}/media: keeps files, with the faults that are due. */
export function createUploadsEdge({ lineOf, seed }: GraphBusiness & { seed: number }): UploadsEdge {
  const faults = createFaults(seed);
  let kept: UploadedFile[] = [];
  let expired = new Set<string>();
  let count = 0;
  let calls = 0;

  async function answer(call: GraphCall): Promise<EdgeAnswer | undefined> {
    if (call.method !== 'POST' || call.edge !== 'media') return undefined;
    calls += 1;
    if (lineOf(call.id) === undefined) return unknownObject(call.id);
    return withFault(faults.take(), () => accept(call));
  }

  async function accept(call: GraphCall): Promise<GraphAnswer> {
    const form = await readForm(call);
    if (form === undefined) return refused('The body has to be multipart/form-data');
    if (form.get('messaging_product') !== 'whatsapp') return refused('Param messaging_product must be whatsapp');
    const file = form.get('file');
    if (!(file instanceof File) || file.size === 0) return refused('Param file must be a file');
    if (!DOCUMENTS.includes(file.type) || form.get('type') !== file.type) {
      return refused(`Param file must be a file with one of the following types: ${DOCUMENTS.join(', ')}`);
    }
    count += 1;
    const mediaId = String(700_000_000_000_000 + count);
    if (kept.length >= UPLOADS_MAX) kept = kept.slice(UPLOADS_MAX / 2);
    const bytes = Buffer.from(await file.arrayBuffer());
    kept.push({ mediaId, phoneNumberId: call.id, filename: file.name, mimeType: file.type, bytes });
    return { status: 200, body: { id: mediaId } };
  }

  return {
    answer,
    faults,
    uploads: () => kept,
    calls: () => calls,
    expire() {
      expired = new Set(kept.map(({ mediaId }) => mediaId));
    },
    check(phoneNumberId, message) {
      if (message.type !== 'document' || message.document.id === undefined) return undefined;
      const { id } = message.document;
      const known = kept.some((one) => one.mediaId === id && one.phoneNumberId === phoneNumberId) && !expired.has(id);
      if (known) return undefined;
      return refused("Param document['id'] is not a valid whatsapp business account media attachment ID");
    },
  };
}

async function readForm(call: GraphCall): Promise<FormData | undefined> {
  try {
    return await new Response(call.body, { headers: { 'content-type': call.contentType } }).formData();
  } catch {
    // Not a form, or cut off: the caller is told.
    return undefined;
  }
}

const refused = (details: string): GraphAnswer => graphError(100, { details });

async function withFault(fault: Fault | undefined, accept: () => Promise<GraphAnswer>): Promise<EdgeAnswer> {
  if (fault === undefined) return accept();
  switch (fault.kind) {
    case 'error':
      return graphError(fault.code, fault);
    case 'http':
      return { broken: { ...fault, html: fault.body !== 'empty' } };
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return accept();
    case 'reset':
      return { broken: 'cut' };
    case 'hang':
      return { broken: 'silent' };
  }
  const answer = await accept();
  if (answer.status !== 200) return answer;
  switch (fault.kind) {
    case 'accept_then_cut':
      return { broken: 'cut' };
    case 'accept_then_truncate':
      return { broken: 'truncated' };
    case 'accept_then_hang':
      return { broken: 'silent' };
    case 'accept_then_garble':
      return { broken: 'garbled' };
    default:
      return answer;
  }
}
