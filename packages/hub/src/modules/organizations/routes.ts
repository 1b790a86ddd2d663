import { z } from '@hono/zod-openapi';
import { instantOf } from '@tillweave/lightspeed';
import { clientAddress } from '../../http/client-address.ts';
import { protectedRoute, publicRoute, type Route } from '../../http/route.ts';
import { AppError } from '../../platform/errors.ts';
import { createAccessToken, listAccessTokens, requireWithin, revokeAccessToken } from './access-tokens.ts';
import { accountRoutes } from './account-routes.ts';
import { auditActorOf } from './access.ts';
import { requireFewAttempts } from './attempts.ts';
import { memberRoutes } from './member-routes.ts';
import { requireDepartments } from './members.ts';
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
      scope: 'none',
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
      scope: 'none',
      tag: 'Organization',
      summary: 'Make the first owner and organization',
      description: 'Open: guarded by the one-time token that `tillweave start` prints. Works only while nobody can sign in.',
      body: setupSchema,
      status: 201,
      response: z.object({ organizationId: z.uuid(), userId: z.uuid() }),
      errors: ['forbidden', 'conflict', 'rate_limited'],
    },
    async ({ services, body, c }) => {
      await requireFewAttempts(services, `setup:${clientAddress(c)}`, SETUP_ATTEMPTS);
      return setUpFirstOwner(services, body.token, body);
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/me',
      permission: 'session',
      scope: 'none',
      tag: 'Organization',
      summary: 'Who I am, in which organization, and what I may do there',
      response: meSchema,
    },
    async ({ services, access, organizationId, actor }) => {
      const organization = await getOrganization(services, organizationId);
      const common = {
        organization,
        role: access.role,
        permissions: [...access.permissions],
        departmentIds: access.departmentIds === null ? null : [...access.departmentIds],
        actingAs: access.actingAs,
      };
      if (actor.kind !== 'user') {
        return { ...common, user: null, organizations: [{ id: organization.id, name: organization.name, member: true }] };
      }
      const { twoFactorEnabled } = await services.db
        .selectFrom('auth.user')
        .select('twoFactorEnabled')
        .where('id', '=', actor.id)
        .executeTakeFirstOrThrow();
      const { id, name, email } = actor;
      return {
        ...common,
        user: { id, name, email, twoFactor: twoFactorEnabled === true },
        organizations: await organizationsOf(services, actor.id),
      };
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/organization/active',
      permission: 'session',
      scope: 'none',
      tag: 'Organization',
      summary: 'Act in another of my organizations',
      body: activeOrganizationSchema,
      errors: ['not_found'],
    },
    async ({ services, access, body }) => {
      if (access.sessionId === null) {
        throw new AppError('forbidden', 'An access token belongs to one organization.');
      }
      await activateOrganization(services, {
        sessionId: access.sessionId,
        actor: { ...auditActorOf(access), actingAs: false },
        ...body,
      });
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/access-tokens',
      permission: 'tokens:read',
      scope: 'organization',
      tag: 'Access tokens',
      summary: 'The access tokens that were not revoked',
      response: z.object({ items: z.array(accessTokenSchema) }),
    },
    async ({ services, organizationId }) => ({
      items: (await listAccessTokens(services, organizationId)).map((token) => ({
        ...token,
        permissions: [...token.permissions],
        departmentIds: token.departmentIds === null ? null : [...token.departmentIds],
      })),
    }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/access-tokens',
      permission: 'tokens:write',
      scope: 'organization',
      tag: 'Access tokens',
      summary: 'Make an access token; its text is in this answer and nowhere else',
      description: 'It never may more than its maker may, then and later.',
      body: newAccessTokenSchema,
      status: 201,
      response: createdAccessTokenSchema,
    },
    async ({ services, organizationId, access, actor, body }) => {
      if (actor.kind !== 'user') throw new AppError('forbidden', 'Only a person can make access tokens.');
      requireWithin(access, body);
      if (body.departmentIds !== null) await requireDepartments(services, organizationId, body.departmentIds);
      const { expiresAt, ...token } = body;
      return createAccessToken(services, {
        ...token,
        organizationId,
        expiresAt: expiresAt === null ? null : instantOf(Date.parse(expiresAt)),
        createdBy: actor.id,
        actor: auditActorOf(access),
      });
    },
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/access-tokens/{id}',
      permission: 'tokens:write',
      scope: 'organization',
      tag: 'Access tokens',
      summary: 'Revoke an access token at once',
      params: z.object({ id: z.uuid() }),
      errors: ['not_found'],
    },
    async ({ services, organizationId, access, params }) =>
      revokeAccessToken(services, { organizationId, id: params.id, actor: auditActorOf(access) }),
  ),
  ...memberRoutes,
  ...accountRoutes,
];
