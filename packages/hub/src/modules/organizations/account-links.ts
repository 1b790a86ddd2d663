/**
 * Links for a person's own account: a forgotten password, a new e-mail address. Each is sealed text that says what it is for and until
 * when; it is worth nothing once that has happened, for it names the state it changes.
 */
import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import { message } from '../../messages/message.ts';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { queueMail } from '../../platform/mail/mail.ts';
import type { Services } from '../../platform/services.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { asTenant } from './as-tenant.ts';
import { authOf } from './auth.ts';
import { normalEmail, passwordHash } from './create-owner.ts';

const VALID_MS = 3_600_000;
const RESET = 'password reset link';
const EMAIL = 'e-mail change link';

const Reset = z.object({ userId: z.uuid(), mark: z.string(), until: z.number() });
const EmailChange = z.object({ userId: z.uuid(), from: z.string(), to: z.string(), until: z.number() });

/** Where a person sets a new password; null when nobody has this e-mail address. */
export async function passwordResetLink(services: Services, email: string): Promise<string | null> {
  const account = await services.db
    .selectFrom('auth.user')
    .innerJoin('auth.account', 'auth.account.userId', 'auth.user.id')
    .select(['auth.user.id', 'auth.account.password'])
    .where('auth.user.email', '=', normalEmail(email))
    .where('auth.account.providerId', '=', 'credential')
    .executeTakeFirst();
  if (account === undefined) return null;
  const token = seal(services, RESET, { userId: account.id, mark: markOf(account.password) });
  return `${services.config.publicUrls[0].url}/reset-password#${token}`;
}

/** Mails a person the way to a new password. Says nothing about whether anybody has this address. */
export async function mailPasswordReset(services: Services, email: string): Promise<void> {
  const link = await passwordResetLink(services, email);
  if (link === null) return;
  await queueMail(services, null, {
    to: normalEmail(email),
    subject: message('mail.reset.subject'),
    text: message('mail.reset.text', { link }),
  });
}

/**
 * Sets the new password, signs the person out everywhere, and tells them.
 *
 * @throws AppError `link_invalid`, `invalid_request` for a password of a wrong length.
 */
export async function resetPassword(services: Services, token: string, password: string): Promise<void> {
  const { userId, mark } = open(services, RESET, token, Reset);
  const hash = await passwordHash(services, password);
  await services.db.transaction().execute(async (trx) => {
    const account = await trx
      .selectFrom('auth.account')
      .innerJoin('auth.user', 'auth.user.id', 'auth.account.userId')
      .select(['auth.account.password', 'auth.user.email', 'auth.user.name'])
      .where('auth.user.id', '=', userId)
      .where('auth.account.providerId', '=', 'credential')
      .forUpdate()
      .executeTakeFirst();
    if (account === undefined || markOf(account.password) !== mark) throw invalid();
    await trx
      .updateTable('auth.account')
      .set({ password: hash, updatedAt: new Date(services.clock.now()) })
      .where('userId', '=', userId)
      .where('providerId', '=', 'credential')
      .execute();
    await trx.deleteFrom('auth.session').where('userId', '=', userId).execute();
    const actor = { kind: 'person', id: userId, name: account.name } as const;
    await auditPerson(services, trx, actor, userId, account.email, 'person.password_reset', {});
    await queueMail(services, trx, {
      to: account.email,
      subject: message('mail.password_changed.subject'),
      text: message('mail.password_changed.text'),
    });
  });
}

/**
 * Mails a link to the address a person wants to sign in with. Needs their password, so that a browser left open does not suffice.
 *
 * @throws AppError `forbidden` for a wrong password, `unavailable` when no mail can be sent here.
 */
export async function requestEmailChange(
  services: Services,
  userId: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  const { email: from, hash } = await credentialOf(services, userId);
  const { password: passwords } = await authOf(services).$context;
  if (!(await passwords.verify({ hash, password }))) throw new AppError('forbidden', 'This is not your password.');
  const to = normalEmail(email);
  const token = seal(services, EMAIL, { userId, from, to });
  const mailed = await queueMail(services, null, {
    to,
    subject: message('mail.email_change.subject'),
    text: message('mail.email_change.text', { link: `${services.config.publicUrls[0].url}/confirm-email#${token}` }),
  });
  if (!mailed) throw new AppError('unavailable', 'This installation cannot send mail. Its operator can set SMTP_URL.');
}

