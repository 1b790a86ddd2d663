import { z } from '@hono/zod-openapi';
import { protectedRoute, type Route } from '../../../http/route.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { changedBy } from '../../stores/changed-by.ts';
import { PRESETS } from './presets.ts';
import { runReconcile } from './run-reconcile.ts';
import { presetList, reconcileBody, reconcileList, reconcileQuery, reconcileResult, signOffBody } from './schemas.ts';
import { listReconciles, readReconcile, signOff } from './stored.ts';

const tag = 'Reconcile';
const byId = z.object({ id: z.uuid() });

/** Whole shops and accounts are compared, with the receipts of every department: for those who see the whole organization. */
export const reconcileRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/reconciles/presets',
      permission: 'turnover:read',
      scope: 'organization',
      tag,
      summary: 'The POS’s reports that figures can be set beside',
      response: presetList,
    },
    () => ({
      presets: PRESETS.map(({ name, provider, measure, source, description }) => ({
        name,
        provider,
        measure,
        source,
        description,
      })),
    }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/reconciles',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Set our figure beside the POS’s own, with a bridge of causes',
      description:
        'The POS’s figure is read from it, or typed. Every line of the bridge lists the receipts that sum to it; what is left is said as unexplained.',
      body: reconcileBody,
      response: reconcileResult,
      status: 201,
      errors: [
        'not_found',
        'conflict',
        'connection_frozen',
        'pos_unauthorized',
        'pos_unavailable',
        'pos_rejected',
        'pos_shape_changed',
      ],
    },
    ({ organizationId, body, access, services }) => runReconcile(services, organizationId, body, changedBy(access, services)),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/reconciles',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Comparisons made before; newest first',
      query: reconcileQuery,
      response: reconcileList,
    },
    ({ organizationId, query, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => listReconciles(trx, organizationId, query)),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/reconciles/{id}',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'One comparison as it was found',
      params: byId,
      response: reconcileResult,
      errors: ['not_found'],
    },
    ({ organizationId, params, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => readReconcile(trx, organizationId, params.id)),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/reconciles/{id}/sign-off',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Stand for a comparison, with a note',
      params: byId,
      body: signOffBody,
      response: reconcileResult,
      errors: ['not_found', 'conflict'],
    },
    ({ organizationId, params, body, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        signOff(trx, organizationId, params.id, body.note, changedBy(access, services)),
      ),
  ),
];
