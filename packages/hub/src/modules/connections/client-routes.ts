import { z } from '@hono/zod-openapi';
import { protectedRoute, type Route } from '../../http/route.ts';
import { auditActorOf } from '../organizations/access.ts';
import { changeOAuthClient, createOAuthClient, deleteOAuthClient, listOAuthClients } from './oauth-clients.ts';
import { newOAuthClientSchema, oauthClientChangeSchema, oauthClientSchema } from './schemas.ts';

const tag = 'OAuth clients';
const scope = 'organization';
const params = z.object({ id: z.uuid() });

/** The organization's own applications at the POS. */
export const oauthClientRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/oauth-clients',
      permission: 'connections:read',
      scope,
      tag,
      summary: 'The OAuth clients, by name, with the connections that use them',
      response: z.object({ items: z.array(oauthClientSchema) }),
    },
    async ({ services, organizationId }) => ({ items: await listOAuthClients(services, organizationId) }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/oauth-clients',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Add an OAuth client; its secret is never shown again',
      body: newOAuthClientSchema,
      status: 201,
      response: oauthClientSchema,
      errors: ['name_taken'],
    },
    async ({ services, organizationId, access, body }) =>
      createOAuthClient(services, { organizationId, actor: auditActorOf(access) }, body),
  ),
  protectedRoute(
    {
      method: 'patch',
      path: '/oauth-clients/{id}',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Change an OAuth client; what is left out stays, the secret too',
      params,
      body: oauthClientChangeSchema,
      response: oauthClientSchema,
      errors: ['not_found', 'name_taken'],
    },
    async ({ services, organizationId, access, params, body }) =>
      changeOAuthClient(services, { organizationId, actor: auditActorOf(access) }, params.id, body),
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/oauth-clients/{id}',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Delete an OAuth client that no connection uses',
      params,
      errors: ['not_found', 'oauth_client_in_use'],
    },
    async ({ services, organizationId, access, params }) =>
      deleteOAuthClient(services, { organizationId, actor: auditActorOf(access) }, params.id),
  ),
];
