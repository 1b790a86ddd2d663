import type { Transaction } from 'kysely';
import { z } from 'zod';
import { message } from '../../messages/message.ts';
import type { Database } from '../../platform/database/schema.ts';
import { systemTransaction } from '../../platform/database/transaction.ts';
import { mailAvailable, queueMail } from '../../platform/mail/mail.ts';
import type { Services } from '../../platform/services.ts';
import { isRole } from '../organizations/permissions.ts';
import { isNotificationKind } from './kinds.ts';
import { mayKnow, type NotificationRule, readRules } from './rules.ts';
import { textOf } from './texts.ts';

const MOST_AT_ONCE = 500;

interface Recipient {
  readonly organizationId: string;
  readonly email: string;
  readonly role: string;
  readonly departmentIds: readonly string[] | null;
}

/**
 * Puts the mails of new notifications into the queue, each once: the mails and the mark on the notification are one transaction. One
 * that was settled meanwhile is passed over. Without SMTP they stay unmailed; once mail works only those that are still open go out.
 *
 * @returns How many mails were queued.
 */
export async function mailNotifications(services: Services): Promise<number> {
  if (!mailAvailable(services.config)) return 0;
  const url = services.config.publicUrls[0].url;
  const at = new Date(services.clock.now());
  return systemTransaction(services.db, async (trx) => {
    const waiting = await trx
      .selectFrom('notification')
      .innerJoin('organization', 'organization.organization_id', 'notification.organization_id')
      .select([
        'notification.organization_id as organizationId',
        'notification.id',
        'notification.kind',
        'notification.data',
        'organization.name as organization',
        'organization.integration_contact as contact',
      ])
      .where('mailed_at', 'is', null)
      .where('resolved_at', 'is', null)
      .orderBy('notification.id')
      .limit(MOST_AT_ONCE)
      .forUpdate('notification')
      .skipLocked()
      .execute();
    if (waiting.length === 0) return 0;
    const organizationIds = [...new Set(waiting.map((row) => row.organizationId))];
    const people = await recipientsOf(services, organizationIds);
    const connections = await connectionMails(trx, organizationIds);
    const rules = new Map<string, NotificationRule[]>();
    for (const id of organizationIds) rules.set(id, await readRules(trx, id));
    let queued = 0;
    for (const { organizationId, organization, contact, kind, data } of waiting) {
      if (!isNotificationKind(kind)) continue;
      const { title, text, fix } = textOf(kind, data);
      const told = new Set<string>();
      for (const person of people) {
        if (person.organizationId !== organizationId || !isRole(person.role)) continue;
        const { role } = person;
        const wanted = rules.get(organizationId)?.some((rule) => rule.kind === kind && rule.role === role && rule.mail) === true;
        if (!wanted || !mayKnow(kind, role, person.departmentIds)) continue;
        const lines = [
          text,
          ...(fix === null ? [] : ['', `${fix.label}: ${url}${fix.href}`]),
          '',
          message('notification.mail.closing', {
            role: message(`role.${role}.label`),
            organization,
            url: `${url}/settings/notifications`,
          }),
        ];
        await queueMail(services, trx, { to: person.email, subject: `${organization}: ${title}`, text: lines.join('\n') });
        told.add(person.email.toLowerCase());
        queued += 1;
      }
      const contacts = [
        ...[kind === 'import_overdue' ? emailOf(contact) : null].map((email) => ({ email, why: 'contact' as const })),
        ...connections
          .filter((one) => one.organizationId === organizationId && isAbout(data, one))
          .map(({ email }) => ({ email, why: 'connection' as const })),
      ];
      for (const { email, why } of contacts) {
        if (email === null || told.has(email.toLowerCase())) continue;
        const lines = [text, '', message(`notification.mail.${why}`, { organization })];
        await queueMail(services, trx, { to: email, subject: `${organization}: ${title}`, text: lines.join('\n') });
        told.add(email.toLowerCase());
        queued += 1;
      }
    }
    await trx
      .updateTable('notification')
      .set({ mailed_at: at })
      .where(
        'id',
        'in',
        waiting.map((row) => row.id),
      )
      .execute();
    return queued;
  });
}

/** The integration contact's address (W7), who need not have an account here: no link into the web goes to them. */
function emailOf(contact: unknown): string | null {
  const parsed = z.object({ email: z.email() }).safeParse(contact);
  return parsed.success ? parsed.data.email : null;
}

interface ConnectionMail {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly posAccountId: string | null;
  readonly email: string;
}

/** Who is told of what concerns one connection (M14); they need not have an account here. */
async function connectionMails(trx: Transaction<Database>, organizationIds: readonly string[]): Promise<ConnectionMail[]> {
  const rows = await trx
    .selectFrom('connection')
    .select(['organization_id', 'id', 'pos_account_id', 'notification_email'])
    .where('organization_id', 'in', organizationIds)
    .where('notification_email', 'is not', null)
    .where('state', '<>', 'removed')
    .execute();
  return rows.flatMap(({ organization_id, id, pos_account_id, notification_email: email }) =>
    email === null ? [] : [{ organizationId: organization_id, connectionId: id, posAccountId: pos_account_id, email }],
  );
}

const Concerned = z.object({
  connectionId: z.string().optional(),
  posAccountId: z.string().optional(),
  posAccountIds: z.array(z.string()).default([]),
});

function isAbout(data: unknown, { connectionId, posAccountId }: ConnectionMail): boolean {
  const about = Concerned.safeParse(data);
  if (!about.success) return false;
  const accounts = [about.data.posAccountId, ...about.data.posAccountIds];
  return about.data.connectionId === connectionId || (posAccountId !== null && accounts.includes(posAccountId));
}

/** Read beside the transaction: its role may not see who signs in. */
async function recipientsOf(services: Services, organizationIds: readonly string[]): Promise<Recipient[]> {
  return services.db
    .selectFrom('auth.member')
    .innerJoin('auth.user', 'auth.user.id', 'auth.member.userId')
    .select(['auth.member.organizationId', 'auth.user.email', 'auth.member.role', 'auth.member.departmentIds'])
    .where('auth.member.organizationId', 'in', organizationIds)
    .orderBy('auth.user.email')
    .execute();
}
