import { z } from '@hono/zod-openapi';
import { pageOf, pageQuery } from '../../http/paging.ts';
import { protectedRoute, type Route } from '../../http/route.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import { mailAvailable } from '../../platform/mail/mail.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { auditActorOf } from '../organizations/access.ts';
import { roleSchema } from '../organizations/schemas.ts';
import { kindOf, notificationKindNames } from './kinds.ts';
import { listNotifications, markRead } from './list-notifications.ts';
import { type NotificationRule, readRules, writeRules } from './rules.ts';
import { textOf } from './texts.ts';

const kind = z.enum(notificationKindNames).openapi('NotificationKind');
const severity = z.enum(['info', 'warning', 'error']);

const notificationSchema = z
  .object({
    id: z.uuid(),
    kind,
    severity,
    title: z.string(),
    text: z.string(),
    fix: z
      .object({ label: z.string(), href: z.string() })
      .nullable()
      .openapi({ description: 'Where in the web it is put right' }),
    data: z.record(z.string(), z.unknown()),
    raisedAt: z.iso.datetime(),
    resolvedAt: z.iso.datetime().nullable(),
    read: z.boolean(),
  })
  .openapi('Notification');

const ruleSchema = z.object({ kind, role: roleSchema, bell: z.boolean(), mail: z.boolean() }).openapi('NotificationRule');

const rulesSchema = z
  .object({
    mail: z.object({ available: z.boolean().openapi({ description: 'False without SMTP_URL: then there is the bell alone' }) }),
    items: z.array(z.object({ kind, title: z.string(), severity, rules: z.array(ruleSchema.omit({ kind: true })) })),
  })
  .openapi('NotificationRules');

export const notificationRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/notifications',
      permission: 'session',
      scope: 'organization',
      tag: 'Notifications',
      summary: 'What my bell shows, the newest first',
      query: z.object({ ...pageQuery, state: z.enum(['open', 'all']).default('open') }),
      response: pageOf(notificationSchema).extend({ unread: z.int() }).openapi('Notifications'),
    },
    async ({ services, access, query }) => listNotifications(services, access, query),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/notifications/read',
      permission: 'session',
      scope: 'none',
      tag: 'Notifications',
      summary: 'I have read all of them',
    },
    async ({ services, access }) => markRead(services, access, null),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/notifications/{id}/read',
      permission: 'session',
      scope: 'none',
      tag: 'Notifications',
      summary: 'I have read this one',
      params: z.object({ id: z.uuid() }),
      errors: ['not_found'],
    },
    async ({ services, access, params }) => markRead(services, access, params.id),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/notification-rules',
      permission: 'settings:read',
      scope: 'organization',
      tag: 'Notifications',
      summary: 'Which role is told of what, and how',
      response: rulesSchema,
    },
    async ({ services, organizationId }) => {
      const rules = await tenantTransaction(services.db, organizationId, (trx) => readRules(trx, organizationId));
      return {
        mail: { available: mailAvailable(services.config) },
        items: notificationKindNames.map((name) => ({
          kind: name,
          title: textOf(name, {}).title.replaceAll(/\{\w+\}/gu, '…'),
          severity: kindOf(name).severity,
          rules: rules.filter((rule) => rule.kind === name).map(({ role, bell, mail }) => ({ role, bell, mail })),
        })),
      };
    },
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/notification-rules',
      permission: 'settings:write',
      scope: 'organization',
      tag: 'Notifications',
      summary: 'Change how roles are told; what is not named stays',
      body: z.object({ rules: z.array(ruleSchema).max(200) }),
    },
    async ({ services, organizationId, access, body }) => {
      await tenantTransaction(services.db, organizationId, async (trx) => {
        const before = await readRules(trx, organizationId);
        const beyond = body.rules.find(
          ({ kind: name, role }) => !before.some((rule) => rule.kind === name && rule.role === role),
        );
        if (beyond !== undefined) {
          throw new AppError('invalid_request', `The role ${beyond.role} may not know of ${beyond.kind}.`, { details: beyond });
        }
        await writeRules(trx, organizationId, body.rules);
        const changed = changedFields(byName(before), byName(await readRules(trx, organizationId)));
        if (changed === null) return;
        await recordAudit(trx, {
          organizationId,
          actor: auditActorOf(access),
          action: 'settings.notification_rules_changed',
          subject: { kind: 'settings', id: null, name: null },
          ...changed,
          at: new Date(services.clock.now()),
        });
      });
    },
  ),
];

function byName(rules: readonly NotificationRule[]): Record<string, { bell: boolean; mail: boolean }> {
  return Object.fromEntries(rules.map((rule) => [`${rule.kind} ${rule.role}`, { bell: rule.bell, mail: rule.mail }]));
}
