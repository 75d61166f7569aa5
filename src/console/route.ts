import type { Readable } from 'node:stream';
import type { SafeHtml } from '@remix-run/html-template';
import type { Credit } from '../credit/index.ts';
import type { Database } from '../db/index.ts';
import type { IncomingMessage } from '../inbox/index.ts';
import type { Clock } from '../shared/clock.ts';
import type { Right, Session, StaffDesk } from '../staff/index.ts';
import type { Upload } from './read-sent.ts';
import type { Formats } from './view/formats.ts';
import type { NavPlace } from './view/nav.ts';

export type ConsoleDeps = {
  db: Database;
  credit: Credit;
  desk: StaffDesk;
  clock: Clock;
  /** What a message says, from the payload that Meta delivered. */
  readMessage(payload: unknown): IncomingMessage;
  /** `https://orders.example.com`, where it is known. */
  publicUrl: string | undefined;
};

/** What a handler knows about a request; everything of one wholesaler is asked for with `wholesaler.id`. */
export type PageRequest = Session & {
  deps: ConsoleDeps;
  /** `staff:<id>`: who did it, for the ledger and the audit. */
  actor: string;
  /** One of the path's `:names`; '' when the path has none of that name. */
  param(name: string): string;
  /** Where this browser reached us, for links that people send to each other. */
  baseUrl: string;
  /** The path and query of this page: what links back to it. */
  here: string;
  query: URLSearchParams;
  form: URLSearchParams;
  /** The file of a form that has one; cut off a byte past the largest that is taken. */
  upload: Upload | null;
  now: Date;
  /** The page asks for itself again, and nobody may be looking. */
  isPoll: boolean;
  format: Formats;
  /** Whether this person may also do that, to leave out what they cannot. */
  may(right: Right): boolean;
  /** A `<form method="post">` that this session alone can send, once: see `view/form.ts`. */
  csrfToken: string;
  /** The cookie's token: for signing out and for keeping this session when the others end. */
  sessionToken: string;
};

/** What a public page knows: nobody is signed in. */
export type PublicRequest = Pick<PageRequest, 'deps' | 'query' | 'form' | 'now'> & {
  address: string;
  sessionToken: string | null;
};

export type PageAnswer =
  | {
      kind: 'page';
      title: string;
      place: NavPlace | null;
      body: SafeHtml;
      status?: 200 | 409 | 422 | 429;
      /** What stands in the search of the head. */
      find?: string;
    }
  /** After every write: a reload never sends a form again. `notice` is the key of a sentence in view/notices.ts. */
  | { kind: 'redirect'; to: string; notice?: string; session?: SessionChange }
  | { kind: 'file'; contentType: string; filename: string; inline?: boolean; body: Buffer | Readable }
  /** To a page that asks for itself again: what it shows is what there is, see view/live.ts. */
  | { kind: 'unchanged' }
  /** Also for whatever belongs to another wholesaler: nobody learns that it exists. */
  | { kind: 'not_found' };

type SessionChange = { kind: 'open'; token: string } | { kind: 'close' };

type Method = 'GET' | 'POST';

/** A page or an action of the console. There is no way to add one that does not name its right. */
export type ConsoleRoute =
  | { method: Method; path: string; right: Right; handle(request: PageRequest): Promise<PageAnswer> }
  | { method: Method; path: string; right: 'public'; handle(request: PublicRequest): Promise<PageAnswer> };

/** A page that shows something. */
export function page(path: string, right: Right, handle: (request: PageRequest) => Promise<PageAnswer>): ConsoleRoute {
  return { method: 'GET', path, right, handle };
}

/** What a form does. */
export function action(
  path: string,
  right: Right,
  handle: (request: PageRequest) => Promise<PageAnswer>,
): ConsoleRoute {
  return { method: 'POST', path, right, handle };
}
