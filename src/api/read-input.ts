import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { HttpProblem } from '../http/problem.ts';
import { inPlainWords } from './plain-words.ts';
import { type InputError, inputProblem } from './refusals.ts';
import type { ApiRoute } from './route.ts';

export type Input = {
  params: unknown;
  query: unknown;
  body: unknown;
  /** The Idempotency-Key; null without one. */
  key: string | null;
};

/** Printable ASCII, as the draft standard for the header has it; the credit core adds a few characters of its own. */
const KEY = /^[\x21-\x7e]{1,180}$/;

/** Reads a request by the schemas of its route; throws a problem with the path of every mistake. */
export function readInput(route: ApiRoute, request: FastifyRequest): Input {
  // An unknown id is nothing that is there, whatever is wrong with its form.
  const params = route.params?.safeParse(request.params);
  if (params?.success === false) {
    throw new HttpProblem({ status: 404, code: 'NOT_FOUND', detail: 'There is nothing under this id.' });
  }
  const errors: InputError[] = [];
  const key = readKey(request, route, errors);
  const query = readPart(route.query, request.query, errors);
  const body = readPart(route.body, request.body ?? {}, errors);
  if (errors.length > 0) throw new HttpProblem(inputProblem(errors));
  return { params: params?.data, query, body, key };
}

function readPart(schema: z.ZodType | undefined, given: unknown, errors: InputError[]): unknown {
  if (schema === undefined) return undefined;
  const read = schema.safeParse(given, { error: inPlainWords });
  if (read.success) return read.data;
  const seen = new Set<string>();
  for (const error of read.error.issues.flatMap((issue) => inputErrors(issue))) {
    // A number that is no safe integer is also above the largest one: the same mistake once.
    const told = JSON.stringify(error);
    if (!seen.has(told) && errors.length < ERRORS_MAX) errors.push(error);
    seen.add(told);
  }
  return undefined;
}

const ERRORS_MAX = 50;

/** An unknown name is told at its own path, and of several forms the one that was meant. */
function inputErrors(issue: z.core.$ZodIssue, base: readonly PropertyKey[] = []): InputError[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({ path: pathText([...path, name]), message: 'is not a known field' }));
  }
  const meant = issue.code === 'invalid_union' ? meantForm(issue.errors) : undefined;
  if (meant !== undefined) return meant.flatMap((inner) => inputErrors(inner, path));
  return [{ path: pathText(path), message: issue.message }];
}

/** The form whose own fields fit best: mistakes within a field do not count. */
function meantForm(forms: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const misfits = (issues: readonly z.core.$ZodIssue[]): number => issues.filter(({ path }) => path.length <= 1).length;
  return [...forms].sort((a, b) => misfits(a) - misfits(b))[0];
}

/** `orders[3].lines[0].sku` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function readKey(request: FastifyRequest, route: ApiRoute, errors: InputError[]): string | null {
  const given = request.headers['idempotency-key'];
  if (given === undefined || route.kind === 'read') return null;
  if (typeof given === 'string' && KEY.test(given)) return given;
  errors.push({ path: 'Idempotency-Key', message: 'must be 1 to 180 printable ASCII characters without spaces' });
  return null;
}
