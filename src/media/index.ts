export { mediaAsFile } from './as-file.ts';
export { listMedia, noteIncomingMedia, readMedia } from './media-store.ts';
export { createMediaWorker } from './media-worker.ts';
export type { IncomingMedia, MediaKind, MediaSource, MediaToFetch, Transcriber } from './types.ts';
