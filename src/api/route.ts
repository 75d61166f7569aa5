import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Credit } from '../credit/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Problem } from '../http/problem.ts';
import type { IncomingMessage } from '../inbox/index.ts';
import type { OrderDesk } from '../orders/index.ts';
import type { Clock } from '../shared/clock.ts';
import type { StaffDesk } from '../staff/index.ts';
import type { Caller } from './api-keys.ts';
import type { Right } from './rights.ts';

/** What routes work with. */
export type ApiDeps = {
  db: Database;
  /** Always given a `{ tx }`, so it opens no connections of its own. */
  credit: Credit;
  desk: OrderDesk;
  /** Who works for the wholesaler; always given the transaction. */
  staff: StaffDesk;
  clock: Clock;
  /** What a message says, from the payload that Meta delivered. */
  readMessage(payload: unknown): IncomingMessage;
  /** `https://orders.example.com`, where it is known. */
  publicUrl: string | undefined;
};

/** A file instead of JSON. */
export type FileAnswer = { contentType: string; filename: string; body: Readable };

/** What a route comes to. A refusal is a value: what it wrote, such as a refused decision, is kept all the same. */
export type Outcome<Body> =
  | { kind: 'done'; body: Body; status?: 200 | 201 }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'file'; file: FileAnswer };

export const done = <Body>(body: Body, status?: 200 | 201): Outcome<Body> => ({
  kind: 'done',
  body,
  ...(status && { status }),
});
/** Somebody's file. Programs get it as it came; nothing in it is for a browser to run. */
export const fileOf = (bytes: Uint8Array, { contentType, filename }: Omit<FileAnswer, 'body'>): Outcome<never> => ({
  kind: 'file',
  file: { contentType, filename, body: Readable.from([bytes]) },
});
export const refuse = (problem: Problem): { kind: 'refused'; problem: Problem } => ({ kind: 'refused', problem });
export const notFound = (what: string): { kind: 'refused'; problem: Problem } =>
  refuse({ status: 404, code: 'NOT_FOUND', detail: `There is no such ${what}.` });

type Shape = z.ZodObject;
type Given<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

export type Ask<P, Q, B> = {
  params: Given<P>;
  query: Given<Q>;
  body: Given<B>;
  caller: Caller;
  deps: ApiDeps;
  /** Where to read, and for a write the transaction that it is. */
  tx: Tx;
  /** Of a write: its Idempotency-Key, as the credit core gets to see it; one of this request's own without one. */
  key: string;
  /** Whether the caller gave an Idempotency-Key. */
  isKeyed: boolean;
};

type Described<P, Q, B, A> = {
  /** Name of the operation for generated clients. */
  id: string;
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** Any one of these opens it; `admin` always does. */
  rights: readonly [Right, ...Right[]];
  params?: P;
  query?: Q;
  body?: B;
  answer: A;
  /** Codes of refusals beyond those that every route may give. */
  codes?: readonly string[];
  /** Content types beside JSON. */
  files?: readonly string[];
  /** Fields of the answer that are secret: no repeat has them, and none is kept. */
  shownOnce?: readonly string[];
  /** How much may be sent; as much as any route takes unless it says so. */
  bodyBytesMax?: number;
};

type Spec<P, Q, B, A extends z.ZodType> = Described<P, Q, B, A> & {
  handle(ask: Ask<P, Q, B>): Promise<Outcome<z.output<A>>>;
};

/**
 * How a route deals with a repeat. `read` changes nothing. `write` runs in one transaction with the answer that is kept
 * under its Idempotency-Key. `once` has an id of its own that makes it answer again, such as an order's, and no transaction
 * around it.
 */
type Kind = 'read' | 'write' | 'once';
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A route as the machinery sees it: described, checked and documented from the same schemas. */
export type ApiRoute = Described<Shape | undefined, Shape | undefined, z.ZodType | undefined, z.ZodType> & {
  method: Method;
  kind: Kind;
  /** The usual success; a repeat answers 200. */
  status: 200 | 201;
  handle(ask: Ask<Shape, Shape, z.ZodType>): Promise<Outcome<unknown>>;
};

type Optional<S> = S | undefined;

/** A route that changes nothing. */
export function read<A extends z.ZodType, P extends Optional<Shape> = undefined, Q extends Optional<Shape> = undefined>(
  spec: Spec<P, Q, undefined, A>,
): ApiRoute {
  return erased({ ...spec, method: 'GET', kind: 'read', status: 200 });
}

type Writing = { method?: Exclude<Method, 'GET'>; status?: 200 | 201 };

/** A route that changes something, in one transaction. */
export function write<
  A extends z.ZodType,
  P extends Optional<Shape> = undefined,
  B extends Optional<z.ZodType> = undefined,
>(spec: Spec<P, undefined, B, A> & Writing): ApiRoute {
  return erased({ method: 'POST', status: 200, ...spec, kind: 'write' });
}

/** A route whose work has an id of its own that makes it answer again, such as placing an order. */
export function once<
  A extends z.ZodType,
  P extends Optional<Shape> = undefined,
  B extends Optional<z.ZodType> = undefined,
>(spec: Spec<P, undefined, B, A> & Writing): ApiRoute {
  return erased({ method: 'POST', status: 200, ...spec, kind: 'once' });
}

// The handler's types were checked where it was written; from here on a route is one of many.
const erased = (route: unknown): ApiRoute => route as ApiRoute;
