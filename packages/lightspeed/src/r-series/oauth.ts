/**
 * Signing in to the R-Series (R §2): authorization code with state and PKCE, rotating refresh tokens, revocation; on the server since 2024
 * (`/auth/oauth/*`). Bodies are urlencoded and a refresh carries no `scope`: the only combination that every report agrees on.
 * Each method makes one request and repeats nothing: who holds the tokens decides when to try again.
 */
import {
  AuthorizationResponseError,
  ClientSecretPost,
  None,
  ResponseBodyError,
  allowInsecureRequests,
  customFetch,
  genericTokenEndpointRequest,
  processGenericTokenEndpointResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  validateAuthResponse,
} from 'oauth4webapi';
import type { AuthorizationServer, Client, ClientAuth, TokenEndpointRequestOptions, TokenEndpointResponse } from 'oauth4webapi';
import type { Clock, Fetch } from '../clock.ts';
import { PosError, RateLimited, Rejected, ShapeChanged, Unauthorized, Unavailable } from '../errors.ts';
import { instantOf } from '../instant.ts';
import type { Instant } from '../model.ts';
import { readAccessTokenClaims, splitScopes } from '../oauth/token-pair.ts';
import type { TokenPair } from '../oauth/token-pair.ts';
import { redact } from '../redact.ts';
import { retryAfterMs } from '../retry.ts';
import { exchange } from '../transport.ts';
import type { Answered } from '../transport.ts';

export interface RSeriesOAuthOptions {
  /** Origin of the sign-in host, e.g. `https://cloud.lightspeedapp.com`; a trailing `/auth/oauth` is tolerated. */
  readonly authUrl: string;
  readonly clientId: string;
  /** Null for a publicly distributed client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Default 30 s. */
  readonly timeoutMs?: number;
}

export interface AuthorizationRequest {
  readonly scopes: readonly string[];
  readonly state: string;
  readonly codeChallenge: string;
  /** One of several registered addresses to come back to. The R-Series documents no such parameter and takes the registered one without it. */
  readonly redirectUri?: string;
}

export interface RSeriesOAuth {
  /** Where to send the merchant's browser. */
  authorizationUrl(request: AuthorizationRequest): URL;
  /** The code in what the browser brought back. Throws `Rejected` (`access_denied`, `state_mismatch`, …). */
  readCallback(parameters: URLSearchParams, expectedState: string): string;
  /** The code lives 60 seconds and works once. */
  exchangeCode(request: { code: string; codeVerifier: string }): Promise<TokenPair>;
  /**
   * A new pair for an old refresh token. The old one stays good until the new access token is first used (since 2026-01-15), so a lost
   * answer may be asked for again with it. At most five a minute. `Unauthorized` (`invalid_grant`): the merchant has to authorise again.
   */
  refresh(refreshToken: string): Promise<TokenPair>;
  revoke(refreshToken: string): Promise<void>;
}

export function createRSeriesOAuth(options: RSeriesOAuthOptions): RSeriesOAuth {
  const root = authRoot(options.authUrl);
  const server: AuthorizationServer = {
    issuer: root.origin,
    authorization_endpoint: `${root.href}authorize`,
    token_endpoint: `${root.href}token`,
  };
  const client: Client = { client_id: options.clientId };
  const clientAuth: ClientAuth = options.clientSecret === null ? None() : ClientSecretPost(options.clientSecret);
  const call = new TokenCall(options, root);

  return {
    authorizationUrl({ scopes, state, codeChallenge, redirectUri }) {
      if (scopes.length === 0) throw new RangeError('The R-Series refuses a sign-in without scopes.');
      const url = new URL(`${root.href}authorize`);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: options.clientId,
        scope: scopes.join(' '),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        ...(redirectUri === undefined ? {} : { redirect_uri: redirectUri }),
      }).toString();
      return url;
    },

    readCallback(parameters, expectedState) {
      try {
        const code = validateAuthResponse(server, client, parameters, expectedState).get('code');
        if (code !== null && code !== '') return code;
      } catch (error) {
        if (error instanceof AuthorizationResponseError)
          throw new Rejected(error.error, `The POS did not authorise us: ${redact(error.error_description ?? error.error)}.`);
        throw new Rejected('state_mismatch', 'This answer does not belong to a sign-in that was started here.');
      }
      throw new Rejected('code_missing', 'The answer of the POS holds no authorisation code.');
    },

    async exchangeCode({ code, codeVerifier }) {
      return await call.tokens('authorization_code', async (requestOptions) =>
        processGenericTokenEndpointResponse(
          server,
          client,
          // No redirect_uri: the R-Series uses the registered one and documents no such parameter.
          await genericTokenEndpointRequest(
            server,
            client,
            clientAuth,
            'authorization_code',
            { code, code_verifier: codeVerifier },
            requestOptions,
          ),
        ),
      );
    },

    async refresh(refreshToken) {
      return await call.tokens(
        'refresh_token',
        async (requestOptions) =>
          processRefreshTokenResponse(
            server,
            client,
            await refreshTokenGrantRequest(server, client, clientAuth, refreshToken, requestOptions),
          ),
        refreshToken,
      );
    },

    async revoke(refreshToken) {
      const body = new URLSearchParams({ client_id: options.clientId, refresh_token: refreshToken });
      if (options.clientSecret !== null) body.set('client_secret', options.clientSecret);
      const answer = await call.send(new URL(`${root.href}revoke`), { accept: 'application/json' }, body.toString());
      if (answer.status >= 400) throw call.refusal(answer, readError(answer.text), [refreshToken]);
    },
  };
}

