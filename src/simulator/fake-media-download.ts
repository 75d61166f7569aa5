import { createHash } from 'node:crypto';
import type { GraphEdge } from './graph-edge.ts';
import { unknownObject } from './graph-errors.ts';

export type OfferedFile = {
  bytes: Buffer;
  mimeType: string;
  /** What the look-up claims; by default the truth. */
  sha256?: string;
  /** Where the look-up sends the caller; by default to this server. */
  url?: string;
  /** What the file's address answers instead of the file. */
  status?: number;
};

export type Downloads = {
  answer: GraphEdge;
  /** A file that people sent: it can be looked up by its id and fetched from then on. */
  offer(id: string, file: OfferedFile): void;
  /** How often a file was looked up. */
  lookups(id: string): number;
};

const VERSION = 'v26.0';

/** GET /{media id} and the address that it names: files of incoming messages. */
export function createDownloads(baseUrl: () => string): Downloads {
  const files = new Map<string, OfferedFile>();
  const looked = new Map<string, number>();
  return {
    answer({ method, id, edge, query }) {
      const file = files.get(id);
      if (method !== 'GET') return undefined;
      if (file === undefined) {
        // Only look-ups of files name the line: this one is of a file that nobody has sent, or that is gone.
        return edge === undefined && query.has('phone_number_id') ? unknownObject(id) : undefined;
      }
      if (edge === 'download') {
        const { status = 200, bytes, mimeType } = file;
        return { status, bytes: status === 200 ? bytes : Buffer.alloc(0), contentType: mimeType };
      }
      if (edge !== undefined) return undefined;
      looked.set(id, (looked.get(id) ?? 0) + 1);
      return {
        status: 200,
        body: {
          messaging_product: 'whatsapp',
          url: file.url ?? `${baseUrl()}/${VERSION}/${id}/download`,
          mime_type: file.mimeType,
          sha256: file.sha256 ?? createHash('sha256').update(file.bytes).digest('hex'),
          file_size: file.bytes.length,
          id,
        },
      };
    },
    offer: (id, file) => void files.set(id, file),
    lookups: (id) => looked.get(id) ?? 0,
  };
}
