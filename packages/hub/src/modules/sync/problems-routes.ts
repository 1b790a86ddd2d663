import { z } from '@hono/zod-openapi';
import { protectedRoute, type Route } from '../../http/route.ts';
import { auditActorOf } from '../organizations/access.ts';
import { askReplay, dismissProblems } from './problems-settle.ts';
import { dismissAnswer, dismissBody, dismissCauseBody, replayAnswer, replayBody } from './schemas.ts';

const params = z.object({ id: z.uuid() });
const tag = 'Sync';
const scope = 'organization';

/** What can be done about documents that were set aside. */
export const problemRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'post',
      path: '/problems/replay',
      permission: 'sync:run',
      scope,
      tag,
      summary: 'Read documents set aside again',
      description:
        'With today’s code, from what was kept of them, by the next pass of their account. What can be read lands with the order it had, and ' +
        'makes its day whole; what cannot stays, with today’s reason.',
      body: replayBody,
      response: replayAnswer,
      status: 202,
    },
    async ({ body: { cause }, organizationId, access, services }) => {
      const which = cause === undefined ? {} : { cause };
      const { asked } = await askReplay(services, { organizationId, actor: auditActorOf(access) }, which);
      return { asked };
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/problems/dismiss',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Dismiss all documents of a cause',
      body: dismissCauseBody,
      response: dismissAnswer,
      errors: ['not_found'],
    },
    async ({ body: { cause, reason }, organizationId, access, services }) => ({
      dismissed: await dismissProblems(services, { organizationId, actor: auditActorOf(access) }, { cause }, reason),
    }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/problems/{id}/replay',
      permission: 'sync:run',
      scope,
      tag,
      summary: 'Read one document set aside again',
      params,
      response: replayAnswer,
      status: 202,
      errors: ['not_found'],
    },
    async ({ params: { id }, organizationId, access, services }) => {
      const { asked } = await askReplay(services, { organizationId, actor: auditActorOf(access) }, { id });
      return { asked };
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/problems/{id}/dismiss',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Dismiss a document that nobody will be able to read',
      description:
        'Its day is complete without it from then on. Who did it and why is kept; the same content again stays dismissed.',
      params,
      body: dismissBody,
      response: dismissAnswer,
      errors: ['not_found'],
    },
    async ({ params: { id }, body: { reason }, organizationId, access, services }) => ({
      dismissed: await dismissProblems(services, { organizationId, actor: auditActorOf(access) }, { id }, reason),
    }),
  ),
];
