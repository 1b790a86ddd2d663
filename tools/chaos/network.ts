import { createServer, connect, type Server, type Socket } from 'node:net';

/** A wire between two ends of this machine that can be cut. */
export interface Wire {
  /** Where it begins: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Where it leads from now on. Connections that exist stay. */
  lead(port: number): void;
  /** Resets every connection, in the middle of whatever it carries, and refuses new ones for a while. @returns how many it broke. */
  cut(milliseconds: number): number;
  close(): Promise<void>;
}

/** Opens a wire to a port of this machine; 0 leads nowhere yet. */
export async function openWire(port = 0): Promise<Wire> {
  let target = port;
  let cutUntil = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    if (target === 0 || performance.now() < cutUntil) {
      socket.on('error', () => undefined);
      socket.resetAndDestroy();
      return;
    }
    join(socket, connect({ host: '127.0.0.1', port: target }), sockets);
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  return {
    url,
    lead(next) {
      target = next;
    },
    cut(milliseconds) {
      cutUntil = performance.now() + milliseconds;
      const broken = sockets.size / 2;
      for (const socket of sockets) socket.resetAndDestroy();
      return broken;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** What comes in at one end goes out at the other, until either breaks. */
function join(one: Socket, other: Socket, sockets: Set<Socket>): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    sockets.add(from);
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
