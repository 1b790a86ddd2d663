import { z } from '@hono/zod-openapi';
import { protectedRoute, type Route } from '../../http/route.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { changeCalendar, handBackZone } from './change-calendar.ts';
import { changedBy, today } from './changed-by.ts';
import { listClosedDays, markClosed, unmarkClosed } from './closed-days.ts';
import { createDepartment, createStore, updateDepartment, updateStore } from './edit-stores.ts';
import { mappingRoutes } from './mapping-routes.ts';
import { openingHoursBody, openingHoursList, readOpeningHours, requireShop, setOpeningHours } from './opening-hours.ts';
import { readPosNumbers } from './pos-numbers.ts';
import { listDepartments, listShops, listStores } from './queries.ts';
import { day } from './schema-parts.ts';
import {
  calendarAnswer,
  calendarBody,
  closedDayBody,
  closedDayList,
  closedDaysQuery,
  department,
  departmentBody,
  departmentList,
  handBackBody,
  shopKey,
  shopList,
  store,
  storeBody,
  storeList,
} from './schemas.ts';
import { departmentsWithin, shopsWithin, storesWithin } from './scope.ts';

const tag = 'Stores';
const byId = z.object({ id: z.uuid() });
const closedDay = shopKey.extend({ day });

export const storeRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/stores',
      permission: 'stores:read',
      scope: 'department',
      tag,
      summary: 'Stores and their departments',
      response: storeList,
    },
    ({ organizationId, access, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({
        stores: storesWithin(await listStores(trx, organizationId), access.departmentIds),
      })),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/stores',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Make a store with a department of its name',
      body: storeBody,
      response: store,
      status: 201,
    },
    ({ organizationId, body, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        createStore(trx, organizationId, body, changedBy(access, services)),
      ),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/stores/{id}',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Change a store',
      params: byId,
      body: storeBody,
      response: store,
      errors: ['not_found'],
    },
    ({ organizationId, params, body, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        updateStore(trx, organizationId, params.id, body, changedBy(access, services)),
      ),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/departments',
      permission: 'stores:read',
      scope: 'department',
      tag,
      summary: 'Departments',
      response: departmentList,
    },
    ({ organizationId, access, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => {
        const numbersOf = await readPosNumbers(trx, organizationId, today(services));
        const departments = departmentsWithin(await listDepartments(trx, organizationId), access.departmentIds);
        return {
          departments: departments.map((one) => {
            const { posClientNumber, posTerminalNumbers } = numbersOf(one.id);
            return { ...one, posClientNumber, posTerminalNumbers: [...posTerminalNumbers] };
          }),
        };
      }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/departments',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Make a department of a store',
      body: departmentBody,
      response: department,
      status: 201,
      errors: ['not_found'],
    },
    ({ organizationId, body, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        createDepartment(trx, organizationId, body, changedBy(access, services)),
      ),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/departments/{id}',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Rename a department or move it to another store',
      params: byId,
      body: departmentBody,
      response: department,
      errors: ['not_found'],
    },
    ({ organizationId, params, body, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        updateDepartment(trx, organizationId, params.id, body, changedBy(access, services)),
      ),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/shops',
      permission: 'stores:read',
      scope: 'department',
      tag,
      summary: 'The POS’s shops with registers, calendar and mappings',
      response: shopList,
    },
    ({ organizationId, access, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({
        shops: shopsWithin(await listShops(trx, organizationId, today(services)), access.departmentIds),
      })),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/shops/{posAccountId}/{shopId}/calendar',
      permission: 'stores:write',
      scope: 'organization',
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
    ({ organizationId, params, body, access, services }) =>
      changeCalendar(services, { organizationId, ...params, ...body, by: changedBy(access, services) }),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/shops/{posAccountId}/{shopId}/closed-days/{day}',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Mark a shop’s business day as closed',
      params: closedDay,
      body: closedDayBody,
      errors: ['not_found'],
    },
    ({ organizationId, params, body, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        markClosed(trx, organizationId, params, body.reason, changedBy(access, services)),
      ),
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/shops/{posAccountId}/{shopId}/closed-days/{day}',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Take the mark off',
      params: closedDay,
    },
    ({ organizationId, params, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        unmarkClosed(trx, organizationId, params, changedBy(access, services)),
      ),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/shops/{posAccountId}/{shopId}/calendar/hand-back',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Give a zone that somebody chose back to the till',
      params: shopKey,
      body: handBackBody,
      response: calendarAnswer,
      errors: ['not_found'],
    },
    ({ organizationId, params, body, access, services }) =>
      handBackZone(services, { organizationId, ...params, ...body, by: changedBy(access, services) }),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/shops/{posAccountId}/{shopId}/closed-days',
      permission: 'stores:read',
      scope: 'organization',
      tag,
      summary: 'Days marked as closed',
      params: shopKey,
      query: closedDaysQuery,
      response: closedDayList,
      errors: ['not_found'],
    },
    ({ organizationId, params, query, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => {
        await requireShop(trx, organizationId, params);
        return { items: await listClosedDays(trx, organizationId, params, query) };
      }),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/shops/{posAccountId}/{shopId}/opening-hours',
      permission: 'stores:read',
      scope: 'organization',
      tag,
      summary: 'When a shop is open; empty when nothing is stated',
      params: shopKey,
      response: openingHoursList,
      errors: ['not_found'],
    },
    ({ organizationId, params, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => {
        await requireShop(trx, organizationId, params);
        return { items: await readOpeningHours(trx, organizationId, params) };
      }),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/shops/{posAccountId}/{shopId}/opening-hours',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'State when a shop is open',
      description: 'A complete day without a sale whose weekday is left out is closed, and not a zero.',
      params: shopKey,
      body: openingHoursBody,
      response: openingHoursList,
      errors: ['not_found'],
    },
    ({ organizationId, params, body, access, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({
        items: await setOpeningHours(trx, organizationId, params, body, changedBy(access, services)),
      })),
  ),
  ...mappingRoutes,
];
