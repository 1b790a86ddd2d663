import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { Department, Store } from './schemas.ts';
import { listDepartments, listStores } from './queries.ts';
import { requireTimeZone } from './time-zone.ts';

/** Makes a store with its first department of the same name: every store starts with one. */
export async function createStore(
  trx: Transaction<Database>,
  organizationId: string,
  { name, timeZone }: { name: string; timeZone: string | null },
): Promise<Store> {
  const id = uuidv7();
  await trx
    .insertInto('store')
    .values({ organization_id: organizationId, id, name, time_zone: timeZone === null ? null : requireTimeZone(timeZone) })
    .execute();
  await createDepartment(trx, organizationId, { name, storeId: id });
  return readStore(trx, organizationId, id);
}

/** @throws AppError `not_found`. */
export async function updateStore(
  trx: Transaction<Database>,
  organizationId: string,
  id: string,
  { name, timeZone }: { name: string; timeZone: string | null },
): Promise<Store> {
  await trx
    .updateTable('store')
    .set({ name, time_zone: timeZone === null ? null : requireTimeZone(timeZone) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute();
  return readStore(trx, organizationId, id);
}

/** @throws AppError `not_found` when the store does not exist. */
export async function createDepartment(
  trx: Transaction<Database>,
  organizationId: string,
  { name, storeId }: { name: string; storeId: string },
): Promise<Department> {
  await readStore(trx, organizationId, storeId);
  const id = uuidv7();
  await trx.insertInto('department').values({ organization_id: organizationId, id, store_id: storeId, name }).execute();
  return readDepartment(trx, organizationId, id);
}

/** Renames a department or moves it to another store; its history moves with it. @throws AppError `not_found`. */
export async function updateDepartment(
  trx: Transaction<Database>,
  organizationId: string,
  id: string,
  { name, storeId }: { name: string; storeId: string },
): Promise<Department> {
  await readStore(trx, organizationId, storeId);
  await trx
    .updateTable('department')
    .set({ name, store_id: storeId })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute();
  return readDepartment(trx, organizationId, id);
}

async function readStore(trx: Transaction<Database>, organizationId: string, id: string): Promise<Store> {
  const store = (await listStores(trx, organizationId)).find((one) => one.id === id);
  if (store === undefined) throw new AppError('not_found', 'That store does not exist.', { details: { storeId: id } });
  return store;
}

async function readDepartment(trx: Transaction<Database>, organizationId: string, id: string): Promise<Department> {
  const department = (await listDepartments(trx, organizationId)).find((one) => one.id === id);
  if (department === undefined) {
    throw new AppError('not_found', 'That department does not exist.', { details: { departmentId: id } });
  }
  return department;
}
