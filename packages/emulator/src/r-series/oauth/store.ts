import { createHash, randomBytes } from 'node:crypto';
import { OAuthError, accessDenied } from '../errors.ts';
import type { RSeriesSwitches } from '../switches.ts';
import { writeAccessToken } from './jwt.ts';

/** An application registered at the POS. */
export interface OAuthClient {
  readonly clientId: string;
  /** None: a public client, which must use PKCE. */
  readonly clientSecret: string | undefined;
  /** As the Client API Access page shows it. */
  readonly name: string;
  /** As `X-LS-OAuth-Client-Id` shows it. */
  readonly number: number;
  /** Where the answer goes; undefined: wherever the request says. */
  readonly redirectUri: string | undefined;
}

/** A merchant's consent: what the Client API Access page lists and revokes. */
export interface Grant {
  readonly id: string;
  readonly client: OAuthClient;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  lastUsedAt: number | undefined;
  revoked: boolean;
  /** When refreshes were tried, for the limit of five a minute. */
  refreshes: number[];
}

/** An access token with its refresh token. */
export interface Pair {
  readonly grant: Grant;
  readonly accessToken: string;
  readonly refreshToken: string;
  accessExpiresAt: number;
  readonly refreshExpiresAt: number;
  /** The pair this one came from by refresh: it dies when this one's access token is first used. */
  readonly parent: Pair | undefined;
  used: boolean;
  revoked: boolean;
  /** Of the old server: opaque tokens, a refresh token that neither rotates nor expires. */
  readonly old?: boolean;
}

interface Code {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | undefined;
  readonly expiresAt: number;
  used: boolean;
}

/** The four fields of a token answer (R §2.3). */
export interface TokenAnswer {
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly access_token: string;
  readonly refresh_token: string;
}

/** The old server's answer (R §2.3): the scopes are in it, and on a code exchange the refresh token. */
export interface OldTokenAnswer {
  readonly access_token: string;
  readonly expires_in: number;
  readonly token_type: 'bearer';
  readonly scope: string;
  readonly refresh_token?: string;
}

export const codeLifeMs = 60_000;
export const accessLifeMs = 3_600_000;
const oldAccessLifeMs = 1_800_000;
/** With less left than this the old server makes a new access token. */
const oldAccessRestMs = 10_000;
const refreshLifeMs = 30 * 24 * 3_600_000;
const refreshesPerMinute = 5;
const firstClientNumber = 51_661;

const invalidGrant = (hint: string): OAuthError =>
  new OAuthError(
    400,
    'invalid_grant',
    'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
    hint,
  );

/** Clients, consents, codes and tokens of one account, in memory, on the world's clock. */
export class OAuthStore {
  readonly #clients = new Map<string, OAuthClient>();
  readonly #grants: Grant[] = [];
  readonly #codes = new Map<string, Code>();
  readonly #byAccess = new Map<string, Pair>();
  readonly #byRefresh = new Map<string, Pair>();
  readonly #now: () => number;
  readonly #issuer: string;
  readonly #accountId: string;
  readonly #switches: () => RSeriesSwitches;

  constructor(facts: { now: () => number; issuer: string; accountId: string; switches: () => RSeriesSwitches }) {
    this.#now = facts.now;
    this.#issuer = facts.issuer;
    this.#accountId = facts.accountId;
    this.#switches = facts.switches;
  }

  register(client: Omit<OAuthClient, 'number'>): OAuthClient {
    const registered = {
      ...client,
      number: this.#clients.get(client.clientId)?.number ?? firstClientNumber + this.#clients.size,
    };
    this.#clients.set(client.clientId, registered);
    return registered;
  }

  client(clientId: string | undefined): OAuthClient | undefined {
    return clientId === undefined ? undefined : this.#clients.get(clientId);
  }

  /** Consents that still hold, newest last. */
  grants(): readonly Grant[] {
    return this.#grants.filter((grant) => !grant.revoked);
  }

