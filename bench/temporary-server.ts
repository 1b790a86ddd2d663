import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { joinEmbedded } from '../packages/hub/src/platform/database/embedded/server.ts';
import { migrate } from '../packages/hub/src/platform/database/migrate.ts';
import { createPool } from '../packages/hub/src/platform/database/pool.ts';
import type { Database } from '../packages/hub/src/platform/database/schema.ts';
import { systemTransaction, tenantTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import { uuidv7 } from '../packages/hub/src/platform/uuid.ts';

/** A PostgreSQL of its own with the usual durability (fsync and synchronous commit on), and a migrated database on it. */
export interface TemporaryServer {
  readonly url: string;
  readonly organizationId: string;
  /** One connection to it through the hub's own layer. */
  readonly open: (connections: number) => { readonly db: Kysely<Database>; readonly close: () => Promise<void> };
  /** One plain connection. */
  connect(): Promise<pg.Client>;
  /** A new POS account of a series (R without) to fill. */
  addAccount(series?: 'r' | 'x'): Promise<string>;
  /** Stops it and leaves nothing behind. */
  stop(): Promise<void>;
}

/** Starts the embedded PostgreSQL in its own process and a temporary folder, as the product would. */
export async function startServer(): Promise<TemporaryServer> {
  const home = await mkdtemp(join(tmpdir(), 'tillweave-bench-'));
  const server = await joinEmbedded({ home });
  await migrate(server.url);
  const organizationId = uuidv7();
  const open: TemporaryServer['open'] = (connections) => {
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPool(server.url, connections) }) });
    return { db, close: () => db.destroy() };
  };
  const { db, close } = open(1);
  await systemTransaction(db, async (trx) => {
    await trx
      .insertInto('organization')
      .values({ organization_id: organizationId, name: 'Bench', currency: 'DKK', time_zone: 'Europe/Copenhagen' })
      .execute();
  });
  return {
    url: server.url,
    organizationId,
    open,
    async connect() {
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      return client;
    },
    async addAccount(series = 'r') {
      const id = uuidv7();
      await tenantTransaction(db, organizationId, async (trx) => {
        await trx
          .insertInto('pos_account')
          .values({
            organization_id: organizationId,
            id,
            provider: `lightspeed-${series}`,
            external_id: id,
            name: 'Bench',
            currency: 'DKK',
          })
          .execute();
      });
      return id;
    },
    async stop() {
      await close();
      await server.leave();
      await rm(home, { recursive: true, force: true });
    },
  };
}
