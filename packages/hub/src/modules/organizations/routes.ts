import { z } from '@hono/zod-openapi';
import { instantOf } from '@tillweave/lightspeed';
import { clientAddress } from '../../http/client-address.ts';
import { protectedRoute, publicRoute, type Route } from '../../http/route.ts';
import { AppError } from '../../platform/errors.ts';
import { createAccessToken, listAccessTokens, revokeAccessToken } from './access-tokens.ts';
import { countAttempt } from './attempt-limit.ts';
import { setupNeeded, setUpFirstOwner } from './create-owner.ts';
import { activateOrganization, getOrganization, organizationsOf } from './queries.ts';
import {
  accessTokenSchema,
  activeOrganizationSchema,
  createdAccessTokenSchema,
  meSchema,
  newAccessTokenSchema,
  setupSchema,
  setupStateSchema,
} from './schemas.ts';

const SETUP_ATTEMPTS = { windowSeconds: 60, max: 10 };

export const organizationRoutes: readonly Route[] = [
  publicRoute(
    {
      method: 'get',
      path: '/setup',
      tag: 'Organization',
      summary: 'Whether the first owner is still to be made',
      description: 'Open: before the set-up nobody can sign in.',
      response: setupStateSchema,
    },
    async ({ services }) => ({ needed: await setupNeeded(services) }),
  ),
  publicRoute(
    {
      method: 'post',
      path: '/setup',
      tag: 'Organization',
      summary: 'Make the first owner and organization',
      description: 'Open: guarded by the one-time token that `tillweave start` prints. Works only while nobody can sign in.',
      body: setupSchema,
      status: 201,
      response: z.object({ organizationId: z.uuid(), userId: z.uuid() }),
      errors: ['forbidden', 'conflict', 'rate_limited'],
    },
    async ({ services, body, c }) => {
      const wait = await countAttempt(services.db, `setup:${clientAddress(c)}`, SETUP_ATTEMPTS);
      if (wait !== null) throw tooMany(wait);
      return setUpFirstOwner(services, body.token, body);
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/me',
      permission: 'session',
      tag: 'Organization',
      summary: 'Who I am, in which organization, and what I may do there',
      response: meSchema,
    },
    async ({ services, access, organizationId, actor }) => {
      const organization = await getOrganization(services, organizationId);
      return {
        user: actor.kind === 'user' ? { id: actor.id, name: actor.name, email: actor.email } : null,
        organization,
        organizations:
          actor.kind === 'user' ? await organizationsOf(services, actor.id) : [{ id: organization.id, name: organization.name }],
        role: access.role,
        permissions: [...access.permissions],
      };
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/organization/active',
      permission: 'session',
      tag: 'Organization',
      summary: 'Act in another of my organizations',
      body: activeOrganizationSchema,
      errors: ['not_found'],
    },
    async ({ services, access, actor, body }) => {
      if (access.sessionId === null) {
        throw new AppError('forbidden', 'An access token belongs to one organization.');
      }
      await activateOrganization(services, access.sessionId, actor.id, body.organizationId);
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/access-tokens',
      permission: 'tokens:read',
      tag: 'Access tokens',
      summary: 'The access tokens that were not revoked',
      response: z.object({ items: z.array(accessTokenSchema) }),
    },
    async ({ services, organizationId }) => ({
      items: (await listAccessTokens(services, organizationId)).map((token) => ({
        ...token,
        permissions: [...token.permissions],
      })),
    }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/access-tokens',
      permission: 'tokens:write',
      tag: 'Access tokens',
      summary: 'Make an access token; its text is in this answer and nowhere else',
      description: 'It never may more than its maker may, then and later.',
      body: newAccessTokenSchema,
      status: 201,
      response: createdAccessTokenSchema,
    },
    async ({ services, organizationId, access, actor, body }) => {
      const beyond = body.permissions.find((permission) => !access.permissions.has(permission));
      if (beyond !== undefined) {
        throw new AppError('forbidden', 'A token cannot be given what you may not do yourself.', {
          details: { permission: beyond },
        });
      }
      if (actor.kind !== 'user') throw new AppError('forbidden', 'Only a person can make access tokens.');
      const expiresAt = body.expiresAt === null ? null : instantOf(Date.parse(body.expiresAt));
      return createAccessToken(services, {
        organizationId,
        name: body.name,
        permissions: body.permissions,
        expiresAt,
        createdBy: actor.id,
      });
    },
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/access-tokens/{id}',
      permission: 'tokens:write',
      tag: 'Access tokens',
      summary: 'Revoke an access token at once',
      params: z.object({ id: z.uuid() }),
      errors: ['not_found'],
    },
    async ({ services, organizationId, params }) => revokeAccessToken(services, organizationId, params.id),
  ),
];

function tooMany(waitSeconds: number): AppError {
  return new AppError('rate_limited', 'Too many attempts. Try again later.', {
    details: { retryAt: new Date(Date.now() + waitSeconds * 1000).toISOString() },
  });
}
