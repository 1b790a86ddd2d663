import type { Transaction } from 'kysely';
import { message } from '../../messages/message.ts';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import { queueMail } from '../../platform/mail/mail.ts';
import type { Services } from '../../platform/services.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { asTenant } from './as-tenant.ts';
import { insertMember, insertPerson, passwordHash } from './create-owner.ts';
import { hashOfToken, newLinkToken, organizationOfToken } from './link-token.ts';
import { type Changer, requireDepartments } from './members.ts';
import { requireRoleGiven } from './member-rules.ts';
import { isRole, type Role } from './permissions.ts';

const VALID_MS = 7 * 86_400_000;

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly departmentIds: readonly string[] | null;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** A link to hand over; it was also mailed when mail can be sent here. It is shown this once. */
export interface SentInvitation {
  readonly id: string;
  readonly link: string;
  readonly mailed: boolean;
}

interface NewInvitation {
  readonly organizationId: string;
  readonly email: string;
  readonly role: Role;
  readonly departmentIds: readonly string[] | null;
}

/**
 * Invites somebody by e-mail address, whether or not they have an account here. Another open invitation of that address is replaced.
 *
 * @throws AppError `conflict` when they are a member already, `forbidden` for a role beyond the inviter's own, `not_found` for a
 * department that is not there.
 */
export async function invite(services: Services, by: Changer, input: NewInvitation): Promise<SentInvitation> {
  requireRoleGiven(by.role, input.role);
  const email = input.email.trim().toLowerCase();
  const { organizationId, role, departmentIds } = input;
  if (role === 'owner' && departmentIds !== null) {
    throw new AppError('invalid_request', 'An owner is not limited to departments.');
  }
  if (departmentIds !== null) await requireDepartments(services, organizationId, departmentIds);
  const member = await services.db
    .selectFrom('auth.member')
    .innerJoin('auth.user', 'auth.user.id', 'auth.member.userId')
    .select('auth.member.id')
    .where('auth.member.organizationId', '=', organizationId)
    .where('auth.user.email', '=', email)
    .executeTakeFirst();
  if (member !== undefined) throw new AppError('conflict', 'This person belongs to the organization already.');
  const at = new Date(services.clock.now());
  const id = uuidv7(services.clock.now());
  return tenantTransaction(services.db, organizationId, async (trx) => {
    await trx
      .updateTable('invitation')
      .set({ revoked_at: at })
      .where('organization_id', '=', organizationId)
      .where('email', '=', email)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .execute();
    const { token, hash } = newLinkToken(organizationId);
    await trx
      .insertInto('invitation')
      .values({
        organization_id: organizationId,
        id,
        email,
        role,
        department_ids: departmentIds === null ? null : [...departmentIds],
        token_hash: hash,
        invited_by: by.actor.kind === 'person' ? by.actor.id : null,
        created_at: at,
        expires_at: new Date(at.getTime() + VALID_MS),
      })
      .execute();
    await recordAudit(trx, {
      organizationId,
      actor: by.actor,
      action: 'member.invited',
      subject: { kind: 'invitation', id, name: email },
      after: { email, role, departmentIds },
      at,
    });
    return { id, ...(await send(services, trx, organizationId, email, role, token)) };
  });
}

/**
 * A new link for an open invitation, with a new week; the old link is worth nothing from then.
 *
 * @throws AppError `not_found`.
 */
export async function renewInvitation(
  services: Services,
  by: Changer,
  organizationId: string,
  id: string,
): Promise<SentInvitation> {
  const at = new Date(services.clock.now());
  const { token, hash } = newLinkToken(organizationId);
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const row = await trx
      .updateTable('invitation')
      .set({ token_hash: hash, expires_at: new Date(at.getTime() + VALID_MS) })
      .where('organization_id', '=', organizationId)
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning(['email', 'role'])
      .executeTakeFirst();
    if (row === undefined) throw new AppError('not_found', 'There is no such open invitation.');
    requireRoleGiven(by.role, row.role);
    const subject = { kind: 'invitation', id, name: row.email };
    await recordAudit(trx, { organizationId, actor: by.actor, action: 'member.invited_again', subject, at });
    return { id, ...(await send(services, trx, organizationId, row.email, row.role, token)) };
  });
}

/** @throws AppError `not_found`. */
export async function revokeInvitation(services: Services, by: Changer, organizationId: string, id: string): Promise<void> {
  const at = new Date(services.clock.now());
  await tenantTransaction(services.db, organizationId, async (trx) => {
    const row = await trx
      .updateTable('invitation')
      .set({ revoked_at: at })
      .where('organization_id', '=', organizationId)
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning('email')
      .executeTakeFirst();
    if (row === undefined) throw new AppError('not_found', 'There is no such open invitation.');
    const subject = { kind: 'invitation', id, name: row.email };
    await recordAudit(trx, { organizationId, actor: by.actor, action: 'member.invitation_revoked', subject, at });
  });
}

