import type { IncomingMedia } from './types.ts';

/** What a browser shows or plays and cannot run. Anything else of what people send is only ever saved. */
const SHOWN = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'audio/ogg',
  'audio/mpeg',
  'audio/mp4',
  'audio/aac',
  'audio/amr',
]);

export type MediaAsFile = { contentType: string; filename: string; isShown: boolean; bytes: Buffer };

/** What somebody sent as a file to hand out; null while its bytes are not there. */
export function mediaAsFile(media: IncomingMedia): MediaAsFile | null {
  if (media.bytes === null) return null;
  // WhatsApp names voice notes "audio/ogg; codecs=opus".
  const type = (media.mimeType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isShown = SHOWN.has(type);
  return {
    contentType: isShown ? type : 'application/octet-stream',
    filename: media.filename ?? `${media.kind}.${isShown ? (type.split('/')[1] ?? 'bin') : 'bin'}`,
    isShown,
    bytes: Buffer.from(media.bytes),
  };
}
