import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { clientAddress } from '../../http/client-address.ts';
import { protectedRoute, publicRoute, type Route, type RouteContext } from '../../http/route.ts';
import { AppError } from '../../platform/errors.ts';
import {
  type AccountOwner,
  confirmEmailChange,
  mailPasswordReset,
  renamePerson,
  requestEmailChange,
  resetPassword,
} from './account-links.ts';
import { auditActorOf } from './access.ts';
import { requireFewAttempts } from './attempts.ts';
import { emailSchema, linkTokenSchema, passwordSchema, personNameSchema, sessionSchema } from './people-schemas.ts';
import { endOtherSessions, endSession, listSessions } from './sessions.ts';

const LINK_ATTEMPTS = { windowSeconds: 60, max: 20 };
const MAILS_TO_ONE = { windowSeconds: 3600, max: 3 };
const PASSWORD_ATTEMPTS = { windowSeconds: 60, max: 5 };

/** A person's own account: their name, address, password and browsers. */
export const accountRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'patch',
      path: '/me',
      permission: 'session',
      scope: 'none',
      tag: 'Account',
      summary: 'Change my name',
      body: z.object({ name: personNameSchema }),
    },
    async (context) => {
      await renamePerson(context.services, personOf(context), context.body.name);
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/me/email',
      permission: 'session',
      scope: 'none',
      tag: 'Account',
      summary: 'Mail a link to the address I want to sign in with from now on',
      body: z.object({ email: emailSchema, password: z.string().min(1).max(1000) }),
      status: 202,
      response: z.object({ mailed: z.boolean() }),
      errors: ['rate_limited', 'unavailable'],
    },
    async (context) => {
      const { userId } = personOf(context);
      await requireFewAttempts(context.services, `password:${userId}`, PASSWORD_ATTEMPTS);
      await requestEmailChange(context.services, userId, context.body);
      return { mailed: true };
    },
  ),
  publicRoute(
    {
      method: 'post',
      path: '/email-changes/confirm',
      scope: 'none',
      tag: 'Account',
      summary: 'Confirm a new e-mail address by the link that was mailed to it',
      description: 'Open: whoever has the link has the address. It works once.',
      body: z.object({ token: linkTokenSchema }),
      response: z.object({ email: z.string() }),
      errors: ['link_invalid', 'conflict', 'rate_limited'],
    },
    async ({ services, body, c }) => {
      await requireFewAttempts(services, `link:${clientAddress(c)}`, LINK_ATTEMPTS);
      return confirmEmailChange(services, body.token);
    },
  ),
  publicRoute(
    {
      method: 'post',
      path: '/password-resets',
      scope: 'none',
      tag: 'Account',
      summary: 'Mail a link to set a new password',
      description: 'Open: for people who cannot sign in. The answer is the same whether or not anybody has this address.',
      body: z.object({ email: emailSchema }),
      status: 202,
      response: z.object({ accepted: z.boolean() }),
      errors: ['rate_limited'],
    },
    async ({ services, body, c }) => {
      await requireFewAttempts(services, `reset:${clientAddress(c)}`, LINK_ATTEMPTS);
      // Beyond what is useful nothing more is mailed, and nothing is said about it: nobody's mailbox is filled through us.
      const one = createHash('sha256').update(body.email.trim().toLowerCase()).digest('hex');
      try {
        await requireFewAttempts(services, `reset-mail:${one}`, MAILS_TO_ONE);
      } catch (error) {
        if (error instanceof AppError) return { accepted: true };
        throw error;
      }
      await mailPasswordReset(services, body.email);
      return { accepted: true };
    },
  ),
  publicRoute(
    {
      method: 'post',
      path: '/password-resets/confirm',
      scope: 'none',
      tag: 'Account',
      summary: 'Set a new password by the link that was mailed; signs out everywhere',
      description: 'Open: whoever has the link has the address. It works once.',
      body: z.object({ token: linkTokenSchema, password: passwordSchema }),
      errors: ['link_invalid', 'rate_limited'],
    },
    async ({ services, body, c }) => {
      await requireFewAttempts(services, `link:${clientAddress(c)}`, LINK_ATTEMPTS);
      await resetPassword(services, body.token, body.password);
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/sessions',
      permission: 'session',
      scope: 'none',
      tag: 'Account',
      summary: 'The browsers I am signed in with',
      response: z.object({ items: z.array(sessionSchema) }),
    },
    async ({ services, actor, access }) => ({
      items:
        actor.kind === 'user'
          ? (await listSessions(services, actor.id)).map((session) => ({ ...session, current: session.id === access.sessionId }))
          : [],
    }),
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/sessions',
      permission: 'session',
      scope: 'none',
      tag: 'Account',
      summary: 'Sign me out of every other browser',
    },
    async (context) => {
      const person = personOf(context);
      await endOtherSessions(context.services, person, person.sessionId);
    },
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/sessions/{id}',
      permission: 'session',
      scope: 'none',
      tag: 'Account',
      summary: 'Sign me out of one browser',
      params: z.object({ id: z.uuid() }),
    },
    async (context) => {
      await endSession(context.services, personOf(context), context.params.id);
    },
  ),
];

/** @throws AppError `forbidden` for an access token, which has no account. */
function personOf({ actor, access }: Pick<RouteContext, 'actor' | 'access'>): AccountOwner & { readonly sessionId: string } {
  if (actor.kind !== 'user' || access.sessionId === null) throw new AppError('forbidden', 'Only a person has an account.');
  return { userId: actor.id, email: actor.email, actor: auditActorOf(access), sessionId: access.sessionId };
}
