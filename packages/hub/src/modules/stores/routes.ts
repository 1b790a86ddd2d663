import { z } from '@hono/zod-openapi';
import { Temporal } from 'temporal-polyfill';
import { protectedRoute, type Route } from '../../http/route.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { changeCalendar } from './change-calendar.ts';
import { markClosed, unmarkClosed } from './closed-days.ts';
import { createDepartment, createStore, updateDepartment, updateStore } from './edit-stores.ts';
import { listDepartments, listMappings, listShops, listStores } from './queries.ts';
import { day } from './schema-parts.ts';
import {
  calendarAnswer,
  calendarBody,
  closedDayBody,
  department,
  departmentBody,
  departmentList,
  mappingList,
  mappingsBody,
  shopKey,
  shopList,
  store,
  storeBody,
  storeList,
} from './schemas.ts';
import { setMappings } from './set-mappings.ts';

const tag = 'Stores';
const byId = z.object({ id: z.uuid() });
const closedDay = shopKey.extend({ day });

export const storeRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/stores',
      permission: 'stores:read',
      tag,
      summary: 'Stores and their departments',
      response: storeList,
    },
    ({ organizationId, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({ stores: await listStores(trx, organizationId) })),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/stores',
      permission: 'stores:write',
      tag,
      summary: 'Make a store with a department of its name',
      body: storeBody,
      response: store,
      status: 201,
    },
    ({ organizationId, body, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => createStore(trx, organizationId, body)),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/stores/{id}',
      permission: 'stores:write',
      tag,
      summary: 'Change a store',
      params: byId,
      body: storeBody,
      response: store,
      errors: ['not_found'],
    },
    ({ organizationId, params, body, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => updateStore(trx, organizationId, params.id, body)),
  ),
  protectedRoute(
    { method: 'get', path: '/departments', permission: 'stores:read', tag, summary: 'Departments', response: departmentList },
    ({ organizationId, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({
        departments: await listDepartments(trx, organizationId),
      })),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/departments',
      permission: 'stores:write',
      tag,
      summary: 'Make a department of a store',
      body: departmentBody,
      response: department,
      status: 201,
      errors: ['not_found'],
    },
    ({ organizationId, body, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => createDepartment(trx, organizationId, body)),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/departments/{id}',
      permission: 'stores:write',
      tag,
      summary: 'Rename a department or move it to another store',
      params: byId,
      body: departmentBody,
      response: department,
      errors: ['not_found'],
    },
    ({ organizationId, params, body, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => updateDepartment(trx, organizationId, params.id, body)),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/shops',
      permission: 'stores:read',
      tag,
      summary: 'The POS’s shops with registers, calendar and mappings',
      response: shopList,
    },
    ({ organizationId, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({
        shops: await listShops(trx, organizationId, today(services.clock.now())),
      })),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/shops/{posAccountId}/{shopId}/calendar',
      permission: 'stores:write',
      tag,
      summary: 'Set a shop’s time zone and day start from a business day on',
      description:
        'Later calendar rows stay. Sales of that day and later are put into the business day and hour they then belong to, and the ' +
        'facts are summed anew, before this answers.',
      params: shopKey,
      body: calendarBody,
      response: calendarAnswer,
      errors: ['not_found'],
    },
    ({ organizationId, params, body, services }) => changeCalendar(services, { organizationId, ...params, ...body }),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/shops/{posAccountId}/{shopId}/closed-days/{day}',
      permission: 'stores:write',
      tag,
      summary: 'Mark a shop’s business day as closed',
      params: closedDay,
      body: closedDayBody,
      errors: ['not_found'],
    },
    ({ organizationId, params, body, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => markClosed(trx, organizationId, params, body.reason)),
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/shops/{posAccountId}/{shopId}/closed-days/{day}',
      permission: 'stores:write',
      tag,
      summary: 'Take the mark off',
      params: closedDay,
    },
    ({ organizationId, params, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => unmarkClosed(trx, organizationId, params)),
  ),
  protectedRoute(
    { method: 'get', path: '/mappings', permission: 'stores:read', tag, summary: 'Dated mappings', response: mappingList },
    ({ organizationId, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({ mappings: await listMappings(trx, organizationId) })),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/mappings',
      permission: 'stores:write',
      tag,
      summary: 'Replace the mappings of some shops',
      description: 'Half-open in business days; a register’s mapping beats its shop’s; two of the same source may not overlap.',
      body: mappingsBody,
      response: mappingList,
      errors: ['mapping_overlap', 'not_found'],
    },
    ({ organizationId, body, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({
        mappings: await setMappings(trx, organizationId, body),
      })),
  ),
];

/** Any zone's date will do: it decides only whether a shop shows as mapped now. */
function today(now: number): string {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate().toString();
}
