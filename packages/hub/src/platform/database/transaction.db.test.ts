import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../test/database.ts';
import { uuidv7 } from '../uuid.ts';
import { systemTransaction, tenantTransaction } from './transaction.ts';

describe('a tenant transaction', () => {
  let database: TestDatabase;
  const other = uuidv7();

  beforeAll(async () => {
    database = await testDatabase();
    await systemTransaction(database.db, async (trx) => {
      await trx
        .insertInto('organization')
        .values({ organization_id: other, name: 'Other', currency: 'USD', time_zone: 'America/New_York' })
        .execute();
      for (const organization_id of [database.organizationId, other]) {
        await trx
          .insertInto('store')
          .values({ organization_id, id: uuidv7(), name: `Store of ${organization_id}`, time_zone: null })
          .execute();
      }
    });
  });

  const storesSeen = (organizationId: string) =>
    tenantTransaction(database.db, organizationId, (trx) => trx.selectFrom('store').select('organization_id').execute());

  test('sees its own rows and no others, without asking for it', async () => {
    expect(await storesSeen(database.organizationId)).toEqual([{ organization_id: database.organizationId }]);
    expect(await storesSeen(other)).toEqual([{ organization_id: other }]);
    expect(await storesSeen(uuidv7())).toEqual([]);
  });

  test('cannot write a row of another tenant', async () => {
    const writing = tenantTransaction(database.db, database.organizationId, (trx) =>
      trx.insertInto('store').values({ organization_id: other, id: uuidv7(), name: 'Stolen', time_zone: null }).execute(),
    );
    await expect(writing).rejects.toMatchObject({ code: '42501' });
  });

  test('cannot move its row to another tenant, change or delete theirs', async () => {
    const moving = tenantTransaction(database.db, database.organizationId, (trx) =>
      trx.updateTable('store').set({ organization_id: other }).execute(),
    );
    await expect(moving).rejects.toMatchObject({ code: '42501' });
    const changed = await tenantTransaction(database.db, database.organizationId, async (trx) => [
      await trx.updateTable('store').set({ name: 'Taken' }).where('organization_id', '=', other).executeTakeFirst(),
      await trx.deleteFrom('store').where('organization_id', '=', other).executeTakeFirst(),
    ]);
    expect(changed).toMatchObject([{ numUpdatedRows: 0n }, { numDeletedRows: 0n }]);
    expect(await storesSeen(other)).toHaveLength(1);
  });

  test('a forgotten organization is an error, not an empty answer', async () => {
    const forgetting = database.db.transaction().execute(async (trx) => {
      await sql`set local role app_user`.execute(trx);
      return trx.selectFrom('store').selectAll().execute();
    });
    await expect(forgetting).rejects.toMatchObject({ code: 'TW001' });
  });

  test('on a connection that served a tenant before, forgetting is still an error', async () => {
    await database.db.connection().execute(async (connection) => {
      await tenantTransaction(connection, database.organizationId, (trx) => trx.selectFrom('store').selectAll().execute());
      const forgetting = connection.transaction().execute(async (trx) => {
        await sql`set local role app_user`.execute(trx);
        return trx.selectFrom('store').selectAll().execute();
      });
      await expect(forgetting).rejects.toMatchObject({ code: 'TW001' });
    });
  });

  test('a half-written organization id is an error', async () => {
    await expect(storesSeen('not-a-uuid')).rejects.toMatchObject({ code: '22P02' });
  });

  test('leaves neither role nor organization behind on its connection', async () => {
    await database.db.connection().execute(async (connection) => {
      await tenantTransaction(connection, database.organizationId, async () => undefined);
      const { rows } = await sql<{ role: string; organization: string }>`
        select current_user as role, current_setting('app.organization_id', true) as organization`.execute(connection);
      expect(rows).toEqual([{ role: 'tillweave', organization: '' }]);
    });
  });

  test('is rolled back whole when it throws, and the error passes through', async () => {
    const failure = new Error('no');
    const failing = tenantTransaction(database.db, database.organizationId, async (trx) => {
      await trx
        .insertInto('store')
        .values({ organization_id: database.organizationId, id: uuidv7(), name: 'Gone', time_zone: null })
        .execute();
      throw failure;
    });
    await expect(failing).rejects.toBe(failure);
    expect(await storesSeen(database.organizationId)).toHaveLength(1);
  });

  test('work across tenants sees all of them', async () => {
    const stores = await systemTransaction(database.db, (trx) => trx.selectFrom('store').select('organization_id').execute());
    expect(stores).toHaveLength(2);
  });

  test('whose connection the server ends between two statements fails, and takes nothing else with it', async () => {
    const { db, pool, organizationId } = database;
    const cut = tenantTransaction(db, organizationId, async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await pool.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
      // The news arrives while nothing is asked: an error nobody waits for would end the process.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      await trx.selectFrom('store').select('id').execute();
    });
    await expect(cut).rejects.toThrow();
    expect(await storesSeen(organizationId)).toHaveLength(1);
  });
});
