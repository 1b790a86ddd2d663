import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { joinEmbedded } from '../packages/hub/src/platform/database/embedded/server.ts';
import { migrate } from '../packages/hub/src/platform/database/migrate.ts';
import { TEMPLATE } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The test server's database `tillweave`; nobody needs what is in it. */
    databaseUrl: string;
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
    const server = await joinEmbedded({ home, durable: false, settings: SETTINGS });
    await makeTemplate(server.urlOf('postgres'), server.urlOf(TEMPLATE));
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

async function makeTemplate(adminUrl: string, templateUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create database ${TEMPLATE}`);
    await migrate(templateUrl);
    // Nobody can connect any more, so nobody can be in the way of a copy.
    await client.query(`alter database ${TEMPLATE} is_template true allow_connections false`);
  } finally {
    await client.end();
  }
}
