import { protectedRoute, type Route } from '../../http/route.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { changeRoutes } from './changes/routes.ts';
import { getTurnover } from './get-turnover.ts';
import { listCells } from './list-cells.ts';
import { listCoverage } from './list-coverage.ts';
import { listMeasures } from './measure-choice.ts';
import { cellsAnswer, cellsQuery, coverageAnswer, coverageQuery, measureList, turnoverAnswer, turnoverQuery } from './schemas.ts';

const tag = 'Turnover';

export const turnoverRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/measures',
      permission: 'turnover:read',
      tag,
      summary: 'What each measure means, and the payment types',
      response: measureList,
    },
    ({ organizationId, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({ measures: await listMeasures(trx, organizationId) })),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/turnover',
      permission: 'turnover:read',
      tag,
      summary: 'Turnover by department or store, and hour, day, week or month',
      description:
        'Business days are inclusive. Every cell says how far it can be trusted: the figure of a running or partial day is never final. ' +
        'Mappings are joined when read, so that a changed mapping changes history.',
      query: turnoverQuery,
      response: turnoverAnswer,
    },
    ({ organizationId, query, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => getTurnover(trx, organizationId, query, services.clock.now())),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/turnover/cells',
      permission: 'turnover:read',
      tag,
      summary: 'The facts before any mapping: shop, register, business day and hour with every measure',
      query: cellsQuery,
      response: cellsAnswer,
    },
    ({ organizationId, query, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => listCells(trx, organizationId, query)),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/coverage',
      permission: 'turnover:read',
      tag,
      summary: 'How complete each shop’s and department’s days are, and why not',
      query: coverageQuery,
      response: coverageAnswer,
    },
    ({ organizationId, query, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => listCoverage(trx, organizationId, query, services.clock.now())),
  ),
  ...changeRoutes,
];
