import { protectedRoute, type Route } from '../../http/route.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { readOverview } from './read-overview.ts';
import { overviewAnswer } from './schemas.ts';

export const overviewRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/overview',
      permission: 'overview:read',
      tag: 'Overview',
      summary: 'How fresh, today against last week, two weeks a store, what is unmapped, wrong or changed',
      response: overviewAnswer,
    },
    ({ organizationId, services, access }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        readOverview(trx, organizationId, services.clock.now(), { mayReadReceipts: access.permissions.has('receipts:read') }),
      ),
  ),
];
