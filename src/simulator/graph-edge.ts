import type { GraphAnswer } from './graph-errors.ts';
import type { Line } from './payloads.ts';

// The fake Graph API is made of edges: messages, media, templates, management and the nodes that are only read. Each is
// a file of its own that answers the calls that are its own and leaves the others alone.

/** One request, as an edge sees it. */
export type GraphCall = {
  method: string;
  /** Behind the version: `123`, `123/messages`, `debug_token`. */
  path: string;
  id: string;
  /** What follows the id, if anything does. */
  edge: string | undefined;
  query: URLSearchParams;
  bearer: string;
  contentType: string;
  body: Buffer;
};

/** An answer that does not come whole, or not at all. */
export type BrokenAnswer = {
  broken: /** A TCP reset before anything was written. */
    | 'cut'
    /** A head and half a body, then a TCP reset. */
    | 'truncated'
    /** Status 200 with something that is no JSON. */
    | 'garbled'
    /** Nothing, until the caller gives up. */
    | 'silent'
    /** A page of something in front of Graph. */
    | { status: number; html: boolean; retryAfterSeconds?: number | undefined };
};

/** A file, as media downloads give it. */
export type FileAnswer = { status: number; bytes: Buffer; contentType: string };

export type EdgeAnswer = GraphAnswer | BrokenAnswer | FileAnswer;

/** One part of the Graph API: answers a call that is its own, undefined otherwise. */
export type GraphEdge = (call: GraphCall) => EdgeAnswer | undefined | Promise<EdgeAnswer | undefined>;

/** What every edge may know about the business behind the numbers. */
export type GraphBusiness = {
  /** The line with this phone number id, or undefined when no such number belongs to the business. */
  lineOf(phoneNumberId: string): Line | undefined;
};

/** The call's body as JSON; undefined when it is none. */
export function jsonOf(call: GraphCall): unknown {
  try {
    return JSON.parse(call.body.toString('utf8'));
  } catch {
    return undefined;
  }
}
