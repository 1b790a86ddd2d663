/**
 * Signing in to the X-Series (X §2): authorization code with state; consent on the vendor's shared host, tokens on the store's own. Refresh
 * tokens rotate: each refresh ends the old pair at once, so store the new pair durably before its first use, and never refresh twice at the
 * same time. Each method makes one request and repeats nothing: who holds the tokens decides when to try again.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Clock, Fetch } from '../clock.ts';
import { RateLimited, Rejected, ShapeChanged, Unauthorized, Unavailable } from '../errors.ts';
import type { PosError } from '../errors.ts';
import { instantOf } from '../instant.ts';
import type { Instant } from '../model.ts';
import { splitScopes } from '../oauth/token-pair.ts';
import type { TokenPair } from '../oauth/token-pair.ts';
import { windowWaitMs } from '../rate-limit/window-headers.ts';
import { redact } from '../redact.ts';
import { exchange } from '../transport.ts';
import type { Answered } from '../transport.ts';
import type { TokenSource } from '../r-series/api.ts';
import { parseDomainPrefix, xStoreUrl } from './domain-prefix.ts';
import { isFields } from './read.ts';
import type { Fields } from './read.ts';

export interface XSeriesOAuthOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** As registered; sent with both steps. */
  readonly redirectUri: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Where the merchant consents. Default: the vendor's. */
  readonly connectUrl?: string;
  /** Origin of a store. Default: built from its checked name. */
  readonly storeUrl?: (domainPrefix: string) => string;
  /** Default 30 s. */
  readonly timeoutMs?: number;
}

/** A pair and the store it is for. `accountId` and `userId` are null: the X-Series does not say. */
export interface XTokenPair extends TokenPair {
  readonly domainPrefix: string;
}

export interface XSeriesOAuth {
  /** Where to send the merchant's browser. `state` has at least 8 characters, and scopes are needed since June 2026. */
  authorizationUrl(request: { readonly scopes: readonly string[]; readonly state: string }): URL;
  /**
   * The code and the store in what the browser brought back. The store's name is checked: it decides where our secret is sent. Throws
   * `Rejected` (`access_denied`, `state_mismatch`, `bad_domain_prefix`, `code_missing`).
   */
  readCallback(parameters: URLSearchParams, expectedState: string): { readonly code: string; readonly domainPrefix: string };
  /** The code lives 10 minutes and works once. */
  exchangeCode(request: { readonly code: string; readonly domainPrefix: string }): Promise<XTokenPair>;
  /** A new pair; the old one is dead from then on. `Unauthorized`: the merchant has to authorise again. */
  refresh(request: { readonly refreshToken: string; readonly domainPrefix: string }): Promise<XTokenPair>;
}

export function createXSeriesOAuth(options: XSeriesOAuthOptions): XSeriesOAuth {
  const connectUrl = options.connectUrl ?? 'https://secure.retail.lightspeed.app/connect';
  return {
    authorizationUrl({ scopes, state }) {
      if (scopes.length === 0) throw new RangeError('The X-Series refuses a sign-in without scopes.');
      if (state.length < STATE_LENGTH_MIN) throw new RangeError('The X-Series wants a state of at least 8 characters.');
      const url = new URL(connectUrl);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: options.clientId,
        redirect_uri: options.redirectUri,
        state,
        scope: scopes.join(' '),
      }).toString();
      return url;
    },

    readCallback(parameters, expectedState) {
      const error = parameters.get('error');
      const state = parameters.get('state');
      // Whether a refusal brings the state back is not documented; whoever forges one gains nothing.
      if (error !== null && (state === null || isSame(state, expectedState)))
        throw new Rejected(error === 'access_denied' ? error : 'rejected', `The POS did not authorise us: ${redact(error)}.`);
      if (state === null || !isSame(state, expectedState))
        throw new Rejected('state_mismatch', 'This answer does not belong to a sign-in that was started here.');
      const code = parameters.get('code');
      if (code === null || code === '') throw new Rejected('code_missing', 'The answer of the POS holds no authorisation code.');
      const stated = parameters.get('domain_prefix') ?? '';
      const domainPrefix = parseDomainPrefix(stated);
      if (domainPrefix === null || domainPrefix !== stated)
        throw new Rejected('bad_domain_prefix', 'The answer of the POS names no store.');
      return { code, domainPrefix };
    },

    exchangeCode: async ({ code, domainPrefix }) =>
      await requestTokens(
        options,
        domainPrefix,
        { grant_type: 'authorization_code', code, redirect_uri: options.redirectUri },
        code,
      ),

    refresh: async ({ refreshToken, domainPrefix }) =>
      await requestTokens(options, domainPrefix, { grant_type: 'refresh_token', refresh_token: refreshToken }, refreshToken),
  };
}

