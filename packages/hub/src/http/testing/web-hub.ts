import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { createEmulator, type Emulator, type EmulatorOptions, serveEmulator } from '@tillweave/emulator';
import { instantOf } from '@tillweave/lightspeed';
import { afterAll } from 'vitest';
import { type TestServices, testServices } from '../../../../../test/services.ts';
import { systemClock } from '../../platform/clock.ts';
import { createApp } from '../app.ts';

/** A whole hub and its till, both over real HTTP. */
export interface WebHub {
  readonly url: string;
  readonly services: TestServices;
  readonly emulator: Emulator;
  /** Ends the server, as when it crashes: what is open is cut. */
  stop(): Promise<void>;
  /** Listens again at the same address. */
  start(): Promise<void>;
}

const HOST = '127.0.0.1';

/**
 * Serves the built web and the API over a database of their own, going by the till's clock; closed when the file's tests end.
 *
 * @param settings.instanceClient Whether the installation has an OAuth client for everybody, as v2 uses it.
 */
export async function webHub(
  webFolder: string,
  options: EmulatorOptions,
  { instanceClient = false }: { readonly instanceClient?: boolean } = {},
): Promise<WebHub> {
  const emulator = createEmulator(options);
  const pos = await serveEmulator(emulator);
  let app: ReturnType<typeof createApp> | null = null;
  let server = listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://${HOST}:${port}`;
  const { clientId, clientSecret } = emulator.credentials.rSeries;
  const services = await testServices({
    fetch: (request, init) => fetch(request, init),
    clock: { ...systemClock, now: () => instantOf(emulator.control.clock.now()) },
    config: {
      rBaseUrl: pos.url,
      rAuthUrl: pos.url,
      xBaseUrl: pos.url,
      publicUrls: [{ name: 'default', url }],
      port,
      ...(instanceClient ? { rClientId: clientId, rClientSecret: clientSecret } : {}),
    },
  });
  app = createApp(services, { webFolder });

  function listen(at: number): Server {
    return serve({
      hostname: HOST,
      port: at,
      fetch: (request, env) => (app === null ? new Response(null, { status: 503 }) : app.fetch(request, env)),
    }) as Server;
  }
  async function stop(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
  async function start(): Promise<void> {
    server = listen(port);
    await once(server, 'listening');
  }
  afterAll(async () => {
    await stop();
    await pos.close();
  });
  return { url, services, emulator, stop, start };
}
