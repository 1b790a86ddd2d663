import { z } from '@hono/zod-openapi';
import { pageOf, pageQuery } from '../../http/paging.ts';
import { protectedRoute, type Route } from '../../http/route.ts';
import { listAudit } from './queries.ts';

const values = z.record(z.string(), z.unknown()).nullable();

export const auditEntrySchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.object({
      kind: z.enum(['person', 'token', 'command', 'system']),
      id: z.string().nullable(),
      name: z.string().nullable(),
      actingAs: z.boolean().openapi({ description: "Whether it was the operator's staff inside this organization" }),
    }),
    action: z.string().openapi({ example: 'member.role_changed' }),
    subject: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
    before: values.openapi({ description: 'What changed, as it was; null for something new' }),
    after: values.openapi({ description: 'The same fields as they are since; null for something gone' }),
    reason: z.string().nullable(),
  })
  .openapi('AuditEntry');

export const auditRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/audit',
      permission: 'audit:read',
      scope: 'organization',
      tag: 'Audit',
      summary: 'Who did what and when, with what it was before and is since; the newest first',
      query: z.object({
        ...pageQuery,
        subjectKind: z.string().max(50).optional(),
        subjectId: z.string().max(200).optional(),
        actorId: z.string().max(200).optional(),
        action: z.string().max(100).optional().openapi({ description: 'An action, or its area: `member.removed` or `member`' }),
      }),
      response: pageOf(auditEntrySchema),
    },
    async ({ services, organizationId, query }) => listAudit(services, organizationId, query),
  ),
];
