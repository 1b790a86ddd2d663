/** The OAuth side of a connection, alike for both series: with its own client, else the one it names, else the instance's. */
import { createRSeriesOAuth, createXSeriesOAuth, type TokenPair } from '@tillweave/lightspeed';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { Credential } from './credential.ts';
import { type HostChoice, readHosts, rOrigin, xConnectUrl, xOrigin } from './hosts.ts';
import type { ProviderId } from './providers.ts';

/** Longest wait for a token answer. */
const TOKEN_TIMEOUT_MS = 20_000;

/** The application a connection signs in as. */
export interface OAuthClient {
  readonly clientId: string;
  /** Null for a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
}

/** A pair, and the store it is for where the POS has stores with names. */
export type StorePair = TokenPair & { readonly domainPrefix: string | null };

export interface ConnectionOAuth {
  /** Where to send the merchant's browser. */
  authorizationUrl(request: {
    readonly scopes: readonly string[];
    readonly state: string;
    readonly codeChallenge: string;
    readonly redirectUri: string;
  }): URL;
  exchangeCode(request: {
    readonly code: string;
    readonly codeVerifier: string;
    readonly redirectUri: string;
    /** X-Series: the store the browser came back from, checked. */
    readonly domainPrefix: string | null;
  }): Promise<StorePair>;
  /**
   * A new pair. R-Series: the old one stays good until the new is first used, so a lost answer may be asked for again. X-Series: the old one
   * is dead at once; a lost answer shows as `Unauthorized` the next time, and the merchant has to authorise again.
   */
  refresh(refreshToken: string): Promise<StorePair>;
  /** Ends the access at the POS; null where the POS knows no such request. */
  readonly revoke: ((refreshToken: string) => Promise<void>) | null;
}

/** What stands in the database about how a connection signs in. */
export interface SignInRow {
  readonly provider: ProviderId;
  readonly hosts: unknown;
  /** Of the OAuth client it names; null when it names none. */
  readonly client_row_id: string | null;
  readonly client_row_client_id: string | null;
  readonly client_row_sealed: string | null;
}

/** The columns of `SignInRow` beside `connection.provider` and `connection.hosts`, for a query that joins `oauth_client`. */
export const SIGN_IN_COLUMNS = [
  'connection.provider',
  'connection.hosts',
  'oauth_client.id as client_row_id',
  'oauth_client.client_id as client_row_client_id',
  'oauth_client.sealed as client_row_sealed',
] as const;

type Needed = Pick<Services, 'config' | 'fetch' | 'clock' | 'sealer'>;

/**
 * The application a connection signs in as.
 *
 * @throws AppError `invalid_request` when there is none.
 */
export function clientOfSignIn(
  services: Pick<Services, 'config' | 'sealer'>,
  organizationId: string,
  row: SignInRow,
  credential: Pick<Credential, 'clientId' | 'clientSecret'>,
): OAuthClient {
  if (credential.clientId !== null) return { clientId: credential.clientId, clientSecret: credential.clientSecret };
  if (row.client_row_id !== null && row.client_row_client_id !== null) {
    const sealed = row.client_row_sealed;
    const clientSecret = sealed === null ? null : services.sealer.open(sealed, clientContext(organizationId, row.client_row_id));
    return { clientId: row.client_row_client_id, clientSecret };
  }
  const { rClientId, rClientSecret } = services.config;
  if (row.provider === 'lightspeed-r' && rClientId !== null) return { clientId: rClientId, clientSecret: rClientSecret };
  throw new AppError(
    'invalid_request',
    row.provider === 'lightspeed-r'
      ? 'This connection needs an OAuth client: choose one, or set TILLWEAVE_R_CLIENT_ID for all.'
      : 'This connection needs an OAuth client: choose one.',
  );
}

/** A client's secret opens for its own row only. */
export function clientContext(organizationId: string, id: string): string {
  return `oauth-client:${organizationId}:${id}`;
}

/**
 * The OAuth side of a connection. Its addresses come from the configuration and the allow-list alone.
 *
 * @throws AppError `invalid_request` when there is no client.
 */
export function oauthOf(services: Needed, organizationId: string, row: SignInRow, credential: Credential): ConnectionOAuth {
  const client = clientOfSignIn(services, organizationId, row, credential);
  return row.provider === 'lightspeed-x'
    ? xSeries(services, client, credential.domainPrefix)
    : rSeries(services, client, readHosts(row.hosts));
}

function rSeries({ config, fetch, clock }: Needed, client: OAuthClient, hosts: HostChoice): ConnectionOAuth {
  const oauth = createRSeriesOAuth({
    authUrl: rOrigin(config, 'oauth', hosts),
    ...client,
    fetch,
    clock,
    timeoutMs: TOKEN_TIMEOUT_MS,
  });
  const named = (pair: TokenPair): StorePair => ({ ...pair, domainPrefix: null });
  return {
    authorizationUrl: (request) => oauth.authorizationUrl(request),
    exchangeCode: async ({ code, codeVerifier }) => named(await oauth.exchangeCode({ code, codeVerifier })),
    refresh: async (refreshToken) => named(await oauth.refresh(refreshToken)),
    revoke: async (refreshToken) => oauth.revoke(refreshToken),
  };
}

function xSeries({ config, fetch, clock }: Needed, client: OAuthClient, known: string | null): ConnectionOAuth {
  const { clientId, clientSecret } = client;
  if (clientSecret === null) throw new AppError('invalid_request', 'The X-Series needs the secret of the OAuth client as well.');
  const through = (redirectUri: string) =>
    createXSeriesOAuth({
      clientId,
      clientSecret,
      redirectUri,
      connectUrl: xConnectUrl(config),
      storeUrl: (domainPrefix) => xOrigin(config, domainPrefix),
      fetch,
      clock,
      timeoutMs: TOKEN_TIMEOUT_MS,
    });
  return {
    authorizationUrl: ({ scopes, state, redirectUri }) => through(redirectUri).authorizationUrl({ scopes, state }),
    async exchangeCode({ code, redirectUri, domainPrefix }) {
      if (domainPrefix === null) throw new AppError('oauth_state_invalid', 'The answer of the POS names no store.');
      return through(redirectUri).exchangeCode({ code, domainPrefix });
    },
    async refresh(refreshToken) {
      if (known === null) throw new AppError('pos_unauthorized', 'The connection has not been authorized yet.');
      return through('').refresh({ refreshToken, domainPrefix: known });
    },
    revoke: null,
  };
}
