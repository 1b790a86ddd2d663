import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, joinEmbedded } from '../../packages/hub/src/platform/database/embedded/server.ts';

/** A PostgreSQL of our own that can be killed and started again under everybody who uses it. */
export interface FragileDatabase {
  /** Stays the same over restarts, as a server's address does. */
  readonly url: string;
  /** Kills the server without warning and starts it again on the same data. */
  restart(): Promise<void>;
  /** Stops it and leaves nothing behind. */
  stop(): Promise<void>;
}

/**
 * Commits are durable against a killed server, which is what happens here; not against a machine that loses power, which does not:
 * `fsync` is off and saves the disk's time.
 */
const SETTINGS = { fsync: 'off', max_connections: '250', shared_buffers: '128MB' };

/** Starts the embedded PostgreSQL in a temporary folder, as the product would. */
export async function startDatabase(): Promise<FragileDatabase> {
  const home = await mkdtemp(join(tmpdir(), 'tillweave-chaos-'));
  // Each start gets a socket folder of its own; the address leads through a link that follows.
  const address = join(await mkdtemp(join(tmpdir(), 'tw-')), 's');
  const memberships: EmbeddedServer[] = [];
  const start = async (): Promise<EmbeddedServer> => {
    const server = await joinEmbedded({ home, durable: false, settings: SETTINGS });
    memberships.push(server);
    await rm(address, { force: true });
    await symlink(socketFolderOf(server.url), address);
    return server;
  };
  const first = await start();
  const url = new URL(first.url);
  url.searchParams.set('host', address);
  return {
    url: url.href,
    async restart() {
      process.kill(await serverProcess(home), 'SIGKILL');
      await start();
    },
    async stop() {
      for (const membership of memberships.toReversed()) await membership.leave();
      await rm(home, { recursive: true, force: true });
      await rm(join(address, '..'), { recursive: true, force: true });
    },
  };
}

function socketFolderOf(url: string): string {
  return new URL(url).searchParams.get('host') ?? '';
}

async function serverProcess(home: string): Promise<number> {
  const [pid] = (await readFile(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n');
  return Number(pid);
}
