import { z } from '@hono/zod-openapi';
import { protectedRoute, type Route } from '../../../http/route.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import type { Access } from '../../organizations/access.ts';
import { day } from '../../stores/schema-parts.ts';
import { readDayLog } from './day-log.ts';
import { listChanges, type Reader } from './list-changes.ts';
import { changeList, changesQuery, dayLog, dayLogQuery } from './schemas.ts';

const tag = 'Turnover';

export const changeRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/changes',
      permission: 'turnover:read',
      scope: 'department',
      tag,
      summary: 'What changed in figures that had been shown, and why; newest first',
      query: changesQuery,
      response: changeList,
    },
    ({ organizationId, query, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => listChanges(trx, organizationId, query, readerOf(access))),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/days/{day}/log',
      permission: 'turnover:read',
      scope: 'department',
      tag,
      summary: 'The day’s log: every import and change of a setting, with the turnover after it',
      params: z.object({ day }),
      query: dayLogQuery,
      response: dayLog,
      errors: ['not_found'],
    },
    ({ organizationId, params, query, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        readDayLog(trx, organizationId, { ...params, ...query }, readerOf(access), services.clock.now()),
      ),
  ),
];

function readerOf({ departmentIds, permissions }: Access): Reader {
  return { departmentIds, mayReadReceipts: permissions.has('receipts:read') };
}
