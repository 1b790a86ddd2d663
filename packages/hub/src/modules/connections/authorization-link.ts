/**
 * Links by which somebody without an account here signs in at the POS (W5): sent by mail, good once, for a while. The link stands for one
 * connection and for nothing else. Who opens it gets a cookie, and only that browser can bring the POS's answer back.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import { message } from '../../messages/message.ts';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import { queueMail } from '../../platform/mail/mail.ts';
import type { Services } from '../../platform/services.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { notify } from '../notifications/notify.ts';
import { beginAuthorization } from './authorize.ts';
import type { Returning } from './complete-authorization.ts';
import { type ConnectionRef, openCredential } from './credential.ts';
import type { ProviderId } from './providers.ts';
import { SCOPES } from './scopes.ts';
import { signInWithin } from './stored-sign-in.ts';

const TOKEN = /^([\w-]{22})_[\w-]{43}$/u;

export interface SentLink {
  /** The only time it can be seen: the database keeps a hash. */
  readonly link: string;
  readonly email: string;
  readonly expiresAt: string;
  readonly mailed: boolean;
}

/** What somebody with a link sees. */
export interface OpenLink {
  readonly organization: string;
  readonly connection: string;
  readonly provider: ProviderId;
  readonly apiType: string;
  readonly requestedBy: string;
  readonly scopes: { readonly scope: string; readonly reason: string }[];
  readonly expiresAt: string;
  readonly state: 'open' | 'used' | 'expired';
}

interface NewLink {
  readonly email: string;
  readonly days: number;
  readonly actor: AuditActor;
  /** Our public address, to which the link leads. */
  readonly base: string;
}

/**
 * Makes a link, mails it where mail is set up, and ends the one before.
 *
 * @throws AppError `not_found`, `connection_frozen`, or `conflict` for a connection that is retired or does not sign in by OAuth.
 */
export async function sendAuthorizationLink(
  services: Services,
  ref: ConnectionRef,
  { email, days, actor, base }: NewLink,
): Promise<SentLink> {
  const { organizationId, connectionId } = ref;
  const now = services.clock.now();
  const token = `${Buffer.from(organizationId.replaceAll('-', ''), 'hex').toString('base64url')}_${randomBytes(32).toString('base64url')}`;
  const link = `${base}/authorize/${token}`;
  const expiresAt = new Date(now + days * 86_400_000);
  const mailed = await tenantTransaction(services.db, organizationId, async (trx) => {
    const stored = await signInWithin(trx, ref);
    if (stored.state === 'frozen') throw new AppError('connection_frozen', 'The connection is frozen. Thaw it first.');
    openCredential(services, ref, stored.sealed);
    await endOpenLinks(trx, ref, new Date(now));
    const requestedBy = actor.name ?? actor.kind;
    await trx
      .insertInto('authorization_link')
      .values({
        organization_id: organizationId,
        id: uuidv7(now),
        connection_id: connectionId,
        token_hash: hashOf(token),
        email,
        requested_by: actor.id,
        requested_by_name: requestedBy,
        created_at: new Date(now),
        expires_at: expiresAt,
      })
      .execute();
    await recordAudit(trx, {
      organizationId,
      actor,
      action: 'connection.authorization_link_sent',
      subject: { kind: 'connection', id: connectionId, name: stored.name },
      after: { email, expiresAt: expiresAt.toISOString() },
      at: new Date(now),
    });
    const { name: organization } = await organizationOf(trx, organizationId);
    const values = { organization, connection: stored.name, requestedBy, link, until: expiresAt.toISOString().slice(0, 10) };
    return queueMail(services, trx, {
      to: email,
      subject: message('connection.link.subject', values),
      text: message('connection.link.text', values),
    });
  });
  return { link, email, expiresAt: expiresAt.toISOString(), mailed };
}

/** Ends the link that waits for a connection, if one does. @throws AppError `not_found`. */
export async function withdrawAuthorizationLink(services: Services, ref: ConnectionRef, actor: AuditActor): Promise<void> {
  const at = new Date(services.clock.now());
  await tenantTransaction(services.db, ref.organizationId, async (trx) => {
    const { name } = await signInWithin(trx, ref);
    if ((await endOpenLinks(trx, ref, at)) === 0) throw new AppError('not_found', 'No link waits for this connection.');
    await recordAudit(trx, {
      organizationId: ref.organizationId,
      actor,
      action: 'connection.authorization_link_withdrawn',
      subject: { kind: 'connection', id: ref.connectionId, name },
      at,
    });
  });
}

