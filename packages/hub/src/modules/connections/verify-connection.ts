import { readAccessTokenClaims, type RSeriesClient, Unauthorized } from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type AccountFacts, attachAccount, checkAccount } from './attach-account.ts';
import { type ConnectionRef, openCredential } from './credential.ts';
import { discoverAccount } from './discover-account.ts';
import { clientOf, governorOf, markNeedsReauthorisation } from './pos-client.ts';
import { tokensOf } from './tokens.ts';

/** What a test of a connection found. */
export interface Verified extends AccountFacts {
  readonly posAccountId: string;
  readonly shops: number;
  readonly registers: number;
}

/**
 * Signs in to the POS with a connection's credentials and reads what they lead to: the account, its shops and registers. Completes
 * the set-up of a connection that has credentials but no account yet, and brings back one that needed re-authorisation.
 *
 * @throws AppError `oauth_wrong_account`, `pos_account_in_use`, `connection_frozen`, `not_found`; errors of the POS as they are.
 */
export async function verifyConnection(
  services: Services,
  ref: ConnectionRef,
  scopes: readonly string[] = [],
): Promise<Verified> {
  const known = await knownAccount(services, ref);
  const accessToken = await tokensOf(services, ref).token();
  const named = readAccessTokenClaims(accessToken).accountId;
  // A token that names its account is checked before its first use: a refused one is never used at all.
  if (named !== null) await tenantTransaction(services.db, ref.organizationId, (trx) => checkAccount(trx, ref, named));
  const externalId = named ?? known?.externalId ?? (await discoverAccount(services, accessToken));
  const governor = governorOf(services, known?.id ?? ref.connectionId);
  const client = clientOf(services, ref, externalId, governor, { patienceMs: 15_000 });
  const { account, shops, registers } = await read(client).catch(async (error: unknown) => {
    if (error instanceof Unauthorized) await markNeedsReauthorisation(services, ref, error.code);
    throw error;
  });
  const facts = { externalId, name: account.name, currency: account.currency };
  const posAccountId = await tenantTransaction(services.db, ref.organizationId, (trx) =>
    attachAccount(trx, ref, facts, scopes, new Date(services.clock.now())),
  );
  return { ...facts, posAccountId, shops: shops.records.length, registers: registers.records.length };
}

async function read(client: RSeriesClient) {
  return { account: await client.account(), shops: await client.shops(), registers: await client.registers() };
}

async function knownAccount(services: Services, ref: ConnectionRef): Promise<{ id: string; externalId: string } | null> {
  const row = await tenantTransaction(services.db, ref.organizationId, (trx) =>
    trx
      .selectFrom('connection')
      .leftJoin('pos_account', (join) =>
        join
          .onRef('pos_account.organization_id', '=', 'connection.organization_id')
          .onRef('pos_account.id', '=', 'connection.pos_account_id'),
      )
      .innerJoin('credential', (join) =>
        join
          .onRef('credential.organization_id', '=', 'connection.organization_id')
          .onRef('credential.connection_id', '=', 'connection.id'),
      )
      .select(['connection.state', 'pos_account.id', 'pos_account.external_id', 'credential.sealed'])
      .where('connection.organization_id', '=', ref.organizationId)
      .where('connection.id', '=', ref.connectionId)
      .where('connection.state', '<>', 'removed')
      .executeTakeFirst(),
  );
  if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
  if (row.state === 'frozen') {
    throw new AppError('connection_frozen', 'The connection is frozen: no calls are made. Thaw it first.');
  }
  if (openCredential(services, ref, row.sealed).refreshToken === null) {
    throw new AppError('pos_unauthorized', 'The connection has not been authorized yet.');
  }
  return row.id === null || row.external_id === null ? null : { id: row.id, externalId: row.external_id };
}
