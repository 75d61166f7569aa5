import { HttpProblem } from '../http/problem.ts';
import { inputProblem } from './refusals.ts';

// Pages go on from the last item that was seen, never by counting, so that new items cannot shift them. What a cursor says
// is ours alone: callers give it back as it is.

export type Page<Item> = { items: Item[]; nextCursor: string | null };

/** Cuts a page out of `limit + 1` items that were read. */
export function pageOf<Item>(read: readonly Item[], limit: number, placeOf: (item: Item) => string): Page<Item> {
  const items = read.slice(0, limit);
  const last = items.at(-1);
  const hasMore = read.length > limit && last !== undefined;
  return { items, nextCursor: hasMore ? writeCursor(placeOf(last)) : null };
}

export const writeCursor = (place: string): string => Buffer.from(place).toString('base64url');

/** The place that a cursor stands for, if it looks like one; throws a problem otherwise. */
export function readCursor(cursor: string | undefined, form: RegExp): string | undefined {
  if (cursor === undefined) return undefined;
  const place = Buffer.from(cursor, 'base64url').toString();
  if (form.test(place)) return place;
  throw new HttpProblem(inputProblem([{ path: 'cursor', message: 'is none that this list gave' }]));
}
