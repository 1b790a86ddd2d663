import { z } from '@hono/zod-openapi';
import { pageOf, pageQuery } from '../../http/paging.ts';
import { protectedRoute, type Route } from '../../http/route.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { auditActorOf } from '../organizations/access.ts';
import { catchUp } from '../sync/catch-up.ts';
import type { AccountId } from '../sync/lease.ts';
import { requestSync } from '../sync/request-sync.ts';
import type { ConnectionRef } from './credential.ts';
import { freezeConnection, thawConnection } from './freeze.ts';
import { freezeShop, thawShop } from './freeze-shop.ts';
import { proposeHandOver } from './hand-over.ts';
import { connectionEventSchema, listConnectionEvents } from './life-cycle-events.ts';
import { getCard } from './card.ts';
import { getConnection } from './list-connections.ts';
import { retireConnection } from './retire.ts';
import { readingSchema, readReading } from './reading.ts';
import { readRequests, requestsSchema } from './request-log.ts';
import { connectionSchema } from './schemas.ts';
import {
  changeConnectionSettings,
  connectionSettingsSchema,
  readConnectionSettings,
  readSettingsChoices,
  settingsChoicesSchema,
} from './settings.ts';

const tag = 'Connections';
const params = z.object({ id: z.uuid() });
const shopParams = z.object({ posAccountId: z.uuid(), shopId: z.string().min(1).max(200) });
const reason = z.string().trim().max(500).nullable().default(null);
const thawBody = z
  .object({
    from: z.enum(['cursor', 'today']).default('cursor').openapi({
      description: '`cursor`: catch up from where it stood. `today`: leave what happened meanwhile; those days stay incomplete.',
    }),
  })
  .openapi('Thaw');

const handOverSchema = z
  .object({
    posAccountId: z.uuid(),
    shopId: z.string(),
    shopName: z.string(),
    fromShopId: z.string(),
    fromShopName: z.string(),
    departmentId: z.uuid(),
    departmentName: z.string(),
  })
  .openapi('HandOver');

