import { type Governor, readAccessTokenClaims, Unauthorized } from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type AccountFacts, attachAccount, checkAccount } from './attach-account.ts';
import { callsOf } from './call-gate.ts';
import { clientWith, type SignIn } from './client-of.ts';
import { type ConnectionRef, openAny } from './credential.ts';
import { discoverAccount } from './discover-account.ts';
import { governorOf, markNeedsReauthorisation } from './pos-client.ts';
import type { ProviderId } from './providers.ts';
import { reserveOf } from './settings.ts';
import { readSignIn, type StoredSignIn } from './stored-sign-in.ts';
import { type TokenSource, tokensOf } from './tokens.ts';

/** What a test of a connection found. */
export interface Verified extends AccountFacts {
  readonly posAccountId: string;
  readonly shops: number;
  readonly registers: number;
  /** Of the shops in use, as the POS writes them. */
  readonly timeZones: string[];
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
  const stored = await readSignIn(services, ref);
  if (stored.state === 'frozen') {
    throw new AppError('connection_frozen', 'The connection is frozen: no calls are made. Thaw it first.');
  }
  const { provider } = stored;
  const found = await readAccount(services, ref, stored).catch(async (error: unknown) => {
    if (error instanceof Unauthorized) await markNeedsReauthorisation(services, ref, error.code);
    throw error;
  });
  const { externalId, name, currency } = found;
  const posAccountId = await tenantTransaction(services.db, ref.organizationId, async (trx) => {
    const id = await attachAccount(trx, ref, provider, { externalId, name, currency }, scopes, new Date(services.clock.now()));
    await trx
      .updateTable('connection')
      .set({ verify_account: false })
      .where('organization_id', '=', ref.organizationId)
      .where('id', '=', ref.connectionId)
      .execute();
    return id;
  });
  return { ...found, posAccountId };
}

type Found = Omit<Verified, 'posAccountId'>;

/** How patient a person is who waits for a test's outcome. */
const PATIENCE_MS = 15_000;

async function readAccount(services: Services, ref: ConnectionRef, stored: StoredSignIn): Promise<Found> {
  const credential = openAny(services, ref, stored.sealed);
  if (credential.kind === 'oauth' && credential.refreshToken === null) {
    throw new AppError('pos_unauthorized', 'The connection has not been authorized yet.');
  }
  const signIn: SignIn = {
    provider: stored.provider,
    apiType: stored.api_type,
    hosts: stored.hosts,
    credential,
    tokens: tokensOf(services, ref, stored.revision),
  };
  return readFacts(services, ref, signIn, stored.account);
}

async function readFacts(
  services: Services,
  ref: ConnectionRef,
  signIn: SignIn,
  account: StoredSignIn['account'],
): Promise<Found> {
  const calling = { ...services, ...callsOf(services, ref) };
  const settings = { governor: await governorFor(services, ref, signIn, account), options: { patienceMs: PATIENCE_MS } };
  if (signIn.provider === 'lightspeed-x') return read(clientWith(calling, signIn, { ...settings, externalId: '' }));
  const externalId = await numberOf(services, ref, signIn);
  return { ...(await read(clientWith(calling, signIn, { ...settings, externalId }))), externalId };
}

/**
 * The POS's own id of the account that credentials lead to, stored or not. A token that names its account is checked before its first use:
 * one for an account that this connection may not have is never used at all.
 *
 * @throws AppError `oauth_wrong_account`, `pos_account_in_use`; errors of the POS as they are.
 */
export async function identifyAccount(
  services: Services,
  ref: ConnectionRef,
  signIn: SignIn,
  account: StoredSignIn['account'],
): Promise<string> {
  const { provider } = signIn;
  const externalId = await (provider === 'lightspeed-x' ? retailerOf() : numberOf(services, ref, signIn));
  await check(services, ref, provider, externalId);
  return externalId;

  async function retailerOf(): Promise<string> {
    const governor = await governorFor(services, ref, signIn, account);
    const calling = { ...services, ...callsOf(services, ref) };
    const { client } = clientWith(calling, signIn, { externalId: '', governor, options: { patienceMs: PATIENCE_MS } });
    return (await client.account()).id;
  }
}

async function numberOf(services: Services, ref: ConnectionRef, signIn: SignIn): Promise<string> {
  const calling = { ...services, ...callsOf(services, ref) };
  if (signIn.credential.kind !== 'oauth') return discoverAccount(calling, signIn, null);
  const accessToken = await signIn.tokens.token();
  const named = readAccessTokenClaims(accessToken).accountId;
  if (named === null) return discoverAccount(calling, signIn, accessToken);
  await check(services, ref, 'lightspeed-r', named);
  return named;
}

async function check(services: Services, ref: ConnectionRef, provider: ProviderId, externalId: string): Promise<void> {
  await tenantTransaction(services.db, ref.organizationId, (trx) => checkAccount(trx, ref, provider, externalId));
}

/** The budget of the account; of the connection alone while the account is not known. */
async function governorFor(
  services: Services,
  ref: ConnectionRef,
  { provider }: SignIn,
  account: StoredSignIn['account'],
): Promise<Governor> {
  const reserve = await tenantTransaction(services.db, ref.organizationId, (trx) => reserveOf(trx, ref));
  return governorOf(services, provider, account?.id ?? ref.connectionId, reserve);
}

/** An access token that is not stored yet: there is no other one to be had when it is refused. */
export function fixedToken(accessToken: string): TokenSource {
  return {
    token: async () => Promise.resolve(accessToken),
    renew: async () => Promise.reject(new Unauthorized('token_refused', 'The POS refused the new token.')),
  };
}

async function read({ client }: ReturnType<typeof clientWith>): Promise<Found> {
  const { id, name, currency } = await client.account();
  const [shops, registers] = [await client.shops(), await client.registers()];
  const zones = shops.records.flatMap((shop) => (shop.ok && !shop.value.archived ? [shop.value.timeZone] : []));
  const timeZones = [...new Set(zones.filter((zone) => zone !== null))];
  return { externalId: id, name, currency, shops: shops.records.length, registers: registers.records.length, timeZones };
}