/** What a link is about. @throws AppError `not_found` for one that was never made, was withdrawn, or whose connection is gone. */
export async function readAuthorizationLink(services: Services, token: string): Promise<OpenLink> {
  const { organizationId, row } = await findLink(services, token);
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const stored = await signInWithin(trx, { organizationId, connectionId: row.connection_id });
    const { name: organization } = await organizationOf(trx, organizationId);
    const known = SCOPES[stored.provider];
    return {
      organization,
      connection: stored.name,
      provider: stored.provider,
      apiType: stored.api_type,
      requestedBy: row.requested_by_name,
      scopes: stored.scopes.map((scope) => ({
        scope,
        reason: known.find((choice) => choice.scope === scope)?.reason ?? '',
      })),
      expiresAt: row.expires_at.toISOString(),
      state: stateOf(row, services.clock.now()),
    };
  });
}

/**
 * Begins the sign-in for whoever holds the link. A denial or a mistake may be tried again; once it has led to a connection it is used up.
 *
 * @throws AppError `not_found`, `oauth_expired`, and as `beginAuthorization`.
 */
export async function beginByLink(services: Services, token: string, comeBackTo: (provider: ProviderId) => string): Promise<URL> {
  const { organizationId, row } = await findLink(services, token);
  requireOpen(row, services.clock.now());
  return beginAuthorization(services, { organizationId, connectionId: row.connection_id }, { sessionId: row.id, comeBackTo });
}

/** Who comes back from the POS with a link's cookie; null when there is no such link that is still open. */
export async function returningByLink(services: Services, token: string): Promise<Returning | null> {
  try {
    const { organizationId, row } = await findLink(services, token);
    requireOpen(row, services.clock.now());
    return { organizationId, sessionId: row.id, actor: { kind: 'person', id: null, name: row.email } };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Uses a link up after it led to a connection, and tells those who asked. */
export async function settleLink(
  services: Services,
  { organizationId, sessionId }: Returning,
  connectionId: string,
): Promise<void> {
  const at = new Date(services.clock.now());
  await tenantTransaction(services.db, organizationId, async (trx) => {
    const used = await trx
      .updateTable('authorization_link')
      .set({ used_at: at })
      .where('organization_id', '=', organizationId)
      .where('id', '=', sessionId)
      .where('used_at', 'is', null)
      .returning(['email', 'requested_by_name'])
      .executeTakeFirst();
    if (used === undefined) return;
    const { name } = await signInWithin(trx, { organizationId, connectionId });
    await notify(trx, {
      organizationId,
      kind: 'authorization_done',
      key: sessionId,
      data: { connectionId, connection: name, name, email: used.email, requestedBy: used.requested_by_name },
      at,
    });
  });
}

interface LinkRow {
  readonly id: string;
  readonly connection_id: string;
  readonly email: string;
  readonly requested_by_name: string;
  readonly expires_at: Date;
  readonly used_at: Date | null;
}

async function findLink(services: Services, token: string): Promise<{ organizationId: string; row: LinkRow }> {
  const short = TOKEN.exec(token)?.[1];
  if (short === undefined) throw unknownLink();
  const hex = Buffer.from(short, 'base64url').toString('hex');
  const organizationId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
  const row = await tenantTransaction(services.db, organizationId, (trx) =>
    trx
      .selectFrom('authorization_link')
      .select(['id', 'connection_id', 'email', 'requested_by_name', 'expires_at', 'used_at'])
      .where('organization_id', '=', organizationId)
      .where('token_hash', '=', hashOf(token))
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst(),
  );
  if (row === undefined) throw unknownLink();
  return { organizationId, row };
}

function requireOpen(row: LinkRow, now: number): void {
  const state = stateOf(row, now);
  if (state === 'used') throw new AppError('oauth_state_invalid', 'This link was used already.');
  if (state === 'expired') throw new AppError('oauth_expired', 'This link has expired. Ask for a new one.');
}

function stateOf(row: LinkRow, now: number): OpenLink['state'] {
  if (row.used_at !== null) return 'used';
  return row.expires_at.getTime() <= now ? 'expired' : 'open';
}

async function endOpenLinks(
  trx: Transaction<Database>,
  { organizationId, connectionId }: ConnectionRef,
  at: Date,
): Promise<number> {
  const ended = await trx
    .updateTable('authorization_link')
    .set({ withdrawn_at: at })
    .where('organization_id', '=', organizationId)
    .where('connection_id', '=', connectionId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}

async function organizationOf(trx: Transaction<Database>, organizationId: string): Promise<{ name: string }> {
  return trx.selectFrom('organization').select('name').where('organization_id', '=', organizationId).executeTakeFirstOrThrow();
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function unknownLink(): AppError {
  return new AppError('not_found', 'There is no such link, or it was withdrawn.');
}
