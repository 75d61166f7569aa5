import { z } from 'zod';
import { makeTextStorable } from './storable-json.ts';

// The pieces of which every reader of Meta's payloads is made. None of them can fail: a field that is missing, renamed or
// of another type tomorrow reads as undefined.

/** Ids and times are text at Meta; some senders write them as numbers. Anything else counts as missing. */
export const idText = z
  .union([z.string(), z.int().transform(String)])
  .optional()
  .catch(undefined);

export const text = z.string().optional().catch(undefined);

export const flag = z.boolean().optional().catch(undefined);

export const list = z.array(z.unknown()).optional().catch(undefined);

/** Read elsewhere. Optional, because zod counts a missing key as an error otherwise. */
export const anything = z.unknown().optional();

/** An object of which every field may be missing; undefined where Meta sent something else in its place. */
export const block = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).optional().catch(undefined);

/** A number, also one that came as text; coordinates and error codes were seen both ways. */
export const numberLike = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\s*-?\d{1,15}(\.\d{1,15})?\s*$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);

/** Meta's code of an error; also one that came as text. */
export const errorCode = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);

/** A name or label for people and logs: short, and never with half a character at its end. */
export function short(value: string | undefined, max = 200): string | undefined {
  return value === undefined || value === '' ? undefined : makeTextStorable(value.slice(0, max));
}
