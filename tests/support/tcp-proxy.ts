import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';

// Stands between the service and its database (or any other server), so that a test can take the way away and give it
// back: as a server that died (connections reset, new ones refused) or as a network that swallows everything.

export type TcpProxy = {
  /** The same address, but through the proxy. */
  through(url: string): string;
  /** Resets every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Resets every connection that stands; new ones get through. */
  reset(): void;
  /** Lets nothing through in either direction, and takes new connections that stay silent. */
  stall(): void;
  /** Lets nothing through on connections that stand, for ever; new ones get through. As after a silent failover. */
  abandon(): void;
  /**
   * Swallows every n-th answer and resets its connection: what was asked for is done and committed, and nobody is told.
   * 0 ends it.
   */
  cutAnswers(every: number): void;
  /** Answers swallowed so far. */
  answersCut(): number;
  /** Ends `cut` and `stall`: what stalled flows on. */
  restore(): Promise<void>;
  /** Connections that stand. */
  connections(): number;
  stop(): Promise<void>;
};

/** How PostgreSQL ends what it says when a connection is made: idle, ready for the first query. */
const READY_FOR_QUERY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** Starts a proxy on a free port of the loopback interface, in front of the server that the address names. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const silent = new Set<Socket>();
  const abandoned = new Set<Socket>();
  let stalled = false;
  let cutEvery = 0;
  let answers = 0;
  let swallowed = 0;
  let ownPort = 0;

  const server = createServer((near) => {
    keep(near);
    if (stalled) {
      silent.add(near);
      near.pause();
    } else {
      join(near);
    }
  });

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      sockets.delete(socket);
      silent.delete(socket);
      abandoned.delete(socket);
    });
  }

  function join(near: Socket): void {
    const far = dial({ host: hostname, port: Number(port) });
    keep(far);
    let isReady = false;
    let isAsked = false;

    /** The server sends an answer after it has committed. What it says before a connection is ready is none. */
    function isSwallowed(bytes: Buffer): boolean {
      if (!isReady) {
        isReady = bytes.subarray(-6).equals(READY_FOR_QUERY);
        isAsked = false;
        return false;
      }
      if (cutEvery === 0 || !isAsked) return false;
      isAsked = false;
      answers += 1;
      if (answers % cutEvery > 0) return false;
      swallowed += 1;
      return true;
    }

    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes: Buffer) => {
        if (from === far && isSwallowed(bytes)) reset([near, far]);
        else to.write(bytes);
        if (from === near) isAsked = true;
      });
      from.once('end', () => to.end());
      from.once('close', () => to.destroy());
    }
    if (stalled) far.pause();
  }

  async function listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(ownPort, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
    ownPort = (server.address() as AddressInfo).port;
  }

  function reset(which: Iterable<Socket> = sockets): void {
    for (const socket of which) socket.resetAndDestroy();
  }

  async function cut(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    reset();
    await closed;
  }

  await listen();
  return {
    through(url) {
      const own = new URL(url);
      own.hostname = '127.0.0.1';
      own.port = String(ownPort);
      return own.href;
    },
    cut,
    reset: () => reset(),
    cutAnswers(every) {
      cutEvery = every;
    },
    answersCut: () => swallowed,
    stall() {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    abandon() {
      for (const socket of sockets) {
        socket.pause();
        abandoned.add(socket);
      }
    },
    async restore() {
      stalled = false;
      if (!server.listening) await listen();
      for (const near of [...silent]) {
        silent.delete(near);
        join(near);
      }
      for (const socket of sockets) {
        if (!abandoned.has(socket)) socket.resume();
      }
    },
    connections: () => sockets.size,
    async stop() {
      if (server.listening) await cut();
      else reset();
    },
  };
}