/** Freezing, thawing and retiring, what happened and why, and how an account is read. */
export const lifeCycleRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/freeze',
      permission: 'connections:write',
      scope: 'organization',
      tag,
      summary: 'Freeze: keep the data, make no calls',
      description: 'Answers when no request can be sent through the connection any more, a run under way included.',
      params,
      body: z.object({ reason }),
      response: connectionSchema,
      errors: ['not_found', 'conflict', 'unavailable'],
    },
    async ({ services, organizationId, access, params, body }) => {
      const ref = { organizationId, connectionId: params.id };
      await freezeConnection(services, ref, { reason: body.reason, actor: auditActorOf(access) });
      return getCard(services, ref);
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/thaw',
      permission: 'connections:write',
      scope: 'organization',
      tag,
      summary: 'Thaw: go on, and catch up if wanted',
      params,
      body: thawBody,
      response: connectionSchema,
      errors: ['not_found', 'conflict'],
    },
    async ({ services, organizationId, access, params, body }) => {
      const ref = { organizationId, connectionId: params.id };
      await thawConnection(services, ref, { from: body.from, actor: auditActorOf(access) });
      return getCard(services, ref);
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/retire',
      permission: 'connections:write',
      scope: 'organization',
      tag,
      summary: 'Retire: the company leaves this POS',
      description:
        'The data stays, credentials are destroyed, and the mappings of its shops end. The shops of a successor take over their ' +
        'departments from that day on, as `/connections/{id}/hand-over` proposes.',
      params,
      body: z.object({
        at: z.iso.date().openapi({ description: 'First business day without it.' }),
        reason,
        successorConnectionId: z.uuid().nullable().default(null).openapi({ description: 'The connection of the new till.' }),
      }),
      response: connectionSchema,
      errors: ['not_found', 'conflict', 'unavailable'],
    },
    async ({ services, organizationId, access, params, body }) => {
      const ref = { organizationId, connectionId: params.id };
      await retireConnection(services, ref, { ...body, actor: auditActorOf(access) });
      return getCard(services, ref);
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections/{id}/hand-over',
      permission: 'connections:write',
      scope: 'organization',
      tag,
      summary: 'Which shops of another connection would take over when this one retires; nothing is changed',
      params,
      query: z.object({ successorConnectionId: z.uuid(), at: z.iso.date() }),
      response: z.object({ items: z.array(handOverSchema) }),
      errors: ['not_found', 'conflict'],
    },
    async ({ services, organizationId, params, query }) => ({
      items: await tenantTransaction(services.db, organizationId, (trx) =>
        proposeHandOver(trx, { organizationId, connectionId: params.id }, query),
      ),
    }),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections/{id}/events',
      permission: 'connections:read',
      scope: 'organization',
      tag,
      summary: 'What happened to a connection and its shops: who, when, why; newest first',
      params,
      query: z.object(pageQuery),
      response: pageOf(connectionEventSchema),
      errors: ['not_found'],
    },
    async ({ services, organizationId, params, query }) => {
      const ref = { organizationId, connectionId: params.id };
      await getConnection(services, ref);
      return tenantTransaction(services.db, organizationId, (trx) => listConnectionEvents(trx, ref, query));
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/catch-up',
      permission: 'connections:write',
      scope: 'organization',
      tag,
      summary: 'Read what was left unread when the connection or one of its shops was thawed from today on',
      params,
      status: 202,
      response: z.object({ gaps: z.int().openapi({ description: 'Stretches of time being read now; 0: none was left.' }) }),
      errors: ['not_found', 'conflict'],
    },
    async ({ services, organizationId, params }) => ({
      gaps: await catchUp(services, await accountOf(services, { organizationId, connectionId: params.id })),
    }),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections/{id}/reading',
      permission: 'connections:read',
      scope: 'organization',
      tag,
      summary: 'Budget, cursors and what was left unread',
      params,
      response: readingSchema,
      errors: ['not_found'],
    },
    async ({ services, organizationId, params }) =>
      tenantTransaction(services.db, organizationId, (trx) => readReading(trx, { organizationId, connectionId: params.id })),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections/{id}/requests',
      permission: 'connections:read',
      scope: 'organization',
      tag,
      summary: 'The last requests to the POS, newest first, without secrets',
      description: 'At most 100; of a run under way those up to its last slice.',
      params,
      response: requestsSchema,
      errors: ['not_found'],
    },
    async ({ services, organizationId, params }) => {
      const ref = { organizationId, connectionId: params.id };
      await getConnection(services, ref);
      const { items } = await tenantTransaction(services.db, organizationId, (trx) => readRequests(trx, ref));
      return { items };
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections/{id}/settings',
      permission: 'connections:read',
      scope: 'organization',
      tag,
      summary: 'Additional settings: how the account is read and counted, and who is told',
      params,
      response: connectionSettingsSchema,
      errors: ['not_found'],
    },
    async ({ services, organizationId, params }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        readConnectionSettings(trx, { organizationId, connectionId: params.id }),
      ),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections/{id}/settings/choices',
      permission: 'connections:read',
      scope: 'organization',
      tag,
      summary: 'The shops, registers and regions of the account, and which of them count',
      params,
      response: settingsChoicesSchema,
      errors: ['not_found'],
    },
    async ({ services, organizationId, params }) =>
      tenantTransaction(services.db, organizationId, (trx) =>
        readSettingsChoices(trx, { organizationId, connectionId: params.id }),
      ),
  ),
  protectedRoute(
    {
      method: 'patch',
      path: '/connections/{id}/settings',
      permission: 'connections:write',
      scope: 'organization',
      tag,
      summary: 'Change additional settings',
      description:
        'What counts and what does not is so for all of history when the answer comes; the change log names the days and `left_out` as the cause.',
      params,
      body: connectionSettingsSchema.partial(),
      response: connectionSettingsSchema,
      errors: ['not_found', 'conflict'],
    },
    async ({ services, organizationId, access, params, body }) => {
      const by = { actor: auditActorOf(access), at: new Date(services.clock.now()) };
      return tenantTransaction(services.db, organizationId, (trx) =>
        changeConnectionSettings(trx, { organizationId, connectionId: params.id }, body, by),
      );
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/shops/{posAccountId}/{shopId}/freeze',
      permission: 'connections:write',
      scope: 'organization',
      tag,
      summary: 'Freeze one shop: keep its data, take in nothing new of it',
      params: shopParams,
      body: z.object({ reason }),
      errors: ['not_found', 'conflict'],
    },
    async ({ services, organizationId, access, params, body }) => {
      await freezeShop(services, { organizationId, ...params }, { reason: body.reason, actor: auditActorOf(access) });
      // Whoever worked on the account was sent away.
      await requestSync(services, null, { organizationId, posAccountId: params.posAccountId, reason: 'shop_frozen' });
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/shops/{posAccountId}/{shopId}/thaw',
      permission: 'connections:write',
      scope: 'organization',
      tag,
      summary: 'Thaw one shop',
      params: shopParams,
      body: thawBody,
      errors: ['not_found', 'conflict'],
    },
    async ({ services, organizationId, access, params, body }) =>
      thawShop(services, { organizationId, ...params }, { from: body.from, actor: auditActorOf(access) }),
  ),
];

/** @throws AppError `not_found`, or `conflict` while its set-up is not complete. */
async function accountOf(services: Services, ref: ConnectionRef): Promise<AccountId> {
  const { posAccount } = await getConnection(services, ref);
  if (posAccount === null) throw new AppError('conflict', 'The connection is not set up completely. Authorize it first.');
  return { organizationId: ref.organizationId, posAccountId: posAccount.id };
}