/** Those that were neither accepted nor revoked, the newest first; some may have expired. */
export async function listInvitations(services: Services, organizationId: string): Promise<Invitation[]> {
  const rows = await tenantTransaction(services.db, organizationId, (trx) =>
    trx
      .selectFrom('invitation')
      .select(['id', 'email', 'role', 'department_ids', 'created_at', 'expires_at'])
      .where('organization_id', '=', organizationId)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .orderBy('id', 'desc')
      .execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    role: row.role,
    departmentIds: row.department_ids,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }));
}

/** What a link invites to, for the page behind it. */
export interface OpenInvitation {
  readonly organization: string;
  readonly email: string;
  readonly role: Role;
  /** Whether they have an account here, and so need no name and password. */
  readonly known: boolean;
}

/** @throws AppError `link_invalid` for a link that was used, withdrawn, replaced, has expired or never was. */
export async function lookUpInvitation(services: Services, token: string): Promise<OpenInvitation> {
  return services.db.transaction().execute(async (trx) => {
    const { organizationId, invitation, organization } = await find(services, trx, token);
    const user = await trx.selectFrom('auth.user').select('id').where('email', '=', invitation.email).executeTakeFirst();
    if (!isRole(invitation.role)) throw new Error(`An invitation of ${organizationId} has an unknown role.`);
    return { organization, email: invitation.email, role: invitation.role, known: user !== undefined };
  });
}

/**
 * Makes the invited person a member, once. The link came to their own mailbox, so their address is taken as verified; somebody without
 * an account gets one with the name and password given here.
 *
 * @throws AppError `link_invalid`; `invalid_request` when a new person gives no name or no usable password.
 */
export async function acceptInvitation(
  services: Services,
  token: string,
  person: { readonly name?: string | undefined; readonly password?: string | undefined },
): Promise<{ organizationId: string; email: string }> {
  const hash = person.password === undefined ? null : await passwordHash(services, person.password);
  return services.db.transaction().execute(async (trx) => {
    const { organizationId, invitation } = await find(services, trx, token);
    const { email, role } = invitation;
    if (!isRole(role)) throw new Error(`An invitation of ${organizationId} has an unknown role.`);
    const known = await trx.selectFrom('auth.user').select('id').where('email', '=', email).executeTakeFirst();
    if (known === undefined && (hash === null || person.name === undefined)) {
      throw new AppError('invalid_request', 'Give a name and a password for the new account.');
    }
    const userId =
      known?.id ?? (await insertPerson(services, trx, { email, name: person.name ?? email, verified: true }, hash ?? ''));
    const member = await trx
      .selectFrom('auth.member')
      .select('id')
      .where('organizationId', '=', organizationId)
      .where('userId', '=', userId)
      .executeTakeFirst();
    if (member === undefined) await insertMember(services, trx, organizationId, userId, role, invitation.department_ids);
    const at = new Date(services.clock.now());
    await asTenant(trx, organizationId, async () => {
      await trx
        .updateTable('invitation')
        .set({ accepted_at: at })
        .where('organization_id', '=', organizationId)
        .where('id', '=', invitation.id)
        .execute();
      await recordAudit(trx, {
        organizationId,
        actor: { kind: 'person', id: userId, name: person.name ?? email },
        action: 'member.joined',
        subject: { kind: 'member', id: userId, name: email },
        after: { role, departmentIds: invitation.department_ids },
        at,
      });
    });
    return { organizationId, email };
  });
}

async function find(services: Services, trx: Transaction<Database>, token: string) {
  const organizationId = organizationOfToken(token);
  const found =
    organizationId === null
      ? undefined
      : await asTenant(trx, organizationId, () =>
          trx
            .selectFrom('invitation')
            .innerJoin('organization', 'organization.organization_id', 'invitation.organization_id')
            .select(['invitation.id', 'invitation.email', 'invitation.role', 'invitation.department_ids', 'organization.name'])
            .where('invitation.organization_id', '=', organizationId)
            .where('token_hash', '=', hashOfToken(token))
            .where('accepted_at', 'is', null)
            .where('revoked_at', 'is', null)
            .where('expires_at', '>', new Date(services.clock.now()))
            .forUpdate('invitation')
            .executeTakeFirst(),
        );
  if (found === undefined || organizationId === null) {
    throw new AppError('link_invalid', 'This link was used, withdrawn or has expired. Ask for a new invitation.');
  }
  return { organizationId, invitation: found, organization: found.name };
}

async function send(
  services: Services,
  trx: Transaction<Database>,
  organizationId: string,
  email: string,
  role: string,
  token: string,
): Promise<{ link: string; mailed: boolean }> {
  const { name } = await trx
    .selectFrom('organization')
    .select('name')
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow();
  // Behind the #: a browser sends that part to nobody, so that it is in no log on the way.
  const link = `${services.config.publicUrls[0].url}/invitation#${token}`;
  const mailed = await queueMail(services, trx, {
    to: email,
    subject: message('mail.invitation.subject', { organization: name }),
    text: message('mail.invitation.text', {
      organization: name,
      role: isRole(role) ? message(`role.${role}.label`) : role,
      link,
    }),
  });
  return { link, mailed };
}
