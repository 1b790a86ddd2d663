import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { type AuditActor, COMMAND_ACTOR, recordAudit } from '../audit/record-audit.ts';
import type { Access } from './access.ts';
import { hashOfToken, longId, shortId } from './link-token.ts';
import { isPermission, isRole, type Permission, permissionsOf, permissionsWithin } from './permissions.ts';

const TOKEN = /^(tw_[\w-]{8})_([\w-]{22})_[\w-]{43}$/u;
const USED_AGAIN_AFTER = '1 minute';

/** A token as lists show it: everything but the secret. */
export interface AccessToken {
  readonly id: string;
  readonly name: string;
  /** What people recognise it by; its first letters. */
  readonly prefix: string;
  readonly permissions: readonly string[];
  /** What it is limited to; null: as its maker. */
  readonly departmentIds: readonly string[] | null;
  /** Name of who made it; null when made on the command line. */
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

interface NewToken {
  readonly organizationId: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly expiresAt: Instant | null;
  /** Id of the person who makes it: it never may more than that person may at the time. Null when made on the command line. */
  readonly createdBy: string | null;
  readonly departmentIds?: readonly string[] | null;
  readonly actor?: AuditActor;
}

/** @throws AppError `forbidden` when a token is to be given what its maker may not do, or departments beyond theirs. */
export function requireWithin(
  access: Access,
  token: { readonly permissions: readonly Permission[]; readonly departmentIds: readonly string[] | null },
): void {
  const beyond = token.permissions.find((permission) => !access.permissions.has(permission));
  if (beyond !== undefined) {
    throw new AppError('forbidden', 'A token cannot be given what you may not do yourself.', { details: { permission: beyond } });
  }
  const own = access.departmentIds;
  if (own !== null && token.departmentIds !== null && token.departmentIds.some((id) => !own.includes(id))) {
    throw new AppError('forbidden', 'A token cannot reach departments that are not yours.');
  }
}

/** Makes a token and returns its text, the only time it can be seen: the database keeps a hash. */
export async function createAccessToken(services: Services, input: NewToken): Promise<{ id: string; token: string }> {
  const id = uuidv7(services.clock.now());
  const prefix = `tw_${randomBytes(6).toString('base64url')}`;
  // The organization stands in the token, so that it can be looked up inside its tenant.
  const token = `${prefix}_${shortId(input.organizationId)}_${randomBytes(32).toString('base64url')}`;
  const at = new Date(services.clock.now());
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  const departmentIds = input.departmentIds ?? null;
  await tenantTransaction(services.db, input.organizationId, async (trx) => {
    await trx
      .insertInto('access_token')
      .values({
        organization_id: input.organizationId,
        id,
        name: input.name,
        prefix,
        hash: hashOfToken(token),
        scopes: [...input.permissions],
        created_by: input.createdBy,
        department_ids: departmentIds === null ? null : [...departmentIds],
        created_at: at,
        expires_at: expiresAt,
      })
      .execute();
    await recordAudit(trx, {
      organizationId: input.organizationId,
      actor: input.actor ?? COMMAND_ACTOR,
      action: 'access.granted',
      subject: { kind: 'access_token', id, name: input.name },
      after: { permissions: input.permissions, departmentIds, expiresAt },
      at,
    });
  });
  return { id, token };
}

/** The tokens that were not revoked, the newest first. */
export async function listAccessTokens(services: Services, organizationId: string): Promise<AccessToken[]> {
  const rows = await tenantTransaction(services.db, organizationId, (trx) =>
    trx
      .selectFrom('access_token')
      .select(['id', 'name', 'prefix', 'scopes', 'department_ids', 'created_by', 'created_at', 'expires_at', 'last_used_at'])
      .where('organization_id', '=', organizationId)
      .where('revoked_at', 'is', null)
      .orderBy('id', 'desc')
      .execute(),
  );
  const makers = rows.flatMap((row) => row.created_by ?? []);
  const names = new Map(
    makers.length === 0
      ? []
      : (await services.db.selectFrom('auth.user').select(['id', 'name']).where('id', 'in', makers).execute()).map(
          ({ id, name }): [string, string] => [id, name],
        ),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    permissions: row.scopes,
    departmentIds: row.department_ids,
    createdBy: row.created_by === null ? null : (names.get(row.created_by) ?? null),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }));
}