/** A personal token as a source: there is no other one to be had when it is refused. */
export function personalToken(token: string): TokenSource {
  return {
    token: async () => await Promise.resolve(token),
    renew: async () => {
      await Promise.resolve();
      throw new Unauthorized('token_refused', 'The POS refused the personal token: it was removed or has expired.');
    },
  };
}

async function requestTokens(
  options: XSeriesOAuthOptions,
  domainPrefix: string,
  grant: Readonly<Record<string, string>>,
  secret: string,
): Promise<XTokenPair> {
  const origin = new URL((options.storeUrl ?? xStoreUrl)(domainPrefix)).origin;
  const requestedAt = options.clock.now();
  const answer = await exchange(
    {
      method: 'POST',
      url: new URL(`${origin}${TOKEN_PATH}`),
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...grant, client_id: options.clientId, client_secret: options.clientSecret }).toString(),
      timeoutMs: options.timeoutMs ?? 30_000,
      maxBodyBytes: 1_000_000,
    },
    options.fetch,
    options.clock,
  );
  if (answer.kind === 'failed')
    throw new Unavailable(answer.reason, 'The sign-in service of the POS did not answer.', null, {
      request: REQUEST,
      cause: answer.cause,
    });
  const body = readObject(answer.text);
  if (answer.status < 200 || answer.status >= 300) throw refusalOf(answer, body, options, [secret, options.clientSecret]);
  return readPair(body, domainPrefix, requestedAt);
}

function refusalOf(answer: Answered, body: Fields | null, { clock }: XSeriesOAuthOptions, secrets: readonly string[]): PosError {
  const { status, headers } = answer;
  const details = { status, request: REQUEST };
  const now = clock.now();
  if (status === 429) {
    const wait = windowWaitMs(headers, now) ?? untilReset(headers, answer.serverTime ?? now) ?? 60_000;
    return new RateLimited(instantOf(now + wait), 'Too many sign-in attempts for the POS.', details);
  }
  if (status >= 500) {
    const wait = windowWaitMs(headers, now);
    const retryAt = wait === null ? null : instantOf(now + wait);
    return new Unavailable('server_error', `The sign-in service of the POS answered ${status}.`, retryAt, details);
  }
  if (status < 400) return new Rejected('redirected', `The sign-in service of the POS answered ${status}.`, details);
  // Its error bodies are not documented: whatever it says, only authorising again helps (X §2.4).
  const error = body?.['error'];
  const description = body?.['error_description'];
  const code = typeof error === 'string' && /^[a-z_]{3,40}$/.test(error) ? error : 'invalid_grant';
  const said = [error, description].filter((text) => typeof text === 'string').join(' ');
  return new Unauthorized(code, `The POS refused: ${redact(said === '' ? String(status) : said, secrets)}.`, details);
}

/** `X-RateLimit-Reset`, in Unix seconds. */
function untilReset(headers: Headers, now: Instant): number | null {
  const reset = headers.get('x-ratelimit-reset');
  if (reset === null || !/^\d{9,11}$/.test(reset)) return null;
  return Math.min(Math.max(0, Number(reset) * 1000 - now), 3_600_000);
}

function readPair(body: Fields | null, domainPrefix: string, requestedAt: Instant): XTokenPair {
  const accessToken = textIn(body, 'access_token');
  const refreshToken = textIn(body, 'refresh_token');
  const seconds = body?.['expires_in'];
  const unix = body?.['expires'];
  const expiresAt =
    typeof seconds === 'number' && seconds > 0
      ? instantOf(requestedAt + seconds * 1000)
      : typeof unix === 'number' && unix > 0
        ? instantOf(unix * 1000)
        : null;
  const missing =
    accessToken === '' ? 'access_token' : refreshToken === '' ? 'refresh_token' : expiresAt === null ? 'expires_in' : '';
  // The answer itself, tokens and all, stays here.
  if (missing !== '' || expiresAt === null)
    throw new ShapeChanged(missing, `The POS answered a sign-in without ${missing}.`, { request: REQUEST });
  const named = textIn(body, 'domain_prefix');
  if (named !== '' && named !== domainPrefix)
    throw new Rejected('other_account', 'The POS answered with tokens for another store.', { request: REQUEST });
  return {
    accessToken,
    refreshToken,
    expiresAt,
    accountId: null,
    scopes: splitScopes(textIn(body, 'scope')),
    userId: null,
    domainPrefix,
  };
}

function readObject(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

function textIn(body: Fields | null, key: string): string {
  const value = body?.[key];
  return typeof value === 'string' ? value : '';
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

const TOKEN_PATH = '/api/1.0/token';
const REQUEST = { method: 'POST', path: TOKEN_PATH };
const STATE_LENGTH_MIN = 8;
