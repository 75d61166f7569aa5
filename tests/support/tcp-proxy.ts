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
  /** Ends `cut` and `stall`: what stalled flows on. */
  restore(): Promise<void>;
  /** Connections that stand. */
  connections(): number;
  stop(): Promise<void>;
};

/** Starts a proxy on a free port of the loopback interface, in front of the server that the address names. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const silent = new Set<Socket>();
  const abandoned = new Set<Socket>();
  let stalled = false;
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
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => void to.write(bytes));
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

  function reset(): void {
    for (const socket of sockets) socket.resetAndDestroy();
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
    reset,
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
