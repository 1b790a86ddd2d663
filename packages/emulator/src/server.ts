import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Emulator } from './emulator.ts';
import { ConnectionCut } from './faults/broken-body.ts';
import { wholeBody } from './http-body.ts';

/** An emulator that listens. */
export interface EmulatorServer {
  /** Origin, `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/** How often webhooks are looked for, in real time. */
const webhookEveryMs = 250;

/** Serves an emulator over HTTP, and sends its webhooks. Port 0 takes a free one. Rejects when the port is taken. */
export async function serveEmulator(
  emulator: Pick<Emulator, 'handle'> & Partial<Pick<Emulator, 'control' | 'warmUp'>>,
  options: { readonly port?: number; readonly host?: string } = {},
): Promise<EmulatorServer> {
  const { port = 0, host = '127.0.0.1' } = options;
  const listener = getRequestListener(
    async (request, env) => {
      try {
        await send(await emulator.handle(request), env.outgoing as ServerResponse);
      } catch (error) {
        if (!(error instanceof ConnectionCut)) throw error;
        cut(env.incoming as IncomingMessage);
      }
      return RESPONSE_ALREADY_SENT;
    },
    { overrideGlobalObjects: false },
  );
  const server = createServer((incoming, outgoing) => {
    listener(incoming, outgoing).catch(() => outgoing.destroy());
  });
  emulator.warmUp?.();
  await listen(server, port, host);
  const xSeries = emulator.control?.xSeries;
  const postman = setInterval(() => {
    void xSeries?.deliver();
  }, webhookEveryMs);
  postman.unref();
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    close: () =>
      new Promise((resolve) => {
        clearInterval(postman);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Rejects with what the body's stream fails with, after having sent what came before. */
async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  const headers: Record<string, string | string[]> = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  const whole = response.body === null ? '' : wholeBody(response);
  if (whole !== undefined) {
    if (response.body !== null) headers['content-length'] = String(whole.length);
    outgoing.writeHead(response.status, headers);
    if (typeof whole === 'string') outgoing.end(whole, 'latin1');
    else outgoing.end(whole);
    return;
  }
  outgoing.writeHead(response.status, headers);
  for await (const chunk of response.body ?? []) {
    if (outgoing.destroyed) return;
    outgoing.write(chunk);
  }
  outgoing.end();
}

function cut(incoming: IncomingMessage): void {
  incoming.socket.destroy();
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
