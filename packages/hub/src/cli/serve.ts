import { once } from 'node:events';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { createApp } from '../http/app.ts';
import { createHealthApp } from '../http/health-app.ts';
import { setupNeeded, setupToken } from '../modules/organizations/create-owner.ts';
import { AppError } from '../platform/errors.ts';
import type { Services } from '../platform/services.ts';

/** What a stopping server still gives to requests under way. */
const DRAIN_MS = 5_000;

export interface Listening {
  readonly port: number;
  /** Where people reach it. */
  readonly url: string;
  /** Takes no new requests, finishes those under way, then ends what is left open. */
  close(): Promise<void>;
}

/**
 * Serves the API and the web.
 *
 * @throws AppError `unavailable` when the port is taken or may not be used.
 */
export async function listen(services: Services, stopping?: AbortSignal): Promise<Listening> {
  const { port, close } = await listenAt(
    createApp(services, stopping === undefined ? {} : { stopping }).fetch,
    services.config.port,
    'PORT',
  );
  return { port, url: publicUrl(services, port), close };
}

/**
 * Lets a worker answer for its health and metrics, and for nothing else, where it is configured to; null elsewhere.
 *
 * @throws AppError as `listen`.
 */
export async function listenForHealth(
  services: Services,
  stopping: AbortSignal,
): Promise<Pick<Listening, 'port' | 'close'> | null> {
  const { workPort } = services.config;
  return workPort === null ? null : listenAt(createHealthApp(services, { stopping }).fetch, workPort, 'TILLWEAVE_WORK_PORT');
}

async function listenAt(
  fetch: Parameters<typeof serve>[0]['fetch'],
  wanted: number,
  setting: string,
): Promise<Pick<Listening, 'port' | 'close'>> {
  const server = serve({ fetch, port: wanted }) as Server;
  try {
    await once(server, 'listening');
  } catch (error) {
    throw portError(error, wanted, setting);
  }
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : wanted;
  return { port, close: () => close(server) };
}

/** The address at which the first owner is made, while there is none. */
export async function setupUrl(services: Services, url: string): Promise<string | null> {
  return (await setupNeeded(services)) ? `${url}/setup?token=${setupToken(services)}` : null;
}

function publicUrl({ config }: Services, port: number): string {
  const { url } = config.publicUrls[0];
  // With port 0 the system chose one, which the configuration could not know.
  return config.port === 0 && url === 'http://localhost:0' ? `http://localhost:${port}` : url;
}

function portError(error: unknown, port: number, setting: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new AppError(
      'unavailable',
      `Port ${port} is in use, perhaps by another Tillweave. Stop that, or choose another with ${setting}.`,
      {
        details: { port },
        cause: error,
      },
    );
  if (code === 'EACCES')
    return new AppError(
      'unavailable',
      `Port ${port} needs more rights than this process has. Choose one above 1023 with ${setting}.`,
      {
        details: { port },
        cause: error,
      },
    );
  return error;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(timer);
}