  /** The merchant agrees: makes a consent. */
  grant(client: OAuthClient, userId: string, scopes: readonly string[]): Grant {
    const grant: Grant = {
      id: String(this.#grants.length + 1),
      client,
      userId,
      scopes,
      createdAt: this.#now(),
      lastUsedAt: undefined,
      revoked: false,
      refreshes: [],
    };
    this.#grants.push(grant);
    return grant;
  }

  /** A code of 60 seconds. */
  issueCode(grant: Grant, redirectUri: string, challenge: Code['challenge']): string {
    const code = `def502${randomBytes(40).toString('hex')}`;
    this.#codes.set(code, { grant, redirectUri, challenge, expiresAt: this.#now() + codeLifeMs, used: false });
    return code;
  }

  exchange(client: OAuthClient, code: string, verifier: string | undefined): TokenAnswer {
    return this.#answer(this.issue(this.#redeem(client, code, verifier)));
  }

  /** The same at the old server. */
  exchangeOld(client: OAuthClient, code: string): OldTokenAnswer {
    const pair = this.#issueOld(this.#redeem(client, code, undefined), randomBytes(20).toString('hex'));
    return { ...this.#oldAnswer(pair), refresh_token: pair.refreshToken };
  }

  /** The same access token while it is good for another ten seconds, else a new one; the refresh token stays. */
  refreshOld(client: OAuthClient, refreshToken: string): OldTokenAnswer {
    const pair = this.#byRefresh.get(refreshToken);
    if (pair === undefined || pair.old !== true) throw invalidGrant('Invalid refresh token');
    if (pair.grant.client.clientId !== client.clientId) throw invalidGrant('Token is not linked to client');
    if (pair.revoked || pair.grant.revoked) throw invalidGrant('Token has been revoked');
    const isGood = pair.accessExpiresAt - this.#now() >= oldAccessRestMs;
    return this.#oldAnswer(isGood ? pair : this.#issueOld(pair.grant, refreshToken));
  }

  #issueOld(grant: Grant, refreshToken: string): Pair {
    const pair: Pair = {
      grant,
      accessToken: randomBytes(20).toString('hex'),
      refreshToken,
      accessExpiresAt: this.#now() + oldAccessLifeMs,
      refreshExpiresAt: Number.POSITIVE_INFINITY,
      parent: undefined,
      used: false,
      revoked: false,
      old: true,
    };
    this.#byAccess.set(pair.accessToken, pair);
    this.#byRefresh.set(refreshToken, pair);
    return pair;
  }

  #oldAnswer(pair: Pair): OldTokenAnswer {
    return {
      access_token: pair.accessToken,
      expires_in: Math.floor((pair.accessExpiresAt - this.#now()) / 1000),
      token_type: 'bearer',
      scope: `${pair.grant.scopes.join(' ')} systemuserid:${pair.grant.userId}`,
    };
  }

  /** The consent behind a code, which is used up by it. */
  #redeem(client: OAuthClient, code: string, verifier: string | undefined): Grant {
    const known = this.#codes.get(code);
    if (known === undefined) throw invalidGrant('Cannot decrypt the authorization code');
    if (known.grant.client.clientId !== client.clientId) throw invalidGrant('Authorization code was not issued to this client');
    if (known.used) throw invalidGrant('Authorization code has been revoked');
    if (this.#now() > known.expiresAt) throw invalidGrant('Authorization code has expired');
    checkVerifier(known.challenge, verifier);
    known.used = true;
    return known.grant;
  }

  /** Makes a pair for a consent. */
  issue(grant: Grant, parent?: Pair): Pair {
    const now = this.#now();
    const pair: Pair = {
      grant,
      accessToken: writeAccessToken({
        jti: randomBytes(40).toString('hex'),
        iss: this.#issuer,
        aud: grant.client.clientId,
        sub: grant.userId,
        acct: this.#accountId,
        scope: grant.scopes.join(' '),
        issuedAt: now,
        expiresAt: now + accessLifeMs,
      }),
      refreshToken: `def50200${randomBytes(180).toString('hex')}`,
      accessExpiresAt: now + accessLifeMs,
      refreshExpiresAt: now + refreshLifeMs,
      parent,
      used: false,
      revoked: false,
    };
    this.#byAccess.set(pair.accessToken, pair);
    this.#byRefresh.set(pair.refreshToken, pair);
    return pair;
  }

  /** A new pair for an old one (R §2.5). The old pair dies now or at the first use of the new access token, by switch. */
  refresh(client: OAuthClient, refreshToken: string): TokenAnswer {
    const pair = this.#byRefresh.get(refreshToken);
    if (pair === undefined) throw invalidGrant('Cannot decrypt the refresh token');
    this.#countRefresh(pair.grant);
    if (pair.grant.client.clientId !== client.clientId) throw invalidGrant('Token is not linked to client');
    if (pair.revoked || pair.grant.revoked) throw invalidGrant('Token has been revoked');
    if (this.#now() > pair.refreshExpiresAt) throw invalidGrant('Token has expired');
    // A refresh token of the old server is traded in for a pair of the new one, and is no good any more.
    const next = this.issue(pair.grant, pair.old === true ? undefined : pair);
    if (pair.old === true || this.#switches().revocation === 'immediate') pair.revoked = true;
    return this.#answer(next);
  }

  /** Ends the consent a refresh token belongs to; unknown tokens are none of the caller's business. */
  revoke(refreshToken: string): void {
    const pair = this.#byRefresh.get(refreshToken);
    if (pair !== undefined) pair.grant.revoked = true;
  }

  revokeGrant(id: string): boolean {
    const grant = this.#grants.find((candidate) => candidate.id === id);
    if (grant === undefined) return false;
    grant.revoked = true;
    return true;
  }

  revokeAll(): void {
    for (const grant of this.#grants) grant.revoked = true;
  }

  /** Ends access tokens early, as time would; refresh tokens stay. */
  expireAccessTokens(): void {
    for (const pair of this.#byAccess.values()) pair.accessExpiresAt = Math.min(pair.accessExpiresAt, this.#now() - 1);
  }

  /** Forgets everything but this client, its consent and their pair, which are as good as new. */
  resetTo(pair: Pair): void {
    for (const known of [this.#clients, this.#codes, this.#byAccess, this.#byRefresh]) known.clear();
    this.#grants.length = 0;
    const { grant } = pair;
    Object.assign(grant, { revoked: false, lastUsedAt: undefined, refreshes: [] });
    Object.assign(pair, { used: false, revoked: false, accessExpiresAt: grant.createdAt + accessLifeMs });
    this.#clients.set(grant.client.clientId, grant.client);
    this.#grants.push(grant);
    this.#byAccess.set(pair.accessToken, pair);
    this.#byRefresh.set(pair.refreshToken, pair);
  }

  /** The consent behind an access token. Throws 401s in the words of R §2.6; first use kills the pair it came from. */
  authenticate(accessToken: string): Grant {
    const pair = this.#byAccess.get(accessToken);
    if (pair === undefined) throw accessDenied('Access token could not be verified');
    if (pair.revoked || pair.grant.revoked) throw accessDenied('Access token has been revoked');
    if (this.#now() > pair.accessExpiresAt) throw accessDenied('Access token could not be verified');
    if (!pair.used) {
      pair.used = true;
      for (let older = pair.parent; older !== undefined && !older.revoked; older = older.parent) older.revoked = true;
    }
    pair.grant.lastUsedAt = this.#now();
    return pair.grant;
  }

  /** What `introspect` tells about a token without using it up. */
  describe(accessToken: string): { readonly grant: Grant; readonly expiresAt: number } | undefined {
    const pair = this.#byAccess.get(accessToken);
    if (pair === undefined || pair.revoked || pair.grant.revoked || this.#now() > pair.accessExpiresAt) return undefined;
    return { grant: pair.grant, expiresAt: pair.accessExpiresAt };
  }

  #countRefresh(grant: Grant): void {
    const now = this.#now();
    const recent = grant.refreshes.filter((at) => at > now - 60_000 && at <= now);
    if (recent.length >= refreshesPerMinute) {
      const wait = Math.max(1, Math.ceil(((recent[0] ?? now) + 60_000 - now) / 1000));
      grant.refreshes = recent;
      throw new OAuthError(429, 'rate_limited', 'Too many refresh attempts for this connection.', undefined, {
        'Retry-After': String(wait),
      });
    }
    grant.refreshes = [...recent, now];
  }

  #answer(pair: Pair): TokenAnswer {
    return {
      token_type: 'Bearer',
      expires_in: Math.round((pair.accessExpiresAt - this.#now()) / 1000),
      access_token: pair.accessToken,
      refresh_token: pair.refreshToken,
    };
  }
}

function checkVerifier(challenge: Code['challenge'], verifier: string | undefined): void {
  if (challenge === undefined) return;
  if (verifier === undefined || verifier === '') throw invalidRequest('Check the `code_verifier` parameter');
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) {
    throw invalidRequest('Code Verifier must follow the specifications of RFC-7636.');
  }
  const derived = challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  if (derived !== challenge.value) throw invalidGrant('Failed to verify `code_verifier`.');
}

/** A request that lacks something, in the words of the server's library. */
export function invalidRequest(hint: string, status = 400): OAuthError {
  return new OAuthError(
    status,
    'invalid_request',
    'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.',
    hint,
  );
}
