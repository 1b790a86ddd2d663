import type { Instant } from '../model.ts';
import { instantOf } from '../instant.ts';

/** What a sign-in is worth. Store it durably before its first use: on the R-Series that use kills the pair before it. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Instant;
  /** The one account the token is for (claim `acct`); null for an opaque token. */
  readonly accountId: string | null;
  /** What was granted; empty when the server does not say. */
  readonly scopes: readonly string[];
  /** Who authorised (claim `sub`). */
  readonly userId: string | null;
}

/** What an R-Series access token says about itself (R §2.4). */
export interface AccessTokenClaims {
  readonly accountId: string | null;
  readonly userId: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: Instant | null;
}

/**
 * Reads the claims of a JWT without verifying its signature: it came straight from the token endpoint, and only the POS decides whether it
 * is good. Opaque tokens of the old server have none.
 */
export function readAccessTokenClaims(accessToken: string): AccessTokenClaims {
  const claims = decodePayload(accessToken);
  const scope = claims['scope'];
  const expiry = claims['exp'];
  return {
    accountId: textOrNull(claims['acct']),
    userId: textOrNull(claims['sub']),
    scopes: typeof scope === 'string' ? splitScopes(scope) : [],
    // Seconds, as a float.
    expiresAt: typeof expiry === 'number' && Number.isFinite(expiry) ? instantOf(Math.floor(expiry * 1000)) : null,
  };
}

export function splitScopes(scope: string): string[] {
  return scope.split(/[\s+]+/).filter((name) => name !== '');
}

function decodePayload(token: string): Readonly<Record<string, unknown>> {
  const payload = token.split('.')[1];
  if (payload === undefined) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function textOrNull(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
