import { protectedRoute, type Route } from '../../http/route.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { changeRoutes } from './changes/routes.ts';
import { getTurnover } from './get-turnover.ts';
import { listCells } from './list-cells.ts';
import { listCoverage } from './list-coverage.ts';
import { listMeasures } from './measure-choice.ts';
import { readHeatMap } from './heat-map.ts';
import {
  cellsAnswer,
  cellsQuery,
  coverageAnswer,
  coverageQuery,
  heatMap,
  heatMapQuery,
  measureList,
  turnoverAnswer,
  turnoverQuery,
} from './schemas.ts';
import { MEASURES_VERSION } from '../ledger/figure/measures.ts';
import { auditActorOf } from '../organizations/access.ts';
import { reconcileRoutes } from './reconcile/routes.ts';
import { changeTurnoverSettings, readTurnoverSettings, turnoverSettings } from './settings.ts';
import { visitorRoutes } from './visitors/routes.ts';

const tag = 'Turnover';

export const turnoverRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/measures',
      permission: 'turnover:read',
      scope: 'organization',
      tag,
      summary: 'What each measure means, and the payment types',
      response: measureList,
    },
    ({ organizationId, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => {
        const settings = await readTurnoverSettings(trx, organizationId);
        const measures = await listMeasures(trx, organizationId, settings.preset);
        return { ...settings, version: MEASURES_VERSION, measures };
      }),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/measures/settings',
      permission: 'turnover:read',
      scope: 'organization',
      tag,
      summary: 'How the organization names its figures, and whether its planner counts tax in',
      response: turnoverSettings,
    },
    ({ organizationId, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => readTurnoverSettings(trx, organizationId)),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/measures/settings',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Choose preset and tax basis',
      body: turnoverSettings,
      response: turnoverSettings,
    },
    ({ organizationId, body, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        changeTurnoverSettings(trx, organizationId, body, {
          actor: auditActorOf(access),
          at: new Date(services.clock.now()),
        }),
      ),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/turnover/heatmap',
      permission: 'turnover:read',
      scope: 'department',
      tag,
      summary: 'By weekday and hour of the clock on the wall: sums, and averages of complete days',
      query: heatMapQuery,
      response: heatMap,
    },
    ({ organizationId, query, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        readHeatMap(trx, organizationId, query, services.clock.now(), access.departmentIds),
      ),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/turnover',
      permission: 'turnover:read',
      scope: 'department',
      tag,
      summary: 'Turnover by department or store, and hour, day, week or month',
      description:
        'Business days are inclusive. Every cell says how far it can be trusted: the figure of a running or partial day is never final. ' +
        'Mappings are joined when read, so that a changed mapping changes history.',
      query: turnoverQuery,
      response: turnoverAnswer,
    },
    ({ organizationId, query, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        getTurnover(trx, organizationId, query, services.clock.now(), access.departmentIds),
      ),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/turnover/cells',
      permission: 'turnover:read',
      scope: 'department',
      tag,
      summary: 'The facts before any mapping: shop, register, business day and hour with every measure',
      query: cellsQuery,
      response: cellsAnswer,
    },
    ({ organizationId, query, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => listCells(trx, organizationId, query, access.departmentIds)),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/coverage',
      permission: 'turnover:read',
      scope: 'department',
      tag,
      summary: 'How complete each shop’s and department’s days are, and why not',
      query: coverageQuery,
      response: coverageAnswer,
    },
    ({ organizationId, query, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        listCoverage(trx, organizationId, query, services.clock.now(), access.departmentIds),
      ),
  ),
  ...changeRoutes,
  ...visitorRoutes,
  ...reconcileRoutes,
];
