import { readAccessTokenClaims, type RSeriesClient, Unauthorized, type XSeriesClient } from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type AccountFacts, attachAccount, checkAccount } from './attach-account.ts';
import { type ConnectionRef, openCredential, openPersonalToken } from './credential.ts';
import { discoverAccount } from './discover-account.ts';
import { clientOf, governorOf, markNeedsReauthorisation, xClientOf } from './pos-client.ts';
import type { ProviderId } from './providers.ts';
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
  const known = await readKnown(services, ref);
  const { provider } = known;
  const found = await (
    provider === 'lightspeed-x' ? readRetailer(services, ref, known) : readAccount(services, ref, known)
  ).catch(async (error: unknown) => {
    if (error instanceof Unauthorized) await markNeedsReauthorisation(services, ref, error.code);
    throw error;
  });
  const { externalId, name, currency } = found;
  const posAccountId = await tenantTransaction(services.db, ref.organizationId, (trx) =>
    attachAccount(trx, ref, provider, { externalId, name, currency }, scopes, new Date(services.clock.now())),
  );
  return { ...found, posAccountId };
}

type Found = Omit<Verified, 'posAccountId'>;

/** How patient a person is who waits for a test's outcome. */
const PATIENCE_MS = 15_000;

async function readAccount(services: Services, ref: ConnectionRef, { account, sealed }: Known): Promise<Found> {
  if (openCredential(services, ref, sealed).refreshToken === null) {
    throw new AppError('pos_unauthorized', 'The connection has not been authorized yet.');
  }
  const accessToken = await tokensOf(services, ref).token();
  const named = readAccessTokenClaims(accessToken).accountId;
  // A token that names its account is checked before its first use: a refused one is never used at all.
  if (named !== null)
    await tenantTransaction(services.db, ref.organizationId, (trx) => checkAccount(trx, ref, 'lightspeed-r', named));
  const externalId = named ?? account?.externalId ?? (await discoverAccount(services, accessToken));
  const governor = governorOf(services, 'lightspeed-r', account?.id ?? ref.connectionId);
  const client = clientOf(services, ref, externalId, governor, { patienceMs: PATIENCE_MS });
  return { ...(await read(client)), externalId };
}

/** A personal token belongs to one retailer, whom only the API names. */
async function readRetailer(services: Services, ref: ConnectionRef, { account, sealed }: Known): Promise<Found> {
  const governor = governorOf(services, 'lightspeed-x', account?.id ?? ref.connectionId);
  const client = xClientOf(services, openPersonalToken(services, ref, sealed), governor, { patienceMs: PATIENCE_MS });
  return read(client);
}

async function read(client: RSeriesClient | XSeriesClient): Promise<Found> {
  const { id, name, currency } = await client.account();
  const [shops, registers] = [await client.shops(), await client.registers()];
  return { externalId: id, name, currency, shops: shops.records.length, registers: registers.records.length };
}

interface Known {
  readonly provider: ProviderId;
  readonly sealed: string;
  /** Null while the connection has none. */
  readonly account: { readonly id: string; readonly externalId: string } | null;
}

async function readKnown(services: Services, ref: ConnectionRef): Promise<Known> {
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
      .select(['connection.state', 'connection.provider', 'pos_account.id', 'pos_account.external_id', 'credential.sealed'])
      .where('connection.organization_id', '=', ref.organizationId)
      .where('connection.id', '=', ref.connectionId)
      .where('connection.state', '<>', 'removed')
      .executeTakeFirst(),
  );
  if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
  if (row.state === 'frozen') {
    throw new AppError('connection_frozen', 'The connection is frozen: no calls are made. Thaw it first.');
  }
  const account = row.id === null || row.external_id === null ? null : { id: row.id, externalId: row.external_id };
  return { provider: row.provider, sealed: row.sealed, account };
}
