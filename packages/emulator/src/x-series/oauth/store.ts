import { randomBytes } from 'node:crypto';
import { XError, invalidToken } from '../errors.ts';

/** An application of the developer portal. */
export interface XClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  /** Where the answer goes; undefined: wherever the request says. */
  readonly redirectUri: string | undefined;
}

/** A merchant's consent. */
export interface XGrant {
  readonly id: string;
  readonly client: XClient;
  readonly scopes: readonly string[];
  revoked: boolean;
}

/** A personal token of the back office (X §2.2): an admin's whole access, with an optional end. */
export interface PersonalToken {
  readonly token: string;
  readonly name: string;
  readonly expiresAt: number | undefined;
  revoked: boolean;
}

/** Who calls. */
export interface XCaller {
  /** Key of the rate window, the log and the webhooks: the application, or `personal-token`. */
  readonly key: string;
  readonly scopes: readonly string[] | 'everything';
  /** Signs webhooks; personal tokens have none. */
  readonly secret: string | undefined;
}

interface Pair {
  readonly grant: XGrant;
  readonly accessToken: string;
  readonly refreshToken: string;
  accessExpiresAt: number;
  /** Refreshed: neither token works any more. */
  spent: boolean;
}

interface Code {
  readonly grant: XGrant;
  readonly redirectUri: string;
  readonly expiresAt: number;
  used: boolean;
}

/** Body of a token answer (X §2.1). */
export interface XTokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Unix seconds. */
  readonly expires: number;
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly domain_prefix: string;
  readonly scope: string;
}

export const codeLifeMs = 600_000;
export const accessLifeMs = 86_400_000;

/** The key personal tokens go by in logs and limits: never the token itself. */
export const personalKey = 'personal-token';

const invalidGrant = (description: string): XError => new XError(400, { error: 'invalid_grant', error_description: description });

/** Applications, consents, codes and tokens of one retailer, in memory, on the world's clock. */
export class XOAuthStore {
  readonly #now: () => number;
  readonly #domainPrefix: string;
  readonly #clients = new Map<string, XClient>();
  readonly #grants: XGrant[] = [];
  readonly #codes = new Map<string, Code>();
  readonly #byAccess = new Map<string, Pair>();
  readonly #byRefresh = new Map<string, Pair>();
  readonly #personal = new Map<string, PersonalToken>();

  constructor(facts: { readonly now: () => number; readonly domainPrefix: string }) {
    this.#now = facts.now;
    this.#domainPrefix = facts.domainPrefix;
  }

  register(client: XClient): XClient {
    this.#clients.set(client.clientId, client);
    return client;
  }

  client(clientId: string | undefined): XClient | undefined {
    return clientId === undefined ? undefined : this.#clients.get(clientId);
  }

  /** Writes down a personal token, as the back office would. */
  addPersonalToken(token: string, name: string, expiresAt?: number): PersonalToken {
    const made: PersonalToken = { token, name, expiresAt, revoked: false };
    this.#personal.set(token, made);
    return made;
  }

  grants(): readonly XGrant[] {
    return this.#grants.filter((grant) => !grant.revoked);
  }

  grant(client: XClient, scopes: readonly string[]): XGrant {
    const grant: XGrant = { id: `x${this.#grants.length + 1}`, client, scopes, revoked: false };
    this.#grants.push(grant);
    return grant;
  }

  revokeGrant(id: string): boolean {
    const grant = this.#grants.find((candidate) => candidate.id === id);
    if (grant !== undefined) grant.revoked = true;
    return grant !== undefined;
  }

  /** A code for one use within ten minutes. */
  issueCode(grant: XGrant, redirectUri: string): string {
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, { grant, redirectUri, expiresAt: this.#now() + codeLifeMs, used: false });
    return code;
  }

  exchange(client: XClient, code: string, redirectUri: string | undefined): XTokenAnswer {
    const known = this.#codes.get(code);
    if (known === undefined || known.grant.client.clientId !== client.clientId) throw invalidGrant('The code is not known.');
    if (known.used) throw invalidGrant('The code has been used.');
    if (this.#now() > known.expiresAt) throw invalidGrant('The code has expired.');
    if (redirectUri !== known.redirectUri) throw invalidGrant('The redirect_uri is not the one of the authorization.');
    known.used = true;
    return this.#answer(this.issue(known.grant));
  }

  /** A new pair; the old refresh token and the access token issued with it are dead from now on. */
  refresh(client: XClient, refreshToken: string): XTokenAnswer {
    const pair = this.#byRefresh.get(refreshToken);
    if (pair === undefined || pair.grant.client.clientId !== client.clientId)
      throw invalidGrant('The refresh token is not known.');
    if (pair.spent) throw invalidGrant('The refresh token has been used.');
    if (pair.grant.revoked) throw invalidGrant('The authorization has been revoked.');
    pair.spent = true;
    return this.#answer(this.issue(pair.grant));
  }

  issue(grant: XGrant): Pair {
    const pair: Pair = {
      grant,
      accessToken: randomBytes(32).toString('base64url'),
      refreshToken: randomBytes(32).toString('base64url'),
      accessExpiresAt: this.#now() + accessLifeMs,
      spent: false,
    };
    this.#byAccess.set(pair.accessToken, pair);
    this.#byRefresh.set(pair.refreshToken, pair);
    return pair;
  }

  /** Who a bearer token speaks for. Throws 401. */
  authenticate(token: string): XCaller {
    const personal = this.#personal.get(token);
    if (personal !== undefined) {
      if (personal.revoked || (personal.expiresAt !== undefined && this.#now() >= personal.expiresAt)) throw invalidToken();
      return { key: personalKey, scopes: 'everything', secret: undefined };
    }
    const pair = this.#byAccess.get(token);
    if (pair === undefined || pair.spent || pair.grant.revoked || this.#now() >= pair.accessExpiresAt) throw invalidToken();
    return { key: pair.grant.client.clientId, scopes: pair.grant.scopes, secret: pair.grant.client.clientSecret };
  }

  /** Ends access tokens early, as time would; refresh tokens stay. */
  expireAccessTokens(): void {
    for (const pair of this.#byAccess.values()) pair.accessExpiresAt = Math.min(pair.accessExpiresAt, this.#now());
  }

  /** The merchant removes every application and personal token. */
  revokeAll(): void {
    for (const grant of this.#grants) grant.revoked = true;
    for (const token of this.#personal.values()) token.revoked = true;
  }

  /** Forgets everything but this pair and personal token, which are as good as new. */
  resetTo(pair: Pair, personal: PersonalToken): void {
    for (const known of [this.#clients, this.#codes, this.#byAccess, this.#byRefresh, this.#personal]) known.clear();
    this.#grants.length = 0;
    pair.grant.revoked = false;
    pair.spent = false;
    pair.accessExpiresAt = this.#now() + accessLifeMs;
    personal.revoked = false;
    this.#clients.set(pair.grant.client.clientId, pair.grant.client);
    this.#grants.push(pair.grant);
    this.#byAccess.set(pair.accessToken, pair);
    this.#byRefresh.set(pair.refreshToken, pair);
    this.#personal.set(personal.token, personal);
  }

  #answer(pair: Pair): XTokenAnswer {
    return {
      access_token: pair.accessToken,
      token_type: 'Bearer',
      expires: Math.floor(pair.accessExpiresAt / 1000),
      expires_in: Math.round((pair.accessExpiresAt - this.#now()) / 1000),
      refresh_token: pair.refreshToken,
      domain_prefix: this.#domainPrefix,
      scope: pair.grant.scopes.join(' '),
    };
  }
}