/** @throws AppError `link_invalid`, `conflict` when somebody else has this address. */
export async function confirmEmailChange(services: Services, token: string): Promise<{ email: string }> {
  const { userId, from, to } = open(services, EMAIL, token, EmailChange);
  await services.db.transaction().execute(async (trx) => {
    const taken = await trx.selectFrom('auth.user').select('id').where('email', '=', to).executeTakeFirst();
    if (taken !== undefined) throw new AppError('conflict', 'Somebody has this e-mail address already.');
    const user = await trx
      .updateTable('auth.user')
      .set({ email: to, emailVerified: true, updatedAt: new Date(services.clock.now()) })
      .where('id', '=', userId)
      .where('email', '=', from)
      .returning('name')
      .executeTakeFirst();
    if (user === undefined) throw invalid();
    const actor = { kind: 'person', id: userId, name: user.name } as const;
    const change = { before: { email: from }, after: { email: to } };
    await auditPerson(services, trx, actor, userId, to, 'person.email_changed', change);
    await queueMail(services, trx, {
      to: from,
      subject: message('mail.email_changed.subject'),
      text: message('mail.email_changed.text', { email: to }),
    });
  });
  return { email: to };
}

/** Takes a person's second factor off, for one who has lost both the device and the codes. Signs them out everywhere. */
export async function disableTwoFactor(services: Services, actor: AuditActor, email: string): Promise<void> {
  await services.db.transaction().execute(async (trx) => {
    const user = await trx
      .updateTable('auth.user')
      .set({ twoFactorEnabled: false })
      .where('email', '=', normalEmail(email))
      .returning(['id', 'email'])
      .executeTakeFirst();
    if (user === undefined) throw new AppError('not_found', 'Nobody has this e-mail address.');
    await trx.deleteFrom('auth.twoFactor').where('userId', '=', user.id).execute();
    await trx.deleteFrom('auth.session').where('userId', '=', user.id).execute();
    await auditPerson(services, trx, actor, user.id, user.email, 'person.two_factor_disabled', {});
  });
}

/** Somebody at work on their own account. */
export interface AccountOwner {
  readonly userId: string;
  readonly email: string;
  readonly actor: AuditActor;
}

/** Changes somebody's name. */
export async function renamePerson(services: Services, { userId, email, actor }: AccountOwner, name: string): Promise<void> {
  await services.db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('auth.user')
      .select('name')
      .where('id', '=', userId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (before.name === name) return;
    await trx.updateTable('auth.user').set({ name }).where('id', '=', userId).execute();
    const change = { before: { name: before.name }, after: { name } };
    await auditPerson(services, trx, actor, userId, email, 'person.renamed', change);
  });
}

/** What happens to a person's account is written down in every organization they belong to. */
export async function auditPerson(
  services: Services,
  trx: Transaction<Database>,
  actor: AuditActor,
  userId: string,
  email: string,
  action: string,
  change: Pick<Parameters<typeof recordAudit>[1], 'before' | 'after'>,
): Promise<void> {
  const memberships = await trx.selectFrom('auth.member').select('organizationId').where('userId', '=', userId).execute();
  const at = new Date(services.clock.now());
  const subject = { kind: 'person', id: userId, name: email };
  for (const { organizationId } of memberships) {
    await asTenant(trx, organizationId, () => recordAudit(trx, { organizationId, actor, action, subject, ...change, at }));
  }
}

async function credentialOf(services: Services, userId: string): Promise<{ email: string; hash: string }> {
  const row = await services.db
    .selectFrom('auth.user')
    .innerJoin('auth.account', 'auth.account.userId', 'auth.user.id')
    .select(['auth.user.email', 'auth.account.password'])
    .where('auth.user.id', '=', sql<string>`${userId}::uuid`)
    .where('auth.account.providerId', '=', 'credential')
    .executeTakeFirstOrThrow();
  return { email: row.email, hash: row.password ?? '' };
}

function seal({ sealer, clock }: Services, context: string, content: object): string {
  return sealer.seal(JSON.stringify({ ...content, until: clock.now() + VALID_MS }), context);
}

function open<T extends z.ZodType<{ until: number }>>(
  { sealer, clock }: Services,
  context: string,
  token: string,
  shape: T,
): z.output<T> {
  let text: string;
  try {
    text = sealer.open(token, context);
  } catch (cause) {
    throw invalid(cause);
  }
  const content = shape.parse(JSON.parse(text));
  if (content.until <= clock.now()) throw invalid();
  return content;
}

/** Of the password as it was when the link was made: another password makes the link worthless. */
function markOf(password: string | null): string {
  return createHash('sha256')
    .update(password ?? '')
    .digest('base64url');
}

function invalid(cause?: unknown): AppError {
  return new AppError('link_invalid', 'This link was used already or has expired. Ask for a new one.', { cause });
}
