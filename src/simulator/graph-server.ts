import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrokenAnswer, EdgeAnswer, GraphCall, GraphEdge } from './graph-edge.ts';
import { type GraphAnswer, graphError } from './graph-errors.ts';

const PATH = /^\/(v\d{1,2}\.\d)\/([^/?]+)(?:\/([a-z_]+))?(?:\?|$)/;
/** Room for the files that tests upload. */
const BODY_MAX_BYTES = 20 * 1024 * 1024;

export type GraphServer = { url: string; stop(): Promise<void> };

/** Serves edges over real HTTP on the given or any free port: the first that knows a call answers it. */
export async function serveEdges(
  edges: readonly GraphEdge[],
  { port = 0, host = '127.0.0.1' }: { port?: number | undefined; host?: string | undefined },
): Promise<GraphServer> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      // A bug of the fake itself must not look like one of the planned faults.
      if (!response.headersSent) respond(response, { status: 500, body: { fakeGraphBug: String(error) } });
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    write(response, (call === undefined ? undefined : await ask(call)) ?? graphError(2500));
  }

  async function ask(call: GraphCall): Promise<EdgeAnswer | undefined> {
    for (const edge of edges) {
      const answer = await edge(call);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Undefined for a path that Graph would not know, and for a body that is too large. */
async function readCall(request: IncomingMessage): Promise<GraphCall | undefined> {
  const [, , id = '', edge] = PATH.exec(request.url ?? '') ?? [];
  const body = await readBody(request);
  if (id === '' || body === undefined) return undefined;
  const url = new URL(request.url ?? '/', 'http://graph');
  return {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/^\/v[\d.]+\//, ''),
    id: decodeURIComponent(id),
    edge,
    query: url.searchParams,
    bearer: request.headers.authorization?.replace(/^Bearer /, '') ?? '',
    contentType: request.headers['content-type'] ?? '',
    body,
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function write(response: ServerResponse, answer: EdgeAnswer): void {
  if ('broken' in answer) {
    breakOff(response, answer.broken);
  } else if ('bytes' in answer) {
    response.writeHead(answer.status, { 'content-type': answer.contentType, 'content-length': answer.bytes.length });
    response.end(answer.bytes);
  } else {
    respond(response, answer);
  }
}

function respond(response: ServerResponse, answer: GraphAnswer): void {
  const text = JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(text),
    ...retryAfter(answer.retryAfterSeconds),
  });
  response.end(text);
}

function breakOff(response: ServerResponse, how: BrokenAnswer['broken']): void {
  switch (how) {
    case 'silent':
      return;
    case 'cut':
      cut(response);
      return;
    case 'truncated':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '200' });
      response.write('{"messaging_product":"whatsapp","contacts"', () => cut(response));
      return;
    case 'garbled':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"messaging_product":"whatsapp","mess');
      return;
    default:
      response.writeHead(how.status, { 'content-type': 'text/html', ...retryAfter(how.retryAfterSeconds) });
      response.end(how.html ? `<html><body><h1>${how.status}</h1></body></html>` : '');
  }
}

/** A TCP reset, which the caller cannot mistake for an orderly end. */
function cut(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}
