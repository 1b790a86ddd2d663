import { protectedRoute, type Route } from '../../../http/route.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import type { Services } from '../../../platform/services.ts';
import { type Access, auditActorOf } from '../../organizations/access.ts';
import { visitorImportAnswer, visitorImportBody, visitorList, visitorsBody, visitorsQuery } from './schemas.ts';
import { type EnteredBy, importVisitors, listVisitors, setVisitors } from './visitors.ts';

const tag = 'Turnover';

export const visitorRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/visitors',
      permission: 'turnover:read',
      scope: 'department',
      tag,
      summary: 'People counted at the door',
      query: visitorsQuery,
      response: visitorList,
    },
    ({ organizationId, query, access, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({
        items: await listVisitors(trx, organizationId, query, access.departmentIds),
      })),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/visitors',
      permission: 'departments:write',
      scope: 'department',
      tag,
      summary: 'Enter what was counted, by hour or day',
      body: visitorsBody,
      errors: ['not_found'],
    },
    ({ organizationId, body, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        setVisitors(trx, organizationId, body, access.sessionId === null ? 'api' : 'manual', enteredBy(access, services)),
      ),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/visitors/import',
      permission: 'departments:write',
      scope: 'department',
      tag,
      summary: 'Take a CSV table of visitors; bad rows are told one by one',
      body: visitorImportBody,
      response: visitorImportAnswer,
    },
    ({ organizationId, body, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        importVisitors(trx, organizationId, body, enteredBy(access, services)),
      ),
  ),
];

function enteredBy(access: Access, { clock }: Pick<Services, 'clock'>): EnteredBy {
  return { actor: auditActorOf(access), at: new Date(clock.now()), departmentIds: access.departmentIds };
}
