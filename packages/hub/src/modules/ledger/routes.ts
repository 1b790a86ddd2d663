import { protectedRoute, type Route } from '../../http/route.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { readReceipt, readReceiptVersion } from './receipts-detail.ts';
import { listReceipts } from './receipts-list.ts';
import { receiptDetail, receiptList, receiptParams, receiptsQuery, receiptVersionDetail, versionParams } from './schemas.ts';

const tag = 'Receipts';

export const receiptRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/receipts',
      permission: 'receipts:read',
      scope: 'department',
      tag,
      summary: 'The receipts behind a cell, or by number',
      description: 'Each with what it adds to the cell asked for: over all pages they sum to the cell, measure by measure.',
      query: receiptsQuery,
      response: receiptList,
    },
    ({ organizationId, query, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => listReceipts(trx, organizationId, query, access.departmentIds)),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/receipts/{posAccountId}/{saleId}',
      permission: 'receipts:read',
      scope: 'department',
      tag,
      summary: 'One receipt: lines, payments, figure, versions',
      params: receiptParams,
      response: receiptDetail,
      errors: ['not_found'],
    },
    ({ organizationId, params, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        readReceipt(trx, { organizationId, ...params }, access.departmentIds),
      ),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/receipts/{posAccountId}/{saleId}/versions/{version}',
      permission: 'documents:read',
      scope: 'department',
      tag,
      summary: 'The POS’s own document of a version, and the request that fetched it',
      params: versionParams,
      response: receiptVersionDetail,
      errors: ['not_found'],
    },
    ({ organizationId, params, access, services }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        readReceiptVersion(trx, { organizationId, ...params }, params.version, access.departmentIds),
      ),
  ),
];
