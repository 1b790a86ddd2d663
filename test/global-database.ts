import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import type { BinaryChoice } from '../packages/hub/src/platform/database/embedded/binaries.ts';
import { joinEmbedded } from '../packages/hub/src/platform/database/embedded/server.ts';
import { migrate } from '../packages/hub/src/platform/database/migrate.ts';
import { TEMPLATE } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The test server's database `tillweave`; nobody needs what is in it. */
    databaseUrl: string;
    /** Its PostgreSQL's major version. */
    serverMajor: number;
  }
}

const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '128MB',
};

/** One embedded PostgreSQL for all test files, with a migrated template; nothing of it survives. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'tillweave-test-'));
  try {
    const server = await joinEmbedded({ home, binaries: chosen(), durable: false, settings: SETTINGS });
    project.provide('serverMajor', await makeTemplate(server.urlOf('postgres'), server.urlOf(TEMPLATE)));
    project.provide('databaseUrl', server.url);
    return async () => {
      await server.leave();
      await rm(home, { recursive: true, force: true });
    };
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

/** `TEST_POSTGRES=system` runs every database test on the system's PostgreSQL, often an older one. */
function chosen(): BinaryChoice {
  return process.env['TEST_POSTGRES'] === 'system' ? 'system' : 'auto';
}

/** Answers the server's major version. */
async function makeTemplate(adminUrl: string, templateUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create database ${TEMPLATE}`);
    await migrate(templateUrl);
    // Nobody can connect any more, so nobody can be in the way of a copy.
    await client.query(`alter database ${TEMPLATE} is_template true allow_connections false`);
    const { rows } = await client.query<{ major: number }>(`select current_setting('server_version_num')::int / 10000 as major`);
    return rows[0]?.major ?? 0;
  } finally {
    await client.end();
  }
}
