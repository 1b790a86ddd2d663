import { protectedRoute, type Route } from '../../http/route.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { addDays } from '../ledger/figure/business-day.ts';
import { today } from '../stores/changed-by.ts';
import { chooseCurrency, readOrganization } from '../turnover/currency.ts';
import { unmappedSales } from './queries.ts';
import { readOverview, UNMAPPED_DAYS } from './read-overview.ts';
import { overviewAnswer, unmappedAnswer } from './schemas.ts';

export const overviewRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/overview',
      permission: 'overview:read',
      scope: 'department',
      tag: 'Overview',
      summary: 'How fresh, today against last week, two weeks a store, what is unmapped, wrong or changed',
      response: overviewAnswer,
    },
    ({ organizationId, services, access }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        readOverview(trx, organizationId, services.clock.now(), {
          mayReadReceipts: access.permissions.has('receipts:read'),
          departmentIds: access.departmentIds,
        }),
      ),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/shops/unmapped',
      permission: 'stores:read',
      scope: 'department',
      tag: 'Stores',
      summary: 'Amount at risk: sales of the last 90 days that no mapping takes, by shop',
      response: unmappedAnswer,
    },
    ({ organizationId, services, access }) =>
      tenantTransaction(services.db, organizationId, async (trx) => {
        const { currency, minorDigits } = chooseCurrency(await readOrganization(trx, organizationId));
        const to = today(services);
        const since = addDays(to, -UNMAPPED_DAYS);
        // What belongs to no department is nobody's who is limited to some.
        const isAll = access.departmentIds === null;
        const { shops: items } = isAll ? await unmappedSales(trx, { organizationId, currency, since, to }) : { shops: [] };
        return { currency, minorDigits, since, items };
      }),
  ),
];
