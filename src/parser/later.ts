/** What is wanted another day: "next week I will need 20 bags, today only 5". */
import type { Annotation } from './annotate.ts';
import type { Segment } from './segments.ts';

/** The parts of another day's wish, up to the part that counts what is wanted today; none where nothing is. */
export function laterParts(segments: readonly Segment[], annotation: Annotation): ReadonlySet<number> {
  const found = new Set<number>();
  const first = segments.findIndex(({ tags }) => tags.has('later'));
  if (first < 0) return found;
  const now = segments.findIndex(
    (segment, at) => at > first && counts(segment, annotation) && saysNow(segment, annotation),
  );
  for (let at = first; at < now; at++) found.add(at);
  return found;
}

function saysNow({ at }: Segment, { pieces, lexicon }: Annotation): boolean {
  return at.some((position) => lexicon.now.has(pieces[position]?.text ?? ''));
}

function counts({ at }: Segment, { pieces, claimed }: Annotation): boolean {
  return at.some((position) => pieces[position]?.kind === 'number' && !claimed[position]);
}
