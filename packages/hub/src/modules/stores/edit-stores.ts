import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { type AuditValues, recordAudit, SYSTEM_ACTOR } from '../audit/record-audit.ts';
import type { Department, Store } from './schemas.ts';
import type { ChangedBy } from './set-mappings.ts';
import { listDepartments, listStores } from './queries.ts';
import { requireTimeZone } from './time-zone.ts';

/** Makes a store with its first department of the same name: every store starts with one. */
export async function createStore(
  trx: Transaction<Database>,
  organizationId: string,
  { name, timeZone }: { name: string; timeZone: string | null },
  by: ChangedBy = ourselves(),
): Promise<Store> {
  const id = uuidv7();
  await trx
    .insertInto('store')
    .values({ organization_id: organizationId, id, name, time_zone: timeZone === null ? null : requireTimeZone(timeZone) })
    .execute();
  await createDepartment(trx, organizationId, { name, storeId: id }, by);
  await tell(trx, organizationId, by, ['store', 'created'], { id, name }, null, { name, timeZone });
  return readStore(trx, organizationId, id);
}

/** @throws AppError `not_found`. */
export async function updateStore(
  trx: Transaction<Database>,
  organizationId: string,
  id: string,
  { name, timeZone }: { name: string; timeZone: string | null },
  by: ChangedBy = ourselves(),
): Promise<Store> {
  const before = await readStore(trx, organizationId, id);
  await trx
    .updateTable('store')
    .set({ name, time_zone: timeZone === null ? null : requireTimeZone(timeZone) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute();
  const was = { name: before.name, timeZone: before.timeZone };
  await tell(trx, organizationId, by, ['store', 'changed'], { id, name }, was, { name, timeZone });
  return readStore(trx, organizationId, id);
}

/** @throws AppError `not_found` when the store does not exist. */
export async function createDepartment(
  trx: Transaction<Database>,
  organizationId: string,
  { name, storeId }: { name: string; storeId: string },
  by: ChangedBy = ourselves(),
): Promise<Department> {
  await readStore(trx, organizationId, storeId);
  const id = uuidv7();
  await trx.insertInto('department').values({ organization_id: organizationId, id, store_id: storeId, name }).execute();
  await tell(trx, organizationId, by, ['department', 'created'], { id, name }, null, { name, storeId });
  return readDepartment(trx, organizationId, id);
}

/** Renames a department or moves it to another store; its history moves with it. @throws AppError `not_found`. */
export async function updateDepartment(
  trx: Transaction<Database>,
  organizationId: string,
  id: string,
  { name, storeId }: { name: string; storeId: string },
  by: ChangedBy = ourselves(),
): Promise<Department> {
  await readStore(trx, organizationId, storeId);
  const before = await readDepartment(trx, organizationId, id);
  await trx
    .updateTable('department')
    .set({ name, store_id: storeId })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute();
  const was = { name: before.name, storeId: before.storeId };
  await tell(trx, organizationId, by, ['department', 'changed'], { id, name }, was, { name, storeId });
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

function ourselves(): ChangedBy {
  return { actor: SYSTEM_ACTOR, at: new Date() };
}

async function tell(
  trx: Transaction<Database>,
  organizationId: string,
  by: ChangedBy,
  [kind, verb]: readonly [kind: string, verb: string],
  { id, name }: { readonly id: string; readonly name: string },
  before: AuditValues | null,
  after: AuditValues,
): Promise<void> {
  await recordAudit(trx, { organizationId, ...by, action: `${kind}.${verb}`, subject: { kind, id, name }, before, after });
}
