import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { ConnectionRef } from './credential.ts';
import type { ProviderId } from './providers.ts';
import { SYSTEM_ACTOR } from '../audit/record-audit.ts';
import { takeFirstSettings } from './settings.ts';
import { changeState } from './states.ts';

/** What the POS says about the account a token belongs to. */
export interface AccountFacts {
  /** R-Series account id, X-Series retailer id. */
  readonly externalId: string;
  readonly name: string;
  /** ISO 4217; null when the POS does not say. */
  readonly currency: string | null;
}

/**
 * Refuses an account that this connection may not have.
 *
 * @throws AppError `oauth_wrong_account` when the connection belongs to another account already, `pos_account_in_use` when another
 *   connection has this one.
 */
export async function checkAccount(
  trx: Transaction<Database>,
  ref: ConnectionRef,
  provider: ProviderId,
  externalId: string,
): Promise<void> {
  const rows = await trx
    .selectFrom('connection')
    .innerJoin('pos_account', (join) =>
      join
        .onRef('pos_account.organization_id', '=', 'connection.organization_id')
        .onRef('pos_account.id', '=', 'connection.pos_account_id'),
    )
    .select(['connection.id', 'connection.name', 'pos_account.external_id'])
    .where('connection.organization_id', '=', ref.organizationId)
    .where('connection.state', 'not in', ['removed', 'retired'])
    .where('pos_account.provider', '=', provider)
    .where((where) =>
      where.or([where('connection.id', '=', ref.connectionId), where('pos_account.external_id', '=', externalId)]),
    )
    .execute();
  const before = rows.find(({ id }) => id === ref.connectionId);
  if (before !== undefined && before.external_id !== externalId) {
    throw new AppError(
      'oauth_wrong_account',
      'This is another POS account than the one this connection belongs to. Sign in to that one, or add a new connection.',
      { details: { expected: before.external_id, given: externalId } },
    );
  }
  const other = rows.find(({ id }) => id !== ref.connectionId);
  if (other !== undefined) throw accountInUse(other.name);
}

export function accountInUse(name: string): AppError {
  return new AppError('pos_account_in_use', `The connection "${name}" already has this POS account.`, {
    details: { connection: name },
  });
}

/**
 * Gives a connection its POS account and makes it active; settings that it was made with are the account's then. A new account is read again each night when the organization wants it; one that was
 * connected before keeps its row, and with it its sales, cursors and settings.
 *
 * @returns Our id of the account.
 */
export async function attachAccount(
  trx: Transaction<Database>,
  ref: ConnectionRef,
  provider: ProviderId,
  facts: AccountFacts,
  scopes: readonly string[],
  at: Date,
): Promise<string> {
  await checkAccount(trx, ref, provider, facts.externalId);
  await refuseFrozen(trx, ref);
  const organization = await organizationOf(trx, ref.organizationId);
  const currency = facts.currency ?? organization.currency;
  const account = await trx
    .insertInto('pos_account')
    .values({
      organization_id: ref.organizationId,
      id: uuidv7(at.getTime()),
      provider,
      external_id: facts.externalId,
      name: facts.name,
      currency,
      nightly_time: organization.nightly_at,
    })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'provider', 'external_id']).doUpdateSet({ name: facts.name, currency }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('connection')
    .set({
      pos_account_id: account.id,
      last_error: null,
      last_success_at: at,
      ...(scopes.length === 0 ? {} : { scopes: [...scopes] }),
    })
    .where('organization_id', '=', ref.organizationId)
    .where('id', '=', ref.connectionId)
    .execute();
  await takeFirstSettings(trx, ref, account.id, { actor: SYSTEM_ACTOR, at });
  await changeState(trx, { ...ref, to: 'active', reason: null, at });
  return account.id;
}

/** Frozen while the POS was being asked: that outcome must not thaw it. */
async function refuseFrozen(trx: Transaction<Database>, { organizationId, connectionId }: ConnectionRef): Promise<void> {
  const row = await trx
    .selectFrom('connection')
    .select('state')
    .where('organization_id', '=', organizationId)
    .where('id', '=', connectionId)
    .forUpdate()
    .executeTakeFirst();
  if (row?.state === 'frozen')
    throw new AppError('connection_frozen', 'The connection was frozen meanwhile: no calls are made. Thaw it first.');
}

async function organizationOf(
  trx: Transaction<Database>,
  organizationId: string,
): Promise<{ readonly currency: string; readonly nightly_at: string }> {
  return trx
    .selectFrom('organization')
    .select(['currency', 'nightly_at'])
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow();
}
