import type { Dispatcher, FormData } from 'undici';
import { messageOf } from '../shared/errors.ts';

/** One HTTP request and what became of it. Whether it may have reached the other side is what callers must know. */
export type Exchange =
  /** A whole answer came. */
  | { kind: 'answered'; status: number; retryAfter: string | undefined; body: string }
  /** The answer's head came, but its body did not come whole. */
  | { kind: 'cut'; status: number; retryAfter: string | undefined; detail: string }
  /** Not one byte of the request was written. */
  | { kind: 'not_sent'; detail: string }
  /** At least a part was written and no answer came. */
  | { kind: 'no_answer'; detail: string };

type Request = {
  path: string;
  headers: Record<string, string>;
  body: string | FormData;
  /** From the call to the end of the answer, waiting for a free connection included. */
  timeoutMs: number;
};

/** Graph's answers have a few hundred bytes; whatever is much larger is not one of them. */
const ANSWER_MAX_BYTES = 256 * 1024;

/**
 * Posts through a low-level undici handler, because it alone tells "never left" from "left and got lost": undici calls
 * onRequestStart immediately before it writes the first byte, and writes nothing if the request is aborted in it. So
 * before that call a failure is provably harmless, and after it the request must be taken for sent. Resolves always.
 */
export function exchange(dispatcher: Dispatcher, request: Request): Promise<Exchange> {
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let head: { status: number; retryAfter: string | undefined } | undefined;
    let settled = false;
    let bytes = 0;
    const chunks: Buffer[] = [];

    const settle = (result: Exchange) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      resolve(result);
    };
    const fail = (error: unknown) => {
      const detail = describe(error);
      if (head !== undefined) settle({ kind: 'cut', ...head, detail });
      else settle({ kind: controller === undefined ? 'not_sent' : 'no_answer', detail });
    };
    const timer = setTimeout(() => {
      const late = new Error(`no answer within ${request.timeoutMs} ms`);
      fail(late);
      // A request that still waits for a connection is caught in onRequestStart instead.
      controller?.abort(late);
    }, request.timeoutMs);

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(starting) {
        if (settled) return starting.abort(new Error('given up before a connection was free'));
        controller = starting;
      },
      onResponseStart(_controller, status, headers) {
        // Informational answers (1xx) come before the real one.
        if (status >= 200) head = { status, retryAfter: firstOf(headers['retry-after']) };
      },
      onResponseData(receiving, chunk) {
        bytes += chunk.length;
        if (bytes > ANSWER_MAX_BYTES) return receiving.abort(new Error('the answer is too large'));
        chunks.push(chunk);
      },
      onResponseEnd() {
        if (head === undefined) fail(new Error('the answer has no status'));
        else settle({ kind: 'answered', ...head, body: Buffer.concat(chunks).toString('utf8') });
      },
      onResponseError(_controller, error) {
        fail(error);
      },
    };

    const { path, headers, body } = request;
    try {
      dispatcher.dispatch({ path, method: 'POST', headers, body }, handler);
    } catch (error) {
      fail(error);
    }
  });
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** Network errors keep their useful part in `code` ("ECONNREFUSED"); happy eyeballs leaves the message empty. */
function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return [code, messageOf(error)].filter(Boolean).join(': ').slice(0, 300);
}
