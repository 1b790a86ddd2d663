import { z } from '@hono/zod-openapi';
import { protectedRoute, publicRoute, type Route } from '../../http/route.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { requestSync } from '../sync/request-sync.ts';
import { authenticate } from '../organizations/authenticate.ts';
import { addConnection, addPersonalTokenConnection } from './add-connection.ts';
import { beginAuthorization } from './authorize.ts';
import { type AuthorizationOutcome, completeAuthorization } from './complete-authorization.ts';
import { createConnection } from './create-connection.ts';
import type { ConnectionRef } from './credential.ts';
import { getConnection, listConnections } from './list-connections.ts';
import { providers } from './providers.ts';
import { CALLBACK_PATH, redirectUri } from './redirect-uri.ts';
import { removeConnection } from './remove-connection.ts';
import { connectionSchema, newConnectionSchema, providerSchema, verifiedSchema } from './schemas.ts';
import { verifyConnection } from './verify-connection.ts';

const tag = 'Connections';
const params = z.object({ id: z.uuid() });
const CALLBACK = CALLBACK_PATH.replace('/api/v1', '');

export const connectionRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/providers',
      permission: 'connections:read',
      tag,
      summary: 'What can be connected, and with which scopes',
      response: z.object({ items: z.array(providerSchema) }),
    },
    ({ services }) => ({ items: providers.map((provider) => describeProvider(services, provider)) }),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections',
      permission: 'connections:read',
      tag,
      summary: 'The connections, by name',
      response: z.object({ items: z.array(connectionSchema) }),
    },
    async ({ services, organizationId }) => ({ items: await listConnections(services, organizationId) }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections',
      permission: 'connections:write',
      tag,
      summary: 'Make a connection',
      description:
        'R-Series: without a refresh token it is still to be authorized, see `/connections/{id}/authorize`. X-Series: signs in at once.',
      body: newConnectionSchema,
      status: 201,
      response: connectionSchema,
      errors: ['connection_name_taken', 'pos_account_in_use', 'pos_unauthorized', 'pos_unavailable', 'pos_rejected'],
    },
    async ({ services, organizationId, body }) => getConnection(services, await makeConnection(services, organizationId, body)),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections/{id}',
      permission: 'connections:read',
      tag,
      summary: 'One connection',
      params,
      response: connectionSchema,
      errors: ['not_found'],
    },
    async ({ services, organizationId, params }) => getConnection(services, { organizationId, connectionId: params.id }),
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/connections/{id}',
      permission: 'connections:write',
      tag,
      summary: 'Remove a connection; its data stays',
      params,
      errors: ['not_found'],
    },
    async ({ services, organizationId, params }) => removeConnection(services, { organizationId, connectionId: params.id }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/authorize',
      permission: 'connections:write',
      tag,
      summary: 'Begin the sign-in at the POS: send the browser to the address in the answer',
      params,
      response: z.object({ url: z.url() }),
      errors: ['not_found', 'conflict', 'connection_frozen'],
    },
    async ({ services, organizationId, access, params, c }) => {
      if (access.sessionId === null) {
        throw new AppError('forbidden', 'A sign-in at the POS is bound to a browser session; an access token has none.');
      }
      const url = await beginAuthorization(
        services,
        { organizationId, connectionId: params.id },
        { sessionId: access.sessionId, comeBackTo: redirectUri(services, c.req.url) },
      );
      return { url: url.href };
    },
  ),
  publicRoute(
    {
      method: 'get',
      path: CALLBACK,
      tag,
      summary: 'Where the POS sends the browser back to',
      description:
        'Open to the address, not to the person: only the session that began the sign-in can finish it. Ends on the web page.',
      query: z.object({
        state: z.string().max(200).optional(),
        code: z.string().max(5000).optional(),
        error: z.string().max(500).optional(),
      }),
      produces: 'text/html',
    },
    async ({ services, query, c }) => {
      const outcome = await outcomeOf(services, c.req.raw.headers, query);
      return c.redirect(resultPage(outcome), 303);
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/test',
      permission: 'connections:write',
      tag,
      summary: 'Sign in to the POS and read the account; completes a set-up that was interrupted',
      params,
      response: verifiedSchema,
      errors: [
        'not_found',
        'connection_frozen',
        'pos_unauthorized',
        'pos_unavailable',
        'pos_account_in_use',
        'oauth_wrong_account',
      ],
    },
    async ({ services, organizationId, params }) => verifyConnection(services, { organizationId, connectionId: params.id }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/sync',
      permission: 'sync:run',
      tag,
      summary: 'Synchronise soon; requests coalesce',
      params,
      status: 202,
      response: z
        .object({ runId: z.uuid().nullable().openapi({ description: 'The run under way; null when one begins soon' }) })
        .openapi('SyncRequested'),
      errors: ['not_found', 'conflict', 'connection_frozen', 'pos_unauthorized'],
    },
    async ({ services, organizationId, params }) => {
      const ref = { organizationId, connectionId: params.id };
      const { state } = await getConnection(services, ref);
      if (state === 'frozen')
        throw new AppError('connection_frozen', 'The connection is frozen: no calls are made. Thaw it first.');
      if (state === 'needs_reauthorisation') {
        throw new AppError('pos_unauthorized', 'The POS refused our credentials. Authorize the connection again.');
      }
      const { runId } = await requestSync(services, null, { ...ref, reason: 'manual' });
      return { runId };
    },
  ),
];

async function makeConnection(
  services: Services,
  organizationId: string,
  body: z.output<typeof newConnectionSchema>,
): Promise<ConnectionRef> {
  const { name } = body;
  if (body.provider === 'lightspeed-x') {
    const { domainPrefix, token, tokenExpiresAt } = body;
    const expiresAt = tokenExpiresAt === null ? null : new Date(tokenExpiresAt);
    return addPersonalTokenConnection(services, { organizationId, name, domainPrefix, token, expiresAt });
  }
  const { oauthClient, scopes, refreshToken } = body;
  const input = { organizationId, name, oauthClient, ...(scopes === undefined ? {} : { scopes }) };
  return refreshToken === undefined ? createConnection(services, input) : addConnection(services, { ...input, refreshToken });
}

async function outcomeOf(
  services: Services,
  headers: Headers,
  query: { state?: string | undefined; code?: string | undefined; error?: string | undefined },
): Promise<AuthorizationOutcome> {
  const access = await authenticate(services, headers);
  if (access === null || access.sessionId === null || !access.permissions.has('connections:write')) {
    return { connectionId: null, error: new AppError('oauth_state_invalid', 'This sign-in was not started here.') };
  }
  return completeAuthorization(services, { organizationId: access.organizationId, sessionId: access.sessionId }, query);
}

/** The page a person comes back to: `/integrations?outcome=connected|failed&connection=…&code=…`. A path of ours, nothing sent in. */
function resultPage({ connectionId, error }: AuthorizationOutcome): string {
  const query = new URLSearchParams({ outcome: error === null ? 'connected' : 'failed' });
  if (connectionId !== null) query.set('connection', connectionId);
  if (error !== null) query.set('code', error.code);
  return `/integrations?${query.toString()}`;
}

function describeProvider({ config }: Services, provider: (typeof providers)[number]) {
  return {
    id: provider.id,
    name: provider.name,
    apiTypes: provider.apiTypes.map((type) => ({ ...type })),
    capabilities: [...provider.capabilities],
    scopes: provider.scopes.map((choice) => ({ ...choice })),
    redirectUris: config.publicUrls.map(({ name, url }) => ({ name, url: url + CALLBACK_PATH })),
  };
}
