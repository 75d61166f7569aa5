import { z } from 'zod';
import type { SendOutcome } from '../outbox/types.ts';
import type { Exchange } from './exchange.ts';
import { errorCode, text } from './fields.ts';
import { classifyRefusal, retryAfterMs } from './refusals.ts';

export type Refused = Extract<SendOutcome, { kind: 'refused' }>;
/** An answer of which at least the status came. */
type Answer = Extract<Exchange, { status: number }>;

const DETAIL_MAX = 500;

const refusedSchema = z.object({
  error: z.object({
    code: errorCode,
    message: text,
    fbtrace_id: text,
    is_transient: z.boolean().optional().catch(undefined),
    error_data: z.object({ details: text }).optional().catch(undefined),
  }),
});

/** What Graph said, as JSON when it came whole and is some, and its refusal unless it agreed. */
export function readAnswer(answer: Answer, token: string, now: Date): { json: unknown; refused: Refused | undefined } {
  const json = answer.kind === 'answered' ? parseJson(answer.body) : undefined;
  const error = refusedSchema.safeParse(json).data?.error;
  if (answer.status >= 200 && answer.status < 300 && error?.code === undefined) return { json, refused: undefined };
  const words = error
    ? [error.message, error.error_data?.details, error.fbtrace_id && `fbtrace ${error.fbtrace_id}`]
    : [];
  const refused: Refused = {
    kind: 'refused',
    // An answer cut off after its status says that Meta refused, not why: trying again brings the reason.
    class:
      answer.kind === 'cut'
        ? cutClass(answer.status)
        : classifyRefusal(answer.status, error?.code, error?.is_transient),
    httpStatus: answer.status,
    metaCode: error?.code,
    retryAfterMs: retryAfterMs(answer.retryAfter, now),
    detail: withoutToken(words.filter(Boolean).join(' | ') || `status ${answer.status}`, token),
  };
  return { json, refused };
}

/** A refusal of our own, before anything was asked of Graph. */
export function refusedHere(refusalClass: Refused['class'], detail: string): Refused {
  return { kind: 'refused', class: refusalClass, httpStatus: 0, metaCode: undefined, retryAfterMs: undefined, detail };
}

function cutClass(status: number): Refused['class'] {
  return status === 429 ? 'line_rate' : 'transient';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Meta repeats a malformed token in its complaint about it, and details end up in logs and on screens. */
function withoutToken(detail: string, token: string): string {
  return detail.replaceAll(token, '[token]').slice(0, DETAIL_MAX);
}
