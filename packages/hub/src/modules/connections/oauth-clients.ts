/** The organization's own applications at the POS: made once, chosen by connections (C4). Secrets go in and never come out. */
import type { Transaction } from 'kysely';
import { DatabaseError } from 'pg';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { clientContext } from './oauth-client.ts';
import type { ProviderId } from './providers.ts';

/** An application as lists show it. */
export interface ListedClient {
  readonly id: string;
  /** As registered at the POS, which lists us under it. */
  readonly name: string;
  readonly provider: ProviderId;
  readonly clientId: string;
  /** Public clients have none. */
  readonly hasSecret: boolean;
  readonly createdAt: string;
  /** The connections that sign in as it. */
  readonly usedBy: { readonly id: string; readonly name: string }[];
}

export interface NewClient {
  readonly name: string;
  readonly provider: ProviderId;
  readonly clientId: string;
  readonly clientSecret: string | null;
}

interface By {
  readonly organizationId: string;
  readonly actor: AuditActor;
}

/** The organization's clients, by name. */
export async function listOAuthClients(services: Services, organizationId: string): Promise<ListedClient[]> {
  return tenantTransaction(services.db, organizationId, (trx) => readClients(trx, organizationId, null));
}

/** @throws AppError `name_taken`, or `invalid_request` for an X-Series client without a secret. */
export async function createOAuthClient(
  services: Services,
  { organizationId, actor }: By,
  client: NewClient,
): Promise<ListedClient> {
  requireSecret(client.provider, client.clientSecret);
  const now = new Date(services.clock.now());
  const id = uuidv7(now.getTime());
  return within(services, organizationId, client.name, async (trx) => {
    await trx
      .insertInto('oauth_client')
      .values({
        organization_id: organizationId,
        id,
        provider: client.provider,
        name: client.name,
        client_id: client.clientId,
        sealed: sealSecret(services, organizationId, id, client.clientSecret),
        created_at: now,
        updated_at: now,
      })
      .execute();
    await recordAudit(trx, {
      organizationId,
      actor,
      action: 'oauth_client.created',
      subject: { kind: 'oauth_client', id, name: client.name },
      after: { name: client.name, provider: client.provider, clientId: client.clientId, hasSecret: client.clientSecret !== null },
      at: now,
    });
    return only(await readClients(trx, organizationId, id));
  });
}

/**
 * Changes what is given. A new secret is used from the next sign-in or renewal on.
 *
 * @throws AppError `not_found`, `name_taken`.
 */
export async function changeOAuthClient(
  services: Services,
  { organizationId, actor }: By,
  id: string,
  change: {
    readonly name?: string | undefined;
    readonly clientId?: string | undefined;
    readonly clientSecret?: string | null | undefined;
  },
): Promise<ListedClient> {
  const at = new Date(services.clock.now());
  return within(services, organizationId, change.name ?? '', async (trx) => {
    const before = only(await readClients(trx, organizationId, id));
    if (change.clientSecret !== undefined) requireSecret(before.provider, change.clientSecret);
    await trx
      .updateTable('oauth_client')
      .set({
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.clientId === undefined ? {} : { client_id: change.clientId }),
        ...(change.clientSecret === undefined ? {} : { sealed: sealSecret(services, organizationId, id, change.clientSecret) }),
        updated_at: at,
      })
      .where('organization_id', '=', organizationId)
      .where('id', '=', id)
      .execute();
    const now = only(await readClients(trx, organizationId, id));
    const changed = changedFields(shown(before), { ...shown(now), ...(change.clientSecret == null ? {} : { newSecret: true }) });
    await recordAudit(trx, {
      organizationId,
      actor,
      action: 'oauth_client.changed',
      subject: { kind: 'oauth_client', id, name: now.name },
      before: changed?.before ?? null,
      after: changed?.after ?? null,
      at,
    });
    return now;
  });
}

/** @throws AppError `not_found`, or `oauth_client_in_use` while a connection signs in as it. */
export async function deleteOAuthClient(services: Services, { organizationId, actor }: By, id: string): Promise<void> {
  await tenantTransaction(services.db, organizationId, async (trx) => {
    const client = only(await readClients(trx, organizationId, id));
    if (client.usedBy.length > 0) {
      throw new AppError('oauth_client_in_use', 'Connections sign in as this OAuth client. Let them choose another one first.', {
        details: { usedBy: client.usedBy.map(({ name }) => name).slice(0, 5) },
      });
    }
    // Removed connections stay for the runs that name them; their credentials are gone.
    await trx
      .updateTable('connection')
      .set({ oauth_client_id: null })
      .where('organization_id', '=', organizationId)
      .where('oauth_client_id', '=', id)
      .execute();
    await trx.deleteFrom('oauth_client').where('organization_id', '=', organizationId).where('id', '=', id).execute();
    await recordAudit(trx, {
      organizationId,
      actor,
      action: 'oauth_client.deleted',
      subject: { kind: 'oauth_client', id, name: client.name },
      before: shown(client),
      at: new Date(services.clock.now()),
    });
  });
}

async function readClients(trx: Transaction<Database>, organizationId: string, id: string | null): Promise<ListedClient[]> {
  let query = trx
    .selectFrom('oauth_client')
    .select(['id', 'name', 'provider', 'client_id', 'sealed', 'created_at'])
    .where('organization_id', '=', organizationId)
    .orderBy('name');
  if (id !== null) query = query.where('id', '=', id);
  const clients = await query.execute();
  const users = await trx
    .selectFrom('connection')
    .select(['id', 'name', 'oauth_client_id'])
    .where('organization_id', '=', organizationId)
    .where('oauth_client_id', 'is not', null)
    .where('state', '<>', 'removed')
    .orderBy('name')
    .execute();
  return clients.map((client) => ({
    id: client.id,
    name: client.name,
    provider: client.provider,
    clientId: client.client_id,
    hasSecret: client.sealed !== null,
    createdAt: client.created_at.toISOString(),
    usedBy: users.filter((user) => user.oauth_client_id === client.id).map((user) => ({ id: user.id, name: user.name })),
  }));
}

function only([client]: readonly ListedClient[]): ListedClient {
  if (client === undefined) throw new AppError('not_found', 'There is no such OAuth client.');
  return client;
}

function shown({ name, provider, clientId, hasSecret }: ListedClient) {
  return { name, provider, clientId, hasSecret };
}

function sealSecret({ sealer }: Services, organizationId: string, id: string, secret: string | null): string | null {
  return secret === null ? null : sealer.seal(secret, clientContext(organizationId, id));
}

function requireSecret(provider: ProviderId, secret: string | null): void {
  if (provider === 'lightspeed-x' && secret === null)
    throw new AppError('invalid_request', 'The X-Series needs the secret of the OAuth client as well.');
}

async function within<T>(
  services: Services,
  organizationId: string,
  name: string,
  run: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return tenantTransaction(services.db, organizationId, run).catch((error: unknown) => {
    if (error instanceof DatabaseError && error.code === '23505' && error.constraint === 'oauth_client_name') {
      throw new AppError('name_taken', `There is an OAuth client named "${name}" already. Choose another name.`, {
        cause: error,
        details: { name },
      });
    }
    throw error;
  });
}
