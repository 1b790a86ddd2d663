import { z } from '@hono/zod-openapi';
import { parseDomainPrefix } from '@tillweave/lightspeed';
import { protectedRoute, type Route } from '../../http/route.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type Access, auditActorOf } from '../organizations/access.ts';
import { requestSync } from '../sync/request-sync.ts';
import { connect } from './add-connection.ts';
import { getCard, listCards } from './card.ts';
import { changeConnection } from './change-connection.ts';
import { readConsequences } from './consequences.ts';
import { helpOf } from './help.ts';
import { getConnection } from './list-connections.ts';
import type { CredentialInput, StatedExpiry } from './prepare-credential.ts';
import { providers } from './providers.ts';
import { redirectUris } from './redirect-uri.ts';
import { removeConnection } from './remove-connection.ts';
import { replaceCredential } from './replace-credential.ts';
import {
  changeSchema,
  connectionSchema,
  consequencesSchema,
  credentialSchema,
  helpSchema,
  newConnectionSchema,
  providerSchema,
  verifiedSchema,
} from './schemas.ts';
import { testConnection } from './test-connection.ts';

const tag = 'Connections';
const scope = 'organization';
const params = z.object({ id: z.uuid() });

export const connectionRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/providers',
      permission: 'connections:read',
      scope,
      tag,
      summary: 'What can be connected: features, ways to sign in with their fields, scopes, hosts, help',
      response: z.object({ items: z.array(providerSchema) }),
    },
    ({ services }) => ({ items: providers.map((provider) => describeProvider(services, provider)) }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/providers/lightspeed-x/check-prefix',
      permission: 'connections:read',
      scope,
      tag,
      summary: 'Which X-Series store a text means; nothing is asked of the POS',
      body: z.object({ text: z.string().max(2000) }),
      response: z.object({ prefix: z.string().nullable().openapi({ description: 'Null: no store' }) }),
    },
    ({ body }) => ({ prefix: parseDomainPrefix(body.text) }),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections',
      permission: 'connections:read',
      scope,
      tag,
      summary: 'The connections, by name',
      response: z.object({ items: z.array(connectionSchema) }),
    },
    async ({ services, organizationId, access }) => ({
      items: (await listCards(services, organizationId)).map((card) => usedWithin(card, access)),
    }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Make a connection',
      description:
        'By OAuth without a refresh token it is still to be authorized, see `/connections/{id}/authorize`. Every other kind signs in at once.',
      body: newConnectionSchema,
      status: 201,
      response: connectionSchema,
      errors: ['connection_name_taken', 'pos_account_in_use', 'pos_unauthorized', 'pos_unavailable', 'pos_rejected', 'not_found'],
    },
    async ({ services, organizationId, access, body }) => {
      const { name, provider: _provider, settings, ...signIn } = body;
      const actor = auditActorOf(access);
      const ref = await connect(services, { organizationId, name, signIn: inputOf(signIn), settings, actor });
      return getCard(services, ref);
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections/{id}',
      permission: 'connections:read',
      scope,
      tag,
      summary: 'One connection',
      params,
      response: connectionSchema,
      errors: ['not_found'],
    },
    async ({ services, organizationId, access, params }) =>
      usedWithin(await getCard(services, { organizationId, connectionId: params.id }), access),
  ),
  protectedRoute(
    {
      method: 'patch',
      path: '/connections/{id}',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Change a connection: its name, the age gate, when its credential ends, what it asks for',
      params,
      body: changeSchema,
      response: connectionSchema,
      errors: ['not_found', 'connection_name_taken', 'conflict'],
    },
    async ({ services, organizationId, access, params, body }) => {
      const ref = { organizationId, connectionId: params.id };
      const { expiresOn, ...change } = body;
      const expiry = expiresOn === undefined ? undefined : expiryOf(expiresOn);
      await changeConnection(services, ref, { ...change, expiry }, auditActorOf(access));
      return getCard(services, ref);
    },
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/connections/{id}/credential',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Replace the credential in place, by one of any kind of the same POS and account',
      description:
        'The account it opens is compared first; the old credential stays when that is another one. While the connection is frozen the ' +
        'credential is only stored, and compared before its first use. By OAuth without a refresh token: `/connections/{id}/authorize`.',
      params,
      body: credentialSchema,
      response: connectionSchema,
      errors: [
        'not_found',
        'conflict',
        'oauth_wrong_account',
        'pos_account_in_use',
        'pos_unauthorized',
        'pos_unavailable',
        'pos_rejected',
      ],
    },
    async ({ services, organizationId, access, params, body }) => {
      const ref = { organizationId, connectionId: params.id };
      await replaceCredential(services, ref, { signIn: inputOf(body), actor: auditActorOf(access) });
      return getCard(services, ref);
    },
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/connections/{id}',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Remove a connection; its data stays',
      params,
      errors: ['not_found'],
    },
    async ({ services, organizationId, access, params }) =>
      removeConnection(services, { organizationId, connectionId: params.id }, { actor: auditActorOf(access) }),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections/{id}/consequences',
      permission: 'connections:read',
      scope,
      tag,
      summary: 'What removing or retiring a connection would mean',
      params,
      response: consequencesSchema,
      errors: ['not_found'],
    },
    async ({ services, organizationId, access, params }) =>
      usedWithin(await readConsequences(services, { organizationId, connectionId: params.id }), access),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections/{id}/help',
      permission: 'connections:read',
      scope,
      tag,
      summary: 'The four questions about a connection, answered from how it stands now',
      params,
      response: helpSchema,
      errors: ['not_found'],
    },
    async ({ services, organizationId, params }) => ({
      items: helpOf(await getCard(services, { organizationId, connectionId: params.id })),
    }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/test',
      permission: 'connections:write',
      scope,
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
    async ({ services, organizationId, params }) => testConnection(services, { organizationId, connectionId: params.id }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/sync',
      permission: 'sync:run',
      scope,
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

/** How to sign in, from a request's body. */
function inputOf(body: z.output<typeof credentialSchema>): CredentialInput {
  if (body.apiType !== 'personal_token') return body;
  const { expiresOn, tokenExpiresAt, ...rest } = body;
  const expiresAt = tokenExpiresAt === null ? null : new Date(tokenExpiresAt);
  const expiry = expiryOf(expiresOn ?? expiresAt?.toISOString().slice(0, 10) ?? null);
  return { ...rest, expiry, expiresAt };
}

function expiryOf(expiresOn: string | null): StatedExpiry {
  return expiresOn === 'never' ? { on: null, never: true } : { on: expiresOn, never: false };
}

function describeProvider(services: Services, provider: (typeof providers)[number]): z.input<typeof providerSchema> {
  return {
    ...provider,
    apiTypes: provider.apiTypes.map((type) => ({ ...type, fields: type.fields.map((field) => ({ ...field })) })),
    capabilities: [...provider.capabilities],
    features: provider.features.map((feature) => ({ ...feature })),
    scopes: provider.scopes.map((choice) => ({ ...choice })),
    hosts: provider.hosts.map((host) => ({ ...host })),
    help: provider.help.map((help) => ({ ...help, steps: [...help.steps] })),
    redirectUris: redirectUris(services, provider.id),
    instanceClient: provider.id === 'lightspeed-r' && services.config.rClientId !== null,
  };
}

/** Whoever is limited to departments reads of these alone that a connection feeds them. */
function usedWithin<T extends { readonly usedBy: readonly { readonly id: string }[] }>(
  shown: T,
  { departmentIds }: Pick<Access, 'departmentIds'>,
): T {
  if (departmentIds === null) return shown;
  return { ...shown, usedBy: shown.usedBy.filter(({ id }) => departmentIds.includes(id)) };
}
