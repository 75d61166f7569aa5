import { z } from 'zod';
import { figure, named } from './common.ts';

/** RFC 9457 problem details, as every refusal and breakage is told. */
export const problem = named(
  'Problem',
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable, for programs.' }),
    detail: z.string().optional().meta({ description: 'A sentence for people.' }),
    path: z.string().optional().meta({ description: 'Of bad input: where the first mistake is.' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string(), code: z.string().optional() }))
      .optional()
      .meta({ description: 'Of bad input: every mistake.' }),
    availableMinor: figure.nullable().optional(),
    shortByMinor: figure.nullable().optional(),
    retryable: z
      .boolean()
      .optional()
      .meta({ description: 'True when the same call may succeed later although nobody changed anything.' }),
  }),
  {
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    code: 'INSUFFICIENT_CREDIT',
    detail: 'Not enough credit: 1,000.00 INR is available, 240.00 INR short.',
    availableMinor: 100000,
    shortByMinor: 24000,
    retryable: false,
  },
);
