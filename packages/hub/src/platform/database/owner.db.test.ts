import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, inject, test } from 'vitest';
import { ownedDatabase } from '../../../../../test/database.ts';
import { backup } from '../backup/backup.ts';
import { restore } from '../backup/restore.ts';
import { createJobs } from '../jobs.ts';
import { createLogger } from '../logging.ts';
import { createMetrics } from '../metrics.ts';
import { uuidv7 } from '../uuid.ts';
import { openDatabase } from './open.ts';
import { systemTransaction, tenantTransaction } from './transaction.ts';

const open = (databaseUrl: string) => openDatabase({ databaseUrl, home: '/nonexistent' });

test('an owner who is no superuser can migrate, work as tenants, enqueue, back up and restore; without a role they see nothing', async () => {
  const url = await ownedDatabase();
  const database = await open(url);
  const organizationId = uuidv7();
  await systemTransaction(database.db, async (trx) => {
    await trx
      .insertInto('organization')
      .values({ organization_id: organizationId, name: 'A', currency: 'DKK', time_zone: 'UTC' })
      .execute();
  });
  const jobs = createJobs({ db: database.db, url, log: createLogger({ logLevel: 'silent' }), metrics: createMetrics() });
  await tenantTransaction(database.db, organizationId, async (trx) => {
    await trx.insertInto('store').values({ organization_id: organizationId, id: uuidv7(), name: 'S', time_zone: null }).execute();
    await jobs.enqueue(trx, 'sync', { organizationId }, { singletonKey: 'a' });
    await jobs.enqueue(trx, 'sync', { organizationId }, { singletonKey: 'a' });
  });
  expect(await jobs.backlog()).toMatchObject([{ queue: 'sync', waiting: 1 }]);
  await jobs.stop();
  const { rows } = await sql`select * from store`.execute(database.db);
  // Before 16 a member always has its roles' rights, also those of the one for work across tenants.
  expect(rows).toHaveLength(inject('serverMajor') >= 16 ? 0 : 1);
  await database.close();

  const folder = await mkdtemp(join(tmpdir(), 'tillweave-owner-'));
  try {
    const path = join(folder, 'all.backup');
    await backup(url, path, { release: '0.1.0', now: new Date() });
    const other = await ownedDatabase();
    await restore(other, path);
    const restored = await open(other);
    const stores = await tenantTransaction(restored.db, organizationId, (trx) =>
      trx.selectFrom('store').select('name').execute(),
    );
    expect(stores).toEqual([{ name: 'S' }]);
    await restored.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
