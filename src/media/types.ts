/** What staff can look at or listen to. */
export type MediaKind = 'image' | 'document' | 'voice';

/** A file of a known shop's message, to be fetched from Meta. */
export type MediaToFetch = {
  wholesalerId: string;
  eventId: string;
  lineId: string;
  kind: MediaKind;
  mediaId: string;
  mimeType: string | undefined;
  filename: string | undefined;
  sha256: string | undefined;
  sentAt: Date;
};

export type MediaRequest = {
  mediaId: string;
  phoneNumberId: string;
  /** Name of the setting that holds the line's access token. */
  tokenRef: string;
  /** As the message gave it; compared with what came. */
  sha256: string | undefined;
};

/** What became of a download. `detail` never holds an address or a token. */
export type MediaOutcome =
  | { kind: 'fetched'; bytes: Uint8Array; mimeType: string | undefined }
  /** Too large, another checksum, or an address that gets no token of ours: asking again brings the same. */
  | { kind: 'refused'; detail: string }
  /** Meta has it no more. */
  | { kind: 'gone'; detail: string }
  /** Token, right or account: nothing of this line can be fetched until somebody mends it. */
  | { kind: 'stopped'; detail: string }
  | { kind: 'failed'; detail: string };

/** The way to Meta's files; `whatsapp/media-download.ts` satisfies it. Never throws for what a network or Meta can do. */
export type MediaSource = { fetch(request: MediaRequest): Promise<MediaOutcome> };

/** Writes down what was said in a voice note. Off unless the composition root is given one. */
export type Transcriber = (
  voice: { bytes: Uint8Array; mimeType: string | undefined },
  signal: AbortSignal,
) => Promise<string>;

/** A file as staff may see it; `bytes` only while it is kept. */
export type IncomingMedia = {
  kind: MediaKind;
  state: 'waiting' | 'kept' | 'refused' | 'lost' | 'removed';
  why: string | null;
  mimeType: string | null;
  filename: string | null;
  sizeBytes: number | null;
  transcript: string | null;
  bytes: Uint8Array | null;
};