/** The sending half of a token request, with failures named by their consequence. */
class TokenCall {
  readonly #options: RSeriesOAuthOptions;
  readonly #root: URL;

  constructor(options: RSeriesOAuthOptions, root: URL) {
    this.#options = options;
    this.#root = root;
  }

  async tokens(
    grant: 'authorization_code' | 'refresh_token',
    run: (options: TokenEndpointRequestOptions) => Promise<TokenEndpointResponse>,
    presented?: string,
  ): Promise<TokenPair> {
    const requestedAt = this.#options.clock.now();
    let answer: Answered | undefined;
    try {
      const response = await run({
        [customFetch]: async (url, init) => {
          answer = await this.send(new URL(url), init.headers, String(init.body));
          if (answer.status >= 500 || answer.status === 429) throw this.refusal(answer, readError(answer.text));
          // Errors come as JSON under text/html (R §4.4); a challenge header would hide the reason.
          return new Response(answer.text, { status: answer.status, headers: { 'content-type': 'application/json' } });
        },
        [allowInsecureRequests]: this.#root.protocol === 'http:',
      });
      return this.#pair(response, requestedAt, presented);
    } catch (error) {
      if (error instanceof PosError) throw error;
      if (answer === undefined) throw error;
      if (error instanceof ResponseBodyError)
        throw this.refusal(
          answer,
          { error: error.error, description: error.error_description ?? '' },
          presented === undefined ? [] : [presented],
        );
      if (answer.status >= 400) throw this.refusal(answer, null);
      // The library's own error may carry the answer, tokens and all: it stays here.
      throw new ShapeChanged('token', `The POS answered the ${grant} grant in a shape we do not know.`, {
        request: this.#named('token'),
      });
    }
  }

  async send(url: URL, headers: Readonly<Record<string, string>>, body: string): Promise<Answered> {
    const { fetch, clock, timeoutMs = 30_000 } = this.#options;
    const result = await exchange(
      {
        method: 'POST',
        url,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body,
        timeoutMs,
        maxBodyBytes: 1_000_000,
      },
      fetch,
      clock,
    );
    if (result.kind === 'answered') return result;
    throw new Unavailable(result.reason, 'The sign-in service of the POS did not answer.', null, {
      request: this.#named(url.pathname.split('/').at(-1) ?? ''),
      cause: result.cause,
    });
  }

  refusal(answer: Answered, error: { error: string; description: string } | null, secrets: readonly string[] = []): PosError {
    const details = { status: answer.status, request: this.#named('token') };
    const wait = retryAfterMs(answer.headers);
    const now = this.#options.clock.now();
    if (answer.status === 429)
      return new RateLimited(
        instantOf(now + (wait ?? 60_000)),
        'Too many sign-in attempts for the POS; five a minute are allowed.',
        details,
      );
    if (answer.status >= 500)
      return new Unavailable(
        'server_error',
        `The sign-in service of the POS answered ${answer.status}.`,
        wait === null ? null : instantOf(now + wait),
        details,
      );
    if (error === null)
      return new Rejected('invalid_request', `The sign-in service of the POS answered ${answer.status}.`, details);
    const known = [...secrets, ...(this.#options.clientSecret === null ? [] : [this.#options.clientSecret])];
    const message = `The POS refused: ${redact(`${error.error} ${error.description}`.trim(), known)}.`;
    if (answer.status === 401 || UNAUTHORIZED.has(error.error)) return new Unauthorized(error.error, message, details);
    return new Rejected(error.error, message, details);
  }

  #pair(response: TokenEndpointResponse, requestedAt: Instant, presented: string | undefined): TokenPair {
    const claims = readAccessTokenClaims(response.access_token);
    // The old server rotates nothing and sends none on a refresh.
    const refreshToken = response.refresh_token ?? presented;
    const expiresAt = response.expires_in === undefined ? claims.expiresAt : instantOf(requestedAt + response.expires_in * 1000);
    if (refreshToken === undefined || expiresAt === null) {
      const missing = refreshToken === undefined ? 'refresh_token' : 'expires_in';
      throw new ShapeChanged(missing, `The POS answered a sign-in without ${missing}.`, { request: this.#named('token') });
    }
    return {
      accessToken: response.access_token,
      refreshToken,
      expiresAt,
      accountId: claims.accountId,
      scopes: claims.scopes.length > 0 ? claims.scopes : splitScopes(response.scope ?? ''),
      userId: claims.userId,
    };
  }

  #named(endpoint: string): { method: string; path: string } {
    return { method: 'POST', path: `${this.#root.pathname}${endpoint}` };
  }
}

function readError(text: string): { error: string; description: string } | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('error' in value) || typeof value.error !== 'string') return null;
    const description =
      'error_description' in value && typeof value.error_description === 'string' ? value.error_description : '';
    return { error: value.error, description };
  } catch {
    return null;
  }
}

/** `https://host/auth/oauth/`, whatever of it was given. */
function authRoot(authUrl: string): URL {
  const url = new URL(authUrl);
  const base = url.pathname.replace(/\/+$/, '').replace(/\/auth(\/oauth)?$/, '');
  return new URL(`${url.origin}${base}/auth/oauth/`);
}

/** Errors after which only the merchant (or a corrected client) helps. */
const UNAUTHORIZED: ReadonlySet<string> = new Set(['invalid_grant', 'invalid_client', 'unauthorized_client', 'access_denied']);
