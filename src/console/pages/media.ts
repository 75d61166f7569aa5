import { readMedia } from '../../media/index.ts';
import { isId } from '../../shared/ids.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';

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

export const mediaRoutes: readonly ConsoleRoute[] = [
  page('/console/media/:eventId', 'read_chats', (request) => mediaFile(request, request.param('eventId'))),
];

/** The file of a message, for whoever was found to be allowed to see it. */
export async function mediaFile({ deps, wholesaler }: PageRequest, eventId: string): Promise<PageAnswer> {
  if (!isId(eventId)) return { kind: 'not_found' };
  const media = await readMedia(deps.db.prisma, { wholesalerId: wholesaler.id, eventId });
  if (media === null || media.bytes === null) return { kind: 'not_found' };
  // WhatsApp names voice notes "audio/ogg; codecs=opus".
  const type = (media.mimeType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isShown = SHOWN.has(type);
  return {
    kind: 'file',
    contentType: isShown ? type : 'application/octet-stream',
    filename: media.filename ?? `${media.kind}.${isShown ? (type.split('/')[1] ?? 'bin') : 'bin'}`,
    inline: isShown,
    body: Buffer.from(media.bytes),
  };
}
