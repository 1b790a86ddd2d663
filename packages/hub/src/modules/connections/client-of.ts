import {
  createRSeriesClient,
  createXSeriesClient,
  type Governor,
  personalToken,
  type RSeriesClient,
  type XSeriesClient,
} from '@tillweave/lightspeed';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { callsOf } from './call-gate.ts';
import { type AnyCredential, type ConnectionRef, openAny } from './credential.ts';
import { readHosts, rOrigin, xOrigin } from './hosts.ts';
import type { SignInRow } from './oauth-client.ts';
import type { PosClientOptions } from './pos-client.ts';
import type { ProviderId } from './providers.ts';
import { type TokenSource, tokensOf } from './tokens.ts';

/** A client of either series. */
export type AnyClient =
  | { readonly provider: 'lightspeed-r'; readonly client: RSeriesClient }
  | { readonly provider: 'lightspeed-x'; readonly client: XSeriesClient };

/** A connection's stored credential and what is needed to use it. */
export interface ClientRow extends SignInRow {
  readonly api_type: string;
  readonly sealed: string;
  readonly revision: number;
}

/** How to sign in: a credential of any kind, and where its access tokens come from if it has such. */
export interface SignIn {
  readonly provider: ProviderId;
  readonly apiType: string;
  readonly hosts: unknown;
  readonly credential: AnyCredential;
  readonly tokens: TokenSource;
}

interface ClientSettings {
  /** R-Series: the account id, which stands in every address. */
  readonly externalId: string;
  readonly governor: Governor;
  readonly options?: PosClientOptions;
}

/**
 * The client of a connection, whatever its kind of credential: tokens that renew themselves where the POS has such.
 *
 * @throws AppError `secret_unreadable`, `secret_key_unknown`, or `pos_unauthorized` while it has not been authorized.
 */
export function clientFor(services: Services, ref: ConnectionRef, row: ClientRow, settings: ClientSettings): AnyClient {
  const credential = openAny(services, ref, row.sealed);
  const tokens = tokensOf(services, ref, row.revision);
  const calling = { ...services, ...callsOf(services, ref) };
  return clientWith(calling, { provider: row.provider, apiType: row.api_type, hosts: row.hosts, credential, tokens }, settings);
}

/** A client for a way of signing in that may not be stored. Hosts come from the configuration and the allow-list, and from nothing else. */
export function clientWith(
  { config, fetch, clock }: Pick<Services, 'config' | 'fetch' | 'clock'>,
  { provider, apiType, hosts, credential, tokens }: SignIn,
  { externalId, governor, options = {} }: ClientSettings,
): AnyClient {
  if (provider === 'lightspeed-x') {
    const { switches: ofRSeries, ...ofBoth } = options;
    if (ofRSeries !== undefined) throw new TypeError('These switches are for the R-Series.');
    const { auth, domainPrefix } = storeOf(credential, tokens);
    const client = createXSeriesClient({ baseUrl: xOrigin(config, domainPrefix), auth, governor, fetch, clock, ...ofBoth });
    return { provider, client };
  }
  const client = createRSeriesClient({
    baseUrl: rOrigin(config, 'api', readHosts(hosts)),
    accountId: externalId,
    auth: credential.kind === 'api_key' ? { apiKey: credential.apiKey } : tokens,
    version: rVersion(apiType),
    governor,
    fetch,
    clock,
    ...options,
  });
  return { provider, client };
}

/** The version of the API an R-Series connection speaks; the legacy key is of the old one's time. */
export function rVersion(apiType: string): 2 | 3 {
  return apiType === 'v3' ? 3 : 2;
}

function storeOf(credential: AnyCredential, tokens: TokenSource): { auth: TokenSource; domainPrefix: string } {
  if (credential.kind === 'personal_token') {
    return { auth: personalToken(credential.token), domainPrefix: credential.domainPrefix };
  }
  if (credential.kind === 'oauth' && credential.domainPrefix !== null)
    return { auth: tokens, domainPrefix: credential.domainPrefix };
  throw new AppError('pos_unauthorized', 'The connection has not been authorized yet.');
}
