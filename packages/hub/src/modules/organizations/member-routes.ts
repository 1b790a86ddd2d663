import { z } from '@hono/zod-openapi';
import { clientAddress } from '../../http/client-address.ts';
import { protectedRoute, publicRoute, type Route, type RouteContext } from '../../http/route.ts';
import { message } from '../../messages/message.ts';
import { AppError } from '../../platform/errors.ts';
import { auditActorOf } from './access.ts';
import { requireFewAttempts } from './attempts.ts';
import { explainPermissions } from './explain-permissions.ts';
import { acceptInvitation, invite, listInvitations, lookUpInvitation, renewInvitation, revokeInvitation } from './invitations.ts';
import { rolesGivenBy } from './member-rules.ts';
import { changeMember, type Changer, listMembers, removeMember } from './members.ts';
import {
  departmentIdsSchema,
  invitationSchema,
  linkTokenSchema,
  membersSchema,
  newInvitationSchema,
  openInvitationSchema,
  passwordSchema,
  permissionsSchema,
  personNameSchema,
  sentInvitationSchema,
} from './people-schemas.ts';
import { isRole, roles } from './permissions.ts';
import { roleSchema } from './schemas.ts';

const LINK_ATTEMPTS = { windowSeconds: 60, max: 20 };
const byId = z.object({ id: z.uuid() });
const byUser = z.object({ userId: z.uuid() });

export const memberRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/permissions',
      permission: 'session',
      scope: 'none',
      tag: 'Members',
      summary: 'Who may do what, and whom I can ask for what I may not',
      response: permissionsSchema,
    },
    async ({ services, access }) => ({
      roles: roles.map((role) => ({
        role,
        label: message(`role.${role}.label`),
        description: message(`role.${role}.description`),
      })),
      items: (await explainPermissions(services, access)).map((item) => ({
        ...item,
        roles: [...item.roles],
        ask: [...item.ask],
      })),
    }),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/members',
      permission: 'members:read',
      scope: 'organization',
      tag: 'Members',
      summary: 'The people of this organization',
      response: membersSchema,
    },
    async ({ services, organizationId, actor, access }) => {
      const givable = rolesGivenBy(access.role);
      const mayChange = access.permissions.has('members:write');
      return {
        givable: mayChange ? [...givable] : [],
        items: (await listMembers(services, organizationId)).flatMap((member) =>
          isRole(member.role)
            ? {
                userId: member.id,
                email: member.email,
                name: member.name,
                role: member.role,
                departmentIds: member.departmentIds === null ? null : [...member.departmentIds],
                createdAt: member.createdAt.toISOString(),
                lastSeenAt: member.lastSeenAt?.toISOString() ?? null,
                twoFactor: member.twoFactor,
                you: member.id === actor.id,
                changeable: mayChange && givable.includes(member.role),
              }
            : [],
        ),
      };
    },
  ),
  protectedRoute(
    {
      method: 'patch',
      path: '/members/{userId}',
      permission: 'members:write',
      scope: 'organization',
      tag: 'Members',
      summary: 'Give a member another role or other departments',
      params: byUser,
      body: z.object({ role: roleSchema.optional(), departmentIds: departmentIdsSchema.optional() }),
      errors: ['not_found', 'conflict'],
    },
    async (context) => {
      const { services, organizationId, params, body } = context;
      await changeMember(services, changerOf(context), { organizationId, member: params }, body);
    },
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/members/{userId}',
      permission: 'members:write',
      scope: 'organization',
      tag: 'Members',
      summary: 'Remove a member; what they made stays, their access tokens stop working',
      params: byUser,
      errors: ['not_found', 'conflict'],
    },
    async (context) => {
      const { services, organizationId, params } = context;
      await removeMember(services, changerOf(context), { organizationId, member: params });
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/members/leave',
      permission: 'session',
      scope: 'none',
      tag: 'Members',
      summary: 'Leave this organization',
      errors: ['conflict', 'not_found'],
    },
    async (context) => {
      const { services, organizationId, actor } = context;
      if (actor.kind !== 'user') throw new AppError('forbidden', 'Only a person can leave an organization.');
      await removeMember(services, changerOf(context), { organizationId, member: { userId: actor.id } }, 'member.left');
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/invitations',
      permission: 'members:read',
      scope: 'organization',
      tag: 'Members',
      summary: 'Invitations that were not accepted yet',
      response: z.object({ items: z.array(invitationSchema) }),
    },
    async ({ services, organizationId }) => ({
      items: (await listInvitations(services, organizationId)).flatMap(({ role, departmentIds, ...invitation }) =>
        isRole(role) ? { ...invitation, role, departmentIds: departmentIds === null ? null : [...departmentIds] } : [],
      ),
    }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/invitations',
      permission: 'members:write',
      scope: 'organization',
      tag: 'Members',
      summary: 'Invite somebody by e-mail address; the answer holds the link too',
      body: newInvitationSchema,
      status: 201,
      response: sentInvitationSchema,
      errors: ['conflict', 'not_found'],
    },
    async (context) => invite(context.services, changerOf(context), { organizationId: context.organizationId, ...context.body }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/invitations/{id}/renew',
      permission: 'members:write',
      scope: 'organization',
      tag: 'Members',
      summary: 'A new link for an invitation, with a new week; the old one is worth nothing then',
      params: byId,
      response: sentInvitationSchema,
      errors: ['not_found'],
    },
    async (context) => renewInvitation(context.services, changerOf(context), context.organizationId, context.params.id),
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/invitations/{id}',
      permission: 'members:write',
      scope: 'organization',
      tag: 'Members',
      summary: 'Withdraw an invitation',
      params: byId,
      errors: ['not_found'],
    },
    async (context) => revokeInvitation(context.services, changerOf(context), context.organizationId, context.params.id),
  ),
  publicRoute(
    {
      method: 'post',
      path: '/invitations/look-up',
      scope: 'none',
      tag: 'Members',
      summary: 'What an invitation is to',
      description: 'Open: whoever has the link has the invitation.',
      body: z.object({ token: linkTokenSchema }),
      response: openInvitationSchema,
      errors: ['link_invalid', 'rate_limited'],
    },
    async ({ services, body, c }) => {
      await requireFewAttempts(services, `link:${clientAddress(c)}`, LINK_ATTEMPTS);
      return lookUpInvitation(services, body.token);
    },
  ),
  publicRoute(
    {
      method: 'post',
      path: '/invitations/accept',
      scope: 'none',
      tag: 'Members',
      summary: 'Accept an invitation; somebody new gives a name and a password, and signs in afterwards',
      description: 'Open: whoever has the link has the invitation. It works once.',
      body: z.object({ token: linkTokenSchema, name: personNameSchema.optional(), password: passwordSchema.optional() }),
      response: z.object({ organizationId: z.uuid(), email: z.string() }),
      errors: ['link_invalid', 'rate_limited'],
    },
    async ({ services, body, c }) => {
      await requireFewAttempts(services, `link:${clientAddress(c)}`, LINK_ATTEMPTS);
      return acceptInvitation(services, body.token, body);
    },
  ),
];

function changerOf({ access }: Pick<RouteContext, 'access'>): Changer {
  return { actor: auditActorOf(access), role: access.role };
}
