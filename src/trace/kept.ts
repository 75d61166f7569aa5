import { z } from 'zod';
import type { ParseResult } from '../parser/index.ts';
import type { TracedAnswer, TracedFigures } from './types.ts';

// Written by any release, so every part may be missing or of another shape; what cannot be read is not shown.
const minor = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
const figures = z.object({ limitMinor: minor, owedMinor: minor, heldMinor: minor, availableMinor: minor });
const factsSchema = z.object({ account: figures.nullable().catch(null).default(null) });
const answerSchema: z.ZodType<TracedAnswer> = z.object({
  placed: z.boolean().optional(),
  cancelled: z.boolean().optional(),
  replayed: z.boolean().optional(),
  number: z.int().nullish(),
  code: z.string().optional(),
  amountMinor: minor.optional(),
  availableMinor: minor.optional(),
  releasedMinor: minor.optional(),
  shortByMinor: minor.nullish(),
  account: figures.nullish().catch(null),
});
const readingSchema = z.looseObject({ intent: z.string(), lines: z.array(z.unknown()), clarify: z.array(z.unknown()) });
const resultsSchema = z.object({
  parsed: readingSchema.nullable().catch(null).default(null),
  answer: answerSchema.nullable().catch(null).default(null),
});

/** How the text was read, and the verdict that its effect got. */
export function readResults(results: unknown): { parsed: ParseResult | null; answer: TracedAnswer | null } {
  const { parsed, answer } = resultsSchema.parse(results ?? {});
  return { parsed: parsed as ParseResult | null, answer };
}

/** The account as it stood when the decision began. */
export function readAccountBefore(facts: unknown): TracedFigures | null {
  return factsSchema.parse(facts ?? {}).account;
}
