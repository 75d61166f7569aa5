import type { FakeGraph } from '../fake-graph.ts';
import { document, image, voiceNote } from '../payloads.ts';

/** The smallest picture that is one: a grey point. */
const PHOTO =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==';

/** Lets the service fetch the files behind photos, voice notes and documents of simulated phones. */
export function offerStubs(graph: FakeGraph): void {
  const offer = (content: Record<string, unknown>, bytes: Buffer): void => {
    const block = content[String(content.type)] as { id: string; mime_type: string };
    graph.downloads.offer(block.id, { bytes, mimeType: block.mime_type });
  };
  offer(image(), Buffer.from(PHOTO, 'base64'));
  offer(voiceNote(), Buffer.from('OggS: a voice note of a simulated phone, with nothing in it'));
  offer(document('order.pdf'), Buffer.from('%PDF-1.4\n%%EOF\n'));
}
