import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface Proxy {
  /** For HTTPS_PROXY. */
  readonly url: string;
  /** How many requests of each host went through. */
  readonly hosts: ReadonlyMap<string, number>;
  close(): void;
}

/**
 * A forward proxy that sends every request, whatever host it names, to the emulator: so a client with the vendor's hosts written into it
 * runs unmodified. It takes both ways in which clients speak to proxies: a full URL in the request line, and a CONNECT tunnel, whose TLS
 * it ends itself with the given certificate.
 *
 * @param emulator Origin of the emulator, e.g. `http://127.0.0.1:4010`.
 */
export async function startProxy(emulator: string, certificate: { readonly key: string; readonly cert: string }): Promise<Proxy> {
  const hosts = new Map<string, number>();
  const forward = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const target = new URL(incoming.url ?? '/', `https://${incoming.headers.host ?? 'unknown'}`);
    hosts.set(target.host, (hosts.get(target.host) ?? 0) + 1);
    const headers = {
      ...incoming.headers,
      'x-forwarded-host': target.host,
      'x-forwarded-proto': 'https',
      host: new URL(emulator).host,
    };
    const inner = request(
      new URL(target.pathname + target.search, emulator),
      { method: incoming.method ?? 'GET', headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    inner.on('error', (error) => outgoing.destroy(error));
    incoming.pipe(inner);
  };
  const tls = createTlsServer(certificate, forward);
  await listening(tls);
  const plain = createServer(forward);
  const sockets = new Set<Socket>();
  plain.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  plain.on('connect', (_incoming, client: Socket, head: Buffer) => {
    const inner = connect((tls.address() as AddressInfo).port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      inner.write(head);
      client.pipe(inner).pipe(client);
    });
    inner.on('error', () => client.destroy());
    client.on('error', () => inner.destroy());
  });
  await listening(plain);
  return {
    url: `http://127.0.0.1:${(plain.address() as AddressInfo).port}`,
    hosts,
    close: () => {
      plain.close();
      tls.close();
      tls.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function listening(server: { listen(port: number, host: string, done: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
}
