import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

type Received = { path: string; headers: IncomingHttpHeaders; body: Buffer; at: number };

export type Receiver = {
  url: string;
  received: Received[];
  /** How many POSTs were under way at the same time, at most. */
  widest(): number;
  stop(): Promise<void>;
};

/** A webhook that keeps what it gets. `answer` decides the status, `delayMs` how long it takes. */
export async function startReceiver(
  options: { answer?: (body: Buffer, count: number) => number; delayMs?: number } = {},
): Promise<Receiver> {
  const received: Received[] = [];
  let underWay = 0;
  let widest = 0;
  const server = createServer((request, response) => {
    underWay += 1;
    widest = Math.max(widest, underWay);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      received.push({ path: request.url ?? '', headers: request.headers, body, at: performance.now() });
      response.statusCode = options.answer?.(body, received.length) ?? 200;
      setTimeout(() => {
        underWay -= 1;
        response.end('done');
      }, options.delayMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks/whatsapp`,
    received,
    widest: () => widest,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
