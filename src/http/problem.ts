import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { ServiceError } from '../shared/errors.ts';

/** Further members of a problem document, such as `availableMinor`; they must be safe for outsiders to read. */
type ProblemMembers = Record<string, unknown>;

/** RFC 9457 problem details with our stable `code`. */
export type Problem = {
  status: number;
  /** Stable, machine-readable: NOT_FOUND, INSUFFICIENT_CREDIT... */
  code: string;
  /** One sentence for the developer at the other end. Never internals. */
  detail?: string | undefined;
  members?: ProblemMembers | undefined;
  retryAfterSeconds?: number | undefined;
};

/** Thrown where a request has to end with a problem document; the server's error handler sends it. */
export class HttpProblem extends ServiceError {
  override name = 'HttpProblem';
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super({ code: problem.code, message: problem.detail ?? problem.code, retryable: problem.status >= 500, cause });
    this.problem = problem;
  }
}

/** Answers with a problem document. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, code, detail, members, retryAfterSeconds } = problem;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  const body = { ...members, type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail };
  return reply.code(status).type('application/problem+json').send(JSON.stringify(body));
}