/** @throws AppError `not_found`. */
export async function revokeAccessToken(
  services: Services,
  { organizationId, id, actor }: { readonly organizationId: string; readonly id: string; readonly actor: AuditActor },
): Promise<void> {
  const at = new Date(services.clock.now());
  await tenantTransaction(services.db, organizationId, async (trx) => {
    const revoked = await trx
      .updateTable('access_token')
      .set({ revoked_at: at })
      .where('organization_id', '=', organizationId)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('name')
      .executeTakeFirst();
    if (revoked === undefined) throw new AppError('not_found', 'There is no such access token.');
    const subject = { kind: 'access_token', id, name: revoked.name };
    await recordAudit(trx, { organizationId, actor, action: 'access.revoked', subject, at });
  });
}

/** What the holder of `token` may do; null when it is unknown, expired, revoked, or its maker has left the organization. */
export async function accessOfToken(services: Services, token: string): Promise<Access | null> {
  const shortOrganization = TOKEN.exec(token)?.[2];
  if (shortOrganization === undefined) return null;
  const organizationId = longId(shortOrganization);
  const now = new Date(services.clock.now());
  const found = await tenantTransaction(services.db, organizationId, async (trx) => {
    const row = await trx
      .selectFrom('access_token')
      .select(['id', 'name', 'scopes', 'created_by', 'department_ids'])
      .where('organization_id', '=', organizationId)
      .where('hash', '=', hashOfToken(token))
      .where('revoked_at', 'is', null)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
      .executeTakeFirst();
    if (row === undefined) return null;
    await trx
      .updateTable('access_token')
      .set({ last_used_at: now })
      .where('organization_id', '=', organizationId)
      .where('id', '=', row.id)
      .where((where) =>
        where.or([
          where('last_used_at', 'is', null),
          where('last_used_at', '<', sql<Date>`${now}::timestamptz - ${USED_AGAIN_AFTER}::interval`),
        ]),
      )
      .execute();
    return row;
  });
  if (found === null) return null;
  const granted = found.scopes.filter(isPermission);
  const limit = found.created_by === null ? null : await limitsOfMember(services, organizationId, found.created_by);
  if (limit === 'not a member') return null;
  const departmentIds = narrower(found.department_ids, limit?.departmentIds ?? null);
  return {
    organizationId,
    actor: { kind: 'token', id: found.id, name: found.name },
    role: null,
    permissions: new Set(
      permissionsWithin(
        limit === null ? granted : granted.filter((permission) => limit.permissions.includes(permission)),
        departmentIds,
      ),
    ),
    departmentIds,
    actingAs: false,
    sessionId: null,
  };
}

async function limitsOfMember(
  services: Services,
  organizationId: string,
  userId: string,
): Promise<{ permissions: readonly Permission[]; departmentIds: readonly string[] | null } | 'not a member'> {
  const member = await services.db
    .selectFrom('auth.member')
    .select(['role', 'departmentIds'])
    .where('organizationId', '=', sql<string>`${organizationId}::uuid`)
    .where('userId', '=', sql<string>`${userId}::uuid`)
    .executeTakeFirst();
  if (member === undefined || !isRole(member.role)) return 'not a member';
  return { permissions: permissionsOf(member.role), departmentIds: member.departmentIds };
}

/** What is in both of two limits; null is no limit. */
function narrower(one: readonly string[] | null, other: readonly string[] | null): readonly string[] | null {
  if (one === null || other === null) return one ?? other;
  return one.filter((id) => other.includes(id));
}
