/** What came short, broken or not at all: "yesterday 2 cartons of tuna were missing" orders nothing. */
import type { Annotation } from './annotate.ts';
import type { Segment } from './segments.ts';

/** The parts of a complaint: the one that says so, and those that tell more of the same with "and" around it. */
export function complaintParts(segments: readonly Segment[], annotation: Annotation): ReadonlySet<number> {
  const found = new Set<number>();
  segments.forEach((segment, at) => {
    if (!segment.tags.has('complaint')) return;
    found.add(at);
    for (let next = at + 1; goesOn(segments[next], annotation); next++) found.add(next);
    // "2 milo and 1 tuna were missing", "tuna moja | imeharibika"
    for (let last = at; JOINED.has(segments[last]?.separator ?? 'start') && last > 0; last--) {
      if (found.has(last - 1) || !isPlain(segments[last - 1])) break;
      found.add(last - 1);
    }
  });
  return found;
}

const JOINED: ReadonlySet<Segment['separator']> = new Set(['join', 'flow']);

/** "You forgot 2 milo and 3 nido", but not "and send 3 nido". */
function goesOn(segment: Segment | undefined, { filler }: Annotation): boolean {
  return segment?.separator === 'join' && isPlain(segment) && !filler[segment.at[0] ?? -1];
}

function isPlain(segment: Segment | undefined): boolean {
  return segment !== undefined && segment.tags.size === 0;
}
