import { mediaAsFile, readMedia } from '../../media/index.ts';
import { isId } from '../../shared/ids.ts';
import { type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';

export const mediaRoutes: readonly ConsoleRoute[] = [
  page('/console/media/:eventId', 'read_chats', (request) => mediaFile(request, request.param('eventId'))),
];

/** The file of a message, for whoever was found to be allowed to see it. */
export async function mediaFile({ deps, wholesaler }: PageRequest, eventId: string): Promise<PageAnswer> {
  if (!isId(eventId)) return { kind: 'not_found' };
  const media = await readMedia(deps.db.prisma, { wholesalerId: wholesaler.id, eventId });
  const file = media && mediaAsFile(media);
  if (file === null) return { kind: 'not_found' };
  const { contentType, filename, isShown: inline, bytes: body } = file;
  return { kind: 'file', contentType, filename, inline, body };
}
