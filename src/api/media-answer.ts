import { type IncomingMedia, mediaAsFile } from '../media/index.ts';
import { fileOf, notFound, type Outcome, refuse } from './route.ts';

/** Content types of what people send. */
export const MEDIA_FILES = ['image/jpeg', 'image/png', 'image/webp', 'application/octet-stream'] as const;

const NOT_THERE: Record<Exclude<IncomingMedia['state'], 'kept'>, string> = {
  waiting: 'It is being fetched from WhatsApp: try again in a moment.',
  refused: 'It was not taken.',
  lost: 'It could not be fetched.',
  removed: 'It was removed, since it is old.',
};

/** What somebody sent, as a file; where it is not there, what became of it. */
export function mediaAnswer(media: IncomingMedia | null, what: string): Outcome<never> {
  const file = media && mediaAsFile(media);
  if (file !== null) return fileOf(file.bytes, file);
  if (media === null || media.state === 'kept') return notFound(what);
  return refuse({
    status: 404,
    code: 'FILE_NOT_THERE',
    detail: NOT_THERE[media.state],
    members: { state: media.state, retryable: media.state === 'waiting' },
  });
}
